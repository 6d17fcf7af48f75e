"""The checks of the flow: a failed one stops it (检查).

What lives here: what is asked of an output before anything is made of it, and how a failure is told. What must not: the
comparing and counting itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from pipeline.bulletin.catalogue import namer
from pipeline.document.conformance.checker import conform
from pipeline.errors import Where
from pipeline.findings import FAMILIES
from pipeline.review.audit.answers import Verdict
from pipeline.review.audit.own import audit_facts
from pipeline.steps.context import GATE, LEDGER, REMARKS, Context, facts_of, ledger_of, notice_of, reckoned_figures
from pipeline.warehouse.checks import Mismatch, mismatches, reckon, uncovered


@dataclass(frozen=True)
class Check:
    """A blocking check of an output (阻断性检查): no problems means passed."""

    name: str
    output: str
    note: str
    problems: Callable[[Context], list[str]]


def _family_check(letter: str, name: str, note: str) -> Check:
    output = REMARKS if letter == "E" else GATE

    def problems(context: Context) -> list[str]:
        rows = context.table(output).filter(pl.col("code").str.starts_with(letter), pl.col("severity") == "error")
        return [
            f"{Where(row['file'], row['sheet'], row['cell'])}：{row['message']}{row['action']}（{row['code']}）"
            for row in rows.iter_rows(named=True)
        ]

    return Check(name, output, f"{note}（{letter} 类）", problems)


def _told(context: Context, found: Iterable[Mismatch]) -> list[str]:
    named = namer(facts_of(context), context.roster)
    return [f"{named(item.figure)}（{item.figure}）：polars {item.polars}，SQL {item.sql}" for item in found]


def _reconcile_check(name: str) -> Check:
    def problems(context: Context) -> list[str]:
        return _told(context, mismatches(reckoned_figures(context), reckon(context.warehouse, name)))

    return Check(f"reconcile_{name}", "bulletin/facts", f"双重核对：polars 与 SQL 分别计算 {name} 的数字", problems)


def _message_rows(context: Context) -> list[str]:
    """The rows of the table of messages by unit, where an annex prints them."""
    ours = reckoned_figures(context)
    theirs = reckon(context.warehouse, "message_rows")
    return _told(context, mismatches(ours, theirs)) if ours.keys() & theirs.keys() else []


_MESSAGE_ROWS = Check(
    "reconcile_message_rows",
    "bulletin/facts",
    "双重核对：polars 与 SQL 分别计算附件中各单位留言的数字",
    _message_rows,
)

_COVERAGE = Check(
    "reconcile_coverage",
    "bulletin/facts",
    "双重核对：每个数字都有 SQL 复算",
    lambda context: _told(context, uncovered(reckoned_figures(context), context.warehouse)),
)


def _wrong_figures(context: Context) -> list[str]:
    """What the auditor finds wrong with the quarter's own notice."""
    facts = facts_of(context)
    return [
        f"{answer.figure}（{answer.printed}）：{answer.told}"
        for answer in audit_facts(facts, notice_of(context), namer(facts, context.roster))
        if answer.verdict is Verdict.WRONG
    ]


_AUDIT = Check("figure_audit", "bulletin/notice", "数字复核：通报印出的每个数字自身合理、相互一致", _wrong_figures)

_LEDGER = Check(
    "ledger_complete",
    LEDGER,
    "数字台账：文中的每一个数字都有着落",
    lambda context: [
        f"第 {told.line} 行第 {told.at + 1} 字“{told.text}”既不在数字台账之中，也不属于任何一类非统计数字。"
        for told in ledger_of(context).unaccounted
    ],
)

_CONFORMANCE = Check(
    "conformance",
    "bulletin/document",
    "版式核查：公文逐条符合正文稿的版式",
    lambda context: [*map(str, conform(context.warehouse.get("bulletin/document")).failures)],
)

CHECKS: tuple[Check, ...] = (
    *(_family_check(letter, name, note) for letter, (name, note) in FAMILIES.items()),
    *map(
        _reconcile_check,
        (
            "sites",
            "site_groups",
            "site_rows",
            "changes",
            "new_media",
            "account_changes",
            "error_reports",
            "work",
            "problems",
        ),
    ),
    _MESSAGE_ROWS,
    _COVERAGE,
    _AUDIT,
    _LEDGER,
    _CONFORMANCE,
)
