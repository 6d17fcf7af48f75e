"""Binary workbooks before calamine reads them (二进制工作簿).

What lives here: the streams of an OLE container, one pass over the records of .xls and of .xlsb sheets for how much they
hold, errors of formulas, hidden rows and columns. What must not: values; calamine reads those.

calamine trusts sizes, chains and addresses of a container and of its records: a damaged one makes it take all memory.
So it is given a container made anew from the vetted stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.ingest.marks import ERRORS, Marks
from pipeline.ingest.unreadable import Extent, Unreadable, sheet_count

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 4096  # of the containers made here
_DAMAGED = "不是完整的工作簿"
_WORDS = {"WORDDOCUMENT": "文字文档（Word 或 WPS）", "POWERPOINT DOCUMENT": "演示文稿"}


def vet_ole(data: bytes) -> tuple[bytes, dict[str, Marks], bool]:
    """An .xls or .et for calamine, the marks of its sheets, and whether it is of Excel 97 or newer (旧版工作簿).

    Raises ``Unreadable``, or any other exception for a damaged file.
    """
    streams = dict(_streams(data))
    if "ENCRYPTEDPACKAGE" in streams:
        raise Unreadable("F109")
    book = streams.get("WORKBOOK") or streams.get("BOOK")
    if book is None:
        kind = next((kind for name, kind in _WORDS.items() if name in streams), "")
        raise Unreadable("F114", kind=kind) if kind else Unreadable("F104", detail=_DAMAGED)
    vetted = bytearray(book)
    marks, modern = _vet_biff(book, vetted)
    return _container(bytes(vetted)), marks, modern


# ---- the container ------------------------------------------------------------------------------------------------


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The streams at the root of an OLE container, by name in capitals."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError(shift)
    directory, cutoff, mini_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    size = 1 << shift
    count = len(data) // size
    fat = _numbers(b"".join(_sector(data, at, size) for at in _fat_sectors(data, size, count)))
    entries = _chain(data, fat, directory, size)
    root = entries[:128]
    mini_fat = _numbers(_chain(data, fat, mini_start, size)) if mini_start < _FAT else ()
    (mini_at,) = struct.unpack_from("<I", root, 116)
    mini = b"\x00" * 64 + _chain(data, fat, mini_at, size) if mini_at < _FAT else b""
    waiting, seen = [struct.unpack_from("<I", root, 76)[0]], set()
    while waiting:
        at = waiting.pop()
        if at in seen or (at + 1) * 128 > len(entries):
            continue
        seen.add(at)
        entry = entries[at * 128 : (at + 1) * 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        waiting += struct.unpack_from("<II", entry, 68)
        start, long = struct.unpack_from("<II", entry, 116)
        if kind != 2:
            continue
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").upper()
        if name not in ("WORKBOOK", "BOOK"):
            yield name, b""
            continue
        held = _chain(mini, mini_fat, start, 64) if long < cutoff else _chain(data, fat, start, size)
        if long > len(held):
            raise ValueError(long)
        yield name, held[:long]


def _fat_sectors(data: bytes, size: int, count: int) -> list[int]:
    found = list(struct.unpack_from("<109I", data, 76))
    (at,) = struct.unpack_from("<I", data, 68)
    for _ in range(count):
        if at >= _FAT:
            break
        *more, at = _numbers(_sector(data, at, size))
        found += more
    return [sector for sector in found if sector < _FAT]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(data: bytes, at: int, size: int) -> bytes:
    held = data[(at + 1) * size : (at + 2) * size]
    if not held:
        raise ValueError(at)
    return held


def _chain(data: bytes, fat: tuple[int, ...], at: int, size: int) -> bytes:
    """The bytes of a chain of sectors; raises for one that turns back or leaves the file."""
    held, steps = bytearray(), 0
    while at != _END:
        if at >= len(fat) or steps > len(fat):
            raise ValueError(at)
        held += _sector(data, at, size)
        at, steps = fat[at], steps + 1
    return bytes(held)


def _container(book: bytes) -> bytes:
    """A container of one stream: header, FAT, directory, stream."""
    sectors = -(-max(len(book), _SECTOR) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < tables + 2 + sectors:
        tables += 1
    size = max(len(book), _SECTOR)
    links = [_FAT] * tables + [_END] + [tables + 2 + at for at in range(sectors - 1)] + [_END, _END]
    links += [_FREE] * (tables * (_SECTOR // 4) - len(links))
    head = OLE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 4, 0xFFFE, 12, 6)
    head += struct.pack("<9I", 1, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, tables + 1 + sectors, _SECTOR) + _entry(
        "Workbook", 2, _FREE, tables + 1, size
    )
    return b"".join(
        (
            head.ljust(_SECTOR, b"\x00"),
            struct.pack(f"<{len(links)}I", *links),
            directory.ljust(_SECTOR, b"\x00"),
            book.ljust((sectors + 1) * _SECTOR, b"\x00"),  # and a sector for small streams: calamine wants one
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    links = struct.pack("<HBB3I", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\x00") + links + bytes(36) + struct.pack("<IQ", start, size)


# ---- .xls ---------------------------------------------------------------------------------------------------------

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST, _FORMULA, _BOOLERR, _MULRK = 0x809, 0x0A, 0x2F, 0x85, 0xFC, 0x06, 0x205, 0xBD
_DIMENSIONS, _BLANK = 0x200, b"\x01\x02"
_ROW_FORM, _COLUMN_FORM = 0x208, 0x7D
_BIFF_CELLS = {_FORMULA, _BOOLERR, _MULRK, 0xD6, 0xFD, 0x203, 0x204, 0x27E, 0x406, 0x206}


def _vet_biff(book: bytes, vetted: bytearray) -> tuple[dict[str, Marks], bool]:
    sizes: dict[int, list[int]] = {}  # start of a substream to its last row and column
    marks: dict[int, Marks] = {}
    names: list[tuple[int, str]] = []
    open_at: list[int] = []
    modern, at = True, 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        if kind == _FILEPASS:
            raise Unreadable("F109")
        if kind == _BOF:
            modern = modern and body[:2] == b"\x00\x06"
            open_at.append(at)
            sizes[at], marks[at] = [0, 0], Marks()
        elif kind == _EOF and open_at:
            open_at.pop()
        elif kind == _BOUNDSHEET:
            if modern:
                text = body[8:].decode("utf-16-le" if body[7:8] == b"\x01" else "latin-1", "replace")
            else:
                text = body[7:].decode("gb18030", "replace")
            names.append((int.from_bytes(body[:4], "little"), text))
        elif kind == _SST and int.from_bytes(body[4:8], "little") > len(book):
            raise ValueError(kind)
        elif kind == _DIMENSIONS:
            vetted[at : at + 2] = _BLANK  # calamine reserves as many cells as are declared here, and needs none
        elif kind == _ROW_FORM and open_at and int.from_bytes(body[12:14], "little") & 0x20:
            marks[open_at[-1]].hidden_rows.add(int.from_bytes(body[:2], "little") + 1)
        elif kind == _COLUMN_FORM and open_at and body[8:9] and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            marks[open_at[-1]].hidden_columns.append((first + 1, last + 1))
        elif kind in _BIFF_CELLS and open_at and length >= 4:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULRK:
                column = int.from_bytes(body[-2:], "little")
            sizes[open_at[-1]] = [max(pair) for pair in zip(sizes[open_at[-1]], (row + 1, column + 1), strict=True)]
            code = _biff_error(kind, body)
            if code is not None:
                marks[open_at[-1]].errors[row + 1, column + 1] = ERRORS.get(code, "#N/A")
        at += 4 + length
    sheet_count(len(names))
    extent = Extent()
    for start, _ in names:
        extent.sheet(*sizes[start])
    return {name: marks[start] for start, name in names}, modern


def _biff_error(kind: int, body: bytes) -> int | None:
    if kind == _FORMULA and body[6:7] == b"\x02" and body[12:14] == b"\xff\xff":
        return body[8]
    if kind == _BOOLERR and body[7:8] == b"\x01":
        return body[6]
    return None


# ---- .xlsb --------------------------------------------------------------------------------------------------------

_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMN, _BUNDLED_SHEET = 0, 3, 11, 60, 156


def vet_xlsb_sheet(part: bytes, extent: Extent) -> Marks:
    """The marks of an .xlsb sheet; its size is added to ``extent`` (二进制工作表)."""
    row = rows = columns = 0
    marks = Marks()
    for kind, body in _records(part):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little") + 1
            if body[11:12] and body[11] & 0x10:
                marks.hidden_rows.add(row)
        elif kind == _COLUMN and body[16:17] and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            marks.hidden_columns.append((first + 1, last + 1))
        elif 2 <= kind <= 11:
            column = int.from_bytes(body[:4], "little") + 1
            rows, columns = max(rows, row), max(columns, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                marks.errors[row, column] = ERRORS.get(body[8], "#N/A")
    extent.sheet(rows, columns)
    return marks


def bundled_sheets(workbook: bytes) -> list[tuple[str, str]]:
    """The sheets of an .xlsb: name and id of the relation (工作表清单)."""
    sheets = []
    for kind, body in _records(workbook):
        if kind == _BUNDLED_SHEET:
            link, at = _wide(body, 8)
            name, _ = _wide(body, at)
            sheets.append((name, link))
    return sheets


def _wide(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind = part[at] & 0x7F
        if part[at] & 0x80:
            at += 1
            kind |= (part[at] & 0x7F) << 7
        at += 1
        length = 0
        for shift in (0, 7, 14, 21):
            length |= (part[at] & 0x7F) << shift
            at += 1
            if not part[at - 1] & 0x80:
                break
        yield kind, part[at : at + length]
        at += length
