"""季度信息: what the office itself fills."""

from __future__ import annotations

import pytest

from tests.support.quarter import ACCOUNTS, INFO, Delivered, row_of
from tests.support.told import assert_told


def test_the_quarter_of_another_folder(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["基本信息"]["B2"] = "2021年第二季度"
    assert_told(delivered, ("I502", INFO, "基本信息", "B2", "2021年第二季度", 1))


def test_the_quarter_may_be_written_as_its_key(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["基本信息"]["B2"] = "2021Q3"
    assert delivered.findings() == []


@pytest.mark.parametrize("item", ["季度", "同意机关", "新媒体统计截至", "结束语"])
def test_an_item_that_nobody_filled(delivered: Delivered, item: str) -> None:
    with delivered.edit(INFO) as book:
        row = row_of(book["基本信息"], item)
        book["基本信息"][f"B{row}"] = None
    assert_told(delivered, ("I501", INFO, "基本信息", f"B{row}", item, 1))


def test_an_item_whose_row_is_gone(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["基本信息"].delete_rows(row_of(book["基本信息"], "检查依据文件"))
    assert_told(delivered, ("I501", INFO, "基本信息", "", "检查依据文件", 1))


def test_consent_that_is_not_recorded_is_a_warning_and_does_not_block(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        row = row_of(book["基本信息"], "同意状态")
        book["基本信息"][f"B{row}"] = "未同意"
    (warning,) = delivered.findings()
    assert (warning["code"], warning["severity"], warning["cell"]) == ("I505", "warning", f"B{row}")
    assert "“未同意”" in warning["message"]


def test_a_date_column_without_a_window(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["时间范围"].delete_rows(row_of(book["时间范围"], "扣分明细"))
    assert_told(delivered, ("I504", INFO, "时间范围", "", "发现时间", 1))


@pytest.mark.parametrize(("cell", "wrong", "value"), [("A2", "扣分台账", "发现时间"), ("B2", "日期", "日期")])
def test_a_window_for_a_column_that_does_not_exist_is_told_once(
    delivered: Delivered, cell: str, wrong: str, value: str
) -> None:
    with delivered.edit(INFO) as book:
        book["时间范围"][cell] = wrong
    assert_told(delivered, ("I510", INFO, "时间范围", cell, value, 1))


def test_a_praised_account_that_was_not_inspected(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        row = row_of(book["典型做法"], "北京交警")
        book["典型做法"][f"D{row}"] = "北京交通警察"
    assert_told(delivered, ("I506", INFO, "典型做法", f"D{row}", "北京交通警察", 1))


def test_a_praised_account_that_failed(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        row = next(
            row for row in book["检查情况"].iter_rows() if (row[1].value, row[5].value) == ("北京新街口", "合格")
        )
        row[5].value, row[6].value, platform = "不合格", "内容不更新", row[2].value
    with delivered.edit(INFO) as book:
        at = row_of(book["典型做法"], "北京新街口")
        book["典型做法"][f"E{at}"] = platform
    assert_told(delivered, ("I507", INFO, "典型做法", f"D{at}", "北京新街口", 1))


def test_an_earlier_figure_that_no_statement_uses(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["前期数据"].append(["2021Q2", "区门户总分", 125])
        book["前期数据"].append(["二季度", "区门户平均分", 125])
    assert_told(
        delivered,
        ("I509", INFO, "前期数据", "B2", "区门户总分", 1),
        ("I509", INFO, "前期数据", "B3", "区门户平均分", 1),
    )
