"""What the back-check compares with: the sentences of a notice, with the figures that they print (核对依据).

What lives here: sentences of either side, the record of a notice. What must not: alignment, verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.bulletin.blocks import Notice, Role, Span
from pipeline.review.backcheck.tokens import Mark, Names, Token, normal, tokenise

_END = re.compile(r"[。！？]+")
_PUNCTUATION = re.compile(r"[^\w%.]|\.(?!\d)")
_NUMBERING = re.compile(
    r"(?:附件：)?(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|（\d{1,2}）|\d{1,2}(?:[、．]|\.(?!\d)|\.(?=\d{4}年)))"
)
_DIGIT_NAME = re.compile(r"[\d.%—-]*")


@dataclass(frozen=True)
class Sentence:
    """A sentence in its one spelling with its tokens (句). ``paragraph`` counts the paragraphs that are not empty."""

    text: str
    tokens: tuple[Token, ...]
    paragraph: int

    @cached_property
    def key(self) -> str:
        """What makes it the same sentence wherever it stands: its words and numbers, without punctuation."""
        return _PUNCTUATION.sub("", self.text)


def sentences(paragraphs: Iterable[tuple[str, tuple[Mark, ...]]], names: Names) -> Iterator[Sentence]:
    """Paragraphs in their one spelling as sentences (断句); the number that a part of the text begins with is left out."""
    for place, (text, marks) in enumerate(paragraphs):
        at = 0
        while at < len(text):
            lead = _NUMBERING.match(text, at)
            at = lead.end() if lead else at
            stop = _END.search(text, at)
            end = stop.end() if stop else len(text)
            inside = (
                replace(mark, start=mark.start - at, end=mark.end - at) for mark in marks if at <= mark.start < end
            )
            yield Sentence(text[at:end], tuple(tokenise(text[at:end], names, inside)), place)
            at = end


@dataclass(frozen=True)
class Cell:
    """A cell of an annex table, and the figure it prints (单元格)."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class Grid:
    """An annex table: its title, its headings and its rows (附件表)."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The columns that name what a row is about: no figures and no running numbers."""
        return tuple(
            place
            for place in range(len(self.headings))
            if any(not _DIGIT_NAME.fullmatch(row[place].text) for row in self.rows)
            and not any(row[place].figure for row in self.rows)
        )


@dataclass(frozen=True)
class Record:
    """A notice as the back-check needs it (核对依据): its sentences, its annex tables, the names it may list."""

    sentences: tuple[Sentence, ...]
    grids: tuple[Grid, ...]
    names: Names


def record_of(notice: Notice, known: Iterable[str]) -> Record:
    """The record of a notice whose spans carry the ids of their figures; ``known`` are names that lists may hold."""
    lists = (span.text for paragraph in notice.paragraphs for span in paragraph.spans if _is_list(span))
    rows = tuple(row for annex in notice.annexes for row in annex.table.rows)
    cells = (span.text for row in rows for span in row if not span.figure and not _DIGIT_NAME.fullmatch(span.text))
    names = Names((*known, *cells, *(name for each in lists for name in each.split("、"))))
    paragraphs = [_marked(each.spans) for each in notice.paragraphs if each.role is not Role.DRAFT]
    for annex in notice.annexes:
        paragraphs += [(normal(annex.title), ()), *(_marked(lead.spans) for lead in annex.lead)]
    grids = (
        Grid(
            normal(annex.title),
            tuple(normal(column.heading) for column in annex.table.columns),
            tuple(tuple(Cell(normal(span.text), span.figure or "") for span in row) for row in annex.table.rows),
        )
        for annex in notice.annexes
    )
    return Record(tuple(sentences(paragraphs, names)), tuple(grids), names)


def _is_list(span: Span) -> bool:
    return span.figure is not None and span.figure.endswith(".names")


def _marked(spans: Iterable[Span]) -> tuple[str, tuple[Mark, ...]]:
    """A paragraph in its one spelling, and where it prints figures."""
    text, marks = "", []
    for span in spans:
        shown = normal(span.text)
        if span.figure:
            marks.append(Mark(len(text), len(text) + len(shown), span.figure))
        text += shown
    return text, tuple(marks)
