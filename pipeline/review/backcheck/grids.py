"""Annex tables, cell by cell (附件表核对).

What lives here: which edited table is which, its rows and columns, its cells; tables that a plain text tells field by field.
What must not: sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.review.backcheck.differences import Difference, Verdict
from pipeline.review.backcheck.record import Cell, Grid
from pipeline.review.backcheck.tokens import Kind, normal

Rows = Sequence[Sequence[str]]
_FIELD = re.compile(r"\t|[ \u3000]{2,}")
_LABEL = re.compile(r"附件\d*")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


def take_tables(
    grids: Sequence[Grid], tables: Sequence[Rows], lines: list[str]
) -> tuple[list[Rows | None], list[Rows]]:
    """The table of each annex (认表), and the tables that belong to none.

    An annex without a table is looked for in the lines, as one row a line or one cell a line; its lines are taken out.
    """
    left: list[Rows] = [[[normal(cell) for cell in row] for row in table] for table in tables]
    found: list[Rows | None] = []
    for grid in grids:
        best = max(left, key=lambda table: _common(grid, table), default=None)
        if best is not None and _common(grid, best) * 2 >= len(grid.rows):
            left.remove(best)
            found.append(best)
        else:
            found.append(_in_lines(grid, lines))
    return found, left


def _names(rows: Rows, keys: Sequence[int]) -> set[str]:
    return {row[key] for row in rows for key in keys if key < len(row)}


def _common(grid: Grid, table: Rows) -> int:
    """How many rows of an annex a table names."""
    cells = {cell for row in table for cell in row}
    heads = sum(heading in cells for heading in grid.headings) == len(grid.headings)
    return sum(all(row[key].text in cells for key in grid.keys) for row in grid.rows) + heads * len(grid.rows) // 2


def _in_lines(grid: Grid, lines: list[str]) -> Rows | None:
    fields = [(at, normal(field)) for at, line in enumerate(lines) for field in _FIELD.split(line)]
    fields = [(at, field) for at, field in fields if field or "\t" in lines[at]]
    width = len(grid.headings)
    for start in range(len(fields) - width + 1):
        if all(fields[start + place][1] == heading for place, heading in enumerate(grid.headings)):
            break
    else:
        return None
    first, rest = fields[start][0], fields[start + width :]
    if rest and fields[start + width - 1][0] == first:  # one row a line
        rows: list[list[str]] = []
        last = first
        for at, field in rest:
            whole = [each for line, each in rest if line == at]
            if len(whole) < 2:
                break
            if at != last:
                rows.append([])
                last = at
            rows[-1].append(field)
    else:
        end = next((place for place, (_, field) in enumerate(rest) if _LABEL.fullmatch(field)), len(rest))
        cells = [field for _, field in rest[:end]]
        rows = [cells[at : at + width] for at in range(0, len(cells), width)]
        last = rest[end - 1][0] if end else first
    lines[first : last + 1] = [""] * (last + 1 - first)
    return rows


def compare_grid(grid: Grid, table: Rows | None) -> Iterator[Difference]:
    """The differences of an annex (附件表差异), cell by cell, in the order of the notice; then rows that it does not have."""
    if table is None:
        lost = sum(bool(cell.figure) for row in grid.rows for cell in row)
        yield Difference(Verdict.MISSING, Kind.TABLE, "", grid.title, "", "", "", grid.title, lost)
        return
    columns, rows = _columns(grid, table)
    partners = _partners(grid, columns, rows)
    taken = {partner for partner in partners if partner is not None}
    numbers = [place for place in range(len(grid.headings)) if _running(grid, place)]
    for row, partner in zip(grid.rows, partners, strict=True):
        name = "".join(row[key].text for key in grid.keys)
        if partner is None:
            shown = "、".join(cell.text for cell in row)
            figure = next((cell.figure for cell in row if cell.figure), "")
            lost = sum(bool(cell.figure) for cell in row)
            yield Difference(Verdict.MISSING, Kind.NUMBER, figure, shown, "", "", "", f"{grid.title}：{name}", lost)
            continue
        for place, (cell, heading) in enumerate(zip(row, grid.headings, strict=True)):
            now = rows[partner][columns[place]] if columns[place] < len(rows[partner]) else ""
            order = place in numbers and now == str(partner + 1)
            if now != cell.text and not order:
                yield _differing(grid, cell, now, name, heading)
    for at, extra in enumerate(rows):
        if at not in taken and any(map(_NUMBER.fullmatch, extra)):
            yield Difference(Verdict.UNSOURCED, Kind.NUMBER, "", "", "、".join(extra), "", "", grid.title)


def _differing(grid: Grid, cell: Cell, now: str, name: str, heading: str) -> Difference:
    kind = Kind.NUMBER if cell.figure or _NUMBER.fullmatch(cell.text) else Kind.NAMES
    verdict = Verdict.ALTERED if now else Verdict.MISSING
    return Difference(verdict, kind, cell.figure, cell.text, now, "", "", f"{grid.title}：{name}，{heading}")


def _running(grid: Grid, place: int) -> bool:
    return all(row[place].text == str(at) for at, row in enumerate(grid.rows, start=1))


def _columns(grid: Grid, table: Rows) -> tuple[list[int], list[Sequence[str]]]:
    """Where each column stands in the edited table, and the rows below its headings."""
    for at, row in enumerate(table[:3]):
        if sum(heading in row for heading in grid.headings) * 2 > len(grid.headings):
            places = [row.index(heading) if heading in row else None for heading in grid.headings]
            free = iter([place for place in range(len(row)) if place not in places])
            return [next(free, len(row)) if place is None else place for place in places], list(table[at + 1 :])
    return list(range(len(grid.headings))), list(table)


def _partners(grid: Grid, columns: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int | None]:
    """The row of the edited table for each row: that of the same names, else the most alike of those left, in order."""
    keys = [tuple(row[columns[key]] if columns[key] < len(row) else "" for key in grid.keys) for row in rows]
    free = dict.fromkeys(range(len(rows)))
    partners: list[int | None] = []
    for row in grid.rows:
        wanted = tuple(row[key].text for key in grid.keys)
        at = next((at for at in free if keys[at] == wanted), None)
        free.pop(at, None) if at is not None else None
        partners.append(at)
    for place, row in enumerate(grid.rows):
        if partners[place] is None and free:
            texts = [cell.text for cell in row]
            alike = {at: sum(a == b for a, b in zip_longest(texts, rows[at])) for at in free}
            at = max(alike, key=lambda each: alike[each])
            if alike[at] * 2 >= len(texts):
                partners[place] = at
                del free[at]
    return partners
