"""Blank workbooks that people fill: drop-downs, limits, locked headings, a page of instructions (空白表).

What lives here: what a blank sheet is, and writing a workbook of them; the same sheets give the same bytes. Instructions and
options fill two columns at most, so that nobody who reads a returned workbook takes them for a table. What must not: which
sheets there are and what they ask for; that is `office/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.document.package import read_parts, write_parts
from pipeline.document.workbook import CELL, CREATED, FONT, HEADER_FILL, LINE, text_width

INSTRUCTIONS, OPTIONS = "填表说明", "可填内容"
_LAST_ROW = 20_000  # drop-downs and limits of an open list reach so far
_LOCKED_FILL, _CARRIED_FILL = "#F2F2F2", "#FFF2CC"
_HEADING_LIMIT, _HELP_LIMIT = 32, 255  # characters that Excel shows beside a cell
_PAGE_WIDTHS = (30, 96)
_MAY = {"format_columns": True, "format_rows": True}
_MAY_OPEN = _MAY | {"insert_rows": True, "delete_rows": True, "sort": True}


@dataclass(frozen=True)
class OneOf:
    """One of these texts (下拉选项)."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """A number within limits, or one of a few words (数值范围)."""

    least: Decimal
    most: Decimal
    decimals: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """A day or a time, not before a day (日期范围)."""

    first: dt.date


Rule = OneOf | Between | Since


class Look(StrEnum):
    """How the cells of a column are formatted (单元格格式)."""

    TEXT = "@"
    NUMBER = "General"
    DAY = "yyyy-mm-dd"
    TIME = "yyyy-mm-dd hh:mm:ss"


class State(StrEnum):
    """Who fills a cell (填写方式): nobody, whoever checks what is proposed, whoever fills the form."""

    PRINTED = "printed"
    CARRIED = "carried"
    OPEN = "open"


@dataclass(frozen=True)
class Cell:
    """A cell of a row that the form has already (预置单元格)."""

    text: str = ""
    state: State = State.OPEN
    rule: Rule | None = None  # instead of that of its column


@dataclass(frozen=True)
class Field:
    """A column of a blank sheet (空白列)."""

    heading: str
    help: str = ""
    above: str = ""  # heading of several columns
    rule: Rule | None = None
    look: Look = Look.TEXT
    width: int = 12


@dataclass(frozen=True)
class Sheet:
    """A blank sheet (空白工作表): with printed rows it is complete, else it is a list that grows."""

    name: str
    fields: tuple[Field, ...]
    title: str = ""
    note: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def grows(self) -> bool:
        """Whether rows are added below."""
        return all(cell.state is not State.PRINTED for row in self.rows for cell in row)

    @property
    def header_row(self) -> int:
        """The 0-based row of the lowest headings."""
        return bool(self.title) + any(item.above for item in self.fields)


def form_workbook(title: str, rules: Sequence[str], sheets: Sequence[Sheet]) -> bytes:
    """A workbook of blank sheets behind a page of instructions (空白工作簿)."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": title, "author": "", "comments": "", "created": CREATED})
        writer = _Writer(book, _options(sheets))
        writer.instructions(title, rules, sheets)
        for sheet in sheets:
            writer.sheet(sheet)
        writer.options()
    return write_parts(read_parts(stream.getvalue()))


