"""The tables of a quarter as people read them (数据表): Chinese headings, names instead of ids, rates rounded once.

What lives here: which tables there are, and frames to their rows. What must not: fonts, widths in a file, scoring. Of
evidence that must not be spread the kind alone is here, for it was read so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from pipeline.measure.rounding import round_once
from pipeline.reference.registry import Roster

Value = str | int | Decimal | dt.date | None
_LEVELS = {"qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}
_SCOPES = {"all": "全部", "group": "按区和部门", "platform": "按平台", "unit": "按单位"}
_GROUPS = {"district": "new_media.districts", "department": "new_media.departments"}  # and what they are called by
SOURCES = (
    "core/indicator_score", "core/deduction", "core/account", "mart/site_score", "mart/site_ranking", "mart/account_rate",
    "mart/indicator_loss", "mart/function_adoption", "mart/score_band", "mart/error_report_unit", "mart/error_report_type",
)  # fmt: skip


@dataclass(frozen=True)
class DataTable:
    """A table for people (数据表): its name, headings, rows; how many columns at the left stay in view."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 1


def people_tables(tables: Mapping[str, pl.DataFrame], roster: Roster) -> tuple[DataTable, ...]:
    """Every table that people read (全部数据表), from the tables of ``SOURCES``; one without rows is left out."""
    made = _Tables(tables, roster)
    every = (
        *(made.scores(group.id, group.label) for group in roster.rule_book.group),
        made.indicators(),
        made.problems(),
        made.losses(),
        made.bands(),
        made.functions(),
        made.rates(),
        made.accounts("不合格账号", passed=False),
        made.accounts("全部账号"),
        made.messages(),
        made.types(),
    )
    return tuple(table for table in every if table.rows)


