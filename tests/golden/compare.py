"""All SQL files against the figures of polars at once, by file; the flow does it check by check."""

from __future__ import annotations

from pipeline.warehouse.checks import Figures, Mismatch, mismatches, reckon, uncovered
from pipeline.warehouse.store import Warehouse

_OF_AN_ANNEX = "message_rows"  # figures only where the notice has that annex


def compare(ours: Figures, warehouse: Warehouse) -> dict[str, list[Mismatch]]:
    """Mismatches by file of `sql/reconcile/`, and what no file covers."""
    names = [name.partition("/")[2] for name in warehouse.names("reconcile")]
    theirs = {name: reckon(warehouse, name) for name in names}
    if not ours.keys() & theirs[_OF_AN_ANNEX].keys():
        del theirs[_OF_AN_ANNEX]
    found = {name: mismatches(ours, figures) for name, figures in theirs.items()}
    return {**found, "coverage": uncovered(ours, warehouse)}
