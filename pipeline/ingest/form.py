"""A filled form read by itself, without the quarter that it belongs to (填好的表单).

What lives here: the rows of a workbook whose sheets are known by name, every cell with its place, and the findings of
reading. What must not: meaning of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Finding, Where
from pipeline.findings import finding
from pipeline.ingest.container import Grid, Unreadable, read_grids
from pipeline.ingest.recognise import Recognised, recognise
from pipeline.ingest.values import BadValue, read_value
from pipeline.reference.layouts import Column, Layout
from pipeline.reference.names import normalise
from pipeline.reference.registry import Roster


@dataclass(frozen=True)
class Filled:
    """A cell of a form (单元格): its place, its canonical value, empty where nothing or nothing readable stands, its text."""

    where: Where
    value: str
    text: str


Record = Mapping[str, Filled]


@dataclass(frozen=True)
class Form:
    """What a form says (表单内容): records of every layout whose sheet is there, and what is wrong with their cells."""

    records: Mapping[str, tuple[Record, ...]]
    findings: tuple[Finding, ...]


def read_form(name: str, data: bytes, layouts: Sequence[Layout], roster: Roster) -> Form:
    """Read every sheet that a layout names (读取表单). Bad data never raises: it becomes findings, all in one pass."""
    findings: list[Finding] = []
    records: dict[str, tuple[Record, ...]] = {}
    try:
        grids = read_grids(data)
    except Unreadable as error:
        return Form({}, (finding(error.code, Where(name), name, count=1, **error.places),))
    for layout in layouts:
        grid = next((item for item in grids if normalise(item.sheet) == normalise(layout.sheet)), None)
        if grid is None:
            continue
        found, near = recognise(grid, [layout], roster)
        if found:
            records[layout.id] = tuple(_records(name, grid, found[0], roster, findings))
        else:
            lacks = "、".join(near.lacks) if near else "表头"
            findings.append(finding("F102", Where(name, grid.sheet), grid.sheet, nearest=layout.title, lacks=lacks))
    return Form(records, tuple(findings))


def _records(name: str, grid: Grid, sheet: Recognised, roster: Roster, findings: list[Finding]) -> Iterator[Record]:
    columns = [column for column in sheet.layout.column if column.field in sheet.columns]
    for row in range(sheet.first_row, len(sheet.rows)):
        texts = {column.field: _text(sheet, row, column) for column in columns}
        if not any(texts.values()):
            continue
        record = {}
        for column in columns:
            text = texts[column.field]
            where = Where(name, grid.sheet, sheet.address(row, sheet.columns[column.field]))
            try:
                record[column.field] = Filled(where, _value(text, column, roster), text)
            except BadValue as error:
                record[column.field] = Filled(where, "", text)
                findings.append(finding(error.code, where, text, count=1, **error.places))
        yield record


def _text(sheet: Recognised, row: int, column: Column) -> str:
    texts, at = sheet.rows[row], sheet.columns[column.field]
    return texts[at].strip() if at < len(texts) else ""


def _value(text: str, column: Column, roster: Roster) -> str:
    if text:
        return read_value(text, column, column.headers[0], roster)
    if column.blank:
        return ""
    raise BadValue("C204", column=column.headers[0])
