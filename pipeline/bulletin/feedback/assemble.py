"""Tables to the facts of feedback sheets (反馈单汇编).

What lives here: rows grouped by unit, numbers of problems. What must not: scoring, wording, texts that are withheld.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.brief import chinese_date
from pipeline.bulletin.feedback.facts import (
    AccountResult,
    IndicatorLine,
    MessageLine,
    Messages,
    Problem,
    SiteResult,
    UnitFeedback,
)
from pipeline.reference.models import Indicator
from pipeline.reference.registry import Roster

DEADLINE = "整改报送期限"
_LEVELS = {"qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}
SOURCES = (
    "core/indicator_score",
    "core/deduction",
    "core/account",
    "core/info_item",
    "mart/site_score",
    "mart/site_ranking",
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class FeedbackTables:
    """What a feedback sheet is made of (反馈单来源各表): core and mart tables, and messages as judged."""

    indicator_score: pl.DataFrame
    deduction: pl.DataFrame
    account: pl.DataFrame
    info_item: pl.DataFrame
    site_score: pl.DataFrame
    site_ranking: pl.DataFrame
    messages: pl.DataFrame  # of measure.reports.judge_reports


def assemble_feedback(
    tables: FeedbackTables, withheld: frozenset[tuple[str, str, int]], roster: Roster
) -> tuple[UnitFeedback, ...]:
    """The facts of every unit with a site or accounts, in roster order (全部反馈单事实).

    ``withheld`` names the rows of the ledger and of accounts, by file, sheet and number, of which the kind alone was read.
    """
    desk = _Desk(tables, withheld, roster)
    digits = max(2, len(str(len(roster.units))))
    return tuple(
        desk.unit(unit.id, f"{number:0{digits}}")
        for number, unit in enumerate(roster.units, start=1)
        if unit.id in desk.sites or unit.id in desk.accounts
    )


class _Desk:
    """All rows by the unit or the site that they belong to, so that each is looked at once."""

    def __init__(self, tables: FeedbackTables, withheld: frozenset[tuple[str, str, int]], roster: Roster) -> None:
        ranked = tables.site_ranking.select("quarter", "site_code", "place")
        scores = tables.site_score.join(ranked, on=["quarter", "site_code"], how="left").sort("roster_no")
        confirmed = tables.deduction.filter("confirmed").sort("file", "sheet", "row_no")
        self.sites = _by(scores, "unit_id")
        self.scores = _by(tables.indicator_score, "site_code")
        self.ledger = _by(confirmed, "site_code")
        self.accounts = _by(tables.account.sort("file", "sheet", "row_no"), "unit_id")
        self.messages = _by(tables.messages.sort("created_at", "report_no"), "unit_id")
        self.ranked = dict(tables.site_ranking.group_by("site_group").len().iter_rows())
        self.deadline = chinese_date("".join(tables.info_item.filter(pl.col("item") == DEADLINE)["content"]))
        self.withheld, self.roster = withheld, roster
        self.platforms = {item.id: item.name for item in roster.taxonomy.platform}
        self.types = {item.id: item.label for item in roster.registry.error_types}
        self.vetoes = {item.id: item.name for item in roster.rule_book.veto_indicator}
        self.names = {site.code: site.name for site in roster.sites}

    def unit(self, unit: str, number: str) -> UnitFeedback:
        names, numbers = self.roster.unit_names[unit], count(1)

        def numbered(problems: Iterator[Problem]) -> tuple[Problem, ...]:
            return tuple(replace(each, number=f"{number}-{next(numbers):03}") for each in problems)

        accounts, messages = self.accounts.get(unit, []), self.messages.get(unit, [])
        return UnitFeedback(
            quarter=self.roster.quarter.key,
            number=number,
            unit=names.short,
            full_name=names.full,
            sites=tuple(self.site(row, numbered(self.deductions(row))) for row in self.sites.get(unit, [])),
            accounts=tuple(map(self.account, sorted(accounts, key=lambda row: row["passed"]))),
            failed=numbered(self.failed(row) for row in accounts if not row["passed"]),
            messages=self.summed(messages),
            unanswered=numbered(self.unanswered(row) for row in messages if row["open"]),
            deadline=self.deadline,
        )

    def site(self, row: Row, problems: tuple[Problem, ...]) -> SiteResult:
        group = next(item for item in self.roster.rule_book.group if item.id == row["site_group"])
        scores = {line["indicator_id"]: line for line in self.scores.get(row["site_code"], [])}
        indicators = (item for item in self.roster.rule_book.indicator if item.id in scores)
        return SiteResult(
            code=row["site_code"],
            name=self.names[row["site_code"]],
            group=group.label,
            level=_LEVELS[row["level"]],
            veto=self.vetoes.get(row["veto"], ""),
            base_score=row["base_score"],
            bonus=row["bonus"],
            score=row["score"],
            full_mark=group.base + group.bonus,
            bonus_mark=group.bonus,
            place=row["place"],
            ranked=self.ranked.get(row["site_group"], 0),
            indicators=tuple(_line(item, scores[item.id]) for item in indicators),
            problems=problems,
        )

    def deductions(self, site: Row) -> Iterator[Problem]:
        """Why a site is vetoed, then its confirmed problems in the order of the indicators (扣分问题)."""
        if veto := self.vetoes.get(site["veto"]):
            name = self.names[site["site_code"]]
            yield Problem("", name, veto, None, f"存在单项否决情形：{veto}", "", None, "", "", 0)
        catalogue = {item.id: (place, item.name) for place, item in enumerate(self.roster.rule_book.indicator)}
        for row in sorted(self.ledger.get(site["site_code"], []), key=lambda row: catalogue[row["indicator_id"]]):
            source = (row["file"], row["sheet"], row["row_no"])
            yield Problem(
                number="",
                subject=self.names[row["site_code"]],
                item=catalogue[row["indicator_id"]][1],
                points=row["points"],
                text=row["problem"],
                page=row["page"],
                found_on=row["found_on"],
                file=row["file"],
                sheet=row["sheet"],
                row_no=row["row_no"],
                withheld=source in self.withheld,
            )

    def account(self, row: Row) -> AccountResult:
        platform = self.platforms[row["platform_id"]]
        return AccountResult(platform, row["account"], row["passed"], row["score"], row["veto"])

    def failed(self, row: Row) -> Problem:
        subject = f"“{row['account']}”{self.platforms[row['platform_id']]}"
        withheld = (row["file"], row["sheet"], row["row_no"]) in self.withheld
        text = f"检查不合格（不宜扩散：{row['veto']}）" if withheld else f"检查不合格：{row['veto']}"
        return replace(_source(row, subject, row["veto"], text, row["inspected_on"]), withheld=withheld)

    def unanswered(self, row: Row) -> Problem:
        site = self.names.get(row["site_code"], "")
        told = f"留言（{self.types[row['type_id']]}）尚未办结"
        return _source(row, site, row["report_no"], told, row["created_at"].date())

    def summed(self, rows: list[Row]) -> Messages:
        lines = (self.message(row) for row in rows if row["open"] or (row["due"] and not row["on_time"]))
        counts = {name: sum(bool(row[name]) for row in rows) for name in ("accepted", "due", "on_time", "open")}
        return Messages(number=len(rows), **counts, lines=tuple(lines))

    def message(self, row: Row) -> MessageLine:
        closed = row["closed_at"].date() if row["closed_at"] and not row["open"] else None
        state = "逾期办结" if not row["open"] else "逾期未办结" if row["due"] else "尚未到期"
        return MessageLine(
            row["report_no"], self.types[row["type_id"]], row["created_at"].date(), row["due_day"], closed, state
        )


def _by(rows: pl.DataFrame, column: str) -> dict[str, list[Row]]:
    """Rows as records by what a column says (分组)."""
    grouped: dict[str, list[Row]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault(row[column], []).append(row)
    return grouped


def _line(item: Indicator, row: Row) -> IndicatorLine:
    score = row["score"] if row["applicable"] else None
    return IndicatorLine(item.level1, item.name, item.part == "bonus", item.points, score)


def _source(row: Row, subject: str, item: str, text: str, day: dt.date) -> Problem:
    return Problem("", subject, item, None, text, "", day, row["file"], row["sheet"], row["row_no"])
