"""A rate or average of all, beside those of the groups that make up the whole (总体与分组的核对).

What lives here: the search for whole numbers that fit all printed figures at once. What must not: other questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Figures, Overall
from pipeline.review.audit.quotients import Quotient
from pipeline.review.audit.single import quotient_of


def ask_overall(figures: Figures, entry: Overall, wrong: set[str]) -> Answer:
    """Whether the figure of all and those of its groups can stand together (总体与分组)."""
    total, *groups = (quotient_of(figures, name) for name in (entry.total, *entry.groups))
    question, text = "总体与各组能否同时成立", total.printed.text

    def said(verdict: Verdict, reason: str, *causes: Cause) -> Answer:
        return Answer(entry.total, question, text, verdict, reason, causes)

    if spoilt := [item.name for item in (total, *groups) if item.name in wrong]:
        return said(Verdict.UNDECIDED, f"“{'”“'.join(spoilt)}”本身有误，更正后再核对")
    between = [item.interval for item in groups]
    hull = Interval(min(item.low for item in between), max(item.high for item in between))
    if (hull & total.interval).empty:
        shown = "、".join(item.printed.text for item in groups)
        return said(Verdict.WRONG, f"总体应当介于各组（{shown}）之间", Cause(Kind.GROUPS, "总体不在各组之间"))
    unknown = [item for item in groups if item.denominator is None]
    known = sum(item.denominator or 0 for item in groups)
    if total.denominator is None and not unknown:
        total = replace(total, denominator=known)
    stepless = any(item.step is None and item.numerator is None for item in (total, *groups))
    if total.denominator is None or len(unknown) > 2 or stepless:
        return said(Verdict.UNDECIDED, "总体介于各组之间；总数或者各组的个数没有印全，不能再进一步")
    rest = total.denominator - known
    if rest < len(unknown) or (rest and not unknown):
        reason = f"各组共{known}，总体为{total.denominator}"
        return said(Verdict.WRONG, reason, Cause(Kind.GROUPS, "各组的个数与总数不符"))
    whole = _totals(total, total.denominator)
    for split in _splits(rest, total, groups):
        sizes = iter(split)
        parts = [_totals(item, item.denominator or next(sizes)) for item in groups]
        added = Interval(
            sum((part.low for part in parts), Fraction(0)), sum((part.high for part in parts), Fraction(0))
        )
        if not any(part.empty for part in (*parts, added & whole)):
            sizes_told = f"（各组个数如{'、'.join(map(str, split))}）" if split else ""
            return said(Verdict.RIGHT, f"有整数解{sizes_told}")
    return said(Verdict.WRONG, "没有一组整数能使总体和各组同时成立", Cause(Kind.GROUPS, "总体与各组矛盾"))


def _totals(item: Quotient, denominator: int) -> Interval:
    """From the least to the greatest numerator of a quotient; empty where no numerator prints so."""
    possible = item.possible(denominator)
    if item.numerator is not None:
        return possible & Interval(item.numerator, item.numerator)
    assert item.step is not None
    found = possible.multiples(item.step)
    return Interval(found[0] * item.step, found[-1] * item.step) if found else Interval(Fraction(1), Fraction(0))


def _splits(rest: int, total: Quotient, groups: Sequence[Quotient]) -> Iterator[tuple[int, ...]]:
    """All ways to give the rest to at most two groups, each at least one, the likeliest first."""
    unknown = [Fraction(item.printed.value) for item in groups if item.denominator is None]
    if len(unknown) < 2:
        yield (rest,) * len(unknown)
        return
    known = sum(Fraction(item.printed.value) * (item.denominator or 0) for item in groups)
    first, second = unknown
    left = Fraction(total.printed.value) * (total.denominator or 0) - known
    likely = (left - second * rest) / (first - second) if first != second else Fraction(rest, 2)
    yield from ((size, rest - size) for size in sorted(range(1, rest), key=lambda size: abs(size - likely)))
