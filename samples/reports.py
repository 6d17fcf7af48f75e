"""“我为政府网站找错”留言台账: one ledger of a year's quarters, cumulative in 2021 from the relaunch in May on.

What lives here: the messages, drawn to the counts of the figures; 2021Q2 is the part of the ledger up to its end.
What must not: accounts, scores.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

from chinese_calendar import is_workday

from samples.books import write_csv
from samples.source import SEED, Quarter, Table, load, page

HEADER = (
    "留言编号",
    "网站标识码",
    "网站名称",
    "受理单位",
    "问题类型",
    "问题页面",
    "问题描述",
    "留言时间",
    "办理状态",
    "受理时间",
    "办结时间",
    "不受理原因",
)
_DECLINED_OF_100 = 6


@dataclass(frozen=True)
class Message:
    """A message: the unit it concerns, and when it came."""

    unit: str
    created: dt.datetime


def write_reports(quarter: Quarter, folder: Path) -> None:
    """Write the ledger as the platform exports it, cut at the quarter's end."""
    end = quarter.figures["reports_until"].isoformat()
    rows = [row for row in _ledger(load(quarter.figures["reports"]["last"])) if row[7][:10] <= end]
    write_csv(folder / "“我为政府网站找错”留言台账.csv", HEADER, rows)


def _ledger(quarter: Quarter) -> list[tuple[str, ...]]:
    """The whole ledger, as it stands in its last quarter."""
    draw = random.Random(f"{SEED} reports")
    messages = sorted(_messages(quarter, draw), key=lambda message: message.created)
    counts = quarter.figures["reports"]["types"]
    types = [name for name, count in counts.items() for _ in range(count)]
    draw.shuffle(types)
    return [
        _row(quarter, draw, number, message, kind)
        for number, (message, kind) in enumerate(zip(messages, types, strict=True), start=1)
    ]


def _messages(quarter: Quarter, draw: random.Random) -> list[Message]:
    figures = quarter.figures["reports"]
    counts = {**figures["top"], **_other_counts(quarter, draw)}
    messages = []
    for unit in quarter.units:
        early, total = counts.get(unit["id"], (0, 0))
        for number in range(total):
            first, last = (figures["from"], figures["turn"]) if number < early else (figures["turn"], figures["end"])
            day = first + dt.timedelta(days=draw.randrange((last - first).days))
            time = dt.time(draw.randint(7, 22), draw.randrange(60), draw.randrange(60))
            messages.append(Message(unit["id"], dt.datetime.combine(day, time)))
    return messages


def _other_counts(quarter: Quarter, draw: random.Random) -> dict[str, tuple[int, int]]:
    """Spread the rest over the other units: at least one each, fewer than the sixth of the top units."""
    figures = quarter.figures["reports"]
    units = [unit["id"] for unit in quarter.group("district")] + list(figures["others"]["departments"])
    most = min(total for _, total in figures["top"].values()) - 12
    counts = dict.fromkeys(units, 1)
    for _ in range(figures["total"] - sum(total for _, total in figures["top"].values()) - len(units)):
        counts[draw.choice([unit for unit in units if counts[unit] < most])] += 1
    share = figures["first_quarter_share"]
    return {unit: ((count * share + 50) // 100, count) for unit, count in counts.items()}


def _row(quarter: Quarter, draw: random.Random, number: int, message: Message, kind: str) -> tuple[str, ...]:
    site = _site(quarter, draw, message)
    texts = quarter.texts["messages"]
    owner = quarter.name(message.unit)
    if draw.randrange(100) < 6:
        owner = draw.choice(quarter.spellings(message.unit)[:2])
    return (
        f"ZC{message.created:%Y%m%d}{number:05d}",
        site["code"],
        site["name"],
        owner,
        next(item["name"] for item in quarter.report_rules["type"] if item["id"] == kind),
        page(message.unit, "content", draw.randint(100000, 999999)),
        draw.choice(texts[kind]),
        message.created.isoformat(" "),
        *_handling(draw, message.created, texts["declined"], quarter.report_rules["limit_workdays"]),
    )


def _site(quarter: Quarter, draw: random.Random, message: Message) -> Table:
    """One of the unit's sites; a site that opened in the last quarter only from its beginning on."""
    sites = [site for site in quarter.sites if site["owner"] == message.unit]
    if message.created.date() < quarter.figures["reports"]["turn"]:
        sites = [site for site in sites if site["valid_from"] < quarter.key]
    return sites[0] if len(sites) == 1 or draw.randrange(100) < 75 else sites[1]


def _handling(
    draw: random.Random, created: dt.datetime, declined: dict[str, str], limit: int
) -> tuple[str, str, str, str]:
    """State, time of acceptance, time of closing, and reason of refusal; every accepted message is closed on time."""
    if draw.randrange(100) < _DECLINED_OF_100:
        state = draw.choice(list(declined))
        return state, "", "", declined[state]
    day = _workdays_after(created.date(), draw.choice((1, 1, 1, 2, 2, limit)))
    closed = dt.datetime.combine(day, dt.time(draw.randint(9, 17), draw.randrange(60), draw.randrange(60)))
    accepted = dt.datetime.combine(_workdays_after(created.date(), 1), dt.time(8, draw.randint(30, 59), 0))
    if is_workday(created.date()) and 9 <= created.hour < 17:
        accepted = created + dt.timedelta(minutes=draw.randint(10, 50))
    state = "未曝光已办结" if draw.randrange(100) < 5 else "已办结"
    return state, accepted.isoformat(" "), closed.isoformat(" "), ""


def _workdays_after(day: dt.date, count: int) -> dt.date:
    """The working day that lies ``count`` working days after a day."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day
