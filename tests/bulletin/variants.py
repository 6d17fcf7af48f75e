"""Facts as they could be: one variant of real facts per form a statement may take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipeline.bulletin.facts import (
    Average,
    BulletinFacts,
    Change,
    Count,
    OwnerFacts,
    Rate,
    SiteGroupFacts,
    Standing,
)

Variant = Callable[[BulletinFacts], BulletinFacts]


def _all(count: Count) -> Count:
    return replace(
        count, value=count.of, members=tuple(f"单位{n}" for n in range(1, count.of + 1)) if count.members else ()
    )


def _none(count: Count) -> Count:
    return replace(count, value=0, members=())


def _only(count: Count, *names: str) -> Count:
    return replace(count, value=len(names), members=names)


def sites(facts: BulletinFacts, change: Callable[[SiteGroupFacts], SiteGroupFacts]) -> BulletinFacts:
    """Facts with both groups of sites changed."""
    return replace(facts, district_sites=change(facts.district_sites), department_sites=change(facts.department_sites))


def chosen(facts: BulletinFacts, **changes: object) -> BulletinFacts:
    """Facts with every statement's choice changed."""
    choices = {name: replace(choice, **changes) for name, choice in facts.brief.choices.items()}  # type: ignore[arg-type]
    return replace(facts, brief=replace(facts.brief, choices=choices))


def without(facts: BulletinFacts, *statements: str) -> BulletinFacts:
    """Facts with some statements switched off."""
    choices = facts.brief.choices | {name: replace(facts.brief.choices[name], enabled=False) for name in statements}
    return replace(facts, brief=replace(facts.brief, choices=choices))


def _units(facts: BulletinFacts, change: Callable[[OwnerFacts], OwnerFacts]) -> BulletinFacts:
    media = facts.new_media
    media = replace(media, districts=change(media.districts), departments=change(media.departments))
    return replace(facts, new_media=media)


def _full_rate(rate: Rate | None) -> Rate | None:
    return rate and replace(rate, part=rate.whole)


def everything_at_100(facts: BulletinFacts) -> BulletinFacts:
    facts = _units(facts, lambda own: OwnerFacts(_full_rate(own.rate), _all(own.units_at_100)))
    platforms = tuple(replace(item, rate=_full_rate(item.rate)) for item in facts.new_media.platforms)
    return replace(
        facts, new_media=replace(facts.new_media, rate=_full_rate(facts.new_media.rate), platforms=platforms)
    )


def nobody_at_100(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_at_100=_none(own.units_at_100)))


def one_unit_at_100(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_at_100=_only(own.units_at_100, "甲")))


def no_accounts(facts: BulletinFacts) -> BulletinFacts:
    facts = _units(facts, lambda own: OwnerFacts(None, replace(_none(own.units_at_100), of=0)))
    media = facts.new_media
    none = replace(media.accounts, value=0, of=0)
    platforms = tuple(
        replace(item, accounts=replace(item.accounts, value=0, of=0), rate=None) for item in media.platforms
    )
    return replace(facts, new_media=replace(media, accounts=none, rate=None, platforms=platforms))


def no_district_accounts(facts: BulletinFacts) -> BulletinFacts:
    none = OwnerFacts(None, replace(_none(facts.new_media.districts.units_at_100), of=0))
    return replace(facts, new_media=replace(facts.new_media, districts=none))


def an_empty_platform(facts: BulletinFacts) -> BulletinFacts:
    *rest, last = facts.new_media.platforms
    last = replace(last, accounts=replace(last.accounts, value=0), rate=None)
    return replace(facts, new_media=replace(facts.new_media, platforms=(*rest, last)))


def no_messages(facts: BulletinFacts) -> BulletinFacts:
    reports = facts.error_reports
    empty = {name: replace(_none(getattr(reports, name)), of=0) for name in ("messages", "types", "top")}
    counts = {name: _none(getattr(reports, name)) for name in ("districts", "departments")}
    return replace(
        facts, error_reports=replace(reports, **empty, **counts, on_time=None, top_share=None, top_on_time=None)
    )


def only_districts(facts: BulletinFacts) -> BulletinFacts:
    return replace(
        facts, error_reports=replace(facts.error_reports, departments=_none(facts.error_reports.departments))
    )


def only_departments(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, error_reports=replace(facts.error_reports, districts=_none(facts.error_reports.districts)))


def nothing_due_yet(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, error_reports=replace(facts.error_reports, on_time=None, top_on_time=None))


def one_busy_unit(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, error_reports=replace(facts.error_reports, top=_only(facts.error_reports.top, "市交通委")))


def every_unit_busy(facts: BulletinFacts) -> BulletinFacts:
    top = facts.error_reports.top
    return replace(facts, error_reports=replace(facts.error_reports, top=replace(top, of=top.value)))


