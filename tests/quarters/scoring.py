"""What a site scores by its rule book, in plain fractions (网站计分的另一种算法). What must not live here: `pipeline/`, drawing, text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


def rounded(value: Fraction, decimals: int, half_even: bool) -> Fraction:
    """A value rounded once, in whole numbers (修约)."""
    scale = 10**decimals
    top, bottom = abs(value.numerator) * scale, value.denominator
    whole = top // bottom
    twice = 2 * (top - whole * bottom)
    whole += twice > bottom or (twice == bottom and (not half_even or whole % 2 == 1))
    return Fraction(whole if value >= 0 else -whole, scale)


@dataclass(frozen=True)
class Scored:
    """A site that was scored (得分)."""

    lost: Fraction  # by its indicators
    base: Fraction
    bonus: Fraction
    stage: bool  # it came to the bonus indicators
    level: str  # 合格, 基本合格, 不合格

    @property
    def total(self) -> Fraction:
        return self.base + self.bonus


def score(book: Mapping[str, Any], group: Mapping[str, Any], cells: Iterable[Mapping[str, Any]]) -> Scored:
    """The score of a site that is not vetoed, from its indicators (计分)."""
    known = {item["id"]: item for item in book["indicator"]}
    full, lost, kept, won, exempt = Fraction(group["base"]), Fraction(0), Fraction(0), Fraction(0), False
    for cell in cells:
        item = known[cell["indicator_id"]]
        if not cell["applicable"]:
            exempt = True
        elif item["part"] == "deduct":
            lost += Fraction(item["points"]) - Fraction(cell["score"])
            kept += Fraction(cell["score"])
        else:
            won += Fraction(cell["score"])
    exact = kept
    if exempt:
        rule = book["no_service"]
        services = sum(Fraction(item["points"]) for item in known.values()
                       if item["part"] == "deduct" and item["level1"] == rule["level1"])  # fmt: skip
        start = Fraction(rule["start"])
        exact = (kept + start - (full - services)) * full / start
    return judged(book, group, lost, exact, won, int(book["scoring"]["scaled_decimals"]) if exempt else 2)


def judged(
    book: Mapping[str, Any], group: Mapping[str, Any], lost: Fraction, exact: Fraction, won: Fraction, decimals: int
) -> Scored:
    """Lines and gates compare the unrounded base score (等次与加分门槛)."""
    rule = book["scoring"]
    stage = exact > Fraction(rule["bonus_above"])
    bonus = min(won, Fraction(group["bonus"])) if stage else Fraction(0)
    basic = "basic_line" in rule and exact >= Fraction(rule["basic_line"])
    level = "合格" if exact >= Fraction(rule["pass_line"]) else "基本合格" if basic else "不合格"
    return Scored(lost, rounded(exact, decimals, book["rounding"]["mode"] == "half_even"), bonus, stage, level)
