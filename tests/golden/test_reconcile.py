"""The second reckoning in SQL notices every tampered number, and every number it does not know (双重核对)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from pipeline.bulletin.figures import Reckoned
from pipeline.flow import CHECKS, STEPS, Context, execute, facts_of
from pipeline.settings import CODE_ROOT
from tests.golden.compare import compare
from tests.golden.conftest import Run

RECONCILING = {check.name: check for check in CHECKS if check.name.startswith("reconcile_")}
Tree = dict[str, Any]


@pytest.fixture
def context(q3: Run) -> Iterator[Context]:
    """The quarter's warehouse; its facts are put back afterwards."""
    kept = q3.context.warehouse.get("bulletin/facts")
    yield q3.context
    q3.context.warehouse.put("bulletin/facts", kept)


def problems(context: Context) -> dict[str, list[str]]:
    """What does not agree, by SQL file: figures with both values."""
    found = compare(_tuples(facts_of(context).reckoned()), context.warehouse)
    return {
        name: [f"{item.figure} {item.polars} {item.sql}" for item in items] for name, items in found.items() if items
    }


def checked(context: Context) -> dict[str, list[str]]:
    """The same as the flow's own checks say it."""
    return {name: found for name, check in RECONCILING.items() if (found := check.problems(context))}


def tamper(context: Context, change: Callable[[Tree], object]) -> None:
    tree = json.loads(context.warehouse.get("bulletin/facts"))
    change(tree)
    context.warehouse.put("bulletin/facts", json.dumps(tree).encode())


def test_untouched_facts_agree(context: Context) -> None:
    assert problems(context) == checked(context) == {}
    assert len(RECONCILING) == len(list((CODE_ROOT / "sql" / "reconcile").glob("*.sql"))) + 1


def _raise_rate(tree: Tree) -> None:
    tree["new_media"]["platforms"][2]["rate"]["part"] += 1


def _raise_change(tree: Tree) -> None:
    tree["new_media"]["platforms"][2]["change"]["value"] = "9"


def _swap_names(tree: Tree) -> None:
    tree["district_sites"]["standings"][0]["members"].reverse()


def _drop_name(tree: Tree) -> None:
    tree["new_media"]["departments"]["units_at_100"]["members"].pop()


def _better_score(tree: Tree) -> None:
    tree["department_sites"]["rows"][7]["score"] = "99.99"


def _better_place(tree: Tree) -> None:
    tree["department_sites"]["rows"][2]["place"] -= 1


@pytest.mark.parametrize(
    ("change", "check", "figure"),
    [
        (lambda t: t["district_sites"]["average"].update(total="2006.01"), "site_groups", "district_sites.average"),
        (lambda t: t["district_sites"]["average"].update(count=15), "site_groups", "district_sites.average"),
        (lambda t: t["district_sites"]["change"].update(before="125.2"), "changes", "district_sites.change"),
        (lambda t: t["department_sites"]["full"].update(value=42), "site_groups", "department_sites.full"),
        (
            lambda t: t["department_sites"]["functions"][0]["sites"].update(value=57),
            "site_groups",
            "department_sites.functions.accessible",
        ),
        (_swap_names, "site_groups", "district_sites.standings.1"),
        (_better_score, "site_rows", ".score"),
        (_better_place, "site_rows", ".place"),
        (_raise_rate, "new_media", "new_media.platforms.app.rate"),
        (_drop_name, "new_media", "new_media.departments.units_at_100"),
        (_raise_change, "account_changes", "new_media.platforms.app.change"),
        (lambda t: t["new_media"]["rate_change"].update(value="0.1"), "account_changes", "new_media.rate_change"),
        (
            lambda t: t["new_media"]["accounts_change"].update(before="1"),
            "account_changes",
            "new_media.accounts_change",
        ),
        (lambda t: t["new_media"]["unqualified"]["members"].reverse(), "new_media", "new_media.unqualified"),
        (lambda t: t["new_media"]["vetoes"][1]["accounts"].update(value=2), "new_media", "new_media.vetoes.2.accounts"),
        (lambda t: t["new_media"]["worst"].update(value=2), "new_media", "new_media.worst"),
        (lambda t: t["new_media"]["districts"]["share"].update(part=1), "new_media", "new_media.districts.share"),
        (lambda t: t["error_reports"]["late"].update(of=1), "error_reports", "error_reports.late"),
        (lambda t: t["error_reports"]["districts"]["members"].pop(), "error_reports", "error_reports.districts"),
        (lambda t: t["error_reports"]["top_share"].update(part=515), "error_reports", "error_reports.top_share"),
        (lambda t: t["error_reports"]["on_time"].update(part=1), "error_reports", "error_reports.on_time"),
        (lambda t: t["error_reports"]["types"]["members"].reverse(), "error_reports", "error_reports.types"),
    ],
)
def test_a_tampered_figure_is_found(
    context: Context, change: Callable[[Tree], object], check: str, figure: str
) -> None:
    tamper(context, change)
    found = problems(context)
    assert set(found) == {check}
    [problem] = found[check]
    assert figure in problem.partition(" ")[0]


