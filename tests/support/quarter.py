"""A quarter to break: a copied data root, its sheets opened for editing, and the findings that follow.

What lives here: copying, editing with openpyxl, running the flow up to its gate. What must not: assertions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from pipeline.flow import GATE, STEPS, Context, Step, execute
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse

INFO = "季度信息.xlsx"
SCORES = "政府网站检查评分表"
LEDGER = "政府网站扣分明细"
ACCOUNTS = "政务新媒体检查情况表"
FUNCTIONS = "网站功能建设情况表"
REPORTS = "“我为政府网站找错”留言台账.csv"
PORTALS, DEPARTMENTS = "区政府门户网站", "市级部门政府网站"


@dataclass(frozen=True)
class Delivered:
    """The delivery of one quarter in a data root of its own (交付材料)."""

    root: Path
    quarter: str

    @classmethod
    def copy(cls, root: Path, quarter: str = "2021Q3", data: Path = CODE_ROOT / "data") -> Delivered:
        """Copy the registry and the sheets of a quarter."""
        for part in (Path("reference"), Path("raw") / quarter):
            shutil.copytree(data / part, root / part)
        return cls(root, quarter)

    def thin(self) -> Delivered:
        """Keep the quoted, the failed and the first accounts and the first messages only: no check needs them all."""
        with self.edit(INFO) as book:
            quoted = {row[3] for row in book["典型做法"].iter_rows(min_row=2, values_only=True)}
        with self.edit(ACCOUNTS) as book:
            sheet = book["检查情况"]
            listed = [*sheet.iter_rows(values_only=True)]
            rows = [row for row in listed if row[1] in quoted] + [row for row in listed[41:] if "不合格" in row]
            sheet.delete_rows(42, sheet.max_row)
            for row in rows:
                sheet.append(row)
        with self.edit_reports() as rows:
            del rows[40:]
        return self

    @property
    def folder(self) -> Path:
        return self.root / "raw" / self.quarter

    def file(self, name: str) -> Path:
        """The delivered file whose name holds ``name``."""
        (path,) = (path for path in self.folder.iterdir() if name in path.name)
        return path

    @contextmanager
    def edit(self, name: str) -> Iterator[Any]:
        """Open a workbook, let the test change it, save it in place."""
        path = self.file(name)
        book = openpyxl.load_workbook(path)
        yield book
        book.save(path)

    @contextmanager
    def edit_reports(self) -> Iterator[list[list[str]]]:
        """Open the ledger of messages as lists of fields (no field of the samples holds a comma), save it in place."""
        path = self.file(REPORTS)
        rows = [line.split(",") for line in path.read_text("gb18030").splitlines()]
        yield rows
        path.write_text("".join(",".join(row) + "\r\n" for row in rows), "gb18030", newline="")

    def findings(self) -> list[dict[str, Any]]:
        """Run the flow up to its gate, in memory, and return the findings as records."""
        shared = _in_memory(self.quarter)
        return run_to_gate(replace(shared, paths=Paths(CODE_ROOT, self.root)), STEPS[1:])

    def outcome(self) -> tuple[list[dict[str, Any]], dict[str, pl.DataFrame]]:
        """The findings, and the typed rows of every core table without their places and in an order of their own."""
        findings, frames = self.findings(), {}
        for key in (step.key for step in STEPS if step.key.startswith("core/") and step.key != GATE):
            rows = _in_memory(self.quarter).table(key).drop("file", "sheet", "row_no", "cell", strict=False)
            frames[key] = rows.sort(rows.columns)
        return findings, frames


def run_to_gate(context: Context, steps: Sequence[Step] = STEPS) -> list[dict[str, Any]]:
    """Run the steps up to the gate and return the findings as records."""
    for step in steps:
        execute(step, context)
        if step.key == GATE:
            break
    return context.table(GATE).to_dicts()


@cache
def _in_memory(quarter: str) -> Context:
    """A warehouse in memory with the registry in it, shared by all tests: a step replaces its whole tables."""
    paths = Paths(CODE_ROOT, CODE_ROOT / "data")
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    context = Context(paths, roster, Warehouse(Path(":memory:"), paths.sql))
    execute(STEPS[0], context)
    return context


def row_of(sheet: Any, text: str) -> int:
    """The number of the first row that holds a text."""
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == text for cell in row))


def column_of(sheet: Any, header: str) -> str:
    """The letter of the first column with a header; points below the name of an indicator do not count."""
    return next(
        cell.column_letter
        for row in sheet.iter_rows(max_row=4)
        for cell in row
        if isinstance(cell.value, str) and cell.value.partition("\n")[0] == header
    )
