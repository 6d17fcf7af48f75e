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
from pipeline.reference.models import AccountScore, RuleBook
from pipeline.warehouse.checks import Mismatch
from pipeline.warehouse.store import Warehouse
from tests.golden.compare import compare
from tests.golden.conftest import Run

Tables = dict[str, pl.DataFrame]
Rerun = Callable[..., tuple[BulletinFacts, str]]


@pytest.fixture
def rerun(q3: Run, tmp_path: Path) -> Rerun:
    """Run from the measures on, some core tables being others; every reconciling check must pass."""

    def run(others: Tables, book: RuleBook = q3.context.roster.rule_book) -> tuple[BulletinFacts, str]:
        with Warehouse(tmp_path / "2021Q3.duckdb", q3.context.paths.sql) as warehouse:
            roster = dataclasses.replace(q3.context.roster, rule_book=book)
            context = dataclasses.replace(q3.context, warehouse=warehouse, roster=roster)
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
        "core/site_function": "各市级部门政府网站均尚未具备无障碍功能。",
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


# ---- accounts -----------------------------------------------------------------------------------------------------


def said(q3: Run, *statements: str, naming: str = "free", groups: int = 1) -> Tables:
    """The statements to be said, whatever their default."""
    chosen = pl.col("statement_id").is_in(statements)
    return {
        "core/info_choice": q3.context.table("core/info_choice").with_columns(
            enabled=pl.when(chosen).then(pl.lit(value=True)).otherwise("enabled"),
            naming=pl.when(chosen).then(pl.lit(naming)).otherwise("naming"),
            groups=pl.when(chosen).then(groups).otherwise("groups").cast(pl.Int64),
        )
    }


def test_unqualified_accounts_stand_in_the_order_of_the_roster_then_of_the_sheet(q3: Run, rerun: Rerun) -> None:
    names = ("account_failures", "account_failure_list", "account_failure_reasons", "account_concentration")
    facts, text = rerun(said(q3, *names, naming="named"))
    failed = q3.context.table("core/account").filter(~pl.col("passed"))
    order = q3.context.table("reference/unit").select("unit_id", "roster_no")
    wanted = failed.join(order, on="unit_id").sort("roster_no", "row_no")["account"].to_list()
    assert [name[1 : name.index("”")] for name in facts.new_media.unqualified.members] == wanted
    assert "。发现不合格政务新媒体账号7个，分别为“石景山鲁谷”微信、" in text
    assert "。不合格政务新媒体账号的否决情形为内容不更新6个、互动回应差1个。" in text
    assert "。石景山区1家单位的不合格政务新媒体账号较多，占不合格账号总数的28.6%。" in text


def test_as_many_unqualified_accounts_in_every_unit_are_no_concentration(q3: Run, rerun: Rerun) -> None:
    failed = pl.col("unit_id").is_duplicated() & ~pl.col("passed") & (pl.col("account") == "石景山鲁谷")
    accounts = q3.context.table("core/account").with_columns(
        passed=pl.col("passed") | failed, veto=pl.when(failed).then(pl.lit("")).otherwise("veto")
    )
    facts, text = rerun({"core/account": accounts} | said(q3, "account_concentration", naming="named"))
    assert facts.new_media.worst.value == facts.new_media.worst.of == 6
    assert "不合格政务新媒体账号较多" not in text


def test_accounts_of_one_taxonomy_are_compared(q3: Run, rerun: Rerun) -> None:
    names = ("account_change", "account_platform_changes", "account_rate_change")
    facts, text = rerun(said(q3, *names))
    assert facts.new_media.accounts_change is not None
    assert (facts.new_media.accounts_change.before, facts.new_media.accounts_change.value) == (1602, 29)
    assert "共有政府系统政务新媒体1631个，比上季度增加29个，其中微博300个" in text
    assert "。与上季度相比，微博增加8个、微信增加11个、移动客户端增加1个、其他政务新媒体增加9个。" in text
    assert "。政务新媒体总体合格率比上季度提高0.2个百分点。" in text


