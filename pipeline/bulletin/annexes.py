"""Annexes of a notice: the score tables (附件).

What lives here: facts to tables of blocks. What must not: fonts, borders, page breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.bulletin.blocks import Align, Annex, Column, Span, Table
from pipeline.bulletin.facts import BulletinFacts, SiteRow
from pipeline.bulletin.phrasing import decimal_text

_NO_SCORE = "—"
_DISTRICT_COLUMNS = (
    Column("序号", 140),
    Column("区", 260),
    Column("扣分项得分", 320, Align.RIGHT),
    Column("加分项得分", 320, Align.RIGHT),
    Column("总分", 280, Align.RIGHT),
    Column("名次", 240),
)
_DEPARTMENT_COLUMNS = (
    Column("序号", 120),
    Column("主办单位", 470, Align.LEFT),
    Column("网站名称", 670, Align.LEFT),
    Column("得分", 160, Align.RIGHT),
    Column("名次", 130),
)


def score_annexes(facts: BulletinFacts) -> Iterator[Annex]:
    """The score tables of districts and of departments, in roster order (得分情况)."""
    districts = tuple(_district_row(number, row) for number, row in enumerate(facts.district_sites.rows, start=1))
    departments = tuple(_department_row(number, row) for number, row in enumerate(facts.department_sites.rows, start=1))
    label = facts.brief.quarter_label
    yield Annex(1, (label, "区政府门户网站", "检查得分情况"), Table(_DISTRICT_COLUMNS, districts))
    yield Annex(2, (label, "市级部门政府网站", "检查得分情况"), Table(_DEPARTMENT_COLUMNS, departments))


def _district_row(number: int, row: SiteRow) -> tuple[Span, ...]:
    return (
        Span(str(number)),
        Span(row.owner),
        _points(row, "base_score", row.base_score),
        _points(row, "bonus", row.bonus),
        _points(row, "score", row.score),
        _place(row),
    )


def _department_row(number: int, row: SiteRow) -> tuple[Span, ...]:
    return (Span(str(number)), Span(row.owner), Span(row.site), _points(row, "score", row.score), _place(row))


def _points(row: SiteRow, name: str, value: Decimal | None) -> Span:
    return Span(_NO_SCORE if value is None else decimal_text(value), figure=f"{row.id}.{name}")


def _place(row: SiteRow) -> Span:
    return Span(_NO_SCORE if row.place is None else str(row.place), figure=f"{row.id}.place")
