"""Packages of parts before calamine reads them, and what it does not show of them (工作簿内部标记).

What lives here: which kind a package is, its limits, one pass over the XML of every sheet; entities, DTD and network
refused. What must not: values; calamine reads those.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.binary import ERRORS, Errors, bundled_sheets, vet_xlsb_sheet
from pipeline.ingest.unreadable import (
    MAX_PACKAGE,
    MAX_PART,
    MAX_PARTS,
    MAX_RATIO,
    RATIO_FROM,
    Extent,
    Unreadable,
    beyond,
    sheet_count,
)

ZIP = b"PK\x03\x04"
_DAMAGED = "不是完整的工作簿"
_XML = (".xml", ".rels")
_READ = (*_XML, ".bin", "mimetype")  # pictures, fonts and embedded files are left out
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_NOTHING = ("0", "0.0")
_ERRORS = frozenset(ERRORS.values())


@dataclass
class Marks:
    """What the XML of a sheet says beyond values (工作表标记). Rows and columns are 1-based."""

    errors: Errors = field(default_factory=dict)
    unvalued: dict[tuple[int, int], None] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last


def vet_package(data: bytes) -> tuple[bytes, dict[str, Marks]]:
    """A workbook package for calamine, made anew from its vetted parts, and the marks of its sheets (工作簿文件包).

    Raises ``Unreadable``, or any other exception for a damaged package.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        kind = _kind(archive, {entry.filename.lower() for entry in entries})
        _limit(entries)
        wanted = [entry for entry in entries if entry.filename.lower().endswith(_READ)]
        if any(entry.flag_bits & 1 for entry in wanted):
            raise Unreadable("F109")
        parts = {entry.filename.replace("\\", "/").lstrip("/"): archive.read(entry) for entry in wanted}
    for name, part in parts.items():
        if name.lower().endswith(_XML) and _declares(part):
            raise Unreadable("F117", part=name)
    extent = Extent()
    marks = _ods_marks(parts, extent) if kind == "ods" else dict(_office_marks(parts, extent))
    return _packed(parts), marks


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names:
        declared = archive.open("mimetype").read(200)
        if b"opendocument" in declared and not declared.startswith(_SPREADSHEET):
            raise Unreadable("F114", kind="OpenDocument 文档（不是电子表格）")
        if declared.startswith(_SPREADSHEET):
            _refuse_encrypted(archive, names)
            return "ods"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise Unreadable("F114", kind="文字文档（.docx）")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("F114", kind="演示文稿（.pptx）")
    if "ofd.xml" in names:
        raise Unreadable("F112", kind="OFD")
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        raise Unreadable("F104", detail=_DAMAGED)
    raise Unreadable("F111", kind="ZIP")


def _refuse_encrypted(archive: zipfile.ZipFile, names: set[str]) -> None:
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in names:
        raise Unreadable("F109")
    if manifest.lower() in names and b"encryption-data" in archive.open(manifest).read(MAX_PART):
        raise Unreadable("F109")


