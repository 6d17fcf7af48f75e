"""Workbooks made by hand, as no office program makes them (恶意工作簿).

What lives here: bytes. What must not: assertions.
"""

from __future__ import annotations

import io
import random
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def package(sheet: bytes, shared: bytes = b"", **more: bytes) -> bytes:
    """A workbook of one sheet 表 whose parts are given as they are; ``more`` by name, __ for a slash."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_RELATION}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets><sheet name="表" sheetId="1" r:id="a"/>'
        "</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="'
        f'{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{_RELATION}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{_MAIN}"/>'.encode(),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, **{name.replace("__", "/"): part for name, part in more.items()}}.items():
            archive.writestr(name, part)
    return data.getvalue()


def sheet(*rows: bytes, before: bytes = b"") -> bytes:
    """The part of a sheet from the markup of its rows."""
    return (
        b'<worksheet xmlns="'
        + _MAIN.encode()
        + b'">'
        + before
        + b"<sheetData>"
        + b"".join(rows)
        + b"</sheetData></worksheet>"
    )


def strings(*texts: str) -> bytes:
    """The part of shared texts."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{_MAIN}">{items}</sst>'.encode()


def noisy_rows(rows: int, columns: int) -> bytes:
    """A sheet of numbers that hardly compresses, without addresses."""
    drawn = random.Random(1)
    pool = [b"".join(b"<c><v>%d</v></c>" % drawn.randrange(10**6) for _ in range(columns)) for _ in range(50)]
    return sheet(*(b"<row>" + pool[at % 50] + b"</row>" for at in range(rows)))


def bomb(size: int) -> bytes:
    """A package with a part of so many equal bytes."""
    return package(sheet(), **{"xl__theme__theme1.xml": b" " * size})


def nested(depth: int) -> bytes:
    """A package in a package in a package."""
    cell = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'.encode())
    data = package(cell)
    for _ in range(depth):
        data = package(cell, **{"xl__embeddings__book.xlsx": data})
    return data


def lying(data: bytes, size: int) -> bytes:
    """A package whose first part is declared as of another size, in both of its headers."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = changed.index(mark)
        changed[start + at : start + at + 4] = size.to_bytes(4, "little")
    return bytes(changed)
