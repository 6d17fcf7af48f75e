"""Files and sheets that are missing, unreadable or not recognised: one finding, and no missing sites on top."""

from __future__ import annotations

import shutil

import pytest

from tests.support.quarter import (
    ACCOUNTS,
    DEPARTMENTS,
    FUNCTIONS,
    INFO,
    LEDGER,
    PORTALS,
    REPORTS,
    SCORES,
    Delivered,
    column_of,
)
from tests.support.told import assert_told

TITLES = {
    SCORES: "政府网站检查评分表",
    LEDGER: "扣分明细",
    ACCOUNTS: "政务新媒体检查情况表",
    FUNCTIONS: "网站功能建设情况表",
    REPORTS: "找错台账",
}


@pytest.mark.parametrize("name", TITLES)
def test_a_missing_file_is_told_by_the_name_of_its_table(delivered: Delivered, name: str) -> None:
    delivered.file(name).unlink()
    assert_told(delivered, ("F101", "", "", "", TITLES[name], 1))


@pytest.mark.parametrize("name", TITLES)
def test_an_unreadable_file_is_not_told_again_as_missing(delivered: Delivered, name: str) -> None:
    path = delivered.file(name)
    path.write_bytes(b"PK\x03\x04" + b"garbage" * 100)
    assert_told(delivered, ("F104", name, "", "", path.name, 1))


@pytest.mark.parametrize("name", [SCORES, REPORTS])
def test_an_empty_file_is_not_told_again_as_missing(delivered: Delivered, name: str) -> None:
    path = delivered.file(name)
    path.write_bytes(b"")
    assert_told(delivered, ("F108", name, "", "", path.name, 1))


def test_an_unreadable_book_of_the_office_is_one_finding(delivered: Delivered) -> None:
    delivered.file(INFO).write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert_told(delivered, ("F104", INFO, "", "", INFO, 1))


def test_an_unreadable_file_of_another_name_hides_no_missing_table(delivered: Delivered) -> None:
    delivered.file(LEDGER).rename(delivered.folder / "附件.xlsx")
    (delivered.folder / "附件.xlsx").write_bytes(b"PK\x03\x04garbage")
    assert_told(delivered, ("F104", "附件.xlsx", "", "", "附件.xlsx", 1), ("F101", "", "", "", "扣分明细", 1))


@pytest.mark.parametrize("sheet", ["基本信息", "时间范围", "存在的问题", "工作要求"])
def test_a_missing_sheet_of_the_office_is_told_at_its_book(delivered: Delivered, sheet: str) -> None:
    with delivered.edit(INFO) as book:
        del book[sheet]
    assert_told(delivered, ("F101", INFO, "", "", f"季度信息“{sheet}”", 1))


def test_sheets_of_the_office_that_may_be_absent_are_no_finding(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        for sheet in ("语句选择", "典型做法", "前期数据"):
            del book[sheet]
    assert delivered.findings() == []


@pytest.mark.parametrize(("sheet", "sites"), [(PORTALS, 16), (DEPARTMENTS, 59)])
def test_a_missing_sheet_of_scores_is_one_finding_for_the_group(delivered: Delivered, sheet: str, sites: int) -> None:
    with delivered.edit(SCORES) as book:
        del book[sheet]
    assert f"应有 {sites} 个网站" in assert_told(delivered, ("F107", SCORES, "", "", sheet, 1))


def test_a_sheet_without_a_needed_column_names_the_nearest_table_and_the_column(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        sheet = book[DEPARTMENTS]
        sheet[f"{column_of(sheet, '单项否决')}3"] = "备考"
    message = assert_told(delivered, ("F102", SCORES, DEPARTMENTS, "", DEPARTMENTS, 1))
    assert "最接近的是“政府网站检查评分表”，缺少：单项否决" in message


def test_an_undecodable_ledger_names_the_line(delivered: Delivered) -> None:
    path = delivered.file(REPORTS)
    lines = path.read_bytes().split(b"\r\n")
    lines[4] = lines[4][:40] + b"\xff\xff" + lines[4][40:]
    path.write_bytes(b"\r\n".join(lines))
    assert "第 5 行" in assert_told(delivered, ("F103", REPORTS, "", "", REPORTS, 1))


def test_the_same_bytes_twice_are_read_once(delivered: Delivered) -> None:
    copy = delivered.folder / "评分表（副本）.xlsx"
    shutil.copyfile(delivered.file(SCORES), copy)
    assert_told(delivered, ("F106", "评分表（副本）.xlsx", "", "", "评分表（副本）.xlsx", 1))


def test_the_same_sheet_in_other_bytes_is_read_once(delivered: Delivered) -> None:
    shutil.copyfile(delivered.file(ACCOUNTS), delivered.folder / "账号.xlsx")
    with delivered.edit("账号.xlsx"):
        pass  # saved by another program: other bytes, the same cells
    assert_told(delivered, ("F106", "账号.xlsx", "检查情况", "", "检查情况", 1))


def test_a_second_book_of_the_office_is_not_mixed_with_the_first(delivered: Delivered) -> None:
    shutil.copyfile(delivered.file(INFO), delivered.folder / "材料.xlsx")
    with delivered.edit("材料.xlsx") as book:
        for name in book.sheetnames[1:]:
            del book[name]
        book["基本信息"]["B2"] = "2021年第二季度"
    assert_told(delivered, ("F106", "材料.xlsx", "基本信息", "", "基本信息", 1))


def test_a_sheet_that_is_no_table_beside_known_ones_is_passed_over(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book.create_sheet("说明")["A1"] = "本表由检测机构填写"
    assert delivered.findings() == []
