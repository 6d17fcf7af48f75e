"""A notice with what is not sure marked, and the list of what is open (待核标记).

What lives here: 【待核3】 in place of figures and names, after conclusions that rest on them; the last page. What must not:
deciding what is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from pipeline.bulletin.blocks import Align, Annex, Column, Notice, Paragraph, Role, Span, Table
from pipeline.bulletin.facts import Choice
from pipeline.bulletin.phrasing import spans
from pipeline.review.ledger.lineage import matched
from pipeline.review.ledger.printed import Printed

MARK = "草稿"
_SHOWN = 3
_SITE = re.compile(r"_sites\.rows\.")
_COLUMNS = (
    Column("编号", 140),
    Column("文件", 420, Align.LEFT),
    Column("工作表", 260, Align.LEFT),
    Column("单元格", 180),
    Column("待核的内容", 1200, Align.LEFT),
)


def mark(numbers: Iterable[int]) -> str:
    """The mark of what is not sure, with the numbers of the findings: 【待核3、7】 (待核标记).

    >>> mark([3, 7]), mark([1, 2, 3, 4]), mark([])
    ('【待核3、7】', '【待核1、2、3等】', '【待核】')
    """
    told = [number for number in numbers if number]
    return f"【待核{'、'.join(map(str, told[:_SHOWN]))}{'等' if len(told) > _SHOWN else ''}】"


@dataclass
class Marker:
    """Marks what rests on figures that are not sure (标记): ``unsure`` by id, ``uses`` figures of statements as patterns."""

    unsure: Mapping[str, tuple[int, ...]]
    uses: Mapping[str, frozenset[str]]
    figures: tuple[str, ...]
    silent: dict[str, tuple[int, ...]] = field(default_factory=dict)  # statements that might have been said

    def said(self, choice: Choice, words: str) -> str:
        """A statement's words; a conclusion without a figure of its own that rests on unsure ones is marked (语句)."""
        numbers = self._numbers(choice.id)
        if not numbers:
            return words
        if not words:
            if choice.enabled and choice.naming != "none":
                self.silent[choice.id] = numbers
            return words
        told = any(self._of(span) in self.unsure for span in spans(words) if span.figure)
        return words if told else words + mark(numbers)

    def _numbers(self, statement: str) -> tuple[int, ...]:
        patterns = self.uses.get(statement, frozenset())
        used = [key for key, own in matched(self.figures, patterns).items() if own]
        return tuple(sorted({number for key in used for number in self.unsure.get(key, ())}))

    def notice(self, notice: Notice) -> Notice:
        """The notice with a mark in place of every figure and list of names that is not sure (全文)."""
        paragraphs = (Paragraph(item.role, self._spans(item.spans)) for item in notice.paragraphs)
        annexes = (
            replace(annex, table=replace(annex.table, rows=tuple(map(self._row, annex.table.rows))))
            for annex in notice.annexes
        )
        return Notice((Paragraph(Role.DRAFT, (Span(MARK),)), *paragraphs), tuple(annexes))

    def _row(self, row: tuple[Span, ...]) -> tuple[Span, ...]:
        """A row of a table; one that only the data list is unsure as a whole, a site of the roster is not."""
        unsure = sorted({number for span in row for number in self.unsure.get(self._of(span), ())})
        if not any(self._of(span) in self.unsure for span in row) or any(_SITE.search(self._of(span)) for span in row):
            return self._spans(row)
        return (row[0], *(Span(mark(unsure)) for _ in row[1:]))

    def _spans(self, row: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            Span(mark(self.unsure[key]), face=span.face) if (key := self._of(span)) in self.unsure else span
            for span in row
        )

    @staticmethod
    def _of(span: Span) -> str:
        return Printed(0, 0, span.figure or "", "", "").of


def open_list(number: int, findings: pl.DataFrame, notes: Iterable[str]) -> Annex:
    """The last page: every open finding, and what else is to be said of the draft (待核事项)."""
    errors = findings.filter(pl.col("severity") == "error").iter_rows(named=True)
    rows = tuple(
        tuple(
            map(Span, (str(row["number"]), row["file"], row["sheet"], row["cell"], f"{row['message']}{row['action']}"))
        )
        for row in errors
    )
    lead = tuple(Paragraph(Role.BODY, (Span(note),)) for note in notes)
    return Annex(number, ("待核事项",), Table(_COLUMNS, rows), lead, landscape=True)
