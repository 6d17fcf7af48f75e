"""Measures to facts (汇编): names of the roster, order of lists, changes against earlier facts.

What lives here: ``assemble_brief`` and ``assemble_facts``. What must not: scoring, wording, SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from pipeline.bulletin.facts import (
    Average,
    Brief,
    BulletinFacts,
    Change,
    Choice,
    Count,
    ErrorReportFacts,
    NewMediaFacts,
    OwnerFacts,
    Passage,
    PlatformFacts,
    Points,
    Policy,
    Practice,
    Rate,
    SiteGroupFacts,
    SiteRow,
    Standing,
)
from pipeline.measure.rounding import round_once
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster

_BASELINE_ITEMS = {"district_sites": "区门户平均分", "department_sites": "部门网站平均分"}
_DATE = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")


@dataclass(frozen=True)
class Measures:
    """The mart tables of a quarter (测算结果), one frame per table of ``mart/``."""

    site_score: pl.DataFrame
    group_score: pl.DataFrame
    site_ranking: pl.DataFrame
    indicator_loss: pl.DataFrame
    function_adoption: pl.DataFrame
    account_rate: pl.DataFrame
    error_report_unit: pl.DataFrame
    error_report_type: pl.DataFrame


@dataclass(frozen=True)
class Info:
    """The core tables of 季度信息 (季度信息各表)."""

    info_item: pl.DataFrame
    info_choice: pl.DataFrame
    info_practice: pl.DataFrame
    info_paragraph: pl.DataFrame
    info_earlier: pl.DataFrame


def assemble_facts(measures: Measures, info: Info, earlier: Iterable[bytes], roster: Roster) -> BulletinFacts:
    """All facts of a notice from the measures (汇编通报事实).

    ``earlier`` are facts files of earlier quarters; a change is taken against the quarter before, within one rule book.
    """
    book = roster.rule_book
    policy = Policy(book.rounding.mode, book.decimals.score, book.decimals.rate, book.decimals.trailing_zeros)
    before = _Earlier.of(earlier, info.info_earlier, roster)
    brief = assemble_brief(info, roster)
    return BulletinFacts(
        quarter=roster.quarter.key,
        rule_book=book.id,
        outline=book.outline.notice,
        policy=policy,
        brief=brief,
        district_sites=_site_group("district_sites", "district", measures, roster, policy, before),
        department_sites=_site_group("department_sites", "department", measures, roster, policy, before),
        new_media=_new_media(measures, roster),
        error_reports=_error_reports(measures, roster, brief.choices["error_report_concentration"].groups),
    )


# ---- 季度信息 ------------------------------------------------------------------------------------------------


def assemble_brief(info: Info, roster: Roster) -> Brief:
    """What people of the office filled in (季度信息)."""
    items = dict(info.info_item.select("item", "content").iter_rows())
    office = roster.registry.office
    return Brief(
        issuer=items.get("发文机关") or office.name,
        addressees=office.addressees,
        city=office.city,
        quarter_label=roster.quarter.label,
        document_number=items.get("发文字号") or f"{office.mark}〔{roster.quarter.year}〕　号",
        date=_chinese_date(items.get("成文日期", "")),
        basis=items["检查依据文件"],
        consent=items["同意机关"] if items["同意状态"] == "已同意" else "",
        accounts_as_of=items["新媒体统计截至"],
        reports_from=_chinese_date(items["找错起始日期"]),
        reports_from_note=items.get("找错起始说明", ""),
        reports_until=_chinese_date(items["找错截止日期"]),
        closing=items["结束语"],
        publicity=items.get("公开方式", ""),
        choices={
            row["statement_id"]: Choice(
                row["enabled"], row["list_form"], row["list_count"], row["groups"], row["decimals"]
            )
            for row in info.info_choice.iter_rows(named=True)
        },
        practices=tuple(_practice(row, roster) for row in info.info_practice.iter_rows(named=True)),
        problems=_passages(info.info_paragraph, "problem"),
        requirements=_passages(info.info_paragraph, "requirement"),
    )


def _chinese_date(text: str) -> str:
    match = _DATE.match(text)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else text


def _practice(row: Mapping[str, Any], roster: Roster) -> Practice:
    subject = roster.unit_names[row["unit_id"]].short
    if row["account"]:
        platform = next((item.name for item in roster.taxonomy.platform if item.id == row["platform_id"]), "")
        subject = f"“{row['account']}”{platform}"
    return Practice(row["section"], subject, row["content"])


def _passages(paragraphs: pl.DataFrame, section: str) -> tuple[Passage, ...]:
    rows = paragraphs.filter(pl.col("section") == section).sort("number")
    return tuple(Passage(title, content) for title, content in rows.select("title", "content").iter_rows())


# ---- changes -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Earlier:
    """Printed averages of the quarter before, by section (前期)."""

    quarter: Quarter
    averages: Mapping[str, Decimal]

    @classmethod
    def of(cls, files: Iterable[bytes], declared: pl.DataFrame, roster: Roster) -> _Earlier:
        quarter = roster.quarter.previous
        averages: dict[str, Decimal] = {}
        book = roster.rule_book
        for row in declared.filter(pl.col("earlier") == quarter.key).iter_rows(named=True):
            printed = round_once(Fraction(row["value"]), book.decimals.score, book.rounding.mode)
            averages |= {section: printed for section, item in _BASELINE_ITEMS.items() if item == row["item"]}
        for facts in map(BulletinFacts.from_json, files):
            if facts.quarter == quarter.key and facts.rule_book == book.id:
                averages |= {
                    section: round_once(group.average.value, facts.policy.score_decimals, facts.policy.rounding)
                    for section, group in (
                        ("district_sites", facts.district_sites),
                        ("department_sites", facts.department_sites),
                    )
                    if group.average is not None and group.average.count
                }
        return cls(quarter, averages)

    def change(self, section: str, average: Average | None, policy: Policy) -> Change | None:
        if average is None or section not in self.averages:
            return None
        now = round_once(average.value, policy.score_decimals, policy.rounding)
        return Change(f"{section}.change", now, self.averages[section], self.quarter.key)


# ---- sites ---------------------------------------------------------------------------------------------------


def _site_group(
    section: str, group: str, measures: Measures, roster: Roster, policy: Policy, before: _Earlier
) -> SiteGroupFacts:
    summed = measures.group_score.row(by_predicate=pl.col("site_group") == group, named=True)
    rule = next(item for item in roster.rule_book.group if item.id == group)
    scores = measures.site_score.filter(pl.col("site_group") == group).sort("roster_no")
    scored = scores.filter(pl.col("score").is_not_null())
    total, count = summed["score_total"], summed["scored"]
    average = Average(f"{section}.average", total, count) if count else None
    losses = measures.indicator_loss.filter(pl.col("site_group") == group).sort("catalogue_no")
    clean = losses.filter(pl.col("lost") == 0)["report_as"].to_list()
    accessible = measures.function_adoption.filter(
        (pl.col("site_group") == group) & (pl.col("function_id") == "accessible")
    )

    def named(identity: str, rows: pl.DataFrame, value: int) -> Count:
        return Count(f"{section}.{identity}", value, summed["sites"], _names(rows["unit_id"], roster))

    return SiteGroupFacts(
        sites=Count(f"{section}.sites", summed["sites"], summed["sites"]),
        unqualified=named("unqualified", scores.filter(~pl.col("passed")), summed["unqualified"]),
        average=average,
        full_mark=Points(f"{section}.full_mark", rule.base + rule.bonus),
        bonus_mark=Points(f"{section}.bonus_mark", rule.bonus),
        change=before.change(section, average, policy),
        standings=_standings(section, measures.site_ranking.filter(pl.col("site_group") == group), roster),
        full=named("full", scored.filter(pl.col("score") == rule.base + rule.bonus), summed["full_score"]),
        without_deduction=named("without_deduction", scored.filter(pl.col("lost") == 0), summed["without_deduction"]),
        clean_indicators=Count(f"{section}.clean_indicators", len(clean), losses.height, tuple(clean)),
        accessible=Count(f"{section}.accessible", _sum(accessible["present"]), summed["sites"]),
        rows=_rows(section, scores.join(measures.site_ranking, on=["quarter", "site_code"], how="left"), roster),
    )


def _rows(section: str, scores: pl.DataFrame, roster: Roster) -> tuple[SiteRow, ...]:
    sites = {site.code: site for site in roster.sites}
    return tuple(
        SiteRow(
            id=f"{section}.rows.{row['site_code']}",
            owner=roster.unit_names[row["unit_id"]].short,
            site=sites[row["site_code"]].name,
            base_score=row["base_score"],
            bonus=row["bonus"],
            score=row["score"],
            place=row["place"],
        )
        for row in scores.sort("roster_no").iter_rows(named=True)
    )


def _standings(section: str, ranking: pl.DataFrame, roster: Roster) -> tuple[Standing, ...]:
    ordered = ranking.sort("place", "roster_no")
    return tuple(
        Standing(f"{section}.standings.{number}", place, tied["score"][0], _names(tied["unit_id"], roster))
        for number, ((place,), tied) in enumerate(ordered.group_by("place", maintain_order=True), start=1)
        if isinstance(place, int)
    )


def _names(units: Iterable[str], roster: Roster) -> tuple[str, ...]:
    """Short names in order, each once: a unit with two sites is named once (规范简称)."""
    return tuple(dict.fromkeys(roster.unit_names[unit].short for unit in units))


# ---- accounts and messages -----------------------------------------------------------------------------------


def _sum(column: pl.Series) -> int:
    return int(column.sum())


def _rate(identity: str, part: int, whole: int) -> Rate | None:
    """A rate, or ``None`` where there is nothing to rate: never 0 of 0."""
    return Rate(identity, part, whole) if whole else None


def _new_media(measures: Measures, roster: Roster) -> NewMediaFacts:
    counted = {(scope, member): (n, ok) for _, scope, member, n, ok in measures.account_rate.iter_rows()}
    accounts, passed = counted.get(("all", "all"), (0, 0))

    def platform(identity: str, name: str) -> PlatformFacts:
        n, ok = counted.get(("platform", identity), (0, 0))
        place = f"new_media.platforms.{identity}"
        return PlatformFacts(name, Count(f"{place}.accounts", n, accounts), _rate(f"{place}.rate", ok, n))

    def owners(section: str, group: str) -> OwnerFacts:
        n, ok = counted.get(("group", group), (0, 0))
        units = [unit.id for unit in roster.units if unit.group == group and ("unit", unit.id) in counted]
        at_100 = [unit for unit in units if counted["unit", unit][0] == counted["unit", unit][1]]
        place = f"new_media.{section}"
        at_100_figure = Count(f"{place}.units_at_100", len(at_100), len(units), _names(at_100, roster))
        return OwnerFacts(_rate(f"{place}.rate", ok, n), at_100_figure)

    return NewMediaFacts(
        accounts=Count("new_media.accounts", accounts, accounts),
        rate=_rate("new_media.rate", passed, accounts),
        platforms=tuple(platform(item.id, item.name) for item in roster.taxonomy.platform),
        districts=owners("districts", "district"),
        departments=owners("departments", "department"),
    )


def _error_reports(measures: Measures, roster: Roster, top_units: int) -> ErrorReportFacts:
    units = measures.error_report_unit.sort("messages", "roster_no", descending=[True, False])
    types = measures.error_report_type.sort("messages", "type_no", descending=[True, False])
    top = units.filter(pl.col("messages").rank("min", descending=True) <= top_units)
    total = _sum(units["messages"])

    def group(identity: str, name: str) -> Count:
        of = sum(unit.group == name for unit in roster.units)
        return Count(f"error_reports.{identity}", units.filter(pl.col("unit_group") == name).height, of)

    return ErrorReportFacts(
        messages=Count("error_reports.messages", total, total),
        districts=group("districts", "district"),
        departments=group("departments", "department"),
        types=Count("error_reports.types", types.height, types.height, tuple(types["label"])),
        on_time=_rate("error_reports.on_time", _sum(units["on_time"]), _sum(units["due"])),
        top=Count("error_reports.top", top.height, units.height, _names(top["unit_id"], roster)),
        top_share=_rate("error_reports.top_share", _sum(top["messages"]), total),
        top_on_time=_rate("error_reports.top_on_time", _sum(top["on_time"]), _sum(top["due"])),
    )
