"""Packages of parts before calamine reads them, and what it does not show of them (工作簿内部标记).

What lives here: which kind a package is, its limits, one pass over the XML of every sheet; entities, DTD and network
refused. What must not: values; calamine reads those.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.binary import bundled_sheets, vet_xlsb_sheet
from pipeline.ingest.marks import ERRORS, Marks
from pipeline.ingest.unreadable import (
    MAX_PACKAGE,
    MAX_PART,
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
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
_KEPT = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin", "xl/sharedstrings.xml",
         "xl/sharedstrings.bin", "xl/styles.xml", "xl/styles.bin")  # besides the sheets; nothing else is read  # fmt: skip
_OTHER_SHEETS = ("chartsheets", "dialogsheets", "macrosheets")  # a sheet is known by its folder
_NOTHING = ("0", "0.0")
_NOT_SHOWN = ("collapse", "filter")
_ERRORS = frozenset(ERRORS.values())


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
    if len({name.lower() for name in parts}) < len(wanted):
        raise ValueError("two parts of one name")  # which of them is meant is nobody's guess
    for name, part in parts.items():
        if name.lower().endswith(_XML) and _declares(part):
            raise Unreadable("F117", part=name)
    extent = Extent()
    if kind == "ods":
        return _packed(parts), _ods_marks(parts, extent)
    return _office_package(parts, extent)


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


def _office_package(parts: dict[str, bytes], extent: Extent) -> tuple[bytes, dict[str, Marks]]:
    """The package with its sheets under names of our own, and the marks of every sheet by its name.

    So what is measured is what calamine finds, however the relations were spelt: ``./``, ``..``, another case.
    """
    by_name = {name.lower(): part for name, part in parts.items()}
    binary = "xl/workbook.xml" not in by_name
    if binary:
        sheets = bundled_sheets(by_name["xl/workbook.bin"])
    else:
        found = _parse(by_name["xl/workbook.xml"]).iterfind(".//{*}sheets/{*}sheet")
        sheets = [(sheet.get("name", ""), _link(sheet)) for sheet in found]
    sheet_count(len(sheets))
    relations = "xl/_rels/workbook.bin.rels" if binary else "xl/_rels/workbook.xml.rels"
    links = _parse(by_name[relations])
    targets = {link.get("Id"): link.get("Target", "").lower() for link in links}
    lengths = _shared_lengths(by_name.get("xl/sharedstrings.xml", b""))
    kept = {name: part for name, part in parts.items() if name.lower() in _KEPT}
    marks, places = {}, dict[str, str]()  # of a link: where its sheet stands in the new package
    for number, (name, link) in enumerate(sheets, start=1):
        target = targets.get(link, "")
        joined = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        path = joined if joined in by_name else target
        if path not in by_name:
            continue
        if link not in places:
            folder = next((part for part in path.split("/") if part in _OTHER_SHEETS), "worksheets")
            places[link] = f"{folder}/sheet{number}.{'bin' if binary else 'xml'}"
            kept[f"xl/{places[link]}"] = by_name[path]
        marks[name] = vet_xlsb_sheet(by_name[path], extent) if binary else _sheet_marks(by_name[path], extent, lengths)
    for item in links:
        if item.get("Id") in places:
            item.attrib.pop("TargetMode", None)
            item.set("Target", places[str(item.get("Id"))])
        else:
            links.remove(item)
    return _packed({**kept, relations: etree.tostring(links)}), marks


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
    seen: set[int] = set()
    for _, item in _walk(part, "{*}row", "{*}col"):
        if item.tag.endswith("}col"):
            if _is_true(item.get("hidden")) or item.get("width") in _NOTHING:
                marks.hidden_columns.append((int(item.get("min", "0")), int(item.get("max", "0"))))
            continue
        row, column = int(item.get("r") or row + 1), 0
        if _is_true(item.get("hidden")) or item.get("ht") in _NOTHING:
            marks.hidden_rows.add(row)
        if row in seen:
            raise ValueError("a row twice")  # calamine would take the later one
        seen.add(row)
        filled: set[int] = set()
        for cell in item.iterchildren("{*}c"):
            row, column = _place(cell.get("r"), row, column + 1)
            held = {child.tag.rpartition("}")[2]: child for child in cell.iterchildren("{*}f", "{*}v", "{*}is")}
            if not held:
                continue
            if column in filled:
                raise ValueError("a cell twice")
            filled.add(column)
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
    row = column = rows = columns = text = declared = 0
    cells = ("{*}table-cell", "{*}covered-table-cell")
    tags = ("{*}table", "{*}table-column", "{*}table-row", *cells)
    for event, item in _walk(parts["content.xml"], *tags, events=("start", "end")):
        match event, etree.QName(item).localname:
            case "start", "table":
                sheet, row, rows, columns, text, declared = Marks(), 0, 0, 0, 0, 0
                marks[_attribute(item, "name")] = sheet
                sheet_count(len(marks))
            case "start", "table-row":
                column = held = 0
            case "end", "table":
                extent.sheet(rows, columns, text)
                _forget(item)
            case "end", "table-column":
                last = declared + int(_attribute(item, "number-columns-repeated") or 1)
                if _attribute(item, "visibility") in _NOT_SHOWN:
                    sheet.hidden_columns.append((declared + 1, last))
                declared = last
            case "end", "table-row":
                last = row + int(_attribute(item, "number-rows-repeated") or 1)
                if held and _attribute(item, "visibility") in _NOT_SHOWN:
                    sheet.hidden_rows.update(range(row + 1, min(last, MAX_ROWS) + 1))
                row = last
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
                elif _attribute(item, "formula"):
                    sheet.unvalued[row + 1, column + 1] = None
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
