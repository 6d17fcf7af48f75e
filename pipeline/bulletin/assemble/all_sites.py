"""Facts of all sites together, and of earlier quarters (全部网站的事实).

What lives here: from site measures and earlier facts to ``SitesFacts``. What must not: scoring, wording.
"""

from __future__ import annotations

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import BulletinFacts, ReasonFacts, RepeatFacts, SiteRow, SitesFacts
from pipeline.bulletin.figures import Count

_BELOW_LINE = {"none": "得分低于合格标准"}


def all_sites(desk: Desk) -> SitesFacts:
    """Facts of the sites of both groups (全部网站)."""
    scores = desk.measures.site_score.sort("roster_no")
    failed = scores.filter(~pl.col("passed"))
    registered, inspected = len(desk.roster.sites), scores.height
    last = desk.earlier.facts.get(desk.roster.quarter.previous.key)
    failed_before = [row.code for row in _rows(last) if not row.passed] if last else []
    again = scores.filter(pl.col("site_code").is_in(failed_before))
    added, closed = _register(desk, scores, last)
    return SitesFacts(
        registered=Count("sites.registered", registered, registered),
        inspected=Count("sites.inspected", inspected, registered),
        share=desk.rate("scope", "sites.share", inspected, registered),
        rate=desk.rate("site_rate", "sites.rate", inspected - failed.height, inspected),
        basic=Count("sites.basic", scores.filter(pl.col("level") == "basic").height, inspected),
        unqualified=_named(desk, "unqualified", failed, inspected),
        reasons=_reasons(desk, failed),
        streak=_streak(desk, failed),
        rechecked=Count("sites.rechecked", again.height, len(failed_before)) if last else None,
        recovered=Count("sites.recovered", again.filter("passed").height, again.height) if last else None,
        added=added,
        closed=closed,
        repeats=_repeats(desk, failed),
    )


def _rows(facts: BulletinFacts) -> tuple[SiteRow, ...]:
    return (*facts.district_sites.rows, *facts.department_sites.rows)


def _named(desk: Desk, identity: str, rows: pl.DataFrame, of: int) -> Count:
    """A count of sites with their names, in roster order (网站及名称)."""
    names = {site.code: site.name for site in desk.roster.sites}
    return Count(f"sites.{identity}", rows.height, of, tuple(names[code] for code in rows["site_code"]))


def _reasons(desk: Desk, failed: pl.DataFrame) -> tuple[ReasonFacts, ...]:
    """Unqualified sites by veto indicator, in the order of the rule book, then those below the line (不合格原因)."""
    names = {item.id: item.name for item in desk.roster.rule_book.vetoes("site")} | _BELOW_LINE
    counted = dict(failed.group_by("veto").len().iter_rows())
    return tuple(
        ReasonFacts(name, Count(f"sites.reasons.{veto}", counted[veto], failed.height))
        for veto, name in names.items()
        if veto in counted
    )


def _streak(desk: Desk, failed: pl.DataFrame) -> Count:
    """Quarters in a row without an unqualified site, up to this one, as far as facts are at hand (连续季度数)."""
    quarters, quarter, sound = 0, desk.roster.quarter, failed.is_empty()
    while sound:
        quarters, quarter = quarters + 1, quarter.previous
        facts = desk.earlier.facts.get(quarter.key)
        sound = facts is not None and not facts.sites.unqualified.value
    return Count("sites.streak", quarters, quarters)


def _repeats(desk: Desk, failed: pl.DataFrame) -> tuple[RepeatFacts, ...]:
    """Sites unqualified now and in the quarters before it without a gap, as far as facts are at hand (连续不合格)."""
    quarter, lasting = desk.roster.quarter, set(failed["site_code"])
    quarters = dict.fromkeys(failed["site_code"], 1)
    while lasting:
        quarter = quarter.previous
        facts = desk.earlier.facts.get(quarter.key)
        lasting &= {row.code for row in _rows(facts) if not row.passed} if facts else set()
        quarters |= {code: quarters[code] + 1 for code in lasting}

    def repeat(number: int) -> RepeatFacts:
        own = failed.filter(pl.col("site_code").is_in([code for code, lasted in quarters.items() if lasted == number]))
        place = f"repeats.{number}"
        return RepeatFacts(
            Count(f"sites.{place}.quarters", number, number), _named(desk, f"{place}.sites", own, failed.height)
        )

    return tuple(map(repeat, sorted({*quarters.values()} - {1}, reverse=True)))


def _register(desk: Desk, scores: pl.DataFrame, last: BulletinFacts | None) -> tuple[Count | None, Count | None]:
    """Sites inspected now and not last quarter, and the reverse (网站增减); unknown where a quarter saw a sample."""
    complete = last and last.sites.inspected.value == last.sites.inspected.of
    if last is None or not complete or scores.height < len(desk.roster.sites):
        return None, None
    before, now = _rows(last), set(scores["site_code"])
    gone = tuple(row.site for row in before if row.code not in now)
    added = scores.filter(~pl.col("site_code").is_in([row.code for row in before]))
    return _named(desk, "added", added, scores.height), Count("sites.closed", len(gone), len(before), gone)
