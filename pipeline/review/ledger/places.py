"""Cells folded to ranges, and ranges asked for a cell (单元格区域).

What lives here: pure functions on addresses such as ``H3`` and ranges such as ``H3:H18``. What must not: files, figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.ingest.container import address, column_number

_CELL = re.compile(r"([A-Z]+)([1-9]\d*)", re.ASCII)
_RANGE = re.compile(r"([A-Z]+[1-9]\d*)(?::([A-Z]+[1-9]\d*))?", re.ASCII)


@lru_cache(maxsize=65_536)
def position(cell: str) -> tuple[int, int]:
    """Column and row of an address, from 1 (单元格位置). Raises ``ValueError``.

    >>> position("H3")
    (8, 3)
    """
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(cell)
    return column_number(match[1]), int(match[2])


def fold(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells as compact ranges, by column and row; each cell is in one of them (归并为区域).

    >>> fold(["B2", "B3", "C2", "C3", "E9"])
    ('B2:C3', 'E9')
    """
    columns: dict[int, set[int]] = defaultdict(set)
    for cell in cells:
        column, row = position(cell)
        columns[column].add(row)
    open_: dict[tuple[int, int], int] = {}  # rows of a rectangle that reaches the column before, and where it begins
    done: list[tuple[int, int, int, int]] = []
    for column in range(min(columns, default=1), max(columns, default=0) + 2):
        runs = set(_runs(columns.get(column, set())))
        for rows in [rows for rows in open_ if rows not in runs]:
            done.append((open_.pop(rows), rows[0], column - 1, rows[1]))
        for rows in runs:
            open_.setdefault(rows, column)
    return tuple(_written(*corners) for corners in sorted(done))


def _runs(rows: set[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow each other, as first and last."""
    for first in sorted(row for row in rows if row - 1 not in rows):
        last = first
        while last + 1 in rows:
            last += 1
        yield first, last


def _written(left: int, top: int, right: int, bottom: int) -> str:
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"


def holds(area: str, cell: str) -> bool:
    """Whether a range holds a cell (区域是否包含单元格).

    >>> holds("B2:C3", "C2"), holds("E9", "E8")
    (True, False)
    """
    match = _RANGE.fullmatch(area)
    if match is None:
        return False
    (left, top), (right, bottom) = position(match[1]), position(match[2] or match[1])
    column, row = position(cell)
    return left <= column <= right and top <= row <= bottom


def unfold(area: str) -> Iterator[str]:
    """The cells of a range, row by row (展开区域).

    >>> list(unfold("B2:C3"))
    ['B2', 'C2', 'B3', 'C3']
    """
    match = _RANGE.fullmatch(area)
    if match:
        (left, top), (right, bottom) = position(match[1]), position(match[2] or match[1])
        yield from (address(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
