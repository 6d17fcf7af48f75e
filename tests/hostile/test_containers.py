"""Workbooks and texts that are made to do harm: refused by code, or read as what they are."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.ingest import unreadable
from pipeline.ingest.container import Unreadable, read_grids
from pipeline.settings import CODE_ROOT
from tests.hostile.packages import bomb, lying, nested, package, sheet, strings

_CELL = b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
_DTD = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
_EXTERNAL = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'


def outcome(data: bytes) -> str:
    """The code of a refusal, or the text of the first cell."""
    try:
        return read_grids(data)[0].rows[0][0]
    except Unreadable as error:
        return error.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (package(sheet(_CELL), strings("甲")), "甲"),
        (bomb(11 * 2**20), "F116"),
        (bomb(unreadable.MAX_PART + 1), "F116"),
        (nested(8), "甲"),
        (lying(package(sheet(_CELL), strings("甲")), 2**31), "F116"),
        (package(_DTD + sheet(_CELL), strings("甲")), "F117"),
        (package(sheet(_CELL), _DTD + strings("&b;")), "F117"),
        (package(_EXTERNAL + sheet(_CELL), strings("甲")), "F117"),
        (package(sheet(_CELL), strings("&undeclared;")), "F104"),
        (package(sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "F116"),
        (package(sheet(b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')), "F116"),
        (package(sheet(b'<row r="-5"><c r="A-5"><v>1</v></c></row>')), "F104"),
        (package(sheet(b'<row r="1"><c r="' + b"Z" * 5000 + b'1"><v>1</v></c></row>')), "F116"),
        (package(sheet(_CELL, before=b'<dimension ref="A1:XFD1048576"/>'), strings("甲")), "甲"),
        (package(sheet(_CELL, before=b'<cols><col min="1" max="2000000000" hidden="1"/></cols>'), strings("甲")), "甲"),
        (package(b"<a>" * 100_000), "F104"),
        (package(sheet(_CELL), strings("=cmd|' /C calc'!A0")), "=cmd|' /C calc'!A0"),
        (package(sheet(_CELL), strings("&lt;w:p&gt;{{ x }}{% y %}&amp;")), "<w:p>{{ x }}{% y %}&"),
        (package(sheet(_CELL), strings("中" * 32_767)), "中" * 32_767),
        (package(sheet(_CELL), strings("甲"), **{"..__..__etc__passwd.xml": b"<a/>"}), "甲"),
    ],
    ids=[
        "sound", "bomb", "bomb-large", "nested", "lying", "entities", "entities-shared", "external", "undeclared", "last-cell",
        "huge-row", "negative-row", "wide-address", "huge-dimension", "huge-columns", "deep-markup", "formula-text", "markup-text",
        "longest-cell", "climbing-part",
    ],
)  # fmt: skip
def test_a_hostile_workbook_is_refused_or_read_as_text(data: bytes, expected: str) -> None:
    assert outcome(data) == expected


_FAR = sheet(b'<row r="100001"><c r="A100001"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("target", "other", "expected"),
    [
        ("worksheets/./sheet1.xml", "xl/worksheets/./sheet1.xml", "甲"),
        ("../worksheets/sheet1.xml", "xl/../worksheets/sheet1.xml", "F104"),
        ("xl/worksheets/sheet1.xml", "xl/xl/worksheets/sheet1.xml", "F116"),
        ("worksheets/sheet1.xml", "xl/worksheets/SHEET1.xml", "F104"),
        ("worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml", "F104"),
    ],
)
def test_what_is_measured_is_what_is_read(target: str, other: str, expected: str) -> None:
    """A second part that another spelling of the relation finds: the sheet that was measured, or none, is read."""
    relations = package(sheet(_CELL), strings("甲"))
    with zipfile.ZipFile(io.BytesIO(relations)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b'"worksheets/sheet1.xml"', f'"{target}"'.encode()
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in [*parts.items(), (other, _FAR)]:
            archive.writestr(name, part)
    assert outcome(data.getvalue()) == expected


def test_nested_packages_are_never_unpacked() -> None:
    inside = package(sheet(_CELL), strings("甲"), **{"xl__embeddings__book.xlsx": bomb(2**20)})
    assert outcome(inside) == "甲"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a," + b"x" * 32_768 + b"\n", "F116"),
        (b"a," + b"x" * 200_000 + b"\n", "F116"),
        (b"a,b\n" + b"," * 999 + b"\n", "a"),
        (b"\n".join([b"1," * 999] * 1_002), "F116"),
        (b'"' * 100_001, "F104"),
        (b"=1+1,b\n", "=1+1"),
    ],
    ids=["long-field", "longer-field", "wide", "many-cells", "quotes", "formula"],
)
def test_a_hostile_text_is_refused_or_read_as_text(data: bytes, expected: str) -> None:
    assert outcome(data) == expected


def test_the_limits_are_those_of_the_documentation() -> None:
    listed = (CODE_ROOT / "docs" / "limits.md").read_text("utf-8")
    names = [name for name in vars(unreadable) if name.startswith("MAX_") or name == "RATIO_FROM"]
    assert len(names) >= 14
    for name in names:
        value = getattr(unreadable, name)
        shown = f"{value >> 20} MB" if value % 2**20 == 0 and name not in ("MAX_TEXT",) else f"{value:,}"
        assert f"| `{name}` | {shown} |" in listed, name
