"""All SQL files against the figures of polars at once, by file; the flow does it check by check."""

from __future__ import annotations

from pipeline.warehouse.checks import Figures, Mismatch, mismatches, reckon, uncovered
from pipeline.warehouse.store import Warehouse


def compare(ours: Figures, warehouse: Warehouse) -> dict[str, list[Mismatch]]:
    """Mismatches by file of `sql/reconcile/`, and what no file covers."""
    names = [name.partition("/")[2] for name in warehouse.names("reconcile")]
    found = {name: mismatches(ours, reckon(warehouse, name)) for name in names}
    return {**found, "coverage": uncovered(ours, warehouse)}
