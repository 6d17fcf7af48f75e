"""The registry of a quarter as tables, for joins in SQL (名录入库).

What lives here: one frame per reference table, by contract, and the working-day calendar. What must not: rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import chinese_calendar
import polars as pl

from pipeline.contracts.contract import frame
from pipeline.reference.models import YearCalendar
from pipeline.reference.names import normalise
from pipeline.reference.registry import Registry, Roster

Rows = Iterable[Mapping[str, object]]


def reference_frames(roster: Roster) -> dict[str, pl.DataFrame]:
    """All reference tables of a quarter, keyed by table (名录各表)."""
    tables: dict[str, Rows] = {
        "reference/unit": _units(roster),
        "reference/site": _sites(roster),
        "reference/site_group": _groups(roster),
        "reference/score_band": _bands(roster),
        "reference/indicator": _indicators(roster),
        "reference/citation": _citations(roster),
        "reference/platform": _numbered(roster.taxonomy.platform, "platform_id", "platform_no", "name", "name"),
        "reference/function": _numbered(roster.registry.functions, "function_id", "function_no", "name", "name"),
        "reference/supplement": (
            {
                "supplement_id": item.id,
                "label": item.label,
                "kind": item.kind,
                "within": item.within,
                "of_sites": item.sites,
            }
            for item in roster.registry.supplements
        ),
        "reference/error_type": _numbered(roster.registry.error_types, "type_id", "type_no", "label", "label"),
        "reference/error_status": (
            {"status_id": item.id, "name": item.name, "accepted": item.accepted, "closed": item.closed}
            for item in roster.registry.error_statuses
        ),
        "reference/statement": _statements(roster),
        "reference/figure_name": (
            {"name": normalise(name), "figure": figure} for name, figure in roster.registry.figure_names.items()
        ),
        "reference/number_pattern": _number_patterns(roster),
        "reference/quantifier": _quantifiers(roster),
        "reference/layout_column": _layout_columns(roster),
        "reference/policy": [_policy(roster)],
        "reference/workday": _workdays(roster),
    }
    quarter = {"quarter": roster.quarter.key}
    return {key: frame(key, (quarter | dict(row) for row in rows)) for key, rows in tables.items()}


def _units(roster: Roster) -> Rows:
    for number, unit in enumerate(roster.units, start=1):
        names = roster.unit_names[unit.id]
        yield {
            "unit_id": unit.id,
            "unit_group": unit.group,
            "roster_no": number,
            "short_name": names.short,
            "full_name": names.full,
        }


def _sites(roster: Roster) -> Rows:
    order = {unit.id: number for number, unit in enumerate(roster.units)}
    ordered = sorted(roster.sites, key=lambda site: (order[site.owner], site.kind == "special", site.code))
    for number, site in enumerate(ordered, start=1):
        yield {
            "site_code": site.code,
            "site_name": site.name,
            "site_kind": site.kind,
            "site_group": roster.group_of(site).id,
            "unit_id": site.owner,
            "serves_public": site.serves_public,
            "roster_no": number,
        }


def _groups(roster: Roster) -> Rows:
    book = roster.rule_book
    services = sum((item.points for item in book.indicator if book.exempts(item)), Decimal(0))
    for group in book.group:
        start = book.no_service.start if book.no_service else group.base - services
        factor = Fraction(group.base) / Fraction(start)
        yield {
            "site_group": group.id,
            "label": group.label,
            "base_points": group.base,
            "bonus_points": group.bonus,
            "pass_line": book.scoring.pass_line,
            "basic_line": book.scoring.basic_line,
            "bonus_above": book.scoring.bonus_above,
            "exempt_points": start - (group.base - services),
            "scale_numerator": factor.numerator,
            "scale_denominator": factor.denominator,
        }


def _bands(roster: Roster) -> Rows:
    for group in roster.rule_book.group:
        limits = (None, *group.bands, None) if group.bands else ()
        for number, (high, low) in enumerate(pairwise(limits), start=1):
            yield {"site_group": group.id, "band_no": number, "low": low, "high": high}


def _policy(roster: Roster) -> Mapping[str, object]:
    book = roster.rule_book
    return {
        "rule_book": book.id,
        "book_from": book.valid_from,
        "taxonomy": roster.taxonomy.id,
        "totals_only": book.detail == "totals",
        "census": book.coverage == "census",
        "score_step": book.scoring.score_step,
        "scaled_step": Decimal(1).scaleb(-book.scoring.scaled_decimals),
        "half_even": book.rounding.mode == "half_even",
        "veto_score": book.scoring.veto_score,
        "account_mark": book.account_score and book.account_score.full_mark,
        "account_decimals": book.account_score and book.account_score.decimals,
        "score_decimals": book.decimals.score,
        "rate_decimals": book.decimals.rate,
        "exact_change": book.change.policy == "exact",
        "swing": book.scoring.swing,
        "limit_workdays": roster.registry.limit_workdays,
        "outlines": "、".join(roster.registry.outlines),
    }


def _indicators(roster: Roster) -> Rows:
    for number, item in enumerate(roster.rule_book.indicator, start=1):
        yield {
            "indicator_id": item.id,
            "catalogue_no": number,
            "level1": item.level1,
            "name": item.name,
            "part": item.part,
            "points": item.points,
            "report_as": item.printed_name,
            "service": roster.rule_book.exempts(item),
        }


def _citations(roster: Roster) -> Rows:
    """Indicators by their own, their printed and their level-1 name, vetoes by name, failed accounts as a whole, messages."""
    book = roster.rule_book
    named = {
        (name, "indicator", item.id) for item in book.indicator for name in (item.name, item.report_as, item.level1)
    }
    named |= {(item.name, "site_veto", item.id) for item in book.vetoes("site")}
    named |= {(item.name, "account_veto", normalise(item.name)) for item in book.vetoes("account")}
    named |= {(name, "message", item) for item, names in citable_messages(roster.registry).items() for name in names}
    for name, evidence, item in sorted({*named, ("政务新媒体", "account", "")}):
        if name:
            yield {"name": normalise(name), "evidence": evidence, "item": item}


def citable_messages(registry: Registry) -> dict[str, tuple[str, ...]]:
    """What a problem may cite of 找错 messages, and by which names (可引用的留言): all, a type, a state, late, open.

    A message that was not accepted is no finding, so its states cannot be cited.
    """
    types = {f"type {item.id}": (f"{item.name}留言", f"{item.label}留言") for item in registry.error_types}
    states = {f"status {item.id}": (f"{item.name}留言",) for item in registry.error_statuses if item.accepted}
    return {"all": ("找错留言", "网民留言"), "late": ("未按期办结留言",), "open": ("未办结留言",), **types, **states}


def _numbered(entries: Iterable[Any], identity: str, number: str, name: str, source: str) -> Rows:
    for at, entry in enumerate(entries, start=1):
        yield {identity: entry.id, number: at, name: getattr(entry, source)}


def _statements(roster: Roster) -> Rows:
    for number, item in enumerate(roster.registry.statements, start=1):
        yield {
            "statement_id": item.id,
            "label": item.label,
            "statement_no": number,
            "enabled": item.enabled,
            "list_form": item.list_form,
            "list_count": item.list_count,
            "groups": item.groups,
            "decimals": item.decimals,
            "naming": item.naming,
            "wordings": "、".join(item.wordings),
        }


def _number_patterns(roster: Roster) -> Rows:
    for kind, patterns in (("typed", roster.registry.typed_numbers), ("plain", roster.registry.plain_numbers)):
        for item in patterns:
            yield {"kind": kind, "name": item.name, "pattern": item.pattern}


def _quantifiers(roster: Roster) -> Rows:
    for number, item in enumerate(roster.registry.quantifiers, start=1):
        for population in roster.registry.populations:
            for noun in population.nouns:
                yield {
                    "quantifier_no": number,
                    "word": item.word,
                    "noun": noun,
                    "population": population.of,
                    "pattern": item.pattern.replace("{noun}", noun),
                    "low": item.low,
                    "high": item.high,
                }


def _layout_columns(roster: Roster) -> Rows:
    for layout in (item for item in roster.registry.layouts if not item.feeds):
        for column in layout.column:
            yield {
                "layout": layout.id,
                "field": column.field,
                "title": layout.title,
                "header": column.headers[0],
                "dated": column.kind in ("date", "time") and not layout.sheet,
            }


def _workdays(roster: Roster) -> Iterator[Mapping[str, object]]:
    working_no = 0
    for year in (roster.quarter.year - 1, roster.quarter.year):
        for day in _days(year):
            working = _is_working(day, roster.registry.holidays)
            if working is None:
                break
            working_no += working
            yield {"day": day, "working": working, "working_no": working_no}


def _days(year: int) -> Iterator[dt.date]:
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(days=at) for at in range((dt.date(year + 1, 1, 1) - first).days))


def _is_working(day: dt.date, holidays: Mapping[int, YearCalendar]) -> bool | None:
    """Whether a day is a working day (工作日); ``None`` when no calendar knows the year."""
    declared = holidays.get(day.year)
    if declared is not None:
        iso = day.isoformat()
        return iso in declared.workdays or (day.weekday() < 5 and iso not in declared.holidays)
    return _is_workday(day)


@cache
def _is_workday(day: dt.date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
