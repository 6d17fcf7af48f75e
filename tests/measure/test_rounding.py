"""Rounding once, against ``decimal`` (修约)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.measure.rounding import Mode, hundredths, points, quotient, round_once

MODES: dict[Mode, str] = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
NUMERATORS = st.integers(-(10**9), 10**9)
DECIMALS = st.integers(0, 6)


def quantized(value: Fraction, decimals: int, mode: Mode) -> Decimal:
    """The same by ``decimal``, which rounds correctly what it is given exactly.

    The quotient is cut, never rounded, at 60 digits; what was cut off is marked by a last digit 1, as hardware does
    with its sticky bit, so that no half is seen where there is none.
    """
    with localcontext(Context(prec=200)):
        whole, rest = divmod(abs(value.numerator) * 10**60, value.denominator)
        exact = Decimal(whole * 10 + bool(rest)).scaleb(-61)
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=MODES[mode])
        return -rounded if value < 0 else rounded


@given(NUMERATORS, st.integers(1, 10**6), DECIMALS, st.sampled_from(list(MODES)))
@example(41 * 100, 43, 1, "half_up")
def test_any_fraction(numerator: int, denominator: int, decimals: int, mode: Mode) -> None:
    value = Fraction(numerator, denominator)
    assert round_once(value, decimals, mode) == quantized(value, decimals, mode)


@given(NUMERATORS, DECIMALS, st.sampled_from(list(MODES)))
def test_exact_halves(whole: int, decimals: int, mode: Mode) -> None:
    value = Fraction(2 * whole + 1, 2 * 10**decimals)
    assert round_once(value, decimals, mode) == quantized(value, decimals, mode)


@given(NUMERATORS, st.integers(1, 10**6), DECIMALS)
def test_prints_with_the_decimals_asked_for(numerator: int, denominator: int, decimals: int) -> None:
    rounded = round_once(Fraction(numerator, denominator), decimals)
    assert -int(rounded.as_tuple().exponent) == decimals
    assert abs(Fraction(rounded) - Fraction(numerator, denominator)) * 2 * 10**decimals <= 1


@pytest.mark.parametrize(
    ("value", "decimals", "up", "even"),
    [
        (Fraction(17689, 200), 2, "88.45", "88.44"),  # 88.445, which a float prints as 88.44
        (Fraction(111, 8), 2, "13.88", "13.88"),
        (Fraction(5, 2), 0, "3", "2"),
        (Fraction(-5, 2), 0, "-3", "-2"),
        (Fraction(4100, 43), 1, "95.3", "95.3"),  # never by way of 95.35
    ],
)
def test_known_values(value: Fraction, decimals: int, up: str, even: str) -> None:
    assert str(round_once(value, decimals, "half_up")) == up
    assert str(round_once(value, decimals, "half_even")) == even


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=8), st.integers(1, 12), st.sampled_from(list(MODES)))
@example([1, 3, 5, 7], 2, "half_even")
def test_dividing_in_polars_is_rounding_once(values: list[int], denominator: int, mode: Mode) -> None:
    divided = pl.DataFrame({"whole": values}).select(
        quotient(pl.col("whole"), pl.lit(denominator), pl.lit(mode == "half_even")).alias("whole")
    )
    assert divided["whole"].to_list() == [int(round_once(Fraction(value, denominator), 0, mode)) for value in values]


@given(st.lists(st.integers(0, 999_999), min_size=1, max_size=8))
def test_hundredths_and_back(values: list[int]) -> None:
    exact = [Decimal(value).scaleb(-2) for value in values]
    column = pl.DataFrame({"points": exact}, schema={"points": pl.Decimal(6, 2)})
    whole = column.select(hundredths(pl.col("points")))
    assert whole["points"].to_list() == values
    assert whole.select(points(pl.col("points")))["points"].to_list() == exact
