"""Which annexes a notice has, and the rows that no other fact holds (附件的事实).

What lives here: the rule book's policies, and what 季度信息 puts in their place. What must not: columns as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import AccountRow, AnnexFacts, MessagesRow
from pipeline.bulletin.figures import Count
from pipeline.reference.models import ANNEX_COLUMNS, ANNEX_NAMES, AnnexPolicy

ITEM = "附件"
BY_SCORE = "（按得分）"
_NAMING = "account_failure_list"
_PARTS = ("base_score", "bonus")


def annexes(desk: Desk) -> tuple[AnnexFacts, ...]:
    """The annexes of the notice (附件), as the rule book has them or 季度信息 names them.

    The list of unqualified accounts names units for faults: it is left out unless the statement 不合格账号名单 names
    them, too. An annex without rows is left out.
    """
    chosen = (_annex(policy, desk) for policy in _policies(desk))
    return tuple(annex for annex in chosen if annex is not None)


def _policies(desk: Desk) -> Iterator[AnnexPolicy]:
    declared = {policy.table: policy for policy in desk.roster.rule_book.annex}
    named = desk.item(ITEM)
    if not named:
        yield from declared.values()
    for part in filter(None, named.split("、")):
        table = ANNEX_NAMES[part.removesuffix(BY_SCORE)]
        known = declared.get(table, AnnexPolicy(table=table))
        yield known.model_copy(update={"order": "score" if part.endswith(BY_SCORE) else "roster"})


def _annex(policy: AnnexPolicy, desk: Desk) -> AnnexFacts | None:
    accounts: tuple[AccountRow, ...] = ()
    messages: tuple[MessagesRow, ...] = ()
    if policy.table == "unqualified_accounts":
        accounts = _accounts(desk) if desk.naming(_NAMING) == "named" else ()
    elif policy.table == "error_reports":
        messages = _messages(desk, policy.order == "score")
    if policy.table in ("unqualified_accounts", "error_reports") and not (accounts or messages):
        return None
    return AnnexFacts(policy.table, policy.order, _columns(policy, desk), accounts, messages)


def _columns(policy: AnnexPolicy, desk: Desk) -> tuple[str, ...]:
    """The columns that the rule book names, or all of them; parts of a score only where it has two."""
    whole = [f"{group.id}_scores" for group in desk.roster.rule_book.group if not group.bonus]
    parts = _PARTS if policy.table in whole else ()
    return policy.columns or tuple(name for name in ANNEX_COLUMNS[policy.table] if name not in parts)


def _accounts(desk: Desk) -> tuple[AccountRow, ...]:
    platforms = {item.id: item.name for item in desk.roster.taxonomy.platform}
    units = desk.roster.unit_names
    return tuple(
        AccountRow(units[row["unit_id"]].short, platforms[row["platform_id"]], row["account"], row["veto"])
        for row in desk.measures.unqualified_account.sort("number").iter_rows(named=True)
    )


def _messages(desk: Desk, by_rate: bool) -> tuple[MessagesRow, ...]:
    """Units in roster order, or the highest rate first; those with nothing due have none, and come last."""
    rows = desk.measures.error_report_unit.sort("roster_no")
    if by_rate:
        exact = pl.when(pl.col("due") > 0).then(pl.col("on_time") * 10**9 // pl.col("due")).otherwise(-1)
        rows = rows.sort(exact, "roster_no", descending=[True, False])
    return tuple(_message_row(row, desk) for row in rows.iter_rows(named=True))


def _message_row(row: Mapping[str, Any], desk: Desk) -> MessagesRow:
    identity, messages, due, on_time = (
        f"error_reports.rows.{row['unit_id']}",
        row["messages"],
        row["due"],
        row["on_time"],
    )
    return MessagesRow(
        id=identity,
        owner=desk.roster.unit_names[row["unit_id"]].short,
        messages=Count(f"{identity}.messages", messages, messages),
        due=Count(f"{identity}.due", due, messages),
        on_time=Count(f"{identity}.on_time", on_time, due),
        rate=desk.rate("error_report_on_time", f"{identity}.rate", on_time, due),
    )
