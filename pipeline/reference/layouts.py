"""Layouts of delivered sheets as data (表式).

What lives here: the form of `data/reference/layouts/*.toml`. A layout says how a sheet is recognised and what its
columns mean. What must not: reading sheets; that is `ingest/`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.reference.models import Entry

Kind = Literal[
    "text",
    "code",
    "number",
    "date",
    "time",
    "choice",
    "unit",
    "platform",
    "indicator",
    "error_type",
    "error_status",
    "statement",
]


class Reading(Entry):
    """How cells are read (单元格的读法)."""

    kind: Kind = "text"
    blank: bool = False  # a cell may be empty
    empty: tuple[str, ...] = ()  # spellings that mean empty
    decimals: int = 2
    least: int = 0  # a number is not below it
    unit: str = "分"  # a number may end in it
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # number -> spellings, e.g. 0 -> 未扣分
    pattern: str = ""  # a number inside a sentence: a regular expression with a group ``value``
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # canonical value -> spellings


class Column(Reading):
    """A column of a layout (列): the field it feeds, the headers it may carry, and what its cells hold."""

    field: str
    headers: tuple[str, ...]
    required: bool = True  # the header must be there
    personal: bool = False
    sensitive: bool = False  # may hold what must not be spread: then its kind stands in its place


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
    names: tuple[str, ...]


class Constant(Entry):
    """A field that the sheet does not carry because it is the same for every record (固定值)."""

    field: str
    value: str


class Summary(Entry):
    """A row of the sheet that sums up the others (汇总行): its cell under ``column`` is kept as ``field``."""

    pattern: str
    column: str
    field: str


class Layout(Entry):
    """A kind of sheet (表式)."""

    id: str
    title: str
    feeds: str = ""  # the layout whose place this one takes, when an agency delivers it in another form
    orientation: Literal["rows", "columns"] = "rows"  # a record is a row, or a column
    other_sheets: tuple[str, ...] = ()  # sheets of the same workbook that carry nothing for us
    sheet: str = ""  # a sheet of 季度信息 is known by its name; any other sheet by its headers
    required: bool = True
    header_rows: int = 1
    key: str  # field whose cell must be filled in a data row
    column: tuple[Column, ...]
    members: Members | None = None
    label: tuple[Label, ...] = ()
    constant: tuple[Constant, ...] = ()
    signature: tuple[str, ...] = ()  # further headers that tell the layout apart
    skip: tuple[str, ...] = ()  # patterns of rows to pass over, matched at the first filled cell
    summary: tuple[Summary, ...] = ()

    @property
    def target(self) -> str:
        """The layout that the cells count as (归入的表式)."""
        return self.feeds or self.id

    @property
    def ledger(self) -> bool:
        """Whether members have a row each (逐项台账)."""
        return self.members is not None and bool(self.members.name_headers)
