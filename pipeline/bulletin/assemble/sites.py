"""Facts of the groups of sites (网站分组的事实).

What lives here: from site measures to ``SiteGroupFacts``. What must not: scoring, wording.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import BandFacts, BulletinFacts, FunctionFacts, SiteGroupFacts, SiteRow
from pipeline.bulletin.figures import Average, Change, Count, Points, Standing
from pipeline.quarter import Quarter


def site_group(desk: Desk, group: str) -> SiteGroupFacts:
    """Facts of one group of sites (网站分组)."""
    measures, roster, section = desk.measures, desk.roster, f"{group}_sites"
    own = pl.col("site_group") == group
    summed = measures.group_score.row(by_predicate=own, named=True)
    rule = next(item for item in roster.rule_book.group if item.id == group)
    scores = measures.site_score.filter(own).sort("roster_no")
    scored = scores.filter(pl.col("score").is_not_null())
    faulty = desk.names(scores.filter(~pl.col("passed"))["unit_id"])
    owners = desk.names(scores["unit_id"])
    sound = tuple(name for name in owners if name not in faulty)
    losses = measures.indicator_loss.filter(own).sort("catalogue_no")
    clean = losses.filter(pl.col("lost") == 0)["report_as"].to_list()
    special = [site.code for site in roster.sites if site.kind == "special"]

    def counted(identity: str, value: int) -> Count:
        return Count(f"{section}.{identity}", value, summed["sites"])

    def named(identity: str, rows: pl.DataFrame, value: int) -> Count:
        return Count(f"{section}.{identity}", value, summed["sites"], desk.names(rows["unit_id"]))

    def average(identity: str, total: Decimal, count: int) -> Average | None:
        decimals = desk.score_decimals(f"{group}_{identity}")
        return Average(f"{section}.{identity}", total, count, decimals) if count else None

    mean = average("average", summed["score_total"], summed["scored"])

    def change(identity: str, before: Quarter) -> Change | None:
        return desk.earlier.change(f"{section}.{identity}", mean, lambda facts: _group_of(facts, group).average, before)

    return SiteGroupFacts(
        sites=counted("sites", summed["sites"]),
        rate=desk.rate(f"{group}_rate", f"{section}.rate", summed["sites"] - summed["unqualified"], summed["sites"]),
        basic=counted("basic", summed["basic"]),
        unqualified=named("unqualified", scores.filter(~pl.col("passed")), summed["unqualified"]),
        sound_units=Count(f"{section}.sound_units", len(sound), len(owners), sound),
        faulty_units=Count(f"{section}.faulty_units", len(faulty), len(owners), faulty),
        average=mean,
        full_mark=Points(f"{section}.full_mark", rule.base + rule.bonus),
        bonus_mark=Points(f"{section}.bonus_mark", rule.bonus),
        change=change("change", roster.quarter.previous),
        year_change=change("year_change", roster.quarter.year_before),
        rises=_rises(section, scored, desk, group),
        standings=_tied(f"{section}.standings", measures.site_ranking.filter(own), "score", desk),
        scored=counted("scored", summed["scored"]),
        unvetoed=counted("unvetoed", summed["unvetoed"]),
        bands=_bands(section, measures.score_band.filter(own), desk, summed["scored"]),
        full=named("full", scored.filter(pl.col("score") == rule.base + rule.bonus), summed["full_score"]),
        without_deduction=named("without_deduction", scored.filter(pl.col("lost") == 0), summed["without_deduction"]),
        clean_indicators=Count(f"{section}.clean_indicators", len(clean), losses.height, tuple(clean)),
        deduction=average("deduction", summed["deduction_total"], summed["unvetoed"]),
        bonus=average("bonus", summed["bonus_total"], summed["unvetoed"]),
        bonuses=_tied(f"{section}.bonuses", _ranked(scores, "bonus"), "bonus", desk),
        bonus_stage=named("bonus_stage", scores.filter("bonus_stage"), summed["bonus_stage"]),
        functions=_functions(section, measures.function_adoption.filter(own), desk, summed["sites"]),
        rows=_rows(section, scores.join(measures.site_ranking, on=["quarter", "site_code"], how="left"), desk),
        special=not scores.filter(pl.col("site_code").is_in(special)).is_empty(),
        complete=scores.height == sum(site.kind in rule.kinds for site in roster.sites),
    )


def _rows(section: str, scores: pl.DataFrame, desk: Desk) -> tuple[SiteRow, ...]:
    sites = {site.code: site for site in desk.roster.sites}
    return tuple(
        SiteRow(
            id=f"{section}.rows.{row['site_code']}",
            owner=desk.roster.unit_names[row["unit_id"]].short,
            site=sites[row["site_code"]].name,
            base_score=row["base_score"],
            bonus=row["bonus"],
            score=row["score"],
            place=row["place"],
            passed=row["passed"],
        )
        for row in scores.sort("roster_no").iter_rows(named=True)
    )


def _rises(section: str, scored: pl.DataFrame, desk: Desk, group: str) -> tuple[Standing, ...]:
    """Tie groups by the points gained since last quarter, of sites that have a score in both (得分提高)."""
    last = desk.earlier.facts.get(desk.roster.quarter.previous.key)
    rows = _group_of(last, group).rows if last else ()
    before = pl.DataFrame(
        {"site_code": [row.code for row in rows], "before": [row.score for row in rows]},
        schema={"site_code": pl.String, "before": scored.schema["score"]},
    )
    gained = scored.join(before.drop_nulls(), on="site_code").with_columns(rise=pl.col("score") - pl.col("before"))
    return _tied(f"{section}.rises", _ranked(gained, "rise"), "rise", desk)


def _ranked(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows that have a value in a column, with their places by it; equal values share a place (名次)."""
    return rows.drop_nulls(column).with_columns(place=pl.col(column).rank("min", descending=True))


def _tied(identity: str, ranked: pl.DataFrame, column: str, desk: Desk) -> tuple[Standing, ...]:
    """Tie groups of ranked rows, the first place first, their units in roster order (并列名次)."""
    ordered = ranked.sort("place", "roster_no")
    groups: list[Any] = [*ordered.group_by("place", maintain_order=True)]
    return tuple(
        Standing(f"{identity}.{number}", place, tied[column][0], desk.names(tied["unit_id"]))
        for number, ((place,), tied) in enumerate(groups, start=1)
    )


def _bands(section: str, bands: pl.DataFrame, desk: Desk, scored: int) -> tuple[BandFacts, ...]:
    def band(row: dict[str, Any]) -> BandFacts:
        place = f"{section}.bands.{row['band_no']}"
        low, high = (Points(f"{place}.{end}", row[end]) if row[end] is not None else None for end in ("low", "high"))
        share = desk.rate(f"{section.removesuffix('_sites')}_bands", f"{place}.share", row["sites"], scored)
        return BandFacts(low, high, Count(f"{place}.sites", row["sites"], scored), share)

    return tuple(map(band, bands.sort("band_no").iter_rows(named=True)))


def _functions(section: str, adoption: pl.DataFrame, desk: Desk, sites: int) -> tuple[FunctionFacts, ...]:
    present = dict(adoption.select("function_id", "present").iter_rows())
    return tuple(
        FunctionFacts(item.name, item.reported, Count(f"{section}.functions.{item.id}", present.get(item.id, 0), sites))
        for item in desk.roster.registry.functions
    )


def _group_of(facts: BulletinFacts, group: str) -> SiteGroupFacts:
    return facts.district_sites if group == "district" else facts.department_sites
