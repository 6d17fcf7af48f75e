"""Delivered files written otherwise, and the quarter made again from them.

What lives here: choosing other contents for cells, writing them into copies of the files, the steps up to the facts below
Dagster. What must not: assertions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from pipeline.flow import GATE, STEPS, Context, execute, facts_of
from pipeline.review.ledger.places import position
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse
from tests.review.ledger.quarters import FACTS, Known, known, values
from tests.support.quarter import Delivered

Place = tuple[str, str, str]  # file, sheet, cell
_LIKE = ["file", "sheet", "layout", "field", "member"]
# What a cell may say whose column says nothing else in the samples.
_FALLBACK = {
    "veto": "站点无法访问",
    "enabled": "是",
    "groups": "2",
    "list_count": "3",
    "list_form": "计数",
    "naming": "计数",
}


def otherwise(quarter: Known, cells: pl.DataFrame) -> dict[Place, str]:
    """Other contents for cells of ``raw/cell``: what another cell of the column says, else less, else the fallback.

    An account that fails is given a reason, and one that passes none (R408).
    """
    others = {key: sorted({*rows["text"]}) for key, rows in quarter.cells.group_by(_LIKE)}
    told = {
        (row["file"], row["sheet"], row["cell"]): _other(row, others[tuple(row[name] for name in _LIKE)])
        for row in cells.iter_rows(named=True)
    }
    reasons = quarter.cells.filter(pl.col("layout") == "account", pl.col("field") == "veto")
    verdicts = cells.filter(pl.col("layout") == "account", pl.col("field") == "passed").select(
        "file", "sheet", "row_no", verdict="cell"
    )
    for row in verdicts.join(reasons, on=["file", "sheet", "row_no"]).iter_rows(named=True):
        at = (row["file"], row["sheet"])
        told[*at, row["cell"]] = "" if told[*at, row["verdict"]] == "合格" else "内容不更新"
    return told


def _other(cell: Mapping[str, Any], others: list[str]) -> str:
    found = [text for text in others if text not in (cell["text"], "不涉及")]
    if found:
        return found[len(cell["cell"]) % len(found)]
    return str(int(cell["text"]) - 1) if cell["text"].isdecimal() else _FALLBACK.get(cell["field"], f"{cell['text']}别")


def rows_of(quarter: Known, *rows: tuple[str, int]) -> list[Place]:
    """Every cell of single rows, each by its layout and its place among the rows of the layout."""
    found = []
    for layout, at in rows:
        own = quarter.cells.filter(pl.col("layout") == layout)
        number = own["row_no"].unique().sort()[at]
        found += own.filter(pl.col("row_no") == number).select("file", "sheet", "cell").rows()
    return found


def moved_in_files(
    quarter: str, root: Path, written: Mapping[Place, str], facts: Mapping[str, object] | None = None
) -> set[str]:
    """The figures that come out otherwise when cells of the delivered files say something else.

    ``facts`` are values to write into the facts file of an earlier quarter, by their path.
    """
    delivered = Delivered.copy(root, quarter)
    for file in {file for file, _, _ in written}:
        cells = {(sheet, cell): text for (name, sheet, cell), text in written.items() if name == file}
        (_write_csv if file.endswith(".csv") else _write_book)(delivered.folder / file, cells)
    for path, value in (facts or {}).items():
        _write_facts(next((delivered.folder / "前期").iterdir()), path.split("."), value)
    shared = _shared(quarter)
    context = Context(Paths(CODE_ROOT, root), shared.roster, shared.warehouse)
    for step in STEPS[1 : [step.key for step in STEPS].index(FACTS) + 1]:
        if step.key != GATE:
            execute(step, context)
    before, after = known(quarter).values, values(facts_of(context))
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


@cache
def _shared(quarter: str) -> Context:
    """A warehouse in memory with the registry in it: every run replaces its other tables."""
    first = known(quarter).context
    context = Context(first.paths, first.roster, Warehouse(Path(":memory:"), first.paths.sql))
    execute(STEPS[0], context)
    return context


def _write_book(path: Path, cells: Mapping[tuple[str, str], str]) -> None:
    book = openpyxl.load_workbook(path)
    for (sheet, cell), text in cells.items():
        number = isinstance(book[sheet][cell].value, int | float)
        book[sheet][cell] = float(text) if number and text.replace(".", "", 1).isdecimal() else text or None
    book.save(path)


def _write_csv(path: Path, cells: Mapping[tuple[str, str], str]) -> None:
    """No field of the samples holds a comma."""
    rows = [line.split(",") for line in path.read_text("gb18030").splitlines()]
    for (_, cell), text in cells.items():
        column, row = position(cell)
        rows[row - 1][column - 1] = text
    path.write_text("".join(",".join(row) + "\r\n" for row in rows), "gb18030", newline="")


def _write_facts(path: Path, keys: Iterable[str], value: object) -> None:
    told = json.loads(path.read_text("utf-8"))
    *outer, last = keys
    at = told
    for key in outer:
        at = at[int(key) if isinstance(at, list) else key]
    at[last] = value
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
