"""Scores of sites at the edges of the rule book, and against a plain reckoner (计分)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts.contract import frame, validate
from pipeline.measure.rounding import round_once
from pipeline.measure.scoring import score_sites

Q = "2021Q3"
# Three deduction indicators of 100 points, the last one of services; two bonus indicators of 30.
POINTS = {"a": Decimal(40), "b": Decimal(35), "service": Decimal(25), "x": Decimal(20), "y": Decimal(10)}
BONUS = ("x", "y")
Cells = Mapping[str, Decimal | None]  # None: not checked (不涉及)


NATIONAL = {
    "label": "区政府门户网站", "base_points": Decimal(100), "bonus_points": Decimal(30),
    "pass_line": Decimal(60), "basic_line": None, "bonus_above": Decimal(80),
    "exempt_points": Decimal(0), "scale_numerator": 4, "scale_denominator": 3,
}  # fmt: skip
SPREAD = {**NATIONAL, "exempt_points": Decimal(25), "scale_numerator": 1, "scale_denominator": 1}
MEMORY = {
    "rule_book": "2019", "book_from": "2019Q2", "totals_only": False, "census": True, "score_step": Decimal("0.5"),
    "scaled_step": Decimal("0.01"), "half_even": False, "veto_score": None, "account_mark": None,
    "account_decimals": None, "score_decimals": 1, "exact_change": False, "swing": Decimal(10), "limit_workdays": 3,
    "outlines": "2019",
}  # fmt: skip


def _printed(parts: tuple[str, str] | None) -> dict[str, Decimal | None]:
    base, bonus = map(Decimal, parts) if parts else (None, None)
    total = None if base is None or bonus is None else base + bonus
    return {"printed_base": base, "printed_bonus": bonus, "printed_total": total}


def code(number: int) -> str:
    return f"11010000{number:02d}"


def score(
    sites: Sequence[Cells],
    vetoes: Sequence[str] = (),
    group: Mapping[str, Any] = NATIONAL,
    policy: Mapping[str, Any] = MEMORY,
    printed: Sequence[tuple[str, str]] = (),
) -> list[dict[str, Any]]:
    """Score some sites, given by their cells, by default in a group of 100 + 30 points with gates 60 and 80."""
    origin = {"quarter": Q, "file": "评分表.xlsx", "sheet": "区"}
    codes = [code(number) for number in range(len(sites))]
    rows = list(enumerate(zip(codes, sites, strict=True), start=3))
    totals = dict(zip(codes, [*printed, *[None] * len(sites)], strict=False))
    veto = dict(zip(codes, [*vetoes, *["none"] * len(sites)], strict=False))
    table = score_sites(
        frame(
            "core/site_result",
            (
                origin | _printed(totals[c]) | {"row_no": row, "site_code": c, "site_name": c, "veto": veto[c]}
                for row, (c, _) in rows
            ),
        ),
        frame(
            "core/indicator_score",
            (
                origin
                | {"row_no": row, "cell": f"{'ABCDE'[at]}{row}", "site_code": c, "indicator_id": name}
                | {"applicable": value is not None, "score": value}
                for row, (c, cells) in rows
                for at, (name, value) in enumerate(cells.items())
            ),
        ),
        frame(
            "reference/site",
            (
                {"quarter": Q, "site_code": c, "site_name": c, "site_kind": "portal", "site_group": "district"}
                | {"unit_id": f"unit{c}", "serves_public": True, "roster_no": row}
                for row, (c, _) in rows
            ),
        ),
        frame(
            "reference/site_group",
            [{"quarter": Q, "site_group": "district", **group}],
        ),
        frame(
            "reference/indicator",
            (
                {"quarter": Q, "indicator_id": name, "catalogue_no": number, "level1": "一级", "name": name}
                | {"part": "bonus" if name in BONUS else "deduct", "points": value}
                | {"report_as": name, "service": name == "service"}
                for number, (name, value) in enumerate(POINTS.items(), start=1)
            ),
        ),
        frame("reference/policy", [{"quarter": Q, **policy}]),
    )
    return validate("mart/site_score", table).to_dicts()


def cells(a: str, b: str = "35", service: str | None = "25", x: str = "20", y: str = "10") -> Cells:
    given_ = {"a": a, "b": b, "service": service, "x": x, "y": y}
    return {name: None if value is None else Decimal(value) for name, value in given_.items()}


@pytest.mark.parametrize(
    ("site", "base", "bonus", "passed"),
    [
        (cells("40"), "100", "30", True),
        (cells("0"), "60", "0", True),  # exactly the pass line: 合格
        (cells("0", b="34.99"), "59.99", "0", False),
        (cells("20"), "80", "0", True),  # exactly the gate: no bonus
        (cells("20.01"), "80.01", "30", True),
        (cells("20.01", x="1.5", y="0"), "80.01", "1.50", True),
        (cells("0", b="0", service="0"), "0", "0", False),
        # without services: 75 points to start from, times 4/3
        (cells("40", service=None), "100", "30", True),
        (cells("39.5", service=None), "99.33", "30", True),
        (cells("39", service=None), "98.67", "30", True),
        (cells("10", service=None), "60", "0", True),
        (cells("9.99", service=None), "59.99", "0", False),
        (cells("25", service=None), "80", "0", True),
        (cells("25.01", service=None), "80.01", "30", True),
    ],
)
def test_edges(site: Cells, base: str, bonus: str, passed: bool) -> None:
    [row] = score([site])
    assert (row["base_score"], row["bonus"], row["passed"]) == (Decimal(base), Decimal(bonus), passed)
    assert row["score"] == Decimal(base) + Decimal(bonus)
    assert row["veto"] == "none"


def test_the_pass_line_looks_at_the_unrounded_score() -> None:
    """49.09 × 11/9 = 59.998…: printed as 60.00, and yet not passed."""
    [row] = score([cells("14.09", service=None)], group={**NATIONAL, "scale_numerator": 11, "scale_denominator": 9})
    assert row["base_score"] == Decimal("60.00")
    assert row["passed"] is False


def test_the_bonus_gate_looks_at_the_unrounded_score() -> None:
    """66.67 × 6/5 = 80.004: printed as 80.00, and yet above the gate."""
    [row] = score([cells("31.67", service=None)], group={**NATIONAL, "scale_numerator": 6, "scale_denominator": 5})
    assert row["base_score"] == Decimal("80.00")
    assert row["bonus"] == Decimal(30)


def test_the_factor_is_not_applied_where_everything_is_checked() -> None:
    checked, exempt = score([cells("10"), cells("10", service=None)])
    assert (checked["base_score"], exempt["base_score"]) == (Decimal(70), Decimal(60))


def test_deductions_are_counted_unscaled_and_only_for_what_is_checked() -> None:
    checked, exempt = score([cells("38.5", service="20"), cells("38.5", service=None)])
    assert (checked["lost"], exempt["lost"]) == (Decimal("6.50"), Decimal("1.50"))


def test_the_bonus_is_capped_at_the_points_of_the_group() -> None:
    [row] = score([cells("40")], group={**NATIONAL, "bonus_points": Decimal(25)})
    assert (row["bonus"], row["score"]) == (Decimal(25), Decimal(125))
    [none] = score([cells("40")], group={**NATIONAL, "bonus_points": Decimal(0)})
    assert (none["bonus"], none["score"]) == (Decimal(0), Decimal(100))


def test_a_vetoed_site_has_no_score_and_is_unqualified() -> None:
    empty: Cells = dict.fromkeys(POINTS)
    vetoed, filled, sound = score([empty, cells("40"), cells("40")], vetoes=["W-V2", "W-V1"])
    for row in (vetoed, filled):
        assert (row["base_score"], row["bonus"], row["score"]) == (None, None, None)
        assert (row["passed"], row["level"], row["lost"]) == (False, "unqualified", None)
    assert [row["veto"] for row in (vetoed, filled, sound)] == ["W-V2", "W-V1", "none"]
    assert (sound["score"], sound["passed"]) == (Decimal(130), True)


# ---- other rule books --------------------------------------------------------------------------------------------


def test_a_vetoed_site_has_the_score_that_the_rule_book_gives_it() -> None:
    [row] = score([cells("40")], vetoes=["W-V1"], policy={**MEMORY, "veto_score": Decimal(59)})
    assert (row["base_score"], row["bonus"], row["score"], row["lost"]) == (None, None, Decimal(59), None)
    assert (row["level"], row["passed"]) == ("unqualified", False)


@pytest.mark.parametrize(
    ("a", "level"),
    [("20", "qualified"), ("19.99", "basic"), ("0", "basic"), ("0.01", "basic")],
)
def test_three_levels(a: str, level: str) -> None:
    three = {**NATIONAL, "pass_line": Decimal(80), "basic_line": Decimal(60)}
    [row] = score([cells(a)], group=three)
    assert (row["level"], row["passed"]) == (level, True)
    [below] = score([cells("0", b="34.99")], group=three)
    assert (below["level"], below["passed"]) == ("unqualified", False)


@pytest.mark.parametrize(("a", "base"), [("40", "100"), ("39.5", "99.5"), ("0", "60")])
def test_points_of_services_spread_over_the_other_indicators(a: str, base: str) -> None:
    """100 points to start from, nothing scaled: what is lost is lost as it is."""
    [row] = score([cells(a, service=None)], group=SPREAD)
    assert row["base_score"] == Decimal(base)
    assert row["passed"] is True


@pytest.mark.parametrize(
    ("a", "step", "base"),
    [
        ("14.51", "0.01", "66.01"),  # 49.51 × 4/3 = 66.013…
        ("2.88", "0.1", "50.5"),  # 37.88 × 4/3 = 50.506…
        ("0.30", "1", "47"),  # 35.30 × 4/3 = 47.066…
    ],
)
def test_decimals_of_a_scaled_score(a: str, step: str, base: str) -> None:
    scaled, checked = score([cells(a, service=None), cells(a)], policy={**MEMORY, "scaled_step": Decimal(step)})
    assert scaled["base_score"] == Decimal(base)
    assert checked["base_score"] == Decimal(a) + 60  # what is not scaled is not rounded


@pytest.mark.parametrize(("half_even", "base"), [(False, "88.63"), (True, "88.62")])
def test_the_half_of_a_scaled_score(half_even: bool, base: str) -> None:
    """70.90 × 5/4 = 88.625: up, or to the even neighbour."""
    group = {**NATIONAL, "scale_numerator": 5, "scale_denominator": 4}
    [row] = score([cells("40", b="30.9", service=None)], group=group, policy={**MEMORY, "half_even": half_even})
    assert row["base_score"] == Decimal(base)


def test_totals_alone() -> None:
    """No indicator is delivered: the printed parts are the score, and what the base lacks is lost."""
    rows = score(
        [{}, {}, {}],
        vetoes=["none", "none", "W-V2"],
        policy={**MEMORY, "totals_only": True},
        printed=[("92.5", "12"), ("100", "0")],
    )
    assert [(row["base_score"], row["bonus"], row["score"], row["lost"], row["level"]) for row in rows] == [
        (Decimal("92.5"), Decimal(12), Decimal("104.5"), Decimal("7.5"), "qualified"),
        (Decimal(100), Decimal(0), Decimal(100), Decimal(0), "qualified"),
        (None, None, None, None, "unqualified"),
    ]


def part(points: Decimal) -> st.SearchStrategy[Decimal]:
    return st.integers(0, int(points) * 100).map(lambda value: Decimal(value).scaleb(-2))


SITE = st.fixed_dictionaries({name: part(points) for name, points in POINTS.items()})


@settings(max_examples=60)
@given(st.lists(st.tuples(SITE, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_any_sites_against_a_plain_reckoner(drawn: list[tuple[dict[str, Decimal], bool, bool]]) -> None:
    sites: list[Cells] = [cells_ | ({"service": None} if exempt else {}) for cells_, exempt, _ in drawn]
    rows = score(sites, vetoes=["W-V1" if veto else "none" for _, _, veto in drawn])
    for row, (cells_, exempt, veto) in zip(rows, drawn, strict=True):
        kept = cells_["a"] + cells_["b"] + (0 if exempt else cells_["service"])
        exact = Fraction(kept) * (Fraction(4, 3) if exempt else 1)
        base = round_once(exact, 2)
        bonus = cells_["x"] + cells_["y"] if exact > 80 else Decimal(0)
        assert row["passed"] is (not veto and exact >= 60)
        assert (row["base_score"], row["score"]) == ((None, None) if veto else (base, base + bonus))
