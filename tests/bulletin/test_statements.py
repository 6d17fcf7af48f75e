"""Every statement in every form it may take reads well and says nothing of nothing (语句)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.bulletin.blocks import Notice, Role
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import Wording, write_notice
from pipeline.bulletin.statements import FORMS, form_of
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT
from tests.bulletin.conftest import TEMPLATES
from tests.bulletin.variants import VARIANTS, a_sample, chosen, without

KNOWN = load_registry(CODE_ROOT / "data" / "reference").statements
IDS = [item.id for item in KNOWN]
WRONG = {
    "doubled punctuation": r"[，。；、：]{2}",
    "punctuation before a bracket closes or after it opens": r"（[，。；、]|[，；、]）",
    "none of something": r"(?<![\d.])0(个|条|项|家)",
    "a list without names": r"，其中，|其中(等|、|合格率|得)|、(等|得(?!分低于)|合|为|无)|(为|是|。|；)等",
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
    naming = "count" if form == "count" else "named"
    assert_reads_well(
        chosen(VARIANTS[name](facts), enabled=True, list_form=form, list_count=1, groups=9, naming=naming)
    )


@pytest.mark.parametrize("statement", IDS)
def test_reads_well_without_any_one_statement(statement: str, facts: BulletinFacts) -> None:
    assert_reads_well(without(facts, statement))


@pytest.mark.parametrize("statement", IDS)
def test_reads_well_with_one_statement_alone(statement: str, facts: BulletinFacts) -> None:
    alone = without(facts, *(name for name in IDS if name != statement))
    assert_reads_well(replace(alone, brief=replace(alone.brief, practices=())))


def test_a_statement_is_dropped_with_the_one_it_needs(facts: BulletinFacts) -> None:
    varied = [vary(chosen(facts, enabled=True, naming="named")) for vary in VARIANTS.values()]
    for item in KNOWN:
        if item.needs:
            said = next(each for each in varied if form_of(each.choice(item.id), each) is not None)
            dropped = without(said, item.needs)
            assert form_of(dropped.choice(item.id), dropped) is None


def test_a_statement_that_blames_is_not_said_unless_naming_is_chosen(facts: BulletinFacts) -> None:
    blaming = [item.id for item in KNOWN if item.naming != "free"]
    assert blaming
    assert {item.naming for item in KNOWN} == {"free", "none"}
    for vary in VARIANTS.values():
        varied = vary(chosen(facts, enabled=True))
        assert [name for name in blaming if form_of(varied.choice(name), varied)] == []


def macros() -> dict[str, str]:
    """The body of every macro of a statement."""
    source = "\n".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "statements").glob("*.j2")))
    return dict(re.findall(r"macro (\w+)\(it, form, choice, words\) -?%\}(.*?)endmacro", source, re.S))


def test_every_statement_has_a_form_a_macro_a_choice_and_a_place(facts: BulletinFacts) -> None:
    assert set(FORMS) == set(macros()) == {item.form for item in KNOWN if item.form}
    assert {choice.id for choice in facts.brief.statements} == set(IDS)
    for path in (TEMPLATES / "notice").glob("*.j2"):
        text = path.read_text("utf-8") + (TEMPLATES / "closing.txt.j2").read_text("utf-8")
        said = re.findall(r'section\("(\w+)"\)', text)
        assert sorted(said) == sorted({item.section for item in KNOWN if item.section}), path.name  # every one once


def test_every_form_is_taken_by_some_variant(facts: BulletinFacts) -> None:
    """The variants of this folder are complete: no form of a template goes untested."""
    taken: dict[str, set[str | None]] = {}
    for vary in VARIANTS.values():
        varied = vary(chosen(facts, enabled=True, naming="named"))
        for choice in varied.brief.statements:
            taken.setdefault(choice.form, set()).add(form_of(choice, varied))
    for name, body in macros().items():
        named = set(re.findall(r'form == "(\w+)"', body))
        assert named <= taken[name], f"{name}: {named - taken[name]}"


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("as_it_was", "，比上季度提高0.4分。", "未发现合格"),
        ("as_it_was", "（三）“我为政府网站找错”平台", "（四）其他工作情况"),
        ("all_work_done", "二、存在的问题\n检查发现问题12个，已全部整改，", "检查时间为"),
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
        ("as_it_was", "58个市级部门政府网站（含专项网站）进行了全覆盖检查", "抽查比例"),
        ("no_special_sites", "58个市级部门政府网站进行了全覆盖检查", "专项网站"),
        ("as_it_was", "。有关单位对留言逐条核实、处理和反馈，按期办结率为100%。", "到期留言"),
        ("some_late", "。到期留言按期办结率为98.5%。", "逐条核实"),
        ("all_late", "。到期留言按期办结率为0%。", "逐条核实"),
        ("two_types", "。问题涉及错别字、内容不准确方面。", "主要集中"),
        ("all_tied", "各区政府门户网站得分相同，均为100分。", "得分最高"),
        ("all_but_the_vetoed_tied", "得分最高，为100分。", "得分相同"),
        ("a_vetoed_site", "发现不合格区政府门户网站1个、不合格市级部门政府网站1个。", "未发现不合格网站"),
        ("a_vetoed_department_only", "，发现不合格市级部门政府网站1个。", "不合格区政府门户网站"),
        ("a_vetoed_district_only", "，发现不合格区政府门户网站1个。", "不合格市级部门"),
        ("every_site_vetoed", "发现不合格区政府门户网站16个、不合格市级部门政府网站58个。", "平均得分"),
        ("best_sites", "16个区均未扣分。", "16个区未扣分"),
        (
            "best_sites",
            "58个网站均得满分。市级部门政府网站24项扣分指标均未扣分。58个部门网站均已具备无障碍功能。",
            "等58个",
        ),
        ("worst_sites", "各区政府门户网站均有扣分。", "未扣分"),
        (
            "worst_sites",
            "没有市级部门政府网站得满分。市级部门政府网站各项扣分指标均有网站扣分。各市级部门政府网站均尚未具备无障碍功能。",
            "均未扣分",
        ),
        ("worst_with_a_veto", "没有市级部门政府网站得满分。", "各区均有扣分"),
        ("no_problems", "二、下一步工作要求", "存在的问题"),
        ("no_practices_no_consent", "检查。现将检查情况通报如下：", "同意，"),
        ("no_practices_no_consent", "自2021年5月10日以来，截至2021年6月30日，“我为政府网站找错”平台", "重新上线"),
        ("no_earlier_quarter", "其中加分指标30分）。", "比上季度"),
        ("rise", "，比上季度提高0.4分。", "下降"),
        ("fall", "，比上季度下降0.6分。", "比上季度提高"),
        ("level", "，与上季度基本持平。", "比上季度"),
        ("trailing_zeros", "合格率达到100.0%", "100%"),
    ],
)
def test_says(name: str, said: str, not_said: str, facts: BulletinFacts) -> None:
    text = words(VARIANTS[name](facts))
    assert said in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("more_accounts", "共有政府系统政务新媒体1602个，比上季度增加3个，其中微博292个", "与上季度持平"),
        ("fewer_accounts", "共有政府系统政务新媒体1602个，比上季度减少3个，其中微博292个", "比上季度增加"),
        ("as_many_accounts", "共有政府系统政务新媒体1602个，与上季度持平，", "比上季度增加"),
        ("more_accounts", "。与上季度相比，微博增加3个、其他政务新媒体减少3个。", "微信增加"),
        ("as_many_accounts", "。各平台账号数量均与上季度持平。", "与上季度相比"),
        ("as_it_was", "。按归口统计，各区1277个，占79.7%；各市级部门325个，占20.3%。", "均属于"),
        ("no_department_accounts", "按归口统计，1277个账号均属于各区。", "各市级部门325个"),
        ("no_district_accounts", "按归口统计，325个账号均属于各市级部门。", "各区1277个"),
        ("more_accounts", "。政务新媒体总体合格率比上季度提高0.3个百分点。", "基本持平"),
        ("fewer_accounts", "。政务新媒体总体合格率比上季度下降0.3个百分点。", "下降0.3%"),
        ("as_many_accounts", "。政务新媒体总体合格率与上季度基本持平。", "合格率比上季度"),
        (
            "more_accounts",
            "。各区政务新媒体平均得分为99分（满分100分），比上季度提高0.3分。各市级部门",
            "有得分的1277个政务新媒体",
        ),
        (
            "fewer_accounts",
            "。各区有得分的1276个政务新媒体平均得分为99分（满分100分），比上季度下降0.3分。",
            "各区政务新媒体平均",
        ),
        ("as_many_accounts", "平均得分为99分（满分100分），与上季度基本持平。", "0分。"),
        ("one_unit_below", "除甲1个区外，其他11个区政务新媒体合格率均达到100%。", "除甲、"),
        ("two_units_below", "除甲、乙2个部门外，其他50个部门政务新媒体合格率均达到100%。", "除甲2个"),
        ("everything_at_100", "。未发现不合格政务新媒体账号。", "否决情形为"),
        (
            "one_failed_account",
            "。发现不合格政务新媒体账号1个，为“账号1”微信。1个不合格政务新媒体账号的否决情形为内容不更新。",
            "较多",
        ),
        (
            "failed_for_one_reason",
            "分别为“账号1”微信、“账号2”微信、“账号3”微信。3个不合格政务新媒体账号的否决情形为内容不更新。",
            "均不合格",
        ),
        (
            "failed_for_two_reasons",
            "。不合格政务新媒体账号的否决情形为内容不更新2个、互动回应差1个。",
            "情形为内容不更新。",
        ),
        ("failed_for_two_reasons", "。单位11家单位的不合格政务新媒体账号较多，占不合格账号总数的66.7%。", "单位2家"),
        ("every_account_failed", "。2个政务新媒体账号均不合格，分别为", "发现不合格政务新媒体"),
        ("every_unit_concerned", "。各区均收到留言。各市级部门均收到留言。", "个区收到留言"),
        ("as_it_was", "15个区收到留言。", "各区均收到"),
        ("as_it_was", "。到期的留言均已按期办结。", "未按期办结"),
        ("some_late", "。到期的留言中有3条未按期办结。未按期办结的留言涉及甲、乙2家单位。", "均已按期"),
        ("all_late", "。到期的3条留言均未按期办结。", "均已按期"),
        ("nothing_due_yet", "收到留言。", "到期的"),
        (
            "all_work_done",
            "（四）其他工作情况。检查时间为2021年4月5日至2021年6月24日。检查方式为技术监测与人工核查相结合。",
            "（五）",
        ),
        (
            "all_work_done",
            "。检查中累计访问检查对象12次。2021年第二季度检查主题为政策解读质量。同步开展网站适老化专项检查。",
            "0次",
        ),
        ("all_work_done", "。布置的12项转载任务全部完成。上级抽查全市政府网站和政务新媒体12个，均不合格。", "完成率"),
        (
            "all_work_done",
            "。组织互查网站12个，发现问题12个。新开设政务新媒体账号12个。关停注销政务新媒体账号12个。",
            "没有新开设",
        ),
        (
            "all_work_done",
            "。发现未备案政务新媒体账号12个。清理长期不更新的政务新媒体账号12个。12个政府网站均支持IPv6访问。",
            "占100%",
        ),
        (
            "all_work_done",
            "检查发现问题12个，已全部整改，已整改的均按期完成。上季度通报问题12个，已全部整改。",
            "整改率",
        ),
        ("all_work_done", "。12家单位均未按要求报送整改情况。", "单位1、"),
        ("some_work_done", "。布置转载任务12项，完成5项，完成率为41.7%。", "全部完成"),
        ("some_work_done", "12个，其中不合格5个，占41.7%。组织互查", "均不合格"),
        ("some_work_done", "。12个政府网站中，支持IPv6访问的5个，占41.7%。", "均支持"),
        ("some_work_done", "检查发现问题12个，已整改5个，整改率为41.7%，其中按期整改3个，占60%。", "均按期"),
        ("some_work_done", "。单位1、单位2、单位3、单位4、单位55家单位未按要求报送整改情况。", "均未按要求"),
        (
            "no_work_done",
            "。布置的12项转载任务均未完成。上级抽查全市政府网站和政务新媒体12个，未发现不合格。",
            "均不合格",
        ),
        (
            "no_work_done",
            "。没有新开设政务新媒体账号。没有关停注销政务新媒体账号。未发现未备案政务新媒体账号。",
            "账号0个",
        ),
        ("no_work_done", "。12个政府网站均不支持IPv6访问。", "均支持"),
        ("no_work_done", "检查发现问题12个，均未整改。上季度通报问题12个，均未整改。", "已整改"),
        ("no_work_to_do", "没有清理长期不更新的政务新媒体账号。", "转载任务"),
        ("all_work_done_late", "检查发现问题12个，已全部整改，已整改的均未按期完成。", "均按期"),
        ("no_work_done", "。组织互查网站12个，未发现问题。", "发现问题0个"),
        (
            "some_problems",
            "\n检查确认网站问题36个，涉及12个网站。单位1、单位2、单位3、单位44家单位的网站没有扣分问题。",
            "均没有扣分",
        ),
        ("some_problems", "内容保障机制有待健全。上述问题涉及甲、乙2家单位。\n", "涉及0家"),
        ("no_confirmed_problem", "\n检查没有确认网站问题。65家单位的网站均没有扣分问题。", "网站问题0个"),
        ("every_unit_at_fault", "\n检查确认网站问题36个，涉及12个网站。", "没有扣分问题"),
        ("no_ledger", "上述问题涉及甲、乙2家单位。", "网站问题"),
        ("all_work_done", "。已对相关责任人员问责12人。", "问责0人"),
        ("no_work_done", "均未整改。", "问责"),
        ("sites_to_close", "。责令1个不合格网站的主办单位于2021年12月31日前完成整改或者关停。", "账号的主办单位"),
        ("accounts_to_close", "。责令1个不合格政务新媒体账号的主办单位于2021年12月31日前完成", "个不合格网站的"),
        ("both_to_close", "。责令1个不合格网站和1个不合格政务新媒体账号的主办单位于2021年12月31日前", "责令和"),
        ("all_work_done", "。\n有关单位要于2021年10月8日前报送整改情况。\n", "前前"),
    ],
)
def test_says_where_everything_is_to_be_said(name: str, said: str, not_said: str, facts: BulletinFacts) -> None:
    text = words(VARIANTS[name](chosen(facts, enabled=True, naming="named", list_form="all")))
    assert said in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("as_it_was", "进行了全覆盖检查，未发现不合格网站。政府网站合格率为100%。", "连续"),
        (
            "a_sample",
            "从148个政府网站中抽查74个，抽查比例为50%，其中区政府门户网站16个、市级部门政府网站58个，未发现不合格网站。",
            "全覆盖检查，未",
        ),
        ("a_sample", "。受检的政府网站合格率为100%。", "。政府网站合格率"),
        ("a_sample", "。受检的16个区均未发现不合格网站。受检的区政府门户网站中，西城区、", "。16个区均"),
        (
            "a_sample",
            "。受检的区政府门户网站中，石景山区、平谷区2个区得分最低，为124分。16个受检的区政府门户网站得分",
            "。石景山区",
        ),
        ("a_sample_with_a_veto", "。受检的区政府门户网站中，除东城区1个区外，其他15个区均未发现不合格网站。", "。除"),
        ("a_sample_with_a_veto", "。有得分的15个受检的区政府门户网站平均得分为127", "个区政府门户网站平均得分"),
        ("a_sample_with_a_veto", "。未被单项否决的15个受检的区政府门户网站平均扣分", "个区政府门户网站平均扣分"),
        ("some_basic", "。政府网站合格率为100%（含基本合格4个）。", "合格率为100%。连续"),
        ("some_basic", "。各区政府门户网站合格率为100%（含基本合格2个）。", "（含基本合格0个）"),
        ("one_reason", "，发现不合格区政府门户网站1个，不合格原因为首页不更新。", "包括"),
        ("two_reasons", "，不合格原因包括首页不更新1个、得分低于合格标准2个。", "原因为"),
        ("two_failed_sites", "。网站1、网站22个网站不合格。", "均不合格"),
        ("every_site_vetoed", "。检查的74个网站均不合格。", "个网站不合格"),
        ("a_streak", "。连续3个季度未发现不合格网站。", "个季度不合格"),
        ("all_recovered", "。复查上季度不合格网站3个，全部通过检查。", "个季度不合格"),
        (
            "some_recovered",
            "。复查上季度不合格网站3个，其中1个通过检查。网站1、网站22个网站连续2个季度不合格。",
            "全部通过",
        ),
        ("none_recovered", "。复查上季度不合格网站3个，全部未通过检查。网站1、网站2、网站33个网站连续", "个通过"),
        (
            "long_unqualified",
            "。网站11个网站连续4个季度不合格，网站1、网站2、网站33个网站连续2个季度不合格。",
            "网站连续两个",
        ),
        ("nothing_to_recheck", "。政府网站合格率为100%。", "复查"),
        ("sites_added_and_closed", "。与上季度相比，检查范围新增网站1、网站22个网站，减少网站11个网站。", "增减"),
        ("sites_added", "。与上季度相比，检查范围新增网站11个网站。", "减少"),
        ("sites_closed", "。与上季度相比，检查范围减少网站1、网站2、网站33个网站。", "新增"),
        ("register_as_it_was", "。政府网站合格率为100%。", "检查范围"),
        ("as_it_was", "16个区均未发现不合格网站。", "除"),
        ("two_faulty_units", "。除东城区、西城区2个区外，其他14个区均未发现不合格网站。", "16个区均未"),
        ("a_vetoed_site", "。除东城区1个区外，其他15个区均未发现不合格网站。", "14个区均"),
        ("a_vetoed_site", "。有得分的15个区政府门户网站平均得分为127", "各区政府门户网站平均得分"),
        ("a_vetoed_site", "。未被单项否决的15个区政府门户网站平均扣分1分。", "各区政府门户网站平均扣分"),
        ("a_vetoed_site", "。在有得分的15个区政府门户网站中，石景山区、平谷区2个区得分最低，为124分。", "；。"),
        ("a_vetoed_site", "有得分的15个区政府门户网站得分全部在120分以上（含）。", "16个区政府门户网站得分"),
        (
            "as_it_was",
            "。石景山区、平谷区2个区得分最低，为124分。16个区政府门户网站得分全部在120分以上（含）。",
            "占0%",
        ),
        (
            "sites_in_two_bands",
            "。16个区政府门户网站中，得分在110分以上（含）、120分以下（不含）的15个，占93.8%；100分以下（不含）的1个，占6.3%。",
            "120分以上",
        ),
        ("all_tied", "得分相同，均为100分。", "得分最低"),
        ("rise", "，比上季度提高0.4分，比上年同期提高0.4分。", "下降"),
        ("fall", "，比上季度下降0.6分，比上年同期下降0.6分。", "同期提高"),
        ("level", "，与上季度基本持平，与上年同期基本持平。", "比上年"),
        ("no_earlier_quarter", "其中加分指标30分）。", "同期"),
        ("one_rose_most", "。甲得分比上季度提高最多，提高3.5分。", "均提高"),
        ("several_rose_most", "。甲、乙、丙、丁4个区得分比上季度提高最多，均提高2分。", "戊"),
        ("nobody_rose", "。西城区、海淀区、房山区", "提高最多"),
        ("all_rose_alike", "。西城区、海淀区、房山区", "提高最多"),
        ("as_it_was", "。各区政府门户网站平均扣分0.03分。", "平均扣分0分"),
        ("best_sites", "16个区均得满分。", "没有区政府门户网站得满分"),
        ("as_it_was", "。16个区均进入加分指标检查。", "没有区政府门户网站进入"),
        ("several_bonuses", "分，甲、乙2个区加分最多，为27分。丙1个区加分最少，为20分。", "加分相同"),
        ("one_bonus", "。各区政府门户网站加分相同，均为25分。", "加分最少"),
        ("no_bonus", "。各区政府门户网站均没有加分。没有区政府门户网站进入加分指标检查。", "加分最"),
        ("every_site_vetoed", "没有区政府门户网站进入加分指标检查。", "平均加分"),
        ("best_sites", "16个区门户网站均已具备无障碍功能。", "尚未"),
        ("worst_sites", "各区政府门户网站均尚未具备无障碍功能。", "已具备"),
        ("a_vetoed_site", "、延庆区15个区进入加分指标检查。", "均进入"),
    ],
)
def test_says_of_sites(name: str, said: str, not_said: str, facts: BulletinFacts) -> None:
    site_statements = [item.id for item in KNOWN if item.section in ("sites", "district_sites", "department_sites")]
    others = [name for name in IDS if name not in site_statements]
    told = chosen(facts, *site_statements, enabled=True, naming="named", list_form="all")
    text = words(VARIANTS[name](no_editorial(without(told, *others))))
    assert said in text
    assert not_said not in text


@pytest.mark.parametrize("name", VARIANTS)
def test_of_a_sample_nothing_sounds_complete(name: str, facts: BulletinFacts) -> None:
    """Every statement of the results of sites says that it speaks of the inspected ones."""
    varied = a_sample(VARIANTS[name](chosen(facts, enabled=True, naming="named", list_form="all")))
    wording = Wording(varied, TEMPLATES)
    for item in KNOWN:
        results = item.section in ("district_sites", "department_sites") or item.id in ("site_rate", "clean_units")
        told = wording.say(varied.choice(item.id)) if results and item.form != "change" else ""
        assert not told or "受检" in told
        assert not re.search("各区政府门户网站|各市级部门政府网站", told)


def test_units_are_counted_or_named_only_as_naming_allows(facts: BulletinFacts) -> None:
    varied = VARIANTS["two_faulty_units"](chosen(facts, enabled=True, naming="count"))
    assert "。除2个区外，其他14个区均未发现不合格网站。" in words(varied)
    assert "。2个区得分最低，为124分。" in words(varied)
    silent = words(VARIANTS["two_faulty_units"](chosen(facts, enabled=True)))
    assert not re.search("得分最低|加分最少|，其他14个区", silent)


def test_a_part_without_a_statement_has_no_heading_and_numbers_close_up(facts: BulletinFacts) -> None:
    def headings(facts: BulletinFacts) -> list[str]:
        leads = [p.text if p.role is Role.HEADING else p.spans[0].text for p in write(facts).paragraphs]
        return [text for text in leads if re.match(r"[一二三]、|（[一二三四]）|\d\.", text)]

    def no(section: str) -> list[str]:
        return [item.id for item in KNOWN if item.section == section]

    bare = no_editorial(facts)
    for outline in ("2019", "2022"):
        told = headings(
            replace(
                without(bare, *no("sites"), *no("new_media"), *no("district_sites"), "attachments"), outline=outline
            )
        )
        assert not [text for text in told if "新媒体" in text or "区政府" in text]
        assert [text for text in told if "找错" in text] == ["（二）“我为政府网站找错”平台留言办理情况。"]
    silent = without(bare, *(item.id for item in KNOWN))
    assert [headings(replace(silent, outline=outline)) for outline in ("2019", "2022")] == [[], []]
    only = replace(silent, work=replace(facts.work, report_by="2021年10月8日"))
    assert headings(chosen(only, "deadline", enabled=True)) == ["一、下一步工作要求"]


def test_paragraphs_and_attachments_are_left_out_where_the_office_says_so(facts: BulletinFacts) -> None:
    notice = write(without(facts, "problems", "requirements", "attachments"))
    assert not [p for p in notice.paragraphs if p.role is Role.ATTACHMENT or p.text.startswith(("二、", "三、"))]
    assert notice.annexes == ()


def test_functions_are_told_one_by_one(facts: BulletinFacts) -> None:
    group = facts.department_sites
    extents = (group.sites.value, 5, 0, 7)
    functions = tuple(
        replace(item, reported=item is not group.functions[-1], sites=replace(item.sites, value=value))
        for item, value in zip(group.functions, extents, strict=True)
    )
    text = words(replace(facts, department_sites=replace(group, functions=functions)))
    assert (
        "。58个部门网站均已具备无障碍功能，5个部门网站已具备移动端适配功能，各市级部门政府网站均尚未具备站内搜索功能。"
        in text
    )


def test_naming_may_be_a_count(facts: BulletinFacts) -> None:
    text = words(VARIANTS["failed_for_two_reasons"](chosen(facts, enabled=True, naming="count")))
    assert "。发现不合格政务新媒体账号3个，涉及2家单位。" in text
    assert "。1家单位的不合格政务新媒体账号较多，" in text
    assert "“账号1”" not in text


def test_all_types_where_the_office_asks_for_all(facts: BulletinFacts) -> None:
    types = "、".join(facts.error_reports.types.members)
    assert f"。问题涉及{types}方面。" in words(chosen(facts, list_form="all"))


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
    brief = replace(facts.brief, practices=(), problems=(), requirements=())
    return replace(facts, brief=brief, problems=replace(facts.problems, concerned=()))
