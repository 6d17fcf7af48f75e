"""Every rule finds its wrong example and passes its right one; our own notices pass all (用语核查)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegistryError
from pipeline.review.backcheck.compare import texts_of
from pipeline.review.wording.rules import Rule, check_wording, load_rules
from pipeline.settings import CODE_ROOT
from tests.backcheck.texts import QUARTERS, edited, known

RULES = load_rules(CODE_ROOT / "data" / "reference")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_what_is_wrong_and_nothing_else(rule: Rule) -> None:
    roster = known("2021Q3").roster
    found = check_wording([rule.wrong], [rule], roster)
    assert [remark.rule for remark in found] == [rule.id]
    assert found[0].instead
    assert check_wording([rule.right], RULES, roster) == []


WRONG = {
    "until": "截止9月30日 截止到2021年9月 截止目前 截止本月 截止当日 截止至9月底 截止上季度",
    "percentage_points": "合格率比上季度上升0.2% 按期办结率同比下降3% 占比提高2% 合格率为99.6%，同比提高了0.2% 比重上升1.5%",
    "unit_names": "市发改委 市教育委员会 北京市发改委",
    "cited_title": "根据国务院办公厅关于印发政府网站发展指引的通知（国办发〔2017〕47号）， 依据关于加强网站管理的意见，",
    "number_brackets": "国办秘函(2019)19号 国办秘函【2019】19号 国办秘函（2019）19号 国办秘函[2019]第19号",
    "number_form": "国办秘函〔2019〕019号 国办秘函〔2019〕第19号",
    "inclusive": "90分以上（含90分） 90分（含）以上 90分以上(含90分) 60分以下（含60分） 90分以上（含本数）",
    "about": "约1631个 近125.4分 1631个左右 大约99.6% 共约38个部门 约737条 1631个上下",
    "half_width": '平均99分,满分 情况如下: 网站(含专项) “北京海淀"微信 是否合格? 一、二;',
    "needless_comma": "“甲”、“乙” 《甲》、《乙》 “甲”、《乙》",
    "weeks": "2周更新、两周更新 2周；连续一周",
}
RIGHT = (
    "截止日期为2021年9月30日。 截止时间为10月8日 活动已于9月30日截止， 截至9月底 "
    "合格率提高0.2个百分点 合格率为99.6%，账号数量比上季度增长3.5%。 按期办结率达到100% 覆盖率提高到99% 合格率下降为98% "
    "市发展改革委网站 北京市发展和改革委员会网站 市教委、市科委 "
    "《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号） 按照关于做好工作的安排 "
    "国办秘函〔2019〕19号 文件（2021） （2019年） 60分以上（含专项网站） 90分及以上 以上均含 "
    "约1600个 近5个工作日 大约100家 近30天 预约123个 公约3项 近3个月 节约12% 附近15个 最近12个 "
    "时间为12:30 比分3:2 http://a.example/?x=1 IPv6（互联网协议） 1,631个 "
    "“甲”“乙” 《甲》《乙》 “甲”微信、“乙”微博 《甲》（2021年）、《乙》 连续2周 每周两次 一周年 周一至周五"
)


def test_what_people_write_wrong_is_found_by_its_rule() -> None:
    roster = known("2021Q3").roster
    assert WRONG.keys() == {rule.id for rule in RULES}
    for rule, texts in WRONG.items():
        told = {text: {each.rule for each in check_wording([text], RULES, roster)} for text in texts.split()}
        missed = [text for text, found in told.items() if rule not in found]
        assert missed == []


def test_what_people_write_right_is_let_pass() -> None:
    roster = known("2021Q3").roster
    alarms = {text: found for text in RIGHT.split() if (found := check_wording([text], RULES, roster))}
    assert alarms == {}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_our_own_notices_have_no_remark(quarter: str) -> None:
    sample = known(quarter)
    assert check_wording(texts_of(edited(sample.notice)), RULES, sample.roster) == []


def test_a_name_that_is_not_official_is_told_with_the_official_one() -> None:
    (found,) = check_wording(["市发改委、市教委等单位"], RULES, known("2021Q3").roster)
    assert (found.found, found.instead) == ("市发改委", "市发展改革委")


def test_a_rule_that_is_no_rule_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wording.toml").write_text('[[rule]]\nid = "x"\nname = "x"\npattern = "("\nmessage = "x"\n', "utf-8")
    with pytest.raises(RegistryError, match=r"wording\.toml"):
        load_rules(tmp_path)
