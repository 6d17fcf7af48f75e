"""Messages due and closed on time, over the working days of 2021 (按期办结)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.contract import frame, validate
from pipeline.measure.reports import count_by_type, count_by_unit, judge_reports
from pipeline.quarter import Quarter
from pipeline.reference.frames import reference_frames
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT

Q = "2021Q3"
LIMIT = 3  # working days, as registered
DONE, OPEN, DUPLICATE = "1", "0", "13"

# 国务院办公厅, holidays of 2021: days off on weekdays, and the weekend days worked for them (调休).
DAYS_OFF = {
    dt.date(2021, month, day)
    for month, days in ((1, [1]), (2, [11, 12, 15, 16, 17]), (4, [5]), (5, [3, 4, 5]), (6, [14]), (9, [20, 21]))
    for day in days
} | {dt.date(2021, 10, day) for day in (1, 4, 5, 6, 7)}
WORKED = {dt.date(2021, *day) for day in ((2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26), (10, 9))}


@cache
def registry_tables() -> dict[str, pl.DataFrame]:
    return reference_frames(load_registry(CODE_ROOT / "data" / "reference").at(Quarter.parse(Q)))


def counts(end: str, *messages: tuple[str, str | None, str]) -> list[tuple[int, int, int]]:
    """(messages, due, on time) of each unit; a message is when it came, when it was closed, its state."""
    units = registry_tables()["reference/unit"]
    moment = dt.datetime.fromisoformat
    rows: list[dict[str, Any]] = [
        {"quarter": Q, "file": "f", "sheet": "", "row_no": number, "report_no": str(number), "site_code": "1101010001"}
        | {"unit_id": units["unit_id"][0], "type_id": "typo", "status_id": status}
        | {"created_at": moment(created), "closed_at": closed and moment(closed)}
        for number, (created, closed, status) in enumerate(messages, start=1)
    ]
    window: dict[str, object] = {"quarter": Q, "layout": "error_report", "field": "created_at"}
    other = window | {"field": "closed_at", "start_on": dt.date(2021, 1, 1), "end_on": dt.date(2021, 12, 31)}
    windows = [window | {"start_on": dt.date(2021, 1, 1), "end_on": dt.date.fromisoformat(end)}, other]
    judged = judge_reports(
        frame("core/error_report", rows),
        registry_tables()["reference/error_status"],
        registry_tables()["reference/workday"],
        frame("core/info_window", windows),
        LIMIT,
    )
    table = count_by_unit(judged, units)
    return validate("mart/error_report_unit", table).select("messages", "due", "on_time").rows()


def test_the_registered_calendar_is_that_of_2021() -> None:
    days = registry_tables()["reference/workday"].filter(pl.col("day").dt.year() == 2021)
    wanted = [day in WORKED or (day.weekday() < 5 and day not in DAYS_OFF) for day in days["day"]]
    assert len(wanted) == 365
    assert days["working"].to_list() == wanted


def test_the_registered_limit() -> None:
    assert load_registry(CODE_ROOT / "data" / "reference").limit_workdays == LIMIT


@pytest.mark.parametrize(
    ("created", "last_day_in_time"),
    [
        ("2021-09-08 10:00:00", "2021-09-13"),  # Wednesday: Thursday, Friday, Monday
        ("2021-09-08 23:59:59", "2021-09-13"),
        ("2021-09-11 09:00:00", "2021-09-15"),  # Saturday: Monday, Tuesday, Wednesday
        ("2021-04-23 09:00:00", "2021-04-27"),  # Friday; Sunday 25 April is worked
        ("2021-04-29 09:00:00", "2021-05-07"),  # 30 April; May Day to 5 May; 6 and 7 May
        ("2021-05-01 09:00:00", "2021-05-08"),  # a day off; 6 and 7 May, and Saturday 8 May is worked
        ("2021-09-17 09:00:00", "2021-09-23"),  # Saturday 18 is worked; mid-autumn to 21; 22 and 23
        ("2021-09-30 09:00:00", "2021-10-11"),  # National Day to 7; 8, Saturday 9 is worked, Monday 11
        ("2021-10-03 09:00:00", "2021-10-11"),
    ],
)
def test_the_limit_in_working_days(created: str, last_day_in_time: str) -> None:
    last = dt.date.fromisoformat(last_day_in_time)
    late = last + dt.timedelta(days=1)
    assert counts("2021-12-31", (created, f"{last} 23:59:59", DONE)) == [(1, 1, 1)]
    assert counts("2021-12-31", (created, f"{late} 00:00:00", DONE)) == [(1, 1, 0)]
    # due within a window that ends on the last day, not within one that ends the day before
    assert counts(str(last), (created, created, DONE)) == [(1, 1, 1)]
    assert counts(str(last - dt.timedelta(days=1)), (created, created, DONE)) == [(1, 0, 0)]


@pytest.mark.parametrize(
    ("status", "closed", "wanted"),
    [
        (DONE, "2021-09-09 00:00:00", (1, 1, 1)),
        (OPEN, None, (1, 1, 0)),  # overdue and still open is late
        (OPEN, "2021-09-09 00:00:00", (1, 1, 0)),  # a date of closing on an open message closes nothing
        (DONE, None, (1, 1, 0)),  # closed, nobody knows when
        (DUPLICATE, "2021-09-09 00:00:00", (1, 0, 0)),  # not accepted: a message, but in no rate
        ("11", None, (1, 0, 0)),
    ],
)
def test_states(status: str, closed: str | None, wanted: tuple[int, int, int]) -> None:
    assert counts("2021-09-30", ("2021-09-08 10:00:00", closed, status)) == [wanted]


MESSAGES = st.lists(
    st.tuples(
        st.datetimes(dt.datetime(2021, 4, 1), dt.datetime(2021, 10, 31, 23, 59, 59)),
        st.none() | st.integers(0, 14),
        st.sampled_from([DONE, OPEN, DUPLICATE]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(MESSAGES, st.dates(dt.date(2021, 4, 1), dt.date(2021, 11, 30)))
def test_any_messages_against_a_walk_through_the_calendar(
    messages: list[tuple[dt.datetime, int | None, str]], end: dt.date
) -> None:
    wanted = Counter[str]()
    given_ = []
    for created, after, status in messages:
        closed = None if after is None else created + dt.timedelta(days=after)
        day, left = created.date(), LIMIT
        while left:
            day += dt.timedelta(days=1)
            left -= day in WORKED or (day.weekday() < 5 and day not in DAYS_OFF)
        due = status != DUPLICATE and day <= end
        wanted["due"] += due
        wanted["on_time"] += due and status == DONE and closed is not None and closed.date() <= day
        given_.append((created.isoformat(), None if closed is None else closed.isoformat(), status))
    assert counts(end.isoformat(), *given_) == [(len(messages), wanted["due"], wanted["on_time"])]


def test_types_of_one_label_are_one() -> None:
    labels = [("a", "错别字"), ("b", "网页无法打开"), ("c", "网页无法打开")]
    types = frame(
        "reference/error_type",
        (
            {"quarter": Q, "type_id": identity, "type_no": number, "label": label}
            for number, (identity, label) in enumerate(labels, start=1)
        ),
    )
    reports = frame(
        "core/error_report",
        (
            {"quarter": Q, "file": "f", "sheet": "", "row_no": number, "report_no": str(number)}
            | {
                "site_code": "1101010001",
                "unit_id": "u",
                "type_id": identity,
                "status_id": DONE,
                "created_at": dt.datetime(2021, 9, 1),
            }
            for number, identity in enumerate("acbca", start=1)
        ),
    )
    counted = validate("mart/error_report_type", count_by_type(reports, types))
    assert set(counted.select("label", "type_no", "messages").rows()) == {("错别字", 1, 2), ("网页无法打开", 2, 3)}
