"""What the back-check says (核对结论): altered, missing, of no source.

What lives here: verdicts and differences. What must not: how they are found, how they are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from pipeline.review.backcheck.tokens import Kind

_MUCH = 3  # a third of the figures: no editing of words changes so many


class Verdict(StrEnum):
    """What became of a number or a list (结论); what is unchanged is counted only."""

    ALTERED = "改动"
    MISSING = "缺失"
    UNSOURCED = "无出处"


@dataclass(frozen=True)
class Difference:
    """A difference between the notice and the edited text (差异).

    ``figure`` is empty for typed text: dates, document numbers, numbers of practices, problems and requirements. ``place``
    names the row and column of an annex; ``sentence`` is that of the notice, ``edited`` that of the edited text.
    """

    verdict: Verdict
    kind: Kind
    figure: str
    was: str
    now: str
    sentence: str
    edited: str
    place: str = ""
    lost: int = 0  # how many printed figures went with a table or a row

    @property
    def added(self) -> tuple[str, ...]:
        """Names that the edited list has besides (增加的名称)."""
        return self._names(self.now, self.was)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Names that the edited list lacks (减少的名称)."""
        return self._names(self.was, self.now)

    def _names(self, one: str, other: str) -> tuple[str, ...]:
        if self.kind is not Kind.NAMES:
            return ()
        names, others = (Counter(name.removesuffix("等") for name in text.split("、")) for text in (one, other))
        return tuple(name for name in (names - others).elements() if name.strip("…"))


@dataclass(frozen=True)
class Comparison:
    """The outcome of a back-check (核对结果): how many figures the notice prints, and the differences in their order."""

    figures: int
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> int:
        """How many printed figures differ (有差异的数字)."""
        return sum(each.lost or bool(each.figure) for each in self.differences)

    @property
    def doubtful(self) -> bool:
        """Whether so much differs that the file may be another notice (疑似他件)."""
        return self.changed * _MUCH > self.figures
