"""Figures: the leaves of the facts, each with an id, an exact value and a unit (数字).

What lives here: the kinds of figures and what each is made of. What must not: rounding, wording, frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """Unit of a figure, as it is printed (计量单位)."""

    POINTS = "分"
    ITEMS = "个"
    MESSAGES = "条"
    PERCENT = "%"
    PERCENTAGE_POINTS = "个百分点"


@dataclass(frozen=True)
class Reckoned:
    """What a figure is made of (构成): exact numerator, denominator (0 where there is none), members in order.

    Of a change: its value, and the earlier printed value in hundredths.
    """

    numerator: Decimal
    denominator: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Average:
    """Average score of a group (平均分), in points: an exact total over a count, printed with so many decimals."""

    id: str
    total: Decimal
    count: int
    decimals: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.total) / self.count

    def reckoned(self) -> Reckoned:
        return Reckoned(self.total, self.count, ())


@dataclass(frozen=True)
class Rate:
    """A share of a whole (比率), printed in per cent with so many decimals: part over whole."""

    id: str
    part: int
    whole: int
    decimals: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.part, self.whole) * 100

    @property
    def complete(self) -> bool:
        """Whether the part is the whole (100%)."""
        return self.part == self.whole

    def reckoned(self) -> Reckoned:
        return Reckoned(Decimal(self.part), self.whole, ())


@dataclass(frozen=True)
class Count:
    """A count out of a population (个数), and the names it counts, in printing order."""

    id: str
    value: int
    of: int
    members: tuple[str, ...] = ()

    def reckoned(self) -> Reckoned:
        return Reckoned(Decimal(self.value), self.of, self.members)


@dataclass(frozen=True)
class Points:
    """Points that a rule sets (分值), e.g. a full mark."""

    id: str
    value: Decimal

    def reckoned(self) -> Reckoned:
        return Reckoned(self.value, 0, ())


@dataclass(frozen=True)
class Standing:
    """A tie group (名次): its place, the points and the units that share them, in roster order."""

    id: str
    place: int
    score: Decimal
    members: tuple[str, ...]

    def reckoned(self) -> Reckoned:
        return Reckoned(self.score, self.place, self.members)


@dataclass(frozen=True)
class Change:
    """Change of a figure from an earlier quarter (变化), in its own unit.

    ``now`` and ``before`` are the two printed values; ``value`` is what the policy of changes makes of them: their
    difference, or the exact difference rounded once; ``otherwise`` is what the other policy would make.
    """

    id: str
    now: Decimal
    before: Decimal
    value: Decimal
    otherwise: Decimal
    level: bool  # so small that it is worded as 基本持平
    earlier: str
    unit: Unit

    def reckoned(self) -> Reckoned:
        return Reckoned(self.value, int(self.before * 100), ())


Figure = Average | Rate | Count | Points | Standing | Change
