"""What the review page shows, from the notice, its ledger, its findings and earlier quarters (核稿页内容).

What lives here: the notice cut into pieces that point to the rows which explain them. What must not: HTML, coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import polars as pl

from pipeline.bulletin.blocks import Notice, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.document.text import annex_label
from pipeline.quarter import Quarter
from pipeline.review.ledger.book import Derivation, Entry, Ledger
from pipeline.review.ledger.lineage import Source
from pipeline.review.ledger.sheet import shown, told
from pipeline.review.page.charts import Bars, Scores, Trend, accounts, scores, trends

_FEW = 4  # areas of a sheet that are shown before the rest is folded away


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
class Cells:
    """Cells behind a figure, in one sheet (来源): all of them, and in brief where they are many."""

    whole: str
    brief: str


@dataclass(frozen=True)
class Row:
    """What explains a figure as printed (数字依据)."""

    number: int
    figure: str
    name: str
    printed: str
    sentence: str
    reckoning: tuple[str, ...]
    sources: tuple[Cells, ...]
    notes: tuple[str, ...]


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
    rows: tuple[Row, ...]
    scores: tuple[Scores, ...]
    accounts: Bars
    trends: tuple[Trend, ...]
    changes: tuple[Changed, ...]
    findings: tuple[Found, ...]


def page_of(
    facts: BulletinFacts, notice: Notice, ledger: Ledger, findings: pl.DataFrame, earlier: Iterable[BulletinFacts]
) -> Page:
    """The review page of a notice (核稿页); ``findings`` has the columns of ``core/finding``."""
    remarks = {row["value"]: row["number"] for row in findings.iter_rows(named=True)}
    rows = [_row(entry, ledger.figures[entry.of], remarks.get(entry.of)) for entry in ledger.entries]
    known = {each.quarter: each for each in earlier}
    noted = frozenset(entry.number for entry in ledger.entries if entry.of in remarks)
    numbers = count(1)

    def pieces(spans: Iterable[Span]) -> tuple[Piece, ...]:
        return tuple(_pieces(spans, numbers, noted))

    last = known.get(Quarter.parse(facts.quarter).previous.key)
    return Page(
        quarter=facts.quarter,
        title="".join(line.text for line in notice.paragraphs if line.role == "title"),
        earlier=last.quarter if last else "",
        noted=bool(noted),
        lines=tuple(Line(line.role, pieces(line.spans)) for line in notice.paragraphs),
        annexes=tuple(
            AnnexTable(
                annex_label(notice, annex),
                annex.title,
                tuple(column.heading for column in annex.table.columns),
                tuple(tuple(pieces([cell]) for cell in row) for row in annex.table.rows),
            )
            for annex in notice.annexes
        ),
        rows=tuple(rows),
        scores=tuple(scores(facts)),
        accounts=accounts(facts),
        trends=tuple(trends(facts, known.values())),
        changes=tuple(_changes(facts, last, rows)) if last else (),
        findings=tuple(_found(findings)),
    )


def _row(entry: Entry, made: Derivation, remark: int | None) -> Row:
    return Row(
        number=entry.number,
        figure=entry.figure,
        name=made.name,
        printed=entry.printed,
        sentence=entry.sentence,
        reckoning=tuple(_reckoning(made)),
        sources=tuple(map(_cells, made.sources)),
        notes=tuple(_notes(made, remark)),
    )


def _cells(source: Source) -> Cells:
    few = replace(source, cells=source.cells[:_FEW])
    brief = f"{few}等{len(source.cells)}处" if len(source.cells) > _FEW + 1 else ""
    return Cells(str(source), brief)


def _reckoning(made: Derivation) -> Iterator[str]:
    """How a figure came to be, a line each (算法): its parts, its exact value, its rounding, who reckoned it."""
    for label, part in (("分子", made.numerator), ("分母", made.denominator)):
        if told(part):
            yield f"{label}：{told(part)}"
    yield f"精确值：{shown(made.exact)}{made.unit}"
    yield f"修约：{made.rounding}"
    if made.sql:
        yield f"两次计算一致：{made.measure}、{made.sql}"


def _notes(made: Derivation, remark: int | None) -> Iterator[str]:
    if made.given:
        yield made.given
    for item in made.corrections:
        yield f"更正：{item.sheet}!{item.cell} {item.delivered}→{item.corrected}（{item.reason}）"
    if remark:
        yield f"见检查发现第{remark}项"


def _pieces(spans: Iterable[Span], numbers: Iterator[int], noted: frozenset[int]) -> Iterator[Piece]:
    for span in spans:
        number = 0 if span.figure is None else next(numbers)
        yield Piece(span.text, span.face, number, number in noted)


def _changes(facts: BulletinFacts, last: BulletinFacts, rows: Sequence[Row]) -> Iterator[Changed]:
    """The figures of the notice that were printed otherwise last quarter, in order of appearance (变化)."""
    now, before = printed_figures(facts), printed_figures(last)
    first: Mapping[str, Row] = {row.figure: row for row in reversed(rows)}
    for figure, row in reversed(list(first.items())):
        if figure in now and figure in before and now[figure] != before[figure]:
            yield Changed(row.name, before[figure], now[figure])


def _found(findings: pl.DataFrame) -> Iterator[Found]:
    for row in findings.iter_rows(named=True):
        where = "　".join(part for part in (row["file"], row["sheet"], row["cell"]) if part)
        message = "".join(part for part in (row["message"], row["action"]) if part)
        yield Found(row["number"], row["severity"], where, row["value"], message)
