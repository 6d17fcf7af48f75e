"""What every part of the assembly works with (汇编公共部分).

What lives here: the frames handed in, the decimals of a figure, names of the roster. What must not: figures of a part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.earlier import Earlier
from pipeline.bulletin.figures import Rate
from pipeline.reference.registry import Roster


@dataclass(frozen=True)
class Measures:
    """The mart tables of a quarter (测算结果), one frame per table of ``mart/``."""

    site_score: pl.DataFrame
    group_score: pl.DataFrame
    score_band: pl.DataFrame
    site_ranking: pl.DataFrame
    indicator_loss: pl.DataFrame
    function_adoption: pl.DataFrame
    account_rate: pl.DataFrame
    unqualified_account: pl.DataFrame
    error_report_unit: pl.DataFrame
    error_report_type: pl.DataFrame
    problem_site: pl.DataFrame
    problem_unit: pl.DataFrame


@dataclass(frozen=True)
class Info:
    """The core tables of 季度信息 and 统计补充表 (季度信息各表及统计补充表)."""

    info_item: pl.DataFrame
    info_choice: pl.DataFrame
    info_practice: pl.DataFrame
    info_paragraph: pl.DataFrame
    info_earlier: pl.DataFrame
    supplement: pl.DataFrame


@dataclass(frozen=True)
class Desk:
    """Measures, 季度信息, registry and earlier quarters of one assembly (汇编材料)."""

    measures: Measures
    info: Info
    roster: Roster
    earlier: Earlier

    def score_decimals(self, statement: str) -> int:
        """Decimals of the score that a statement prints (得分小数位数)."""
        return self.decimals(statement, self.roster.rule_book.decimals.score)

    def rate(self, statement: str, identity: str, part: int, whole: int) -> Rate | None:
        """A rate with its statement's decimals, or ``None`` where there is nothing to rate (比率): never 0 of 0."""
        decimals = self.decimals(statement, self.roster.rule_book.decimals.rate)
        return Rate(identity, part, whole, decimals) if whole else None

    def groups(self, statement: str) -> int:
        """How many tie groups, or units, a statement tells of (并列组数)."""
        groups: int = self._choice(statement)["groups"]
        return groups

    def names(self, units: Iterable[str]) -> tuple[str, ...]:
        """Short names in order, each once: a unit with two sites is named once (规范简称)."""
        return tuple(dict.fromkeys(self.roster.unit_names[unit].short for unit in units))

    def item(self, name: str) -> str:
        """What 基本信息 says of an item, or nothing (基本信息)."""
        return "".join(self.info.info_item.filter(pl.col("item") == name)["content"])

    def decimals(self, statement: str, otherwise: int) -> int:
        """Decimals of the figure that a statement prints, or those of the rule book (小数位数)."""
        chosen: int | None = self._choice(statement)["decimals"]
        return otherwise if chosen is None else chosen

    def naming(self, statement: str) -> str:
        """What a statement says of units: nothing, how many, or their names (点名)."""
        return str(self._choice(statement)["naming"])

    def _choice(self, statement: str) -> dict[str, Any]:
        return self.info.info_choice.row(by_predicate=pl.col("statement_id") == statement, named=True)
