"""Bytes to grids: told apart by content, every address kept, anything else refused with a reason."""

from __future__ import annotations

import datetime as dt
import io
import random
import string
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Severity, Where
from pipeline.findings import CODES, finding
from pipeline.ingest import container, unreadable
from pipeline.ingest.binary import ERRORS, OLE
from pipeline.ingest.container import Grid, Unreadable, address, letters, read_grids

SAMPLES = Path(__file__).parent / "samples"
REFUSALS = ("", "F103", "F104", *(f"F{number}" for number in range(108, 118)))


def workbook(**cells: object) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    for place, value in cells.items():
        book.active[place] = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def refused(data: bytes) -> Unreadable:
    """The reason why bytes are no table."""
    with pytest.raises(Unreadable) as error:
        read_grids(data)
    return error.value


def outcome(data: bytes) -> str:
    """Nothing for bytes that are a table of texts, else the code with which they are refused."""
    try:
        grids = read_grids(data)
    except Unreadable as error:
        return error.code
    return "" if all(isinstance(text, str) for grid in grids for row in grid.rows for text in row) else "no text"


def test_a_workbook_keeps_its_addresses_when_the_corner_is_empty() -> None:
    (grid,) = read_grids(workbook(C3="甲", D5="乙"))
    assert grid.sheet == "表"
    assert (grid.rows[2][2], grid.rows[4][3]) == ("甲", "乙")
    assert sum(text != "" for row in grid.rows for text in row) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (2.5, "2.5"),
        (1101010001, "1101010001"),
        (99.995, "99.995"),
        (1e30, "1" + "0" * 30),
        (1e-7, "0.0000001"),
        (True, "是"),
        (False, "否"),
        (dt.date(2021, 9, 3), "2021-09-03"),
        (dt.datetime(2021, 9, 3, 10, 20, 30), "2021-09-03 10:20:30"),
        ("３分", "３分"),
    ],
)
def test_a_typed_cell_becomes_its_plain_text(value: object, text: str) -> None:
    assert read_grids(workbook(A1=value))[0].rows == ((text,),)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_of_a_formula_is_no_empty_cell(error: str) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.add_worksheet("甲")
        sheet = book.add_worksheet("乙 & 丙")
        sheet.write_string("A1", "一")
        sheet.write_formula("B2", "=1/0", None, error)
    assert read_grids(data.getvalue())[1] == Grid("乙 & 丙", (("一", ""), ("", error)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_text_file_is_read_in_its_encoding(encoding: str) -> None:
    data = "留言编号,问题\r\nZC1,“错”别字\r\n".encode(encoding)
    assert read_grids(data) == [Grid("", (("留言编号", "问题"), ("ZC1", "“错”别字")))]


def test_the_end_of_file_of_dos_is_no_row() -> None:
    assert read_grids("甲,乙\r\n1,2\r\n\x1a".encode("gb18030"))[0].rows == (("甲", "乙"), ("1", "2"))


def test_a_quoted_field_keeps_commas_quotes_and_line_breaks() -> None:
    (grid,) = read_grids('甲,"一,二""三""\n四"\n'.encode())
    assert grid.rows == (("甲", '一,二"三"\n四'),)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\n" * 10_000])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert refused(data).code == "F108"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("甲,乙\n".encode() + b"\xff\xff\n", "F103"),
        ("甲,乙".encode("utf-16"), "F103"),
        (b"a,b\n1,\x002\n", "F104"),
        ('甲,"乙\n丙,丁\n'.encode(), "F104"),
        ('甲,"乙"丙\n'.encode(), "F104"),
        (b"PK\x03\x04" + b"garbage" * 20, "F104"),
        (b"PK\x03\x04", "F104"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "F104"),
        (b"\xd0\xcf\x11\xe0" + b"garbage" * 200, "F104"),
        (b"\x00\x01\x02\x03", "F104"),
    ],
    ids=[
        "undecodable",
        "utf16",
        "nul",
        "open-quote",
        "stray-quote",
        "zip",
        "zip-head",
        "xls-zeros",
        "xls",
        "bytes",
    ],
)
def test_bytes_that_are_no_table_are_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_an_undecodable_text_names_its_line() -> None:
    assert refused("一\n二\n三".encode() + b"\xff\xff\n").places == {"line": 3}


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=4, max_value=4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(at: int, noise: bytes) -> None:
    data = workbook(A1="甲", B2=3)
    assert outcome(data[:at]) in REFUSALS
    assert outcome(data[:at] + noise + data[at + len(noise) :]) in REFUSALS


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda noise: OLE + noise)))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    assert outcome(data) in REFUSALS


