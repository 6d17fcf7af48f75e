"""季度信息: what is filled, but not in the form that the notice prints."""

from __future__ import annotations

import datetime as dt

from tests.support.quarter import INFO, Delivered, row_of
from tests.support.told import assert_told

ITEMS = {
    "发文字号": ("京政服发[2021]12号", "I532"),
    "成文日期": ("2021年11月31日", "I530"),
    "同意状态": ("同意", "I540"),
    "检查依据文件": ("《检查指标》（国办秘函[2019]19号）", "I534"),
    "新媒体统计截至": ("2021.9", "I533"),
    "找错截止日期": ("2021年9月29日", "I531"),
}


def test_every_item_in_another_form_is_one_finding(delivered: Delivered) -> None:
    told = []
    with delivered.edit(INFO) as book:
        sheet = book["基本信息"]
        for item, (wrong, code) in ITEMS.items():
            cell = f"B{row_of(sheet, item)}"
            sheet[cell] = wrong
            told.append((code, INFO, "基本信息", cell, wrong, 1))
        sheet.append(["结束语", "另一段。"])
        told.append(("I541", INFO, "基本信息", f"A{sheet.max_row}", "结束语", 1))
        windows = book["时间范围"]
        windows.append(["找错台账", "留言时间", dt.datetime(2021, 7, 1), dt.datetime(2021, 9, 30)])
        told.append(("I542", INFO, "时间范围", f"A{windows.max_row}", "留言时间", 1))
    assert_told(delivered, *told)


def test_every_text_in_another_form_is_one_finding(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["存在的问题"]["B2"] = "（一）更新不及时"
        book["工作要求"]["C3"] = "抓好落实"
        practices = book["典型做法"]
        practices["G2"] = "东城区建成专栏。"
        practices["B3"] = "市级部门政府网站"
    assert_told(
        delivered,
        ("I535", INFO, "存在的问题", "B2", "（一）更新不及时", 1),
        ("I536", INFO, "工作要求", "C3", "抓好落实", 1),
        ("I537", INFO, "典型做法", "G2", "东城区", 1),
        ("I538", INFO, "典型做法", "C3", "朝阳区", 1),
    )


def test_what_does_not_spoil_the_notice_is_a_warning(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["工作要求"]["C2"] = "各区,各部门要抓好落实。"
        book["前期数据"].append(["2021Q2", "区门户平均分", 125])
    told = {(item["code"], item["severity"], item["cell"], item["value"]) for item in delivered.findings()}
    assert told == {("I539", "warning", "C2", "各区,各部门要抓好"), ("I543", "warning", "C2", "125")}


def test_a_date_may_be_a_date_of_the_sheet_or_written_with_slashes(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        sheet = book["基本信息"]
        sheet[f"B{row_of(sheet, '成文日期')}"] = dt.datetime(2021, 11, 5)
        sheet[f"B{row_of(sheet, '找错截止日期')}"] = "2021/9/30"
        sheet[f"B{row_of(sheet, '发文字号')}"] = "京政服发〔2021〕12号"
    assert delivered.findings() == []
