"""Cells that cannot be read: told at their address, never nulled, with no consequence in totals or averages."""

from __future__ import annotations

from typing import Any

from tests.findings.defects.form import Change, Defect, append, put, rework
from tests.support.quarter import ACCOUNTS, FUNCTIONS, INFO, LEDGER, PORTALS, REPORTS, SCORES, Delivered
from tests.support.told import Told


def _score(name: str, text: object, code: str, value: str | None = None, says: str = "") -> Defect:
    """A score of the first portals that is written wrongly."""
    told = Told(code, SCORES, PORTALS, "H7", str(text) if value is None else value, says=says)
    return Defect(name, put(SCORES, PORTALS, H7=text), told)


def _fields(number: int, *fields: tuple[int, str]) -> Change:
    """Put further fields into a line of the ledger of messages, before the one that stands there."""

    def change(delivered: Delivered) -> None:
        with delivered.edit_reports() as rows:
            for at, text in fields:
                rows[number - 1].insert(at, text)

    return change


def _cut_last(delivered: Delivered) -> None:
    """The ledger of messages as a transfer that broke off leaves it."""
    with delivered.edit_reports() as rows:
        del rows[-1][7:]


def _clear_scores(book: Any) -> None:
    for cell in book[PORTALS][7][5:]:
        cell.value = None