def _limit(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the package declares; what is read of a part never exceeds what it declares."""
    if len(entries) > MAX_PARTS:
        raise beyond(f"内部文件超过 {MAX_PARTS} 个")
    if sum(entry.file_size for entry in entries) > MAX_PACKAGE:
        raise beyond(f"展开后超过 {MAX_PACKAGE >> 20} MB")
    for entry in entries:
        if entry.file_size > MAX_PART:
            raise beyond(f"内部文件展开后超过 {MAX_PART >> 20} MB")
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
            raise beyond(f"压缩比超过 {MAX_RATIO}")


def _declares(part: bytes) -> bool:
    """Whether a document type stands before the root: the only place where entities can be declared."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        part = part.decode("utf-16", "replace").encode()
    part = part.removeprefix(b"\xef\xbb\xbf").lstrip()
    while part.startswith((b"<?", b"<!--")):
        _, _, part = part.partition(b"?>" if part.startswith(b"<?") else b"-->")
        part = part.lstrip()
    return part.startswith(b"<!")


def _packed(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return data.getvalue()


# ---- .xlsx and .xlsb ----------------------------------------------------------------------------------------------


def _office_marks(parts: dict[str, bytes], extent: Extent) -> Iterator[tuple[str, Marks]]:
    """The marks of every sheet by its name."""
    by_name = {name.lower(): part for name, part in parts.items()}
    binary = "xl/workbook.xml" not in by_name
    if binary:
        sheets = bundled_sheets(by_name["xl/workbook.bin"])
    else:
        found = _parse(by_name["xl/workbook.xml"]).iterfind(".//{*}sheets/{*}sheet")
        sheets = [(sheet.get("name", ""), _link(sheet)) for sheet in found]
    sheet_count(len(sheets))
    links = _parse(by_name["xl/_rels/workbook.bin.rels" if binary else "xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target", "").lower() for link in links}
    lengths = _shared_lengths(by_name.get("xl/sharedstrings.xml", b""))
    for name, link in sheets:
        target = targets.get(link, "")
        joined = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        part = by_name.get(joined, by_name.get(target, b""))
        if part and binary:
            yield name, Marks(errors=vet_xlsb_sheet(part, extent))
        elif part:
            yield name, _sheet_marks(part, extent, lengths)


def _link(sheet: etree._Element) -> str:
    return next((str(value) for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _shared_lengths(part: bytes) -> list[int]:
    lengths = []
    for _, item in _walk(part, "{*}si") if part else ():
        lengths.append(sum(map(len, item.itertext())))
        _forget(item)
    return lengths


def _sheet_marks(part: bytes, extent: Extent, lengths: list[int]) -> Marks:
    marks = Marks()
    row = rows = columns = text = 0
    for _, item in _walk(part, "{*}row", "{*}col"):
        if item.tag.endswith("}col"):
            if _is_true(item.get("hidden")) or item.get("width") in _NOTHING:
                marks.hidden_columns.append((int(item.get("min", "0")), int(item.get("max", "0"))))
            continue
        row, column = int(item.get("r") or row + 1), 0
        if _is_true(item.get("hidden")) or item.get("ht") in _NOTHING:
            marks.hidden_rows.add(row)
        for cell in item.iterchildren("{*}c"):
            row, column = _place(cell.get("r"), row, column + 1)
            held = {child.tag.rpartition("}")[2]: child for child in cell.iterchildren("{*}f", "{*}v", "{*}is")}
            if not held:
                continue
            value, kind = (held["v"].text or "") if "v" in held else None, cell.get("t")
            if "f" in held and not value and (value is None or kind != "str"):
                marks.unvalued[row, column] = None
            if kind == "e":
                marks.errors[row, column] = value or ""
            if value or len(held) > 1 or "v" not in held:
                rows, columns = max(rows, row), max(columns, column)
                text += _length(held, value or "", kind, lengths)
        _forget(item)
    extent.sheet(rows, columns, text)
    return marks


def _length(held: dict[str, etree._Element], value: str, kind: str | None, lengths: list[int]) -> int:
    if kind == "s" and value.isdecimal() and int(value) < len(lengths):
        return lengths[int(value)]
    return len(value) if "is" not in held else sum(map(len, held["is"].itertext()))


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """The 1-based row and column of an address; without one, the place after the cell before."""
    if not address:
        return row, column
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]), column


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


# ---- .ods ---------------------------------------------------------------------------------------------------------


def _ods_marks(parts: dict[str, bytes], extent: Extent) -> dict[str, Marks]:
    marks: dict[str, Marks] = {}
    sheet = Marks()
    row = column = rows = columns = text = 0
    cells = ("{*}table-cell", "{*}covered-table-cell")
    for event, item in _walk(parts["content.xml"], "{*}table", "{*}table-row", *cells, events=("start", "end")):
        match event, etree.QName(item).localname:
            case "start", "table":
                sheet, row, rows, columns, text = Marks(), 0, 0, 0, 0
                marks[_attribute(item, "name")] = sheet
                sheet_count(len(marks))
            case "start", "table-row":
                column = held = 0
            case "end", "table":
                extent.sheet(rows, columns, text)
                _forget(item)
            case "end", "table-row":
                row += int(_attribute(item, "number-rows-repeated") or 1)
                rows, columns = (row, max(columns, held)) if held else (rows, columns)
                _forget(item)
            case "end", _:
                inside = "".join(item.itertext())
                repeat = int(_attribute(item, "number-columns-repeated") or 1)
                if inside or _attribute(item, "value-type"):
                    held = column + repeat
                    text += len(inside) * repeat
                    shown = item.findtext("{*}p", "")
                    if shown in _ERRORS:
                        sheet.errors[row + 1, column + 1] = shown
                column += repeat
                _forget(item)
    return marks


def _attribute(item: etree._Element, name: str) -> str:
    return next((value for key, value in item.attrib.items() if key.endswith(f"}}{name}")), "")


# ---- XML ----------------------------------------------------------------------------------------------------------


def _parse(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _walk(xml: bytes, *tags: str, events: tuple[str, ...] = ("end",)) -> Iterator[tuple[str, etree._Element]]:
    return iter(etree.iterparse(io.BytesIO(xml), events=events, tag=tags, resolve_entities=False, no_network=True))


def _forget(item: etree._Element) -> None:
    """Drop what was read: memory does not grow with the sheet."""
    item.clear()
    parent = item.getparent()
    while parent is not None and item.getprevious() is not None:
        del parent[0]
