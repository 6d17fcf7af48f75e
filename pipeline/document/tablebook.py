"""The tables of a quarter as one workbook for people, `tables.xlsx` (数据表).

What lives here: writing tables with frozen headings, widths and filters; texts are texts and numbers are numbers, nothing
runs or opens; the same tables give the same bytes. What must not: what the tables hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.bulletin.tables import DataTable, Value
from pipeline.document.package import read_parts, write_parts
from pipeline.document.workbook import CREATED, FONT, HEADER_FILL, LINE, text_width, wrapped_lines
from pipeline.findings import visible

_LEAST, _MOST = 8, 48  # columns of a sheet, in characters
_MEASURED = 2_000  # rows that tell the width of a column
_LIMIT = 32_000  # a cell holds 32,767 characters
_LINES = 8  # of the highest row: a cell that says more is read in the cell itself
_MARGIN = 3  # points
_PLAIN = FONT | {"border": 1, "border_color": "#A6A6A6", "valign": "top"}


def table_workbook(title: str, tables: Sequence[DataTable]) -> bytes:
    """Every table on a sheet of its own (数据表工作簿)."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": title, "author": "", "comments": "", "created": CREATED})
        heading = book.add_format(
            _PLAIN | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": HEADER_FILL}
        )
        text = book.add_format(_PLAIN | {"num_format": "@", "text_wrap": True, "align": "left"})
        number = book.add_format(_PLAIN | {"align": "right"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            for column, words in enumerate(table.headings):
                sheet.write_string(0, column, words, heading)
            for row, values in enumerate(table.rows, start=1):
                for column, value in enumerate(values):
                    _write(sheet, row, column, value, text, number)
            _arrange(sheet, table)
    return write_parts(read_parts(stream.getvalue()))


def _write(sheet: Worksheet, row: int, column: int, value: Value, text: Format, number: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, number)
        case str():
            sheet.write_string(row, column, visible(value)[:_LIMIT], text)
        case dt.date():
            sheet.write_string(row, column, value.isoformat(), text)
        case int() | Decimal():
            sheet.write_number(row, column, value, number)


def _arrange(sheet: Worksheet, table: DataTable) -> None:
    """Widths, heights, frozen headings, filter; printed on A4 across, the headings on every page."""
    widths = []
    for column, words in enumerate(table.headings):
        shown = (str(row[column]) for row in islice(table.rows, _MEASURED) if row[column] is not None)
        widest = max(map(text_width, chain((words,), *(text.split("\n") for text in shown))))
        widths.append(min(max(widest + 3, _LEAST), _MOST))
        sheet.set_column(column, column, widths[-1])
    for row, values in enumerate(table.rows, start=1):
        lines = [
            wrapped_lines(text, width) for text, width in zip(values, widths, strict=True) if isinstance(text, str)
        ]
        if max(lines, default=1) > 1:
            sheet.set_row(row, LINE * min(max(lines), _LINES) + _MARGIN)
    last, right = len(table.rows), len(table.headings) - 1
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, table.frozen)
    sheet.autofilter(0, 0, last, right)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
