"""Data that contradict each other: told where the clerk has to look, once."""

from __future__ import annotations

import pytest

from tests.support.quarter import (
    ACCOUNTS,
    DEPARTMENTS,
    FUNCTIONS,
    LEDGER,
    PORTALS,
    REPORTS,
    SCORES,
    Delivered,
    column_of,
    row_of,
)
from tests.support.told import assert_told

BUREAU = "1100000001"  # 市发展改革委, which lost nothing


def clear(sheet: object, row: int) -> None:
    """Empty a row and leave it in place."""
    for cell in sheet[row]:  # type: ignore[index]
        cell.value = None


def confirmed_row(sheet: object) -> int:
    """A confirmed row of the ledger whose points alone make up the loss of its site under its indicator."""
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]  # type: ignore[attr-defined]
    keys = [(row[1], row[4]) for row in rows]
    return next(at for at, row in enumerate(rows, start=1) if row[9] == "确认" and keys.count((row[1], row[4])) == 1)


def test_a_score_over_its_points(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F5"] = "3.5"
    assert_told(delivered, ("R404", SCORES, PORTALS, "F5", "3.5", 1))


@pytest.mark.parametrize(("header", "wrong"), [("扣分项得分", "99"), ("加分", "30"), ("总分", "126.5")])
def test_a_total_that_does_not_add_up(delivered: Delivered, header: str, wrong: str) -> None:
    with delivered.edit(SCORES) as book:
        cell = f"{column_of(book[PORTALS], header)}5"
        book[PORTALS][cell] = wrong
    assert_told(delivered, ("R405", SCORES, PORTALS, cell, wrong, 1))


def test_a_total_that_is_left_empty(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["AP5"] = None
    assert_told(delivered, ("R405", SCORES, PORTALS, "AP5", "空", 1))


def test_a_wrong_part_and_the_total_made_of_it_are_one_finding(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["AN5"], book[PORTALS]["AP5"] = "99", "125"
    assert_told(delivered, ("R405", SCORES, PORTALS, "AN5", "99", 1))


def test_a_mistyped_score_is_told_at_the_score_and_not_at_the_totals(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[DEPARTMENTS]["F5"] = "2"
    assert_told(delivered, ("R406", SCORES, DEPARTMENTS, "F5", "1", 1))


def test_a_ledger_that_does_not_explain_a_loss(delivered: Delivered) -> None:
    with delivered.edit(LEDGER) as book:
        sheet = book["扣分明细"]
        row = confirmed_row(sheet)
        code, indicator, points = sheet[f"B{row}"].value, sheet[f"E{row}"].value, sheet[f"F{row}"].value
        sheet[f"J{row}"] = "误报"
    with delivered.edit(SCORES) as book:
        cell = f"{column_of(book[DEPARTMENTS], indicator)}{row_of(book[DEPARTMENTS], code)}"
    assert_told(delivered, ("R406", SCORES, DEPARTMENTS, cell, points, 1))


def test_a_loss_in_the_ledger_that_the_scores_do_not_show(delivered: Delivered) -> None:
    with delivered.edit(LEDGER) as book:
        sheet = book["扣分明细"]
        sheet.append(
            [
                "75",
                BUREAU,
                "北京市发展和改革委员会",
                "发布解读",
                "概况信息",
                "1",
                "简介未更新。",
                "",
                "2021-09-01",
                "确认",
            ]
        )
    assert "确认的扣分为 1 分" in assert_told(delivered, ("R406", SCORES, DEPARTMENTS, "F5", "0", 1))


def test_a_site_without_a_row_does_not_spoil_the_average_too(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        clear(book[PORTALS], row_of(book[PORTALS], "1101010001"))
    assert_told(delivered, ("R401", SCORES, PORTALS, "", "北京市东城区人民政府", 1))


def test_a_site_without_a_row_of_functions(delivered: Delivered) -> None:
    with delivered.edit(FUNCTIONS) as book:
        clear(book["功能建设"], row_of(book["功能建设"], BUREAU))
    assert_told(delivered, ("R401", FUNCTIONS, "功能建设", "", "北京市发展和改革委员会", 1))


def test_a_site_that_stands_twice(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        sheet = book[PORTALS]
        row = row_of(sheet, "平均分")
        sheet.unmerge_cells(f"A{row + 1}:AP{row + 1}")
        for cell in sheet[5]:
            sheet[f"{cell.column_letter}{row + 1}"] = cell.value
    assert f"首次在 {PORTALS}!B5" in assert_told(
        delivered, ("R402", SCORES, PORTALS, f"B{row + 1}", "北京市东城区人民政府", 1)
    )


def test_a_code_beside_the_name_of_another_site(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        sheet = book[DEPARTMENTS]
        sheet["B5"], name = sheet["B6"].value, sheet["C5"].value
    assert_told(delivered, ("R412", SCORES, DEPARTMENTS, "C5", name, 1))


def test_an_account_that_stands_twice(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["B9"], sheet["C9"] = sheet["B2"].value, "微博"
    assert "首次在 检查情况!B2" in assert_told(delivered, ("R403", ACCOUNTS, "检查情况", "B9", "北京东城", 1))


@pytest.mark.parametrize(("result", "veto"), [("不合格", ""), ("合格", "内容不更新")])
def test_a_result_that_does_not_go_with_the_veto(delivered: Delivered, result: str, veto: str) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["F3"], sheet["G3"], account = result, veto, sheet["B3"].value
    assert_told(delivered, ("R408", ACCOUNTS, "检查情况", "G3", account, 1))


def test_dates_outside_the_declared_window_are_one_finding_for_the_column(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["H4"], sheet["H6"] = "2021-06-30", "2021年9月25日"
    assert_told(delivered, ("R407", ACCOUNTS, "检查情况", "H4", "2021-06-30", 2))


@pytest.mark.parametrize("time", ["2019-05-10 08:00:00", "2021-12-01 08:00:00"])
def test_a_time_outside_the_window_is_not_told_again_by_calendar_or_order(delivered: Delivered, time: str) -> None:
    with delivered.edit_reports() as rows:
        rows[1][7] = time
    assert_told(delivered, ("R407", REPORTS, "", "H2", time, 1))


def test_a_message_that_stands_twice(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[5][0] = rows[1][0]
    assert_told(delivered, ("R409", REPORTS, "", "A6", "ZC2021051000001", 1))


def test_a_message_closed_before_it_was_made(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[4][10] = "2021-05-10 00:00:00"
    assert_told(delivered, ("R411", REPORTS, "", "K5", "2021-05-10 00:00:00", 1))


def test_a_message_under_a_unit_that_does_not_own_the_site(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[3][3] = "东城区"
    assert_told(delivered, ("R416", REPORTS, "", "D4", "东城区", 1))


def test_a_printed_average_that_is_wrong(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        cell = f"AP{row_of(book[PORTALS], '平均分')}"
        book[PORTALS][cell] = "125.5"
    assert_told(delivered, ("R413", SCORES, PORTALS, cell, "125.5", 1))


def test_points_in_a_header_that_differ_from_the_rule_book(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F4"] = "概况信息（4分）"
    assert_told(delivered, ("R414", SCORES, PORTALS, "F4", "4", 1))


def test_an_indicator_left_out_that_has_to_be_checked(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F5"] = "不涉及"
    assert_told(delivered, ("R410", SCORES, PORTALS, "F5", "不涉及", 1))


def test_a_score_under_an_indicator_that_is_not_checked(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        row = next(row for row in book[DEPARTMENTS].iter_rows() if any(cell.value == "不涉及" for cell in row))
        cell = next(cell for cell in row if cell.value == "不涉及")
        cell.value = "2"
    assert_told(delivered, ("R417", SCORES, DEPARTMENTS, cell.coordinate, "2", 1))


def test_a_vetoed_site_that_still_has_scores(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[DEPARTMENTS]["E5"] = "站点无法访问"
    assert_told(delivered, ("R415", SCORES, DEPARTMENTS, "E5", "站点无法访问", 1))
