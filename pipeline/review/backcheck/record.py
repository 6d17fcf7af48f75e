"""What the back-check compares with: the sentences of a notice, with the figures that they print (核对依据).

What lives here: sentences of either side, the record of a notice. What must not: alignment, verdicts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.review.backcheck.tokens import Mark, Names, Token, normal, tokenise
from pipeline.review.ledger.book import Entry, Ledger

_END = re.compile(r"[。！？]+")
_PUNCTUATION = re.compile(r"[^\w%.−－-]|\.(?!\d)")
_NUMBERING = re.compile(
    r"(?:附件：)?(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|（\d{1,2}）|\d{1,2}(?:[、．]|\.(?!\d)|\.(?=\d{4}年)))"
)
_LABEL = re.compile(r"附件\d*")
_DIGIT_NAME = re.compile(r"[\d.%—-]*")


@dataclass(frozen=True)
class Sentence:
    """A sentence in its one spelling with its tokens (句). ``paragraph`` counts the paragraphs that are not empty."""

    text: str
    tokens: tuple[Token, ...]
    paragraph: int

    @cached_property
    def key(self) -> str:
        """What makes it the same sentence wherever it stands: its words and numbers with their signs, without punctuation."""
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


def record_of(text: str, ledger: Ledger) -> Record:
    """The record of a notice (核对依据), from its plain text and its ledger: `bulletin.txt` and `figures.json`.

    The ledger counts every paragraph and every cell as a line.
    """
    printed: dict[int, list[Entry]] = defaultdict(list)
    for entry in ledger.entries:
        printed[entry.line].append(entry)
    grids: list[Grid] = []
    paragraphs: list[tuple[str, tuple[Mark, ...]]] = []
    number = 1
    in_table = False
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) > 1 and in_table:
            figures = ([entry.figure for entry in printed[number + at]] or [""] for at in range(len(fields)))
            row = tuple(Cell(normal(field), figure) for field, (figure, *_) in zip(fields, figures, strict=True))
            grids[-1] = replace(grids[-1], rows=(*grids[-1].rows, row))
        elif len(fields) > 1:
            grids.append(Grid(paragraphs[-1][0], tuple(map(normal, fields)), ()))
        elif not _LABEL.fullmatch(line):
            paragraphs.append(_marked(line, printed[number]))
        in_table = len(fields) > 1
        number += len(fields)
    cells = (row[key].text for grid in grids for row in grid.rows for key in grid.keys)
    members = (name for figure in ledger.figures.values() for name in figure.members)
    lists = (name for entry in ledger.entries if entry.figure.endswith(".names") for name in entry.printed.split("、"))
    names = Names((*members, *cells, *lists), normal(text))
    return Record(tuple(sentences(paragraphs, names)), tuple(grids), names)


def _marked(text: str, entries: Iterable[Entry]) -> tuple[str, tuple[Mark, ...]]:
    """A paragraph in its one spelling, and where it prints figures."""
    marks = []
    for entry in entries:
        start = len(normal(text[: entry.at]))
        marks.append(Mark(start, start + len(normal(entry.printed)), entry.figure))
    return normal(text), tuple(marks)
