"""Layouts of delivered sheets as data (表式).

What lives here: the form of `data/reference/layouts/*.toml`. A layout says how a sheet is recognised and what its
columns mean. What must not: reading sheets; that is `ingest/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from pipeline.reference.models import Entry, Pattern
from pipeline.reference.names import normalise

Kind = Literal[
    "text",
    "code",
    "number",
    "date",
    "time",
    "choice",
    "veto",  # one of the choices, or a veto indicator of sites
    "unit",
    "platform",
    "indicator",
    "error_type",
    "error_status",
    "statement",
    "supplement",
]


Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Reading(Entry):
    """How cells are read (单元格的读法)."""

    kind: Kind = "text"
    blank: bool = False  # a cell may be empty
    empty: tuple[str, ...] = ()  # spellings that mean empty
    decimals: int = Field(2, ge=0)
    least: int = 0  # a number is not below it
    below: int = 10_000  # and is below that
    unit: str = "分"  # a number may end in it
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # number -> spellings, e.g. 0 -> 未扣分
    pattern: Pattern = ""  # a number inside a sentence: a regular expression with a group ``value``
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # canonical value -> spellings


class Column(Reading):
    """A column of a layout (列): the field it feeds, the headers it may carry, and what its cells hold."""

    field: str
    headers: Names
    required: bool = True  # the header must be there
    note: str = ""  # what a blank form says about it
    example: str = ""  # and shows, on its page of instructions
    personal: bool = False
    sensitive: bool = False  # may hold what must not be spread: then its kind stands in its place
    carried: bool = False  # a form of the office proposes what the quarter before had


class Members(Reading):
    """The values of registered members (矩阵): a column each, or a row each where ``name_headers`` are given.

    A matrix has a column for every registered name found in the last header row. A ledger (逐项台账) has a row for
    every name: ``name_headers`` is the column of the name, ``value_headers`` that of the value.
    """

    registry: Literal["indicator", "function"]
    field: str
    measure: Literal["score", "deduction"] = "score"  # of deduction indicators; a bonus is always a score
    not_applicable: tuple[str, ...] = ()
    name_headers: tuple[str, ...] = ()
    value_headers: tuple[str, ...] = ()


class Label(Reading):
    """A field that stands beside its label above the table (键值项): the next filled cell of the row is its value."""

    field: str
    names: Names


class Constant(Entry):
    """A field that the sheet does not carry because it is the same for every record (固定值)."""

    field: str
    value: str


class Summary(Entry):
    """A row of the sheet that sums up the others (汇总行): its cell under ``column`` is kept as ``field``."""

    pattern: Pattern
    column: str
    field: str


class Printed(Reading):
    """A row that a blank form has printed (预印行): the text of its key, and how its content is filled."""

    name: str
    note: str = ""
    example: str = ""
    initial: str = ""  # what the form proposes; {quarter}, {month} … stand for the words of the quarter
    carried: bool = False  # the form proposes what the quarter before had


class Layout(Entry):
    """A kind of sheet (表式)."""

    id: str
    title: str
    feeds: str = ""  # the layout whose place this one takes, when an agency delivers it in another form
    orientation: Literal["rows", "columns"] = "rows"  # a record is a row, or a column
    other_sheets: tuple[str, ...] = ()  # sheets of the same workbook that carry nothing for us
    sheet: str = ""  # a sheet of 季度信息 is known by its name; any other sheet by its headers
    required: bool = True
    header_rows: int = Field(1, ge=1)
    key: str  # field whose cell must be filled in a data row
    column: tuple[Column, ...]
    members: Members | None = None
    label: tuple[Label, ...] = ()
    constant: tuple[Constant, ...] = ()
    signature: tuple[str, ...] = ()  # further headers that tell the layout apart
    skip: tuple[Pattern, ...] = ()  # patterns of rows to pass over, matched at the first filled cell
    summary: tuple[Summary, ...] = ()
    none: tuple[str, ...] = ()  # spellings of a row, filled in one cell alone, that declares that there is nothing
    note: str = ""  # what a blank form says about the sheet
    order: int = 0  # its place among the sheets of a blank form
    row: tuple[Printed, ...] = ()  # of a blank form; other rows may be filled as well

    @property
    def target(self) -> str:
        """The layout that the cells count as (归入的表式)."""
        return self.feeds or self.id

    @property
    def ledger(self) -> bool:
        """Whether members have a row each (逐项台账)."""
        return self.members is not None and bool(self.members.name_headers)

    @property
    def readings(self) -> list[Column | Label | Members]:
        """Everything that says how cells are read (各种读法)."""
        return [*self.column, *self.label, *([self.members] if self.members else [])]

    @property
    def fields(self) -> list[str]:
        """The fields that a record gets, as often as the layout says so (各项)."""
        given = [item.field for item in self.constant]
        return [column.field for column in self.column] + [label.field for label in self.label] + given


def layout_faults(layout: Layout, layouts: Sequence[Layout]) -> Iterator[str]:
    """What contradicts itself in a layout, one Chinese clause per fault (表式的矛盾之处)."""
    yield from _repeated("id", (other.id for other in layouts if other.id == layout.id))
    yield from _repeated("field", layout.fields)
    yield from _repeated("headers", (name for column in layout.column for name in set(map(normalise, column.headers))))
    if layout.key not in layout.fields:
        yield f"key“{layout.key}”不是任何 column 或 label 的 field"
    for item in layout.summary:
        if item.column not in {column.field for column in layout.column}:
            yield f"summary 的 column“{item.column}”不是任何 column 的 field"
    for reading in layout.readings:
        if reading.kind == "choice" and not reading.choices:
            yield f"field“{reading.field}”的 kind 是 choice，却没有 choices"
        if reading.pattern and "value" not in re.compile(reading.pattern).groupindex:
            yield f"field“{reading.field}”的 pattern 没有名为 value 的组，应写作 (?P<value>…)"
    if layout.members and bool(layout.members.name_headers) != bool(layout.members.value_headers):
        yield "members 的 name_headers 与 value_headers 应当同时填写或者同时省略"
    if layout.feeds:
        yield from _feeding_faults(layout, [other for other in layouts if other.id == layout.feeds and not other.feeds])


def _feeding_faults(layout: Layout, target: Sequence[Layout]) -> Iterator[str]:
    """What a layout feeds must be there, and must know every field that it is given."""
    if not target:
        yield f"feeds“{layout.feeds}”不是任何原有表式的 id"
        return
    (native,) = target[:1]
    for field in (field for field in layout.fields if field not in native.fields):
        yield f"“{layout.feeds}”没有 field“{field}”"
    closed = {column.field: (column.personal, column.sensitive) for column in native.column}
    for column in layout.column:
        personal, sensitive = closed.get(column.field, (False, False))
        for name, asked, said in (("personal", personal, column.personal), ("sensitive", sensitive, column.sensitive)):
            if asked and not said:
                yield f"field“{column.field}”在“{layout.feeds}”中是 {name} = true，此处也应写明"
    theirs, ours = native.members, layout.members
    if theirs and (ours is None or (ours.registry, ours.field) != (theirs.registry, theirs.field)):
        yield f"members 应为 registry = “{theirs.registry}”、field = “{theirs.field}”，与“{layout.feeds}”一致"


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{what}“{value}”出现 {times} 次"
