"""What was published of each quarter, and the sheets held against it (公布的数字).

What lives here: the published figures, typed once more from the notices, and the checks of rows that were read back.
What must not: reading files, figures chosen freely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samples.source import Quarter, hundredths

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Entry:
    """A row of the accounts' sheet: platform and unit by their ids; an empty score where there is none."""

    name: str
    platform: str
    unit: str
    passed: bool
    score: str


@dataclass(frozen=True)
class Sheets:
    """The rows of a quarter, as read from the written files; ``accessible`` counts department sites."""

    portals: Rows
    departments: Rows
    accounts: Sequence[Entry]
    messages: Counter[str]
    types: Counter[str]
    praised: Sequence[str]
    accessible: int

    def standings(self, quarter: Quarter) -> dict[str, list[str]]:
        """Districts by total, in roster order."""
        owners = {site["code"]: quarter.name(site["owner"]) for site in quarter.sites}
        found = defaultdict(list)
        for row in self.portals:
            found[row["总分"]].append(owners[row["网站标识码"]])
        return dict(found)


def equal(found: object, expected: object, what: str) -> None:
    """Raise ``AssertionError`` that says what is not as expected."""
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


def check(quarter: Quarter, sheets: Sheets) -> None:
    """Check every published figure of a quarter. Raises ``AssertionError`` that says which one does not hold."""
    _CHECKS[quarter.key](quarter, sheets)


def _total(rows: Rows) -> Decimal:
    return sum((Decimal(row["总分"]) for row in rows), Decimal(0))


# ---- 2021Q2 ---------------------------------------------------------------------------------------------------------


def _check_2021q2(quarter: Quarter, sheets: Sheets) -> None:
    standings = {
        "126": ["西城区", "海淀区", "房山区", "顺义区", "昌平区", "怀柔区", "密云区"],
        "125": ["东城区", "朝阳区", "丰台区", "门头沟区", "通州区", "大兴区", "延庆区"],
        "124": ["石景山区", "平谷区"],
    }
    equal(sheets.standings(quarter), standings, "district standings")
    equal(sum(row["扣分项得分"] == "100" for row in sheets.portals), 15, "districts without deduction")
    equal((len(sheets.departments), f"{_total(sheets.departments) / 58:.1f}"), (58, "98.8"), "department sites")


# ---- 2021Q3 ---------------------------------------------------------------------------------------------------------


def _check_2021q3(quarter: Quarter, sheets: Sheets) -> None:
    standings = sheets.standings(quarter)
    equal(standings["127"], ["西城区", "海淀区", "顺义区"], "districts with 127")
    equal(standings["126"], ["东城区", "朝阳区", "大兴区", "密云区"], "districts with 126")
    equal(_total(sheets.portals), 2007, "district total")
    equal(sum(row["扣分项得分"] == "100" for row in sheets.portals), 16, "districts without deduction")
    equal(len(sheets.departments), 59, "department sites")
    lost = 5900 - _total(sheets.departments)
    assert Decimal("56.05") < lost < Decimal("61.95"), f"departments lost {lost}"
    full = [row["网站名称"] for row in sheets.departments if row["总分"] == "100"]
    equal((len(full), full[:2]), (41, ["北京市发展和改革委员会", "北京市教育委员会"]), "sites with full marks")
    clean = _clean_indicators(quarter, sheets.departments)
    named = "概况信息 机构职能 解读比例 办事服务 信息提交 统一登录 一号登录"
    equal((len(clean), " ".join(clean[:7])), (14, named), "indicators without deduction")
    equal(sheets.accessible, 56, "department sites with 无障碍")
    praised = "东城区 朝阳区 海淀区 房山区 顺义区 大兴区 平谷区 密云区 市交通委 市生态环境局 市人力资源社会保障局"
    equal(" ".join(sheets.praised), praised, "praised units")
    _check_accounts_2021q3(quarter, sheets.accounts)
    _check_messages_2021q3(quarter, sheets)


def _clean_indicators(quarter: Quarter, rows: Rows) -> list[str]:
    """Report names without deduction on any row, in catalogue order."""
    items = [item for item in quarter.indicators if item["part"] == "deduct"]
    deducted = {
        item.get("report_as", item["name"])
        for item in items
        for row in rows
        if row[item["name"]] not in ("不涉及", item["points"])
    }
    names = dict.fromkeys(item.get("report_as", item["name"]) for item in items)
    return [name for name in names if name not in deducted]


