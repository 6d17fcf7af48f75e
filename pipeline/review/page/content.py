"""What the review page shows, from the notice, its ledger, its findings and earlier quarters (核稿页内容).

What lives here: the notice cut into pieces that point to the rows which explain them. What must not: HTML, coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import polars as pl

from pipeline.bulletin.blocks import Notice, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.document.text import annex_label
from pipeline.quarter import Quarter
from pipeline.review.explanations import Explanation
from pipeline.review.page.charts import Bars, Scores, Trend, accounts, scores, trends


@dataclass(frozen=True)
class Piece:
    """A stretch of text (文字): ``number`` of the row that explains it, 0 where it prints no figure."""

    text: str
    face: str
    number: int
    noted: bool


@dataclass(frozen=True)
class Line:
    """A paragraph of the notice (段落)."""

    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class AnnexTable:
    """An annex of the notice (附件)."""

    label: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True)
class Changed:
    """A figure that was printed otherwise last quarter (变化)."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class Found:
    """A finding as the page lists it (检查发现)."""

    number: int
    severity: str
    where: str
    value: str
    message: str


@dataclass(frozen=True)
class Page:
    """The whole page (核稿页)."""

    quarter: str
    title: str
    earlier: str
    noted: bool
    lines: tuple[Line, ...]
    annexes: tuple[AnnexTable, ...]
    rows: tuple[Explanation, ...]
    of_text: int  # how many of the rows are about the text; the others are about cells of the annexes
    scores: tuple[Scores, ...]
    accounts: Bars
    trends: tuple[Trend, ...]
    changes: tuple[Changed, ...]
    findings: tuple[Found, ...]


def page_of(
    facts: BulletinFacts,
    notice: Notice,
    rows: tuple[Explanation, ...],
    findings: pl.DataFrame,
    earlier: Iterable[BulletinFacts],
) -> Page:
    """The review page of a notice (核稿页).

    ``rows`` explain the figures in the order in which the notice prints them; ``findings`` has the columns of
    ``core/finding``.
    """
    known = {each.quarter: each for each in earlier}
    last = known.get(Quarter.parse(facts.quarter).previous.key)
    noted = frozenset(row.number for row in rows if row.remark)
    numbers = count(1)

    def pieces(spans: Iterable[Span]) -> tuple[Piece, ...]:
        return tuple(_pieces(spans, numbers, noted))

    lines = tuple(Line(line.role, pieces(line.spans)) for line in notice.paragraphs)
    return Page(
        quarter=facts.quarter,
        title="".join(line.text for line in notice.paragraphs if line.role == "title"),
        earlier=last.quarter if last else "",
        noted=bool(noted),
        lines=lines,
        annexes=tuple(
            AnnexTable(
                annex_label(notice, annex),
                annex.title,
                tuple(column.heading for column in annex.table.columns),
                tuple(tuple(pieces([cell]) for cell in row) for row in annex.table.rows),
            )
            for annex in notice.annexes
        ),
        rows=rows,
        of_text=sum(bool(piece.number) for line in lines for piece in line.pieces),
        scores=tuple(scores(facts)),
        accounts=accounts(facts),
        trends=tuple(trends(facts, known.values())),
        changes=tuple(_changes(facts, rows)),
        findings=tuple(_found(findings)),
    )


def _pieces(spans: Iterable[Span], numbers: Iterator[int], noted: frozenset[int]) -> Iterator[Piece]:
    for span in spans:
        number = 0 if span.figure is None else next(numbers)
        yield Piece(span.text, span.face, number, number in noted)


def _changes(facts: BulletinFacts, rows: Sequence[Explanation]) -> Iterator[Changed]:
    """The figures that were printed otherwise last quarter, each once, in order of appearance (变化)."""
    now = printed_figures(facts)
    first = {row.figure: row for row in reversed(rows) if row.before and row.figure in now}
    yield from (Changed(row.name, row.before, now[row.figure]) for row in reversed(first.values()))


def _found(findings: pl.DataFrame) -> Iterator[Found]:
    for row in findings.iter_rows(named=True):
        where = "　".join(part for part in (row["file"], row["sheet"], row["cell"]) if part)
        message = "".join(part for part in (row["message"], row["action"]) if part)
        yield Found(row["number"], row["severity"], where, row["value"], message)