def busy_units_late(facts: BulletinFacts) -> BulletinFacts:
    rate = facts.error_reports.top_on_time
    late = rate and replace(rate, part=rate.whole - 1)
    return replace(facts, error_reports=replace(facts.error_reports, top_on_time=late))


def two_types(facts: BulletinFacts) -> BulletinFacts:
    types = replace(facts.error_reports.types, value=2, of=2, members=("错别字", "内容不准确"))
    return replace(facts, error_reports=replace(facts.error_reports, types=types))


def all_tied(facts: BulletinFacts) -> BulletinFacts:
    def tie(group: SiteGroupFacts) -> SiteGroupFacts:
        names = tuple(row.owner for row in group.rows)
        return replace(group, standings=(Standing(group.standings[0].id, 1, Decimal("100.00"), names),))

    return sites(facts, tie)


def all_but_the_vetoed_tied(facts: BulletinFacts) -> BulletinFacts:
    """One site has no score, so nobody may say that all have the same."""
    return all_tied(a_vetoed_site(facts))


def a_vetoed_site(facts: BulletinFacts) -> BulletinFacts:
    def veto(group: SiteGroupFacts) -> SiteGroupFacts:
        assert group.average is not None
        first, *rest = group.rows
        row = replace(first, base_score=None, bonus=None, score=None, place=None)
        average = Average(group.average.id, group.average.total - Decimal(100), group.average.count - 1)
        unqualified = replace(group.unqualified, value=1, members=(first.owner,))
        return replace(group, rows=(row, *rest), average=average, unqualified=unqualified)

    return sites(facts, veto)


def a_vetoed_department_only(facts: BulletinFacts) -> BulletinFacts:
    return replace(a_vetoed_site(facts), district_sites=facts.district_sites)


def a_vetoed_district_only(facts: BulletinFacts) -> BulletinFacts:
    return replace(a_vetoed_site(facts), department_sites=facts.department_sites)


def every_site_vetoed(facts: BulletinFacts) -> BulletinFacts:
    def veto(group: SiteGroupFacts) -> SiteGroupFacts:
        rows = tuple(replace(row, base_score=None, bonus=None, score=None, place=None) for row in group.rows)
        names = tuple(dict.fromkeys(row.owner for row in rows))
        return replace(
            group, rows=rows, average=None, change=None, standings=(), full=_none(group.full),
            without_deduction=_none(group.without_deduction),
            clean_indicators=replace(_none(group.clean_indicators), of=0),
            unqualified=replace(group.unqualified, value=len(rows), members=names),
        )  # fmt: skip

    return sites(facts, veto)


def best_sites(facts: BulletinFacts) -> BulletinFacts:
    return sites(
        facts,
        lambda group: replace(
            group,
            full=_all(group.full),
            without_deduction=_all(group.without_deduction),
            clean_indicators=_all(group.clean_indicators),
            accessible=_all(group.accessible),
        ),
    )


def worst_sites(facts: BulletinFacts) -> BulletinFacts:
    return sites(
        facts,
        lambda group: replace(
            group,
            full=_none(group.full),
            without_deduction=_none(group.without_deduction),
            clean_indicators=_none(group.clean_indicators),
            accessible=_none(group.accessible),
        ),
    )


def worst_with_a_veto(facts: BulletinFacts) -> BulletinFacts:
    return worst_sites(a_vetoed_site(facts))


def _changed(before: str | None) -> Variant:
    def change(group: SiteGroupFacts) -> SiteGroupFacts:
        if before is None:
            return replace(group, change=None)
        return replace(group, change=Change("x.change", Decimal("125.3"), Decimal(before), "2021Q1"))

    return lambda facts: sites(facts, change)


def no_problems(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, brief=replace(facts.brief, problems=()))


def no_practices_no_consent(facts: BulletinFacts) -> BulletinFacts:
    return replace(
        facts, brief=replace(facts.brief, practices=(), consent="", reports_from_note="", document_number="")
    )


def trailing_zeros(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, policy=replace(facts.policy, trailing_zeros=True))


VARIANTS: dict[str, Variant] = {
    "as_it_was": lambda facts: facts,
    **{
        variant.__name__: variant
        for variant in (
            everything_at_100, nobody_at_100, one_unit_at_100, no_accounts, no_district_accounts, an_empty_platform,
            no_messages, only_districts, only_departments, nothing_due_yet, one_busy_unit, every_unit_busy, busy_units_late,
            two_types,
            all_tied, all_but_the_vetoed_tied, a_vetoed_site, a_vetoed_department_only, a_vetoed_district_only,
            every_site_vetoed, best_sites, worst_sites, worst_with_a_veto, no_problems, no_practices_no_consent,
            trailing_zeros,
        )
    },
    "no_earlier_quarter": _changed(None),
    "rise": _changed("124.9"),
    "fall": _changed("125.9"),
    "flat": _changed("125.3000"),
}  # fmt: skip
