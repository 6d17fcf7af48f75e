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


def code(number: int) -> str:
    return f"11010000{number:02d}"


def score(
    sites: Sequence[Cells], vetoes: Sequence[str] = (), factor: tuple[int, int] = (4, 3), cap: str = "30"
) -> list[dict[str, Any]]:
    """Score some sites, given by their cells, in a group of 100 + 30 points with gates 60 and 80."""
    origin = {"quarter": Q, "file": "评分表.xlsx", "sheet": "区"}
    codes = [code(number) for number in range(len(sites))]
    rows = list(enumerate(zip(codes, sites, strict=True), start=3))
    printed = {"printed_base": None, "printed_bonus": None, "printed_total": None}
    veto = dict(zip(codes, [*vetoes, *["none"] * len(sites)], strict=False))
    table = score_sites(
        frame(
            "core/site_result",
            (
                origin | printed | {"row_no": row, "site_code": c, "site_name": c, "veto": veto[c]}
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
            [
                {"quarter": Q, "site_group": "district", "base_points": Decimal(100), "bonus_points": Decimal(cap)}
                | {"pass_line": Decimal(60), "bonus_above": Decimal(80)}
                | {"scale_numerator": factor[0], "scale_denominator": factor[1]}
            ],
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
    assert not row["vetoed"]


def test_the_pass_line_looks_at_the_unrounded_score() -> None:
    """49.09 × 11/9 = 59.998…: printed as 60.00, and yet not passed."""
    [row] = score([cells("14.09", service=None)], factor=(11, 9))
    assert row["base_score"] == Decimal("60.00")
    assert row["passed"] is False


def test_the_bonus_gate_looks_at_the_unrounded_score() -> None:
    """66.67 × 6/5 = 80.004: printed as 80.00, and yet above the gate."""
    [row] = score([cells("31.67", service=None)], factor=(6, 5))
    assert row["base_score"] == Decimal("80.00")
    assert row["bonus"] == Decimal(30)


def test_the_factor_is_not_applied_where_everything_is_checked() -> None:
    checked, exempt = score([cells("10"), cells("10", service=None)])
    assert (checked["base_score"], exempt["base_score"]) == (Decimal(70), Decimal(60))


def test_deductions_are_counted_unscaled_and_only_for_what_is_checked() -> None:
    checked, exempt = score([cells("38.5", service="20"), cells("38.5", service=None)])
    assert (checked["lost"], exempt["lost"]) == (Decimal("6.50"), Decimal("1.50"))


def test_the_bonus_is_capped_at_the_points_of_the_group() -> None:
    [row] = score([cells("40")], cap="25")
    assert (row["bonus"], row["score"]) == (Decimal(25), Decimal(125))
    [none] = score([cells("40")], cap="0")
    assert (none["bonus"], none["score"]) == (Decimal(0), Decimal(100))


def test_a_vetoed_site_has_no_score_and_is_unqualified() -> None:
    empty: Cells = dict.fromkeys(POINTS)
    vetoed, filled, sound = score([empty, cells("40"), cells("40")], vetoes=["W-V2", "W-V1"])
    for row in (vetoed, filled):
        assert (row["base_score"], row["bonus"], row["score"]) == (None, None, None)
        assert (row["vetoed"], row["passed"], row["lost"]) == (True, False, 0)
    assert (sound["score"], sound["passed"]) == (Decimal(130), True)


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
