"""Drawn quarters into the flow, below Dagster and without files (随机季度入流程).

What lives here: raw rows to the core tables by contract, and the steps from the gate on, with their blocking checks. A quarter is
run over plain frames, or over a warehouse in memory where the second reckoning in SQL and the document are wanted too.
What must not: recomputing, reading.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_summary
from pipeline.bulletin.submission import Submission, assemble_submission
from pipeline.contracts.contract import frame, primary_key, validate
from pipeline.contracts.tables import CONTRACTS
from pipeline.flow import CHECKS, GATE, LEDGER, STEPS, Context, execute, notice_of
from pipeline.quarter import Quarter
from pipeline.reference.frames import reference_frames
from pipeline.reference.models import Function, RuleBook
from pipeline.reference.registry import Registry, Roster, load_registry
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse
from tests.quarters.draw import Drawn, Row

PATHS = Paths(CODE_ROOT, CODE_ROOT / "data")
_KEYS = [step.key for step in STEPS]
_WRITTEN = STEPS[_KEYS.index(GATE) + 1 : _KEYS.index("bulletin/notice") + 1]
_COMPOSED = tuple(
    step for step in STEPS[_KEYS.index(GATE) + 1 : _KEYS.index("bulletin/document") + 1] if step.key != LEDGER
)


class Frames:
    """Tables and artifacts held as they are: a warehouse without SQL, for the steps that need none (内存表)."""

    def __init__(self) -> None:
        self._tables: dict[str, pl.DataFrame] = {}
        self._artifacts: dict[str, bytes] = {}

    def write(self, key: str, table: pl.DataFrame) -> None:
        self._tables[key] = table.sort(primary_key(key))

    def read(self, key: str) -> pl.DataFrame:
        return self._tables[key]

    def put(self, name: str, content: bytes) -> None:
        self._artifacts[name] = content

    def get(self, name: str) -> bytes:
        return self._artifacts[name]


@dataclasses.dataclass(frozen=True)
class Made:
    """What came of a quarter (成果): its notice, its summary, its facts file, and what blocking checks found."""

    notice: Notice
    summary: str
    facts: bytes
    problems: tuple[str, ...]

    @property
    def read(self) -> list[tuple[str, str]]:
        """The notice as a reader has it: paragraphs with their roles (通报文字)."""
        return [(paragraph.role.value, paragraph.text) for paragraph in self.notice.paragraphs]

    @property
    def tables(self) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
        """The annexes as a reader has them: titles, headings, rows (附件文字)."""
        return [
            (
                annex.title,
                tuple(column.heading for column in annex.table.columns),
                [tuple(span.text for span in row) for row in annex.table.rows],
            )
            for annex in self.notice.annexes
        ]


@cache
def _registry() -> Registry:
    return load_registry(PATHS.reference)


@cache
def _warehouse() -> Warehouse:
    return Warehouse(Path(":memory:"), PATHS.sql)


def roster_of(drawn: Drawn) -> Roster:
    """The registry of a drawn quarter (名录)."""
    kept, codes = {unit["id"] for unit in drawn.units}, {site["code"] for site in drawn.sites}
    known = _registry()
    return dataclasses.replace(
        known,
        units=tuple(unit for unit in known.units if unit.id in kept),
        sites=tuple(site for site in known.sites if site.code in codes),
        rule_books=tuple(RuleBook.model_validate(book) for book in drawn.world.books),
        functions=tuple(Function.model_validate(item) for item in drawn.world.functions),
    ).at(Quarter.parse(drawn.key))


def _rows(drawn: Drawn, table: str) -> list[Row]:
    """Rows of a core table with the places that a contract asks for; one row of a sheet each."""
    columns = set(CONTRACTS[f"core/{table}"].column_names())
    rows: list[Row] = []
    numbers: dict[Any, int] = {}
    for number, row in enumerate(drawn.rows[table], start=1):
        at = numbers.setdefault(row["site_code"], len(numbers) + 1) if "site_code" in row else number
        at = number if table in ("deduction", "error_report") else at
        sheet = "评分表" if table in ("site_result", "indicator_score") else table
        place = {"quarter": drawn.key, "file": f"{sheet}.xlsx", "sheet": sheet, "row_no": at, "cell": f"C{number}"}
        rows.append({name: value for name, value in (place | row).items() if name in columns})
    return rows


def _tables(drawn: Drawn, earlier: Mapping[str, bytes]) -> dict[str, pl.DataFrame]:
    core = {f"core/{table}": frame(f"core/{table}", _rows(drawn, table)) for table in drawn.rows}
    choices = ({"quarter": drawn.key} | row for row in drawn.choices.values())
    files = (
        {"quarter": drawn.key, "earlier": key, "file": f"前期/{key}.facts.json", "content": content.decode()}
        for key, content in earlier.items()
    )
    empty = ("raw/file", "raw/cell", "raw/finding", "raw/correction", GATE)
    return {
        **core,
        "core/info_choice": frame("core/info_choice", choices),
        "raw/earlier": frame("raw/earlier", files),
        **{key: frame(key, []) for key in empty},
    }


def findings(drawn: Drawn, earlier: Mapping[str, bytes]) -> set[str]:
    """The codes of what the gate finds; of what only delivered cells could show, nothing is known (检查发现)."""
    context = Context(PATHS, roster_of(drawn), _warehouse(), delivery=Path())
    for key, table in (reference_frames(context.roster) | _tables(drawn, earlier)).items():
        context.warehouse.write(key, table)
    execute(STEPS[_KEYS.index(GATE)], context)
    return set(context.table(GATE)["code"])


def note_of(drawn: Drawn, made: Made) -> Submission:
    """The note for the person who signs a drawn quarter (送审说明)."""
    roster = roster_of(drawn)
    tables = reference_frames(roster) | _tables(drawn, {})
    facts = BulletinFacts.from_json(made.facts)
    return assemble_submission(facts, "", (), tables[GATE], tables, roster, PATHS.templates)


def enter(drawn: Drawn, earlier: Mapping[str, bytes], *, whole: bool = False, paths: Paths = PATHS) -> Made:
    """Run a drawn quarter up to its notice; ``whole``: with SQL, and up to the document (入流程)."""
    roster = roster_of(drawn)
    store: Any = _warehouse() if whole else Frames()
    context = Context(paths, roster, store, delivery=Path())
    for key, table in (reference_frames(roster) | _tables(drawn, earlier)).items():
        store.write(key, validate(key, table) if whole else table)
    problems: list[str] = []
    for step in _COMPOSED if whole else _WRITTEN:
        execute(step, context)
        checks = [check for check in CHECKS if check.output in step.outputs]
        problems += [
            f"{check.name}：{text}"
            for check in checks
            if whole or not check.name.startswith("reconcile")
            for text in check.problems(context)
        ]
    facts = store.get("bulletin/facts")
    summary = write_summary(BulletinFacts.from_json(facts), paths.templates)
    return Made(notice_of(context), summary, facts, tuple(problems))
