"""Score sheets, the deduction ledger, and the functions of sites.

What lives here: 政府网站检查评分表, 政府网站扣分明细, 网站功能建设情况表. What must not: accounts, messages.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samples.books import body, heading, list_sheet, write_book
from samples.source import SEED, Quarter, Table, hundredths, page, plain

LEFT = ("序号", "网站标识码", "网站名称", "主办单位", "单项否决")
LEDGER = (
    "序号",
    "网站标识码",
    "网站名称",
    "一级指标",
    "二级指标",
    "扣分",
    "问题描述",
    "问题页面",
    "发现时间",
    "复核状态",
)
_HALF = Decimal("0.5")
_STALE = {"policy_documents": 5, "message_publication": 3, "service_statistics": 2}  # a stale column costs this at once


@dataclass(frozen=True)
class Score:
    """A site's row: the score under each indicator, and the totals."""

    site: Table
    cells: tuple[str, ...]
    base: Decimal
    bonus: Decimal

    @property
    def total(self) -> Decimal:
        """The total that the sheet prints (总分)."""
        return self.base + self.bonus


def planned(quarter: Quarter, site: Table) -> dict[str, tuple[Decimal, Decimal]]:
    """What a site loses by indicator id: the loss, and the sum in the ledger (greater where the cap bites)."""
    key = f"special:{site['owner']}" if site["kind"] == "special" else site["owner"]
    entries = quarter.figures["deductions"].get(key, {})
    pairs = {name: text.partition("/") for name, text in entries.items()}
    return {name: (Decimal(lost), Decimal(ledger or lost)) for name, (lost, _, ledger) in pairs.items()}


def score(quarter: Quarter, site: Table) -> Score:
    """The row of a site: points less the planned losses; without services the rest is scaled by 4/3."""
    lost = {name: amount for name, (amount, _) in planned(quarter, site).items()}
    cells, base = [], Decimal(0)
    for item in _part(quarter, "deduct"):
        if item["level1"] == "办事服务" and not site["serves_public"]:
            cells.append("不涉及")
            continue
        value = Decimal(item["points"]) - lost.get(item["id"], Decimal(0))
        cells.append(plain(value))
        base += value
    if not site["serves_public"]:
        base = hundredths(base * 4 / 3)
    bonus = _bonus(quarter, site, base)
    if bonus is None:
        return Score(site, tuple(cells), base, Decimal(0))
    cells.extend(plain(value) for value in _split_bonus(quarter, site, bonus))
    return Score(site, tuple(cells), base, bonus)


def _bonus(quarter: Quarter, site: Table, base: Decimal) -> Decimal | None:
    """The bonus of a site: what its total leaves, or its share of the group's; ``None`` where the group has none."""
    if site["kind"] == "portal":
        return Decimal(quarter.figures["district_totals"][site["owner"]]) - base
    if not _has_bonus(quarter, "department"):
        return None
    draw = random.Random(f"{SEED} {quarter.key} department bonus")
    codes = [each["code"] for each in quarter.department_sites()]
    tenths = int(Decimal(quarter.figures["department_bonus"]) * 10)
    return Decimal(draw.choices(codes, k=tenths).count(site["code"])) / 10


def _has_bonus(quarter: Quarter, group: str) -> bool:
    return any(item["id"] == group and item["bonus"] != "0" for item in quarter.book["group"])


def _part(quarter: Quarter, part: str) -> list[Table]:
    return [item for item in quarter.indicators if item["part"] == part]


def _split_bonus(quarter: Quarter, site: Table, bonus: Decimal) -> list[Decimal]:
    """Spread the bonus over the bonus indicators (free: only the sum of the group is published)."""
    draw = random.Random(f"{SEED} {quarter.key} bonus {site['code']}")
    values = [Decimal(item["points"]) for item in _part(quarter, "bonus")]
    step, least = Decimal(quarter.figures["bonus_step"]), Decimal(quarter.figures["bonus_least"])
    while sum(values) > bonus:
        at = draw.randrange(len(values))
        if values[at] > least:
            values[at] -= step
    return values


def write_scores(quarter: Quarter, folder: Path) -> None:
    """Write 政府网站检查评分表: one sheet per group, every cell text."""

    def fill(book: Workbook) -> None:
        for group, sites in (("district", quarter.portals()), ("department", quarter.department_sites())):
            name = next(item["label"] for item in quarter.book["group"] if item["id"] == group)
            _score_sheet(book, quarter, name, sites, with_bonus=_has_bonus(quarter, group))

    write_book(folder / f"{quarter.label}政府网站检查评分表.xlsx", fill)


