"""Rows that stand in for a table that cannot be used, so that the rest can be assembled (代用数据).

What lives here: complete rows of every site, account and message, made of the registry alone. No figure that rests on them
is ever printed. What must not: marking; deciding which tables cannot be used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import polars as pl

from pipeline.contracts.contract import frame
from pipeline.reference.registry import Roster

Row = dict[str, object]
LAYOUTS = {
    "core/site_result": "site_score",
    "core/indicator_score": "site_score",
    "core/deduction": "deduction",
    "core/account": "account",
    "core/error_report": "error_report",
    "core/site_function": "site_function",
    "core/supplement": "supplement",
    "core/info_window": "error_report",
    "core/info_earlier": "info_earlier",
    "core/info_paragraph": "info_problem",
    "core/info_practice": "info_practice",
}
_FILE = {"file": "（代用）", "sheet": "（代用）"}
_AGREED, _AUTHORITY = {"同意状态": "已同意"}, "同意机关"
_TEXTS = (
    "检查依据文件",
    "同意状态",
    _AUTHORITY,
    "新媒体统计截至",
    "找错起始日期",
    "找错截止日期",
    "结束语",
    "成文日期",
)


def stand_in(key: str, roster: Roster) -> pl.DataFrame:
    """A whole core table without any delivered row (代用表); a table that may be empty is empty."""
    rows = _ROWS[key](roster) if key in _ROWS else iter(())
    return frame(key, ({"quarter": roster.quarter.key, **_FILE, "row_no": at, **row} for at, row in enumerate(rows, 1)))


def unusable(key: str, table: pl.DataFrame) -> bool:
    """Whether a table has nothing to go on with (不能使用): no rows, or no window of the messages."""
    return table.is_empty() or (key == "core/info_window" and "error_report" not in table["layout"])


def fill_items(items: pl.DataFrame, mark: Callable[[str], str], roster: Roster) -> pl.DataFrame:
    """基本信息 with a mark in place of what every notice says and nobody filled (补齐基本信息)."""
    filled = items.filter(pl.col("content") != "")["item"].to_list()
    lacking = [name for name in _TEXTS if name not in filled]
    if lacking and not {*_AGREED} <= {*filled}:  # whoever agrees is not sure either
        lacking = list(dict.fromkeys((*lacking, _AUTHORITY)))
    rows = [
        {"quarter": roster.quarter.key, "item": name, "content": _AGREED.get(name) or mark(name)} for name in lacking
    ]
    return pl.concat([items.filter(~pl.col("item").is_in(lacking)), frame("core/info_item", rows)])


def _results(roster: Roster) -> Iterator[Row]:
    for site in roster.sites:
        base = roster.group_of(site).base
        scores = {"printed_base": base, "printed_bonus": Decimal(0), "printed_total": base}
        yield {"site_code": site.code, "site_name": site.name, "veto": "none", **scores}


def _scores(roster: Roster) -> Iterator[Row]:
    for site in roster.sites:
        for indicator in roster.rule_book.indicator:
            if indicator.part == "deduct":
                yield {"cell": "A1", "site_code": site.code, "indicator_id": indicator.id, "applicable": True,
                       "score": indicator.points}  # fmt: skip


def _functions(roster: Roster) -> Iterator[Row]:
    for site in roster.sites:
        for function in roster.registry.functions:
            yield {"cell": "A1", "site_code": site.code, "function_id": function.id, "present": True}


def _accounts(roster: Roster) -> Iterator[Row]:
    mark = roster.rule_book.account_score
    for unit in roster.units:
        for platform in roster.taxonomy.platform:
            yield {"account": unit.id, "platform_id": platform.id, "organiser": "", "unit_id": unit.id, "passed": True,
                   "score": mark.full_mark if mark else None, "veto": "", "inspected_on": _first_day(roster)}  # fmt: skip


def _messages(roster: Roster) -> Iterator[Row]:
    kind = roster.registry.error_types[0].id
    status = next(item.id for item in roster.registry.error_statuses if item.accepted and item.closed)
    at = dt.datetime.combine(_first_day(roster), dt.time(9))
    for site in roster.sites:
        yield {"report_no": site.code, "site_code": site.code, "unit_id": site.owner, "type_id": kind,
               "status_id": status, "created_at": at, "closed_at": at}  # fmt: skip


def _windows(roster: Roster) -> Iterator[Row]:
    first = _first_day(roster)
    yield {"layout": "error_report", "field": "created_at", "start_on": first, "end_on": first + dt.timedelta(days=89)}


def _first_day(roster: Roster) -> dt.date:
    return dt.date(roster.quarter.year, 3 * roster.quarter.number - 2, 1)


_ROWS: Mapping[str, Callable[[Roster], Iterator[Row]]] = {
    "core/site_result": _results,
    "core/indicator_score": _scores,
    "core/site_function": _functions,
    "core/account": _accounts,
    "core/error_report": _messages,
    "core/info_window": _windows,
}