@given(st.integers(min_value=1, max_value=1_048_576), st.integers(min_value=1, max_value=16_384))
def test_an_address_is_that_of_the_sheet(row: int, column: int) -> None:
    text = address(row, column)
    letters = text.rstrip(string.digits)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    assert (int(text.removeprefix(letters)), number) == (row, column)


# ---- formats that hold a table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["biff8.xls", "sample.ods"])
def test_an_older_and_an_open_workbook_are_read_alike(name: str) -> None:
    table, hidden = read_grids((SAMPLES / name).read_bytes())
    assert table.rows[:2] == (("序号", "网站名称", "日期", "得分", "合计"), ("1", "网站1", "2021-09-02", "5", "10"))
    assert table.rows[2][3] == "7.5" and table.rows[6][1] == "注"
    assert table.rows[5][4] == "#N/A"
    assert (table.sheet, table.hidden, hidden) == ("表", False, Grid("隐藏", (("", ""), ("", "旧稿")), hidden=True))


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an .xlsb."""
    head = bytes((kind,)) if kind < 128 else bytes((kind & 127 | 128, kind >> 7))
    return head + bytes((len(body) & 127 | 128, len(body) >> 7)) + body


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(at: tuple[int, int] = (2, 1), state: int = 0, hidden: bool = False) -> bytes:
    """An .xlsb of one sheet: a text in A1, a number and an error in a further row (0-based row and column)."""
    sheet = record(129) + record(148, struct.pack("<4I", 0, at[0], 0, at[1]))
    sheet += record(390) + record(60, struct.pack("<4IH", 1, 3, 0, 0, hidden)) + record(391) + record(145)
    sheet += record(0, struct.pack("<I", 0) + bytes(13)) + record(6, struct.pack("<II", 0, 0) + wide("网站名称"))
    sheet += record(0, struct.pack("<I", at[0]) + bytes(7) + bytes((0x10 * hidden,)) + bytes(5))
    sheet += record(5, struct.pack("<IId", 0, 0, 2.5)) + record(3, struct.pack("<IIB", at[1], 0, 42))
    sheet += record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("表"))
    book += record(144) + record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


@pytest.mark.parametrize(("state", "hidden"), [(0, False), (1, True), (2, True)])
def test_a_binary_workbook_is_read(state: int, hidden: bool) -> None:
    rows = (("网站名称", ""), ("", ""), ("2.5", "#N/A"))
    assert read_grids(binary_workbook(state=state)) == [Grid("表", rows, hidden=hidden)]


def test_what_is_hidden_is_known_of_every_format() -> None:
    for name in ("hidden.xls", "hidden.ods"):
        (grid,) = read_grids((SAMPLES / name).read_bytes())
        assert (grid.hidden_rows, grid.hidden_columns, len(grid.rows)) == ({3, 5, 6}, {3}, 7)
    (grid,) = read_grids(binary_workbook(hidden=True))
    assert (grid.hidden_rows, grid.hidden_columns) == ({3}, {2})


def test_a_chart_sheet_is_no_grid() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_column("A1", [1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=数据!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("后").write("A1", "末")
    assert [(grid.sheet, grid.rows) for grid in read_grids(data.getvalue())] == [
        ("数据", (("1",), ("2",))),
        ("后", (("末",),)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_separated_by_tabs_is_read_whatever_its_name(encoding: str) -> None:
    text = '留言台账\r\n编号\t网站\t问题\r\n1\t甲\t"一,二,三,四"\r\n2\t乙\t五,六\r\n'
    (grid,) = read_grids(text.encode(encoding))
    assert grid.rows[1:] == (("编号", "网站", "问题"), ("1", "甲", "一,二,三,四"), ("2", "乙", "五,六"))


def test_tabs_inside_a_field_do_not_separate() -> None:
    (grid,) = read_grids("编号,问题\n1,一\t二\n2,三\n".encode())
    assert grid.rows == (("编号", "问题"), ("1", "一\t二"), ("2", "三"))


# ---- formats that hold none ---------------------------------------------------------------------------------------


def ole(*names: str) -> bytes:
    """An OLE container of empty streams."""
    entries = [("Root Entry", 5, 0xFFFFFFFF, 1), *((name, 2, at + 2, 0xFFFFFFFF) for at, name in enumerate(names))]
    directory = b""
    for name, kind, right, child in entries:
        right = right if right <= len(names) else 0xFFFFFFFF
        text = f"{name}\0".encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, 0xFFFFFFFF, right, child)
        directory += bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    head = OLE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    return head + fat + directory.ljust(512, b"\0")


ODS = "application/vnd.oasis.opendocument.spreadsheet"
FOREIGN = {
    "html": (b"\xef\xbb\xbf\r\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "F110", "网页"),
    "html-gbk": ("<TABLE border=1><tr><td>网站</td></tr></TABLE>".encode("gbk"), "F110", "网页"),
    "html-utf16": ("<html><table>".encode("utf-16"), "F110", "网页"),
    "xhtml": (b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html>', "F110", "网页"),
    "xml-table": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "F110",
        "XML",
    ),
    "xml": (b'<?xml version="1.0"?><data/>', "F110", "XML"),
    "mhtml": (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "F110", "MHTML"),
    "rar4": (b"Rar!\x1a\x07\x00rest", "F111", "RAR"),
    "rar5": (b"Rar!\x1a\x07\x01\x00rest", "F111", "RAR"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "F111", "7z"),
    "gzip": (b"\x1f\x8b\x08\x00", "F111", "gzip"),
    "tar": (b"a.xlsx".ljust(257, b"\0") + b"ustar\x0000", "F111", "TAR"),
    "zip": (package({"评分表.xlsx": b"x", "说明.txt": b"y"}), "F111", "ZIP"),
    "zip-empty": (package({}), "F111", "ZIP"),
    "pdf": (b"%PDF-1.7\n\x00\x01", "F112", "PDF"),
    "ofd": (package({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "F112", "OFD"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "F113", "PNG"),
    "jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "F113", "JPEG"),
    "gif": (b"GIF89a\x01\x00", "F113", "GIF"),
    "tiff": (b"II*\x00\x08\x00", "F113", "TIFF"),
    "bmp": (b"BM\x0a\x00\x00\x00\x00\x00\x00\x00", "F113", "BMP"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "F113", "WEBP"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "F113", "HEIC"),
    "docx": (package({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "F114", "文字文档"),
    "pptx": (package({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "F114", "演示文稿"),
    "odt": (package({"mimetype": "application/vnd.oasis.opendocument.text"}), "F114", "不是电子表格"),
    "doc": (ole("WordDocument", "1Table"), "F114", "文字文档"),
    "wps": (ole("0Table", "WordDocument"), "F114", "文字文档"),
    "ppt": (ole("PowerPoint Document"), "F114", "演示文稿"),
    "rtf": (b"{\\rtf1\\ansi", "F114", "RTF"),
    "excel-2": (b"\x09\x00\x04\x00\x02\x00\x10\x00", "F115", "Excel 2"),
    "excel-3": (b"\x09\x02\x06\x00\x00\x00\x10\x00", "F115", "Excel 3"),
    "excel-4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "F115", "Excel 4"),
    "excel-5": (b"\x09\x08\x08\x00\x00\x05\x10\x00", "F115", "Excel 5"),
    "encrypted-xlsx": (ole("EncryptionInfo", "EncryptedPackage"), "F109", ""),
    "encrypted-ods": (
        package({"mimetype": ODS, "META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": b"\x01"}),
        "F109",
        "",
    ),
    "wholly-encrypted-ods": (package({"mimetype": ODS, "encrypted-package": b"\x01"}), "F109", ""),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_another_format_is_told_by_what_it_is(name: str) -> None:
    data, code, kind = FOREIGN[name]
    error = refused(data)
    assert error.code == code and kind in str(error.places.get("kind", ""))
    item = finding(error.code, Where("甲.xls"), "甲.xls", count=1, **error.places)
    assert "甲.xls" in item.message and ".xlsx" in CODES[code].action


def test_an_encrypted_old_workbook_is_told_as_such() -> None:
    data = bytearray((SAMPLES / "biff8.xls").read_bytes())
    at = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20  # the record after the first BOF
    data[at : at + 2] = b"\x2f\x00"
    assert refused(bytes(data)).code == "F109"


def test_text_that_looks_like_a_signature_is_read() -> None:
    for text in ("BM编码,数量\n1,2\n", "<序号>,网站\n1,甲\n", "PK,甲\n1,2\n", "7z,乙\n1,2\n"):
        assert len(read_grids(text.encode())[0].rows) == 2


def test_a_warning_of_what_is_hidden_names_its_places() -> None:
    for code, places in {"F118": {"table": "扣分明细"}, "F119": {"rows": "5、7—9"}, "F120": {"columns": "B—C"}}.items():
        item = finding(code, Where("甲.xlsx", "表"), "表", **places)
        assert item.severity is Severity.WARNING and all(text in item.message for text in places.values())
    assert finding("C210", Where("甲.xlsx", "表", "E2"), "", column="合计").severity is Severity.ERROR


# ---- limits and damage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["A100001", "ALM1", "AAA20000"])
def test_a_sheet_that_reaches_too_far_is_refused(cell: str) -> None:
    assert refused(workbook(A1="甲", **{cell: "乙"})).code == "F116"


def test_formats_that_reach_to_the_end_of_a_sheet_are_no_data() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    data = io.BytesIO()
    book.save(data)
    assert read_grids(data.getvalue())[0].rows == (("甲",),)


def test_a_binary_sheet_that_reaches_too_far_is_refused() -> None:
    assert refused(binary_workbook((1_048_575, 1))).code == "F116"
    assert refused(binary_workbook((1, 16_383))).code == "F116"


def test_a_text_that_is_too_long_or_too_wide_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b"1,2\n" * 100_001).code == "F116"
    assert refused(b"1," * 1_001 + b"\n").code == "F116"
    monkeypatch.setattr(container, "MAX_FILE", 10)
    assert refused(b"1,2\n" * 3).code == "F116"


def test_limits_are_those_of_the_documentation() -> None:
    assert (unreadable.MAX_ROWS, unreadable.MAX_COLUMNS, unreadable.MAX_SHEETS) == (100_000, 1_000, 1_000)


def truncated(data: bytes) -> list[bytes]:
    """A file cut off at every fiftieth of its length."""
    return [data[: len(data) * at // 50] for at in range(50)]


def flipped(data: bytes, times: int) -> list[bytes]:
    """A file with some bytes changed, the same at every run."""
    draw = random.Random(20211)
    files = []
    for _ in range(times):
        copy = bytearray(data)
        for _ in range(draw.choice((1, 4, 20))):
            copy[draw.randrange(len(copy))] = draw.choice((0, 255, draw.randrange(256)))
        files.append(bytes(copy))
    return files


@pytest.mark.parametrize("name", ["xlsx", "xlsb", "biff8.xls", "sample.ods"])
def test_damage_anywhere_is_a_refusal_and_no_panic(name: str) -> None:
    made = {"xlsx": workbook(A1="甲", B2=3), "xlsb": binary_workbook()}
    data = made.get(name) or (SAMPLES / name).read_bytes()
    cut = {copy: outcome(copy) for copy in truncated(data)}
    assert set(cut.values()) <= {"", "F104", "F108"}
    for copy, code in cut.items():
        assert code or read_grids(copy) == read_grids(data)  # nothing of the tables was cut off
    assert {outcome(copy) for copy in flipped(data, 200)} <= set(REFUSALS)


def test_a_panic_of_calamine_is_a_refusal_and_an_interrupt_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        __module__ = "pyo3_runtime"

    class Broken:
        raised: BaseException = Panic()

        @classmethod
        def from_filelike(cls, _: object) -> None:
            raise cls.raised

    monkeypatch.setattr(container, "CalamineWorkbook", Broken)
    assert refused(workbook(A1="甲")).code == "F104"
    Broken.raised = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        read_grids(workbook(A1="甲"))


def test_every_error_of_a_formula_has_its_text() -> None:
    assert set(ERRORS.values()) == {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
    assert letters(16_384) == "XFD"