@pytest.mark.parametrize(("field", "value", "total"), [("rule_book", "2022", False), ("taxonomy", "2023", True)])
def test_no_comparison_across_a_break(q3: Run, rerun: Rerun, field: str, value: str, total: bool) -> None:
    tree = json.loads(q3.context.table("raw/earlier")["content"][0])
    changes = {"new_media": tree["new_media"] | {field: value}} if field == "taxonomy" else {field: value}
    facts, _ = rerun(given(q3, **changes))
    assert (facts.new_media.accounts_change is not None) is total
    assert (facts.new_media.rate_change is not None) is total
    assert [item for item in facts.new_media.platforms if item.change] == []


@pytest.mark.parametrize(("part", "whole"), [(2500, 2500), (2499, 2500), (2490, 2500)])
def test_a_rate_that_is_not_told_from_all_is_not_compared(q3: Run, rerun: Rerun, part: int, whole: int) -> None:
    """2499 of 2500 prints further decimals than the rest."""
    tree = json.loads(q3.context.table("raw/earlier")["content"][0])["new_media"]
    rate = tree["rate"] | {"part": part, "whole": whole}
    facts, _ = rerun(given(q3, new_media=tree | {"rate": rate}))
    assert (facts.new_media.rate_change is None) is (part == 2499)


def test_scores_of_accounts(q3: Run, rerun: Rerun) -> None:
    """Every account has 99.5 but the first, which has 98; one that failed has no score."""
    book = q3.context.roster.rule_book.model_copy(
        update={"account_score": AccountScore(full_mark=Decimal(100), decimals=2)}
    )
    first = pl.int_range(pl.len()) == 0
    score = pl.when(first).then(pl.lit(Decimal("98.00"))).when(pl.col("passed")).then(pl.lit(Decimal("99.50")))
    others = {
        "core/account": q3.context.table("core/account").with_columns(score=score.cast(pl.Decimal(6, 2))),
        "reference/policy": q3.context.table("reference/policy").with_columns(
            account_mark=pl.lit(Decimal(100)).cast(pl.Decimal(6, 2)), account_decimals=pl.lit(2).cast(pl.Int64)
        ),
        **NONE,
        **declared(("2021Q2", "区新媒体平均分", "99.4")),
    }
    facts, text = rerun(others, book)
    districts = facts.new_media.districts
    assert districts.average is not None
    assert districts.change is not None
    assert districts.scored.value == districts.average.count == districts.accounts.value - 4
    assert (str(districts.change.before), str(districts.change.value)) == ("99.40", "0.10")
    assert facts.new_media.departments.change is None
    assert (
        f"。各区有得分的{districts.scored.value}个政务新媒体平均得分为99.5分（满分100分），比上季度提高0.1分。" in text
    )


# ---- other work -----------------------------------------------------------------------------------------------------


def supplement(*rows: tuple[str, str, int | None, int | None]) -> Tables:
    return {
        "core/supplement": frame(
            "core/supplement",
            (
                {"quarter": "2021Q3", "file": "补充表.xlsx", "sheet": "补充", "row_no": number, "supplement_id": item,
                 "unit_id": unit, "total": total, "part": part, "note": ""}
                for number, (item, unit, total, part) in enumerate(rows, start=2)
            ),
        )
    }  # fmt: skip


def test_what_is_reported_of_other_work(q3: Run, rerun: Rerun) -> None:
    rows = supplement(
        ("visits", "", 123456, None), ("reposts", "", 12, 11), ("ipv6", "", 74, 74), ("superior_check", "", 0, 0),
        ("rectified", "", 30, 29), ("rectified_on_time", "", 29, 0), ("silent_units", "development_reform", None, None),
        ("silent_units", "dongcheng", None, None),
    )  # fmt: skip
    facts, text = rerun(rows | said(q3, "silent_units", naming="named"))
    assert facts.work.silent_units is not None
    assert facts.work.silent_units.members == ("东城区", "市发展改革委")
    assert facts.work.superior_check is not None
    assert facts.work.superior_check.rate is None
    assert (
        "（四）其他工作情况。检查中累计访问检查对象123456次。布置转载任务12项，完成11项，完成率为91.7%。"
        "74个政府网站均支持IPv6访问。\n二、存在的问题\n检查发现问题30个，已整改29个，整改率为96.7%，已整改的均未按期完成。"
        "东城区、市发展改革委2家单位未按要求报送整改情况。\n（一）" in text
    )


def test_nothing_is_said_of_other_work_that_nobody_reported(q3: Run) -> None:
    assert q3.facts.work.visits is None
    assert "其他工作情况" not in q3.text
