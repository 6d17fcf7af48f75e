"""Columns defined once: a name means one thing in every table (列的定义).

What lives here: factories of dataframely columns with their Chinese description. What must not: tables.
"""

from __future__ import annotations

from typing import Any

import dataframely as dy

SCORE_PRECISION, TOTAL_PRECISION, SCALE = 6, 12, 2


def key(description: str, **kw: Any) -> dy.String:
    """A text column of a primary key (主键)."""
    return dy.String(primary_key=True, min_length=1, description=description, **kw)


def text(description: str, **kw: Any) -> dy.String:
    """A text column, never null; it may be empty unless said otherwise (文本)."""
    return dy.String(description=description, **kw)


def name(description: str, **kw: Any) -> dy.String:
    """A text column that is never empty (名称、标识)."""
    return dy.String(min_length=1, description=description, **kw)


def count(description: str, **kw: Any) -> dy.Int64:
    """A count, at least 0 (个数)."""
    return dy.Int64(min=0, description=description, **kw)


def ordinal(description: str, **kw: Any) -> dy.Int64:
    """A place in an order, from 1 (序号)."""
    return dy.Int64(min=1, description=description, **kw)


def score(description: str, **kw: Any) -> dy.Decimal:
    """A score or deduction in points with two decimals (分值)."""
    return dy.Decimal(SCORE_PRECISION, SCALE, min=0, description=description, **kw)


def total(description: str, **kw: Any) -> dy.Decimal:
    """A sum of scores in points with two decimals (总分)."""
    return dy.Decimal(TOTAL_PRECISION, SCALE, min=0, description=description, **kw)


def flag(description: str, **kw: Any) -> dy.Bool:
    """Yes or no (是否)."""
    return dy.Bool(description=description, **kw)


def date(description: str, **kw: Any) -> dy.Date:
    """A day (日期)."""
    return dy.Date(description=description, **kw)


def moment(description: str, **kw: Any) -> dy.Datetime:
    """A local time to the second or finer (时间)."""
    return dy.Datetime(time_unit="us", description=description, **kw)


def quarter() -> dy.String:
    """The quarter of every row (季度)."""
    return dy.String(primary_key=True, regex=r"^\d{4}Q[1-4]$", description="季度")


def site_code(**kw: Any) -> dy.String:
    """The code of a website (网站标识码)."""
    return dy.String(regex=r"^(\d{10}|bm\d{8})$", description="网站标识码", **kw)


def site_group(**kw: Any) -> dy.String:
    """The group a site is scored in (网站分组)."""
    return dy.String(regex=r"^(district|department)$", description="网站分组", **kw)


def file(**kw: Any) -> dy.String:
    """The delivered file a row comes from (来源文件)."""
    return dy.String(min_length=1, description="来源文件", **kw)


def sheet(**kw: Any) -> dy.String:
    """The sheet a row comes from; empty for a text file (来源工作表)."""
    return dy.String(description="来源工作表", **kw)


def row_no(**kw: Any) -> dy.Int64:
    """The row a record comes from, from 1 (来源行)."""
    return dy.Int64(min=1, description="来源行", **kw)


def cell(**kw: Any) -> dy.String:
    """The cell a value comes from, e.g. H3 (来源单元格)."""
    return dy.String(regex=r"^[A-Z]{1,3}\d+$", description="来源单元格", **kw)