def _check_accounts_2021q3(quarter: Quarter, accounts: Sequence[Entry]) -> None:
    counts = Counter(entry.platform for entry in accounts)
    passed = Counter(entry.platform for entry in accounts if entry.passed)
    found = {key: (counts[key], passed[key]) for key in counts}
    wanted = {"weibo": (300, 299), "wechat": (938, 935), "app": (43, 41), "other": (350, 349)}
    equal(found, wanted, "accounts by platform")
    praised = {
        ("北京新街口", "wechat", "xicheng"),
        ("西城退役军人事务局", "wechat", "xicheng"),
        ("北京海淀", "wechat", "haidian"),
        ("北京交警", "wechat", "public_security"),
    }
    good = {(entry.name, entry.platform, entry.unit) for entry in accounts if entry.passed}
    assert praised <= good, "a praised account is missing or failed"
    districts = {unit["id"] for unit in quarter.group("district")}
    units, failed = Counter(entry.unit for entry in accounts), {entry.unit for entry in accounts if not entry.passed}
    for group, members, size in (
        ("districts", units.keys() & districts, (1300, 4, 16, 13)),
        ("departments", units.keys() - districts, (331, 3, 53, 50)),
    ):
        faults = sum(entry.unit in members and not entry.passed for entry in accounts)
        shape = (sum(units[unit] for unit in members), faults, len(members), len(members - failed))
        equal(shape, size, f"accounts, failures, units and units at 100 % of {group}")
    named = {"dongcheng", "xicheng", "chaoyang", "development_reform", "education"}
    equal(named - (units.keys() - failed), set(), "units named at 100 %")


def _check_messages_2021q3(quarter: Quarter, sheets: Sheets) -> None:
    districts = {unit["id"] for unit in quarter.group("district")}
    units = sheets.messages
    equal(units.total(), 737, "messages")
    equal((len(units.keys() - districts), len(units.keys() & districts)), (38, 16), "units with messages")
    top = {
        "human_resources": 168,
        "transport": 121,
        "housing_construction": 84,
        "public_security": 57,
        "planning_natural_resources": 46,
        "tax": 38,
    }
    equal(dict(units.most_common(6)), top, "six units with most messages")
    assert units.most_common(7)[6][1] < 38, "the seventh unit is not below the sixth"
    equal(str(hundredths(Decimal(51400) / units.total())), "69.74", "share of the six units")
    types = [label for label, _ in sheets.types.most_common(4)]
    equal(types, ["错别字", "链接不可用", "内容不准确", "网页无法打开"], "main types")


# ---- 2023Q3 ---------------------------------------------------------------------------------------------------------


def _check_2023q3(quarter: Quarter, sheets: Sheets) -> None:
    for rows, count, mean, before, change in (
        (sheets.portals, 16, "103.64", "103.3", "0.34"),
        (sheets.departments, 58, "100.27", "100.01", "0.26"),
    ):
        _check_mean([row["总分"] for row in rows], count, mean, before, change)
    platforms = {
        "wechat": 859,
        "weibo": 257,
        "toutiao": 110,
        "douyin": 105,
        "wechat_channels": 80,
        "app": 33,
        "other": 244,
    }
    equal(dict(Counter(entry.platform for entry in sheets.accounts)), platforms, "accounts by platform")
    equal(all(entry.passed for entry in sheets.accounts), True, "no unqualified account")
    districts = {unit["id"] for unit in quarter.group("district")}
    scores: dict[bool, list[str]] = {True: [], False: []}
    for entry in sheets.accounts:
        scores[entry.unit in districts].append(entry.score)
    _check_mean(scores[True], 1289, "99.84", "99.72", "0.12")
    _check_mean(scores[False], 399, "99.07", "99.48", "-0.41")


def _check_mean(scores: Sequence[str], count: int, mean: str, before: str, change: str) -> None:
    found = hundredths(sum(map(Decimal, scores), Decimal(0)) / len(scores))
    equal((len(scores), found), (count, Decimal(mean)), "count and mean")
    equal(found - Decimal(before), Decimal(change), f"change of {mean}")


_CHECKS: dict[str, Callable[[Quarter, Sheets], None]] = {
    "2021Q2": _check_2021q2,
    "2021Q3": _check_2021q3,
    "2023Q3": _check_2023q3,
}
