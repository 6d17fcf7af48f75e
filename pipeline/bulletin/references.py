"""Figures in editorial text, by reference (引用数字): ``{区门户平均分}``, or the figure's id in braces.

What lives here: finding references in texts of 季度信息, and what they stand for. What must not: how a figure is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.bulletin.facts import Brief, BulletinFacts
from pipeline.bulletin.figures import Figure
from pipeline.reference.names import normalise

_REFERENCE = re.compile("[{｛]([^{}｛｝]*)[}｝]")


class References:
    """The figures of a notice by the names that editorial text has for them (可引用的数字)."""

    def __init__(self, facts: BulletinFacts) -> None:
        names = facts.brief.figure_names
        known = {figure.id: figure for figure in facts.figures() if figure.id in names.values()}
        self._names = {**names, **{figure: figure for figure in names.values()}}
        self._figures = {name: known[figure] for name, figure in self._names.items() if figure in known}

    def filled(self, text: str, number: Callable[[Figure], str]) -> str:
        """A text with every figure it refers to printed (填入数字); what is no figure of the notice stays as it is."""

        def replaced(match: re.Match[str]) -> str:
            figure = self._figures.get(normalise(match[1]))
            return number(figure) if figure else match[0]

        return _REFERENCE.sub(replaced, text)

    def missing(self, brief: Brief) -> Iterator[str]:
        """The names that editorial text refers to and this quarter has no figure for (本季度没有的数字)."""
        texts = [each.content for each in brief.practices]
        texts += [each.content for each in (*brief.problems, *brief.requirements)]
        for name in dict.fromkeys(normalise(match[1]) for text in texts for match in _REFERENCE.finditer(text)):
            if name in self._names and name not in self._figures:
                yield name
