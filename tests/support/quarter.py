"""A quarter to break: a copied data root, its sheets opened for editing, and the findings that follow.

What lives here: copying, editing with openpyxl, running the flow up to its gate. What must not: assertions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.flow import GATE, STEPS, execute, open_context
from pipeline.settings import CODE_ROOT, Paths

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
    def copy(cls, root: Path, quarter: str = "2021Q3") -> Delivered:
        """Copy the registry and the sheets of a quarter."""
        shutil.copytree(CODE_ROOT / "data" / "reference", root / "reference")
        shutil.copytree(CODE_ROOT / "data" / "raw" / quarter, root / "raw" / quarter)
        return cls(root, quarter)

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
        """Run the flow up to its gate and return the findings as records."""
        context = open_context(Paths(CODE_ROOT, self.root), self.quarter)
        with context.warehouse:
            for step in STEPS:
                execute(step, context)
                if step.key == GATE:
                    break
            return context.table(GATE).to_dicts()


def row_of(sheet: Any, text: str) -> int:
    """The number of the first row that holds a text."""
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == text for cell in row))


def column_of(sheet: Any, header: str) -> str:
    """The letter of the first column with a header that starts with ``header``."""
    return next(
        cell.column_letter
        for row in sheet.iter_rows(max_row=4)
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(header)
    )
