"""A delivery with thirty-two different defects: thirty-two findings in one pass, none of them a consequence of another."""

from __future__ import annotations

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
    row_of,
)
from tests.support.told import assert_told


def break_sheets(delivered: Delivered) -> None:
    """Defects in what agencies deliver."""
    delivered.file(FUNCTIONS).unlink()
    (delivered.folder / "空表.xlsx").write_bytes(b"")
    (delivered.folder / "导出.xls").write_text("<html><table><tr><td>网站</td></tr></table></html>", "utf-8")
    with delivered.edit(SCORES) as book:
        portals, departments = book[PORTALS], book[DEPARTMENTS]
        portals["F5"] = "3.5"
        portals["G6"] = "满分"
        portals["AP7"] = "100"
        portals["F8"] = "2.999"
        portals["F10"] = "-1"
        departments["D5"] = "发改局"
        departments["F6"] = "2"
        departments["C12"] = "北京市某局"
    with delivered.edit(LEDGER) as book:
        ledger = book["扣分明细"]
        ledger["E2"] = "回复办理"
        ledger["I3"] = "2021-06-01"
        ledger["B4"] = "9999999999"
        ledger["I5"] = "2021年13月45日"
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["E20"] = sheet["E21"] = "市大数据局"
        sheet["B9"], sheet["C9"] = sheet["B2"].value, "微博"
        sheet["F22"] = "良好"
        sheet["C23"] = "论坛"
        sheet["G25"] = "内容不更新"
        sheet["D26"] = None
        sheet["B27"] = "东城\u200b民政"
    with delivered.edit_reports() as rows:
        rows[2][4] = "错字连篇"
        rows[6][0] = rows[5][0]


def break_info(delivered: Delivered) -> int:
    """Defects in what the office fills; returns the row of a practice."""
    with delivered.edit(INFO) as book:
        items, practices = book["基本信息"], book["典型做法"]
        items["B2"] = "2021Q2"
        items["B5"] = "京政服发[2021]012号"
        items["B6"] = "11月5日"
        items["B12"] = "9月"
        book["语句选择"]["A3"] = "区门户排名"
        book["语句选择"]["D4"] = 0
        book["存在的问题"]["B2"] = "（一）部分网站内容更新不及时"
        practice = row_of(practices, "北京交警")
        practices[f"D{practice}"] = "北京交通警察"
    return practice


def test_thirty_two_defects_are_thirty_two_findings(delivered: Delivered) -> None:
    break_sheets(delivered)
    practice = break_info(delivered)
    assert_told(
        delivered,
        ("F101", "", "", "", "网站功能建设情况表", 1),
        ("F108", "空表.xlsx", "", "", "空表.xlsx", 1),
        ("F110", "导出.xls", "", "", "导出.xls", 1),
        ("R404", SCORES, PORTALS, "F5", "3.5", 1),
        ("C201", SCORES, PORTALS, "G6", "满分", 1),
        ("R405", SCORES, PORTALS, "AP7", "100", 1),
        ("C205", SCORES, PORTALS, "F8", "2.999", 1),
        ("C208", SCORES, PORTALS, "F10", "-1", 1),
        ("N301", SCORES, DEPARTMENTS, "D5", "发改局", 1),
        ("R406", SCORES, DEPARTMENTS, "F6", "1", 1),
        ("R412", SCORES, DEPARTMENTS, "C12", "北京市某局", 1),
        ("N304", LEDGER, "扣分明细", "E2", "回复办理", 1),
        ("R407", LEDGER, "扣分明细", "I3", "2021-06-01", 1),
        ("N302", LEDGER, "扣分明细", "B4", "9999999999", 1),
        ("C202", LEDGER, "扣分明细", "I5", "2021年13月45日", 1),
        ("N301", ACCOUNTS, "检查情况", "E20", "市大数据局", 2),
        ("R403", ACCOUNTS, "检查情况", "B9", "北京东城", 1),
        ("C203", ACCOUNTS, "检查情况", "F22", "良好", 1),
        ("N303", ACCOUNTS, "检查情况", "C23", "论坛", 1),
        ("R408", ACCOUNTS, "检查情况", "G25", "东城水务", 1),
        ("C204", ACCOUNTS, "检查情况", "D26", "", 1),
        ("C206", ACCOUNTS, "检查情况", "B27", "东城\u200b民政", 1),
        ("N306", REPORTS, "", "E3", "错字连篇", 1),
        ("R409", REPORTS, "", "A7", "ZC2021051000005", 1),
        ("I502", INFO, "基本信息", "B2", "2021Q2", 1),
        ("I532", INFO, "基本信息", "B5", "京政服发[2021]012号", 1),
        ("I530", INFO, "基本信息", "B6", "11月5日", 1),
        ("I533", INFO, "基本信息", "B12", "9月", 1),
        ("I503", INFO, "语句选择", "A3", "区门户排名", 1),
        ("C211", INFO, "语句选择", "D4", "0", 1),
        ("I535", INFO, "存在的问题", "B2", "（一）部分网站内容更新不及时", 1),
        ("I506", INFO, "典型做法", f"D{practice}", "北京交通警察", 1),
    )
