"""From figures to the cells they come from, and back (数据来源).

What lives here: what `sql/lineage/` selects, matched with the ids of figures; a figure's own sources as ranges. What must
not: SQL text, meaning of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.ingest.corrections import LAYOUT as CORRECTIONS
from pipeline.review.ledger.places import fold, holds
from pipeline.warehouse.store import Warehouse

_COLUMNS = ["pattern", "file", "sheet", "cell"]


@dataclass(frozen=True)
class Source:
    """Cells of one sheet that can move a figure (来源): ranges.

    A facts file of an earlier quarter has no cells; in place of the sheet stands the id of the figure inside.
    """

    file: str
    sheet: str
    cells: tuple[str, ...]

    def holds(self, file: str, sheet: str, cell: str) -> bool:
        """Whether a cell is among them (是否包含); of a facts file, whether a figure, a part of it or what it is part of.

        >>> Source("评分表.xlsx", "区", ("H3:H9",)).holds("评分表.xlsx", "区", "H4")
        True
        >>> facts = Source("前期/2021Q2.facts.json", "sites.rate", ())
        >>> [facts.holds("前期/2021Q2.facts.json", inside, "") for inside in ("sites.rate.part", "sites", "", "site")]
        [True, True, True, False]
        """
        if self.file != file:
            return False
        if self.cells:
            return self.sheet == sheet and any(holds(area, cell) for area in self.cells)
        return not sheet or f"{self.sheet}.".startswith(f"{sheet}.") or f"{sheet}.".startswith(f"{self.sheet}.")

    def __str__(self) -> str:
        head = "!".join(part for part in (self.file, self.sheet) if part)
        return f"{head}!{','.join(self.cells)}" if self.cells else head


def read_lineage(warehouse: Warehouse) -> pl.DataFrame:
    """Every cell and the figures that it can move (来源总表): pattern, file, sheet, cell, in no order, some twice.

    A corrected cell brings the row of 更正 that corrects it.
    """
    read = (warehouse.run(name).rename({"figure": "pattern"}).select(_COLUMNS) for name in warehouse.names("lineage"))
    found = pl.concat(read)
    declared = warehouse.read("raw/cell").filter(pl.col("layout") == CORRECTIONS)
    rows = declared.select("row_no", by_file="file", by_sheet="sheet", by_cell="cell")
    marks = declared.select("row_no", row_cell="cell")
    corrected = warehouse.read("raw/correction").select("file", "sheet", "cell", "row_cell")
    by_correction = (
        found.join(corrected, on=["file", "sheet", "cell"])
        .join(marks, on="row_cell")
        .join(rows, on="row_no")
        .select("pattern", file="by_file", sheet="by_sheet", cell="by_cell")
    )
    return pl.concat([found, by_correction])


def matched(figures: Iterable[str], patterns: Iterable[str]) -> dict[str, frozenset[str]]:
    """The patterns that each figure matches (数字与来源的对应); ``*`` stands for anything."""
    known = {pattern: re.compile(re.escape(pattern).replace(r"\*", ".*")) for pattern in patterns}
    return {
        figure: frozenset(pattern for pattern, form in known.items() if form.fullmatch(figure)) for figure in figures
    }


def sources_of(figures: Iterable[str], lineage: pl.DataFrame) -> dict[str, tuple[Source, ...]]:
    """The sources of each figure (各数字的来源): figures that match the same patterns share them."""
    cells: dict[str, dict[tuple[str, str], list[str]]] = {}
    for pattern, file, sheet, own in lineage.group_by(*_COLUMNS[:3]).agg("cell").iter_rows():
        cells.setdefault(pattern, {})[file, sheet] = own
    by_figure = matched(figures, cells)
    folded = {patterns: _folded([cells[pattern] for pattern in patterns]) for patterns in set(by_figure.values())}
    return {figure: folded[patterns] for figure, patterns in by_figure.items()}


def _folded(every: Iterable[Mapping[tuple[str, str], list[str]]]) -> tuple[Source, ...]:
    """The cells of several patterns together, a source for each sheet."""
    sheets: dict[tuple[str, str], set[str]] = {}
    for sheet, cells in (item for own in every for item in own.items()):
        sheets.setdefault(sheet, set()).update(cells)
    return tuple(Source(*sheet, fold(cell for cell in cells if cell)) for sheet, cells in sorted(sheets.items()))
