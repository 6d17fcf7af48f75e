"""Scores of sites from their indicators (网站计分).

What lives here: veto, capped deductions, scaling, gates, bonus. What must not: groups, places, printed decimals.
Source: 国办秘函〔2019〕19号 附件, general rules: any veto means 不合格 and no score; below the pass line 不合格;
bonus only above the gate.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped
from pipeline.measure.rounding import hundredths, points, scale

_PART = pl.col("part")
_LOST = hundredths(pl.col("points")) - hundredths(pl.col("score"))


def score_sites(
    results: pl.DataFrame, scores: pl.DataFrame, sites: pl.DataFrame, groups: pl.DataFrame, indicators: pl.DataFrame
) -> pl.DataFrame:
    """Score every site (网站得分) from ``core/site_result`` and ``core/indicator_score``.

    Returns ``mart/site_score``: one row per site; points with two decimals. A vetoed site has null scores. Gates
    compare the unrounded scaled score; the score of record is rounded once. A score never exceeds its points here
    (R404 blocks it before), so a deduction is capped at its indicator's points.
    """
    lost_and_won = (
        scores.filter("applicable")
        .join(indicators, on=["quarter", "indicator_id"])
        .group_by("site_code")
        .agg(
            lost=_LOST.filter(_PART == "deduct").sum(),
            kept=hundredths(pl.col("score")).filter(_PART == "deduct").sum(),
            won=hundredths(pl.col("score")).filter(_PART == "bonus").sum(),
        )
    )
    exempt = scores.group_by("site_code").agg(exempt=(~pl.col("applicable")).any())
    numerator = pl.when("exempt").then("scale_numerator").otherwise(1)
    denominator = pl.when("exempt").then("scale_denominator").otherwise(1)
    scored = pl.col("veto") == "none"
    return shaped(
        "mart/site_score",
        results.select("quarter", "site_code", "veto")
        .join(sites, on=["quarter", "site_code"])
        .join(groups, on=["quarter", "site_group"])
        .join(exempt, on="site_code", how="left")
        .join(lost_and_won, on="site_code", how="left")
        .with_columns(pl.col("lost", "kept", "won").fill_null(0), vetoed=~scored)
        .with_columns(
            base=scale(pl.col("kept"), numerator, denominator),
            passed=scored & (pl.col("kept") * numerator >= hundredths(pl.col("pass_line")) * denominator),
            gate=pl.col("kept") * numerator > hundredths(pl.col("bonus_above")) * denominator,
        )
        .with_columns(
            extra=pl.when("gate").then(pl.min_horizontal("won", hundredths(pl.col("bonus_points")))).otherwise(0)
        )
        .with_columns(
            lost=points(pl.when(scored).then("lost").otherwise(0)),
            base_score=points(pl.when(scored).then("base")),
            bonus=points(pl.when(scored).then("extra")),
            score=points(pl.when(scored).then(pl.col("base") + pl.col("extra"))),
        ),
    )
