"""The text of a notice in order of appearance, and where its figures stand in it (印出之处).

What lives here: lines of a notice, the sentence around a place. What must not: values, sources, what is not a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.bulletin.blocks import Annex, Notice, Role, Span
from pipeline.document.text import annex_label

_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_LIST = re.compile(r"\.(names|count)$")


@dataclass(frozen=True)
class Line:
    """A paragraph, or a cell of a table (行): its number, spans, and for a cell the words that say which one it is."""

    number: int
    spans: tuple[Span, ...]
    role: Role | None = None
    row: str = ""  # of a cell, the first words of its row
    column: str = ""  # and the heading of its column

    @property
    def text(self) -> str:
        """The text of all spans, joined."""
        return "".join(span.text for span in self.spans)

    def sentence(self, at: int) -> str:
        """The sentence around a place (所在句子); of a cell, which one it is."""
        if self.column:
            return f"{self.row}，{self.column}"
        around = (match for match in _SENTENCE.finditer(self.text) if match.start() <= at < match.end())
        return next((match[0].strip() for match in around), self.text)


@dataclass(frozen=True)
class Printed:
    """A figure, or a list of names, where it is printed (印出的数字)."""

    line: int
    at: int
    figure: str  # as the span says: of a list with .names or .count
    text: str
    sentence: str

    @property
    def of(self) -> str:
        """The figure it is of (所属数字)."""
        return _LIST.sub("", self.figure)


def lines(notice: Notice) -> Iterator[Line]:
    """Every paragraph and every cell of a notice, numbered in order of appearance (逐行)."""
    for number, line in enumerate(_lines(notice), start=1):
        yield Line(number, line.spans, line.role, line.row, line.column)


def _lines(notice: Notice) -> Iterator[Line]:
    for paragraph in notice.paragraphs:
        yield Line(0, paragraph.spans, paragraph.role)
    for annex in notice.annexes:
        label = annex_label(notice, annex)
        yield from (Line(0, (Span(label),)), Line(0, (Span(annex.title),)))
        yield from (Line(0, paragraph.spans, paragraph.role) for paragraph in annex.lead)
        yield from (Line(0, (Span(column.heading),)) for column in annex.table.columns)
        yield from _cells(annex, label)


def _cells(annex: Annex, label: str) -> Iterator[Line]:
    for row in annex.table.rows:
        named = "".join(span.text for span in row[1:] if span.figure is None)
        for column, span in zip(annex.table.columns, row, strict=True):
            yield Line(0, (span,), None, f"{label}，{named}", column.heading)


def printed(notice: Notice) -> Iterator[Printed]:
    """Every figure and list of names that a notice prints, in order of appearance (印出的数字)."""
    for line in lines(notice):
        at = 0
        for span in line.spans:
            if span.figure is not None:
                yield Printed(line.number, at, span.figure, span.text, line.sentence(at))
            at += len(span.text)
