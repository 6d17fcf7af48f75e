"""Facts of 我为政府网站找错 (找错留言的事实).

What lives here: from message measures to ``ErrorReportFacts``. What must not: wording.
"""

from __future__ import annotations

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import ErrorReportFacts
from pipeline.bulletin.figures import Count, Rate


def error_reports(desk: Desk) -> ErrorReportFacts:
    """Facts of the messages of the window (找错留言)."""
    units = desk.measures.error_report_unit.sort("messages", "roster_no", descending=[True, False])
    types = desk.measures.error_report_type.sort("messages", "type_no", descending=[True, False])
    top = units.filter(pl.col("messages").rank("min", descending=True) <= desk.groups("error_report_concentration"))
    total, due = _sum(units, "messages"), units.filter(pl.col("due") > 0)
    late = due.filter(pl.col("on_time") < pl.col("due"))

    def counted(identity: str, frame: pl.DataFrame, of: int) -> Count:
        names = desk.names(frame.sort("roster_no")["unit_id"])
        return Count(f"error_reports.{identity}", frame.height, of, names)

    def group(identity: str, name: str) -> Count:
        of = sum(unit.group == name for unit in desk.roster.units)
        return counted(identity, units.filter(pl.col("unit_group") == name), of)

    def on_time(statement: str, identity: str, frame: pl.DataFrame) -> Rate | None:
        return desk.rate(statement, f"error_reports.{identity}", _sum(frame, "on_time"), _sum(frame, "due"))

    return ErrorReportFacts(
        messages=Count("error_reports.messages", total, total),
        districts=group("districts", "district"),
        departments=group("departments", "department"),
        types=Count("error_reports.types", types.height, types.height, tuple(types["label"])),
        on_time=on_time("error_report_on_time", "on_time", units),
        top=Count("error_reports.top", top.height, units.height, desk.names(top["unit_id"])),
        top_share=desk.rate("error_report_concentration", "error_reports.top_share", _sum(top, "messages"), total),
        top_on_time=on_time("error_report_on_time", "top_on_time", top) if top.filter(due=0).is_empty() else None,
        late=Count("error_reports.late", _sum(due, "due") - _sum(due, "on_time"), _sum(due, "due")),
        late_units=counted("late_units", late, due.height),
    )


def _sum(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())
