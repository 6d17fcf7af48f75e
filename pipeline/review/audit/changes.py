"""Changes between two printed values (变化的核对).

What lives here: the questions about a change. What must not: other figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.measure.rounding import round_once
from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Change, Figures, Level
from pipeline.review.audit.printed import Printed, slip
from pipeline.review.audit.units import ask_unit, right_unit


def ask_change(figures: Figures, entry: Change) -> Iterator[Answer]:
    """Whether a change is the difference of two levels, in the unit of a difference (变化)."""
    printed = Printed.read(entry.printed)
    question = "是否等于两个数之差"
    if entry.now is None or entry.before is None:
        missing = "本期" if entry.now is None else "上期"
        yield Answer(entry.name, question, entry.printed, Verdict.UNDECIDED, f"没有印出{missing}数")
        return
    now, before = figures.level(entry.now), figures.level(entry.before)
    kind = now.kind if now.kind != "?" else before.kind
    subtracted = printed.value == abs(now.printed.value - before.printed.value)
    if printed.unit == "%" and (kind == "count" or not subtracted) and _grown(figures, printed, now, before):
        yield Answer(entry.name, "是否等于增长率", entry.printed, Verdict.RIGHT, "与增长的百分比一致")
        return
    yield from ask_unit(entry.name, printed, kind, change=True)
    yield _difference(figures, entry, printed, now, before, right_unit(printed.unit, kind, change=True))


def _grown(figures: Figures, printed: Printed, now: Level, before: Level) -> bool:
    if not before.printed.value:
        return False
    grown = Fraction(now.printed.value - before.printed.value) / Fraction(before.printed.value) * 100
    signed = printed.value * (printed.sign or 1)
    return grown != 0 and round_once(grown, printed.decimals, figures.rounding) == signed


def _difference(figures: Figures, entry: Change, printed: Printed, now: Level, before: Level, unit: str) -> Answer:
    question = "是否等于两个数之差"
    difference = now.printed.value - before.printed.value
    reason = f"印出的两个数之差为{now.printed.value}－{before.printed.value}＝{difference}"
    if not printed.value and (not difference or figures.flat is None):
        verdict = Verdict.UNDECIDED if difference else Verdict.RIGHT
        reason += "，多大的差算持平没有规定" if difference else ""
        return Answer(entry.name, question, entry.printed, verdict, reason)
    if not printed.value and figures.flat is not None and abs(difference) <= figures.flat:
        return Answer(entry.name, question, entry.printed, Verdict.RIGHT, f"{reason}，算作持平")
    sign = printed.sign or (1 if difference >= 0 else -1)
    signed = sign * printed.value
    # where the decimals are declared the levels show theirs; else trailing zeros may be dropped of any of the three
    shown = max(printed.decimals, now.decimals, before.decimals) if entry.decimals is None else 0
    decimals = shown if entry.decimals is None else entry.decimals
    possible = Interval.printing(printed.value, decimals, figures.rounding)
    exact = now.interval(figures.rounding, shown) + -before.interval(figures.rounding, shown)
    fits = not ((possible if sign > 0 else -possible) & exact).empty
    if figures.changes == "exact" and fits:
        return Answer(entry.name, question, entry.printed, Verdict.RIGHT, f"{reason}，与先求差后修约相容")
    if figures.changes == "printed" and signed == difference:
        note = "" if fits else "；按精确值求差则是另一个数"
        return Answer(entry.name, question, entry.printed, Verdict.RIGHT, reason + note)
    causes, right = [], difference
    if figures.changes == "printed" and fits:
        causes.append(Cause(Kind.EXACT_CHANGE, "可能先以未修约的数求差，再修约"))
    if figures.changes == "exact":
        if signed == difference:
            causes.append(Cause(Kind.PRINTED_CHANGE, "以修约后的数求差"))
        if now.exact is not None and before.exact is not None:
            right = round_once(now.exact - before.exact, decimals, figures.rounding)
    if signed == -right:
        causes.append(Cause(Kind.DIRECTION, "升降写反"))
    elif not causes and (how := slip(printed.value, abs(right))):
        causes.append(Cause(Kind.SLIP, how))
    causes = causes or [Cause(Kind.DIFFERENCE, f"印出的变化与差相去{abs(signed - right)}")]
    sign = (right > 0) - (right < 0)
    proposal = printed.written(abs(right), unit, sign) if sign else "持平"
    return Answer(entry.name, question, entry.printed, Verdict.WRONG, reason, tuple(causes), (proposal,))
