"""Which layout a sheet has, and where its columns are (表式识别).

What lives here: finding the header band by the layout's own headers. What must not: reading data rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.container import Grid
from pipeline.reference.layouts import Column, Layout
from pipeline.reference.names import normalise
from pipeline.reference.registry import Roster

_HEADER_WITHIN = 15  # rows from the top of a sheet in which a header may start
_POINTS = re.compile(r"\((\d+(?:\.\d+)?)分\)$")


@dataclass(frozen=True)
class Member:
    """A matrix column (矩阵列): its 0-based column, the member's id, and the points its header declares."""

    column: int
    identity: str
    points: str


@dataclass(frozen=True)
class Recognised:
    """A sheet with its layout and the places of its columns (识别结果); columns and rows are 0-based."""

    layout: Layout
    grid: Grid
    columns: dict[str, int]
    labels: dict[str, str]
    members: tuple[Member, ...]
    unknown: tuple[tuple[int, str], ...]  # matrix columns whose name no registry knows
    first_row: int


@dataclass(frozen=True)
class Near:
    """A layout that does not fit, and the headers it lacks (最接近的表式)."""

    layout: Layout
    lacks: tuple[str, ...]


def recognise(grid: Grid, layouts: Sequence[Layout], roster: Roster) -> tuple[list[Recognised], Near | None]:
    """The layouts whose required headers the sheet has, and the nearest one if none fits (识别表式)."""
    named = [layout for layout in layouts if layout.sheet and layout.sheet == grid.sheet]
    found, nearest = [], None
    for layout in named or [layout for layout in layouts if not layout.sheet]:
        best = _best_band(grid, layout)
        if best is None:
            continue
        if not best.lacks:
            found.append(_locate(best, layout, roster))
        elif nearest is None or len(best.lacks) / len(layout.column) < len(nearest.lacks) / len(nearest.layout.column):
            nearest = Near(layout, best.lacks)
    return found, nearest if not found else None


@dataclass(frozen=True)
class _Band:
    grid: Grid
    top: int
    columns: dict[str, int]
    headers: list[tuple[str, ...]]
    lacks: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lacks)


def _best_band(grid: Grid, layout: Layout) -> _Band | None:
    """The band that lacks fewest headers. Of bands that overlap the last one: it holds the lowest header row."""
    bands = [_match(grid, layout, top) for top in range(min(_HEADER_WITHIN, len(grid.rows)))]
    if not bands:
        return None
    first = min(bands, key=len)
    return [band for band in bands if len(band) == len(first) and band.top < first.top + layout.header_rows][-1]


def _match(grid: Grid, layout: Layout, top: int) -> _Band:
    headers = _headers(grid, top, layout.header_rows)
    columns: dict[str, int] = {}
    for column in layout.column:
        wanted = {normalise(name) for name in column.headers}
        place = next((at for at, path in enumerate(headers) if path and path[-1] in wanted), None)
        if place is not None:
            columns[column.field] = place
    present = {path[-1] for path in headers if path}
    lacks = tuple(c.headers[0] for c in layout.column if c.required and c.field not in columns)
    lacks += tuple(name for name in layout.signature if normalise(name) not in present)
    return _Band(grid, top, columns, headers, lacks)


def _headers(grid: Grid, top: int, depth: int) -> list[tuple[str, ...]]:
    """The header path of each column: upper rows are filled to the right over merged cells that have a lower header."""
    band = [[normalise(text) for text in row] for row in grid.rows[top : top + depth]]
    if not band:
        return []
    width = max(map(len, band))
    band = [row + [""] * (width - len(row)) for row in band]
    for upper, lower in pairwise(band):
        for at in range(1, width):
            if not upper[at] and lower[at]:
                upper[at] = upper[at - 1]
    return [tuple(row[at] for row in band if row[at]) for at in range(width)]


def _locate(band: _Band, layout: Layout, roster: Roster) -> Recognised:
    members, unknown = [], []
    if layout.members is not None:
        index = roster.indicator_index if layout.members.registry == "indicator" else roster.function_index
        level1 = {normalise(item.level1) for item in roster.rule_book.indicator}
        taken = set(band.columns.values())
        for at, path in enumerate(band.headers):
            if at in taken or not path:
                continue
            points = _POINTS.search(path[-1])
            name = path[-1][: points.start()] if points else path[-1]
            if name in index:
                members.append(Member(at, index[name], points[1] if points else ""))
            elif points or (len(path) > 1 and path[0] in level1):
                unknown.append((at, name))
    return Recognised(
        layout=layout,
        grid=band.grid,
        columns=band.columns,
        labels={field: band.headers[at][-1] for field, at in band.columns.items()},
        members=tuple(members),
        unknown=tuple(unknown),
        first_row=band.top + layout.header_rows,
    )


def column_of(layout: Layout, field: str) -> Column:
    """The column of a layout that feeds a field (列)."""
    return next(column for column in layout.column if column.field == field)
