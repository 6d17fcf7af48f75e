"""Writing workbooks and text files whose bytes depend on nothing but their content.

What lives here: file formats. What must not: what the files say.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

CREATED = dt.datetime(2021, 11, 5, 9, 0, 0)
Value = str | int | dt.date


def write_book(path: Path, fill: Callable[[Workbook], None]) -> None:
    """Write a workbook with a constant date, its parts stored uncompressed: compressors differ between machines."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "author": "", "comments": ""})
        fill(book)
    with zipfile.ZipFile(buffer) as packed, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system = 3
            part.external_attr = 0o600 << 16
            stored.writestr(part, packed.read(name))


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a comma-separated text as the platform exports it: GB18030, CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    path.write_bytes(text.getvalue().encode("gb18030"))


def body(book: Workbook, *, centre: bool = False) -> Format:
    """The format of a data cell."""
    return book.add_format(
        {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center" if centre else "left"}
    )


def heading(book: Workbook) -> Format:
    """The format of a header cell."""
    return book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"}
    )


def list_sheet(
    book: Workbook, name: str, header: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Value]]
) -> Worksheet:
    """Write a list: header in row 1, data from row 2; numbers and days are typed cells."""
    sheet = book.add_worksheet(name)
    cell, title = body(book), heading(book)
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "align": "left", "valign": "vcenter"})
    sheet.freeze_panes(1, 0)
    for column, (text, width) in enumerate(zip(header, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, title)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value, cell)
            elif value:
                sheet.write_string(number, column, value, cell)
            else:
                sheet.write_blank(number, column, None, cell)
    return sheet


def choices(sheet: Worksheet, column: int, values: Sequence[str], last_row: int = 200) -> None:
    """Offer a drop-down list in a column of a list sheet."""
    sheet.data_validation(1, column, last_row, column, {"validate": "list", "source": list(values)})
