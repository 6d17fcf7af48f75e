"""政务新媒体检查情况表: the inspected accounts.

What lives here: names of accounts and organisers made from the texts, drawn to the counts of the figures.
What must not: sites. Contacts are placeholders: no person is behind them.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xlsxwriter.workbook import Workbook

from samples.books import list_sheet, write_book
from samples.source import SEED, Quarter, plain

HEADER = (
    "序号",
    "账号名称",
    "平台类型",
    "主办单位",
    "归口单位",
    "检查结果",
    "否决情形",
    "检查日期",
    "联系人",
    "联系电话",
)
SPELLINGS = {  # by taxonomy and platform
    "2019": {
        "weibo": ("新浪微博", "新浪微博", "微博"),
        "wechat": ("微信公众号", "微信公众号", "微信"),
        "app": ("APP", "移动客户端"),
        "other": ("今日头条", "抖音", "抖音短视频", "快手", "百家号", "微信视频号"),
    },
    "2023": {
        "wechat": ("微信公众号", "微信公众号", "微信"),
        "weibo": ("新浪微博", "新浪微博", "微博"),
        "toutiao": ("今日头条", "头条号"),
        "douyin": ("抖音短视频", "抖音", "抖音号"),
        "wechat_channels": ("微信视频号", "视频号"),
        "app": ("APP", "移动客户端"),
        "other": ("快手", "百家号", "人民号", "哔哩哔哩", "小程序"),
    },
}
_PLACE = ("街道", "镇", "乡")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Account:
    """An account: who runs it, the unit it counts under, and the reason of a failure."""

    unit: str
    name: str
    organiser: str
    platform: str
    veto: str = ""
    main: bool = False


def accounts(quarter: Quarter) -> list[Account]:
    """The accounts of a quarter in roster order. An earlier quarter has fewer of the same ones."""
    draw = random.Random(f"{SEED} accounts")
    found: list[Account] = []
    for group, names in (("district", _district_names(quarter)), ("department", _department_names(quarter))):
        for platform, count in quarter.figures["accounts"][group].items():
            owners = quarter.figures["app_owners"] if platform == "app" else {name.unit for name in names}
            first = [name for name in names if name.main and name.unit in owners]
            chosen = _drawn(draw, names, first[:count], count)
            found.extend(replace(name, platform=platform) for name in names if name in chosen)
    minor = [account for account in found if not account.main]
    gone = draw.sample(minor, quarter.figures["accounts_removed"])
    kept = [account for account in found if account not in gone]
    order = {unit["id"]: number for number, unit in enumerate(quarter.units)}
    return sorted(_failed(quarter, kept), key=lambda account: order[account.unit])


def _district_names(quarter: Quarter) -> list[Account]:
    names = []
    for unit in quarter.group("district"):
        short = quarter.name(unit["id"])
        stem = short.removesuffix("区")
        names.append(Account(unit["id"], f"北京{stem}", f"{short}人民政府办公室", "", main=True))
        for bureau, suffix in quarter.texts["districts"]["bureaus"]:
            main = (stem, suffix) == ("西城", "退役军人事务局")
            names.append(Account(unit["id"], stem + suffix, short + bureau, "", main=main))
        for place in quarter.texts["districts"]["streets"][unit["id"]]:
            main = (stem, place) == ("西城", "新街口街道")
            name = "北京新街口" if main else stem + _bare(place)
            office = "办事处" if place.endswith("街道") else "人民政府"
            names.append(Account(unit["id"], name, short + place + office, "", main=main))
    return names


def _bare(place: str) -> str:
    """Name of a street or township without its kind; one-character names keep it (杨镇)."""
    for kind in _PLACE:
        if place.endswith(kind) and len(place) > len(kind) + 1:
            return place.removesuffix(kind)
    return place


def _department_names(quarter: Quarter) -> list[Account]:
    stems = quarter.texts["departments"]["stems"]
    names = []
    for unit in quarter.group("department"):
        if unit["id"] in stems:
            stem, short = stems[unit["id"]], quarter.name(unit["id"])
            names.append(Account(unit["id"], f"北京{stem}", short, "", main=True))
            for suffix, office in (("服务", "政务服务中心"), ("资讯", "宣传教育中心"), ("科普", "信息中心")):
                names.append(Account(unit["id"], f"北京{stem}{suffix}", short + office, ""))
    names.append(Account("public_security", "北京交警", "市公安局公安交通管理局", "", main=True))
    return names


def _drawn(draw: random.Random, names: Sequence[Account], first: Sequence[Account], count: int) -> set[Account]:
    """Choose accounts for a platform: the given ones first, then any."""
    rest = [name for name in names if name not in first]
    return {*first, *draw.sample(rest, count - len(first))}


def _failed(quarter: Quarter, found: Sequence[Account]) -> list[Account]:
    """Mark the failures of the figures: a minor account of the unit where there is one, never a praised one."""
    praised = _praised(quarter)
    result = list(found)
    for failure in quarter.figures["failures"]:
        fits = [
            at
            for at, account in enumerate(result)
            if (account.unit, account.platform, account.veto) == (failure["unit"], failure["platform"], "")
            and (account.name, quarter.name(account.unit)) not in praised
        ]
        at = max(fits, key=lambda index: (not result[index].main, index))
        result[at] = replace(result[at], veto=failure["veto"])
    return result


def _praised(quarter: Quarter) -> set[tuple[str | None, str]]:
    return {(entry.get("account"), entry["unit"]) for entry in quarter.texts["info"][quarter.key]["practices"]}


def _scores(quarter: Quarter, found: Sequence[Account]) -> list[str]:
    """The score of each account, in the order given: the points that a group loses fall in pieces on any but praised ones."""
    draw = random.Random(f"{SEED} {quarter.key} account scores")
    praised = _praised(quarter)
    lost = [0] * len(found)  # tenths
    for group, points in quarter.figures["account_losses"].items():
        units = {unit["id"] for unit in quarter.group(group)}
        hit = [
            at
            for at, account in enumerate(found)
            if account.unit in units and (account.name, quarter.name(account.unit)) not in praised
        ]
        left = int(Decimal(points) * 10)
        while left:
            piece = min(left, draw.randint(3, 40))
            lost[draw.choice(hit)] += piece
            left -= piece
    full = Decimal(quarter.book["account_score"]["full_mark"])
    return [plain(full - Decimal(tenths) / 10) for tenths in lost]


def _spelled(quarter: Quarter, account: Account) -> str:
    """The platform as the sheet spells it, the same in every quarter."""
    spellings = SPELLINGS[quarter.platforms["id"]][account.platform]
    return random.Random(f"{SEED} {account.name} {account.platform}").choice(spellings)


def write_accounts(quarter: Quarter, folder: Path) -> None:
    """Write 政务新媒体检查情况表: one account a row, with its score where the rule book has scores of accounts."""
    draw = random.Random(f"{SEED} {quarter.key} accounts sheet")
    first, last = quarter.figures["inspected"]
    found = accounts(quarter)
    header, widths = list(HEADER), [6, 26, 14, 34, 30, 10, 16, 12, 10, 16]
    rows = []
    for number, account in enumerate(found, start=1):
        day = first + dt.timedelta(days=draw.randint(0, (last - first).days))
        owner = quarter.name(account.unit)
        if draw.randrange(100) < 8:
            owner = draw.choice(quarter.spellings(account.unit)[:2])
        rows.append(
            [
                str(number),
                account.name,
                _spelled(quarter, account),
                account.organiser,
                owner,
                "不合格" if account.veto else "合格",
                account.veto,
                day.isoformat(),
                f"联系人{_STEMS[number % 10]}",
                f"010-0000{number % 10000:04d}",
            ]
        )
    if "account_score" in quarter.book:
        at = HEADER.index("否决情形")
        for row, score in zip([header, *rows], ["得分", *_scores(quarter, found)], strict=True):
            row.insert(at, score)
        widths.insert(at, 8)

    def fill(book: Workbook) -> None:
        list_sheet(book, "检查情况", header, widths, rows)

    write_book(folder / f"{quarter.label}政务新媒体检查情况表.xlsx", fill)
