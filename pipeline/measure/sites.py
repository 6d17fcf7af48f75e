"""Groups of sites: sums, full marks, places, losses, functions (网站分组测算).

What lives here: measures over ``mart/site_score`` and the core tables of sites. What must not: accounts, messages.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped


def sum_groups(scores: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Sum up each group (分组汇总): exact totals and counts, so that an average is divided only once.

    Returns ``mart/group_score``. Full marks (满分) are base plus bonus points of the group.
    """
    return shaped(
        "mart/group_score",
        scores.join(groups, on=["quarter", "site_group"])
        .group_by("quarter", "site_group")
        .agg(
            sites=pl.len(),
            scored=pl.col("score").count(),
            score_total=pl.col("score").sum(),
            unvetoed=pl.col("base_score").count(),
            deduction_total=(pl.col("base_points") - pl.col("base_score")).sum(),
            bonus_total=pl.col("bonus").sum(),
            basic=(pl.col("level") == "basic").sum(),
            unqualified=(pl.col("level") == "unqualified").sum(),
            full_score=(pl.col("score") == pl.col("base_points") + pl.col("bonus_points")).sum(),
            without_deduction=(pl.col("lost") == 0).sum(),
            bonus_stage=pl.col("bonus_stage").sum(),
        ),
    )


def count_bands(scores: pl.DataFrame, bands: pl.DataFrame) -> pl.DataFrame:
    """How many sites of a group score within each band (分数段); bands are half-open and cover every score.

    Returns ``mart/score_band``.
    """
    above, below = pl.col("score") >= pl.col("low"), pl.col("score") < pl.col("high")
    band = ["quarter", "site_group", "band_no", "low", "high"]
    return shaped(
        "mart/score_band",
        bands.join(scores, on=["quarter", "site_group"], how="left")
        .group_by(band)
        .agg(sites=(pl.col("score").is_not_null() & above.fill_null(value=True) & below.fill_null(value=True)).sum()),
    )


def rank_sites(scores: pl.DataFrame) -> pl.DataFrame:
    """Rank the scored sites of each group (名次): equal scores share a place (并列) and the next is skipped.

    Returns ``mart/site_ranking``.
    """
    group = ["quarter", "site_group"]
    return shaped(
        "mart/site_ranking",
        scores.filter(pl.col("score").is_not_null()).with_columns(
            place=pl.col("score").rank("min", descending=True).over(group),
            tied=pl.len().over([*group, "score"]) > 1,
        ),
    )


def sum_losses(scores: pl.DataFrame, sites: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Points lost under each reported indicator, by group (指标扣分), from ``core/indicator_score``.

    Returns ``mart/indicator_loss``. Indicators with one ``report_as`` are one; 不涉及 loses nothing, and of a vetoed site,
    which is not scored, nothing is known.
    """
    lost = pl.col("points") - pl.col("score")
    return shaped(
        "mart/indicator_loss",
        scores.filter("applicable", pl.col("score").is_not_null())
        .join(indicators.filter(pl.col("part") == "deduct"), on=["quarter", "indicator_id"])
        .join(sites, on=["quarter", "site_code"])
        .group_by("quarter", "site_group", "report_as")
        .agg(
            catalogue_no=pl.col("catalogue_no").min(),
            lost=lost.sum(),
            sites=pl.col("site_code").filter(lost > 0).n_unique(),
        ),
    )


def count_functions(functions: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """How many sites of a group have each function (功能建设), from ``core/site_function``.

    Returns ``mart/function_adoption``.
    """
    return shaped(
        "mart/function_adoption",
        functions.join(sites, on=["quarter", "site_code"])
        .group_by("quarter", "site_group", "function_id")
        .agg(sites=pl.len(), present=pl.col("present").sum()),
    )
