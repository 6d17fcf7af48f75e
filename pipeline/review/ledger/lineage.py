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
from pipeline.review.ledger.places import fold
from pipeline.warehouse.store import Warehouse

_COLUMNS = ["pattern", "file", "sheet", "cell"]


@dataclass(frozen=True)
class Source:
    """Cells of one sheet that can move a figure (来源): ranges; of a file that has no cells, none."""

    file: str
    sheet: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        head = "!".join(part for part in (self.file, self.sheet) if part)
        return f"{head}!{','.join(self.cells)}" if self.cells else head


def read_lineage(warehouse: Warehouse) -> pl.DataFrame:
    """Every cell and the figures that it can move (来源总表): pattern, file, sheet, cell, each once.

    A corrected cell brings the row of 更正 that corrects it.
    """
    read = (warehouse.run(name).rename({"figure": "pattern"}).select(_COLUMNS) for name in warehouse.names("lineage"))
    found = pl.concat(read).unique()
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
    return pl.concat([found, by_correction]).unique().sort(_COLUMNS)


def matched(figures: Iterable[str], patterns: Iterable[str]) -> dict[str, frozenset[str]]:
    """The patterns that each figure matches (数字与来源的对应); ``*`` stands for anything."""
    known = {pattern: re.compile(re.escape(pattern).replace(r"\*", ".*")) for pattern in patterns}
    return {
        figure: frozenset(pattern for pattern, form in known.items() if form.fullmatch(figure)) for figure in figures
    }


def sources_of(figures: Iterable[str], lineage: pl.DataFrame) -> dict[str, tuple[Source, ...]]:
    """The sources of each figure (各数字的来源): figures that match the same patterns share them."""
    by_figure = matched(figures, lineage["pattern"].unique())
    folded: Mapping[frozenset[str], tuple[Source, ...]] = {
        patterns: _folded(lineage.filter(pl.col("pattern").is_in(patterns))) for patterns in set(by_figure.values())
    }
    return {figure: folded[patterns] for figure, patterns in by_figure.items()}


def _folded(rows: pl.DataFrame) -> tuple[Source, ...]:
    sheets = rows.group_by("file", "sheet").agg(pl.col("cell").unique()).sort("file", "sheet")
    return tuple(Source(file, sheet, fold(cell for cell in cells if cell)) for file, sheet, cells in sheets.iter_rows())
