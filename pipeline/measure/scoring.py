"""Scores of sites from their indicators (网站计分).

What lives here: veto, capped deductions, scaling, gates, bonus. What must not: groups, places, printed decimals.
Source: 国办秘函〔2019〕19号 附件, general rules: any veto means 不合格 and no score; below the pass line 不合格;
bonus only above the gate. Lines, steps and the score of a vetoed site are the rule book's.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.contract import shaped
from pipeline.measure.rounding import hundredths, points, quotient

_PART = pl.col("part")
_LOST = hundredths(pl.col("points")) - hundredths(pl.col("score"))


def score_sites(
    results: pl.DataFrame,
    scores: pl.DataFrame,
    sites: pl.DataFrame,
    groups: pl.DataFrame,
    indicators: pl.DataFrame,
    policy: pl.DataFrame,
) -> pl.DataFrame:
    """Score every site (网站得分) from ``core/site_result`` and ``core/indicator_score``.

    Returns ``mart/site_score``: one row per site; points with two decimals. Lines and gates compare the unrounded base
    score; that of a site without services is rounded once, and is then the score of record. Where the rule book knows
    totals only, the printed parts are the score. A vetoed site has the rule book's score, or none. A score never exceeds
    its points here (R404 blocks it before), so a deduction is capped at its indicator's points.
    """
    scored, totals, exempt = pl.col("veto") == "none", pl.col("totals_only"), pl.col("exempt")
    base_points, printed_base = hundredths(pl.col("base_points")), hundredths(pl.col("printed_base"))
    numerator = pl.when(exempt).then("scale_numerator").otherwise(1)
    denominator = pl.when(exempt).then("scale_denominator").otherwise(1)
    step = pl.when(exempt).then(hundredths(pl.col("scaled_step"))).otherwise(1)
    exact = (pl.col("kept") + pl.when(exempt).then(hundredths(pl.col("exempt_points"))).otherwise(0)) * numerator

    def reaches(line: str) -> pl.Expr:
        return pl.col("exact") >= hundredths(pl.col(line)) * denominator

    return shaped(
        "mart/site_score",
        results.select("quarter", "site_code", "veto", "printed_base", "printed_bonus")
        .join(sites, on=["quarter", "site_code"])
        .join(groups, on=["quarter", "site_group"])
        .join(policy, on="quarter")
        .join(_sum_indicators(scores, indicators), on="site_code", how="left")
        .with_columns(
            pl.col("exempt").fill_null(value=False),
            lost=pl.when(totals).then(base_points - printed_base).otherwise("lost"),
            kept=pl.when(totals).then(printed_base).otherwise("kept"),
            won=pl.when(totals).then(hundredths(pl.col("printed_bonus"))).otherwise("won").fill_null(0),
        )
        .with_columns(exact=exact)
        .with_columns(
            base=step * quotient(pl.col("exact"), denominator * step, pl.col("half_even")),
            gate=pl.col("exact") > hundredths(pl.col("bonus_above")) * denominator,
            level=pl.when(scored & reaches("pass_line"))
            .then(pl.lit("qualified"))
            .when(scored & reaches("basic_line"))
            .then(pl.lit("basic"))
            .otherwise(pl.lit("unqualified")),
        )
        .with_columns(
            extra=pl.when("gate").then(pl.min_horizontal("won", hundredths(pl.col("bonus_points")))).otherwise(0)
        )
        .with_columns(
            bonus_stage=scored & pl.col("gate"),
            lost=points(pl.when(scored).then("lost")),
            base_score=points(pl.when(scored).then("base")),
            bonus=points(pl.when(scored).then("extra")),
            score=pl.when(scored).then(points(pl.col("base") + pl.col("extra"))).otherwise("veto_score"),
            passed=pl.col("level") != "unqualified",
        ),
    )


def _sum_indicators(scores: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """What each site lost, kept and won, in hundredths, and whether indicators were not checked (各指标合计)."""
    checked = pl.col("applicable")
    return (
        scores.join(indicators, on=["quarter", "indicator_id"])
        .group_by("site_code")
        .agg(
            exempt=(~checked).any(),
            lost=_LOST.filter(checked & (_PART == "deduct")).sum(),
            kept=hundredths(pl.col("score")).filter(checked & (_PART == "deduct")).sum(),
            won=hundredths(pl.col("score")).filter(checked & (_PART == "bonus")).sum(),
        )
    )