CELLS = (
    _score("得分填成等次", "优", "C201", says="领导信息"),
    _score("得分填成百分数", "95%", "C201"),
    _score("得分带千分位", "1,000", "C201"),
    _score("得分写成扣分", "扣0.5", "C201"),
    _score("得分写成汉字", "三分", "C201"),
    _score("得分用逗号作小数点", "2,5", "C201"),
    _score("得分异常大", 99999, "C201"),
    _score("得分为负", "-1", "C208"),
    _score("得分三位小数", "2.125", "C205", says="最多 2 位"),
    _score("得分是三位小数的数值", 2.995, "C205"),
    _score("得分是日期", "2021-03-03", "C201"),
    _score("得分空白", None, "C204", ""),
    _score("得分是公式错误值", "#DIV/0!", "C209"),
    _score("得分是没有结果的公式", "=1+2", "C210", ""),
    _score("得分含零宽字符", "3\u200b", "C206"),
    Defect(
        "同一写法错了两处",
        put(SCORES, PORTALS, H7="优", H9="优"),
        Told("C201", SCORES, PORTALS, "H7", "优", 2),
    ),
    Defect(
        "日期不存在",
        put(LEDGER, "扣分明细", I4="2021年2月30日"),
        Told("C202", LEDGER, "扣分明细", "I4", "2021年2月30日", says="发现时间"),
    ),
    Defect("日期缺日", put(LEDGER, "扣分明细", I4="2021年08月"), Told("C202", LEDGER, "扣分明细", "I4", "2021年08月")),
    Defect("日期是序列数", put(LEDGER, "扣分明细", I4=44440), Told("C202", LEDGER, "扣分明细", "I4", "44440")),
    Defect("日期没有年份", put(ACCOUNTS, "检查情况", H4="9月3日"), Told("C202", ACCOUNTS, "检查情况", "H4", "9月3日")),
    Defect(
        "留言时间缺日",
        put(REPORTS, "", H2="2021年08月 10:52:47"),
        Told("C202", REPORTS, "", "H2", "2021年08月 10:52:47"),
    ),
    Defect(
        "功能填写部分",
        put(FUNCTIONS, "功能建设", E9="部分"),
        Told("C203", FUNCTIONS, "功能建设", "E9", "部分", says="可填：是、否"),
    ),
    Defect("功能打勾", put(FUNCTIONS, "功能建设", E9="√"), Told("C203", FUNCTIONS, "功能建设", "E9", "√")),
    Defect(
        "复核状态写成存疑",
        put(LEDGER, "扣分明细", J3="存疑"),
        Told("C203", LEDGER, "扣分明细", "J3", "存疑", says="误报"),
    ),
    Defect(
        "单项否决写成是", put(SCORES, PORTALS, E5="是"), Told("C203", SCORES, PORTALS, "E5", "是", says="站点无法访问")
    ),
    Defect(
        "账号名称含零宽字符",
        put(ACCOUNTS, "检查情况", B5="东城\u200b财政"),
        Told("C206", ACCOUNTS, "检查情况", "B5", "东城\u200b财政"),
    ),
    Defect(
        "否决情形是公式错误值",
        put(ACCOUNTS, "检查情况", G5="#N/A"),
        Told("C209", ACCOUNTS, "检查情况", "G5", "#N/A"),
    ),
    Defect(
        "标识码变成科学计数",
        put(SCORES, PORTALS, B8="1.10105E+09"),
        Told("C207", SCORES, PORTALS, "B8", "1.10105E+09"),
    ),
    Defect("标识码少一位", put(SCORES, PORTALS, B8=110108001), Told("C207", SCORES, PORTALS, "B8", "110108001")),
    Defect(
        "整列标识码前有撇号",
        put(REPORTS, "", **{f"B{row}": f"'11000000{row}" for row in range(2, 41)}),
        Told("C207", REPORTS, "", "B2", "'110000002", 39),
    ),
    Defect("一行没有标识码", put(SCORES, PORTALS, B8=None), Told("C204", SCORES, PORTALS, "B8", "")),
    Defect(
        "日期整列存成序列数",
        put(ACCOUNTS, "检查情况", **{f"H{row}": 44440 + row % 3 for row in range(2, 20)}),
        Told("C202", ACCOUNTS, "检查情况", "H2", "44442", 18),
    ),
    Defect(
        "一个网站没有填得分",
        rework(SCORES, _clear_scores),
        Told(
            "C204", SCORES, PORTALS, "F7", "", 34, says="“概况信息、机构职能、领导信息、动态要闻、政策文件等”没有填写"
        ),
    ),
    Defect(
        "最后一条留言只有半行",
        _cut_last,
        Told("C204", REPORTS, "", "H40", "", 2, says="留言时间、办理状态"),
    ),
    Defect(
        "标识码一栏写了说明",
        put(LEDGER, "扣分明细", B80="以上共74条"),
        Told("C207", LEDGER, "扣分明细", "B80", "以上共74条"),
    ),
    Defect(
        "账号名称一栏写了说明",
        put(ACCOUNTS, "检查情况", B70="本表数据截至9月30日"),
        Told("C204", ACCOUNTS, "检查情况", "C70", "", 5, says="平台类型"),
    ),
    Defect(
        "留言的文字中有逗号",
        _fields(2, (6, "下载")),
        Told("C212", REPORTS, "", "M2", "", says="最后一列是“不受理原因”"),
    ),
    Defect(
        "留言的文字中有逗号并超出表头",
        _fields(3, (6, "下载"), (13, "不属实")),
        Told("C212", REPORTS, "", "M3", ""),
    ),
    Defect(
        "电话填在日期一栏",
        put(ACCOUNTS, "检查情况", H5="138-0013-8000"),
        Told("C213", ACCOUNTS, "检查情况", "H5", "（已隐去）", says="检查日期"),
    ),
    Defect(
        "姓名填在日期一栏",
        put(ACCOUNTS, "检查情况", H5="联系人甲"),
        Told("C202", ACCOUNTS, "检查情况", "H5", "（已隐去）"),
    ),
    Defect(
        "表末有一行说明",
        put(FUNCTIONS, "功能建设", A78="以上为全部网站"),
        Told("C204", FUNCTIONS, "功能建设", "B78", ""),
    ),
    Defect("账号没有主办单位", put(ACCOUNTS, "检查情况", D9=None), Told("C204", ACCOUNTS, "检查情况", "D9", "")),
    Defect(
        "结束语含不可见字符",
        put(INFO, "基本信息", B18="结束语\u200d"),
        Told("C206", INFO, "基本信息", "B18", "结束语\u200d"),
    ),
    Defect(
        "时间范围不是日期",
        put(INFO, "时间范围", C2="七月初"),
        Told("C202", INFO, "时间范围", "C2", "七月初"),
    ),
    Defect("列名个数为零", put(INFO, "语句选择", D3=0), Told("C211", INFO, "语句选择", "D3", "0", says="小于 1")),
    Defect(
        "前期数值带单位以外的文字",
        append(INFO, "前期数据", "2021Q2", "区门户平均分", "约125"),
        Told("C201", INFO, "前期数据", "C2", "约125"),
    ),
)