def _score_sheet(book: Workbook, quarter: Quarter, name: str, sites: Sequence[Table], *, with_bonus: bool) -> None:
    sheet = book.add_worksheet(name)
    indicators = _part(quarter, "deduct") + (_part(quarter, "bonus") if with_bonus else [])
    right = ("扣分项得分", "加分", "总分") if with_bonus else ("扣分项得分", "总分")
    width = len(LEFT) + len(indicators) + len(right)
    _score_header(book, sheet, f"{quarter.label}{name}检查评分表", indicators, right)
    rows = [score(quarter, site) for site in sites]
    cell = body(book, centre=True)
    for number, row in enumerate(rows, start=1):
        texts = (
            str(number),
            row.site["code"],
            row.site["name"],
            _owner(quarter, row.site, number),
            "无",
            *row.cells,
            *_totals(row, with_bonus),
        )
        for column, text in enumerate(texts):
            sheet.write_string(3 + number, column, text, cell)
    below = 4 + len(rows)
    _average_row(book, sheet, below, width, rows, with_bonus)
    note = book.add_format({"text_wrap": True, "valign": "vcenter"})
    for offset, text in enumerate(_notes(quarter, sites, with_bonus=with_bonus), start=1):
        sheet.merge_range(below + offset, 0, below + offset, width - 1, text, note)


def _score_header(
    book: Workbook, sheet: Worksheet, title: str, indicators: Sequence[Table], right: Sequence[str]
) -> None:
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = heading(book)
    width = len(LEFT) + len(indicators) + len(right)
    sheet.merge_range(0, 0, 0, width - 1, title, big)
    sheet.merge_range(
        1, 0, 1, width - 1, "检测机构：第三方检测机构　　　　单位：分", book.add_format({"align": "right"})
    )
    for column, text in [*enumerate(LEFT), *enumerate(right, start=len(LEFT) + len(indicators))]:
        sheet.merge_range(2, column, 3, column, text, head)
    start = len(LEFT)
    for level1 in dict.fromkeys(item["level1"] for item in indicators):
        items = [item for item in indicators if item["level1"] == level1]
        sheet.merge_range(2, start, 2, start + len(items) - 1, level1, head)
        for offset, item in enumerate(items):
            sheet.write_string(3, start + offset, f"{item['name']}\n（{item['points']}分）", head)
        start += len(items)
    sheet.set_row(0, 30)
    sheet.set_row(3, 36)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 13)
    sheet.set_column(2, 3, 26)
    sheet.set_column(4, width - 1, 10)
    sheet.freeze_panes(4, 3)


def _owner(quarter: Quarter, site: Table, number: int) -> str:
    """The owner as the sheet spells it: the short name, now and then another spelling."""
    if number % 9 != 5:
        return quarter.name(site["owner"])
    others = quarter.spellings(site["owner"])[:2]
    return others[number % len(others)]


def _totals(row: Score, with_bonus: bool) -> list[str]:
    return [plain(value) for value in ([row.base, row.bonus, row.total] if with_bonus else [row.base, row.total])]


def _average_row(
    book: Workbook, sheet: Worksheet, at: int, width: int, rows: Sequence[Score], with_bonus: bool
) -> None:
    bold = book.add_format({"bold": True, "border": 1, "align": "center"})
    sheet.merge_range(at, 0, at, len(LEFT) - 1, "平均分", bold)
    columns = [[row.base for row in rows], [row.bonus for row in rows], [row.total for row in rows]]
    averages = [hundredths(sum(values, Decimal(0)) / len(values)) for values in columns]
    printed = averages if with_bonus else [averages[0], averages[2]]
    for column in range(len(LEFT), width - len(printed)):
        sheet.write_blank(at, column, None, bold)
    for offset, value in enumerate(printed):
        sheet.write_string(at, width - len(printed) + offset, str(value), bold)


def _notes(quarter: Quarter, sites: Sequence[Table], *, with_bonus: bool) -> list[str]:
    bonus = max(int(item["bonus"]) for item in quarter.book["group"])
    full = f"扣分项满分100分，加分项满分{bonus}分，扣分项得分高于80分的计入加分。" if with_bonus else "满分100分。"
    scaled = "无对外服务事项的网站不检查办事服务指标，从75分起评，得分乘以4/3，四舍五入保留两位小数。"
    first = full if all(site["serves_public"] for site in sites) else full + scaled
    return [
        f"注：1.{first}",
        "注：2.存在单项否决情形的网站判定为不合格，不再评分。",
        "填表人：　　　　　　　　审核人：　　　　　　　　",
    ]


