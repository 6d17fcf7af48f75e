"""Facts as they could be: one variant of real facts per form a statement may take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipeline.bulletin.facts import (
    BulletinFacts,
    ErrorReportFacts,
    OwnerFacts,
    ProblemFacts,
    ReasonFacts,
    RepeatFacts,
    ShareFacts,
    SiteGroupFacts,
    VetoFacts,
    WorkFacts,
)
from pipeline.bulletin.figures import Average, Change, Count, Points, Rate, Standing, Unit

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


def chosen(facts: BulletinFacts, *only: str, **changes: object) -> BulletinFacts:
    """Facts with the choice of some statements changed, of all where none is named."""
    statements = tuple(
        replace(choice, **changes) if not only or choice.id in only else choice  # type: ignore[arg-type]
        for choice in facts.brief.statements
    )
    return replace(facts, brief=replace(facts.brief, statements=statements))


def without(facts: BulletinFacts, *statements: str) -> BulletinFacts:
    """Facts with some statements switched off."""
    return chosen(facts, *statements, enabled=False)


def _units(facts: BulletinFacts, change: Callable[[OwnerFacts], OwnerFacts]) -> BulletinFacts:
    media = facts.new_media
    media = replace(media, districts=change(media.districts), departments=change(media.departments))
    return replace(facts, new_media=media)


def _full_rate(rate: Rate | None) -> Rate | None:
    return rate and replace(rate, part=rate.whole)


def _without(own: OwnerFacts) -> OwnerFacts:
    """No account at all."""
    counts = ("accounts", "units_at_100", "units_below", "scored")
    none = {name: replace(_none(getattr(own, name)), of=0) for name in counts}
    return replace(own, **none, share=None, rate=None, average=None, change=None)


def _failed(facts: BulletinFacts, *vetoes: str, units: int = 0) -> BulletinFacts:
    """One unqualified account for every veto situation given, of so many units; the first of them has most."""
    media = facts.new_media
    names = tuple(f"“账号{n}”微信" for n in range(1, len(vetoes) + 1))
    owners = tuple(f"单位{n}" for n in range(1, units + 1))
    counted = tuple(
        VetoFacts(name, Count(f"new_media.vetoes.{n}.accounts", vetoes.count(name), len(vetoes)))
        for n, name in enumerate(dict.fromkeys(vetoes), start=1)
    )
    worst = Count("new_media.worst", len(owners[:1]), units, owners[:1])
    share = Rate("new_media.worst_share", len(vetoes) - units + 1, len(vetoes), 1) if vetoes else None
    faulty = replace(media.faulty_units, value=units, members=owners)
    unqualified = replace(media.unqualified, value=len(names), members=names)
    media = replace(media, unqualified=unqualified, vetoes=counted, faulty_units=faulty, worst=worst, worst_share=share)
    return replace(facts, new_media=media)


def one_failed_account(facts: BulletinFacts) -> BulletinFacts:
    return _failed(facts, "内容不更新", units=1)


def failed_for_one_reason(facts: BulletinFacts) -> BulletinFacts:
    return _failed(facts, "内容不更新", "内容不更新", "内容不更新", units=2)


def failed_for_two_reasons(facts: BulletinFacts) -> BulletinFacts:
    return _failed(facts, "内容不更新", "内容不更新", "互动回应差", units=2)


def every_account_failed(facts: BulletinFacts) -> BulletinFacts:
    facts = _failed(facts, "内容不更新", "内容不更新", units=1)
    return replace(facts, new_media=replace(facts.new_media, unqualified=replace(facts.new_media.unqualified, of=2)))


def two_units_below(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_below=_only(own.units_below, "甲", "乙")))


def one_unit_below(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_below=_only(own.units_below, "甲")))


def _moved(by: int) -> Variant:
    """Accounts, pass rate and scores of accounts after a change."""

    def vary(facts: BulletinFacts) -> BulletinFacts:
        def change(identity: str, unit: Unit, now: str, value: Decimal) -> Change:
            before = Decimal(now) - value
            return Change(identity, Decimal(now), before, value, value, not value, "2021Q1", unit)

        def scored(own: OwnerFacts) -> OwnerFacts:
            place = own.accounts.id.removesuffix(".accounts")
            full = replace(own.scored, value=own.accounts.value - (by < 0))
            average = Average(f"{place}.average", Decimal(99) * full.value, full.value, 2)
            return replace(
                own, scored=full, average=average, full_mark=Points(f"{place}.full_mark", Decimal(100)),
                change=change(f"{place}.change", Unit.POINTS, "99", Decimal(by) / 10),
            )  # fmt: skip

        facts = _units(facts, scored)
        media = facts.new_media
        platforms = tuple(
            replace(item, change=change(
                f"{item.accounts.id.removesuffix('.accounts')}.change", Unit.ITEMS, str(item.accounts.value),
                Decimal(by if item is media.platforms[0] else -by if item is media.platforms[-1] else 0),
            ))
            for item in media.platforms
        )  # fmt: skip
        return replace(facts, new_media=replace(
            media, platforms=platforms,
            accounts_change=change("new_media.accounts_change", Unit.ITEMS, str(media.accounts.value), Decimal(by)),
            rate_change=change("new_media.rate_change", Unit.PERCENTAGE_POINTS, "99.4", Decimal(by) / 10),
        ))  # fmt: skip

    return vary


def everything_at_100(facts: BulletinFacts) -> BulletinFacts:
    facts = _units(
        facts,
        lambda own: replace(
            own, rate=_full_rate(own.rate), units_at_100=_all(own.units_at_100), units_below=_none(own.units_below)
        ),
    )
    platforms = tuple(replace(item, rate=_full_rate(item.rate)) for item in facts.new_media.platforms)
    return _failed(
        replace(facts, new_media=replace(facts.new_media, rate=_full_rate(facts.new_media.rate), platforms=platforms))
    )


def nobody_at_100(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_at_100=_none(own.units_at_100)))


def one_unit_at_100(facts: BulletinFacts) -> BulletinFacts:
    return _units(facts, lambda own: replace(own, units_at_100=_only(own.units_at_100, "甲")))


def no_accounts(facts: BulletinFacts) -> BulletinFacts:
    facts = _failed(_units(facts, _without))
    media = facts.new_media
    none = replace(media.accounts, value=0, of=0)
    platforms = tuple(
        replace(item, accounts=replace(item.accounts, value=0, of=0), rate=None) for item in media.platforms
    )
    return replace(
        facts,
        new_media=replace(
            media, accounts=none, rate=None, platforms=platforms, unqualified=replace(media.unqualified, of=0)
        ),
    )


def no_district_accounts(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, new_media=replace(facts.new_media, districts=_without(facts.new_media.districts)))


def no_department_accounts(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, new_media=replace(facts.new_media, departments=_without(facts.new_media.departments)))


def an_empty_platform(facts: BulletinFacts) -> BulletinFacts:
    *rest, last = facts.new_media.platforms
    last = replace(last, accounts=replace(last.accounts, value=0), rate=None)
    return replace(facts, new_media=replace(facts.new_media, platforms=(*rest, last)))


def no_messages(facts: BulletinFacts) -> BulletinFacts:
    reports = facts.error_reports
    of_none = ("messages", "types", "top", "late", "late_units")
    empty = {name: replace(_none(getattr(reports, name)), of=0) for name in of_none}
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
    reports = facts.error_reports
    late, units = replace(_none(reports.late), of=0), replace(_none(reports.late_units), of=0)
    reports = replace(reports, on_time=None, top_on_time=None, late=late, late_units=units)
    return replace(facts, error_reports=reports)


def _late(reports: ErrorReportFacts, messages: int, of: int) -> ErrorReportFacts:
    late = replace(reports.late, value=messages, of=of)
    on_time = reports.on_time and replace(reports.on_time, part=of - messages, whole=of)
    return replace(reports, late=late, on_time=on_time, late_units=_only(reports.late_units, "甲", "乙"))


def some_late(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, error_reports=_late(facts.error_reports, 3, 200))


def all_late(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, error_reports=_late(facts.error_reports, 3, 3))


def every_unit_concerned(facts: BulletinFacts) -> BulletinFacts:
    reports = facts.error_reports
    return replace(
        facts, error_reports=replace(reports, districts=_all(reports.districts), departments=_all(reports.departments))
    )


def _worked(part: int, whole: int = 12, on_time: int = 0) -> Variant:
    """Everything about other work reported, so much of every whole; of what was rectified, so much on time."""

    def count(name: str, value: int, of: int, *names: str) -> Count:
        return Count(f"work.{name}", value, of, names)

    def share(name: str, part: int = part, whole: int = whole) -> ShareFacts:
        rate = Rate(f"work.{name}.rate", part, whole, 1) if whole else None
        return ShareFacts(count(f"{name}.whole", whole, whole), count(f"{name}.part", part, whole), rate)

    units = tuple(f"单位{n}" for n in range(1, part + 1))
    work = WorkFacts(
        inspected_from="2021年4月5日",
        inspected_until="2021年6月24日",
        method="技术监测与人工核查相结合",
        topic="政策解读质量",
        special="网站适老化专项检查",
        visits=count("visits", whole, whole),
        reposts=share("reposts"),
        superior_check=share("superior_check"),
        cross_sites=count("cross_sites", whole, whole),
        cross_problems=count("cross_problems", part, part),
        accounts_opened=count("accounts_opened", part, part),
        accounts_closed=count("accounts_closed", part, part),
        accounts_unregistered=count("accounts_unregistered", part, part),
        accounts_cleaned=count("accounts_cleaned", part, part),
        ipv6=share("ipv6"),
        rectified=share("rectified"),
        rectified_on_time=share("rectified_on_time", on_time, part),
        last_rectified=share("last_rectified"),
        silent_units=count("silent_units", part, whole, *units) if units else None,
        accountability=count("accountability", part, part),
        order_by="2021年12月31日",
        report_by="2021年10月8日",
    )
    return lambda facts: replace(facts, work=work)


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
        assert group.average and group.deduction and group.bonus
        first, *rest = group.rows
        row = replace(first, base_score=None, bonus=None, score=None, place=None, passed=False)
        average = replace(group.average, total=group.average.total - Decimal(100), count=group.average.count - 1)
        unqualified = replace(group.unqualified, value=1, members=(first.owner,))
        left = group.sites.value - 1
        return replace(
            group, rows=(row, *rest), average=average, unqualified=unqualified,
            bonus_stage=_only(group.bonus_stage, *(row.owner for row in rest)),
            scored=replace(group.scored, value=left), unvetoed=replace(group.unvetoed, value=left),
            deduction=replace(group.deduction, total=Decimal(left), count=left), bonus=replace(group.bonus, count=left),
            faulty_units=_only(group.faulty_units, first.owner),
            sound_units=_only(group.sound_units, *(name for name in group.sound_units.members if name != first.owner)),
        )  # fmt: skip

    return sites(facts, veto)


def a_vetoed_department_only(facts: BulletinFacts) -> BulletinFacts:
    return replace(a_vetoed_site(facts), district_sites=facts.district_sites)


def a_vetoed_district_only(facts: BulletinFacts) -> BulletinFacts:
    return replace(a_vetoed_site(facts), department_sites=facts.department_sites)


def every_site_vetoed(facts: BulletinFacts) -> BulletinFacts:
    def veto(group: SiteGroupFacts) -> SiteGroupFacts:
        rows = tuple(
            replace(row, base_score=None, bonus=None, score=None, place=None, passed=False) for row in group.rows
        )
        names = tuple(dict.fromkeys(row.owner for row in rows))
        return replace(
            group, rows=rows, average=None, change=None, standings=(), full=_none(group.full),
            without_deduction=_none(group.without_deduction),
            clean_indicators=replace(_none(group.clean_indicators), of=0),
            unqualified=replace(group.unqualified, value=len(rows), members=names),
            scored=_none(group.scored), unvetoed=_none(group.unvetoed), deduction=None, bonus=None, bonuses=(),
            year_change=None, rises=(), bonus_stage=_none(group.bonus_stage), sound_units=_none(group.sound_units),
            bands=tuple(replace(b, sites=replace(_none(b.sites), of=0), share=None) for b in group.bands),
            faulty_units=_only(group.faulty_units, *names),
        )  # fmt: skip

    facts = _of_all(unqualified=_sites("unqualified", 74, 74))(facts)
    return sites(facts, veto)


def best_sites(facts: BulletinFacts) -> BulletinFacts:
    return sites(
        facts,
        lambda group: replace(
            group,
            full=_all(group.full),
            without_deduction=_all(group.without_deduction),
            clean_indicators=_all(group.clean_indicators),
            functions=tuple(replace(item, sites=_all(item.sites)) for item in group.functions),
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
            functions=tuple(replace(item, sites=_none(item.sites)) for item in group.functions),
        ),
    )


def worst_with_a_veto(facts: BulletinFacts) -> BulletinFacts:
    return worst_sites(a_vetoed_site(facts))


def _changed(by: str | None) -> Variant:
    def change(group: SiteGroupFacts) -> SiteGroupFacts:
        if by is None:
            return replace(group, change=None, year_change=None)
        now, value = Decimal("125.3"), Decimal(by)
        change = Change("x.change", now, now - value, value, value, not value, "2021Q1", Unit.POINTS)
        return replace(group, change=change, year_change=replace(change, id="x.year_change", earlier="2020Q2"))

    return lambda facts: sites(facts, change)


def _sites(name: str, value: int, of: int = 75) -> Count:
    """A count of sites, and their names."""
    return Count(f"sites.{name}", value, of, tuple(f"网站{n}" for n in range(1, value + 1)))


def _of_all(**counts: object) -> Variant:
    """Facts of all sites changed."""
    return lambda facts: replace(facts, sites=replace(facts.sites, **counts))  # type: ignore[arg-type]


def _failed_portals(*reasons: str) -> Variant:
    """Unqualified portals: one for the first reason, two for the second …; the departments have none."""
    told = tuple(ReasonFacts(name, _sites(f"reasons.{at}", at)) for at, name in enumerate(reasons, start=1))
    failed = sum(reason.sites.value for reason in told)

    def vary(facts: BulletinFacts) -> BulletinFacts:
        facts = _of_all(reasons=told, unqualified=_sites("unqualified", failed))(facts)
        group = facts.district_sites
        members = group.sound_units.members[:failed]
        unqualified = replace(group.unqualified, value=failed, members=members)
        return replace(facts, district_sites=replace(group, unqualified=unqualified))

    return vary


def _repeats(of: int, sites: dict[int, int]) -> tuple[RepeatFacts, ...]:
    """Sites that are unqualified for so many quarters in a row, of all unqualified ones."""
    return tuple(
        RepeatFacts(Count(f"sites.repeats.{n}.quarters", n, n), _sites(f"repeats.{n}.sites", number, of))
        for n, number in sites.items()
    )


def _rechecked(passed: int, of: int = 3) -> Variant:
    """What became of the sites that were unqualified last quarter."""
    return _of_all(
        rechecked=_sites("rechecked", of, of), recovered=_sites("recovered", passed, of),
        repeats=_repeats(of, {2: of - passed} if of > passed else {}),
    )  # fmt: skip


def a_sample(facts: BulletinFacts) -> BulletinFacts:
    registered = facts.sites.inspected.value * 2
    return _of_all(
        registered=replace(facts.sites.registered, value=registered, of=registered),
        inspected=replace(facts.sites.inspected, of=registered),
        share=Rate("sites.share", registered // 2, registered, 1),
    )(sites(facts, lambda group: replace(group, complete=False)))


def a_sample_with_a_veto(facts: BulletinFacts) -> BulletinFacts:
    return a_sample(a_vetoed_site(facts))


def no_special_sites(facts: BulletinFacts) -> BulletinFacts:
    return sites(facts, lambda group: replace(group, special=False))


def special_sites(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, department_sites=replace(facts.department_sites, special=True))


def some_basic(facts: BulletinFacts) -> BulletinFacts:
    facts = sites(facts, lambda group: replace(group, basic=replace(group.basic, value=2)))
    return _of_all(basic=_sites("basic", 4))(facts)


def two_faulty_units(facts: BulletinFacts) -> BulletinFacts:
    return sites(
        facts,
        lambda group: replace(
            group,
            faulty_units=_only(group.faulty_units, *group.sound_units.members[:2]),
            sound_units=_only(group.sound_units, *group.sound_units.members[2:]),
        ),
    )


def _standings(group: SiteGroupFacts, name: str, *tied: tuple[str, tuple[str, ...]]) -> tuple[Standing, ...]:
    place = group.sites.id.removesuffix(".sites")
    return tuple(
        Standing(f"{place}.{name}.{number}", number, Decimal(points), members)
        for number, (points, members) in enumerate(tied, start=1)
    )


def _risen(*tied: tuple[str, tuple[str, ...]]) -> Variant:
    return lambda facts: sites(facts, lambda group: replace(group, rises=_standings(group, "rises", *tied)))


def _bonuses(*tied: tuple[str, tuple[str, ...]]) -> Variant:
    """Bonus points of all sites of both groups."""

    def vary(group: SiteGroupFacts) -> SiteGroupFacts:
        total = sum((Decimal(points) for points, _ in tied), Decimal(0))
        bonus = Average(f"{group.sites.id.removesuffix('.sites')}.bonus", total, group.sites.value, 1)
        mark = replace(group.bonus_mark, value=Decimal(30))
        stage = _all(group.bonus_stage) if total else _none(group.bonus_stage)
        return replace(
            group, bonus=bonus, bonus_mark=mark, bonus_stage=stage, bonuses=_standings(group, "bonuses", *tied)
        )

    return lambda facts: sites(facts, vary)


def sites_in_two_bands(facts: BulletinFacts) -> BulletinFacts:
    def vary(group: SiteGroupFacts) -> SiteGroupFacts:
        high, middle, *rest = group.bands
        whole = group.scored.value
        counts = ((high, 0), (middle, whole - 1), *((band, 0) for band in rest[:-1]), (rest[-1], 1))
        return replace(
            group,
            bands=tuple(
                replace(
                    band,
                    sites=replace(band.sites, value=value),
                    share=Rate(f"{band.sites.id.removesuffix('.sites')}.share", value, whole, 1),
                )
                for band, value in counts
            ),
        )

    return sites(facts, vary)


def no_problems(facts: BulletinFacts) -> BulletinFacts:
    none = replace(facts.problems, concerned=())
    return replace(facts, brief=replace(facts.brief, problems=()), problems=none)


def _confirmed(rows: int | None, clean: int) -> Variant:
    """So many confirmed problems, and so many units without one; of the first paragraph, two units."""

    def vary(facts: BulletinFacts) -> BulletinFacts:
        first, *rest = facts.problems.concerned
        units = tuple(f"单位{n}" for n in range(1, clean + 1))
        return replace(facts, problems=ProblemFacts(
            rows=None if rows is None else Count("problems.rows", rows, rows),
            sites=None if rows is None else Count("problems.sites", min(rows, 12), 74),
            clean_units=None if rows is None else Count("problems.clean_units", clean, 65, units),
            concerned=(_only(first, "甲", "乙"), *(_none(count) for count in rest)),
        ))  # fmt: skip

    return vary


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
            everything_at_100, nobody_at_100, one_unit_at_100, no_accounts, no_district_accounts, no_department_accounts,
            an_empty_platform, one_failed_account, failed_for_one_reason, failed_for_two_reasons, every_account_failed,
            one_unit_below, two_units_below, some_late, all_late, every_unit_concerned,
            no_messages, only_districts, only_departments, nothing_due_yet, one_busy_unit, every_unit_busy, busy_units_late,
            two_types,
            all_tied, all_but_the_vetoed_tied, a_vetoed_site, a_vetoed_department_only, a_vetoed_district_only,
            a_sample, a_sample_with_a_veto, no_special_sites, special_sites, some_basic, two_faulty_units, sites_in_two_bands,
            every_site_vetoed, best_sites, worst_sites, worst_with_a_veto, no_problems, no_practices_no_consent,
            trailing_zeros,
        )
    },
    "more_accounts": _moved(3),
    "fewer_accounts": _moved(-3),
    "as_many_accounts": _moved(0),
    "all_work_done": _worked(12, on_time=12),
    "all_work_done_late": _worked(12),
    "some_work_done": _worked(5, on_time=3),
    "no_work_done": _worked(0),
    "no_work_to_do": _worked(0, 0),
    "some_problems": _confirmed(36, 4),
    "no_confirmed_problem": _confirmed(0, 65),
    "every_unit_at_fault": _confirmed(36, 0),
    "no_ledger": _confirmed(None, 0),
    "sites_to_close": lambda facts: _worked(1)(_failed_portals("首页不更新")(_failed(facts))),
    "accounts_to_close": lambda facts: _worked(1)(_of_all(unqualified=_sites("unqualified", 0))(one_failed_account(facts))),
    "both_to_close": lambda facts: _worked(1)(_failed_portals("首页不更新")(one_failed_account(facts))),
    "one_reason": _failed_portals("首页不更新"),
    "two_reasons": _failed_portals("首页不更新", "得分低于合格标准"),
    "two_failed_sites": _of_all(unqualified=_sites("unqualified", 2)),
    "a_streak": _of_all(streak=_sites("streak", 3, 3)),
    "all_recovered": _rechecked(3),
    "some_recovered": _rechecked(1),
    "none_recovered": _rechecked(0),
    "long_unqualified": _of_all(repeats=_repeats(4, {4: 1, 2: 3})),
    "nothing_to_recheck": _rechecked(0, 0),
    "sites_added_and_closed": _of_all(added=_sites("added", 2), closed=_sites("closed", 1)),
    "sites_added": _of_all(added=_sites("added", 1), closed=_sites("closed", 0)),
    "sites_closed": _of_all(added=_sites("added", 0), closed=_sites("closed", 3)),
    "register_as_it_was": _of_all(added=_sites("added", 0), closed=_sites("closed", 0)),
    "one_rose_most": _risen(("3.5", ("甲",)), ("1", ("乙", "丙"))),
    "several_rose_most": _risen(("2", ("甲", "乙", "丙", "丁")), ("-1", ("戊",))),
    "nobody_rose": _risen(("0", ("甲",)), ("-1", ("乙",))),
    "all_rose_alike": _risen(("2", ("甲", "乙"))),
    "several_bonuses": _bonuses(("27", ("甲", "乙")), ("20", ("丙",))),
    "one_bonus": _bonuses(("25", ("甲", "乙"))),
    "no_bonus": _bonuses(("0", ("甲", "乙"))),
    "no_earlier_quarter": _changed(None),
    "rise": _changed("0.4"),
    "fall": _changed("-0.6"),
    "level": _changed("0.0"),
}  # fmt: skip
