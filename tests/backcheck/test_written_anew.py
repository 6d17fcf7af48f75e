"""Paragraphs written anew by hand: no alarm for the same numbers, alterations in them found (改写后的核对)."""

from __future__ import annotations

import pytest

from pipeline.review.backcheck.compare import back_check
from pipeline.review.backcheck.differences import Difference
from pipeline.review.backcheck.reading import Edited
from tests.backcheck.texts import edited, known

SAMPLE = "2021Q3"
ANEW = {
    "各区政府门户网站平均得分为125.4分（满分130分，其中加分指标30分）。西城区、海淀区、顺义区得分最高，为127分；"
    "东城区、朝阳区、大兴区、密云区得分126分。16个区均未扣分。": "从得分看，满分为130分（含30分加分），16个区全部没有扣分，"
    "平均分达125.4分。"
    "并列第一的是西城区、海淀区和顺义区，均获127分。紧随其后的是东城区、朝阳区、大兴区、密云区，都是126分。",
    "截至2021年9月，全市共有政府系统政务新媒体1631个，其中微博300个、微信938个、移动客户端43个、其他政务新媒体350个。"
    "政务新媒体总体合格率为99.6%，其中微博合格率99.7%、微信合格率99.7%、移动客户端合格率95.3%、其他政务新媒体合格率99.7%。": ""
    "2021年9月底前统计，1631个政务新媒体中，微信最多，有938个，其余依次为其他类350个、微博300个、移动客户端43个，"
    "整体合格率99.6%。分平台看，移动客户端合格率最低，为95.3%；微博、微信和其他政务新媒体分别为99.7%、99.7%、99.7%。",
    "共收到涉及本市的网民留言737条，涉及38个市级部门和16个区。": "网民共留言737条，由16个区、38个市级部门承办。",
    "其中，市人力资源社会保障局、市交通委、市住房城乡建设委等6家单位收到的留言较为集中，合计占全市留言总数的69.74%，"
    "按期办结率均为100%。": "市人力资源社会保障局、市交通委、市住房城乡建设委等6家单位留言最多，共占69.74%，全部按期办结（100%）。",
    "市发展改革委、市教委等41个网站得满分。": "有41个网站得到满分，包括市发展改革委、市教委等。",
}


def _differences(was: str = "", now: str = "") -> tuple[Difference, ...]:
    sample = known(SAMPLE)
    text = edited(sample.notice)
    whole = "\f".join(text.paragraphs)
    for old, new in ANEW.items():
        assert whole.count(old) == 1
        whole = whole.replace(old, new)
    assert not was or whole.count(was) == 1
    return back_check(
        sample.text, sample.ledger, Edited(tuple((whole.replace(was, now) if was else whole).split("\f")), text.tables)
    ).differences


def test_the_same_numbers_in_other_words_are_no_difference() -> None:
    assert _differences() == ()


@pytest.mark.parametrize(
    ("was", "now", "figures"),
    [
        ("平均分达125.4分", "平均分达124.5分", {"district_sites.average"}),
        ("均获127分", "均获128分", {"district_sites.standings.1"}),
        ("是西城区、海淀区和顺义区", "是西城区、丰台区和顺义区", {"district_sites.standings.1.names"}),
        ("有938个", "有983个", {"new_media.platforms.wechat.accounts"}),
        ("最低，为95.3%", "最低，为95.4%", {"new_media.platforms.app.rate"}),
        ("移动客户端43个", "移动客户端43条", {"new_media.platforms.app.accounts"}),
        ("由16个区、38个市级部门", "由38个区、16个市级部门", {"error_reports.districts", "error_reports.departments"}),
        ("留言737条", "留言773条", {"error_reports.messages"}),
        ("共占69.74%", "共占69.74分", {"error_reports.top_share"}),
        ("市住房城乡建设委等6家", "市住房城乡建设委等7家", {"error_reports.top.count"}),
        ("有41个网站", "有14个网站", {"department_sites.full.count"}),
        ("市发展改革委、市教委等。", "市发展改革委、市科委等。", {"department_sites.full.names"}),
    ],
)
def test_an_alteration_in_other_words_is_found(was: str, now: str, figures: set[str]) -> None:
    assert {each.figure for each in _differences(was, now) if each.figure} == figures
