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


class Column(Entry):
    """A column of a layout (列): the field it feeds, the headers it may carry, and what its cells hold."""

    field: str
    headers: tuple[str, ...]
    kind: Kind = "text"
    required: bool = True  # the header must be there
    blank: bool = False  # a cell may be empty
    empty: tuple[str, ...] = ()  # spellings that mean empty
    decimals: int = 2
    personal: bool = False
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # canonical value -> spellings


class Members(Entry):
    """The columns of a matrix (矩阵列): every registered name found in the last header row is a member."""

    registry: Literal["indicator", "function"]
    field: str
    kind: Kind
    decimals: int = 2
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    blank: bool = False
    empty: tuple[str, ...] = ()


class Summary(Entry):
    """A row of the sheet that sums up the others (汇总行): its cell under ``column`` is kept as ``field``."""

    pattern: str
    column: str
    field: str


class Layout(Entry):
    """A kind of sheet (表式)."""

    id: str
    title: str
    sheet: str = ""  # a sheet of 季度信息 is known by its name; any other sheet by its headers
    required: bool = True
    header_rows: int = 1
    key: str  # field whose cell must be filled in a data row
    column: tuple[Column, ...]
    members: Members | None = None
    signature: tuple[str, ...] = ()  # further headers that tell the layout apart
    skip: tuple[str, ...] = ()  # patterns of rows to pass over, matched at the first filled cell
    summary: tuple[Summary, ...] = ()
