"""Figures to printed text (数字与名单的印制).

What lives here: how a figure, a list, a change is printed, and the marks that keep its id on the text until the text
has become spans. What must not: conditions of statements, wording of sentences.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from operator import is_
from typing import TypeVar, cast

from pipeline.bulletin.blocks import Face, Span
from pipeline.bulletin.facts import BulletinFacts, Choice, Policy
from pipeline.bulletin.figures import Average, Change, Count, Figure, Points, Rate, Standing
from pipeline.measure.rounding import round_once

# Private-use characters cannot come from a sheet (C206), so they can carry the marks through Jinja.
_OPEN, _MIDDLE, _CLOSE, _LEAD, _LEAD_END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARK = re.compile(f"{_OPEN}([^{_MIDDLE}]*){_MIDDLE}([^{_CLOSE}]*){_CLOSE}|{_LEAD}([23])([^{_LEAD_END}]*){_LEAD_END}")
# All that ``str.splitlines`` breaks at, tabs, and the marks themselves: editorial text is one line of plain text.
_BREAK = re.compile(rf"\s*[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029{_OPEN}-{_LEAD_END}]+\s*")
T = TypeVar("T")
_FACES = {"2": Face.LEVEL2, "3": Face.LEVEL3}


def marked(identity: str, text: str) -> str:
    """Text that carries the id of its figure (带标识的文字)."""
    return f"{_OPEN}{identity}{_MIDDLE}{text}{_CLOSE}"


def lead(level: int, text: str) -> str:
    """The heading that a paragraph begins with (段首标题), level 2 or 3."""
    return f"{_LEAD}{level}{text}{_LEAD_END}"


def plain(text: str) -> str:
    """Editorial text as one paragraph: line breaks, tabs and marks are dropped (编辑文字)."""
    return _BREAK.sub("", text.strip())


def one_line(node: T) -> T:
    """The same tree of facts with every text as one paragraph (逐项整理文字); what is clean stays the same object."""
    clean: object = node
    if isinstance(node, str):
        clean = plain(node)
    elif isinstance(node, tuple):
        items = tuple(map(one_line, node))
        clean = node if all(map(is_, items, node)) else items
    elif isinstance(node, dict):
        clean = {key: one_line(item) for key, item in node.items()}
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        values = {name: one_line(item) for name, item in vars(node).items()}
        same = all(map(is_, values.values(), vars(node).values()))
        clean = node if same else dataclasses.replace(node, **values)
    return cast(T, clean)


def spans(text: str) -> Iterator[Span]:
    """Marked text as spans (切分文字)."""
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            yield Span(text[at : match.start()])
        if match[3]:
            yield Span(match[4], face=_FACES[match[3]])
        else:
            yield Span(match[2], figure=match[1])
        at = match.end()
    if at < len(text):
        yield Span(text[at:])


def several(number: int, words: str = "均", otherwise: str = "") -> str:
    """Words that are said of several only: of one nothing is 均 or 全部 (均、全部)."""
    return words if number > 1 else otherwise


def decimal_text(value: Decimal, trailing_zeros: bool = False) -> str:
    """A decimal as printed, trailing zeros dropped unless kept (数字写法).

    >>> decimal_text(Decimal("99.00")), decimal_text(Decimal("125.40"))
    ('99', '125.4')
    """
    text = format(value, "f")
    return text if trailing_zeros or "." not in text else text.rstrip("0").rstrip(".")


class Printer:
    """Prints figures by a policy (印制器): its methods are the filters that templates see."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def number(self, figure: Figure) -> str:
        """The number of a figure, without its unit (数字)."""
        return marked(figure.id, self.text(figure))

    def text(self, figure: Figure) -> str:
        """The same without the mark."""
        policy = self._policy
        match figure:
            case Average():
                return self._average(figure)
            case Rate():
                return self._percent(figure)
            case Change():
                return decimal_text(abs(figure.value), policy.trailing_zeros)
            case Points():
                return decimal_text(figure.value)
            case Standing():
                return decimal_text(figure.score)
            case Count():
                return str(figure.value)

    def _average(self, average: Average) -> str:
        """An average; one that is not 0 is never printed as 0: it gets further decimals (平均数)."""
        places = average.decimals
        while average.total and not round_once(average.value, places, self._policy.rounding):
            places += 1
        return self._rounded(average.value, places)

    def _percent(self, rate: Rate) -> str:
        """A rate in per cent (百分比).

        What is not all is never printed as 100 %, what is not none never as 0 %: such a rate gets further decimals.
        """
        places = rate.decimals
        while 0 < rate.part < rate.whole and round_once(rate.value, places, self._policy.rounding) in (0, 100):
            places += 1
        return self._rounded(rate.value, places) + "%"

    def _rounded(self, value: Fraction, decimals: int) -> str:
        return decimal_text(round_once(value, decimals, self._policy.rounding), self._policy.trailing_zeros)

    def names(self, figure: Count | Standing, choice: Choice, noun: str, counted: bool = False) -> str:
        """A list of names by the statement's choice, ``noun`` being what is counted, e.g. 个区 (名单).

        The first names and a count (``甲、乙、丙等13个区``), all names (``甲、乙``, with the count where ``counted``:
        ``甲、乙2个区``), or the count alone. A list is cut only where that saves at least two names.
        """
        size = figure.value if isinstance(figure, Count) else len(figure.members)
        count = marked(f"{figure.id}.count", str(size)) + noun
        if choice.list_form == "count":
            return count
        cut = choice.list_form == "first" and len(figure.members) > choice.list_count + 1
        shown = figure.members[: choice.list_count] if cut else figure.members
        names = marked(f"{figure.id}.names", "、".join(shown))
        return f"{names}等{count}" if cut else f"{names}{count}" if counted else names

    def named(self, figure: Count | Standing, choice: Choice, noun: str) -> str:
        """Whom an unfavourable statement tells of (点名): the complete list closed by its count, or the count alone."""
        list_form = "all" if choice.naming == "named" else "count"
        return self.names(figure, dataclasses.replace(choice, list_form=list_form), noun, counted=True)


def printed_figures(facts: BulletinFacts) -> dict[str, str]:
    """Every figure as printed, with its list, by id (印出的数字)."""
    printer = Printer(facts.policy)
    return {
        figure.id: "、".join((printer.text(figure), *(figure.members if isinstance(figure, Count | Standing) else ())))
        for figure in facts.figures()
    }
