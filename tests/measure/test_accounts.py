"""Accounts and passed accounts by scope, against plain Python (政务新媒体)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.contract import frame, validate
from pipeline.measure.accounts import count_accounts

Q = "2021Q3"
INSPECTED = dt.date(2021, 9, 1)
UNITS = {"dongcheng": "district", "xicheng": "district", "jiaowei": "department"}
ACCOUNTS = st.lists(
    st.tuples(st.sampled_from(list(UNITS)), st.sampled_from(["weibo", "wechat", "app"]), st.booleans()), max_size=14
)


def counted(accounts: list[tuple[str, str, bool]]) -> dict[tuple[str, str], tuple[int, int]]:
    rows = (
        {"quarter": Q, "file": "f", "sheet": "s", "row_no": number, "account": f"账号{number}", "platform_id": platform}
        | {"organiser": "", "unit_id": unit, "passed": passed, "veto": "", "inspected_on": INSPECTED}
        for number, (unit, platform, passed) in enumerate(accounts, start=1)
    )
    units = (
        {"quarter": Q, "unit_id": unit, "unit_group": group, "roster_no": number, "short_name": unit, "full_name": unit}
        for number, (unit, group) in enumerate(UNITS.items(), start=1)
    )
    table = validate("mart/account_rate", count_accounts(frame("core/account", rows), frame("reference/unit", units)))
    return {(scope, member): (n, ok) for _, scope, member, n, ok in table.iter_rows()}


@settings(max_examples=60)
@given(ACCOUNTS)
def test_every_scope(accounts: list[tuple[str, str, bool]]) -> None:
    all_, ok = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for unit, platform, passed in accounts:
        for scope in (("all", "all"), ("platform", platform), ("group", UNITS[unit]), ("unit", unit)):
            all_[scope] += 1
            ok[scope] += passed
    assert counted(accounts) == {scope: (all_[scope], ok[scope]) for scope in all_}


def test_nothing_inspected_is_no_row_and_no_rate_of_nothing() -> None:
    assert counted([]) == {}
