"""Annex tables as XML (表格): declared column widths, repeated headings, rows that never split.

What lives here: the grid, the rows, the alignment of numbers. What must not: titles, pages, sections.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise

from pipeline.bulletin.blocks import Align, Column, Table
from pipeline.document.geometry import TableGeometry, quarter_ems, twips
from pipeline.document.styles import Style
from pipeline.document.xml import Element, element, run, text
from pipeline.errors import DocumentError

_NUMBER = re.compile(r"([+-]?\d+)((?:\.\d+)?[%％]?)")
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_xml(table: Table, geometry: TableGeometry, limit_twips: int) -> Element:
    """A table of an annex (表).

    Raises ``DocumentError`` when the table is wider than the type area, or a row has not as many cells as columns.
    """
    edges = [twips(edge) for edge in accumulate((column.width for column in table.columns), initial=0)]
    names = "、".join(column.heading for column in table.columns)
    if edges[-1] > limit_twips:
        raise DocumentError("table_width", f"附件表格（{names}）宽于版心。", "请维护人员减小各栏宽度。")
    if any(len(row) != len(table.columns) for row in table.rows):
        raise DocumentError("table_row", f"附件表格（{names}）有的行与表头栏数不同。", "请告知维护人员。")
    widths = [right - left for left, right in pairwise(edges)]
    alike = [_alignment(column, place, table, widths[place], geometry) for place, column in enumerate(table.columns)]
    head = (
        _cell(column.heading, width, Style.TABLE_HEADING, ())
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = (
        _row(
            geometry,
            (_cell(span.text, width, Style.TABLE_TEXT, aligned(span.text))
             for span, width, aligned in zip(row, widths, alike, strict=True)),
        )
        for row in table.rows
    )  # fmt: skip
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", _properties(geometry, edges[-1]), grid, _row(geometry, head, element("tblHeader")), *rows)


def _alignment(
    column: Column, place: int, table: Table, width: int, geometry: TableGeometry
) -> Callable[[str], Iterator[Element]]:
    """How the cells of a column are aligned: numbers point under point, the longest in the middle (小数点对齐)."""
    quarter_em = geometry.half_points * 10 // 4
    numbers = [match for row in table.rows if (match := _NUMBER.fullmatch(row[place].text))]
    whole, fraction = (max((quarter_ems(number[part]) for number in numbers), default=0) for part in (1, 2))
    margin = max((width - 2 * geometry.cell_margin_twips - (whole + fraction) * quarter_em) // 2, 0)

    def aligned(content: str) -> Iterator[Element]:
        if column.align is Align.LEFT:
            yield element("jc", val="left")
        elif column.align is Align.RIGHT and (number := _NUMBER.fullmatch(content)):
            yield element("ind", right=margin + (fraction - quarter_ems(number[2])) * quarter_em)
            yield element("jc", val="right")

    return aligned


def _properties(geometry: TableGeometry, width: int) -> Element:
    border: dict[str, str | int] = {"val": "single", "sz": geometry.border_eighth_points, "space": 0, "color": "000000"}
    margin: dict[str, str | int] = {"w": geometry.cell_margin_twips, "type": "dxa"}
    return element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, **border) for side in _BORDERS)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", **margin), element("right", **margin)),
    )


def _row(geometry: TableGeometry, cells: Iterable[Element], *more: Element) -> Element:
    height = element("trHeight", val=geometry.row_twips, hRule="atLeast")
    return element("tr", element("trPr", element("cantSplit"), height, *more), *cells)


def _cell(content: str, width: int, style: Style, layout: Iterable[Element]) -> Element:
    properties = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
    shown = (run(text(content)),) if content else ()
    return element("tc", properties, element("p", element("pPr", element("pStyle", val=style), *layout), *shown))
