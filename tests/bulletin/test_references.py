"""Figures by reference in editorial text, numbers typed in it, and words for how many (引用数字、数量词)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.bulletin.blocks import Span
from pipeline.bulletin.facts import BulletinFacts, Passage, Practice
from pipeline.bulletin.prose import write_notice
from pipeline.bulletin.remarks import remarks
from pipeline.contracts.contract import empty
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT
from tests.bulletin.conftest import TEMPLATES
from tests.bulletin.variants import VARIANTS

REGISTRY = load_registry(CODE_ROOT / "data" / "reference")


def told(facts: BulletinFacts, text: str) -> BulletinFacts:
    """Facts whose first practice, only problem and only requirement say a text."""
    brief = replace(
        facts.brief,
        practices=(Practice("district_sites", "", "东城区", f"做法{text}"),),
        problems=(Passage("问题", f"问题{text}"),),
        requirements=(Passage("要求", f"要求{text}"),),
    )
    concerned = facts.problems.concerned[:1]
    return replace(facts, brief=brief, problems=replace(facts.problems, concerned=concerned))


def spans(facts: BulletinFacts) -> list[Span]:
    return [span for paragraph in write_notice(facts, TEMPLATES).paragraphs for span in paragraph.spans]


@pytest.mark.parametrize("name", ["区门户平均分", "district_sites.average", " 区门户 平均分 "])
@pytest.mark.parametrize("braces", ["{%s}", "｛%s｝"])
def test_a_reference_is_printed_with_its_figure(name: str, braces: str, facts: BulletinFacts) -> None:
    printed = spans(told(facts, f"平均得分{braces % name}分。"))
    for before, number, after in zip(printed, printed[1:], printed[2:], strict=False):
        if before.text.endswith(("做法平均得分", "问题平均得分", "要求平均得分")):
            assert (number.text, number.figure) == ("125.3", "district_sites.average")
            assert after.text.startswith("分。")
    assert sum(span.text.endswith("平均得分") and span.text[-6:-4] in ("做法", "问题", "要求") for span in printed) == 3


def test_what_is_no_figure_of_the_notice_stays_as_it_is(facts: BulletinFacts) -> None:
    text = "".join(span.text for span in spans(told(facts, "有{没有的名称}、{district_sites.change}和{}。")))
    assert text.count("有{没有的名称}、{district_sites.change}和{}。") == 3


def test_a_figure_that_the_quarter_lacks_is_told_and_a_known_one_is_not(facts: BulletinFacts) -> None:
    vetoed = VARIANTS["every_site_vetoed"](told(facts, "平均{区门户平均分}分，共{账号总数}个。"))
    found = [item for item in remarks(vetoed, [], empty("raw/cell"), REGISTRY) if item.code == "E605"]
    assert [(item.value, item.severity.value) for item in found] == [("区门户平均分", "error")]
    assert not [
        item
        for item in remarks(told(facts, "共{账号总数}个。"), [], empty("raw/cell"), REGISTRY)
        if item.code == "E605"
    ]


def test_every_name_stands_for_a_figure_that_a_notice_may_have(facts: BulletinFacts) -> None:
    known = {figure.id for vary in VARIANTS.values() for figure in vary(facts).figures()}
    assert set(REGISTRY.figure_names.values()) <= known
    assert len(set(REGISTRY.figure_names.values())) == len(REGISTRY.figure_names)


def typed(text: str) -> list[str]:
    """The numbers that are left in a text when what is none is taken out."""
    plain = "|".join(f"(?:{item.pattern})" for item in REGISTRY.plain_numbers)
    number = "|".join(f"(?:{item.pattern})" for item in REGISTRY.typed_numbers)
    return re.findall(number, re.sub(plain, "□", text))


@pytest.mark.parametrize(
    "text",
    [
        "2021年9月3日前整改，2021年第三季度、2021年上半年、9月3日、2021-09-03", "超过2周、5个工作日、2个月、24小时没有更新",
        "国办秘函〔2019〕19号第3条", "《2021年工作要点》和“1+3”平台", "12345热线、5G、IPv6改造、4K视频", "有的网站一个栏目没有更新",
        "统一成立专班，几分之一都不能少",
    ],
)  # fmt: skip
def test_dates_terms_numbers_of_documents_and_names_are_no_figures(text: str) -> None:
    assert typed(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("有3个网站没有更新", ["3"]), ("占4.5%", ["4.5%"]), ("三个区、十几家单位没有更新", ["三个区", "十几家单位"]),
        ("百分之九十五的账号合格，近九成以上", ["百分之九十五", "九成以上"]), ("2021年9月有12条留言", ["12"]), ("半数网站", ["半数"]),
    ],
)  # fmt: skip
def test_a_number_typed_is_seen(text: str, found: list[str]) -> None:
    assert typed(text) == found


def test_bands_leave_no_share_without_a_word_and_everything_but_one_word_is_of_some() -> None:
    bands = [(item.low, item.high) for item in REGISTRY.quantifiers if item.low < item.high]
    assert all(any(low < share <= high for low, high in bands) for share in range(1, 101))
    assert [item.word for item in REGISTRY.quantifiers if item.low == item.high == 100] == ["均"]
    nouns = [noun for population in REGISTRY.populations for noun in population.nouns]
    assert len(set(nouns)) == len(nouns)


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("个别", "个别网站没有更新", True), ("个别", "个别的网站", True), ("个别", "个别栏目", False), ("部分", "部分网站", True),
        ("多数", "大多数网站", True), ("均", "各网站首页均没有更新", True), ("均", "各网站平均得分高，栏目均没有更新", False),
    ],
)  # fmt: skip
def test_a_quantifier_counts_what_follows_it(word: str, text: str, *, said: bool) -> None:
    (pattern,) = (item.pattern.replace("{noun}", "网站") for item in REGISTRY.quantifiers if item.word == word)
    assert bool(re.search(pattern, text)) is said
