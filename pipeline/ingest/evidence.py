"""Evidence that must not be spread, read again from the delivered sheets for the unit that it concerns (证据原文).

What lives here: finding the cells of which the kind alone was kept, and reading their texts. What must not: keeping
them; no table, log, finding or preview may hold what this returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipeline.errors import SourceError
from pipeline.findings import visible
from pipeline.ingest.container import Grid, column_number, read_grids
from pipeline.ingest.delivery import WITHHELD

_SHOWN = ("deduction", "account")  # tables of what a unit has to mend
Source = tuple[str, str, int]  # file, sheet, number of the record


def withheld_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of which the kind alone was kept and whose unit is shown them (只保留类别的单元格), from ``raw/cell``."""
    kept = pl.col("text").str.starts_with(WITHHELD)
    return cells.filter(kept, pl.col("layout").is_in(_SHOWN), pl.col("text") == pl.col("value"))


def read_withheld(folder: Path, withheld: pl.DataFrame, files: pl.DataFrame) -> Mapping[Source, Mapping[str, str]]:
    """The texts of withheld cells by record and field (读取证据原文), exactly as delivered.

    ``files`` is ``raw/file``. Raises ``SourceError`` where a file is no longer the one that was read.
    """
    digests = dict(files.select("file", "sha256").iter_rows())
    texts: dict[Source, dict[str, str]] = {}
    for (name,), rows in withheld.partition_by("file", as_dict=True, maintain_order=True).items():
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digests[name]:
            raise SourceError("source_changed", f"“{name}”在运行中被改动。", "请不要在运行时改动表格，重新运行即可。")
        delivered = {grid.sheet: grid for grid in read_grids(data)}
        for row in rows.iter_rows(named=True):
            source = (row["file"], row["sheet"], row["row_no"])
            texts.setdefault(source, {})[row["field"]] = _text(delivered[row["sheet"]], row["cell"])
    return texts


def _text(grid: Grid, cell: str) -> str:
    """The text of a cell; hidden characters are shown, for no document can hold them."""
    letters = cell.rstrip("0123456789")
    return visible(grid.rows[int(cell[len(letters) :]) - 1][column_number(letters) - 1].strip())
