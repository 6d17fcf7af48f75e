"""The statements of a notice: when each may be said, and in which form (语句).

What lives here: one function per statement from facts to the name of its form, or ``None`` where it may not be said.
The wording of each form is in `templates/statements.txt.j2`. What must not: wording, numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.bulletin.facts import BulletinFacts, Change, Count, OwnerFacts, SiteGroupFacts

Form = Callable[[BulletinFacts], str | None]


def _always(_: BulletinFacts) -> str:
    return "plain"


def _how_many(count: Count) -> str | None:
    """all, some or none of a population; ``None`` where the population is empty."""
    if not count.of:
        return None
    return "all" if count.value == count.of else "some" if count.value else "none"


def _direction(change: Change | None) -> str | None:
    if change is None:
        return None
    return "rise" if change.value > 0 else "fall" if change.value < 0 else "flat"


def _average(group: SiteGroupFacts) -> str | None:
    if group.average is None:
        return None
    return "with_bonus" if group.bonus_mark.value else "plain"


def _all_scored(group: SiteGroupFacts) -> bool:
    """Whether no site of the group is vetoed, so that a sentence may speak of all of them."""
    return group.average is not None and group.average.count == group.sites.value


def _standings(group: SiteGroupFacts) -> str | None:
    if not group.standings:
        return None
    return "all_tied" if len(group.standings) == 1 and _all_scored(group) else "plain"


def _without_deduction(group: SiteGroupFacts) -> str | None:
    form = _how_many(group.without_deduction)
    return None if form == "none" and not _all_scored(group) else form


def _full(group: SiteGroupFacts) -> str | None:
    return None if group.average is None else _how_many(group.full)


def _site_result(facts: BulletinFacts) -> str:
    districts, departments = facts.district_sites.unqualified.value, facts.department_sites.unqualified.value
    if districts and departments:
        return "both"
    return "districts" if districts else "departments" if departments else "none"


def _accounts(owners: OwnerFacts) -> str | None:
    return None if owners.rate is None else _how_many(owners.units_at_100)


def _scope_of_accounts(facts: BulletinFacts) -> str:
    return "plain" if facts.new_media.accounts.value else "none"


def _account_rate(facts: BulletinFacts) -> str | None:
    rate = facts.new_media.rate
    if rate is None:
        return None
    return "all" if rate.part == rate.whole else "some"


def _platforms(facts: BulletinFacts) -> str | None:
    return "plain" if facts.new_media.accounts.value else None


def _platform_rates(facts: BulletinFacts) -> str | None:
    return "plain" if _account_rate(facts) == "some" else None


def _error_reports(facts: BulletinFacts) -> str:
    reports = facts.error_reports
    if not reports.messages.value:
        return "none"
    both = bool(reports.departments.value) and bool(reports.districts.value)
    return "both" if both else "departments" if reports.departments.value else "districts"


def _types(facts: BulletinFacts) -> str | None:
    return "plain" if facts.error_reports.types.value else None


def _on_time(facts: BulletinFacts) -> str | None:
    return "plain" if facts.error_reports.on_time else None


def _concentration(facts: BulletinFacts) -> str | None:
    reports = facts.error_reports
    if not reports.top_share or reports.top.value == reports.top.of:
        return None
    rate = reports.top_on_time
    if rate is None:
        return "plain"
    return "all_on_time" if rate.part == rate.whole and reports.top.value > 1 else "with_on_time"


FORMS: dict[str, Form] = {
    "scope": _always,
    "site_result": _site_result,
    "district_average": lambda facts: _average(facts.district_sites),
    "district_change": lambda facts: _direction(facts.district_sites.change),
    "district_standings": lambda facts: _standings(facts.district_sites),
    "district_without_deduction": lambda facts: _without_deduction(facts.district_sites),
    "department_average": lambda facts: _average(facts.department_sites),
    "department_change": lambda facts: _direction(facts.department_sites.change),
    "department_full": lambda facts: _full(facts.department_sites),
    "department_indicators": lambda facts: _how_many(facts.department_sites.clean_indicators),
    "department_accessible": lambda facts: _how_many(facts.department_sites.accessible),
    "account_scope": _scope_of_accounts,
    "account_platforms": _platforms,
    "account_rate": _account_rate,
    "account_platform_rates": _platform_rates,
    "district_accounts": lambda facts: _accounts(facts.new_media.districts),
    "department_accounts": lambda facts: _accounts(facts.new_media.departments),
    "error_reports": _error_reports,
    "error_report_types": _types,
    "error_report_on_time": _on_time,
    "error_report_concentration": _concentration,
}

# A statement that makes sense only after another one (承接): without that one it is not said.
FOLLOWS = {
    "district_change": "district_average",
    "department_change": "department_average",
    "account_platforms": "account_scope",
    "account_platform_rates": "account_rate",
    "error_report_concentration": "error_reports",
}


def form_of(statement: str, facts: BulletinFacts) -> str | None:
    """The form a statement takes, or ``None`` where it may not be said or is switched off (语句形式)."""
    before = FOLLOWS.get(statement)
    if not facts.brief.choices[statement].enabled or (before is not None and form_of(before, facts) is None):
        return None
    return FORMS[statement](facts)
