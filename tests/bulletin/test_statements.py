"""Every statement in every form it may take reads well and says nothing of nothing (语句)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.bulletin.blocks import Notice, Role
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.bulletin.statements import FOLLOWS, FORMS, form_of
from tests.bulletin.conftest import TEMPLATES
from tests.bulletin.variants import VARIANTS, chosen, without

WRONG = {
    "doubled punctuation": r"[，。；、：]{2}",
    "punctuation before a bracket closes or after it opens": r"（[，。；、]|[，；、]）",
    "none of something": r"(?<![\d.])0(个|条|项|家)",
    "a list without names": r"，其中，|其中(等|、|合格率|得)|、(等|得|合|为|无)|(为|是|。|；)等",
    "Python": r"None|True|False|Fraction|Decimal|\bnan\b|[{}<>]|Undefined",
    "a mark": r"[\ue000-\uf8ff]",
    "empty brackets": r"（）|“”|〔〕",
    "a missing number": r"为分|为%|得分(?=[，。；])|共收到涉及本市的网民留言条|提高分|下降分",
}


def write(facts: BulletinFacts) -> Notice:
    return write_notice(facts, TEMPLATES)


def words(facts: BulletinFacts) -> str:
    return "\n".join(paragraph.text for paragraph in write(facts).paragraphs)


def assert_reads_well(facts: BulletinFacts) -> None:
    paragraphs = write(facts).paragraphs
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    for what, pattern in WRONG.items():
        found = re.search(pattern, text)
        assert not found, f"{what}: {text[max(found.start() - 30, 0) : found.end() + 30]}"
    for paragraph in paragraphs:
        assert all(span.text for span in paragraph.spans)
        assert paragraph.role is not Role.BODY or paragraph.text.endswith(("。", "："))


@pytest.mark.parametrize("name", VARIANTS)
def test_reads_well(name: str, facts: BulletinFacts) -> None:
    assert_reads_well(VARIANTS[name](facts))


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("form", ["all", "first", "count"])
def test_reads_well_with_every_list_form(name: str, form: str, facts: BulletinFacts) -> None:
    assert_reads_well(chosen(VARIANTS[name](facts), enabled=True, list_form=form, list_count=1, groups=9))


@pytest.mark.parametrize("statement", FORMS)
def test_reads_well_without_any_one_statement(statement: str, facts: BulletinFacts) -> None:
    assert_reads_well(without(facts, statement))


@pytest.mark.parametrize("statement", FORMS)
def test_reads_well_with_one_statement_alone(statement: str, facts: BulletinFacts) -> None:
    alone = without(facts, *(name for name in FORMS if name != statement))
    assert_reads_well(replace(alone, brief=replace(alone.brief, practices=())))


def test_a_statement_is_dropped_with_the_one_it_follows(facts: BulletinFacts) -> None:
    switched_on = chosen(facts, enabled=True)
    for statement, before in FOLLOWS.items():
        assert form_of(statement, VARIANTS["rise"](switched_on)) is not None
        assert form_of(statement, without(VARIANTS["rise"](switched_on), before)) is None


def test_every_statement_has_a_choice_and_a_macro(facts: BulletinFacts) -> None:
    macros = set(re.findall(r"macro (\w+)\(form, choice\)", (TEMPLATES / "statements.txt.j2").read_text("utf-8")))
    outline = (TEMPLATES / "notice" / "2019.txt.j2").read_text("utf-8")
    said = [name for call in re.findall(r"sentence\(([^)]*)\)", outline) for name in re.findall(r'"(\w+)"', call)]
    assert set(FORMS) == macros == set(facts.brief.choices)
    assert sorted(said) == sorted(FORMS)  # every one once


def test_every_form_is_taken_by_some_variant(facts: BulletinFacts) -> None:
    """The variants of this folder are complete: no form of a template goes untested."""
    taken = {(name, form_of(name, vary(chosen(facts, enabled=True)))) for name in FORMS for vary in VARIANTS.values()}
    source = (TEMPLATES / "statements.txt.j2").read_text("utf-8")
    for name, body in re.findall(r"macro (\w+)\(form, choice\) -?%\}(.*?)endmacro", source, re.S):
        tested = {form for statement, form in taken if statement == name and form}
        named = set(re.findall(r'form == "(\w+)"', body))
        assert named <= tested, f"{name}: {named - tested}"


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("as_it_was", "，比上季度提高0.4分。", "未发现合格"),
        ("as_it_was", "石景山区、平谷区得分124分。15个区未扣分。", "等2个区"),
        (
            "everything_at_100",
            "政务新媒体全部合格。各区政务新媒体合格率均为100%。各市级部门政务新媒体合格率均为100%。",
            "其中微博合格率",
        ),
        ("nobody_at_100", "各区政务新媒体合格率为99.5%，没有合格率达到100%的单位。", "其中东城区"),
        ("one_unit_at_100", "各区政务新媒体合格率为99.5%，其中甲1个区政务新媒体合格率达到100%。", "甲等"),
        ("no_accounts", "截至2021年6月，全市没有纳入检查的政府系统政务新媒体账号。", "合格率"),
        ("no_district_accounts", "各市级部门政务新媒体合格率为", "各区政务新媒体合格率"),
        ("an_empty_platform", "移动客户端42个。", "其他政务新媒体"),
        ("no_messages", "平台没有收到涉及本市的网民留言。", "按期办结率"),
        ("as_it_was", "自5月重新上线以来，截至2021年6月30日，“我为政府网站找错”平台共收到", "2021年5月10日"),
        ("only_districts", "网民留言212条，涉及15个区。", "个市级部门和"),
        ("only_departments", "网民留言212条，涉及37个市级部门。", "和15个区"),
        ("nothing_due_yet", "合计占全市留言总数的69.81%。", "按期办结率"),
        ("every_unit_busy", "按期办结率为100%。", "收到的留言较为集中"),
        ("as_it_was", "收到的留言较为集中，合计占全市留言总数的69.81%，按期办结率均为100%。", "反映较多"),
        ("one_busy_unit", "合计占全市留言总数的69.81%，按期办结率为100%。", "按期办结率均为"),
        ("busy_units_late", "合计占全市留言总数的69.81%，按期办结率为99", "按期办结率均为"),
        ("two_types", "问题主要集中在错别字、内容不准确方面。", "内容不准确等"),
        ("all_tied", "各区得分相同，均为100分。", "得分最高"),
        ("all_but_the_vetoed_tied", "得分最高，为100分。", "得分相同"),
        ("a_vetoed_site", "发现不合格区政府门户网站1个、不合格市级部门政府网站1个。", "未发现不合格网站"),
        ("a_vetoed_department_only", "，发现不合格市级部门政府网站1个。", "不合格区政府门户网站"),
        ("a_vetoed_district_only", "，发现不合格区政府门户网站1个。", "不合格市级部门"),
        ("every_site_vetoed", "发现不合格区政府门户网站16个、不合格市级部门政府网站58个。", "平均得分"),
        ("best_sites", "16个区均未扣分。", "16个区未扣分"),
        ("best_sites", "58个网站均得满分。24项扣分指标均未扣分。58个部门网站均已具备无障碍功能。", "等58个"),
        ("worst_sites", "各区均有扣分。", "未扣分"),
        ("worst_sites", "没有网站得满分。各项扣分指标均有网站扣分。各部门网站尚未具备无障碍功能。", "均未扣分"),
        ("worst_with_a_veto", "没有网站得满分。", "各区均有扣分"),
        ("no_problems", "二、下一步工作要求", "存在的问题"),
        ("no_practices_no_consent", "检查。现将检查情况通报如下：", "同意，"),
        ("no_practices_no_consent", "自2021年5月10日以来，截至2021年6月30日，“我为政府网站找错”平台", "重新上线"),
        ("no_earlier_quarter", "其中加分指标30分）。", "比上季度"),
        ("rise", "，比上季度提高0.4分。", "下降"),
        ("fall", "，比上季度下降0.6分。", "比上季度提高"),
        ("flat", "，与上季度基本持平。", "比上季度"),
        ("trailing_zeros", "合格率达到100.0%", "100%"),
    ],
)
def test_says(name: str, said: str, not_said: str, facts: BulletinFacts) -> None:
    text = words(VARIANTS[name](facts))
    assert said in text
    assert not_said not in text


def test_all_types_where_the_office_asks_for_all(facts: BulletinFacts) -> None:
    types = "、".join(facts.error_reports.types.members)
    assert f"问题主要集中在{types}方面。" in words(chosen(facts, list_form="all"))


def test_a_site_without_a_score_has_a_dash_in_the_annex(facts: BulletinFacts) -> None:
    annexes = write(VARIANTS["a_vetoed_site"](facts)).annexes
    assert [span.text for span in annexes[0].table.rows[0]] == ["1", "东城区", "—", "—", "—", "—"]
    assert [span.text for span in annexes[1].table.rows[0]][-2:] == ["—", "—"]
    assert all(len(row) == len(annex.table.columns) for annex in annexes for row in annex.table.rows)


def test_printed_numbers_carry_the_id_of_a_figure(facts: BulletinFacts) -> None:
    known = set(facts.reckoned())
    spans = [span for paragraph in write(facts).paragraphs for span in paragraph.spans]
    figures = {span.figure for span in spans if span.figure}
    assert {name.removesuffix(".names").removesuffix(".count") for name in figures} <= known
    assert len(figures) > 30
    # in the sections of figures, a digit without an id is a heading's, or of a date or of editorial text
    section = [
        span.text
        for p in write(no_editorial(facts)).paragraphs
        if p.role is Role.BODY
        for span in p.spans
        if not span.figure
    ]
    typed = set(re.findall(r"[\d.]+%?", "".join(section)))
    assert typed <= {"1.", "2.", "100%", "2019", "19", "2021", "30", "5", "6"}


def no_editorial(facts: BulletinFacts) -> BulletinFacts:
    return replace(facts, brief=replace(facts.brief, practices=(), problems=(), requirements=()))
