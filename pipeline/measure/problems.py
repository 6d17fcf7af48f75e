"""Confirmed problems: of sites, and behind the paragraphs of 季度信息 (问题测算).

What lives here: which sites and units have confirmed findings. What must not: wording, what a finding is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline.contracts.contract import shaped

_NAMES = "[^、,;]+"  # what stands between the separators of a cited list, width folded


def count_problems(deductions: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """Confirmed rows of the ledger, by site (有问题的网站); rows found false or struck out do not count.

    Returns ``mart/problem_site``.
    """
    return shaped(
        "mart/problem_site",
        deductions.filter("confirmed")
        .join(sites, on=["quarter", "site_code"])
        .group_by("quarter", "site_code", "unit_id")
        .agg(rows=pl.len()),
    )


def list_concerned(
    paragraphs: pl.DataFrame,
    citations: pl.DataFrame,
    deductions: pl.DataFrame,
    results: pl.DataFrame,
    accounts: pl.DataFrame,
    sites: pl.DataFrame,
    units: pl.DataFrame,
    judged: pl.DataFrame,
) -> pl.DataFrame:
    """The units with confirmed findings under what each paragraph of problems cites (问题涉及单位).

    Findings are confirmed deductions, vetoed sites, unqualified accounts and accepted messages, ``judged`` by
    ``judge_reports``. Returns ``mart/problem_unit``.
    """
    of_sites = pl.concat([
        deductions.filter("confirmed").select("quarter", "site_code", item="indicator_id", evidence=pl.lit("indicator")),
        results.filter(pl.col("veto") != "none").select("quarter", "site_code", item="veto", evidence=pl.lit("site_veto")),
    ]).join(sites, on=["quarter", "site_code"])  # fmt: skip
    failed = accounts.filter(~pl.col("passed"))
    found = pl.concat([
        of_sites.select("quarter", "unit_id", "evidence", "item"),
        failed.select("quarter", "unit_id", evidence=pl.lit("account_veto"), item=_folded("veto")),
        failed.select("quarter", "unit_id", evidence=pl.lit("account"), item=pl.lit("")),
        *_messages(judged.filter("accepted")),
    ])  # fmt: skip
    cited = paragraphs.filter(pl.col("section") == "problem").with_columns(
        name=_folded("indicators").str.extract_all(_NAMES)
    )
    return shaped(
        "mart/problem_unit",
        cited.explode("name")
        .join(citations, on=["quarter", "name"])
        .join(found, on=["quarter", "evidence", "item"])
        .join(units, on=["quarter", "unit_id"])
        .unique(["quarter", "number", "unit_id"]),
    )


def _messages(accepted: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Messages under everything that a problem may cite of them (留言)."""

    def told(messages: pl.DataFrame, item: pl.Expr) -> pl.DataFrame:
        return messages.select("quarter", "unit_id", evidence=pl.lit("message"), item=item)

    yield told(accepted, pl.lit("all"))
    yield told(accepted, "type " + pl.col("type_id"))
    yield told(accepted, "status " + pl.col("status_id"))
    yield told(accepted.filter(pl.col("due") & ~pl.col("on_time")), pl.lit("late"))
    yield told(accepted.filter("open"), pl.lit("open"))


def _folded(column: str) -> pl.Expr:
    """A text with its width folded and without white space (名称规范化)."""
    return pl.col(column).str.normalize("NFKC").str.replace_all(r"\s", "")
