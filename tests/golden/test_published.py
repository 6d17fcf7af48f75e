"""Every published figure of 2021Q2 and 2021Q3, in the facts and in the printed text."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pipeline.bulletin.facts import BulletinFacts, OwnerFacts, SiteGroupFacts
from pipeline.bulletin.figures import Average, Change, Count, Rate
from pipeline.bulletin.phrasing import Printer
from pipeline.bulletin.prose import write_notice
from pipeline.settings import CODE_ROOT
from tests.golden.conftest import Run


@pytest.fixture(params=["q2", "q3"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


def printed(run: Run, figure: Average | Rate | Change | None) -> str:
    assert figure is not None
    return Printer(run.facts.policy).text(figure)


def average_text(group: dict[str, Any]) -> str:
    bonus = f"，其中加分指标{group['bonus']}分" if "bonus" in group else ""
    return f"平均得分为{group['printed']}分（满分{group['full_mark']}分{bonus}）"


# ---- both quarters ------------------------------------------------------------------------------------------------


def test_quarter_and_rule_book(run: Run) -> None:
    assert (run.facts.quarter, run.facts.rule_book) == (run.published["quarter"], run.published["rule_book"])
    assert run.text.count(f"关于{run.context.roster.quarter.label}全市政府网站") == 1


def test_scope(run: Run) -> None:
    scope, facts = run.published["scope"], run.facts
    assert facts.district_sites.sites.value == scope["district_portals"]
    assert facts.department_sites.sites.value == scope["department_sites"]
    unqualified = facts.district_sites.unqualified.value + facts.department_sites.unqualified.value
    assert unqualified == scope["unqualified_sites"] == 0
    assert (
        f"对{scope['district_portals']}个区政府门户网站和{scope['department_sites']}个市级部门政府网站（含专项网站）"
        "进行了全覆盖检查，未发现不合格网站。" in run.text
    )


def test_average_of_districts(run: Run) -> None:
    group, wanted = run.facts.district_sites, run.published["district_sites"]["average"]
    assert group.average is not None
    assert printed(run, group.average) == wanted["printed"]
    assert "exact" not in wanted or group.average.value == Fraction(wanted["exact"])
    assert (group.full_mark.value, group.bonus_mark.value) == (wanted["full_mark"], wanted["bonus"])
    assert f"各区政府门户网站{average_text(wanted)}" in run.text


def test_no_number_of_the_facts_is_a_float(run: Run) -> None:
    for value in run.facts.reckoned().values():
        assert isinstance(value.numerator, Decimal)
        assert isinstance(value.denominator, int)


# ---- 2021Q2 -------------------------------------------------------------------------------------------------------


def test_q2_change(q2: Run) -> None:
    change, wanted = q2.facts.district_sites.change, q2.published["district_sites"]["change"]
    assert change is not None
    assert (str(change.before), printed(q2, change)) == (wanted["previous_printed"], wanted["printed"])
    assert change.earlier == "2021Q1"
    assert f"，比上季度{wanted['direction']}{wanted['printed']}分。" in q2.text


def test_q2_score_of_every_district(q2: Run) -> None:
    wanted = {
        name: Decimal(score) for score, names in q2.published["district_sites"]["scores"].items() for name in names
    }
    assert len(wanted) == 16
    assert {row.owner: row.score for row in q2.facts.district_sites.rows} == wanted


def test_q2_tie_groups(q2: Run) -> None:
    scores = q2.published["district_sites"]["scores"]
    standings = q2.facts.district_sites.standings
    assert [(str(s.score), list(s.members)) for s in standings] == [
        (f"{score}.00", names) for score, names in scores.items()
    ]
    assert [s.place for s in standings] == [1, 8, 15]
    first, second, third = ("、".join(names) for names in scores.values())
    middle = "、".join(scores["125"][:3])
    assert second.startswith(f"{middle}、")
    assert f"{first}得分最高，为126分；{middle}等7个区得分125分；{third}得分124分。" in q2.text


def test_q2_districts_without_deduction(q2: Run) -> None:
    wanted = q2.published["district_sites"]["deductions"]["zero_deduction_units"]
    assert q2.facts.district_sites.without_deduction.value == wanted
    assert f"{wanted}个区未扣分。" in q2.text


# ---- 2021Q3: sites ------------------------------------------------------------------------------------------------


def test_q3_standings(q3: Run) -> None:
    wanted = q3.published["district_sites"]
    for standing, name in zip(q3.facts.district_sites.standings, ("top", "second"), strict=False):
        assert (standing.score, list(standing.members)) == (wanted[name]["score"], wanted[name]["units"])
    top, second = ("、".join(wanted[name]["units"]) for name in ("top", "second"))
    assert f"{top}得分最高，为127分；{second}得分126分。" in q3.text
    nine = [row.score for row in q3.facts.district_sites.rows if row.score is not None and row.score < 126]
    assert len(nine) == 9
    assert max(nine) <= 125
    assert sum(nine) in (1121, 1122)


def test_q3_no_district_lost_points(q3: Run) -> None:
    group = q3.facts.district_sites
    assert group.without_deduction.value == q3.published["district_sites"]["zero_deduction_units"]
    assert all(row.base_score == 100 for row in group.rows)
    assert "16个区均未扣分。" in q3.text


def _named(count: Count, wanted: dict[str, Any]) -> None:
    assert count.value == wanted["count"]
    assert list(count.members[: len(wanted["first_named"])]) == wanted["first_named"]


def _list(wanted: dict[str, Any]) -> str:
    return f"{'、'.join(wanted['first_named'])}等{wanted['count']}"


def test_q3_departments(q3: Run) -> None:
    group, wanted = q3.facts.department_sites, q3.published["department_sites"]
    assert printed(q3, group.average) == wanted["average"]["printed"] == "99"
    assert f"各市级部门政府网站{average_text(wanted['average'])}。" in q3.text
    _named(group.full, wanted["full_score_units"])
    assert f"{_list(wanted['full_score_units'])}个网站得满分。" in q3.text
    _named(group.clean_indicators, wanted["zero_deduction_indicators"])
    assert wanted["zero_deduction_indicators"]["count"] == len(group.clean_indicators.members) == 14
    assert f"{_list(wanted['zero_deduction_indicators'])}项指标未扣分。" in q3.text
    accessible = next(item for item in group.functions if item.name == "无障碍")
    assert accessible.sites.value == wanted["accessible_sites"]
    assert f"{wanted['accessible_sites']}个部门网站已具备无障碍功能。" in q3.text
    assert _lost(group) == (18, True)


def _lost(group: SiteGroupFacts) -> tuple[int, bool]:
    """How many sites lost points, and whether together between 56.05 and 61.95."""
    lost = [100 - row.score for row in group.rows if row.score is not None and row.score < 100]
    return len(lost), Decimal("56.05") < sum(lost) <= Decimal("61.95")


def test_q3_praised_units_stand_in_the_order_of_the_roster(q3: Run) -> None:
    for section, key in (("district_sites", "district_sites"), ("department_sites", "department_sites")):
        subjects = [item.subject for item in q3.facts.brief.practices if item.section == section]
        assert subjects == q3.published[key]["best_practice_units"]
        assert all(f"。{name}" in q3.text for name in subjects)
    accounts = [item.subject for item in q3.facts.brief.practices if item.section == "new_media"]
    assert accounts == q3.published["new_media"]["departments"]["best_practice_accounts"]
    assert all(f"。{name}" in q3.text for name in accounts)


# ---- 2021Q3: accounts and messages --------------------------------------------------------------------------------


def test_q3_accounts(q3: Run) -> None:
    media, wanted = q3.facts.new_media, q3.published["new_media"]
    assert media.accounts.value == wanted["total"]
    assert media.rate is not None
    assert (media.rate.part, media.rate.whole) == (wanted["overall"]["passed_exact"], wanted["total"])
    assert printed(q3, media.rate) == wanted["overall"]["pass_rate"] + "%"
    numbers = "、".join(f"{name}{item['count']}个" for name, item in wanted["platforms"].items())
    assert f"截至2021年9月，全市共有政府系统政务新媒体1631个，其中{numbers}。" in q3.text


def test_q3_platforms(q3: Run) -> None:
    wanted = q3.published["new_media"]["platforms"]
    platforms = {item.name: item for item in q3.facts.new_media.platforms}
    assert list(platforms) == list(wanted)
    for name, item in wanted.items():
        rate = platforms[name].rate
        assert rate is not None
        assert (platforms[name].accounts.value, rate.whole, rate.part) == (
            item["count"],
            item["count"],
            item["passed_exact"],
        )
        assert printed(q3, rate) == item.get("correct", item["pass_rate"]) + "%"
    rates = "、".join(f"{name}合格率{item.get('correct', item['pass_rate'])}%" for name, item in wanted.items())
    assert f"政务新媒体总体合格率为99.6%，其中{rates}。" in q3.text


def test_q3_the_published_double_rounding_is_not_repeated(q3: Run) -> None:
    assert q3.published["new_media"]["platforms"]["移动客户端"]["pass_rate"] == "95.4"
    assert "移动客户端合格率95.3%" in q3.text
    assert "95.4" not in q3.text


@pytest.mark.parametrize(
    ("section", "words", "noun"), [("districts", "各区", "个区"), ("departments", "各市级部门", "个部门")]
)
def test_q3_owners(q3: Run, section: str, words: str, noun: str) -> None:
    owners: OwnerFacts = getattr(q3.facts.new_media, section)
    wanted = q3.published["new_media"][section]
    assert printed(q3, owners.rate) == wanted["pass_rate"] + "%"
    _named(owners.units_at_100, wanted["units_at_100"])
    assert (
        f"{words}政务新媒体合格率为{wanted['pass_rate']}%，其中{_list(wanted['units_at_100'])}{noun}政务新媒体合格率达到100%。"
        in q3.text
    )


def test_q3_messages(q3: Run) -> None:
    reports, wanted = q3.facts.error_reports, q3.published["error_reports"]
    assert reports.messages.value == wanted["messages"]
    assert (reports.departments.value, reports.districts.value) == (wanted["departments"], wanted["districts"])
    assert "平台共收到涉及本市的网民留言737条，涉及38个市级部门和16个区。" in q3.text
    assert list(reports.types.members[:4]) == wanted["main_types"]
    assert f"问题主要集中在{'、'.join(wanted['main_types'])}等方面。" in q3.text
    assert printed(q3, reports.on_time) == wanted["on_time_rate"] + "%"
    assert "，按期办结率为100%。其中，" in q3.text


def test_q3_where_messages_gather(q3: Run) -> None:
    reports, wanted = q3.facts.error_reports, q3.published["error_reports"]["top_units"]
    _named(reports.top, wanted)
    share = reports.top_share
    assert share is not None
    assert (share.part, share.whole) == (wanted["messages_exact"], 737)
    assert (
        f"{_list(wanted)}家单位收到的留言较为集中，合计占全市留言总数的{wanted['share']}%，按期办结率均为100%。"
        in q3.text
    )


def test_q3_first_problem(q3: Run) -> None:
    [first] = q3.published["problems"]["headings"]
    assert f"（一）{first}。" in q3.text
    assert q3.facts.brief.problems[0].title == first


# ---- one quarter and the next -------------------------------------------------------------------------------------


def test_facts_given_to_the_next_quarter_are_those_of_a_run(q2: Run) -> None:
    given = (CODE_ROOT / "data/raw/2021Q3/前期/2021Q2.facts.json").read_bytes()
    assert q2.context.warehouse.get("bulletin/facts") == given


def test_q3_change_is_known_and_switched_off(q3: Run) -> None:
    change = q3.facts.district_sites.change
    assert change is not None
    assert (change.now, change.before, change.value, change.earlier) == (
        Decimal("125.4"), Decimal("125.3"), Decimal("0.1"), "2021Q2",
    )  # fmt: skip
    assert not q3.facts.choice("district_change").enabled
    assert not re.search("上季度(提高|下降|基本)", q3.text)


def test_a_notice_follows_from_its_facts_alone(run: Run) -> None:
    facts = BulletinFacts.from_json(run.facts.to_json())
    paragraphs = write_notice(facts, CODE_ROOT / "templates").paragraphs
    assert "\n".join(paragraph.text for paragraph in paragraphs) == run.text
