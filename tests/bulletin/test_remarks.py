"""What is noted when a notice's facts are known: changes, gaps between quarters, choices that change nothing (成文提示)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import BulletinFacts, Practice
from pipeline.bulletin.remarks import remarks
from pipeline.bulletin.statements.choices import CUT, GROUPED, ROUNDED
from pipeline.contracts.contract import empty, frame
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT
from tests.bulletin.test_statements import macros
from tests.bulletin.variants import VARIANTS, chosen, without
from tests.quarters.draw import history
from tests.quarters.enter import enter

REGISTRY = load_registry(CODE_ROOT / "data" / "reference")
IDS = {item.label: item.id for item in REGISTRY.statements}
COLUMNS = {"list_form": "D", "list_count": "E", "groups": "F", "decimals": "G", "place": "H", "naming": "I",
           "decided_by": "J"}  # fmt: skip


def sheet(label: str, enabled: str = "true", **filled: str) -> pl.DataFrame:
    """语句选择 with one row."""
    values = {"statement": (label, IDS[label]), "enabled": ("是", enabled)}
    values |= {field: (value, value) for field, value in filled.items()}
    letters = {"statement": "A", "enabled": "B"} | COLUMNS
    return frame(
        "raw/cell",
        (
            {"quarter": "2021Q2", "file": "季度信息.xlsx", "sheet": "语句选择", "row_no": 2, "cell": f"{letters[field]}2",
             "layout": "info_choice", "field": field, "member": "", "text": text, "value": value, "state": "ok"}
            for field, (text, value) in values.items()
        ),
    )  # fmt: skip


def told(facts: BulletinFacts, *files: BulletinFacts, cells: pl.DataFrame | None = None) -> dict[str, list[str]]:
    """Cells and messages by code."""
    found: dict[str, list[str]] = {}
    given = empty("raw/cell") if cells is None else cells
    for item in remarks(facts, (file.to_json() for file in files), given, REGISTRY):
        assert item.severity.value == "warning" or item.code in ("E605", "E609")
        found.setdefault(item.code, []).append(f"{item.where.cell} {item.message}".strip())
    return found


def at(facts: BulletinFacts, quarter: str) -> BulletinFacts:
    return replace(facts, quarter=quarter)


# ---- earlier quarters ---------------------------------------------------------------------------------------------


def test_a_change_that_the_other_policy_prints_otherwise_is_noted(facts: BulletinFacts) -> None:
    now = VARIANTS["rise"](facts)
    change = now.district_sites.change
    assert change is not None
    exact = replace(change, id="district_sites.change", otherwise=Decimal("0.3"))
    now = replace(now, district_sites=replace(now.district_sites, change=exact))
    assert told(now)["E601"] == [
        "“区政府门户网站平均得分与上季度相比的变化”印为 0.4分，按另一种算法为 0.3分（前期数据取自 2021Q1）。"
    ]


def test_what_another_rule_book_or_taxonomy_measured_is_noted(facts: BulletinFacts) -> None:
    book = replace(at(facts, "2021Q1"), rule_book="2015")
    platforms = replace(at(facts, "2020Q2"), new_media=replace(facts.new_media, taxonomy="2015"))
    assert {code: [text.partition("，")[0] for text in texts] for code, texts in told(facts, book, platforms).items()} == {
        "E602": ["2021Q1 采用检查指标 2015"],
        "E603": ["2020Q2 的平台口径为 2015"],
        "E604": ["前期数据缺少 2020Q4"],
    }  # fmt: skip


def test_a_gap_of_quarters_names_the_statements_that_it_leaves_out(facts: BulletinFacts) -> None:
    facts = chosen(
        VARIANTS["no_earlier_quarter"](facts), "district_change", "account_change", "site_register", enabled=True
    )
    assert told(facts, at(facts, "2020Q4"))["E606"] == [
        "前期数据中没有 2021Q1，没有写入的语句：网站增减、区门户平均分变化、账号总数变化。"
    ]
    assert "E606" not in told(facts)  # a first quarter has no gap
    assert "E606" not in told(facts, at(facts, "2021Q1"))
    declared = VARIANTS["rise"](chosen(facts, "account_change", "site_register", enabled=False))
    declared = chosen(declared, "district_account_change", "department_account_change", enabled=False)
    assert "E606" not in told(declared, at(facts, "2020Q4"))  # the average of 2021Q1 was typed in


def test_what_a_gap_leaves_out_is_told_once(facts: BulletinFacts) -> None:
    facts = VARIANTS["no_earlier_quarter"](facts)
    found = told(facts, at(facts, "2020Q4"), cells=sheet("区门户平均分变化"))
    assert "区门户平均分变化" in found["E606"][0] and "E607" not in found
    assert told(facts, cells=sheet("区门户平均分变化"))["E607"] == [
        "A2 “语句选择”选用的“区门户平均分变化”没有写入通报：缺少前期数据，或者前期适用另一套检查指标。"
    ]


# ---- choices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "off", "why"),
    [
        ("区门户最低分", (), "没有决定点名"),
        ("区门户平均分变化", ("district_average",), "没有写“区门户平均分”"),
        ("不合格账号否决情形", (), "没有写“不合格账号数”"),
        ("不合格原因", (), "没有不合格网站"),
    ],
)
def test_a_statement_that_was_asked_for_and_is_not_said(
    label: str, off: tuple[str, ...], why: str, facts: BulletinFacts
) -> None:
    facts = chosen(facts, IDS[label], enabled=True)
    facts = without(facts, *off) if off else facts
    assert told(facts, cells=sheet(label))["E607"] == [f"A2 “语句选择”选用的“{label}”没有写入通报：{why}。"]
    assert "E607" not in told(without(facts, IDS[label]), cells=sheet(label, enabled="false"))


@pytest.mark.parametrize(
    ("label", "filled", "column", "why"),
    [
        ("区门户平均分", {"list_count": "3"}, "列名个数“3”", "这条语句没有可以省略的名单"),
        ("区门户平均分", {"list_form": "count"}, "列名方式“count”", "这条语句没有可以省略的名单"),
        ("区门户最低分", {"naming": "named", "list_form": "all"}, "列名方式“all”", "这条语句没有可以省略的名单"),
        ("区门户满分", {"list_form": "all", "list_count": "3"}, "列名个数“3”", "列名方式不是“前若干”"),
        ("找错留言主要类型", {"list_form": "all", "list_count": "3"}, "列名个数“3”", "列名方式不是“前若干”"),
        ("区门户满分", {"groups": "2"}, "并列组数“2”", "这条语句不按名次分组"),
        ("检查时间", {"decimals": "1"}, "小数位数“1”", "这条语句不印平均分、比率"),
        ("区门户平均分变化", {"place": "1"}, "次序“1”", "这条语句接在所依附的语句之后"),
        ("工作要求", {"place": "1"}, "次序“1”", "这条语句的位置固定"),
        ("区门户满分", {"decided_by": "局长"}, "点名决定人“局长”", "这条语句没有设为点名"),
    ],
)
def test_a_choice_that_changes_nothing(
    label: str, filled: dict[str, str], column: str, why: str, facts: BulletinFacts
) -> None:
    field = list(filled)[-1]
    assert told(facts, cells=sheet(label, **filled))["E608"] == [
        f"{COLUMNS[field]}2 语句“{label}”的{column}没有作用：{why}。"
    ]


@pytest.mark.parametrize(
    ("label", "filled"),
    [
        ("区门户得分名次", {"list_form": "first", "list_count": "2", "groups": "3", "place": "1"}),
        ("找错留言主要类型", {"list_count": "2"}),
        ("区门户平均分", {"decimals": "2", "place": "9"}),
        ("不合格账号集中单位", {"groups": "2", "decimals": "1", "naming": "named", "decided_by": "局长"}),
    ],
)
def test_a_choice_that_has_its_effect_is_not_told(label: str, filled: dict[str, str], facts: BulletinFacts) -> None:
    assert "E608" not in told(facts, cells=sheet(label, **filled))


def test_a_practice_told_by_topic_has_one(facts: BulletinFacts) -> None:
    practices = (Practice("new_media", "", "东城区", "好。"), Practice("new_media", "政策解读", "西城区", "好。"))
    by_topic = replace(facts, brief=replace(facts.brief, practices=practices, practice_order="topics"))
    assert told(by_topic)["E609"] == ["典型做法按主题编排，而东城区的做法没有填写主题。"]
    assert "E609" not in told(replace(facts, brief=replace(by_topic.brief, practice_order="inline")))


def test_what_a_statement_heeds_is_what_its_macro_reads() -> None:
    bodies = macros()
    assert {name for name, body in bodies.items() if "names(choice" in body} == CUT
    assert {name for name, body in bodies.items() if "choice.groups" in body} <= GROUPED


def test_what_a_statement_heeds_is_what_its_figures_are_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decimals and groups that the assembly asks for, over quarters of both rule books."""
    asked: dict[str, set[str]] = {"decimals": set(), "groups": set()}
    for name, seen in asked.items():
        monkeypatch.setattr(Desk, name, recorded(getattr(Desk, name), seen))
    for drawn in history(1):
        enter(drawn, {})
    forms = {item.id: item.form for item in REGISTRY.statements}
    assert {forms[name] for name in asked["decimals"]} == ROUNDED
    assert {forms[name] for name in asked["groups"]} | {"standings"} == GROUPED


def recorded(method: Callable[..., object], seen: set[str]) -> Callable[..., object]:
    def call(desk: Desk, statement: str, *values: object) -> object:
        seen.add(statement)
        return method(desk, statement, *values)

    return call
