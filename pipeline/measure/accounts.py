"""New-media accounts: totals, passed, and sums of scores (政务新媒体测算).

What lives here: counts and sums of accounts by scope, and the accounts that failed. What must not: percentages and
means; the one division is made when printing.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped


def count_accounts(accounts: pl.DataFrame, units: pl.DataFrame, policy: pl.DataFrame) -> pl.DataFrame:
    """Accounts and passed accounts overall, by platform, by group of units, and by unit (账号合格与得分情况).

    Returns ``mart/account_rate``: ``scope`` is all, platform, group or unit; ``member`` the id within it. Where the
    rule book scores accounts, also how many have a score, and its sum; a failed account is vetoed, and has the rule
    book's score for that, or none.
    """
    of_record = pl.when("passed").then("score").otherwise("veto_score")
    owned = (
        accounts.join(units, on=["quarter", "unit_id"])
        .join(policy, on="quarter")
        .with_columns(score=pl.when(pl.col("account_mark").is_not_null()).then(of_record))
    )
    scopes = {
        "all": pl.lit("all"),
        "platform": pl.col("platform_id"),
        "group": pl.col("unit_group"),
        "unit": pl.col("unit_id"),
    }
    counted = [
        owned.with_columns(scope=pl.lit(scope), member=member)
        .group_by("quarter", "scope", "member")
        .agg(
            accounts=pl.len(),
            passed=pl.col("passed").sum(),
            scored=pl.col("score").count(),
            score_total=pl.col("score").sum(),
        )
        for scope, member in scopes.items()
    ]
    return shaped("mart/account_rate", pl.concat(counted))


def list_unqualified(accounts: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The unqualified accounts (不合格账号) in the order of the roster's units, then of the sheet.

    Returns ``mart/unqualified_account``.
    """
    return shaped(
        "mart/unqualified_account",
        accounts.filter(~pl.col("passed"))
        .join(units, on=["quarter", "unit_id"])
        .sort("roster_no", "file", "sheet", "row_no")
        .with_columns(number=pl.int_range(1, pl.len() + 1)),
    )