class _Tables:
    def __init__(self, tables: Mapping[str, pl.DataFrame], roster: Roster) -> None:
        self._tables, self._roster, self._book = tables, roster, roster.rule_book
        self._units = {identity: names.short for identity, names in roster.unit_names.items()}
        self._order = {unit.id: place for place, unit in enumerate(roster.units)}
        self._sites = {site.code: site for site in roster.sites}
        self._platforms = {item.id: item.name for item in roster.taxonomy.platform}
        self._vetoes = {item.id: item.name for item in self._book.veto_indicator}
        self._groups = {group.id: group.label for group in self._book.group}

    def _rows(self, key: str, *order: str) -> Iterator[Mapping[str, Any]]:
        return self._tables[key].sort(*order).iter_rows(named=True)

    def _by_group(self, key: str, order: str) -> list[Mapping[str, Any]]:
        """Rows in the order of the rule book's groups."""
        places = {group: place for place, group in enumerate(self._groups)}
        return sorted(self._rows(key, order), key=lambda row: places[row["site_group"]])

    def scores(self, group: str, label: str) -> DataTable:
        places = dict(self._tables["mart/site_ranking"].select("site_code", "place").iter_rows())
        rows = (row for row in self._rows("mart/site_score", "roster_no") if row["site_group"] == group)
        return _table(
            f"{label}得分",
            ("序号", "单位", "网站标识码", "网站名称", "扣分项得分", "加分", "总分", "名次", "等次", "单项否决情形"),
            (
                (number, self._units[row["unit_id"]], row["site_code"], self._sites[row["site_code"]].name,
                 row["base_score"], row["bonus"], row["score"], places.get(row["site_code"]), _LEVELS[row["level"]],
                 self._vetoes.get(row["veto"], ""))
                for number, row in enumerate(rows, start=1)
            ),
            frozen=2,
        )  # fmt: skip

    def indicators(self) -> DataTable:
        """Every site's score under every indicator, 不涉及 where it was not checked."""
        scores: dict[str, dict[str, Value]] = {}
        for row in self._tables["core/indicator_score"].iter_rows(named=True):
            value = row["score"] if row["applicable"] else "不涉及"
            scores.setdefault(row["site_code"], {})[row["indicator_id"]] = value
        sites = (row for row in self._rows("mart/site_score", "roster_no") if row["site_code"] in scores)
        return _table(
            "各指标得分",
            ("单位", "网站标识码", "网站名称", *(f"{item.name}（{item.points}分）" for item in self._book.indicator)),
            (
                (self._units[row["unit_id"]], row["site_code"], self._sites[row["site_code"]].name,
                 *(scores[row["site_code"]].get(item.id) for item in self._book.indicator))
                for row in sites
            ),
            frozen=3,
        )  # fmt: skip

    def problems(self) -> DataTable:
        catalogue = {item.id: (place, item.name) for place, item in enumerate(self._book.indicator)}
        confirmed = (row for row in self._rows("core/deduction", "file", "sheet", "row_no") if row["confirmed"])

        def place(row: Mapping[str, Any]) -> tuple[int, str, int]:
            owner = self._sites[row["site_code"]].owner
            return self._order[owner], row["site_code"], catalogue[row["indicator_id"]][0]

        return _table(
            "扣分问题",
            ("单位", "网站标识码", "网站名称", "二级指标", "扣分", "问题描述", "问题页面", "发现时间"),
            (
                (self._units[self._sites[row["site_code"]].owner], row["site_code"], self._sites[row["site_code"]].name,
                 catalogue[row["indicator_id"]][1], row["points"], row["problem"], row["page"], row["found_on"])
                for row in sorted(confirmed, key=place)
            ),
        )  # fmt: skip

    def losses(self) -> DataTable:
        rows = self._by_group("mart/indicator_loss", "catalogue_no")
        return _table(
            "各指标扣分",
            ("网站分组", "指标", "扣分合计", "扣分网站数"),
            ((self._groups[row["site_group"]], row["report_as"], row["lost"], row["sites"]) for row in rows),
        )

    def bands(self) -> DataTable:
        rows = self._by_group("mart/score_band", "band_no")
        return _table(
            "分数段",
            ("网站分组", "下限（含）", "上限（不含）", "网站数"),
            ((self._groups[row["site_group"]], row["low"], row["high"], row["sites"]) for row in rows),
        )

    def functions(self) -> DataTable:
        names = {item.id: item.name for item in self._roster.registry.functions}
        rows = self._by_group("mart/function_adoption", "function_id")
        return _table(
            "功能建设",
            ("网站分组", "功能", "网站数", "具备的网站数", "占比（%）"),
            (
                (self._groups[row["site_group"]], names[row["function_id"]], row["sites"], row["present"],
                 self._rate(row["present"], row["sites"]))
                for row in rows
            ),
        )  # fmt: skip

    def rates(self) -> DataTable:
        words = self._roster.registry.words
        groups = {group: words[path]["everyone"] for group, path in _GROUPS.items()}
        names = {"all": "全部"} | groups | self._platforms | self._units
        places = {scope: place for place, scope in enumerate(_SCOPES)}
        order = {member: place for place, member in enumerate(names)}
        scored = self._book.account_score
        rows = sorted(
            self._tables["mart/account_rate"].iter_rows(named=True),
            key=lambda row: (places[row["scope"]], order[row["member"]]),
        )
        return _table(
            "账号合格率",
            ("统计口径", "对象", "账号数", "合格数", "合格率（%）", *(["平均分"] if scored else [])),
            (
                (_SCOPES[row["scope"]], names[row["member"]], row["accounts"], row["passed"],
                 self._rate(row["passed"], row["accounts"]),
                 *([self._mean(row["score_total"], row["scored"], scored.decimals)] if scored else []))
                for row in rows
            ),
            frozen=2,
        )  # fmt: skip

    def accounts(self, name: str, *, passed: bool | None = None) -> DataTable:
        scored = self._book.account_score is not None
        rows = sorted(
            self._rows("core/account", "file", "sheet", "row_no"), key=lambda row: self._order[row["unit_id"]]
        )
        shown = (row for row in rows if passed is None or row["passed"] is passed)
        return _table(
            name,
            ("序号", "归口单位", "平台", "账号名称", "主办单位", "检查结果", *(["得分"] if scored else []), "否决情形", "检查日期"),
            (
                (number, self._units[row["unit_id"]], self._platforms[row["platform_id"]], row["account"], row["organiser"],
                 "合格" if row["passed"] else "不合格", *([row["score"]] if scored else []), row["veto"],
                 row["inspected_on"])
                for number, row in enumerate(shown, start=1)
            ),
            frozen=2,
        )  # fmt: skip

    def messages(self) -> DataTable:
        rows = self._rows("mart/error_report_unit", "roster_no")
        return _table(
            "找错留言（按单位）",
            ("单位", "留言数", "应办结数", "按期办结数", "按期办结率（%）"),
            (
                (self._units[row["unit_id"]], row["messages"], row["due"], row["on_time"],
                 self._rate(row["on_time"], row["due"]))
                for row in rows
            ),
        )  # fmt: skip

    def types(self) -> DataTable:
        rows = self._rows("mart/error_report_type", "type_no")
        return _table("找错留言（按类型）", ("问题类型", "留言数"), ((row["label"], row["messages"]) for row in rows))

    def _rate(self, part: int, whole: int) -> Decimal | None:
        decimals, mode = self._book.decimals.rate, self._book.rounding.mode
        return round_once(Fraction(part, whole) * 100, decimals, mode) if whole else None

    def _mean(self, total: Decimal, count: int, decimals: int) -> Decimal | None:
        return round_once(Fraction(total) / count, decimals, self._book.rounding.mode) if count else None


def _table(name: str, headings: tuple[str, ...], rows: Iterable[tuple[Value, ...]], frozen: int = 1) -> DataTable:
    return DataTable(name, headings, tuple(rows), frozen)
