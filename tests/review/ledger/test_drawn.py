"""Notices of drawn quarters, of any rule book and any choice of statements: every number has an answer, every figure a name."""

from __future__ import annotations

import pytest

from pipeline.bulletin.catalogue import called, name_of
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import plain
from pipeline.review.ledger.book import figure_ids, registered_names
from pipeline.review.ledger.numbers import Typed, account
from pipeline.review.ledger.printed import lines, printed
from tests.quarters import draw
from tests.quarters.enter import enter


def _typed(facts: BulletinFacts) -> list[Typed]:
    """What people typed, from the facts: a drawn quarter has no cells."""
    brief, work = facts.brief, facts.work
    passages = [text for item in (*brief.problems, *brief.requirements) for text in (item.title, item.content)]
    practices = [text for item in brief.practices for text in (item.subject, item.content)]
    items = [brief.basis, brief.closing, brief.accounts_as_of, brief.reports_from_note, brief.consent]
    texts = (*passages, *practices, *items, work.method, work.topic, work.special)
    return [Typed(plain(text).rstrip("。"), "录入文字") for text in texts if text]


@pytest.mark.parametrize("seed", range(6))
def test_every_number_of_a_drawn_quarter_is_accounted_for(seed: int) -> None:
    for drawn in draw.history(seed, 1):
        made = enter(drawn, {})
        facts = BulletinFacts.from_json(made.facts)
        entries = list(printed(made.notice))
        _, unknown = account(lines(made.notice), entries, [*_typed(facts), *registered_names(facts)])
        assert unknown == []
        names = [name_of(figure, called(facts)) for figure in figure_ids(facts)]
        assert len({*names}) == len(names) > len({entry.of for entry in entries}) > 10 and all(names)
