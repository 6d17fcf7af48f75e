"""Totals and identities: what is added, what is taken off (合计的核对).

What lives here: the question about a sum. What must not: other figures.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Figures, Level, Sum
from pipeline.review.audit.printed import slip


def ask_sum(figures: Figures, entry: Sum) -> Answer:
    """Whether parts, less what is taken off, are the total (合计)."""
    total = figures.level(entry.total)
    terms = [(1, figures.level(cite)) for cite in entry.parts] + [(-1, figures.level(cite)) for cite in entry.less]
    added, exact = Decimal(0), _exact(figures, total)
    for sign, level in terms:
        added += sign * level.printed.value
        exact += -_exact(figures, level) if sign > 0 else _exact(figures, level)
    residue = total.printed.value - added
    text = "".join(f"{'＋' if sign > 0 else '－'}{level.printed.value}" for sign, level in terms).removeprefix("＋")
    reason = f"{text}＝{added}，印作{total.printed.value}"
    name = total.name if total.name in figures.named else f"{entry.parts[0]}等的合计"
    question = "各部分相加减是否等于合计"
    if not residue:
        return Answer(name, question, total.printed.text, Verdict.RIGHT, reason)
    if Fraction(0) in exact:
        reason += f"，相差{abs(residue)}，不超过各数修约的误差"
        return Answer(name, question, total.printed.text, Verdict.RIGHT, reason)
    causes = [Cause(Kind.SUM, f"相差{abs(residue)}")]
    for level, value in ((total, added), *((level, level.printed.value + sign * residue) for sign, level in terms)):
        if value >= 0 and (how := slip(level.printed.value, value)):
            causes.append(Cause(Kind.SLIP, f"“{level.name}”可能应为{value}（{how}）"))
    return Answer(name, question, total.printed.text, Verdict.WRONG, reason, tuple(causes),
                  (total.printed.written(added),))  # fmt: skip


def _exact(figures: Figures, level: Level) -> Interval:
    """All values of a term: a number that is no figure of its own is taken as it stands."""
    value = Fraction(level.printed.value)
    return level.interval(figures.rounding) if level.name in figures.named else Interval(value, value)
