"""Names that no registry knows: one finding per name, with the count of its places."""

from __future__ import annotations

import pytest

from tests.support.quarter import (
    ACCOUNTS,
    DEPARTMENTS,
    INFO,
    LEDGER,
    PORTALS,
    REPORTS,
    SCORES,
    Delivered,
    column_of,
)
from tests.support.told import assert_told


def test_an_unknown_unit_in_the_score_sheet(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["D5"] = "东城新区"
    assert "东城区" in assert_told(delivered, ("N301", SCORES, PORTALS, "D5", "东城新区", 1))


def test_two_unknown_units_of_accounts_are_two_findings_with_their_rows(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        unit = column_of(sheet, "归口单位")
        for row in (10, 20, 30):
            sheet[f"{unit}{row}"] = "市大数据局"
        sheet[f"{unit}40"] = "经开区管委会办公室"
    assert_told(
        delivered,
        ("N301", ACCOUNTS, "检查情况", f"{unit}10", "市大数据局", 3),
        ("N301", ACCOUNTS, "检查情况", f"{unit}40", "经开区管委会办公室", 1),
    )


def test_an_unknown_unit_of_a_praised_account_is_told_once(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        rows = [row for row in sheet.iter_rows() if row[1].value == "北京交警" and row[2].value.startswith("微信")]
        (praised,) = rows
        praised[4].value = "市公安交通局"
        cell = praised[4].coordinate
    assert_told(delivered, ("N301", ACCOUNTS, "检查情况", cell, "市公安交通局", 1))


@pytest.mark.parametrize("sheet", [PORTALS, DEPARTMENTS])
def test_an_unknown_indicator_in_a_header_is_told_at_the_header(delivered: Delivered, sheet: str) -> None:
    with delivered.edit(SCORES) as book:
        book[sheet]["F4"] = "概况资讯\n（3分）"
    assert "概况信息" in assert_told(delivered, ("N304", SCORES, sheet, "F4", "概况资讯", 1))


def test_an_unknown_indicator_in_both_headers_is_one_finding(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F4"] = book[DEPARTMENTS]["F4"] = "概况资讯（3分）"
    assert_told(delivered, ("N304", SCORES, PORTALS, "F4", "概况资讯", 2))


def test_a_missing_indicator_column_is_told_for_its_sheet(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        for row in range(4, 64):
            book[DEPARTMENTS][f"G{row}"] = None
    assert_told(delivered, ("N305", SCORES, DEPARTMENTS, "", "机构职能", 1))


def test_an_unknown_indicator_in_the_ledger_leaves_its_site_alone(delivered: Delivered) -> None:
    with delivered.edit(LEDGER) as book:
        sheet = book["扣分明细"]
        row = next(row for row in sheet.iter_rows(min_row=2) if row[9].value == "确认")
        row[4].value = "动态新闻"
        cell = row[4].coordinate
    assert_told(delivered, ("N304", LEDGER, "扣分明细", cell, "动态新闻", 1))


def test_an_unknown_site_code_is_told_once_for_all_tables(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["B5"] = "1101019999"
    with delivered.edit_reports() as rows:
        rows[7][1] = rows[9][1] = "1101019999"
    assert_told(delivered, ("N302", SCORES, PORTALS, "B5", "1101019999", 3))


def test_an_unknown_platform(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["C3"] = "电子邮件"
    assert_told(delivered, ("N303", ACCOUNTS, "检查情况", "C3", "电子邮件", 1))


def test_an_unknown_type_and_state_of_messages(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[1][4], rows[2][8] = "错字连篇", "处理完毕"
    assert_told(delivered, ("N306", REPORTS, "", "E2", "错字连篇", 1), ("N306", REPORTS, "", "I3", "处理完毕", 1))


def test_an_unknown_statement_names_the_nearest_one(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["语句选择"]["A3"] = "区门户排名"
    assert "区门户得分名次" in assert_told(delivered, ("I503", INFO, "语句选择", "A3", "区门户排名", 1))
