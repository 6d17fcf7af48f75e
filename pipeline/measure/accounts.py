"""New-media accounts: totals and passed (政务新媒体测算).

What lives here: account counts by scope. What must not: percentages; the one division is made when printing.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped


def count_accounts(accounts: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Accounts and passed accounts overall, by platform, by group of units, and by unit (账号合格情况).

    Returns ``mart/account_rate``: ``scope`` is all, platform, group or unit; ``member`` the id within it.
    """
    owned = accounts.join(units, on=["quarter", "unit_id"])
    scopes = {
        "all": pl.lit("all"),
        "platform": pl.col("platform_id"),
        "group": pl.col("unit_group"),
        "unit": pl.col("unit_id"),
    }
    counted = [
        owned.with_columns(scope=pl.lit(scope), member=member)
        .group_by("quarter", "scope", "member")
        .agg(accounts=pl.len(), passed=pl.col("passed").sum())
        for scope, member in scopes.items()
    ]
    return shaped("mart/account_rate", pl.concat(counted))