def test_a_figure_that_only_one_side_has_is_found(context: Context) -> None:
    tamper(context, lambda tree: tree["district_sites"]["sites"].update(id="district_sites.number"))
    found = checked(context)
    assert set(found) == {"reconcile_site_groups", "reconcile_coverage"}
    assert found["reconcile_coverage"][0].startswith("district_sites.number（district_sites.number）：")
    [missing] = found["reconcile_site_groups"]
    assert missing.startswith("区政府门户网站数量（district_sites.sites）：polars None")


def test_every_single_figure_is_compared(q3: Run) -> None:
    """Whatever numerator, denominator or names are changed, exactly that id is found."""
    ours = q3.facts.reckoned()
    others = {
        key: Reckoned(item.numerator + Decimal("0.01"), item.denominator, item.members) for key, item in ours.items()
    }
    found = compare(_tuples(others), q3.context.warehouse)
    assert found.pop("coverage") == []
    assert sorted(item.figure for items in found.values() for item in items) == sorted(ours)
    more = {key: dataclasses.replace(item, denominator=item.denominator + 1) for key, item in ours.items()}
    assert sum(map(len, compare(_tuples(more), q3.context.warehouse).values())) == len(ours)
    names = {key: dataclasses.replace(item, members=(*item.members, "多余")) for key, item in ours.items()}
    assert sum(map(len, compare(_tuples(names), q3.context.warehouse).values())) == len(ours)


def _tuples(reckoned: dict[str, Reckoned]) -> dict[str, tuple[Decimal, int, tuple[str, ...]]]:
    return {key: (item.numerator, item.denominator, item.members) for key, item in reckoned.items()}


@pytest.mark.parametrize(
    ("table", "column", "check"),
    [
        ("mart/group_score", "score_total", "site_groups"),
        ("mart/account_rate", "passed", "new_media"),
        ("mart/account_rate", "accounts", "account_changes"),
        ("mart/error_report_unit", "messages", "error_reports"),
        ("mart/site_ranking", "score", "site_groups"),
        ("mart/site_score", "bonus", "site_rows"),
    ],
)
def test_a_tampered_measure_is_found(context: Context, table: str, column: str, check: str) -> None:
    kept = context.table(table)
    first = pl.int_range(pl.len()) == 0
    more = (pl.col(column) + 1).cast(kept.schema[column])
    assemble = next(step for step in STEPS if step.key == "bulletin/facts")
    try:
        context.warehouse.write(table, kept.with_columns(pl.when(first).then(more).otherwise(column).alias(column)))
        execute(assemble, context)
        assert check in problems(context)
    finally:
        context.warehouse.write(table, kept)
