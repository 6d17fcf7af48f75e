"""Earlier quarters, and changes against them (前期与变化).

What lives here: facts of earlier quarters that may be compared with, declared baselines, and the change of a figure.
What must not: figures of this quarter, wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.figures import Average, Change, Count, Rate, Unit
from pipeline.measure.rounding import Mode, round_once
from pipeline.quarter import Quarter
from pipeline.reference.models import RuleBook
from pipeline.reference.registry import Roster

Measured = Average | Rate | Count
_UNITS = {Average: Unit.POINTS, Rate: Unit.PERCENTAGE_POINTS, Count: Unit.ITEMS}
_BASELINE_ITEMS = {
    "区门户平均分": "district_sites.average",
    "部门网站平均分": "department_sites.average",
    "区新媒体平均分": "new_media.districts.average",
    "部门新媒体平均分": "new_media.departments.average",
}


@dataclass(frozen=True)
class Earlier:
    """What is known of earlier quarters under the same rule book (前期)."""

    quarter: Quarter
    book: RuleBook
    facts: Mapping[str, BulletinFacts]  # by quarter
    declared: Mapping[tuple[str, str], Decimal]  # by quarter and id of the figure

    @classmethod
    def of(cls, files: Iterable[bytes], declared: pl.DataFrame, roster: Roster) -> Earlier:
        """Earlier facts files and declared baselines; what another rule book measured is left out (前期数据)."""
        known = {facts.quarter: facts for facts in map(BulletinFacts.from_json, files)}
        return cls(
            quarter=roster.quarter,
            book=roster.rule_book,
            facts={key: facts for key, facts in known.items() if facts.rule_book == roster.rule_book.id},
            declared={
                (row["earlier"], _BASELINE_ITEMS[row["item"]]): row["value"] for row in declared.iter_rows(named=True)
            },
        )

    def change(
        self, identity: str, now: Measured | None, figure: Callable[[BulletinFacts], Measured | None], before: Quarter
    ) -> Change | None:
        """The change of a figure since an earlier quarter (变化), or ``None`` where either is not known.

        ``figure`` finds the figure in the facts of that quarter. By the rule book's policy it is the difference of the
        two printed values, or the exact difference rounded once.
        """
        facts = self.facts.get(before.key)
        then = figure(facts) if facts else None
        if now is None:
            return None
        mode = self.book.rounding.mode
        if facts is not None and then is not None:
            old, exact = printed(then, facts.policy.rounding), exactly(now) - exactly(then)
        elif (before.key, now.id) in self.declared:
            old = round_once(Fraction(self.declared[before.key, now.id]), decimals_of(now), mode)
            exact = exactly(now) - Fraction(old)
        else:
            return None
        new = printed(now, mode)
        policy = self.book.change.policy
        values = new - old, round_once(exact, decimals_of(now), mode)
        value, otherwise = values if policy == "printed" else reversed(values)
        level = abs(value) <= self.book.change.flat if isinstance(now, Average) else value == 0
        return Change(identity, new, old, value, otherwise, level, before.key, _UNITS[type(now)])


def exactly(figure: Measured) -> Fraction:
    """The exact value of a figure, in the unit it is printed in (精确值)."""
    return Fraction(figure.value)


def decimals_of(figure: Measured) -> int:
    """How many decimals a figure is printed with (小数位数)."""
    return 0 if isinstance(figure, Count) else figure.decimals


def printed(figure: Measured, mode: Mode) -> Decimal:
    """The value of a figure as it is printed (印出的数值)."""
    return round_once(exactly(figure), decimals_of(figure), mode)
