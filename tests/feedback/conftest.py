"""One run of 2021Q3 with a planted text in one unit's evidence, shared by all tests of what goes to units."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.document.reading import read_docx
from pipeline.flow import open_context, run_flow
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import ACCOUNTS, DEPARTMENTS, INFO, LEDGER, PORTALS, REPORTS, SCORES, Delivered

PLANTED = "zq7planted"
PLANTED_UNIT = "19-市科委"
PLANTED_VETO = "zq8planted"
PLANTED_ROW = 6  # of the ledger: a confirmed problem of that unit
DEADLINE = "2021年12月10日"


@dataclass
class Made:
    """A run, what it gave, and the delivered sheets as plain Python reads them."""

    delivered: Delivered
    artifacts: dict[str, bytes] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.delivered.root / "out" / self.delivered.quarter

    @cached_property
    def sheets(self) -> dict[str, list[str]]:
        """Paragraphs and cells of every feedback sheet, by the name of its file."""
        return {path.stem: read_docx(path.read_bytes()) for path in sorted((self.out / "feedback").glob("*.docx"))}

    @cached_property
    def facts(self) -> BulletinFacts:
        return BulletinFacts.from_json((self.out / "machine" / "facts.json").read_bytes())

    @cached_property
    def scores(self) -> list[dict[str, Any]]:
        """Rows of both score sheets by heading; an indicator is called without its points."""
        rows = []
        for title in (PORTALS, DEPARTMENTS):
            grid = [
                list(row)
                for row in openpyxl.load_workbook(self.delivered.file(SCORES))[title].iter_rows(values_only=True)
            ]
            at = next(number for number, row in enumerate(grid) if row[0] == "序号")
            heads = [
                str(low or high or "").partition("\n")[0] for high, low in zip(grid[at], grid[at + 1], strict=True)
            ]
            rows += [
                dict(zip(heads, row, strict=True)) | {"组": title} for row in grid[at + 2 :] if str(row[0]).isdigit()
            ]
        return rows

    @cached_property
    def ledger(self) -> list[dict[str, Any]]:
        return _records(self.delivered.file(LEDGER), "扣分明细")

    @cached_property
    def accounts(self) -> list[dict[str, Any]]:
        return _records(self.delivered.file(ACCOUNTS), "检查情况")

    @cached_property
    def messages(self) -> list[dict[str, str]]:
        with self.delivered.file(REPORTS).open(encoding="gb18030", newline="") as stream:
            return list(csv.DictReader(stream))


def _records(path: Path, title: str) -> list[dict[str, Any]]:
    heads, *rows = openpyxl.load_workbook(path)[title].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows if row[0]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """2021Q3 with a sensitive problem planted in one unit, a day by which to report, and two messages left open."""
    delivered = Delivered.copy(tmp_path_factory.mktemp("feedback"))
    with delivered.edit(LEDGER) as book:
        sheet = book["扣分明细"]
        sheet[f"G{PLANTED_ROW}"] = f"页面底部存在暗链，指向{PLANTED}"
        sheet[f"H{PLANTED_ROW}"] = f"http://{PLANTED}.invalid/x"
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        failed = next(row for row in sheet.iter_rows(min_row=2) if row[5].value == "不合格")
        failed[6].value = f"发布错敏词“{PLANTED_VETO}”"
    with delivered.edit(INFO) as book:
        book["基本信息"].append(("整改报送期限", DEADLINE, None))
        book["基本信息"].append(("附件", "区得分表（按得分）、部门得分表、留言办理情况表", None))
    with delivered.edit_reports() as rows:
        for row in (rows[1], rows[-1]):
            row[8], row[10] = "受理", ""
    run = Made(delivered)
    context = open_context(Paths(CODE_ROOT, delivered.root), delivered.quarter)
    with context.warehouse:
        for _, outputs in run_flow(context):
            run.artifacts |= {key: content for key, content in outputs.items() if isinstance(content, bytes)}
    return run
