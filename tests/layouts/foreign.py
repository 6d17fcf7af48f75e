"""The scores of a quarter written as four agencies deliver them: fixtures of our own, made from the native rows.

What lives here: writers of the four forms under `forms/`. What must not: the layouts, which are TOML.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlwt

from pipeline.reference.models import Indicator

_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NOTHING = ("未发现问题", "0.0%", "０％")
_NOT_LOST = ("〇", "—", "无", "未扣分", "0", "０分")
_DETAILS = [
    "站点无法访问",
    "网站不更新",
    "栏目不更新",
    "首页可用性",
    "链接可用性",
    "首页栏目更新",
    "基本信息更新",
    "附件下载",
    "在线系统",
]


@dataclass(frozen=True)
class Scored:
    """A site with its score under every indicator; ``None`` is not checked."""

    code: str
    name: str
    scores: dict[str, Decimal | None]

    def lost(self, indicator: Indicator) -> Decimal | None:
        """Points lost under a deduction indicator, or won under a bonus indicator."""
        score = self.scores[indicator.id]
        return score if score is None or indicator.part == "bonus" else indicator.points - score


Writer = Callable[[Path, list[Scored], list[Indicator]], None]


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _groups(sites: list[Scored], indicators: list[Indicator]) -> Iterable[tuple[str, list[Scored], list[Indicator]]]:
    """Sites that are scored alike, with their indicators: a sheet each."""
    for title, has_bonus in (("各区", True), ("部门", False)):
        chosen = [
            site for site in sites if any(i.part == "bonus" and i.id in site.scores for i in indicators) == has_bonus
        ]
        yield title, chosen, [item for item in indicators if has_bonus or item.part == "deduct"]


def units_in_columns(folder: Path, sites: list[Scored], indicators: list[Indicator]) -> None:
    """Sites in columns; level 1 is merged over its indicators in column A."""

    def text(site: Scored, indicator: Indicator) -> str:
        lost = site.lost(indicator)
        if lost is None:
            return "不涉及"
        verb = "加" if indicator.part == "bonus" else "扣"
        return f"{verb}{_plain(lost)}分" if lost else f"未{verb}分"

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, chosen, listed in _groups(sites, indicators):
        sheet = book.create_sheet(title)
        sheet.append(["网站检查扣分情况"])
        sheet.append(["标识码", "", *(site.code for site in chosen), "合计"])
        sheet.append(["网站", "", *(site.name for site in chosen)])
        sheet.append(["一票否决", "", *("未发现" for _ in chosen)])
        above = ""
        for item in listed:
            level1 = item.level1 if item.level1 != above else ""
            above = item.level1
            sheet.append([level1, item.name, *(text(site, item) for site in chosen)])
        starts = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value]
        for first, following in zip(starts, [*starts[1:], sheet.max_row + 1], strict=True):
            sheet.merge_cells(start_row=first, end_row=following - 1, start_column=1, end_column=1)
    book.save(folder / "扣分情况.xlsx")


def workbook_per_site(folder: Path, sites: list[Scored], indicators: list[Indicator]) -> None:
    """One .xls workbook per site, ten sheets, every cell a text, header rows at different depths."""
    for site in sites:
        book = xlwt.Workbook(encoding="utf-8")
        summary = book.add_sheet("汇总指标")
        rows: list[list[str]] = [
            ["政府网站检查报告"],
            ["报告周期", "2021-07-05 - 2021-09-24", "报告生成日期", "2021-09-28"],
            ["站点名称", site.name, "站点URL", "http://www.example.invalid/"],
            ["站点标识码 ：", site.code],
            [],
            ["普查指标", "扫描结果", "", "指标要求"],
        ]
        for item in (item for item in indicators if item.id in site.scores):
            lost = site.lost(item)
            if lost is None:
                result = "不涉及"
            elif item.part == "bonus":
                result = f"达到加分条件，加{_plain(lost)}分" if lost else "未达到加分条件"
            else:
                result = f"打不开比例 ： 3.5%,扣{_plain(lost)}分" if lost else _NOTHING[len(rows) % len(_NOTHING)]
            rows.append([item.name, result, "", "按检查指标执行"])
        rows += [["说明 ：扣分以复核结果为准"], ["检测单位", "某检测机构"]]
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                summary.write(number, at, cell)
        for depth, name in enumerate(_DETAILS):
            detail = book.add_sheet(name)
            detail.write(0, 0, f"{site.name}\r\n{site.code}")
            for at, header in enumerate(("序号", "访问时间", "访问URL", "问题类型")):
                detail.write(2 + depth % 5, at, header)
        book.save(str(folder / f"1_{site.code}_20210928.xls"))


def ledger(folder: Path, sites: list[Scored], indicators: list[Indicator]) -> None:
    """A GB18030 text with a row for every site and indicator, ordered by indicator."""
    with (folder / "逐项得分台账.csv").open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["序号", "站点标识码", "站点名称", "一级指标", "三级指标", "绩效得分"])
        number = 0
        for item in indicators:
            for site in (site for site in sites if item.id in site.scores):
                number += 1
                score = site.scores[item.id]
                text = "免检" if score is None else f"得{_plain(score)}分"
                writer.writerow([number, site.code, site.name, item.level1, item.name, text])


def _spelt(indicator: Indicator, lost: Decimal | None, at: int) -> str:
    """The same thing as people write it, in turn."""
    if lost is None:
        return ("/", "／", "不涉及")[at % 3]
    if not lost:
        return _NOT_LOST[at % len(_NOT_LOST)]
    number = _plain(lost)
    if indicator.part == "bonus":
        return (number, f"{number}分", f"{number} 分")[at % 3]
    return (f"-{number}".translate(_WIDE), f"扣{number}", f"－{number}分", f"{number}分")[at % 4]


def three_row_header(folder: Path, sites: list[Scored], indicators: list[Indicator]) -> None:
    """Three header rows, indicators backwards, full-width numbers, deductions below zero."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, chosen, listed in _groups(sites, indicators):
        sheet, backwards = book.create_sheet(title), listed[::-1]
        sheet.append([""])
        sheet.append(["网站编码", "名称", "单否", *("检查指标" if not at else "" for at, _ in enumerate(backwards))])
        sheet.append(["", "", "", *(item.level1 for item in backwards)])
        sheet.append(["", "", "", *(f"{item.name}\n（{_plain(item.points)}分）" for item in backwards)])
        for site in chosen:
            cells = [_spelt(item, site.lost(item), at) for at, item in enumerate(backwards)]
            sheet.append([site.code, site.name, "〇", *cells])
            if site is chosen[0]:
                for span in ("A2:A4", "B2:B4", "C2:C4"):
                    sheet.merge_cells(span)
        sheet.append(["合计"])
        sheet.append(["备注：〇表示没有扣分"])
    book.save(folder / "分级扣分表.xlsx")


FORMS: dict[str, Writer] = {
    "units-in-columns": units_in_columns,
    "workbook-per-site": workbook_per_site,
    "ledger": ledger,
    "three-row-header": three_row_header,
}
