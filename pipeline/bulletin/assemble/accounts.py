"""Facts of new-media accounts (政务新媒体的事实).

What lives here: from account measures to ``NewMediaFacts``. What must not: wording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.assemble.earlier import Measured, printed
from pipeline.bulletin.facts import BulletinFacts, NewMediaFacts, OwnerFacts, PlatformFacts, VetoFacts
from pipeline.bulletin.figures import Average, Change, Count, Points, Rate
from pipeline.measure.rounding import Mode
from pipeline.reference.models import Platform

Row = Mapping[str, Any]
_NOTHING = {"accounts": 0, "passed": 0, "scored": 0, "score_total": 0}


def new_media(desk: Desk) -> NewMediaFacts:
    """Facts of all inspected accounts (政务新媒体)."""
    measured = {(row["scope"], row["member"]): row for row in desk.measures.account_rate.iter_rows(named=True)}
    every = measured.get(("all", "all"), _NOTHING)
    accounts = Count("new_media.accounts", every["accounts"], every["accounts"])
    rate = desk.rate("account_rate", "new_media.rate", every["passed"], every["accounts"])
    failed = desk.measures.unqualified_account.sort("number")
    faulty, worst, worst_share = _concentration(desk, failed)
    return NewMediaFacts(
        taxonomy=desk.roster.taxonomy.id,
        accounts=accounts,
        accounts_change=_change(desk, "new_media.accounts_change", accounts, lambda facts: facts.new_media.accounts),
        rate=rate,
        rate_change=_rate_change(desk, rate),
        platforms=tuple(_platform(item, desk, measured, accounts) for item in _in_order(desk, measured)),
        districts=_owners("districts", "district", desk, measured, accounts),
        departments=_owners("departments", "department", desk, measured, accounts),
        unqualified=Count("new_media.unqualified", failed.height, accounts.value, _quoted(desk, failed)),
        vetoes=_vetoes(failed),
        faulty_units=faulty,
        worst=worst,
        worst_share=worst_share,
    )


def _in_order(desk: Desk, measured: Mapping[tuple[str, str], Row]) -> list[Platform]:
    """By number of accounts, the last ones last, or as the taxonomy lists them; equal ones keep the listed order."""

    def place(item: Platform) -> tuple[bool, int]:
        by_count = desk.roster.taxonomy.order == "count_desc" and not item.last
        return item.last, -measured.get(("platform", item.id), _NOTHING)["accounts"] if by_count else 0

    return sorted(desk.roster.taxonomy.platform, key=place)


def _platform(item: Platform, desk: Desk, measured: Mapping[tuple[str, str], Row], every: Count) -> PlatformFacts:
    row = measured.get(("platform", item.id), _NOTHING)
    place = f"new_media.platforms.{item.id}"
    accounts = Count(f"{place}.accounts", row["accounts"], every.value)

    def before(facts: BulletinFacts) -> Count | None:
        known = facts.new_media.platforms if facts.new_media.taxonomy == desk.roster.taxonomy.id else ()
        return next((platform.accounts for platform in known if platform.accounts.id == accounts.id), None)

    return PlatformFacts(
        name=item.name,
        accounts=accounts,
        change=_change(desk, f"{place}.change", accounts, before),
        rate=desk.rate("account_platform_rates", f"{place}.rate", row["passed"], row["accounts"]),
    )


def _owners(section: str, group: str, desk: Desk, measured: Mapping[tuple[str, str], Row], every: Count) -> OwnerFacts:
    row, place = measured.get(("group", group), _NOTHING), f"new_media.{section}"
    units = [unit.id for unit in desk.roster.units if unit.group == group and ("unit", unit.id) in measured]
    at_100 = [unit for unit in units if measured["unit", unit]["passed"] == measured["unit", unit]["accounts"]]
    below = [unit for unit in units if unit not in at_100]
    book, statement = desk.roster.rule_book, f"{group}_account_average"
    average = None
    if book.account_score and row["scored"]:
        decimals = desk.decimals(statement, book.account_score.decimals)
        average = Average(f"{place}.average", row["score_total"], row["scored"], decimals)

    def before(facts: BulletinFacts) -> Average | None:
        return (facts.new_media.districts if group == "district" else facts.new_media.departments).average

    return OwnerFacts(
        accounts=Count(f"{place}.accounts", row["accounts"], every.value),
        share=desk.rate("account_owners", f"{place}.share", row["accounts"], every.value),
        rate=desk.rate(f"{group}_accounts", f"{place}.rate", row["passed"], row["accounts"]),
        units_at_100=Count(f"{place}.units_at_100", len(at_100), len(units), desk.names(at_100)),
        units_below=Count(f"{place}.units_below", len(below), len(units), desk.names(below)),
        scored=Count(f"{place}.scored", row["scored"], row["accounts"]),
        average=average,
        full_mark=Points(f"{place}.full_mark", book.account_score.full_mark) if book.account_score else None,
        change=_change(desk, f"{place}.change", average, before),
    )


def _change(
    desk: Desk, identity: str, now: Measured | None, before: Callable[[BulletinFacts], Measured | None]
) -> Change | None:
    return desk.earlier.change(identity, now, before, desk.roster.quarter.previous)


def _rate_change(desk: Desk, rate: Rate | None) -> Change | None:
    """The change of the pass rate; none where a rate needs further decimals to be told from 0% or 100%."""

    def told(rate: Rate | None, mode: Mode) -> Rate | None:
        hidden = rate is not None and 0 < rate.part < rate.whole and printed(rate, mode) in (0, 100)
        return None if hidden else rate

    return _change(
        desk,
        "new_media.rate_change",
        told(rate, desk.roster.rule_book.rounding.mode),
        lambda facts: told(facts.new_media.rate, facts.policy.rounding),
    )


def _quoted(desk: Desk, failed: pl.DataFrame) -> tuple[str, ...]:
    """Quoted accounts with their platforms, e.g. “某某”微信 (账号及平台)."""
    names = {item.id: item.name for item in desk.roster.taxonomy.platform}
    return tuple(f"“{account}”{names[at]}" for account, at in failed.select("account", "platform_id").iter_rows())


def _vetoes(failed: pl.DataFrame) -> tuple[VetoFacts, ...]:
    """Unqualified accounts by veto situation, the most frequent first, then in the order of their first account."""
    counted = failed.group_by("veto").agg(accounts=pl.len(), first=pl.col("number").min())
    return tuple(
        VetoFacts(veto, Count(f"new_media.vetoes.{number}.accounts", accounts, failed.height))
        for number, (veto, accounts) in enumerate(
            counted.sort("accounts", "first", descending=[True, False]).select("veto", "accounts").iter_rows(), start=1
        )
    )


def _concentration(desk: Desk, failed: pl.DataFrame) -> tuple[Count, Count, Rate | None]:
    """The units with an unqualified account, those with the most of them, and what share they have of all."""
    counted = failed.group_by("unit_id").agg(accounts=pl.len(), first=pl.col("number").min()).sort("first")
    most = pl.col("accounts").rank("min", descending=True) <= desk.groups("account_concentration")
    worst = counted.filter(most).sort("accounts", "first", descending=[True, False])
    of = desk.measures.account_rate.filter(pl.col("scope") == "unit").height
    return (
        Count("new_media.faulty_units", counted.height, of, desk.names(counted["unit_id"])),
        Count("new_media.worst", worst.height, counted.height, desk.names(worst["unit_id"])),
        desk.rate("account_concentration", "new_media.worst_share", int(worst["accounts"].sum()), failed.height),
    )
