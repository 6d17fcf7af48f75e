"""The written files read back, and checked against each other (核对).

What lives here: assertions on cells, read by openpyxl and csv, independent of the writers. What must not: writing; what
was published of a quarter (`published.py`).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from chinese_calendar import is_workday
from openpyxl import load_workbook

from samples.published import Entry, Rows, Sheets, check, equal
from samples.source import Quarter, hundredths


def verify(quarter: Quarter, folder: Path) -> None:
    """Check the files of a quarter. Raises ``AssertionError`` that says which figure does not hold."""
    scores = _score_rows(folder / f"{quarter.label}政府网站检查评分表.xlsx")
    ledger = _list_rows(folder / f"{quarter.label}政府网站扣分明细.xlsx", "扣分明细")
    _verify_scores(quarter, scores)
    _verify_ledger(quarter, scores, ledger)
    accounts = _verify_accounts(quarter, _list_rows(folder / f"{quarter.label}政务新媒体检查情况表.xlsx", "检查情况"))
    messages, types = _verify_reports(quarter, folder / "“我为政府网站找错”留言台账.csv")
    functions = _list_rows(folder / f"{quarter.label}网站功能建设情况表.xlsx", "功能建设")
    accessible = _verify_functions(quarter, functions)
    praised = _verify_info(quarter, folder / "季度信息.xlsx", scores)
    check(quarter, Sheets(*scores.values(), accounts, messages, types, praised, accessible))


def _list_rows(path: Path, sheet: str) -> Rows:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    header = [str(text) for text in next(rows)]
    return [dict(zip(header, ("" if value is None else str(value) for value in row), strict=True)) for row in rows]


def _score_rows(path: Path) -> dict[str, Rows]:
    result = {}
    for sheet in load_workbook(path).worksheets:
        grid: list[tuple[Any, ...]] = list(sheet.iter_rows(values_only=True))
        header = [str(lower or upper).split("\n")[0] for upper, lower in zip(grid[2], grid[3], strict=True)]
        data = [row for row in grid[4:] if row[0] is not None and str(row[0]).isdigit()]
        assert all(isinstance(value, str) for row in data for value in row), f"{sheet.title}: a cell is not text"
        result[sheet.title] = [dict(zip(header, row, strict=True)) for row in data]
        _verify_average(sheet.title, grid[4 + len(data)], result[sheet.title])
    return result


def _verify_average(title: str, printed: tuple[Any, ...], rows: Rows) -> None:
    equal(printed[0], "平均分", f"{title}: row below the sites")
    mean = sum((Decimal(row["总分"]) for row in rows), Decimal(0)) / len(rows)
    equal(printed[-1], str(hundredths(mean)), f"{title}: 平均分")


def _names(quarter: Quarter) -> dict[str, str]:
    return {
        name: unit["id"]
        for unit in quarter.units
        for name in (quarter.name(unit["id"]), *quarter.spellings(unit["id"]))
    }


def _verify_scores(quarter: Quarter, scores: dict[str, Rows]) -> None:
    by_code = {site["code"]: site for site in quarter.sites}
    for row in (row for rows in scores.values() for row in rows):
        site = by_code[row["网站标识码"]]
        equal(row["网站名称"], site["name"], "site name")
        equal(_names(quarter)[row["主办单位"]], site["owner"], f"owner of {site['name']}")
        _verify_sum(quarter, row, serves=site["serves_public"])


def _verify_sum(quarter: Quarter, row: dict[str, str], *, serves: bool) -> None:
    parts = {"deduct": Decimal(0), "bonus": Decimal(0)}
    for item in quarter.indicators:
        text = row.get(item["name"], "0")
        exempt = item["level1"] == "办事服务" and not serves
        equal(text == "不涉及", exempt, f"{row['网站名称']} {item['name']} 不涉及")
        value = Decimal(0) if exempt else Decimal(text)
        assert 0 <= value <= Decimal(item["points"]), f"{row['网站名称']} {item['name']}: {text}"
        parts[item["part"]] += value
    base = parts["deduct"] if serves else hundredths(parts["deduct"] * 4 / 3)
    equal(Decimal(row["扣分项得分"]), base, f"{row['网站名称']} 扣分项得分")
    equal(Decimal(row.get("加分", "0")), parts["bonus"], f"{row['网站名称']} 加分")
    equal(Decimal(row["总分"]), base + parts["bonus"], f"{row['网站名称']} 总分")


def _verify_ledger(quarter: Quarter, scores: dict[str, Rows], ledger: Rows) -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    first, last = quarter.figures["inspected"]
    for row in ledger:
        assert first.isoformat() <= row["发现时间"] <= last.isoformat(), f"发现时间 {row['发现时间']}"
        if row["复核状态"] == "确认":
            sums[row["网站标识码"], row["二级指标"]] += Decimal(row["扣分"])
    equal(
        sum(row["复核状态"] in ("误报", "核减") for row in ledger),
        quarter.figures["dropped_problems"],
        "dropped problems",
    )
    points = {item["name"]: Decimal(item["points"]) for item in quarter.indicators if item["part"] == "deduct"}
    for row in (row for rows in scores.values() for row in rows):
        for name, full in points.items():
            lost = Decimal(0) if row[name] == "不涉及" else full - Decimal(row[name])
            found = min(sums.pop((row["网站标识码"], name), Decimal(0)), full)
            equal(found, lost, f"{row['网站名称']} {name}: ledger against matrix")
    equal(dict(sums), {}, "ledger rows without a cell")


def _verify_accounts(quarter: Quarter, rows: Rows) -> list[Entry]:
    platforms = {
        name: item["id"] for item in quarter.platforms["platform"] for name in (item["name"], *item["aliases"])
    }
    names = _names(quarter)
    first, last = quarter.figures["inspected"]
    found = []
    for row in rows:
        ok = row["检查结果"] == "合格"
        equal(bool(row["否决情形"]), not ok, f"否决情形 of {row['账号名称']}")
        assert first.isoformat() <= row["检查日期"] <= last.isoformat(), f"检查日期 {row['检查日期']}"
        unit, platform = names[row["归口单位"]], platforms[row["平台类型"]]
        found.append(Entry(row["账号名称"], platform, unit, ok, row.get("得分", "")))
    equal(max(Counter((entry.name, entry.platform) for entry in found).values()), 1, "accounts listed twice")
    equal(sum(not entry.passed for entry in found), len(quarter.figures["failures"]), "failed accounts")
    missing = {unit["id"] for unit in quarter.group("district")} - {entry.unit for entry in found}
    equal(missing, set(), "districts without accounts")
    return found


def _verify_reports(quarter: Quarter, path: Path) -> tuple[Counter[str], Counter[str]]:
    """Messages by unit, and by the label of their type."""
    data = path.read_bytes()
    equal(data.count(b"\n"), data.count(b"\r\n"), "line ends")
    rows = list(csv.DictReader(io.StringIO(data.decode("gb18030"), newline="")))
    rules = quarter.report_rules
    accepted = {item["name"]: item["accepted"] for item in rules["status"]}
    names, owners = _names(quarter), {site["code"]: site["owner"] for site in quarter.sites}
    units = Counter(names[row["受理单位"]] for row in rows)
    equal(len({row["留言编号"] for row in rows}), len(rows), "留言编号")
    start, end = quarter.figures["reports"]["from"], quarter.figures["reports_until"]
    for row in rows:
        equal(owners[row["网站标识码"]], names[row["受理单位"]], f"unit of {row['留言编号']}")
        assert start.isoformat() <= row["留言时间"][:10] <= end.isoformat(), f"留言时间 {row['留言时间']}"
        if accepted[row["办理状态"]]:
            assert row["留言时间"] < row["受理时间"] < row["办结时间"], f"order of times of {row['留言编号']}"
            days = _workdays_between(row["留言时间"][:10], row["办结时间"][:10])
            assert days <= rules["limit_workdays"], f"{row['留言编号']} is late"
            assert row["办结时间"][:10] <= quarter.figures["closed_until"].isoformat(), f"办结时间 {row['办结时间']}"
        else:
            equal((bool(row["不受理原因"]), row["办结时间"]), (True, ""), f"{row['留言编号']} declined")
    labels = {item["name"]: item["label"] for item in rules["type"]}
    return units, Counter(labels[row["问题类型"]] for row in rows)


def _workdays_between(first: str, last: str) -> int:
    day, end, count = dt.date.fromisoformat(first), dt.date.fromisoformat(last), 0
    while day < end:
        day += dt.timedelta(days=1)
        count += is_workday(day)
    return count


def _verify_functions(quarter: Quarter, rows: Rows) -> int:
    equal([row["网站标识码"] for row in rows], [site["code"] for site in quarter.sites], "sites of 功能建设")
    departments = {site["code"] for site in quarter.department_sites()}
    present = sum(row["无障碍"] == "是" for row in rows if row["网站标识码"] in departments)
    equal(present, quarter.figures["accessible_departments"], "department sites with 无障碍")
    return present


def _verify_info(quarter: Quarter, path: Path, scores: dict[str, Rows]) -> list[str]:
    items = {row["项目"]: row["内容"] for row in _list_rows(path, "基本信息")}
    equal(items["季度"], quarter.label, "季度")
    rows = [row for name in scores for row in scores[name]]
    for problem in _list_rows(path, "存在的问题"):
        for name in _split(problem["涉及指标"]):
            full = next(item["points"] for item in quarter.indicators if item["name"] == name)
            assert any(row[name] not in (full, "不涉及") for row in rows), f"no site lost points under {name}"
    deducted = {row["网站标识码"] for row in rows if row["扣分项得分"] != "100"}
    sites = {quarter.name(site["owner"]): site["code"] for site in quarter.sites if site["kind"] != "special"}
    practices = _list_rows(path, "典型做法")
    praised = [row["单位"] for row in practices if row["部分"] != "政务新媒体"]
    equal([unit for unit in praised if sites[unit] in deducted], [], "units both praised and faulted")
    return praised


def _split(text: str) -> Iterator[str]:
    return (name for name in text.split("、") if name)
