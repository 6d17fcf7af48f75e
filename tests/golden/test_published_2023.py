"""Every published figure of 2023Q3, in the facts and in the printed text: the newer rule book and its outline."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pipeline.bulletin.annexes import annexes_of
from pipeline.bulletin.figures import Average, Change
from pipeline.bulletin.phrasing import Printer
from pipeline.bulletin.prose import write_notice, write_summary
from pipeline.flow import GATE, REMARKS
from pipeline.settings import CODE_ROOT
from tests.golden.conftest import Run


def told(mean: dict[str, Any], change: dict[str, Any]) -> str:
    """The words of a mean with its full mark, and of its change."""
    bonus = f"，其中加分指标{mean['bonus']}分" if "bonus" in mean else ""
    by = f"较上季度{change['direction']}{change['printed']}分"
    return f"平均得分为{mean['printed']}分（满分{mean['full_mark']}分{bonus}），{by}。"


def agrees(run: Run, average: Average | None, change: Change | None, mean: str, previous: str, difference: str) -> None:
    """A mean and its change, as the facts hold them and as they are printed."""
    assert average is not None
    assert change is not None
    printer = Printer(run.facts.policy)
    assert printer.text(average) == mean
    assert (printer.text(change), change.before) == (difference.removeprefix("-"), Decimal(previous))
    assert change.value == change.otherwise == Decimal(difference) == Decimal(mean) - Decimal(previous)


def test_quarter_rule_book_and_taxonomy(q2023: Run) -> None:
    facts = q2023.facts
    assert (facts.quarter, facts.rule_book) == (q2023.published["quarter"], q2023.published["rule_book"])
    assert (facts.outline, facts.new_media.taxonomy) == ("2022", "2023")
    assert "北京市政务服务管理局关于2023年第三季度全市政府网站与政府系统政务新媒体检查情况的通报" in q2023.text


def test_scope(q2023: Run) -> None:
    scope, facts = q2023.published["scope"], q2023.facts
    assert facts.district_sites.sites.value == scope["district_portals"]
    assert facts.department_sites.sites.value == scope["department_sites"]
    unqualified = facts.district_sites.unqualified.value + facts.department_sites.unqualified.value
    assert unqualified == scope["unqualified_sites"] == 0
    assert (
        f"对{scope['district_portals']}个区政府门户网站和{scope['department_sites']}个市级部门政府网站（含专项网站）"
        "进行了全覆盖检查，未发现不合格网站。" in q2023.text
    )


@pytest.mark.parametrize(
    ("key", "everyone"), [("district_sites", "各区政府门户网站"), ("department_sites", "各市级部门政府网站")]
)
def test_means_of_sites(q2023: Run, key: str, everyone: str) -> None:
    group, wanted = getattr(q2023.facts, key), q2023.published[key]
    mean, change = wanted["average"], wanted["change"]
    assert (group.full_mark.value, group.bonus_mark.value) == (mean["full_mark"], mean["bonus"])
    assert change["direction"] == "提升"
    agrees(q2023, group.average, group.change, mean["printed"], change["previous_printed"], change["printed"])
    assert f"。{everyone}{told(mean, change)}" in q2023.text


def test_accounts_by_platform_the_last_two_last(q2023: Run) -> None:
    wanted = q2023.published["new_media"]
    media = q2023.facts.new_media
    assert media.accounts.value == wanted["total"] == sum(wanted["platforms"].values())
    assert {item.name: item.accounts.value for item in media.platforms} == wanted["platforms"]
    numbers = "、".join(f"{name}{count}个" for name, count in wanted["platforms"].items())
    assert f"截至2023年9月，全市共有政府系统政务新媒体{wanted['total']}个，其中{numbers}。" in q2023.text


@pytest.mark.parametrize(
    ("key", "owners", "everyone"),
    [("district_average", "districts", "各区"), ("department_average", "departments", "各市级部门")],
)
def test_means_of_accounts(q2023: Run, key: str, owners: str, everyone: str) -> None:
    group, mean = getattr(q2023.facts.new_media, owners), q2023.published["new_media"][key]
    change = {"direction": mean["direction"], "printed": mean["change"]}
    difference = ("-" if mean["direction"] == "下降" else "") + mean["change"]
    assert group.full_mark.value == mean["full_mark"]
    agrees(q2023, group.average, group.change, mean["printed"], mean["previous_printed"], difference)
    assert f"。{everyone}政务新媒体{told(mean, change)}" in q2023.text


def test_the_outline_is_the_published_one(q2023: Run) -> None:
    headings = re.findall(r"(?m)^(?:[一二三四]、|（[一二]）(?=总体情况|典型做法)|\d\.).*?(?=。|$)", q2023.text)
    assert headings[:8] == [
        "一、检查情况",
        "（一）总体情况",
        "1.政府网站",
        "2.政府系统政务新媒体",
        "（二）典型做法",
        "1.区政府门户网站",
        "2.市级部门政府网站",
        "3.政务新媒体",
    ]
    assert [line for line in headings if "、" in line[:2]] == ["一、检查情况", "二、存在的问题", "三、下一步工作要求"]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("paragraphs", ["（二）典型做法", "1.区政府门户网站", "2.市级部门政府网站", "3.政务新媒体"]),
        ("departments_first", ["（二）典型做法", "1.市级部门政府网站", "2.区政府门户网站", "3.政务新媒体"]),
        ("topics", ["（二）典型做法", "1.政策解读", "2.办事服务"]),
        ("inline", []),
        ("none", []),
    ],
)
def test_practices_in_every_order(q2023: Run, order: str, titles: list[str]) -> None:
    """The outline carries every order that a rule book or a quarter may choose; all practices are told, or none."""
    brief = q2023.facts.brief
    practices = tuple(
        replace(item, topic="办事服务" if item.section == "new_media" else "政策解读") for item in brief.practices
    )
    facts = replace(q2023.facts, brief=replace(brief, practice_order=order, practices=practices))
    lines = [paragraph.text for paragraph in write_notice(facts, CODE_ROOT / "templates").paragraphs]
    text = "\n".join(lines)
    assert all((f"{item.subject}{item.content}" in text) is (order != "none") for item in practices)
    found = [
        line.partition("。")[0] for line in lines[lines.index("（一）总体情况") + 3 : lines.index("二、存在的问题")]
    ]
    assert found == titles


def test_one_group_of_practices_has_no_number(q2023: Run) -> None:
    brief = q2023.facts.brief
    practices = tuple(item for item in brief.practices if item.section == "new_media")
    facts = replace(q2023.facts, brief=replace(brief, practices=practices))
    text = "\n".join(paragraph.text for paragraph in write_notice(facts, CODE_ROOT / "templates").paragraphs)
    assert "\n（二）典型做法。“北京西城”微信公众号在菜单栏" in text


def test_the_summary_tells_all_four_means(q2023: Run) -> None:
    text = write_summary(q2023.facts, CODE_ROOT / "templates")
    means = re.findall(r"平均得分为([\d.]+)分", text)
    assert means == ["103.64", "100.27", "99.84", "99.07"]
    assert 250 < len(text) < 400
    assert "\n" not in text.strip()


def test_nothing_is_said_that_was_not_published(q2023: Run) -> None:
    """Every figure that the text prints is one of the published file; the rest of the quarter is reconstructed."""
    published = set(re.findall(r"\d+(?:\.\d+)?", str(q2023.published)))
    figures = re.findall(r"([\d.]+)[分个条家]", q2023.text.partition("（二）典型做法")[0])
    assert len(figures) == 24
    assert set(figures) <= published


def test_the_quarter_has_no_findings_and_no_remarks(q2023: Run) -> None:
    """Not even a warning: the exact changes would print as the differences of the printed values do."""
    for table in (GATE, REMARKS):
        assert q2023.context.table(table).rows() == []


def test_both_score_tables_tell_base_bonus_and_total(q2023: Run, q3: Run) -> None:
    """In the rule book of 2022 departments may win a bonus too; in that of 2019 their score is one number."""
    headings = [[column.heading for column in annex.table.columns] for annex in annexes_of(q2023.facts)]
    assert [names[-4:] for names in headings] == [["扣分项得分", "加分项得分", "总分", "名次"]] * 2
    assert [names[0] for names in headings] == ["序号", "序号"]
    departments = list(annexes_of(q2023.facts))[1].table
    for row, site in zip(departments.rows, q2023.facts.department_sites.rows, strict=True):
        base, bonus, total = (Decimal(span.text) for span in row[-4:-1])
        assert base + bonus == total == site.score
    (_, before) = annexes_of(q3.facts)
    assert [column.heading for column in before.table.columns] == ["序号", "主办单位", "网站名称", "得分", "名次"]
