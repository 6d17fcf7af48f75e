"""Wrong notices of every kind are found and explained; right ones leave the auditor silent (数字复核的检出与不误报)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from pipeline.review.audit.answers import Answer, Verdict
from pipeline.review.audit.model import Figures
from pipeline.review.audit.questions import audit
from tests.review.audit_notices import SEEDS, Content, Seeded, right_notice

_EACH = 12
_RIGHT = 1_000


def wrong(content: Content) -> list[Answer]:
    figures = Figures.model_validate(content)
    assert list(figures.problems()) == []
    return [answer for answer in audit(figures) if answer.verdict is Verdict.WRONG]


def seeded(name: str) -> Iterator[tuple[int, Seeded]]:
    """So many wrong notices of one kind, made of right ones."""
    found = 0
    for number in range(20_000):
        rng = Random(f"{name} {number}")
        made = SEEDS[name](rng, right_notice(rng))
        if made is not None:
            yield number, made
            found += 1
            if found == _EACH:
                return
    pytest.fail(f"{name}: {found} notices of {_EACH}")


def depends_on(content: Content, figure: str) -> set[str]:
    """The figure, and every one that cites it."""
    changes = {item["name"] for item in content["change"] if figure in (item["now"], item["before"])}
    sums = {
        item["total"] for item in content["sum"] if figure in (item["total"], *item["parts"], *item.get("less", ()))
    }
    overall = {item["total"] for item in content["overall"] if figure in (item["total"], *item["groups"])}
    return {figure} | changes | sums | overall


def plain(text: str) -> str:
    """A printed number without trailing zeros."""
    return re.sub(r"(\.\d*?)0+(?=\D*$)", lambda match: match[1].rstrip("."), text)


def test_silent_over_right_notices() -> None:
    told = 0
    for number in range(_RIGHT):
        content = right_notice(Random(number)).content
        assert wrong(content) == [], number
        told += sum(map(len, content.values()))
    assert told > 10 * _RIGHT


def test_there_are_a_hundred_wrong_notices() -> None:
    assert len(SEEDS) * _EACH >= 100


@pytest.mark.parametrize("name", SEEDS)
def test_found_and_explained(name: str) -> None:
    for number, made in seeded(name):
        answers = wrong(made.content)
        ours = [answer for answer in answers if answer.figure == made.figure]
        assert ours, (number, made)
        assert {answer.figure for answer in answers} <= depends_on(made.content, made.figure), number
        assert made.kind in {cause.kind for answer in ours for cause in answer.causes}, (number, ours)
        proposed = {plain(text) for answer in ours for text in answer.proposals}
        assert made.right is None or plain(made.right) in proposed, (number, ours)
        assert all(answer.told for answer in ours)
