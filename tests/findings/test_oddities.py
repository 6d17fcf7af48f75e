"""Deliveries that look odd and are sound: nothing is told, and every row is read as in the plain delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from tests.findings.defects.form import Change, append, both, put, rework
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
)

_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_SCORES = "2021年第三季度政府网站检查评分表.xlsx"


def _spell(spell: Callable[[str], object], *columns: str) -> Change:
    """Every cell of columns of the portals in another spelling."""

    def edit(book: Any) -> None:
        for column in columns:
            for row in range(5, 21):
                cell = book[PORTALS][f"{column}{row}"]
                cell.value = spell(cell.value)

    return rework(SCORES, edit)


def _recode(encoding: str, separator: str = ",", end: str = "\n", ending: str = "\n") -> Change:
    def change(delivered: Delivered) -> None:
        path = delivered.file(REPORTS)
        text = path.read_bytes().decode("gb18030").replace(",", separator).replace(end, ending)
        path.write_bytes(text.encode(encoding))

    return change


def _suffix(name: str, suffix: str) -> Change:
    def change(delivered: Delivered) -> None:
        path = delivered.file(name)
        path.rename(path.with_suffix(suffix))

    return change


def _exchange(book: Any) -> None:
    sheet = book[PORTALS]
    for row in range(4, 21):
        sheet[f"F{row}"].value, sheet[f"G{row}"].value = sheet[f"G{row}"].value, sheet[f"F{row}"].value


def _print_headers_again(file: str) -> Change:
    def edit(book: Any) -> None:
        header = [cell.value for cell in book.active[1]]
        book.active.insert_rows(20)
        for at, text in enumerate(header, start=1):
            book.active.cell(20, at, text)

    return rework(file, edit)


def _notes(book: Any) -> None:
    sheet = book.create_sheet("填报说明")
    sheet.append(["一", "逐个账号填写"])
    sheet.append(["二", "不得漏报"])


def _correct(cell: str, *values: object) -> Change:
    return append(INFO, "更正", _SCORES, PORTALS, cell, *values, "录入错误", "检测机构项目组", "2021-10-08")


def _merge(cells: str) -> Change:
    return rework(SCORES, lambda book: book[PORTALS].merge_cells(cells))


ODDITIES: dict[str, Change] = {
    "得分全角": _spell(lambda text: text.translate(_WIDE), "F", "G", "AN", "AP"),
    "得分带单位": _spell(lambda text: f"{text}分", "F", "AN"),
    "得分带空格和单位": _spell(lambda text: f"\u3000{text}\u3000分 ", "F", "AP"),
    "得分是数值": _spell(float, "F", "G", "AN", "AO", "AP"),
    "标识码是数值": _spell(int, "B"),
    "标识码全角前后空格": _spell(lambda text: f"\u3000{text.translate(_WIDE)} ", "B"),
    "两列连同表头对调": rework(SCORES, _exchange),
    "表上多几行标题": rework(SCORES, lambda book: book[PORTALS].insert_rows(1, 3)),
    "表头有换行和空格": put(SCORES, PORTALS, B3="网站\n标识码 "),
    "表头有零宽字符": put(SCORES, PORTALS, B3="网站标识码\u200b", F4="概况信息\u200b\n（3分）"),
    "指标表头没有分值": put(SCORES, PORTALS, F4="概况信息"),
    "一级指标改名": put(SCORES, PORTALS, F3="信息发布"),
    "平均分叫平均得分带单位": put(SCORES, PORTALS, A21="平均得分", AP21="125.4分"),
    "中间有小计行": rework(
        SCORES, lambda book: (book[DEPARTMENTS].insert_rows(10), book[DEPARTMENTS].cell(10, 1, "小计"))
    ),
    "末尾总计在标识码一列": append(LEDGER, "扣分明细", None, "总计", None, None, None, "38"),
    **{f"每页重印表头的{file}": _print_headers_again(file) for file in (LEDGER, ACCOUNTS, FUNCTIONS)},
    "账号表末有合计和个数": append(ACCOUNTS, "检查情况", None, "合计", None, None, None, "55个"),
    "合格的否决情形填无": put(ACCOUNTS, "检查情况", G3="无", G4="—", G5="／", G6=" \u3000"),
    "日期写法不一": put(
        ACCOUNTS, "检查情况", H2="2021.8.24", H3="２０２１年９月１０日", H4=dt.datetime(2021, 8, 10, 9, 30), H5="2021/7/10 "
    ),
    "功能用逻辑值": put(FUNCTIONS, "功能建设", E2=True),
    "台账是UTF-8": _recode("utf-8"),
    "台账是带标记的UTF-8": _recode("utf-8-sig"),
    "台账用制表符": _recode("gb18030", "\t"),
    "台账用分号": _recode("utf-8", ";"),
    "台账每行末尾多一个逗号": _recode("gb18030", ",", "\r\n", ",\r\n"),
    "台账末尾有DOS结束符": lambda delivered: delivered.file(REPORTS).write_bytes(
        delivered.file(REPORTS).read_bytes() + b"\x1a"
    ),
    "扩展名是et": _suffix(LEDGER, ".et"),
    "扩展名是xls而内容是xlsx": _suffix(ACCOUNTS, ".xls"),
    "没有扩展名": _suffix(FUNCTIONS, ""),
    "有空工作表": rework(SCORES, lambda book: (book.create_sheet("Sheet2"), book.create_sheet("Sheet3"))),
    "有填报说明": rework(ACCOUNTS, _notes),
    "工作表名称多一个空格": rework(INFO, lambda book: setattr(book["语句选择"], "title", "语句选择 ")),
    "录错的得分已更正": both(put(SCORES, PORTALS, F5="9"), _correct("ｆ５", "９", "3")),
    "没有结果的公式已更正": both(put(SCORES, PORTALS, F5="=1+2"), _correct("F5", None, 3)),
    "纵向合并的得分已更正": both(_merge("F5:F6"), _correct("F6", None, "3")),
}  # fmt: skip

ACCEPTED: dict[str, Change] = {
    "季度写作2021Q3": put(INFO, "基本信息", B2="2021Q3"),
    "网站名称用半角括号": put(SCORES, DEPARTMENTS, C61="信用中国(北京)"),
    "日期是表格的日期": put(INFO, "基本信息", B6=dt.datetime(2021, 11, 5), B14="2021/9/30", B5="京政服发〔2021〕12号"),
    "没有可填可不填的工作表": rework(
        INFO, lambda book: [book.remove(book[name]) for name in ("语句选择", "典型做法", "前期数据", "更正")]
    ),
    "另有一批留言": lambda delivered: (delivered.folder / "补充.csv").write_text(
        "\n".join(delivered.file(REPORTS).read_text("gb18030").replace("ZC2021", "ZD2021").splitlines()[:6]), "utf-8"
    ),
}


@pytest.fixture(scope="module")
def plain(thinned: Delivered) -> dict[str, pl.DataFrame]:
    """The rows of the plain delivery."""
    return thinned.outcome()[1]


@pytest.mark.parametrize("oddity", ODDITIES)
def test_an_oddity_changes_nothing(delivered: Delivered, plain: dict[str, pl.DataFrame], oddity: str) -> None:
    ODDITIES[oddity](delivered)
    findings, rows = delivered.outcome()
    assert findings == []
    assert [key for key, frame in rows.items() if not frame.equals(plain[key])] == []


@pytest.mark.parametrize("spelling", ACCEPTED)
def test_what_may_be_filled_otherwise_is_no_finding(delivered: Delivered, spelling: str) -> None:
    ACCEPTED[spelling](delivered)
    assert delivered.findings() == []
