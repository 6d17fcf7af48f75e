"""The workbook that a unit returns: what is printed is locked, what is asked for is checked."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from pipeline.bulletin.feedback.facts import UnitFeedback, from_json
from pipeline.document.feedback import reply_workbook
from tests.feedback.conftest import DEADLINE, PLANTED_UNIT, Made
from tests.feedback.handmade import UNIT

_HEADINGS = ["问题编号", "网站（账号）", "问题", "整改情况", "说明", "链接", "完成日期", "是否申诉", "申诉理由"]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def book(made: Made) -> Any:
    return opened((made.out / "feedback" / f"{PLANTED_UNIT}-整改回执.xlsx").read_bytes())


def test_a_row_for_every_problem_of_the_sheet(made: Made, book: Any) -> None:
    rows = list(book["整改回执"].iter_rows(min_row=2, values_only=True))
    assert list(rows[0]) == _HEADINGS
    numbers = [row[0] for row in rows[1:]]
    assert numbers == [f"19-{number:03}" for number in range(1, len(numbers) + 1)]
    text = "".join(made.sheets[PLANTED_UNIT])
    assert f"（编号{numbers[0]}至{numbers[-1]}）" in text
    assert all(
        row[2].partition("：")[2].removesuffix("原文见反馈单") in text for row in rows[1:] if "不宜扩散" not in row[2]
    )
    assert sum("（不宜扩散：暗链）原文见反馈单" in row[2] for row in rows[1:]) == 1


def test_printed_cells_are_locked_and_the_others_open(book: Any) -> None:
    sheet = book["整改回执"]
    assert sheet.protection.sheet
    for row in sheet.iter_rows(min_row=3):
        assert [cell.protection.locked for cell in row] == [True] * 3 + [False] * 6
        assert row[0].number_format == "@" and row[6].number_format == "yyyy-mm-dd"


def test_drop_downs_and_dates(book: Any) -> None:
    rules = {str(rule.sqref).partition(":")[0][0]: rule for rule in book["整改回执"].data_validations.dataValidation}
    assert (rules["D"].type, rules["H"].type, rules["G"].type) == ("list", "list", "date")
    options = [row[1] for row in book["可填内容"].iter_rows(min_row=2, values_only=True)]
    assert {"已整改", "正在整改", "是", "否"} <= set(options)
    assert any(DEADLINE in str(cell) for row in book["填表说明"].iter_rows(values_only=True) for cell in row)


def test_no_day_is_given_where_none_is_set() -> None:
    pages = [reply_workbook(replace(UNIT, deadline=day)) for day in ("", DEADLINE)]
    texts = [
        [str(cell) for row in opened(page)["填表说明"].iter_rows(values_only=True) for cell in row] for page in pages
    ]
    assert [any(f"请于{DEADLINE}前" in text for text in told) for told in texts] == [False, True]
    assert not any("请于" in text for text in texts[0])


def test_bytes_depend_on_the_facts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = reply_workbook(UNIT)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert reply_workbook(UNIT) == first
    assert reply_workbook(replace(UNIT, deadline=DEADLINE)) != first


def test_only_units_with_problems_have_one(made: Made) -> None:
    units: tuple[UnitFeedback, ...] = from_json(made.artifacts["bulletin/feedback"])
    replies = {path.name.removesuffix("-整改回执.xlsx") for path in (made.out / "feedback").glob("*.xlsx")}
    assert replies == {f"{unit.number}-{unit.unit}" for unit in units if unit.problems}
