"""Accounts, passed accounts and sums of scores by scope, against plain Python (政务新媒体)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.contract import frame, validate
from pipeline.measure.accounts import count_accounts

Q = "2021Q3"
INSPECTED = dt.date(2021, 9, 1)
UNITS = {"dongcheng": "district", "xicheng": "district", "jiaowei": "department"}
SCORES = [Decimal(text) for text in ("0", "59.5", "99.99", "100")]
ACCOUNTS = st.lists(
    st.tuples(
        st.sampled_from(list(UNITS)), st.sampled_from(["weibo", "wechat", "app"]), st.none() | st.sampled_from(SCORES)
    ),
    max_size=14,
)
Counted = dict[tuple[str, str], tuple[int, int, int, Decimal]]


def counted(
    accounts: list[tuple[str, str, Decimal | None]], mark: str | None = None, veto_score: str | None = None
) -> Counted:
    """Count some accounts; one without a score is vetoed. ``mark`` is the full mark of a rule book that scores them."""
    rows = (
        {"quarter": Q, "file": "f", "sheet": "s", "row_no": number, "account": f"账号{number}", "platform_id": platform}
        | {"organiser": "", "unit_id": unit, "passed": score is not None, "score": score if mark else None}
        | {"veto": "", "inspected_on": INSPECTED}
        for number, (unit, platform, score) in enumerate(accounts, start=1)
    )
    units = (
        {"quarter": Q, "unit_id": unit, "unit_group": group, "roster_no": number, "short_name": unit, "full_name": unit}
        for number, (unit, group) in enumerate(UNITS.items(), start=1)
    )
    policy = {
        "quarter": Q, "rule_book": "2022", "book_from": "2022Q1", "totals_only": False, "census": True, "score_step": Decimal("0.1"),
        "scaled_step": Decimal("0.01"), "half_even": False, "veto_score": veto_score and Decimal(veto_score),
        "account_mark": mark and Decimal(mark), "account_decimals": mark and 2, "score_decimals": 2,
        "exact_change": False, "swing": Decimal(10), "limit_workdays": 3,
    }  # fmt: skip
    table = count_accounts(
        frame("core/account", rows), frame("reference/unit", units), frame("reference/policy", [policy])
    )
    measured = validate("mart/account_rate", table).select(
        "scope", "member", "accounts", "passed", "scored", "score_total"
    )
    return {(scope, member): (n, ok, scored, total) for scope, member, n, ok, scored, total in measured.iter_rows()}


def scopes_of(unit: str, platform: str) -> tuple[tuple[str, str], ...]:
    return ("all", "all"), ("platform", platform), ("group", UNITS[unit]), ("unit", unit)


@settings(max_examples=60)
@given(ACCOUNTS, st.sampled_from([None, "100"]), st.sampled_from([None, "59"]))
def test_every_scope(accounts: list[tuple[str, str, Decimal | None]], mark: str | None, veto_score: str | None) -> None:
    all_, ok, scored = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    total: dict[tuple[str, str], Decimal] = {}
    for unit, platform, score in accounts:
        of_record = score if score is not None else veto_score and Decimal(veto_score)
        for scope in scopes_of(unit, platform):
            all_[scope] += 1
            ok[scope] += score is not None
            if mark and isinstance(of_record, Decimal):
                scored[scope] += 1
                total[scope] = total.get(scope, Decimal(0)) + of_record
    assert counted(accounts, mark, veto_score) == {
        scope: (all_[scope], ok[scope], scored[scope], total.get(scope, Decimal(0))) for scope in all_
    }


def test_a_vetoed_account_is_left_out_of_the_mean_or_counts_with_its_score() -> None:
    accounts = [("dongcheng", "app", Decimal(99)), ("dongcheng", "app", None)]
    assert counted(accounts, "100")["unit", "dongcheng"] == (2, 1, 1, Decimal(99))
    assert counted(accounts, "100", "59")["unit", "dongcheng"] == (2, 1, 2, Decimal(158))
    assert counted(accounts)["unit", "dongcheng"] == (2, 1, 0, Decimal(0))


def test_nothing_inspected_is_no_row_and_no_rate_of_nothing() -> None:
    assert counted([]) == {}
