"""Data roots that differ from the office's own by data alone, and quarters of hand-made cells scored under them.

What lives here: copying the registry with other files in it, and a warehouse in memory with the cells of a delivery. What must
not: assertions.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.contracts.contract import empty, frame
from pipeline.contracts.tables import CONTRACTS
from pipeline.flow import GATE, STEPS, Context, execute
from pipeline.ingest.container import address
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.checks import reckon
from pipeline.warehouse.store import Warehouse

REFERENCE = CODE_ROOT / "data" / "reference"
OFFICES = CODE_ROOT / "tests" / "offices"
Edit = Mapping[str, str]  # old text -> new text


@pytest.fixture
def registry(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the office's registry, with an office's files in place of its own, and texts of single files edited."""

    def copy(office: str = "", edits: Mapping[str, Edit] | None = None, name: str = "data") -> Path:
        folder = tmp_path / name / "reference"
        shutil.copytree(REFERENCE, folder)
        if office:
            shutil.rmtree(folder / "rule-books")
            shutil.copytree(OFFICES / office / "reference", folder, dirs_exist_ok=True)
        for file, edit in (edits or {}).items():
            text = (folder / file).read_text("utf-8")
            for old, new in edit.items():
                assert old in text, f"{file} holds no {old}"
                text = text.replace(old, new)
            (folder / file).write_text(text, "utf-8")
        return folder

    return copy


@dataclass(frozen=True)
class Site:
    """A row of a score sheet: cells by indicator (``None``: 不涉及), or a veto; the totals that the sheet prints."""

    code: str
    printed: tuple[str | None, str | None, str | None]  # base, bonus, total
    cells: Mapping[str, str | None] = field(default_factory=dict)
    veto: str = "none"


@dataclass(frozen=True)
class Account:
    """A row of the inspection table: a failed account has a veto situation."""

    unit: str
    platform: str
    score: str | None
    veto: str = ""


@dataclass(frozen=True)
class Measured:
    """Both reckonings of a quarter: the tables of polars, and the figures and findings of SQL."""

    context: Context

    def rows(self, key: str, *columns: str) -> list[tuple[Any, ...]]:
        return self.context.table(key).select(columns).rows()

    def figures(self, name: str) -> dict[str, tuple[Decimal, int, tuple[str, ...]]]:
        return dict(reckon(self.context.warehouse, name))

    def findings(self) -> dict[str, list[str]]:
        """The values that the checks of rows and columns find, by code."""
        warehouse = self.context.warehouse
        found = {
            name.rpartition("/")[2][:4]: sorted(warehouse.run(name)["value"].cast(pl.String))
            for name in warehouse.names("check")
            if name.startswith(("check/R4", "check/N3"))
        }
        return {code: values for code, values in found.items() if values}


@pytest.fixture
def measure() -> Iterator[Callable[..., Measured]]:
    """Score a quarter of hand-made cells under a registry, by polars and by SQL."""
    with Warehouse(Path(":memory:"), CODE_ROOT / "sql") as warehouse:

        def run(
            folder: Path,
            quarter: str,
            sites: Sequence[Site],
            accounts: Sequence[Account] = (),
            earlier: Mapping[str, str] | None = None,  # 前期数据 of the quarter before
        ) -> Measured:
            roster = load_registry(folder).at(Quarter.parse(quarter))
            context = Context(Paths(CODE_ROOT, folder.parent), roster, warehouse)
            execute(STEPS[0], context)
            for key in CONTRACTS:
                if key.startswith("raw/"):
                    warehouse.write(key, empty(key))
            cells = [*_site_cells(roster, sites), *_account_cells(accounts), *_earlier_cells(roster, earlier or {})]
            warehouse.write("raw/cell", frame("raw/cell", ({"quarter": quarter, **cell} for cell in cells)))
            for step in STEPS:
                if step.key.startswith(("core/", "mart/")) and step.key not in (GATE, "mart/error_report_unit"):
                    execute(step, context)
            return Measured(context)

        yield run


def _record(layout: str, row: int, fields: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    """A delivered record: ``field:member`` to text; ``None`` is 不涉及, an empty text a blank cell."""
    for at, (name, text) in enumerate(fields.items(), start=1):
        key, _, member = name.partition(":")
        yield {
            "file": f"{layout}.xlsx", "sheet": layout, "row_no": row, "cell": address(row, at),
            "layout": layout, "field": key, "member": member,
            "text": "不涉及" if text is None else text, "value": text or "",
            "state": "not_applicable" if text is None else "ok" if text else "blank",
        }  # fmt: skip


def _site_cells(roster: Roster, sites: Sequence[Site]) -> Iterator[dict[str, Any]]:
    names = {site.code: site.name for site in roster.sites}
    for row, site in enumerate(sites, start=3):
        fields = {"site_code": site.code, "site_name": names[site.code], "veto": site.veto}
        printed = zip(("printed_base", "printed_bonus", "printed_total"), site.printed, strict=True)
        cells = {f"score:{name}": score for name, score in site.cells.items()}
        yield from _record("site_score", row, fields | cells | {name: text or "" for name, text in printed})


def _account_cells(accounts: Sequence[Account]) -> Iterator[dict[str, Any]]:
    for row, item in enumerate(accounts, start=2):
        fields = {"account": f"账号{row}", "platform_id": item.platform, "organiser": "", "unit_id": item.unit}
        fields |= {"passed": "false" if item.veto else "true", "veto": item.veto, "inspected_on": "2023-03-01"}
        yield from _record("account", row, fields | ({} if item.score is None else {"score": item.score}))


def _earlier_cells(roster: Roster, earlier: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row, (item, value) in enumerate(earlier.items(), start=2):
        yield from _record("info_earlier", row, {"earlier": roster.quarter.previous.key, "item": item, "value": value})
