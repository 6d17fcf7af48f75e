"""Bytes to grids: told apart by content, every address kept, anything else refused with a reason."""

from __future__ import annotations

import datetime as dt
import io
import string

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.container import Grid, Unreadable, address, read_grids


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


def test_a_quoted_field_keeps_commas_quotes_and_line_breaks() -> None:
    (grid,) = read_grids('甲,"一,二""三""\n四"\n'.encode())
    assert grid.rows == (("甲", '一,二"三"\n四'),)


def test_an_empty_file_is_an_empty_grid() -> None:
    assert read_grids(b"") == [Grid("", ())]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("甲,乙\n".encode() + b"\xff\xff\n", "F103"),
        ("甲,乙".encode("utf-16"), "F104"),
        (b"a,b\n1,\x002\n", "F104"),
        ('甲,"乙\n丙,丁\n'.encode(), "F104"),
        ('甲,"乙"丙\n'.encode(), "F104"),
        (b"PK\x03\x04" + b"garbage" * 20, "F104"),
        (b"PK\x03\x04", "F104"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "F104"),
        (b"\xd0\xcf\x11\xe0" + b"garbage" * 200, "F104"),
        (b"%PDF-1.7\n\x00\x01", "F104"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "F104"),
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
        "pdf",
        "png",
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
    assert outcome(data[:at]) in ("", "F103", "F104")
    assert outcome(data[:at] + noise + data[at + len(noise) :]) in ("", "F103", "F104")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    assert outcome(data) in ("", "F103", "F104")


@given(st.integers(min_value=1, max_value=1_048_576), st.integers(min_value=1, max_value=16_384))
def test_an_address_is_that_of_the_sheet(row: int, column: int) -> None:
    text = address(row, column)
    letters = text.rstrip(string.digits)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    assert (int(text.removeprefix(letters)), number) == (row, column)
