"""Messages of 我为政府网站找错: by unit, by type, closed on time (找错留言测算).

What lives here: counts of messages. What must not: wording, the choice of which units to name.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped

# the tables that ``judge_reports`` takes
JUDGED = ("core/error_report", "reference/error_status", "reference/workday", "core/info_window")


def judge_reports(
    reports: pl.DataFrame,
    statuses: pl.DataFrame,
    workdays: pl.DataFrame,
    windows: pl.DataFrame,
    limit_workdays: int,
) -> pl.DataFrame:
    """Every message with its due day, and whether it is due, closed on time, still open (逐条留言办理情况).

    Due (应办结) is an accepted message whose limit of working days ends by the end of the declared window; overdue and
    still open counts as late. Open (未办结) is an accepted one that is not closed. The limit is declared in
    ``error-reports.toml``; a due day that no calendar knows is null.
    """
    due_days = workdays.filter("working").select("quarter", due_no="working_no", due_day="day")
    return (
        reports.join(statuses, on=["quarter", "status_id"])
        .with_columns(day=pl.col("created_at").dt.date())
        .join(workdays, on=["quarter", "day"])
        .with_columns(due_no=pl.col("working_no") + limit_workdays)
        .join(due_days, on=["quarter", "due_no"], how="left")
        .join(_window_end(windows), on="quarter")
        .with_columns(
            due=pl.col("accepted") & (pl.col("due_day") <= pl.col("end_on")).fill_null(False),
            open=pl.col("accepted") & ~pl.col("closed"),
        )
        .with_columns(
            on_time=pl.col("due")
            & (pl.col("closed_at").dt.date() <= pl.col("due_day")).fill_null(False)
            & pl.col("closed")
        )
    )


def late(judged: pl.DataFrame) -> pl.DataFrame:
    """The messages that are due and were not closed on time (未按期办结), from ``judge_reports``."""
    return judged.filter(pl.col("due") & ~pl.col("on_time"))


def count_by_unit(judged: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Messages, those due, those closed on time, by unit (各单位留言与按期办结), from ``judge_reports``.

    Returns ``mart/error_report_unit``.
    """
    return shaped(
        "mart/error_report_unit",
        judged.join(units, on=["quarter", "unit_id"])
        .group_by("quarter", "unit_id", "unit_group", "roster_no")
        .agg(messages=pl.len(), due=pl.col("due").sum(), on_time=pl.col("on_time").sum()),
    )


def count_by_type(reports: pl.DataFrame, types: pl.DataFrame) -> pl.DataFrame:
    """Messages by the type that the notice prints (留言类型). Returns ``mart/error_report_type``."""
    return shaped(
        "mart/error_report_type",
        reports.join(types, on=["quarter", "type_id"])
        .group_by("quarter", "label")
        .agg(type_no=pl.col("type_no").min(), messages=pl.len()),
    )


def _window_end(windows: pl.DataFrame) -> pl.DataFrame:
    created = (pl.col("layout") == "error_report") & (pl.col("field") == "created_at")
    return windows.filter(created).select("quarter", "end_on")
