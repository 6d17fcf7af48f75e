"""Measures, facts and SQL together where the data are unusual: both reckonings agree, and the notice can be written."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.contracts.contract import empty, frame
from pipeline.contracts.tables import CONTRACTS
from pipeline.flow import STEPS, Context, execute, facts_of, notice_of
from pipeline.warehouse.checks import Mismatch
from pipeline.warehouse.store import Warehouse
from tests.golden.compare import compare
from tests.golden.conftest import Run

Tables = dict[str, pl.DataFrame]


@pytest.fixture
def rerun(q3: Run, tmp_path: Path) -> Callable[[Tables], tuple[BulletinFacts, str]]:
    """Run from the measures on, some core tables being others; every reconciling check must pass."""

    def run(others: Tables) -> tuple[BulletinFacts, str]:
        with Warehouse(tmp_path / "2021Q3.duckdb", q3.context.paths.sql) as warehouse:
            context = dataclasses.replace(q3.context, warehouse=warehouse)
            for key in CONTRACTS:
                warehouse.write(key, others.get(key, q3.context.table(key)))
            for step in STEPS:
                if step.key.startswith("mart/") or step.key in ("bulletin/facts", "bulletin/notice"):
                    execute(step, context)
            assert _problems(context) == []
            return facts_of(context), "\n".join(paragraph.text for paragraph in notice_of(context).paragraphs)

    return run


def _problems(context: Context) -> list[Mismatch]:
    reckoned = facts_of(context).reckoned()
    ours = {key: (item.numerator, item.denominator, item.members) for key, item in reckoned.items()}
    return [item for found in compare(ours, context.warehouse).values() for item in found]


Rerun = Callable[[Tables], tuple[BulletinFacts, str]]


def vetoed(q3: Run, *codes: str) -> Tables:
    """The sheets with some sites vetoed: no score in any cell."""
    hit = pl.col("site_code").is_in(codes)
    printed = pl.when(~hit).then(pl.col("^printed_.*$")).name.keep()
    return {
        "core/site_result": q3.context.table("core/site_result").with_columns(
            printed, veto=pl.when(hit).then(pl.lit("W-V2")).otherwise("veto")
        ),
        "core/indicator_score": q3.context.table("core/indicator_score").with_columns(
            applicable=pl.col("applicable") & ~hit, score=pl.when(~hit).then("score")
        ),
    }


def codes_of(q3: Run, group: str) -> list[str]:
    return (
        q3.context.table("reference/site")
        .filter(pl.col("site_group") == group)
        .sort("roster_no")["site_code"]
        .to_list()
    )


def test_a_vetoed_district(q3: Run, rerun: Rerun) -> None:
    facts, text = rerun(vetoed(q3, codes_of(q3, "district")[0]))
    group = facts.district_sites
    assert (group.unqualified.value, group.unqualified.members) == (1, ("东城区",))
    assert group.average is not None
    assert (group.average.count, group.sites.value) == (15, 16)
    assert (group.rows[0].score, group.rows[0].place) == (None, None)
    assert "，发现不合格区政府门户网站1个。" in text
    assert "15个区未扣分。" in text


def test_every_district_vetoed(q3: Run, rerun: Rerun) -> None:
    facts, text = rerun(vetoed(q3, *codes_of(q3, "district")))
    assert (facts.district_sites.average, facts.district_sites.change, facts.district_sites.standings) == (
        None,
        None,
        (),
    )
    assert facts.district_sites.clean_indicators.of == 0
    assert "各区政府门户网站平均得分" not in text


@pytest.mark.parametrize("table", ["core/account", "core/error_report", "core/site_function"])
def test_nothing_of_a_kind(table: str, rerun: Rerun) -> None:
    facts, text = rerun({table: empty(table)})
    assert BulletinFacts.from_json(facts.to_json()) == facts
    none = {
        "core/account": "全市没有纳入检查的政府系统政务新媒体账号。",
        "core/error_report": "平台没有收到涉及本市的网民留言。",
        "core/site_function": "各部门网站尚未具备无障碍功能。",
    }
    assert none[table] in text


def test_units_with_as_many_messages_stand_in_the_order_of_the_roster(q3: Run, rerun: Rerun) -> None:
    """One message from each of eight units: all are first, and are named as the roster names them."""
    units = q3.context.table("reference/unit").sort("roster_no")
    reports = q3.context.table("core/error_report").unique("unit_id", keep="first", maintain_order=True).head(8)
    facts, _ = rerun({"core/error_report": reports})
    wanted = units.filter(pl.col("unit_id").is_in(reports["unit_id"].to_list()))["short_name"].to_list()
    assert list(facts.error_reports.top.members) == wanted
    assert facts.error_reports.top.value == facts.error_reports.top.of == 8


# ---- the quarter before -------------------------------------------------------------------------------------------


def declared(*values: tuple[str, str, str]) -> Tables:
    rows = ({"quarter": "2021Q3", "earlier": e, "item": item, "value": Decimal(v)} for e, item, v in values)
    return {"core/info_earlier": frame("core/info_earlier", rows)}


def given(q3: Run, **changes: Any) -> Tables:
    [row] = q3.context.table("raw/earlier").to_dicts()
    tree = json.loads(row["content"]) | changes
    return {"raw/earlier": frame("raw/earlier", [row | {"content": json.dumps(tree)}])}


NONE: Tables = {"raw/earlier": empty("raw/earlier")}


@pytest.mark.parametrize(
    ("value", "before", "change"),
    [("124.9", "124.9", "0.5"), ("124.95", "125.0", "0.4"), ("126.4499", "126.4", "-1.0")],
)
def test_a_declared_baseline_is_compared_as_it_was_printed(rerun: Rerun, value: str, before: str, change: str) -> None:
    facts, _ = rerun(NONE | declared(("2021Q2", "区门户平均分", value)))
    found = facts.district_sites.change
    assert found is not None
    assert (str(found.before), str(found.value)) == (before, change)
    assert facts.department_sites.change is None


def test_no_earlier_figure_no_change(rerun: Rerun) -> None:
    facts, _ = rerun(NONE | declared(("2021Q1", "区门户平均分", "124.9")))
    assert (facts.district_sites.change, facts.department_sites.change) == (None, None)


def test_given_facts_go_before_what_is_declared(rerun: Rerun) -> None:
    facts, _ = rerun(declared(("2021Q2", "区门户平均分", "100"), ("2021Q2", "部门网站平均分", "100")))
    assert facts.district_sites.change is not None
    assert facts.department_sites.change is not None
    assert (str(facts.district_sites.change.before), str(facts.department_sites.change.before)) == ("125.3", "98.8")


def test_facts_of_another_rule_book_are_not_compared(q3: Run, rerun: Rerun) -> None:
    facts, _ = rerun(given(q3, rule_book="2022"))
    assert facts.district_sites.change is None
    facts, _ = rerun(given(q3, rule_book="2022") | declared(("2021Q2", "区门户平均分", "124.9")))
    assert facts.district_sites.change is not None
    assert str(facts.district_sites.change.before) == "124.9"


def test_a_group_without_an_average_the_quarter_before(q3: Run, rerun: Rerun) -> None:
    tree = json.loads(q3.context.table("raw/earlier")["content"][0])
    facts, _ = rerun(given(q3, district_sites=tree["district_sites"] | {"average": None}))
    assert facts.district_sites.change is None
    assert facts.department_sites.change is not None
