"""Rates and averages: is there an exact quotient that prints so, and if not, how was it made (比率与平均分的核对).

What lives here: quotients of a whole numerator or a total of scores, and the explanations of a wrong print.
What must not: figures that hang together, files.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pipeline.measure.rounding import Mode, round_once
from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.printed import Printed, expansion, slip

_FURTHER = 4  # decimals beyond the printed ones that somebody may have rounded to first
_MODES: dict[Mode, str] = {"half_up": "四舍五入", "half_even": "四舍六入五成双"}


@dataclass(frozen=True)
class Quotient:
    """What a printed rate or average has to be (商): ``numerator`` over ``denominator``, times ``scale``.

    A numerator is a multiple of ``step``, and lies within ``bounds``, as far as these are known.
    """

    name: str
    printed: Printed
    decimals: int
    mode: Mode
    scale: int  # 100 for a rate, 1 for an average
    denominator: int | None
    numerator: Fraction | None = None
    step: Fraction | None = None
    bounds: Interval | None = None
    others: Mapping[str, int] = field(default_factory=dict)  # other wholes of the notice, by name

    @property
    def unit(self) -> str:
        return "%" if self.scale == 100 else "分"

    @cached_property
    def interval(self) -> Interval:
        """All exact values that print so (取值范围)."""
        return Interval.printing(self.printed.value, self.decimals, self.mode)

    def possible(self, denominator: int) -> Interval:
        """Where the numerator lies, if it prints so over a denominator (分子的范围)."""
        found = self.interval.times(Fraction(denominator, self.scale))
        return found & (
            self.bounds or Interval(Fraction(0), Fraction(denominator) if self.scale == 100 else found.high)
        )

    def numerators(self, denominator: int) -> range:
        """The numerators, in steps, that print so over a denominator (可能的分子)."""
        assert self.step is not None
        return self.possible(denominator).multiples(self.step)

    def right(self, numerator: Fraction, denominator: int) -> Decimal:
        """The right print of a quotient, rounded once; what is not all is not printed as 100 % (应印的数)."""
        exact, decimals = self.scale * numerator / denominator, self.decimals
        while (
            self.scale == 100
            and 0 < numerator < denominator
            and round_once(exact, decimals, self.mode) in (0, self.scale)
        ):
            decimals += 1
        return round_once(exact, decimals, self.mode)

    def propose(self, numerator: Fraction, denominator: int) -> str:
        """The right print in the manner of the printed one (应印的文字)."""
        unit = self.unit if self.printed.unit else ""
        return self.printed.written(self.right(numerator, denominator), unit)

    def derivation(self, numerator: Fraction, denominator: int) -> str:
        """How the right print comes about (算式)."""
        exact, right = self.scale * numerator / denominator, self.right(numerator, denominator)
        same = "，修约" if exact != right else ""
        sign = "%" if self.scale == 100 else ""
        return f"{expansion(numerator)}÷{denominator}＝{expansion(exact)}{sign}{same and f'{same}为{right}{sign}'}"

    def answer(self) -> Answer:
        """Whether the figure can be printed so (核对一个商)."""
        if self.denominator is None:
            return self._without_denominator()
        if self.numerator is not None:
            if self.printed.value == self.right(self.numerator, self.denominator):
                return self._said(Verdict.RIGHT, self.derivation(self.numerator, self.denominator))
            return self._said(
                Verdict.WRONG,
                self.derivation(self.numerator, self.denominator),
                tuple(self._causes(self.numerator, self.denominator)),
                (self.propose(self.numerator, self.denominator),),
            )
        if self.step is None and self.possible(self.denominator).empty:
            causes = (Cause(Kind.TOPS, "满分和各名次的得分不容许这个平均分"),)
            return self._said(Verdict.WRONG, "超出可能的范围", causes)
        if self.step is None:
            return self._said(Verdict.UNDECIDED, "没有总分，也没有得分的最小单位，任何平均分都有可能")
        found = self.numerators(self.denominator)
        if not found:
            return self._impossible(self.denominator)
        first, last = (index * self.step for index in (found[0], found[-1]))
        if first == last:
            return self._said(Verdict.RIGHT, f"只能是{self.derivation(first, self.denominator)}")
        what = "分子" if self.scale == 100 else "总分"
        return self._said(Verdict.RIGHT, f"{what}可以是{expansion(first)}至{expansion(last)}，分母{self.denominator}")

    def _said(
        self, verdict: Verdict, reason: str, causes: tuple[Cause, ...] = (), proposals: tuple[str, ...] = ()
    ) -> Answer:
        question = "能否由整数个得出" if self.scale == 100 else "能否由各单位得分得出"
        return Answer(self.name, question, self.printed.text, verdict, reason, causes, proposals)

    def _without_denominator(self) -> Answer:
        if self.scale != 100:
            return self._said(Verdict.UNDECIDED, "没有印出单位数")
        least = next(count for count in range(1, 10 ** (self.decimals + 2) + 1) if self.numerators(count))
        return self._said(Verdict.UNDECIDED, f"没有印出分母（总数至少为{least}才能得出这个数）")

    def _impossible(self, denominator: int) -> Answer:
        """No numerator prints so: the two nearest ones, and what may have become of them."""
        assert self.step is not None
        near = Fraction(self.printed.value) * denominator / (self.scale * self.step)
        bounds = self.bounds or Interval(
            Fraction(0), (near + 1) * self.step if self.scale == 1 else Fraction(denominator)
        )
        nearest = sorted({index * self.step for index in (math.floor(near), math.ceil(near))})
        inside = [numerator for numerator in nearest if numerator in bounds]
        told = {numerator: tuple(self._rounding(numerator, denominator)) for numerator in inside}
        explained = [numerator for numerator in inside if told[numerator]]
        causes = [cause for numerator in explained for cause in told[numerator]]
        if not causes:
            causes = [
                Cause(Kind.OTHER_DENOMINATOR, f"以“{name}”{count}为分母则可以得出")
                for name, count in self.others.items()
                if 0 < count < 10 ** (self.decimals + 2) and self.numerators(count)
            ]
        derived = "；".join(self.derivation(numerator, denominator) for numerator in inside) or self._range(
            bounds, denominator
        )
        what = "任何整数个" if self.scale == 100 else "任何可能的总分"
        return self._said(
            Verdict.WRONG,
            f"最接近的是{derived}",
            (Cause(Kind.IMPOSSIBLE, f"{what}除以{denominator}都得不出{self.printed.text}"), *causes),
            tuple(dict.fromkeys(self.propose(numerator, denominator) for numerator in explained or inside)),
        )

    def _range(self, bounds: Interval, denominator: int) -> str:
        ends = (expansion(self.scale * end / denominator) for end in (bounds.low, bounds.high))
        return f"{'至'.join(ends)}之间的值"

    def _causes(self, numerator: Fraction, denominator: int) -> Iterator[Cause]:
        """Every way in which the printed value may come from another than the right one (原因)."""
        rounded = list(self._rounding(numerator, denominator))
        yield from rounded
        value = self.printed.value
        if self.scale == 100:
            if value == self.right(denominator - numerator, denominator):
                yield Cause(Kind.COMPLEMENT, f"印出的是其余{expansion(denominator - numerator)}个的比率")
            for name, count in self.others.items():
                if numerator <= count != denominator and value == self.right(numerator, count):
                    yield Cause(Kind.OTHER_DENOMINATOR, f"以“{name}”为分母，{self.derivation(numerator, count)}")
        exact = self.scale * numerator / denominator
        places = [self.decimals, self.decimals + 1, *range(self.decimals)]
        slips = (slip(value, round_once(exact, decimals, self.mode)) for decimals in places)
        if not rounded and (how := next(filter(None, slips), None)):
            yield Cause(Kind.SLIP, how)
        if self.step is not None and self.scale == 100 and not rounded:
            found = self.numerators(denominator)
            if found:
                nearest = min(found, key=lambda index: abs(index - numerator)) * self.step
                yield Cause(Kind.OTHER_NUMERATOR, f"印出的比率对应{self.derivation(nearest, denominator)}")
            else:
                yield Cause(Kind.IMPOSSIBLE, f"任何整数个除以{denominator}都得不出{self.printed.text}")

    def _rounding(self, numerator: Fraction, denominator: int) -> Iterator[Cause]:
        """How rounding may have gone wrong (修约错误)."""
        exact, value, decimals = self.scale * numerator / denominator, self.printed.value, self.decimals
        right = self.right(numerator, denominator)
        if value == right:
            return
        if value in (0, self.scale) and self.scale == 100:
            if round_once(exact, decimals, self.mode) == value:
                yield Cause(Kind.NOT_ALL, "并非全部（或者全无），应多印小数")
            return
        for further in range(decimals + 1, decimals + _FURTHER + 1):
            first = round_once(exact, further, self.mode)
            if round_once(Fraction(first), decimals, self.mode) == value:
                yield Cause(Kind.DOUBLE_ROUNDING, f"{expansion(exact)}先修约为{first}，再修约为{value}")
                break
        cut = Decimal(math.floor(exact * 10**decimals)).scaleb(-decimals)
        if cut == value:
            yield Cause(Kind.TRUNCATION, f"{expansion(exact)}没有修约，截去了{decimals}位小数之后的数字")
        other: Mode = "half_even" if self.mode == "half_up" else "half_up"
        if round_once(exact, decimals, other) == value:
            yield Cause(Kind.OTHER_MODE, f"恰在中间的数按{_MODES[other]}取舍，而不是{_MODES[self.mode]}")
