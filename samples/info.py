"""季度信息.xlsx: what the people of the office fill.

What lives here: its sheets, from the figures and texts. What must not: delivered sheets.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xlsxwriter.workbook import Workbook

from samples.books import Value, choices, list_sheet, write_book
from samples.source import Quarter, Table

OFFICE = "北京市政务服务管理局"
SECTIONS = ("区政府门户网站", "市级部门政府网站", "政务新媒体")
BASELINES = ("区门户平均分", "部门网站平均分")
ACCOUNT_BASELINES = ("区新媒体平均分", "部门新媒体平均分")
CHOICES = {  # column of 语句选择: what it holds in the figures, its width
    "语句": ("statement", 26),
    "采用": ("use", 8),
    "列名方式": ("list", 12),
    "列名个数": ("count", 10),
    "并列组数": ("groups", 10),
    "措辞": ("wording", 12),
    "说明": ("note", 36),
}
Rows = list[tuple[Value, ...]]


def write_info(quarter: Quarter, folder: Path) -> None:
    """Write 季度信息.xlsx."""

    def fill(book: Workbook) -> None:
        _items(book, quarter)
        _windows(book, quarter)
        _choices(book, quarter)
        _practices(book, quarter)
        _paragraphs(book, quarter.texts["info"][quarter.key])
        _earlier(book, quarter)
        list_sheet(
            book,
            "更正",
            ("文件", "工作表", "单元格", "原值", "更正值", "理由", "提出者", "日期"),
            (40, 18, 10, 20, 20, 40, 16, 14),
            [],
        )

    write_book(folder / "季度信息.xlsx", fill)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _items(book: Workbook, quarter: Quarter) -> None:
    figures = quarter.figures
    first, last = figures["inspected"]
    note = figures["reports"]["from_note"]
    rows: Rows = [
        ("季度", quarter.label, "须与文件夹一致"),
        ("通报标题", "", "不填则按规定格式生成"),
        ("发文机关", OFFICE, ""),
        ("发文字号", "", "签发后填写"),
        ("成文日期", figures["signed_on"], ""),
        ("同意机关", "市政府", "通报须经其同意"),
        ("同意状态", "已同意", "已同意、未同意"),
        ("检查依据文件", figures["basis"], ""),
        ("检查开始日期", _day(first), ""),
        ("检查截止日期", _day(last), ""),
        ("新媒体统计截至", figures["as_of"], ""),
        ("找错起始日期", _day(figures["reports"]["from"]), "留言自重新上线起累计" if note else ""),
        ("找错截止日期", _day(figures["reports_until"]), ""),
        ("找错起始说明", note, ""),
        ("公开方式", "主动公开", ""),
        ("印发机关", f"{OFFICE}办公室", ""),
        ("结束语", quarter.texts["info"][quarter.key]["closing"], ""),
    ]
    sheet = list_sheet(book, "基本信息", ("项目", "内容", "说明"), (18, 70, 28), rows)
    row = next(number for number, entry in enumerate(rows, start=1) if entry[0] == "同意状态")
    sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": ["已同意", "未同意"]})


def _windows(book: Workbook, quarter: Quarter) -> None:
    figures = quarter.figures
    first, last = figures["inspected"]
    start = figures["reports"]["from"]
    rows: Rows = [
        ("扣分明细", "发现时间", first, last),
        ("政务新媒体检查情况表", "检查日期", first, last),
        ("找错台账", "留言时间", start, figures["reports_until"]),
        ("找错台账", "办结时间", start, figures["closed_until"]),
    ]
    sheet = list_sheet(book, "时间范围", ("表", "列", "起", "止"), (28, 14, 14, 14), rows)
    rule = {"validate": "date", "criteria": ">=", "value": dt.date(2015, 1, 1)}
    sheet.data_validation(1, 2, 50, 3, rule)


def _choices(book: Workbook, quarter: Quarter) -> None:
    entries = quarter.figures["choices"]
    worded = any("wording" in entry for entry in entries)
    used = {name: kept for name, kept in CHOICES.items() if name != "措辞" or worded}
    rows: Rows = [tuple(entry.get(key, "") for key, _ in used.values()) for entry in entries]
    sheet = list_sheet(book, "语句选择", tuple(used), [width for _, width in used.values()], rows)
    limits = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 99}
    choices(sheet, 1, ("是", "否"))
    choices(sheet, 2, ("全部", "前若干", "只列个数"))
    for column in (3, 4):
        sheet.data_validation(1, column, 200, column, limits)


def _practices(book: Workbook, quarter: Quarter) -> None:
    rows: Rows = [
        (
            number,
            entry["section"],
            entry["unit"],
            entry.get("account", ""),
            entry.get("platform", ""),
            entry.get("indicators", ""),
            entry["text"],
        )
        for number, entry in enumerate(quarter.texts["info"][quarter.key]["practices"], start=1)
    ]
    header = ("序号", "部分", "单位", "账号", "平台", "相关指标", "做法")
    sheet = list_sheet(book, "典型做法", header, (6, 18, 24, 22, 12, 20, 80), rows)
    choices(sheet, 1, SECTIONS)
    choices(sheet, 4, [platform["name"] for platform in quarter.platforms["platform"]])


def _paragraphs(book: Workbook, texts: Table) -> None:
    problems: Rows = [
        (number, entry["title"], entry["text"], entry["indicators"])
        for number, entry in enumerate(texts["problems"], start=1)
    ]
    list_sheet(book, "存在的问题", ("序号", "标题", "内容", "涉及指标"), (6, 32, 90, 30), problems)
    requirements: Rows = [
        (number, entry["title"], entry["text"]) for number, entry in enumerate(texts["requirements"], start=1)
    ]
    list_sheet(book, "工作要求", ("序号", "标题", "内容"), (6, 32, 90), requirements)


def _earlier(book: Workbook, quarter: Quarter) -> None:
    rows: Rows = [tuple(entry) for entry in quarter.figures["earlier"]]
    sheet = list_sheet(book, "前期数据", ("季度", "项目", "数值"), (12, 26, 12), rows)
    choices(sheet, 1, BASELINES + ACCOUNT_BASELINES if "account_score" in quarter.book else BASELINES)
