"""Single figures: counts, rates, averages (单个数字的核对).

What lives here: the questions about one figure, and the quotient that a rate or an average is. What must not: figures
that hang together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Average, Count, Figures, Rate
from pipeline.review.audit.printed import Printed
from pipeline.review.audit.quotients import Quotient
from pipeline.review.audit.units import ask_unit

_ONE = Fraction(1)


def quotient_of(figures: Figures, name: str) -> Quotient:
    """The quotient that a rate or an average of this name is (商)."""
    entry = figures.named[name]
    assert isinstance(entry, Rate | Average)
    return _rate(figures, entry) if isinstance(entry, Rate) else _average(figures, entry, tops=True)


def ask_count(figures: Figures, entry: Count) -> Iterator[Answer]:
    """A count, and the count that it is part of (个数)."""
    printed, of = Printed.read(entry.printed), figures.whole_number(entry.of)
    yield from ask_unit(entry.name, printed, "count")
    if of is None:
        return
    verdict = Verdict.RIGHT if printed.value <= of else Verdict.WRONG
    causes = () if verdict is Verdict.RIGHT else (Cause(Kind.OUT_OF_RANGE, f"{printed.value}多于总数{of}"),)
    yield Answer(entry.name, "是否不多于总数", entry.printed, verdict, f"总数为{of}", causes)


def ask_rate(figures: Figures, entry: Rate) -> Iterator[Answer]:
    """A rate or share (比率)."""
    printed = Printed.read(entry.printed)
    yield from ask_unit(entry.name, printed, "rate")
    if printed.value > 100:
        yield _beyond(entry.name, printed, "100%")
    else:
        yield _rate(figures, entry).answer()


def _rate(figures: Figures, entry: Rate) -> Quotient:
    printed = Printed.read(entry.printed)
    part, whole = figures.share(entry)
    decimals = max(printed.decimals, entry.decimals)
    numerator = None if part is None else Fraction(part)
    return Quotient(entry.name, printed, decimals, figures.rounding, 100, whole, numerator, _ONE, None, figures.counts)


def ask_average(figures: Figures, entry: Average) -> Iterator[Answer]:
    """An average, with the highest scores (平均分)."""
    printed = Printed.read(entry.printed)
    yield from ask_unit(entry.name, printed, "score")
    full = entry.full_mark
    if full is not None and max((printed.value, entry.bonus or 0, *(top.score for top in entry.tops))) > full:
        yield _beyond(entry.name, printed, f"满分{full}分")
        return
    if wrong := _tops(figures, entry):
        yield Answer(entry.name, "各名次是否可能", entry.printed, Verdict.WRONG, "名次与单位数不一致",
                     (Cause(Kind.TOPS, wrong),))  # fmt: skip
        return
    alone, answer = (_average(figures, entry, tops).answer() for tops in (False, True))
    if answer.verdict is Verdict.WRONG and alone.verdict is not Verdict.WRONG and figures.scores(entry)[0] is None:
        tied = Cause(Kind.TOPS, "只看单位数有可能，加上各名次的得分和个数就不可能")
        answer = replace(answer, causes=(tied, *answer.causes))
    yield answer


def _tops(figures: Figures, entry: Average) -> str | None:
    scores = [top.score for top in entry.tops]
    if scores != sorted(set(scores), reverse=True):
        return "各名次的得分应当由高到低，互不相同"
    units, named = figures.scores(entry)[1], sum(top.units for top in entry.tops)
    if units is not None and named > units:
        return f"各名次共{named}个，多于全部{units}个"
    return None


def _average(figures: Figures, entry: Average, tops: bool) -> Quotient:
    printed = Printed.read(entry.printed)
    total, units = figures.scores(entry)
    step = None if entry.step is None else Fraction(entry.step)
    bounds = None
    if units is not None and entry.full_mark is not None:
        bounds = Interval(Fraction(0), Fraction(entry.full_mark) * units)
    if units is not None and tops and entry.tops:
        named = sum((Fraction(top.score) * top.units for top in entry.tops), Fraction(0))
        rest, last = units - sum(top.units for top in entry.tops), Fraction(entry.tops[-1].score)
        below = Interval(named, named + rest * (last - (step or 0)), high_open=step is None and rest > 0)
        bounds = below & bounds if bounds else below
    decimals = max(printed.decimals, entry.decimals)
    known = total if tops or entry.total is not None else None
    return Quotient(entry.name, printed, decimals, figures.rounding, 1, units, known, step, bounds)


def _beyond(name: str, printed: Printed, limit: str) -> Answer:
    cause = Cause(Kind.OUT_OF_RANGE, f"超过{limit}")
    return Answer(name, "是否在可能的范围之内", printed.text, Verdict.WRONG, f"不能超过{limit}", (cause,))
