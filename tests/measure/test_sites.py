"""Groups of sites: sums, places, losses, functions, against plain Python (网站分组)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.contract import empty, frame, validate
from pipeline.measure.sites import count_bands, count_functions, rank_sites, sum_groups, sum_losses

Q = "2021Q3"
Score = tuple[str, Decimal | None, Decimal]  # group, score (None: vetoed), points lost
GROUPS = {"district": (Decimal(100), Decimal(30)), "department": (Decimal(100), Decimal(0))}
SCORES = st.lists(
    st.tuples(
        st.sampled_from(list(GROUPS)),
        # few values, so that ties are the rule
        st.none() | st.sampled_from([Decimal(text) for text in ("59.99", "60", "99.5", "100", "126.5", "130")]),
        st.sampled_from([Decimal(0), Decimal("0.5")]),
    ),
    min_size=1,
    max_size=12,
)


def level(score: Decimal | None) -> str:
    """Three levels: 合格 from 99.5 on, 基本合格 from 60 on."""
    if score is None or score < 60:
        return "unqualified"
    return "qualified" if score >= Decimal("99.5") else "basic"


def parts(score: Decimal | None) -> tuple[Decimal | None, Decimal | None, bool]:
    """Base score, bonus, and whether the bonus indicators were looked at."""
    if score is None:
        return None, None, False
    base = min(score, Decimal(100))
    return base, score - base, base > 80


def site_scores(drawn: list[Score]) -> pl.DataFrame:
    return frame(
        "mart/site_score",
        (
            {"quarter": Q, "site_code": f"11010000{number:02d}", "site_group": group, "unit_id": f"u{number}"}
            | {"roster_no": number, "veto": "W-V2" if score is None else "none"}
            | {"lost": None if score is None else lost}
            | dict(zip(("base_score", "bonus", "bonus_stage"), parts(score), strict=True))
            | {"score": score, "passed": level(score) != "unqualified", "level": level(score)}
            for number, (group, score, lost) in enumerate(drawn, start=1)
        ),
    )


def site_groups() -> pl.DataFrame:
    return frame(
        "reference/site_group",
        (
            {"quarter": Q, "site_group": group, "label": group, "base_points": base, "bonus_points": bonus}
            | {"pass_line": Decimal("99.5"), "basic_line": Decimal(60), "bonus_above": Decimal(80)}
            | {"exempt_points": Decimal(0), "scale_numerator": 4, "scale_denominator": 3}
            for group, (base, bonus) in GROUPS.items()
        ),
    )


@settings(max_examples=60)
@given(SCORES)
def test_places_with_ties(drawn: list[Score]) -> None:
    ranked = validate("mart/site_ranking", rank_sites(site_scores(drawn))).to_dicts()
    scored = [(group, score) for group, score, _ in drawn if score is not None]
    assert len(ranked) == len(scored)
    for row in ranked:
        group, score, _ = drawn[row["roster_no"] - 1]
        assert score is not None
        assert row["score"] == score
        assert row["place"] == 1 + sum(g == group and other > score for g, other in scored)
        assert row["tied"] is (scored.count((group, score)) > 1)


@settings(max_examples=60)
@given(SCORES)
def test_sums_of_groups(drawn: list[Score]) -> None:
    summed = validate("mart/group_score", sum_groups(site_scores(drawn), site_groups())).to_dicts()
    assert {row["site_group"] for row in summed} == {group for group, _, _ in drawn}
    for row in summed:
        group = row["site_group"]
        own = [(score, lost) for name, score, lost in drawn if name == group]
        scored = [score for score, _ in own if score is not None]
        assert row["sites"] == len(own)
        assert (row["scored"], row["score_total"]) == (len(scored), sum(scored, Decimal(0)))
        made = [parts(score) for score in scored]
        assert row["unvetoed"] == len(made)
        assert row["deduction_total"] == sum(100 - base for base, _, _ in made if base is not None)
        assert row["bonus_total"] == sum(bonus for _, bonus, _ in made if bonus is not None)
        assert row["bonus_stage"] == sum(stage for _, _, stage in made)
        assert row["basic"] == sum(level(score) == "basic" for score, _ in own)
        assert row["unqualified"] == sum(score is None or score < 60 for score, _ in own)
        assert row["full_score"] == scored.count(sum(GROUPS[group], Decimal(0)))
        assert row["without_deduction"] == sum(score is not None and lost == 0 for score, lost in own)


@settings(max_examples=60)
@given(SCORES)
def test_bands_hold_every_score_once(drawn: list[Score]) -> None:
    limits = [(Decimal(110), None), (Decimal(100), Decimal(110)), (None, Decimal(100))]
    bands = frame(
        "reference/score_band",
        (
            {"quarter": Q, "site_group": group, "band_no": number, "low": low, "high": high}
            for group in GROUPS
            for number, (low, high) in enumerate(limits, start=1)
        ),
    )
    counted = validate("mart/score_band", count_bands(site_scores(drawn), bands)).to_dicts()
    assert len(counted) == len(GROUPS) * len(limits)
    for row in counted:
        low, high = row["low"] or Decimal(0), row["high"] or Decimal(131)
        own = [score for group, score, _ in drawn if group == row["site_group"] and score is not None]
        assert row["sites"] == sum(low <= score < high for score in own)


def test_no_site_no_place() -> None:
    assert rank_sites(empty("mart/site_score")).is_empty()


def sites(*codes: str) -> pl.DataFrame:
    return frame(
        "reference/site",
        (
            {"quarter": Q, "site_code": code, "site_name": code, "site_kind": "portal", "unit_id": code}
            | {"site_group": "district" if code < "1101000050" else "department"}
            | {"serves_public": True, "roster_no": number}
            for number, code in enumerate(codes, start=1)
        ),
    )


A, B, C = "1101000001", "1101000002", "1101000099"


def indicators() -> pl.DataFrame:
    named = [("i1", "概况信息", "deduct", 5), ("i2", "办事服务", "deduct", 10), ("i3", "办事服务", "deduct", 15)]
    named.append(("i4", "数据发布", "bonus", 30))
    return frame(
        "reference/indicator",
        (
            {"quarter": Q, "indicator_id": identity, "catalogue_no": number, "level1": "一级", "name": identity}
            | {"part": part, "points": Decimal(points), "report_as": label, "service": label == "办事服务"}
            for number, (identity, label, part, points) in enumerate(named, start=1)
        ),
    )


def indicator_scores(*cells: tuple[str, str, str | None]) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {"quarter": Q, "file": "f", "sheet": "s", "row_no": number, "cell": f"A{number}", "site_code": code}
        | {"indicator_id": identity, "applicable": score is not None, "score": score and Decimal(score)}
        for number, (code, identity, score) in enumerate(cells, start=1)
    ]
    return frame("core/indicator_score", rows)


def test_losses_join_indicators_of_one_name_and_pass_over_what_is_not_checked() -> None:
    scores = indicator_scores(
        (A, "i1", "5"), (A, "i2", "9.5"), (A, "i3", "14"), (A, "i4", "0"),
        (B, "i1", "5"), (B, "i2", "10"), (B, "i3", "13.25"), (B, "i4", "30"),
        (C, "i1", "0"), (C, "i2", None), (C, "i3", None),
    )  # fmt: skip
    losses = validate("mart/indicator_loss", sum_losses(scores, sites(A, B, C), indicators()))
    assert losses.select("site_group", "report_as", "catalogue_no", "lost", "sites").rows() == [
        ("department", "概况信息", 1, Decimal("5.00"), 1),
        ("district", "办事服务", 2, Decimal("3.25"), 2),  # 0.5 + 1 + 1.75, two sites
        ("district", "概况信息", 1, Decimal("0.00"), 0),
    ]


def test_of_a_vetoed_site_no_loss_is_known() -> None:
    scores = indicator_scores((A, "i1", None), (B, "i1", None), (B, "i2", "10")).with_columns(
        applicable=pl.lit(value=True)
    )
    losses = sum_losses(scores, sites(A, B, C), indicators())
    assert losses.select("report_as", "lost", "sites").rows() == [("办事服务", Decimal("0.00"), 0)]


@given(st.lists(st.tuples(st.sampled_from([A, B, C]), st.booleans()), max_size=9))
def test_functions(marks: list[tuple[str, bool]]) -> None:
    rows = (
        {"quarter": Q, "file": "f", "sheet": "s", "row_no": number, "cell": f"A{number}", "site_code": code}
        | {"function_id": "accessible", "present": present}
        for number, (code, present) in enumerate(marks, start=1)
    )
    counted = validate("mart/function_adoption", count_functions(frame("core/site_function", rows), sites(A, B, C)))
    group = {A: "district", B: "district", C: "department"}
    wanted, present = Counter(group[code] for code, _ in marks), Counter(group[code] for code, mark in marks if mark)
    assert {row["site_group"]: (row["sites"], row["present"]) for row in counted.to_dicts()} == {
        name: (count, present[name]) for name, count in wanted.items()
    }
