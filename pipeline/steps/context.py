"""What every step may use, and what stands in the quarter's warehouse (运行环境).

What lives here: the folders, registry and warehouse of a quarter, the keys of what is no table, and reading them back.
What must not: making any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.contracts.tables import CONTRACTS
from pipeline.measure.reports import JUDGED, judge_reports
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.review.ledger.book import Ledger
from pipeline.settings import Paths
from pipeline.warehouse.checks import Figures
from pipeline.warehouse.store import Warehouse

Outputs = Mapping[str, pl.DataFrame | bytes]
GATE = "core/finding"
REMARKS = "bulletin/remark"
FEEDBACK = "bulletin/feedback"
LEDGER = "bulletin/ledger"
DIFFERENCE = "diff.md"
MART = tuple(key for key in CONTRACTS if key.startswith("mart/"))
NOTICE = TypeAdapter(Notice)


@dataclass(frozen=True)
class Context:
    """What every step may use (运行环境): folders, the registry of the quarter, the quarter's open warehouse."""

    paths: Paths
    roster: Roster
    warehouse: Warehouse
    delivery: Path | None = None  # a folder to precheck, in place of the quarter's own

    @property
    def quarter(self) -> str:
        return self.roster.quarter.key

    @property
    def raw(self) -> Path:
        """The folder that is read (原始表文件夹)."""
        return self.delivery or self.paths.raw(self.quarter)

    def table(self, key: str) -> pl.DataFrame:
        return self.warehouse.read(key)


def open_context(paths: Paths, quarter: str) -> Context:
    """Open a quarter (打开季度). Raises ``BulletinError`` for a bad key, a bad registry, or a busy quarter."""
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    return Context(paths, roster, Warehouse(paths.warehouse(quarter), paths.sql))


def facts_of(context: Context) -> BulletinFacts:
    """The facts of the quarter as they stand in the warehouse (通报事实)."""
    return BulletinFacts.from_json(context.warehouse.get("bulletin/facts"))


def notice_of(context: Context) -> Notice:
    """The notice of the quarter as blocks (通报全文)."""
    return NOTICE.validate_json(context.warehouse.get("bulletin/notice"))


def ledger_of(context: Context) -> Ledger:
    """The ledger of the quarter's figures (数字台账)."""
    return Ledger.from_json(context.warehouse.get(LEDGER))


def reckoned_figures(context: Context) -> Figures:
    """What the figures of the quarter are made of, for the comparison with SQL (数字构成)."""
    reckoned = facts_of(context).reckoned()
    return {key: (item.numerator, item.denominator, item.members) for key, item in reckoned.items()}


def judged_reports(context: Context) -> pl.DataFrame:
    """Every message of the quarter as judged (逐条留言办理情况)."""
    reports, statuses, workdays, windows = map(context.table, JUDGED)
    return judge_reports(reports, statuses, workdays, windows, context.roster.registry.limit_workdays)


def all_findings(context: Context) -> pl.DataFrame:
    """What was found in the data, then what is to be noted of the facts, numbered through (检查发现全表)."""
    found = pl.concat([context.table(GATE), context.table(REMARKS)])
    return found.with_columns(number=pl.int_range(1, pl.len() + 1))
