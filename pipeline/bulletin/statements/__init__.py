"""The statements of a notice: when each may be said, and in which form (语句).

What lives here: a module per part of the facts with one function per kind of statement, from that part to the name of
its form, or ``None`` where it may not be said; and the list of all of them. Which statements there are, of what they
speak and where they stand is data (`data/reference/statements.toml`); the wording of each form is in
`templates/statements/`. What must not: wording, numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from pipeline.bulletin.facts import BulletinFacts, Choice, SiteGroupFacts
from pipeline.bulletin.statements import accounts, problems, reports, sites, work
from pipeline.bulletin.statements.common import how_many

FORMS: dict[str, Callable[[Any], str | None]] = {
    **sites.FORMS,
    **accounts.FORMS,
    **reports.FORMS,
    **work.FORMS,
    **problems.FORMS,
}


def subject_of(choice: Choice, facts: BulletinFacts) -> object:
    """The part of the facts that a statement speaks of (语句对象); the facts themselves where no part is named."""
    return attrgetter(choice.subject)(facts) if choice.subject else facts


def sampled(choice: Choice, facts: BulletinFacts) -> bool:
    """Whether some registered site of those that a statement speaks of was not inspected (抽查)."""
    subject = subject_of(choice, facts)
    complete = how_many(facts.sites.inspected) == "all"
    return not (subject.complete if isinstance(subject, SiteGroupFacts) else complete)


def form_of(choice: Choice, facts: BulletinFacts) -> str | None:
    """The form a statement takes, or ``None`` where it may not be said or is switched off (语句形式).

    An unfavourable statement is not said where its naming is none.
    """
    if not choice.form or not choice.enabled or choice.naming == "none":
        return None
    if choice.needs and form_of(facts.choice(choice.needs), facts) is None:
        return None
    return FORMS[choice.form](subject_of(choice, facts))
