"""Many defects in one delivery: all are told in one pass, each once."""

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


def test_fourteen_defects_are_fourteen_findings(delivered: Delivered) -> None:
    delivered.file(FUNCTIONS).unlink()
    with delivered.edit(SCORES) as book:
        portals, departments = book[PORTALS], book[DEPARTMENTS]
        portals["F5"] = "3.5"
        portals["G6"] = "满分"
        portals["AP7"] = "100"
        departments["D5"] = "发改局"
        departments["F6"] = "2"
        average = f"AI{row_of(departments, '平均分')}"
        departments[average] = "97"
    with delivered.edit(LEDGER) as book:
        book["扣分明细"]["E2"] = "回复办理"
        book["扣分明细"]["I3"] = "2021-06-01"
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["E20"] = sheet["E21"] = "市大数据局"
        sheet["B9"], sheet["C9"] = sheet["B2"].value, "微博"
    with delivered.edit_reports() as rows:
        rows[2][4] = "错字连篇"
    with delivered.edit(INFO) as book:
        book["基本信息"]["B2"] = "2021Q2"
        book["语句选择"]["A3"] = "区门户排名"
        practice = row_of(book["典型做法"], "北京交警")
        book["典型做法"][f"D{practice}"] = "北京交通警察"
    assert_told(
        delivered,
        ("F101", "", "", "", "网站功能建设情况表", 1),
        ("R404", SCORES, PORTALS, "F5", "3.5", 1),
        ("C201", SCORES, PORTALS, "G6", "满分", 1),
        ("R405", SCORES, PORTALS, "AP7", "100", 1),
        ("N301", SCORES, DEPARTMENTS, "D5", "发改局", 1),
        ("R406", SCORES, DEPARTMENTS, "F6", "1", 1),
        ("N304", LEDGER, "扣分明细", "E2", "回复办理", 1),
        ("R407", LEDGER, "扣分明细", "I3", "2021-06-01", 1),
        ("N301", ACCOUNTS, "检查情况", "E20", "市大数据局", 2),
        ("R403", ACCOUNTS, "检查情况", "B9", "北京东城", 1),
        ("N306", REPORTS, "", "E3", "错字连篇", 1),
        ("I502", INFO, "基本信息", "B2", "2021Q2", 1),
        ("I503", INFO, "语句选择", "A3", "区门户排名", 1),
        ("I506", INFO, "典型做法", f"D{practice}", "北京交通警察", 1),
    )
