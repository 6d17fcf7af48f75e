"""SQL checks to findings, SQL reckoning to comparisons (核对).

What lives here: running `sql/check/` and `sql/reconcile/` and wording what they select. A check file is named after its
code, selects the offending rows (none = pass) with file, sheet, cell, value, places and the places of the message.
What must not: SQL text, measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from pipeline.contracts.contract import frame
from pipeline.errors import Finding, Where
from pipeline.findings import CODES, finding
from pipeline.warehouse.store import Warehouse

# What follows from another finding of the same sheet; the cause alone is told. A total that is wrong, or a site too few
# or too many, makes the average wrong and the change from last quarter large. A misspelt row of 时间范围 leaves a column
# without its window, an empty sheet everything. An indicator with two columns is counted twice, and its second column
# may be another's.
_FOLLOWS = {
    "R413": ("R401", "R402", "R405"),
    "R419": ("R401", "R402", "R405", "R412"),
    "I501": ("F124",),
    "I504": ("F124", "I510"),
    "N305": ("N308",),
    "R418": ("N308",),
}


def find_all(warehouse: Warehouse, read: Iterable[Finding]) -> list[Finding]:
    """Every finding of the quarter in one pass (全部检查发现): those of reading, and those of `sql/check/`.

    One cause is one finding: what follows from another finding is not told again.
    """
    read = list(read)
    disputed = {item.value for item in read if item.code == "I523"}  # cells of which nobody knows what they say
    checked = (item for name in warehouse.names("check") for item in _run(warehouse, name))
    found = [*read, *(item for item in checked if str(item.where) not in disputed)]
    told = {(item.code, item.where.file, item.where.sheet) for item in found}
    return sorted(
        item
        for item in found
        if not any((cause, item.where.file, item.where.sheet) in told for cause in _FOLLOWS.get(item.code, ()))
    )


def _run(warehouse: Warehouse, name: str) -> Iterator[Finding]:
    code = name.partition("/")[2].partition("_")[0]
    for row in warehouse.run(name).iter_rows(named=True):
        where = Where(row.pop("file"), row.pop("sheet"), row.pop("cell"))
        value, places = row.pop("value"), row.pop("places")
        yield finding(code, where, _plain(value), count=places, **{key: _plain(item) for key, item in row.items()})


def _plain(value: object) -> object:
    """A decimal without trailing zeros, anything else as it is."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def findings_frame(quarter: str, findings: Iterable[Finding]) -> pl.DataFrame:
    """Findings as a table of ``raw/finding`` or ``core/finding`` (检查发现表)."""
    return frame(
        "core/finding",
        (
            {
                "quarter": quarter,
                "number": number,
                "code": item.code,
                "severity": item.severity.value,
                "file": item.where.file,
                "sheet": item.where.sheet,
                "cell": item.where.cell,
                "value": item.value,
                "message": item.message,
                "action": CODES[item.code].action,
                "places": item.count,
            }
            for number, item in enumerate(findings, start=1)
        ),
    )


@dataclass(frozen=True)
class Mismatch:
    """A figure on which polars and SQL disagree (不一致的数字)."""

    figure: str
    polars: str
    sql: str


Figures = Mapping[str, tuple[Decimal, int, tuple[str, ...]]]  # id -> numerator, denominator, members


def reckon(warehouse: Warehouse, name: str) -> Figures:
    """The figures that one file of `sql/reconcile/` reckons (SQL 复算)."""
    rows = warehouse.run(f"reconcile/{name}").iter_rows(named=True)
    return {row["id"]: (row["numerator"], row["denominator"], tuple(row["members"])) for row in rows}


def mismatches(ours: Figures, theirs: Figures) -> list[Mismatch]:
    """Figures of SQL that polars does not have, or has otherwise (双重核对)."""
    return [Mismatch(key, str(ours.get(key)), str(value)) for key, value in theirs.items() if ours.get(key) != value]


def uncovered(ours: Figures, warehouse: Warehouse) -> list[Mismatch]:
    """Figures of polars that no file of `sql/reconcile/` reckons (无复算的数字)."""
    names = (name.partition("/")[2] for name in warehouse.names("reconcile"))
    covered = {key for name in names for key in reckon(warehouse, name)}
    return [Mismatch(key, str(value), "None") for key, value in ours.items() if key not in covered]
