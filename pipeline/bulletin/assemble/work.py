"""Facts of the inspection itself and of other work (检查工作与其他工作的事实).

What lives here: from 统计补充表 and 基本信息 to ``WorkFacts``. What must not: wording.
"""

from __future__ import annotations

import polars as pl

from pipeline.bulletin.assemble.brief import chinese_date
from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import ShareFacts, WorkFacts
from pipeline.bulletin.figures import Count


def work(desk: Desk) -> WorkFacts:
    """Facts of the inspection itself and of other work (检查工作与其他工作); an item that nobody reported is ``None``."""
    return WorkFacts(
        inspected_from=chinese_date(desk.item("检查开始日期")),
        inspected_until=chinese_date(desk.item("检查截止日期")),
        method=_words(desk, "检查方式"),
        topic=_words(desk, "本季度主题"),
        special=_words(desk, "专项检查"),
        visits=_count(desk, "visits"),
        reposts=_share(desk, "reposts"),
        superior_check=_share(desk, "superior_check"),
        cross_sites=_count(desk, "cross_sites"),
        cross_problems=_count(desk, "cross_problems"),
        accounts_opened=_count(desk, "accounts_opened"),
        accounts_closed=_count(desk, "accounts_closed"),
        accounts_unregistered=_count(desk, "accounts_unregistered"),
        accounts_cleaned=_count(desk, "accounts_cleaned"),
        ipv6=_share(desk, "ipv6"),
        rectified=_share(desk, "rectified"),
        rectified_on_time=_share(desk, "rectified_on_time"),
        last_rectified=_share(desk, "last_rectified"),
        silent_units=_units(desk, "silent_units"),
        accountability=_count(desk, "accountability"),
        order_by=chinese_date(desk.item("责令整改期限")),
        report_by=chinese_date(desk.item("整改报送期限")),
    )


def _words(desk: Desk, item: str) -> str:
    """Words of 基本信息 that continue a sentence: the full stop is the sentence's."""
    return desk.item(item).strip().rstrip("。")


def _reported(desk: Desk, item: str) -> pl.DataFrame:
    return desk.info.supplement.filter(pl.col("supplement_id") == item)


def _count(desk: Desk, item: str) -> Count | None:
    totals = _reported(desk, item)["total"].to_list()
    return Count(f"work.{item}", totals[0], totals[0]) if totals else None


def _share(desk: Desk, item: str) -> ShareFacts | None:
    """A total and its part; the statement that prints the rate is called as the item."""
    rows = _reported(desk, item).select("total", "part").rows()
    if not rows:
        return None
    [(total, part)] = rows
    return ShareFacts(
        whole=Count(f"work.{item}.whole", total, total),
        part=Count(f"work.{item}.part", part, total),
        rate=desk.rate(item, f"work.{item}.rate", part, total),
    )


def _units(desk: Desk, item: str) -> Count | None:
    named = set(_reported(desk, item)["unit_id"])
    units = [unit.id for unit in desk.roster.units if unit.id in named]
    return Count(f"work.{item}", len(units), len(desk.roster.units), desk.names(units)) if units else None
