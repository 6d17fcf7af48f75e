"""Statements about websites (网站部分的语句).

What lives here: conditions and forms of statements about the facts of sites. What must not: wording, numbers.
"""

from __future__ import annotations

from pipeline.bulletin.facts import BulletinFacts, SiteGroupFacts, SitesFacts
from pipeline.bulletin.statements.common import Forms, all_but_few, direction, how_many

# ---- all sites ------------------------------------------------------------------------------------------------------


def _scope(facts: BulletinFacts) -> str:
    if how_many(facts.sites.inspected) != "all":
        return "sample"
    return "with_special" if facts.department_sites.special else "census"


def _site_result(facts: BulletinFacts) -> str:
    districts, departments = facts.district_sites.unqualified.value, facts.department_sites.unqualified.value
    if districts and departments:
        return "both"
    return "districts" if districts else "departments" if departments else "none"


def _site_reasons(sites: SitesFacts) -> str | None:
    return None if not sites.reasons else "one" if len(sites.reasons) == 1 else "several"


def _site_rate(sites: SitesFacts | SiteGroupFacts) -> str | None:
    return None if sites.rate is None else "with_basic" if sites.basic.value else "plain"


def _site_failures(sites: SitesFacts) -> str | None:
    return how_many(sites.unqualified) if sites.unqualified.value else None


def _site_streak(sites: SitesFacts) -> str | None:
    """One quarter is no series."""
    return "plain" if sites.streak.value > 1 else None


def _site_recheck(sites: SitesFacts) -> str | None:
    return how_many(sites.recovered) if sites.recovered else None


def _site_repeated(sites: SitesFacts) -> str | None:
    return "plain" if sites.repeats else None


def _site_register(sites: SitesFacts) -> str | None:
    if sites.added is None or sites.closed is None:
        return None
    if sites.added.value and sites.closed.value:
        return "both"
    return "added" if sites.added.value else "closed" if sites.closed.value else None


# ---- a group of sites -----------------------------------------------------------------------------------------------


def _unit_results(group: SiteGroupFacts) -> str | None:
    return how_many(group.sound_units) if group.sound_units.value else None


def _average(group: SiteGroupFacts) -> str | None:
    if group.average is None:
        return None
    return "with_bonus" if group.bonus_mark.value else "plain"


def _rises(group: SiteGroupFacts) -> str | None:
    """The largest rise: there must be one, and a site that rose less."""
    if len(group.rises) <= 1 or group.rises[0].score <= 0:
        return None
    return "one" if len(group.rises[0].members) == 1 else "several"


def _all_scored(group: SiteGroupFacts) -> bool:
    """Whether every site of the group has a score, so that a sentence may speak of all of them."""
    return how_many(group.scored) == "all"


def _standings(group: SiteGroupFacts) -> str | None:
    if not group.standings:
        return None
    return "all_tied" if len(group.standings) == 1 and _all_scored(group) else "plain"


def _lowest(group: SiteGroupFacts) -> str | None:
    return None if len(group.standings) <= 1 else "all" if _all_scored(group) else "some"


def _bands(group: SiteGroupFacts) -> str | None:
    filled = sum(bool(band.sites.value) for band in group.bands)
    return None if not filled else "one" if filled == 1 else "several"


def _without_deduction(group: SiteGroupFacts) -> str | None:
    form = how_many(group.without_deduction)
    return None if form == "none" and how_many(group.unvetoed) != "all" else form


def _deduction(group: SiteGroupFacts) -> str | None:
    if group.deduction is None or not group.deduction.total:
        return None  # that nothing was deducted is another statement
    return how_many(group.unvetoed)


def _full(group: SiteGroupFacts) -> str | None:
    return None if group.average is None else how_many(group.full)


def _bonus(group: SiteGroupFacts) -> str | None:
    if group.bonus is None or not group.bonus_mark.value:
        return None
    if not group.bonus.total:
        return "none"
    return "tied" if len(group.bonuses) == 1 else "several"


def _bonus_least(group: SiteGroupFacts) -> str | None:
    return "plain" if group.bonus_mark.value and len(group.bonuses) > 1 else None


def _bonus_stage(group: SiteGroupFacts) -> str | None:
    return how_many(group.bonus_stage) if group.bonus_mark.value else None


def _functions(group: SiteGroupFacts) -> str | None:
    return "plain" if any(item.reported and item.sites.of for item in group.functions) else None


FORMS: Forms = {
    "scope": _scope,
    "site_result": _site_result,
    "site_reasons": _site_reasons,
    "site_rate": _site_rate,
    "site_failures": _site_failures,
    "site_streak": _site_streak,
    "site_recheck": _site_recheck,
    "site_repeated": _site_repeated,
    "site_register": _site_register,
    "unit_results": _unit_results,
    "unit_results_except": lambda group: all_but_few(group.sound_units, group.faulty_units),
    "average": _average,
    "change": direction,
    "rises": _rises,
    "standings": _standings,
    "lowest": _lowest,
    "bands": _bands,
    "full": _full,
    "without_deduction": _without_deduction,
    "clean_indicators": lambda group: how_many(group.clean_indicators),
    "deduction": _deduction,
    "bonus": _bonus,
    "bonus_least": _bonus_least,
    "bonus_stage": _bonus_stage,
    "functions": _functions,
}
