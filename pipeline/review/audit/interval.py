"""Intervals of exact numbers: all values that print alike (取值范围).

What lives here: intervals with open or closed ends, exact. What must not: texts, rounding of what is printed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.measure.rounding import Mode


@dataclass(frozen=True)
class Interval:
    """All numbers between two ends (区间); an end belongs to it unless it is open."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def printing(cls, value: Decimal, decimals: int, mode: Mode) -> Interval:
        """All values that are rounded to ``value`` (修约到该数的取值范围)."""
        centre, half = Fraction(value), Fraction(1, 2 * 10**decimals)
        odd = mode == "half_even" and int(abs(value).scaleb(decimals)) % 2 == 1
        return cls(centre - half, centre + half, odd, mode == "half_up" or odd)

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __and__(self, other: Interval) -> Interval:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(
            low,
            high,
            any(one.low_open for one in (self, other) if one.low == low),
            any(one.high_open for one in (self, other) if one.high == high),
        )

    def __contains__(self, value: Fraction) -> bool:
        return not (self & Interval(value, value)).empty

    def times(self, factor: Fraction) -> Interval:
        """All numbers times a positive factor (按比例放大)."""
        return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def multiples(self, step: Fraction) -> range:
        """The whole numbers whose product with ``step`` lies inside (范围内的整数倍)."""
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        first += self.low_open and first * step == self.low
        last -= self.high_open and last * step == self.high
        return range(first, last + 1)
