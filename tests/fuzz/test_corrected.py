"""A correction is as good as a mended sheet: drawn corrections give the findings and the rows of sheets that say so themselves."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl.utils.cell import get_column_letter

from tests.support.grids import memory_of_grids
from tests.support.quarter import ACCOUNTS, INFO, LEDGER, PORTALS, SCORES, Delivered

pytestmark = pytest.mark.slow
SHEETS = ((SCORES, PORTALS, 5, 20), (LEDGER, "扣分明细", 2, 70), (ACCOUNTS, "检查情况", 2, 60))
CLOSED = ("问题描述", "问题页面", "联系人", "联系电话")
VALUES = (
    "1",
    "0.5",
    "是",
    "不涉及",
    "东城区",
    "市教委",
    "2021-08-01",
    "2021年8月1日",
    "合格",
    "误报",
    "",
    "１",
    "1101010001",
)


def drawn(delivered: Delivered, seed: int) -> list[tuple[str, str, str, Any, str]]:
    """Corrections of different cells: file, sheet, cell, what stands there, what is to stand there."""
    draw = random.Random(seed)
    found: dict[tuple[str, str, str], tuple[Any, str]] = {}
    for _ in range(draw.randint(1, 4)):
        name, sheet, first, last = draw.choice(SHEETS)
        with delivered.edit(name) as book:
            rows = book[sheet]
            open_to = [at for at in range(1, rows.max_column + 1) if rows.cell(1, at).value not in CLOSED]
            place = f"{get_column_letter(draw.choice(open_to))}{draw.randint(first, last)}"
            other = draw.choice([rows.cell(draw.randint(first, last), 6).value, *VALUES])
            held = rows[place].value
            if str(other or "").strip() != str(held or "").strip():
                found[delivered.file(name).name, sheet, place] = held, str(other or "")
    return [(*place, *texts) for place, texts in found.items()]


def told(delivered: Delivered) -> tuple[list[tuple[Any, ...]], dict[str, pl.DataFrame]]:
    findings, rows = delivered.outcome()
    keys = ("code", "file", "sheet", "cell", "value", "message")
    return [tuple(item[key] for key in keys) for item in findings], rows


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    return Delivered.copy(tmp_path_factory.mktemp("thinned")).thin()


@pytest.mark.parametrize("seed", range(8))
def test_a_correction_is_as_good_as_a_mended_sheet(tmp_path: Path, thinned: Delivered, seed: int) -> None:
    mended, corrected = (Delivered.copy(tmp_path / name, data=thinned.root) for name in ("mended", "corrected"))
    corrections = drawn(mended, seed)
    for file, sheet, cell, _, text in corrections:
        with mended.edit(file) as book:
            book[sheet][cell] = text or None
    with corrected.edit(INFO) as book:
        for correction in corrections:
            book["更正"].append((*correction, "录入错误", "检测机构项目组", "2021-10-08"))
    with memory_of_grids():
        theirs, ours = told(mended), told(corrected)
    assert ours[0] == theirs[0]
    assert [key for key, frame in ours[1].items() if not frame.equals(theirs[1][key])] == []
