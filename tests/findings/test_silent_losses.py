"""What could be lost in silence is told: rows that look like notes, sheets nobody reads, columns given twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.quarter import ACCOUNTS, FUNCTIONS, INFO, PORTALS, REPORTS, SCORES, Delivered, column_of
from tests.support.told import assert_told

Edit = Callable[[Any], None]


def codes(delivered: Delivered) -> list[str]:
    return [item["code"] for item in delivered.findings()]


@pytest.mark.parametrize("name", ["注册会计师之窗", "说明书", "备注北京", "合计划"])
def test_an_account_that_begins_like_a_note_is_an_account(delivered: Delivered, name: str) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["A9"], sheet["B9"] = None, name
        sheet["F9"], sheet["G9"] = "合格", "内容不更新"
    assert_told(delivered, ("R408", ACCOUNTS, "检查情况", "G9", name, 1))


def test_a_message_whose_number_begins_like_a_sum_is_a_message(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[2][0] = rows[3][0] = "合计001"
    assert_told(delivered, ("R409", REPORTS, "", "A4", "合计001", 1))


def test_a_sheet_without_a_header_beside_a_good_one_is_told(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        rest = book.create_sheet("检查情况续")
        for row in book["检查情况"].iter_rows(min_row=30, max_row=35, values_only=True):
            rest.append(row)
    assert codes(delivered) == ["F102"]


def test_a_sheet_of_explanations_is_passed_over(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        notes = book.create_sheet("填报说明")
        notes.append(["一", "逐个账号填写"])
        notes.append(["二", "不得漏报"])
    assert codes(delivered) == []


def test_a_misnamed_sheet_of_the_office_is_told(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["典型做法"].title = "典型作法"
    assert codes(delivered) == ["F102"]


def test_a_space_in_the_name_of_a_sheet_of_the_office_does_not_matter(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["语句选择"].title = "语句选择 "
    assert codes(delivered) == []


def test_one_header_in_two_columns_is_told(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet.cell(1, sheet.max_column + 1, "检查结果")
    assert codes(delivered) == ["N308"]


def test_one_function_in_two_columns_is_told(delivered: Delivered) -> None:
    with delivered.edit(FUNCTIONS) as book:
        sheet = book["功能建设"]
        last = sheet.max_column + 1
        header = next(cell.row for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "无障碍")
        sheet.cell(header, last, "无障碍")
        for row in range(header + 1, sheet.max_row + 1):
            sheet.cell(row, last, "否")
    assert codes(delivered) == ["N308"]


def test_the_same_account_in_other_width_is_a_double(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["B9"], sheet["C9"] = f"{sheet['B2'].value} ", sheet["C2"].value
        sheet["B9"] = sheet["B9"].value[:2] + "\u3000" + sheet["B9"].value[2:]
    assert codes(delivered) == ["R403"]


def test_a_count_of_zero_is_told_and_hides_nothing_else(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["语句选择"]["D3"] = 0
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F5"] = "3.5"
    assert sorted(codes(delivered)) == ["C211", "R404"]


def test_a_corrected_cell_is_read_as_corrected_and_listed(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        sheet = book[PORTALS]
        cell = f"{column_of(sheet, '概况信息')}5"
        good, sheet[cell] = sheet[cell].value, "9"
    file = delivered.file(SCORES).name
    with delivered.edit(INFO) as book:
        book["更正"].append([file, PORTALS, cell, "9", good, "录入错误", "检测机构项目组", "2021-10-08"])
    assert codes(delivered) == []


def test_a_correction_whose_old_value_no_longer_stands_stops_the_run(delivered: Delivered) -> None:
    file = delivered.file(SCORES).name
    with delivered.edit(INFO) as book:
        book["更正"].append([file, PORTALS, "F5", "9", "3", "录入错误", "检测机构项目组", "2021-10-08"])
    assert codes(delivered) == ["I521"]


def test_a_facts_file_with_another_name_is_told(delivered: Delivered) -> None:
    path = delivered.folder / "前期" / "2021Q2.facts.json"
    path.rename(path.with_name("facts.json"))
    assert codes(delivered) == ["I509"]


def test_hidden_rows_are_read_and_told(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"].row_dimensions[5].hidden = True
    (told,) = delivered.findings()
    assert (told["code"], told["severity"]) == ("F119", "warning")


def test_a_formula_without_a_value_is_told(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["F5"] = "=1+2"
    (told,) = delivered.findings()
    assert (told["code"], told["cell"]) == ("C210", "F5")
