"""Statements about problems and what follows from them (存在的问题部分的语句).

What lives here: conditions and forms of statements about confirmed problems, orders and deadlines. What must not:
wording, numbers.
"""

from __future__ import annotations

from pipeline.bulletin.facts import BulletinFacts, ProblemFacts
from pipeline.bulletin.figures import Count
from pipeline.bulletin.statements.common import Forms, how_many


def _problem_count(problems: ProblemFacts) -> str | None:
    """That there is no problem is said only where no unit has a deduction or a veto."""
    rows, clean = problems.rows, problems.clean_units
    if rows is None or clean is None:
        return None
    return "some" if rows.value else "none" if clean.value == clean.of else None


def _clean_units(problems: ProblemFacts) -> str | None:
    """That nobody is without a problem is not said."""
    clean = problems.clean_units
    return how_many(clean) if clean and clean.value else None


def _problem_units(concerned: tuple[Count, ...]) -> str | None:
    return "plain" if any(units.value for units in concerned) else None


def _closure_order(facts: BulletinFacts) -> str | None:
    """Where something is unqualified, and 季度信息 sets the day."""
    if not facts.work.order_by:
        return None
    sites, accounts = facts.sites.unqualified.value, facts.new_media.unqualified.value
    return "both" if sites and accounts else "sites" if sites else "accounts" if accounts else None


FORMS: Forms = {
    "problem_count": _problem_count,
    "clean_units": _clean_units,
    "problem_units": _problem_units,
    "closure_order": _closure_order,
    "accountability": lambda persons: "some" if persons and persons.value else None,
    "deadline": lambda work: "plain" if work.report_by else None,
}
