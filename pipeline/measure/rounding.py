"""The one place where a number is rounded (修约).

What lives here: rounding an exact fraction once, and dividing whole numbers in polars by the same rule.
Source: GB/T 8170-2008, clause 3 (no successive rounding). What must not: floats.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import polars as pl

Mode = Literal["half_up", "half_even"]
_HUNDREDTHS = 100


def round_once(value: Fraction, decimals: int, mode: Mode = "half_up") -> Decimal:
    """Round an exact value once to some decimals (一次修约).

    ``half_up`` rounds the half away from zero, as 四舍五入 does.

    >>> round_once(Fraction(41, 43) * 100, 1), round_once(Fraction(17689, 200), 2)
    (Decimal('95.3'), Decimal('88.45'))
    """
    scaled = abs(value) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = 2 * rest - scaled.denominator
    if half > 0 or (half == 0 and (mode == "half_up" or whole % 2)):
        whole += 1
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def hundredths(points: pl.Expr) -> pl.Expr:
    """Points with two decimals as whole hundredths (以百分之一分计)."""
    return (points * _HUNDREDTHS).cast(pl.Int64)


def points(hundredths_: pl.Expr) -> pl.Expr:
    """Whole hundredths as points with two decimals (还原为分)."""
    return (hundredths_.cast(pl.Decimal(12, 2)) / _HUNDREDTHS).cast(pl.Decimal(12, 2))


def quotient(numerator: pl.Expr, denominator: pl.Expr, half_even: pl.Expr) -> pl.Expr:
    """Two whole numbers divided and rounded once, in integers (整数相除并修约); neither is negative."""
    whole = numerator // denominator
    half = 2 * (numerator - whole * denominator) - denominator
    return whole + ((half > 0) | ((half == 0) & (~half_even | (whole % 2 == 1)))).cast(pl.Int64)
