"""An invented city whose rule book differs wherever one can: only data changes, and every number is reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from tests.rulebooks.conftest import Account, Measured, Site

D = Decimal
FULL = {
    "disclosure": "30", "interpretation": "15", "guides": "12", "forms": "8", "consultation": "15", "survey": "5",
    "availability": "10", "search": "5",
}  # fmt: skip
WON = {"open_data": "10", "smart_answers": "10", "elderly": "10"}
LINJIANG, YUNLING, SHIQIAO = "9901010001", "9901020001", "9901030001"
EDUCATION, ARCHIVES, CULTURE, WATER = "9901000001", "9901000002", "9901000003", "9901000004"
SITES = [
    # 100 points, and 30 won of which 25 count
    Site(LINJIANG, ("100", "25", "125"), FULL | WON),
    # 85 is not above 85: no bonus
    Site(YUNLING, ("85", "0", "85"), FULL | {"consultation": "0"} | WON),
    # vetoed: 59
    Site(SHIQIAO, (None, None, "59"), veto="W-2"),
    # 100 − 20.5: 基本合格
    Site(EDUCATION, ("79.5", "0", "79.5"), FULL | {"disclosure": "9.5"} | dict.fromkeys(WON, "0")),
    # no services: 80 − 3.5 and the 20 points of services, where × 5/4 would give 95.6; then 10 won
    Site(
        ARCHIVES,
        ("96.5", "10", "106.5"),
        FULL
        | {"guides": None, "forms": None, "search": "1.5"}
        | {"open_data": "10", "smart_answers": "0", "elderly": "0"},
    ),
    # 100 − 40.5: 不合格
    Site(CULTURE, ("59.5", "0", "59.5"), FULL | {"disclosure": "0", "availability": "0", "search": "4.5"} | WON),
    # 100 − 31.7
    Site(WATER, ("68.3", "0", "68.3"), FULL | {"disclosure": "0", "search": "3.3"} | WON),
]
ACCOUNTS = [
    Account("linjiang", "wechat", "98.5"),
    Account("linjiang", "video", None, "账号不更新"),  # 59
    Account("yunling", "video", "100"),
    Account("water", "other", "97.1"),
]


@pytest.fixture
def qinghe(registry: Callable[..., Path], measure: Callable[..., Measured]) -> Measured:
    return measure(registry("qinghe"), "2023Q1", SITES, ACCOUNTS, {"部门网站平均分": "78.1", "区新媒体平均分": "85.9"})


def test_scores_of_sites(qinghe: Measured) -> None:
    found = qinghe.rows("mart/site_score", "site_code", "lost", "base_score", "bonus", "score", "level")
    assert sorted(found) == sorted(
        [
            (LINJIANG, D(0), D(100), D(25), D(125), "qualified"),
            (YUNLING, D(15), D(85), D(0), D(85), "qualified"),
            (SHIQIAO, None, None, None, D(59), "unqualified"),
            (EDUCATION, D("20.5"), D("79.5"), D(0), D("79.5"), "basic"),
            (ARCHIVES, D("3.5"), D("96.5"), D(10), D("106.5"), "qualified"),
            (CULTURE, D("40.5"), D("59.5"), D(0), D("59.5"), "unqualified"),
            (WATER, D("31.7"), D("68.3"), D(0), D("68.3"), "basic"),
        ]
    )


def test_groups_of_sites(qinghe: Measured) -> None:
    columns = (
        "site_group",
        "sites",
        "scored",
        "score_total",
        "basic",
        "unqualified",
        "full_score",
        "without_deduction",
    )
    assert qinghe.rows("mart/group_score", *columns) == [
        ("department", 4, 4, D("313.8"), 2, 1, 0, 0),  # 79.5 + 106.5 + 59.5 + 68.3
        ("district", 3, 3, D(269), 0, 1, 1, 1),  # 125 + 85 + 59
    ]


def test_accounts_have_means(qinghe: Measured) -> None:
    rows = qinghe.rows("mart/account_rate", "scope", "member", "accounts", "passed", "scored", "score_total")
    assert [row for row in rows if row[0] == "group"] == [
        ("group", "department", 1, 1, 1, D("97.1")),
        ("group", "district", 3, 2, 3, D("257.5")),  # 98.5 + 59 + 100
    ]


def test_sql_reckons_the_same(qinghe: Measured) -> None:
    """The second way to every number: rows, groups and means."""
    rows = qinghe.figures("site_rows")
    printed = qinghe.rows("mart/site_score", "site_code", "site_group", "base_score", "bonus", "score")
    for code, group, *parts in printed:
        for name, value in zip(("base_score", "bonus", "score"), parts, strict=True):
            figure = rows.get(f"{group}_sites.rows.{code}.{name}")
            assert (figure and figure[0]) == value
    assert rows[f"district_sites.rows.{SHIQIAO}.place"][0] == 3
    groups = qinghe.figures("site_groups")
    assert groups["department_sites.average"][:2] == (D("313.8"), 4)
    assert groups["district_sites.average"][:2] == (D(269), 3)
    assert groups["district_sites.unqualified"] == (D(1), 3, ("石桥区",))
    assert groups["department_sites.unqualified"] == (D(1), 4, ("市文化和旅游局",))
    assert groups["district_sites.full"] == (D(1), 3, ("临江县",))
    assert groups["district_sites.without_deduction"] == (D(1), 3, ("临江县",))
    media = qinghe.figures("new_media")
    assert media["new_media.districts.average"] == (D("257.5"), 3, ())
    assert media["new_media.departments.average"] == (D("97.1"), 1, ())
    assert media["new_media.platforms.video.accounts"][0] == 2


def test_a_change_is_exact_and_its_half_goes_to_the_even_neighbour(qinghe: Measured) -> None:
    """313.8 ÷ 4 = 78.45, less 78.1 is 0.35: 0.4. The printed values 78.4 and 78.1 would differ by 0.3."""
    changes = qinghe.figures("changes")
    assert changes["department_sites.change"][0] == D("0.4")
    assert changes["new_media.districts.change"][0] == D("-0.1")  # 257.5 ÷ 3 = 85.83…, less 85.9


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        ({'policy = "exact"': 'policy = "printed"'}, "0.3"),  # 78.45 is printed 78.4
        ({'policy = "exact"': 'policy = "printed"', '"half_even"': '"half_up"'}, "0.4"),  # and here 78.5
        ({"\nscore = 1": "\nscore = 2"}, "0.35"),
    ],
)
def test_a_change_by_another_policy(
    edit: dict[str, str], change: str, registry: Callable[..., Path], measure: Callable[..., Measured]
) -> None:
    folder = registry("qinghe", {"rule-books/qinghe-2020.toml": edit})
    found = measure(folder, "2023Q1", SITES, [], {"部门网站平均分": "78.1"})
    assert found.figures("changes")["department_sites.change"][0] == D(change)


@pytest.mark.parametrize(
    ("decimals", "rounding", "base"),
    [("1", "half_even", "95.6"), ("2", "half_even", "95.62"), ("2", "half_up", "95.63")],
)
def test_scaling_in_place_of_spreading(
    decimals: str, rounding: str, base: str, registry: Callable[..., Path], measure: Callable[..., Measured]
) -> None:
    """76.5 of 80 points times 5/4 is 95.625; both reckonings, and R405, which compares the printed total."""
    edit = {
        'mode = "redistribute"': 'mode = "scale"', 'start = "100"': 'start = "80"',
        "scaled_decimals = 1": f"scaled_decimals = {decimals}", '"half_even"': f'"{rounding}"',
    }  # fmt: skip
    total = str(D(base) + 10)
    archives = next(site for site in SITES if site.code == ARCHIVES)
    found = measure(
        registry("qinghe", {"rule-books/qinghe-2020.toml": edit}),
        "2023Q1",
        [replace(archives, printed=(base, "10", total))],
    )
    assert found.rows("mart/site_score", "base_score", "score") == [(D(base), D(total))]
    assert found.figures("site_rows")[f"department_sites.rows.{ARCHIVES}.score"][0] == D(total)
    assert found.findings() == {}


@pytest.mark.parametrize(("quarter", "name"), [("2022Q4", "市文化局"), ("2023Q1", "市文化和旅游局")])
def test_a_renamed_unit_is_called_by_the_name_of_the_quarter(
    quarter: str, name: str, registry: Callable[..., Path]
) -> None:
    roster = load_registry(registry("qinghe")).at(Quarter.parse(quarter))
    assert roster.unit_names["culture"].short == name
    assert roster.unit_index["市文化局"] == roster.unit_index["市文化和旅游局"] == "culture"


def test_checks_follow_the_rule_book(qinghe: Measured) -> None:
    """No finding: 25 is the cap, 106.5 without × 5/4, 59 for a veto, a sample leaves sites out of the sheets."""
    assert qinghe.findings() == {}


def test_checks_find_what_another_rule_book_would_allow(
    registry: Callable[..., Path], measure: Callable[..., Measured]
) -> None:
    archives = next(site for site in SITES if site.code == ARCHIVES)
    sites = [
        replace(SITES[0], printed=("100", "30", "130")),
        replace(archives, printed=("95.6", "10", "105.6")),
        replace(SITES[2], printed=(None, None, "0")),
    ]
    accounts = [Account("water", "other", "97.15"), Account("water", "wechat", None)]
    assert measure(registry("qinghe"), "2023Q1", sites, accounts).findings() == {
        "R405": ["30", "95.6"],
        "R431": ["账号2", "账号3"],
        "R432": ["0"],
    }
