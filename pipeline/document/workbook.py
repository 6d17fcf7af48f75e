"""The list that goes back to the agency, as a workbook (退回修改清单).

What lives here: `review/findings.xlsx`. Every cell is a text, so nothing in it runs or opens; the same findings give the
same bytes. What must not: looking for findings, wording them.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.document.package import read_parts, write_parts
from pipeline.errors import Severity
from pipeline.findings import visible, who_fixes
from pipeline.quarter import Quarter

TITLE = "退回修改清单"
# heading, field of core/finding, width in characters
_COLUMNS = (
    ("序号", "number", 6),
    ("级别", "severity", 7),
    ("文件", "file", 34),
    ("工作表", "sheet", 18),
    ("单元格", "cell", 9),
    ("发现的内容", "value", 26),
    ("说明", "message", 52),
    ("处理办法", "action", 40),
    ("由谁处理", "owner", 22),
    ("处数", "places", 6),
    ("代码", "code", 7),
)
HEADINGS = tuple(heading for heading, _, _ in _COLUMNS)
_WORDS = {Severity.ERROR.value: "错误", Severity.WARNING.value: "提示"}
CREATED = dt.datetime(1980, 1, 1)
_TITLE_ROW, _SUMMARY_ROW, _HEADER_ROW = 0, 1, 2
_LAST = len(_COLUMNS) - 1
_LIMIT = 32_000  # a cell holds 32,767 characters
FONT = {"font_name": "宋体", "font_size": 11}
CELL = FONT | {"border": 1, "border_color": "#A6A6A6", "text_wrap": True, "valign": "top", "num_format": "@"}
LINE, _HIGHEST = 15, 405  # points; no row of a sheet is higher than 409
_ERROR_FILL, HEADER_FILL = "#FDE2E0", "#E7E6E6"


def findings_workbook(findings: pl.DataFrame, quarter: str = "") -> bytes:
    """The findings of a quarter as a workbook in Chinese (退回修改清单).

    ``findings`` is a frame of ``core/finding``; ``quarter`` names the quarter of an empty one, e.g. ``2021Q3``.
    """
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "author": "", "comments": "", "created": CREATED})
        sheet = book.add_worksheet(TITLE)
        _head(book, sheet, findings, quarter)
        formats = {
            Severity.ERROR.value: book.add_format(CELL | {"bg_color": _ERROR_FILL}),
            Severity.WARNING.value: book.add_format(CELL),
        }
        for row, record in enumerate(findings.iter_rows(named=True), start=_HEADER_ROW + 1):
            texts = [_text(record, name) for _, name, _ in _COLUMNS]
            _write(sheet, row, texts, formats[record["severity"]])
            sheet.set_row(row, _height(texts))
        _arrange(sheet, max(len(findings), 1))
    return write_parts(read_parts(stream.getvalue()))


def _head(book: Workbook, sheet: Worksheet, findings: pl.DataFrame, quarter: str) -> None:
    key = findings["quarter"][0] if len(findings) else quarter
    label = Quarter.parse(key).label if key else ""
    errors = findings.filter(pl.col("severity") == Severity.ERROR.value).height
    summary = (
        f"错误 {errors} 项，提示 {len(findings) - errors} 项。有错误的，改好重新提交以后才能生成通报；提示请核实。"
        if len(findings)
        else "没有发现问题。"
    )
    title = book.add_format(FONT | {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    note = book.add_format(FONT | {"align": "left", "valign": "vcenter"})
    heading = book.add_format(CELL | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": HEADER_FILL})
    for row, text, form in ((_TITLE_ROW, f"{label}{TITLE}", title), (_SUMMARY_ROW, summary, note)):
        sheet.merge_range(row, 0, row, _LAST, "", form)
        sheet.write_string(row, 0, text, form)
    sheet.set_row(_TITLE_ROW, 30)
    sheet.set_row(_SUMMARY_ROW, 20)
    _write(sheet, _HEADER_ROW, HEADINGS, heading)


def _arrange(sheet: Worksheet, rows: int) -> None:
    """Widths, frozen header, filter; printed on A4 across, the header on every page."""
    for column, (_, _, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    last = _HEADER_ROW + rows
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.autofilter(_HEADER_ROW, 0, last, _LAST)
    sheet.ignore_errors({"number_stored_as_text": f"A{_HEADER_ROW + 2}:K{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _text(record: Mapping[str, object], name: str) -> str:
    """The text of one cell: hidden characters are shown, so that the list holds none."""
    if name == "severity":
        return _WORDS[str(record["severity"])]
    if name == "owner":
        return who_fixes(str(record["code"]), str(record["file"]))
    text = visible(str(record[name]))
    return text if len(text) <= _LIMIT else f"{text[:_LIMIT]}……"


def _height(texts: Sequence[str]) -> int:
    """The height of a row whose texts are wrapped: not every office program finds it by itself."""
    lines = max(wrapped_lines(text, width) for text, (_, _, width) in zip(texts, _COLUMNS, strict=True))
    return min(LINE * lines, _HIGHEST)


def wrapped_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of a width in characters.

    >>> wrapped_lines("检查发现", 9), wrapped_lines("检查发现\\n检查发现的", 9)
    (1, 3)
    """
    return sum(max(1, -(-text_width(part) // (width - 1))) for part in text.split("\n"))


def text_width(text: str) -> int:
    """The width of a text; a Chinese character is two columns wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _write(sheet: Worksheet, row: int, texts: Sequence[str], form: Format) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, form)
