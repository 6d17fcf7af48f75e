"""The written files read back, and every published figure checked (核对).

What lives here: assertions on cells, read by openpyxl and csv, independent of the writers. What must not: writing.
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

from samples.source import REFERENCE, Quarter, hundredths, read

Rows = list[dict[str, str]]
PUBLISHED_Q3: dict[str, Any] = {
    "standings": {
        "127": ["西城区", "海淀区", "顺义区"],
        "126": ["东城区", "朝阳区", "大兴区", "密云区"],
    },
    "indicators": "概况信息 机构职能 解读比例 办事服务 信息提交 统一登录 一号登录",
    "platforms": {"weibo": (300, 299), "wechat": (938, 935), "app": (43, 41), "other": (350, 349)},
    "top": {
        "human_resources": 168,
        "transport": 121,
        "housing_construction": 84,
        "public_security": 57,
        "planning_natural_resources": 46,
        "tax": 38,
    },
    "types": ["错别字", "链接不可用", "内容不准确", "网页无法打开"],
    "praised": "东城区 朝阳区 海淀区 房山区 顺义区 大兴区 平谷区 密云区 市交通委 市生态环境局 市人力资源社会保障局",
    "praised_accounts": {
        ("北京新街口", "wechat", "xicheng"),
        ("西城退役军人事务局", "wechat", "xicheng"),
        ("北京海淀", "wechat", "haidian"),
        ("北京交警", "wechat", "public_security"),
    },
}
PUBLISHED_Q2 = {
    "126": ["西城区", "海淀区", "房山区", "顺义区", "昌平区", "怀柔区", "密云区"],
    "125": ["东城区", "朝阳区", "丰台区", "门头沟区", "通州区", "大兴区", "延庆区"],
    "124": ["石景山区", "平谷区"],
}


def verify(quarter: Quarter, folder: Path) -> None:
    """Check the files of a quarter. Raises ``AssertionError`` that says which figure does not hold."""
    scores = _score_rows(folder / f"{quarter.label}政府网站检查评分表.xlsx")
    ledger = _list_rows(folder / f"{quarter.label}政府网站扣分明细.xlsx", "扣分明细")
    _verify_scores(quarter, scores)
    _verify_ledger(quarter, scores, ledger)
    _verify_accounts(quarter, _list_rows(folder / f"{quarter.label}政务新媒体检查情况表.xlsx", "检查情况"))
    _verify_reports(quarter, folder / "“我为政府网站找错”留言台账.csv")
    _verify_functions(quarter, _list_rows(folder / f"{quarter.label}网站功能建设情况表.xlsx", "功能建设"))
    _verify_info(quarter, folder / "季度信息.xlsx", scores)


def _equal(found: object, expected: object, what: str) -> None:
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


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
    _equal(printed[0], "平均分", f"{title}: row below the sites")
    mean = sum((Decimal(row["总分"]) for row in rows), Decimal(0)) / len(rows)
    _equal(printed[-1], str(hundredths(mean)), f"{title}: 平均分")


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
        _equal(row["网站名称"], site["name"], "site name")
        _equal(_names(quarter)[row["主办单位"]], site["owner"], f"owner of {site['name']}")
        _verify_sum(quarter, row, serves=site["serves_public"])
    standings = defaultdict(list)
    for row in scores["区政府门户网站"]:
        standings[row["总分"]].append(quarter.name(by_code[row["网站标识码"]]["owner"]))
    departments = scores["市级部门政府网站"]
    total = sum((Decimal(row["总分"]) for row in departments), Decimal(0))
    if quarter.key == "2021Q2":
        _equal(dict(standings), PUBLISHED_Q2, "district standings")
        _equal(sum(row["扣分项得分"] == "100" for row in scores["区政府门户网站"]), 15, "districts without deduction")
        _equal((len(departments), f"{total / 58:.1f}"), (58, "98.8"), "department sites")
        return
    _equal({key: standings[key] for key in ("127", "126")}, PUBLISHED_Q3["standings"], "district standings")
    _equal(sum(Decimal(key) * len(names) for key, names in standings.items()), 2007, "district total")
    _equal(sum(row["扣分项得分"] == "100" for row in scores["区政府门户网站"]), 16, "districts without deduction")
    _equal(len(departments), 59, "department sites")
    assert Decimal("56.05") < 5900 - total < Decimal("61.95"), f"departments lost {5900 - total}"
    full = [row for row in departments if row["总分"] == "100"]
    _equal((len(full), full[0]["网站名称"], full[1]["网站名称"]), (41, *_full_names()), "sites with full marks")
    clean = _clean_indicators(quarter, departments)
    _equal((len(clean), " ".join(clean[:7])), (14, PUBLISHED_Q3["indicators"]), "indicators without deduction")


def _full_names() -> tuple[str, str]:
    return "北京市发展和改革委员会", "北京市教育委员会"


def _verify_sum(quarter: Quarter, row: dict[str, str], *, serves: bool) -> None:
    parts = {"deduct": Decimal(0), "bonus": Decimal(0)}
    for item in quarter.indicators:
        text = row.get(item["name"], "0")
        exempt = item["level1"] == "办事服务" and not serves
        _equal(text == "不涉及", exempt, f"{row['网站名称']} {item['name']} 不涉及")
        value = Decimal(0) if exempt else Decimal(text)
        assert 0 <= value <= Decimal(item["points"]), f"{row['网站名称']} {item['name']}: {text}"
        parts[item["part"]] += value
    base = parts["deduct"] if serves else hundredths(parts["deduct"] * 4 / 3)
    _equal(Decimal(row["扣分项得分"]), base, f"{row['网站名称']} 扣分项得分")
    _equal(Decimal(row.get("加分", "0")), parts["bonus"], f"{row['网站名称']} 加分")
    _equal(Decimal(row["总分"]), base + parts["bonus"], f"{row['网站名称']} 总分")


def _clean_indicators(quarter: Quarter, rows: Rows) -> list[str]:
    """Report names without deduction on any row, in catalogue order."""
    deducted = {
        item["report_as"]
        for item in quarter.indicators
        for row in rows
        if item["part"] == "deduct" and row[item["name"]] not in ("不涉及", item["points"])
    }
    names = dict.fromkeys(item["report_as"] for item in quarter.indicators if item["part"] == "deduct")
    return [name for name in names if name not in deducted]


def _verify_ledger(quarter: Quarter, scores: dict[str, Rows], ledger: Rows) -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    first, last = quarter.figures["inspected"]
    for row in ledger:
        assert first.isoformat() <= row["发现时间"] <= last.isoformat(), f"发现时间 {row['发现时间']}"
        if row["复核状态"] == "确认":
            sums[row["网站标识码"], row["二级指标"]] += Decimal(row["扣分"])
    _equal(
        sum(row["复核状态"] in ("误报", "核减") for row in ledger),
        quarter.figures["dropped_problems"],
        "dropped problems",
    )
    points = {item["name"]: Decimal(item["points"]) for item in quarter.indicators if item["part"] == "deduct"}
    for row in (row for rows in scores.values() for row in rows):
        for name, full in points.items():
            lost = Decimal(0) if row[name] == "不涉及" else full - Decimal(row[name])
            found = min(sums.pop((row["网站标识码"], name), Decimal(0)), full)
            _equal(found, lost, f"{row['网站名称']} {name}: ledger against matrix")
    _equal(dict(sums), {}, "ledger rows without a cell")


def _verify_accounts(quarter: Quarter, rows: Rows) -> None:
    taxonomy = next(item for item in read(REFERENCE / "platforms.toml")["taxonomy"] if item["id"] == "2019")
    platforms = {name: item["id"] for item in taxonomy["platform"] for name in (item["name"], *item["aliases"])}
    names = _names(quarter)
    first, last = quarter.figures["inspected"]
    keys, counts, passed = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    units, failed = Counter[str](), Counter[str]()
    for row in rows:
        platform, unit, ok = platforms[row["平台类型"]], names[row["归口单位"]], row["检查结果"] == "合格"
        _equal(bool(row["否决情形"]), not ok, f"否决情形 of {row['账号名称']}")
        assert first.isoformat() <= row["检查日期"] <= last.isoformat(), f"检查日期 {row['检查日期']}"
        keys[row["账号名称"], platform] += 1
        counts[platform] += 1
        passed[platform] += ok
        units[unit] += 1
        failed[unit] += not ok
    _equal(max(keys.values()), 1, "accounts listed twice")
    _equal(sum(failed.values()), len(quarter.figures["failures"]), "failed accounts")
    districts = [unit["id"] for unit in quarter.group("district")]
    _equal([unit for unit in districts if not units[unit]], [], "districts without accounts")
    if quarter.key == "2021Q3":
        found = {key: (counts[key], passed[key]) for key in counts}
        _equal(found, PUBLISHED_Q3["platforms"], "accounts by platform")
        _verify_account_groups(units, failed, districts)
        good = {
            (row["账号名称"], platforms[row["平台类型"]], names[row["归口单位"]])
            for row in rows
            if row["检查结果"] == "合格"
        }
        assert PUBLISHED_Q3["praised_accounts"] <= good, "a praised account is missing or failed"


def _verify_account_groups(units: Counter[str], failed: Counter[str], districts: list[str]) -> None:
    of_districts = [unit for unit in units if unit in districts]
    of_departments = [unit for unit in units if unit not in districts]
    bad = {unit for unit in units if failed[unit]}
    _equal(sum(units[unit] for unit in of_districts), 1300, "accounts of districts")
    _equal(sum(failed[unit] for unit in of_districts), 4, "failures of districts")
    _equal(sum(unit not in bad for unit in of_districts), 13, "districts at 100 %")
    _equal(sum(units[unit] for unit in of_departments), 331, "accounts of departments")
    _equal(sum(failed[unit] for unit in of_departments), 3, "failures of departments")
    _equal(len(of_departments), 53, "departments with accounts")
    _equal(sum(unit not in bad for unit in of_departments), 50, "departments at 100 %")
    named = ("dongcheng", "xicheng", "chaoyang", "development_reform", "education")
    _equal([unit for unit in named if unit in bad or not units[unit]], [], "units named at 100 %")


def _verify_reports(quarter: Quarter, path: Path) -> None:
    data = path.read_bytes()
    _equal(data.count(b"\n"), data.count(b"\r\n"), "line ends")
    rows = list(csv.DictReader(io.StringIO(data.decode("gb18030"), newline="")))
    rules = quarter.report_rules
    accepted = {item["name"]: item["accepted"] for item in rules["status"]}
    names, owners = _names(quarter), {site["code"]: site["owner"] for site in quarter.sites}
    units = Counter(names[row["受理单位"]] for row in rows)
    _equal(len({row["留言编号"] for row in rows}), len(rows), "留言编号")
    start, end = quarter.figures["reports"]["relaunch"], quarter.figures["reports_until"]
    for row in rows:
        _equal(owners[row["网站标识码"]], names[row["受理单位"]], f"unit of {row['留言编号']}")
        assert start.isoformat() <= row["留言时间"][:10] <= end.isoformat(), f"留言时间 {row['留言时间']}"
        if accepted[row["办理状态"]]:
            assert row["留言时间"] < row["受理时间"] < row["办结时间"], f"order of times of {row['留言编号']}"
            days = _workdays_between(row["留言时间"][:10], row["办结时间"][:10])
            assert days <= rules["limit_workdays"], f"{row['留言编号']} is late"
            assert row["办结时间"][:10] <= quarter.figures["closed_until"].isoformat(), f"办结时间 {row['办结时间']}"
        else:
            _equal((bool(row["不受理原因"]), row["办结时间"]), (True, ""), f"{row['留言编号']} declined")
    if quarter.key == "2021Q3":
        _verify_concentration(quarter, rows, units)


def _verify_concentration(quarter: Quarter, rows: Rows, units: Counter[str]) -> None:
    districts = {unit["id"] for unit in quarter.group("district")}
    _equal(len(rows), 737, "messages")
    _equal((len(units.keys() - districts), len(units.keys() & districts)), (38, 16), "units with messages")
    _equal(dict(units.most_common(6)), PUBLISHED_Q3["top"], "six units with most messages")
    assert units.most_common(7)[6][1] < 38, "the seventh unit is not below the sixth"
    _equal(str(hundredths(Decimal(51400) / len(rows))), "69.74", "share of the six units")
    labels = {item["name"]: item["label"] for item in quarter.report_rules["type"]}
    types = Counter(labels[row["问题类型"]] for row in rows)
    _equal([label for label, _ in types.most_common(4)], PUBLISHED_Q3["types"], "main types")


def _workdays_between(first: str, last: str) -> int:
    day, end, count = dt.date.fromisoformat(first), dt.date.fromisoformat(last), 0
    while day < end:
        day += dt.timedelta(days=1)
        count += is_workday(day)
    return count


def _verify_functions(quarter: Quarter, rows: Rows) -> None:
    _equal([row["网站标识码"] for row in rows], [site["code"] for site in quarter.sites], "sites of 功能建设")
    departments = {site["code"] for site in quarter.department_sites()}
    present = sum(row["无障碍"] == "是" for row in rows if row["网站标识码"] in departments)
    _equal(present, quarter.figures["accessible_departments"], "department sites with 无障碍")
    if quarter.key == "2021Q3":
        _equal(present, 56, "department sites with 无障碍")


def _verify_info(quarter: Quarter, path: Path, scores: dict[str, Rows]) -> None:
    items = {row["项目"]: row["内容"] for row in _list_rows(path, "基本信息")}
    _equal(items["季度"], quarter.label, "季度")
    rows = [row for name in scores for row in scores[name]]
    for problem in _list_rows(path, "存在的问题"):
        for name in _split(problem["涉及指标"]):
            full = next(item["points"] for item in quarter.indicators if item["name"] == name)
            assert any(row[name] not in (full, "不涉及") for row in rows), f"no site lost points under {name}"
    deducted = {row["网站标识码"] for row in rows if row["扣分项得分"] != "100"}
    sites = {quarter.name(site["owner"]): site["code"] for site in quarter.sites if site["kind"] != "special"}
    practices = _list_rows(path, "典型做法")
    praised = [row["单位"] for row in practices if row["部分"] != "政务新媒体"]
    _equal([unit for unit in praised if sites[unit] in deducted], [], "units both praised and faulted")
    if quarter.key == "2021Q3":
        _equal(" ".join(praised), PUBLISHED_Q3["praised"], "praised units")


def _split(text: str) -> Iterator[str]:
    return (name for name in text.split("、") if name)
