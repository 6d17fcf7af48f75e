"""Annex tables as XML (表格): declared column widths, repeated headings, rows that never split.

What lives here: the grid, the rows, the alignment of numbers. What must not: titles, pages, sections.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
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
    heads = (
        _Cells(width, Style.TABLE_HEADING, element("keepNext")) for width in widths
    )  # never alone at a page's foot
    head = (cells.make(column.heading) for cells, column in zip(heads, table.columns, strict=True))
    places = [_places(column, at, table, widths[at], geometry) for at, column in enumerate(table.columns)]
    texts = [_Cells(width, Style.TABLE_TEXT) for width in widths]
    rows = (
        _row(
            geometry,
            (cells.make(span.text, place(span.text)) for cells, place, span in zip(texts, places, row, strict=True)),
        )
        for row in table.rows
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", _properties(geometry, edges[-1]), grid, _row(geometry, head, element("tblHeader")), *rows)


class _Cells:
    """The cells of a column (单元格): cells that are set alike are copies of one, which is ten times as fast."""

    def __init__(self, width: int, style: Style, *layout: Element) -> None:
        self._width, self._style, self._layout = width, style, layout
        self._made: dict[int | None, Element] = {}

    def make(self, content: str, right: int | None = None) -> Element:
        """A cell: in the middle, at the left edge where ``right`` is negative, or so many twips from the right edge."""
        if right not in self._made:
            self._made[right] = self._empty(right)
        cell = deepcopy(self._made[right])
        if content:
            cell[1].append(run(text(content)))
        return cell

    def _empty(self, right: int | None) -> Element:
        width, align = element("tcW", w=self._width, type="dxa"), element("vAlign", val="center")
        layout = [element("pStyle", val=self._style), *self._layout]
        if right is not None and right >= 0:
            layout.append(element("ind", right=right))
        if right is not None:
            layout.append(element("jc", val="left" if right < 0 else "right"))
        return element("tc", element("tcPr", width, align), element("p", element("pPr", *layout)))


def _places(column: Column, at: int, table: Table, width: int, geometry: TableGeometry) -> Callable[[str], int | None]:
    """Where the cells of a column stand: numbers point under point, the longest in the middle (小数点对齐)."""
    quarter_em = geometry.half_points * 10 // 4
    numbers = [match for row in table.rows if (match := _NUMBER.fullmatch(row[at].text))]
    whole, fraction = (max((quarter_ems(number[part]) for number in numbers), default=0) for part in (1, 2))
    margin = max((width - 2 * geometry.cell_margin_twips - (whole + fraction) * quarter_em) // 2, 0)

    def place(content: str) -> int | None:
        if column.align is Align.LEFT:
            return -1
        if column.align is Align.RIGHT and (number := _NUMBER.fullmatch(content)):
            return margin + (fraction - quarter_ems(number[2])) * quarter_em
        return None

    return place


def _properties(geometry: TableGeometry, width: int) -> Element:
    border: dict[str, str | int] = {"val": "single", "sz": geometry.border_eighth_points, "space": 0, "color": "000000"}
    above, beside = geometry.cell_above_twips, geometry.cell_margin_twips
    margins = {"top": above, "left": beside, "bottom": above, "right": beside}
    return element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, **border) for side in _BORDERS)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=gap, type="dxa") for side, gap in margins.items() if gap)),
    )


def _row(geometry: TableGeometry, cells: Iterable[Element], *more: Element) -> Element:
    height = element("trHeight", val=geometry.row_twips, hRule="atLeast")
    return element("tr", element("trPr", element("cantSplit"), height, *more), *cells)