def write_ledger(quarter: Quarter, folder: Path) -> None:
    """Write 政府网站扣分明细: a row per problem; those not confirmed do not count."""
    dropped = _dropped(quarter)
    rows: list[tuple[str, ...]] = []
    for site in quarter.sites:
        for row in [*_confirmed(quarter, site), *dropped.get(site["code"], [])]:
            rows.append((str(len(rows) + 1), *row))
    write_book(
        folder / f"{quarter.label}政府网站扣分明细.xlsx",
        lambda book: _ledger_sheet(book, rows),
    )


def _ledger_sheet(book: Workbook, rows: Sequence[Sequence[str]]) -> None:
    list_sheet(book, "扣分明细", LEDGER, (6, 13, 30, 12, 12, 8, 48, 52, 12, 10), rows)


def _confirmed(quarter: Quarter, site: Table) -> Iterator[tuple[str, ...]]:
    draw = random.Random(f"{SEED} {quarter.key} ledger {site['code']}")
    losses = planned(quarter, site)
    for item in quarter.indicators:
        if item["id"] in losses:
            amount = losses[item["id"]][1]
            texts = _problem_texts(quarter, item["id"], amount)
            start = draw.randrange(len(texts))
            for at, points in enumerate(_pieces(item["id"], amount)):
                yield _ledger_row(quarter, draw, site, item, points, texts[(start + at) % len(texts)], "确认")


def _problem_texts(quarter: Quarter, indicator: str, amount: Decimal) -> list[str]:
    """The problems that fit an amount: the first text of some indicators is the stale column."""
    texts = list(quarter.texts["problems"][indicator])
    if indicator not in _STALE:
        return texts
    return texts[:1] if amount == _STALE[indicator] else texts[1:]


def _pieces(indicator: str, amount: Decimal) -> list[Decimal]:
    """Cut a deduction into problems: a stale column at once, half points for availability, whole points else."""
    if amount == _STALE.get(indicator):
        return [amount]
    step = _HALF if indicator == "availability" else Decimal(1)
    pieces = [step] * int(amount / step)
    return pieces if sum(pieces) == amount else [*pieces, amount - sum(pieces)]


def _ledger_row(
    quarter: Quarter, draw: random.Random, site: Table, item: Table, points: Decimal, text: str, state: str
) -> tuple[str, ...]:
    first, last = quarter.figures["inspected"]
    found = first + dt.timedelta(days=draw.randint(0, (last - first).days))
    link = page(site["owner"], item["id"].replace("_", "-"), draw.randint(1000, 9999))
    return (
        site["code"],
        site["name"],
        item["level1"],
        item["name"],
        plain(points),
        text,
        link,
        found.isoformat(),
        state,
    )


def _dropped(quarter: Quarter) -> dict[str, list[tuple[str, ...]]]:
    """Problems that the review dropped (误报) or reduced to nothing (核减), by site code."""
    draw = random.Random(f"{SEED} {quarter.key} dropped")
    items = [item for item in quarter.indicators if item["id"] in quarter.texts["dropped"]]
    rows: dict[str, list[tuple[str, ...]]] = {}
    for site in draw.sample(quarter.sites, quarter.figures["dropped_problems"]):
        item = draw.choice(items)
        text = draw.choice(list(quarter.texts["dropped"][item["id"]]))
        state = "核减" if "不计扣分" in text else "误报"
        points = _HALF if item["id"] == "availability" else Decimal(1)
        rows.setdefault(site["code"], []).append(_ledger_row(quarter, draw, site, item, points, text, state))
    return rows


def write_functions(quarter: Quarter, folder: Path) -> None:
    """Write 网站功能建设情况表: whether a site has a function."""
    draw = random.Random(f"{SEED} functions")  # the same in every quarter
    chance = {"accessible": 100, "mobile_adapted": 88, "site_search": 97, "smart_answers": 55}
    present = {
        site["code"]: {name: draw.randrange(100) < percent for name, percent in chance.items()}
        for site in quarter.sites
        if site["valid_from"] < "2021Q3"
    }
    for site in quarter.sites:
        present.setdefault(site["code"], dict.fromkeys(chance, True))
    sites = quarter.department_sites()
    lacking = draw.sample(sites[:50], 50)[: len(sites) - quarter.figures["accessible_departments"]]
    for site in lacking:
        present[site["code"]]["accessible"] = False
    rows = [
        (
            str(number),
            site["code"],
            site["name"],
            *("是" if present[site["code"]][item["id"]] else "否" for item in quarter.functions),
        )
        for number, site in enumerate(quarter.sites, start=1)
    ]
    header = ("序号", "网站标识码", "网站名称", *(item["name"] for item in quarter.functions))
    widths = (6, 13, 36, *(14 for _ in quarter.functions))

    def fill(book: Workbook) -> None:
        list_sheet(book, "功能建设", header, widths, rows)

    write_book(folder / f"{quarter.label}网站功能建设情况表.xlsx", fill)