def _options(sheets: Iterable[Sheet]) -> dict[tuple[str, ...], list[str]]:
    """Every list of options with the headings that offer it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for sheet in sheets:
        offered = [(item.heading, item.rule) for item in sheet.fields]
        offered += [(row[0].text, cell.rule) for row in sheet.rows for cell in row if cell.rule is not None]
        for heading, rule in offered:
            if isinstance(rule, OneOf):
                named = found.setdefault(rule.values, [])
                if heading not in named:
                    named.append(heading)
    return found


@dataclass
class _Writer:
    book: Workbook
    lists: dict[tuple[str, ...], list[str]]
    formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    # ---- the page of instructions -------------------------------------------------------------------------------

    def instructions(self, title: str, rules: Sequence[str], sheets: Sequence[Sheet]) -> None:
        page = self._page(INSTRUCTIONS)
        page.merge_range(0, 0, 0, 1, title, self.format(**FONT | _TITLE))
        page.set_row(0, 36)
        row = 1
        for number, text in enumerate(rules, start=1):
            row = self._line(page, row, str(number), text, align="center")
        for sheet in sheets:
            row = self._heading(page, row, f"工作表“{sheet.name}”", sheet.note)
            at = 0
            for told, count in _runs(item.help for item in sheet.fields):
                columns, heading = xl_col_to_name(at), _single(sheet.fields[at].heading)
                if count > 1:
                    columns, heading = f"{columns}—{xl_col_to_name(at + count - 1)}", f"{heading}等 {count} 列"
                if told:
                    row = self._line(page, row, f"{columns} 列　{heading}", told)
                at += count
        page.activate()

    def options(self) -> None:
        """The lists behind the drop-downs, one below the other (可填内容)."""
        page = self._page(OPTIONS)
        self._heading(page, 0, "列", "可填内容")
        page.freeze_panes(1, 0)
        row = 1
        for values, headings in self.lists.items():
            for value in values:
                row = self._line(page, row, "、".join(map(_single, headings)), value)

    def _page(self, name: str) -> Worksheet:
        page = self.book.add_worksheet(name)
        for column, width in enumerate(_PAGE_WIDTHS):
            page.set_column(column, column, width)
        page.hide_gridlines(2)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.protect("", _MAY)
        return page

    def _heading(self, page: Worksheet, row: int, left: str, right: str) -> int:
        return self._line(page, row, left, right, bold=True, bg_color=HEADER_FILL)

    def _line(self, page: Worksheet, row: int, left: str, right: str, **properties: Any) -> int:
        page.write_string(row, 0, left, self.format(**CELL | {"valign": "vcenter"} | properties))
        page.write_string(row, 1, right, self.format(**CELL | {"valign": "vcenter"} | properties | {"align": "left"}))
        lines = (-(-text_width(text) // (width - 2)) for text, width in zip((left, right), _PAGE_WIDTHS, strict=True))
        page.set_row(row, 6 + LINE * max(1, *lines))
        return row + 1

    # ---- a sheet to be filled -----------------------------------------------------------------------------------

    def sheet(self, form: Sheet) -> None:
        sheet = self.book.add_worksheet(form.name)
        first = form.header_row + 1
        last = _LAST_ROW if form.grows else form.header_row + len(form.rows)
        for column, item in enumerate(form.fields):
            sheet.set_column(column, column, item.width, self._cell(item, State.OPEN) if form.grows else None)
        self._headings(sheet, form)
        for number, cells in enumerate(form.rows, start=first):
            for column, (item, cell) in enumerate(zip(form.fields, cells, strict=True)):
                content = int(cell.text) if item.look is Look.NUMBER and cell.text.isdecimal() else cell.text or None
                sheet.write(number, column, content, self._cell(item, cell.state))
                if cell.rule is not None:
                    sheet.data_validation(
                        number, column, number, column, self._validation(item, cell.rule, number, column)
                    )
            sheet.set_row(number, 6 + LINE * _lines(form.fields, cells))
        for column, item in enumerate(form.fields):
            if (item.rule is not None or item.help) and not any(row[column].rule for row in form.rows):
                rule = self._validation(item, item.rule, first, column)
                sheet.data_validation(first, column, last, column, rule)
        sheet.freeze_panes(first, _printed_columns(form))
        sheet.protect("", _MAY_OPEN if form.grows else _MAY)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(form.header_row)

    def _headings(self, sheet: Worksheet, form: Sheet) -> None:
        style = self.format(**CELL | _HEADING)
        if form.title:
            sheet.merge_range(
                0, 0, 0, len(form.fields) - 1, form.title, self.format(**FONT | _TITLE | {"align": "left"})
            )
            sheet.set_row(0, 36)
        start = 0
        for above, count in _runs(item.above for item in form.fields):
            for column in range(start, start + count):
                heading = form.fields[column].heading
                if not above and form.header_row > bool(form.title):
                    sheet.merge_range(form.header_row - 1, column, form.header_row, column, heading, style)
                else:
                    sheet.write_string(form.header_row, column, heading, style)
            if above and count > 1:
                sheet.merge_range(form.header_row - 1, start, form.header_row - 1, start + count - 1, above, style)
            elif above:
                sheet.write_string(form.header_row - 1, start, above, style)
            start += count
        lines = max(item.heading.count("\n") for item in form.fields) + 1
        sheet.set_row(form.header_row, 8 + LINE * lines)

    def _cell(self, item: Field, state: State) -> Format:
        align = "left" if item.look is Look.TEXT else "center"
        look = CELL | {"num_format": str(item.look), "valign": "vcenter", "align": align}
        if state is State.PRINTED:
            return self.format(**look | {"bg_color": _LOCKED_FILL, "locked": True})
        return self.format(**look | {"locked": False} | ({"bg_color": _CARRIED_FILL} if state is State.CARRIED else {}))

    def _validation(self, item: Field, rule: Rule | None, row: int, column: int) -> dict[str, Any]:
        told: dict[str, Any] = {"error_title": "请核对"}
        if item.help:
            told |= {"input_title": _single(item.heading)[:_HEADING_LIMIT], "input_message": item.help[:_HELP_LIMIT]}
        match rule:
            case None:
                return {"validate": "any"} | told
            case OneOf(values):
                error = f"请从下拉选项中选取；全部选项见工作表“{OPTIONS}”。"
                return {"validate": "list", "source": self._range(values), "error_message": error} | told
            case Since(first):
                error = f"请填写日期，不早于 {first.isoformat()}。"
                return {"validate": "date", "criteria": ">=", "value": first, "error_message": error} | told
            case Between(least, most, decimals, words):
                error = f"请填写 {least} 至 {most} 的数{''.join(f'，或者“{word}”' for word in words)}。"
                limits = {"criteria": "between", "minimum": str(least), "maximum": str(most)}
                if words:
                    limits = {"value": _either(xl_rowcol_to_cell(row, column), rule)}
                kind = "custom" if words else "decimal" if decimals else "integer"
                return {"validate": kind, "error_message": error} | limits | told

    def _range(self, values: tuple[str, ...]) -> str:
        before = 0
        for options in self.lists:
            if options == values:
                break
            before += len(options)
        return f"={OPTIONS}!$B${before + 2}:$B${before + 1 + len(values)}"


_TITLE: dict[str, Any] = {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
_HEADING: dict[str, Any] = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": HEADER_FILL}


def _either(cell: str, rule: Between) -> str:
    """The formula of a number within limits, or one of the words."""
    words = "".join(f',{cell}="{word}"' for word in rule.words)
    return f"=OR(AND(ISNUMBER({cell}),{cell}>={rule.least},{cell}<={rule.most}){words})"


def _runs(values: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Neighbours of one value, and how many they are; nothing stands alone."""
    last, count = "", 0
    for value in values:
        if count and value != last:
            yield last, count
            count = 0
        last, count = value, count + 1
    if count:
        yield last, count


def _printed_columns(form: Sheet) -> int:
    """How many columns at the left every row has printed: they stay in view."""
    columns = zip(*form.rows, strict=True)
    at = 0
    for column in columns:
        if any(cell.state is not State.PRINTED for cell in column):
            break
        at += 1
    return at


def _lines(fields: Sequence[Field], cells: Sequence[Cell]) -> int:
    """The lines of the highest cell of a row: not every office program finds its height by itself."""
    widths = (-(-text_width(cell.text) // max(1, item.width - 2)) for item, cell in zip(fields, cells, strict=True))
    return max(1, *widths)


def _single(text: str) -> str:
    return text.replace("\n", "")
