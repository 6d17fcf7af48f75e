"""The tree of facts: ids, and JSON both ways (通报事实)."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from decimal import Decimal

import pytest
from pydantic import ValidationError

from pipeline.bulletin.facts import BulletinFacts, SiteRow
from pipeline.bulletin.figures import Average, Rate
from pipeline.bulletin.phrasing import printed_figures

TUPLES = (
    ".standings.",
    ".platforms.",
    ".vetoes.",
    ".reasons.",
    ".repeats.",
    ".rises.",
    ".bonuses.",
    ".bands.",
    ".functions.",
    ".concerned.",
)


def test_json_both_ways(facts: BulletinFacts) -> None:
    data = facts.to_json()
    assert BulletinFacts.from_json(data) == facts
    assert BulletinFacts.from_json(data).to_json() == data


def test_json_keeps_exact_decimals(facts: BulletinFacts) -> None:
    average = Average("district_sites.average", Decimal("2005.10"), 16, 1)
    other = dataclasses.replace(facts, district_sites=dataclasses.replace(facts.district_sites, average=average))
    written = json.loads(other.to_json())
    assert written["district_sites"]["average"]["total"] == "2005.10"
    assert BulletinFacts.from_json(other.to_json()).district_sites.average == average


def test_json_holds_no_float(facts: BulletinFacts) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(facts.to_json(), parse_float=refuse)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"quarter": "2021Q2"}'])
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        BulletinFacts.from_json(data)


def test_an_id_is_the_path_of_its_figure(facts: BulletinFacts) -> None:
    for figure in facts.figures():
        section, *_, leaf = figure.id.split(".")
        assert section in {
            "district_sites",
            "department_sites",
            "new_media",
            "error_reports",
            "work",
            "sites",
            "problems",
        }
        if not any(part in figure.id for part in TUPLES):
            node: object = facts
            for name in figure.id.split("."):
                node = getattr(node, name)
            assert node is figure
        assert leaf


def test_ids_are_unique_and_all_reckoned(facts: BulletinFacts) -> None:
    ids = [figure.id for figure in facts.figures()]
    rows = [row for group in (facts.district_sites, facts.department_sites) for row in group.rows]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert set(facts.reckoned()) == {*ids, *(name for row in rows for name in row.parts())}
    assert len(rows) == facts.district_sites.sites.value + facts.department_sites.sites.value


def test_what_is_compared_tells_figures_apart(facts: BulletinFacts) -> None:
    """Another numerator, denominator or name is another reckoning."""
    rates = (Rate("r", 41, 43, 1), Rate("r", 40, 43, 1), Rate("r", 41, 44, 1))
    assert len({str(rate.reckoned()) for rate in rates}) == 3
    row = SiteRow("rows.1", "甲", "甲网", Decimal(100), None, None, None, passed=True)
    assert list(row.parts()) == ["rows.1.base_score"]
    assert dataclasses.replace(row, owner="乙").parts() != row.parts()


def test_printed_figures(facts: BulletinFacts) -> None:
    printed = printed_figures(facts)
    assert set(printed) == {figure.id for figure in facts.figures()}
    assert printed["district_sites.average"] == "125.3"
    assert printed["district_sites.standings.3"] == "124、石景山区、平谷区"
