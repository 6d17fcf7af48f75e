"""Which layout a sheet has, and where its columns are (表式识别).

What lives here: finding the header band by the layout's own headers. What must not: reading data rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from pipeline.findings import without_hidden
from pipeline.ingest.container import Grid, address
from pipeline.reference.layouts import Layout
from pipeline.reference.names import normalise
from pipeline.reference.registry import Roster

Rows = tuple[tuple[str, ...], ...]
Shown = Sequence[list[str]]  # the texts of the first rows as they look
NAME, VALUE = "member name", "member value"  # columns of a ledger
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
    rows: Rows  # records down the rows: of a layout whose records are columns the sheet is turned
    columns: dict[str, int]
    members: tuple[Member, ...]
    unknown: tuple[tuple[int, str], ...]  # matrix columns whose name no registry knows
    labels: dict[str, tuple[int, int]]  # fields beside a label: 0-based row and column of the value
    first_row: int
    repeated: tuple[tuple[str, int, tuple[int, ...]], ...]  # headers of one meaning: name, 0-based row, columns

    def address(self, row: int, column: int) -> str:
        """The address in the delivered sheet of a 0-based place in ``rows`` (原表地址)."""
        return address(row + 1, column + 1) if self.layout.orientation == "rows" else address(column + 1, row + 1)


@dataclass(frozen=True)
class Near:
    """A layout that does not fit, and the headers it lacks (最接近的表式)."""

    layout: Layout
    lacks: tuple[str, ...]

    @property
    def close(self) -> bool:
        """Whether at least half of the columns are there: the sheet is meant to be this one."""
        return len(self.lacks) * 2 <= len(self.layout.column) + len(self.layout.label)


def recognise(grid: Grid, layouts: Sequence[Layout], roster: Roster) -> tuple[list[Recognised], Near | None]:
    """The layouts whose required headers the sheet has, and the nearest one if none fits (识别表式)."""
    named = [layout for layout in layouts if layout.sheet and normalise(layout.sheet) == normalise(grid.sheet)]
    found, nearest = [], None
    for layout in named or [layout for layout in layouts if not layout.sheet]:
        best = _best_band(grid.rows if layout.orientation == "rows" else _turned(grid.rows), layout)
        if best is None:
            continue
        if not best.lacks:
            found.append(_locate(best, layout, roster))
        elif nearest is None or _distance(layout, best.lacks) < _distance(nearest.layout, nearest.lacks):
            nearest = Near(layout, best.lacks)
    return found, nearest if not found else None


def _turned(rows: Rows) -> Rows:
    """A sheet with rows and columns changed over (转置)."""
    return tuple(zip_longest(*rows, fillvalue=""))


def _distance(layout: Layout, lacks: tuple[str, ...]) -> tuple[float, bool]:
    """How far a sheet is from a layout; of equals the canonical form is nearer than an agency's."""
    return len(lacks) / (len(layout.column) + len(layout.label)), bool(layout.feeds)


@dataclass(frozen=True)
class _Band:
    rows: Rows
    top: int
    columns: dict[str, int]
    labels: dict[str, tuple[int, int]]
    headers: list[tuple[str, ...]]
    lacks: tuple[str, ...]
    repeated: dict[str, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.lacks)


def _best_band(rows: Rows, layout: Layout) -> _Band | None:
    """The band that lacks fewest headers. Of bands that overlap the last one: it holds the lowest header row."""
    shown = [[_shown(text) for text in row] for row in rows[: _HEADER_WITHIN + layout.header_rows]]
    bands = [_match(rows, shown, layout, top) for top in range(min(_HEADER_WITHIN, len(rows)))]
    if not bands:
        return None
    first = min(bands, key=len)
    return [band for band in bands if len(band) == len(first) and band.top < first.top + layout.header_rows][-1]


def _match(rows: Rows, shown: Shown, layout: Layout, top: int) -> _Band:
    headers = _headers(shown[top : top + layout.header_rows])
    wanted = {column.field: column.headers for column in layout.column}
    if layout.members is not None and layout.ledger:
        wanted |= {NAME: layout.members.name_headers, VALUE: layout.members.value_headers}
    columns: dict[str, int] = {}
    repeated: dict[str, tuple[int, ...]] = {}
    for field, names in wanted.items():
        known = set(map(normalise, names))
        places = tuple(at for at, path in enumerate(headers) if path and path[-1] in known)
        if places:
            columns[field] = places[0]
        if len(places) > 1:
            repeated[names[0]] = places
    found = {label.field: _beside(shown[:top], label.names) for label in layout.label}
    labels = {field: beside for field, beside in found.items() if beside is not None}
    present = {path[-1] for path in headers if path}
    optional = {column.field for column in layout.column if not column.required}
    lacks = tuple(names[0] for field, names in wanted.items() if field not in columns and field not in optional)
    lacks += tuple(label.names[0] for label in layout.label if label.field not in labels)
    lacks += tuple(name for name in layout.signature if normalise(name) not in present)
    return _Band(rows, top, columns, labels, headers, lacks, repeated)


def _beside(above: Shown, names: Sequence[str]) -> tuple[int, int] | None:
    """The place of the value that stands beside a label above the table: the next filled cell of its row."""
    known = set(map(normalise, names))
    for row, texts in enumerate(above):
        for at, text in enumerate(texts):
            if text.rstrip(":") in known:
                return next(((row, later) for later in range(at + 1, len(texts)) if texts[later]), None)
    return None


def _shown(header: str) -> str:
    """A header as it looks: characters that show nothing do not make it another one."""
    return normalise(without_hidden(header))


def _headers(band: Shown) -> list[tuple[str, ...]]:
    """The header path of each column: upper rows are filled to the right over merged cells that have a lower header."""
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
    if layout.members is not None and not layout.ledger:
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
    names = dict(band.repeated)
    for identity, times in Counter(member.identity for member in members).items():
        if times > 1:
            places = tuple(member.column for member in members if member.identity == identity)
            names[band.headers[places[0]][-1]] = places
    return Recognised(
        layout=layout,
        rows=band.rows,
        columns=band.columns,
        labels=band.labels,
        members=tuple(members),
        unknown=tuple(unknown),
        first_row=band.top + layout.header_rows,
        repeated=tuple((name, band.top + layout.header_rows - 1, places) for name, places in names.items()),
    )
