"""Confirmed problems: of sites, and behind the paragraphs of 季度信息 (问题测算).

What lives here: which sites and units have confirmed findings. What must not: wording, what a finding is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline.contracts.contract import shaped
from pipeline.measure.reports import late

_PLACE = ("file", "sheet", "row_no")
_NAMES = "[^、,;]+"  # what stands between the separators of a cited list, width folded
# the tables that ``cite_findings`` takes, before the messages as judged
CITED = (
    "core/info_paragraph",
    "reference/citation",
    "core/deduction",
    "core/site_result",
    "core/account",
    "reference/site",
)


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


def cite_findings(
    paragraphs: pl.DataFrame,
    citations: pl.DataFrame,
    deductions: pl.DataFrame,
    results: pl.DataFrame,
    accounts: pl.DataFrame,
    sites: pl.DataFrame,
    judged: pl.DataFrame,
) -> pl.DataFrame:
    """The rows behind each paragraph of problems, by what it cites, with their units (问题的依据).

    Findings are confirmed deductions, vetoed sites, unqualified accounts and accepted messages, ``judged`` by
    ``judge_reports``.
    """
    owners = sites.select("quarter", "site_code", "unit_id")
    failed = accounts.filter(~pl.col("passed"))
    found = pl.concat([
        _rows(deductions.filter("confirmed").join(owners, on=["quarter", "site_code"]), "indicator", pl.col("indicator_id")),
        _rows(results.filter(pl.col("veto") != "none").join(owners, on=["quarter", "site_code"]), "site_veto", pl.col("veto")),
        _rows(failed, "account_veto", _folded("veto")),
        _rows(failed, "account", pl.lit("")),
        *_messages(judged.filter("accepted")),
    ])  # fmt: skip
    cited = paragraphs.filter(pl.col("section") == "problem").select(
        "quarter", "number", name=_folded("indicators").str.extract_all(_NAMES)
    )
    return (
        cited.explode("name")
        .join(citations, on=["quarter", "name"])
        .join(found, on=["quarter", "evidence", "item"])
        .unique(["quarter", "number", "unit_id", *_PLACE])
        .sort("number", *_PLACE)
    )


def list_concerned(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The units that each paragraph of problems concerns (问题涉及单位), from ``cite_findings``.

    Returns ``mart/problem_unit``.
    """
    concerned = rows.unique(["quarter", "number", "unit_id"])
    return shaped("mart/problem_unit", concerned.join(units, on=["quarter", "unit_id"]))


def _rows(found: pl.DataFrame, evidence: str, item: pl.Expr) -> pl.DataFrame:
    return found.select("quarter", "unit_id", *_PLACE, evidence=pl.lit(evidence), item=item)


def _messages(accepted: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Messages under everything that a problem may cite of them (留言)."""
    yield _rows(accepted, "message", pl.lit("all"))
    yield _rows(accepted, "message", "type " + pl.col("type_id"))
    yield _rows(accepted, "message", "status " + pl.col("status_id"))
    yield _rows(late(accepted), "message", pl.lit("late"))
    yield _rows(accepted.filter("open"), "message", pl.lit("open"))


def _folded(column: str) -> pl.Expr:
    """A text with its width folded and without white space (名称规范化)."""
    return pl.col(column).str.normalize("NFKC").str.replace_all(r"\s", "")
