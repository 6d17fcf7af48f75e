"""The auditor on published notices, on single questions, and on our own notice (数字复核)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pipeline.bulletin.blocks import Notice, Paragraph, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.errors import SourceError
from pipeline.review.audit.answers import Answer, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Figures
from pipeline.review.audit.own import audit_facts
from pipeline.review.audit.printed import Printed, slip
from pipeline.review.audit.questions import audit
from pipeline.review.audit.reading import load
from pipeline.settings import CODE_ROOT

AUDITS = Path(__file__).parent / "audits"
WRONG, RIGHT, UNDECIDED = Verdict.WRONG, Verdict.RIGHT, Verdict.UNDECIDED


def ask(**tables: Any) -> list[Answer]:
    figures = Figures.model_validate(tables)
    assert list(figures.problems()) == []
    return audit(figures)


def only(**tables: Any) -> Answer:
    (answer,) = ask(**tables)
    return answer


def kinds(answer: Answer) -> set[Kind]:
    return {cause.kind for cause in answer.causes}


def wrong(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.verdict is WRONG]


# ---- published notices -------------------------------------------------------------------------------------------


def test_2021q3_has_the_double_rounding_and_nothing_else() -> None:
    answers = audit(load(AUDITS / "2021Q3.toml"))
    (answer,) = wrong(answers)
    assert (answer.figure, answer.printed, answer.proposals) == ("移动客户端合格率", "95.4%", ("95.3%",))
    assert "二次修约：95.3488…先修约为95.35，再修约为95.4。应印95.3%。" in answer.told
    told = {answer.figure: answer.reason for answer in answers if answer.question == "能否由整数个得出"}
    assert told["微信合格率"] == "只能是935÷938＝99.6801…%，修约为99.7%"
    assert told["留言较多单位的占比"] == "只能是514÷737＝69.7421…%，修约为69.74%"
    scores = {answer.figure: answer.reason for answer in answers if answer.question == "能否由各单位得分得出"}
    assert scores["各区门户网站平均分"] == "总分可以是2006至2007，分母16"
    assert scores["市级部门网站平均分"] == "总分可以是5838.05至5843.94，分母59"


@pytest.mark.parametrize("quarter", ["2021Q2", "2023Q3"])
def test_nothing_in_the_other_notices(quarter: str) -> None:
    answers = audit(load(AUDITS / f"{quarter}.toml"))
    assert wrong(answers) == []
    assert sum(answer.verdict is RIGHT for answer in answers) >= 3


def test_nine_unqualified_of_289() -> None:
    answer = only(rate=[{"name": "合格率", "printed": "99.96%", "rest": 9, "whole": 289}])
    assert (answer.verdict, answer.proposals) == (WRONG, ("96.89%",))
    assert answer.reason == "280÷289＝96.8858…%，修约为96.89%"


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        ("合格率", Kind.IMPOSSIBLE), ("平均加分", Kind.TRUNCATION), ("平均得分比上季度", Kind.EXACT_CHANGE),
        ("合格率比上季度", Kind.UNIT), ("得分分布", Kind.OVERLAP), ("110分及以上的占比", Kind.OTHER_NUMERATOR),
        ("100分等的合计", Kind.SUM),
    ],
)  # fmt: skip
def test_the_example_shows_each_kind(figure: str, kind: Kind) -> None:
    found = {answer.figure: answer for answer in wrong(audit(load(CODE_ROOT / "docs/examples/audit.toml")))}
    assert len(found) == 7
    assert kind in kinds(found[figure])


# ---- single questions ----------------------------------------------------------------------------------------------


def test_a_rate_without_its_whole_cannot_be_decided() -> None:
    answer = only(rate=[{"name": "合格率", "printed": "99.1%"}])
    assert (answer.verdict, answer.reason) == (UNDECIDED, "没有印出分母（总数至少为106才能得出这个数）")


def test_half_even_is_right_where_it_is_declared() -> None:
    average = {"name": "平均加分", "printed": "13.88分", "units": 16, "total": 222}
    other = {"name": "又一个", "printed": "0.12分", "units": 8, "total": 1}
    assert [answer.verdict for answer in ask(average=[average, other], rounding="half_even")] == [RIGHT, RIGHT]
    assert [answer.verdict for answer in ask(average=[average, other])] == [RIGHT, WRONG]


@pytest.mark.parametrize(
    ("printed", "now", "before", "verdict"),
    [
        ("提高0.4分", "125.3分", "124.9分", RIGHT),
        ("下降0.4分", "124.9分", "125.3分", RIGHT),
        ("增长5%", "105个", "100个", RIGHT),  # a growth
        ("提高5%", "63分", "60分", RIGHT),  # a growth as well
        ("与上季度基本持平", "99.7%", "99.7%", RIGHT),
        ("与上季度基本持平", "99.7分", "99.65分", UNDECIDED),
        ("0.4分", "125.3分", "124.9分", RIGHT),
        ("减少3条", "7条", "10条", RIGHT),
        ("提高0.4%", "99.7%", "99.3%", WRONG),  # a growth by chance: read as the difference that it equals
        ("提高3个百分点", "10条", "7条", WRONG),
    ],
)
def test_changes(printed: str, now: str, before: str, verdict: Verdict) -> None:
    answers = ask(change=[{"name": "变化", "printed": printed, "now": now, "before": before}])
    assert answers[0].verdict is verdict, answers


def test_a_change_without_its_levels_cannot_be_decided() -> None:
    answer = only(change=[{"name": "变化", "printed": "提高0.4分", "now": "125.3分"}])
    assert (answer.verdict, answer.reason) == (UNDECIDED, "没有印出上期数")


def test_the_policy_of_changes_may_be_exact() -> None:
    change = {"name": "变化", "printed": "提高0.22分", "now": "103.64分", "before": "103.41分"}
    assert only(change=[change], changes="exact").verdict is RIGHT
    assert kinds(only(change=[change])) == {Kind.EXACT_CHANGE}
    averages = [
        {"name": "本期", "printed": "103.64分", "units": 16, "total": "1658.16"},
        {"name": "上期", "printed": "103.41分", "units": 16, "total": "1654.63"},
    ]
    cited = {"name": "变化", "printed": "提高0.23分", "now": "本期", "before": "上期"}
    answer = ask(change=[cited], average=averages, changes="exact")[-1]
    assert (answer.verdict, kinds(answer), answer.proposals) == (WRONG, {Kind.PRINTED_CHANGE}, ("提高0.22分",))


def test_a_declared_limit_decides_what_is_flat() -> None:
    change = {"name": "变化", "printed": "基本持平", "now": "99.7分", "before": "99.65分"}
    assert only(change=[change], flat="0.05").verdict is RIGHT
    assert only(change=[change], flat="0.04").proposals == ("提高0.05",)


def test_rounded_terms_may_miss_their_sum_and_exact_ones_may_not() -> None:
    averages = [
        {"name": name, "printed": printed} for name, printed in (("甲", "1.23分"), ("乙", "2.34分"), ("和", "3.58分"))
    ]
    answer = ask(average=averages, sum=[{"total": "和", "parts": ["甲", "乙"]}])[-1]
    assert answer.verdict is RIGHT and "相差0.01，不超过各数修约的误差" in answer.reason
    assert only(sum=[{"total": "3.58分", "parts": ["1.23分", "2.34分"]}]).verdict is WRONG


def test_a_sum_names_the_term_that_was_mistyped() -> None:
    answer = only(sum=[{"total": "1631个", "parts": ["300个", "983个", "43个", "350个"]}])
    assert "“983个”可能应为938（“3”“8”两个数字颠倒）" in answer.told


@pytest.mark.parametrize(
    ("bands", "more", "verdicts"),
    [
        ({"[0,60)": 1, "[60,80)": 2, "[80,)": 3}, {"total": 6}, (RIGHT, RIGHT)),
        ({"[0,60]": 1, "[60,80)": 2, "[80,)": 3}, {"total": 6}, (WRONG, RIGHT)),
        ({"[0,59]": 1, "[60,80)": 2}, {"step": 1, "total": 3}, (RIGHT, RIGHT)),
        ({"[0,59]": 1, "[60,80)": 2}, {"step": "0.5", "total": 4}, (RIGHT, WRONG)),
        ({"[0,59]": 1, "[60,80)": 2}, {}, (RIGHT, UNDECIDED)),
        ({"[0,60)": 1, "(60,80)": 2}, {"total": 4, "within": "[0,80)"}, (RIGHT, WRONG)),
    ],
)
def test_bands(bands: dict[str, int], more: dict[str, Any], verdicts: tuple[Verdict, ...]) -> None:
    band = [{"range": span, "count": count} for span, count in bands.items()]
    answers = ask(bands=[{"name": "得分", "band": band, **more}])
    assert tuple(answer.verdict for answer in answers) == verdicts


def test_a_gap_is_named_where_units_are_missing() -> None:
    band = [{"range": "[0,60)", "count": 1}, {"range": "(60,80]", "count": 2}]
    answer = wrong(ask(bands=[{"name": "得分", "band": band, "total": 4, "within": "[0,100]"}]))[0]
    assert [cause.text for cause in answer.causes] == [
        "相差1",
        "60分至60分之间不属于任何一段",
        "80分至100分之间不属于任何一段",
    ]


def test_groups_of_unknown_size() -> None:
    def overall(total: str, first: str, second: str, whole: int) -> Answer:
        rates = [
            {"name": "全部", "printed": total, "whole": whole},
            {"name": "甲", "printed": first},
            {"name": "乙", "printed": second},
        ]
        return ask(rate=rates, overall=[{"total": "全部", "groups": ["甲", "乙"]}])[-1]

    assert overall("99.6%", "99.7%", "99.1%", 1631).verdict is RIGHT
    assert overall("99.6%", "99.4%", "99.1%", 1631).causes[0].text == "总体不在各组之间"
    assert overall("90%", "89.9%", "90.1%", 20).causes[0].text == "总体与各组矛盾"


def test_groups_of_known_size_that_are_not_the_whole() -> None:
    rates = [
        {"name": name, "printed": "50%", "whole": whole} for name, whole in (("全部", 100), ("甲", 40), ("乙", 50))
    ]
    answer = ask(rate=rates, overall=[{"total": "全部", "groups": ["甲", "乙"]}])[-1]
    assert (answer.verdict, answer.reason) == (WRONG, "各组共90，总体为100")


def test_overall_average_of_groups() -> None:
    averages = [
        {"name": name, "printed": printed, "units": units, "step": "0.5"}
        for name, printed, units in (("全部", "90分", 30), ("甲", "95分", 10), ("乙", "87.5分", 20))
    ]
    relation = [{"total": "全部", "groups": ["甲", "乙"]}]
    assert ask(average=averages, overall=relation)[-1].verdict is RIGHT
    averages[0]["printed"] = "91分"
    assert kinds(ask(average=averages, overall=relation)[-1]) == {Kind.GROUPS}


def test_an_average_without_step_or_units_cannot_be_decided() -> None:
    assert only(average=[{"name": "平均", "printed": "99分", "units": 16}]).verdict is UNDECIDED
    assert only(average=[{"name": "平均", "printed": "99分"}]).verdict is UNDECIDED
    tops = [{"score": 90, "units": 3}]
    assert kinds(only(average=[{"name": "平均", "printed": "99分", "units": 16, "tops": tops}])) == {Kind.TOPS}


# ---- parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit", "sign"),
    [
        ("９９．７％", "99.7", "%", 0), ("1,631 个", "1631", "个", 0), ("比上季度提升0.34分", "0.34", "分", 1),
        ("较上季度下降0.12个百分点", "0.12", "个百分点", -1), ("与上季度基本持平", "0", "", 0),
    ],
)  # fmt: skip
def test_printed_texts(text: str, value: str, unit: str, sign: int) -> None:
    read = Printed.read(text)
    assert (str(read.value), read.unit, read.sign) == (value, unit, sign)


@pytest.mark.parametrize("text", ["", "约99%", "1.2万条", "95.4至95.6%", "九十九"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="数字"):
        Printed.read(text)


@pytest.mark.parametrize(
    ("printed", "right", "told"),
    [("99.96", "96.89", None), ("98.6", "89.6", "“8”“9”两个数字颠倒"), ("9.53", "95.3", "小数点错位"),
     ("95.8", "95.3", "“3”错成“8”"), ("95.3", "95.30", None), ("9", "12", None)],
)  # fmt: skip
def test_slips(printed: str, right: str, told: str | None) -> None:
    assert slip(Decimal(printed), Decimal(right)) == told


def test_intervals_know_their_ends() -> None:
    one, half = Fraction(1), Fraction(1, 2)
    assert list(Interval(one, 3 * one, low_open=True).multiples(half)) == [3, 4, 5, 6]
    assert not Interval(one, one).empty and Interval(one, one, high_open=True).empty
    assert one in Interval(half, one) and one not in Interval(half, one, high_open=True)


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'title = "a"\n[[rate]\n', "a.toml 第 2 行不合 TOML 格式"),
        ('[[rate]]\nname = “率”\n'.encode(), "a.toml 第 2 行不合 TOML 格式"),
        (b'[[rate]]\nname = "r"\nprinted = 95.4\n', "a.toml 第 1 行 [[rate]] 第 1 项“r” 的 printed：小数要写在引号中"),
        (b'[[rate]]\nname = "r"\n', "“r” 的 printed：没有填写"),
        (b'[[rate]]\nname = "r"\nprinted = "1%"\nhole = 3\n', "“r” 的 hole：不是可用的字段"),
        ('[[rate]]\nname = "r"\nprinted = "约1%"\n'.encode(), "“约1%”的数字之前只能写提高、下降等词"),
        ('\n[[rate]]\nname = "r"\nprinted = "1%"\nwhole = "账号"\n'.encode(), "a.toml 第 2 行 [[rate]] 第 1 项“r”：没有名为“账号”的数字"),
        (b'[[rate]]\nname = "r"\nprinted = "1%"\nwhole = 0\n', "分母应大于零"),
        (b'[[count]]\nname = "r"\nprinted = 1\n[[count]]\nname = "r"\nprinted = 2\n', "a.toml 第 4 行 [[count]] 第 2 项“r”：名称“r”重复"),
        (b'[[overall]]\ntotal = "a"\ngroups = ["b", "c"]\n[[count]]\nname = "n"\nprinted = 1\n', "应当全是文件中的比率"),
        (b'[[bands]]\nname = "b"\nband = [{ range = "100-110" }, { range = "[0,1]" }]\n', "“100-110”不是分数段"),
        (b"rate = 3\n", "rate：写法不对"),
        (b'rounding = "up"\n', "rounding：写法不对"),
        (b'[[rate]]\nname = "r"\nprinted = "50%"\nwhole = "s"\n[[rate]]\nname = "s"\nprinted = "50%"\nwhole = "r"\n', "“s”不是个数"),
        (b'[[change]]\nname = "r"\nprinted = "1%"\nnow = "2%"\nbefore = "r"\n', "不能是这个变化本身"),
        (b'[[rate]]\nname = "r"\nprinted = "1%"\n[[overall]]\ntotal = "r"\ngroups = ["r", "r"]\n', "应当互不相同"),
        (b"", "a.toml 中没有数字"),
        ("[[rate]]".encode("utf-16"), "a.toml 不是 UTF-8 文本"),
    ],
)  # fmt: skip
def test_refusals_name_the_place(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(SourceError) as refused:
        load(tmp_path / "a.toml")
    assert refused.value.code == "audit_file"
    assert told in refused.value.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有文件"):
        load(tmp_path / "a.toml")


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf" + (AUDITS / "2021Q2.toml").read_bytes())
    assert load(tmp_path / "a.toml") == load(AUDITS / "2021Q2.toml")


# ---- our own notice --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own() -> tuple[BulletinFacts, Notice]:
    facts = BulletinFacts.from_json((CODE_ROOT / "data/raw/2021Q3/前期/2021Q2.facts.json").read_bytes())
    return facts, write_notice(facts, CODE_ROOT / "templates")


def reprinted(notice: Notice, figure: str, change: Callable[[str], str]) -> Notice:
    """The notice with the first print of a figure changed, in its text or in its annexes."""
    done: list[str] = []

    def span(item: Span) -> Span:
        if item.figure != figure or done:
            return item
        done.append(figure)
        return dataclasses.replace(item, text=change(item.text))

    def paragraph(item: Paragraph) -> Paragraph:
        return dataclasses.replace(item, spans=tuple(map(span, item.spans)))

    paragraphs = tuple(map(paragraph, notice.paragraphs))
    annexes = tuple(
        dataclasses.replace(
            annex, table=dataclasses.replace(annex.table, rows=tuple(tuple(map(span, row)) for row in annex.table.rows))
        )
        for annex in notice.annexes
    )
    assert done
    return Notice(paragraphs, annexes)


def _last_digit(text: str) -> str:
    number = text.rstrip("%")
    return number[:-1] + str((int(number[-1]) + 1) % 10) + text[len(number) :]


def test_our_notice_is_right(own: tuple[BulletinFacts, Notice]) -> None:
    answers = audit_facts(*own)
    assert [answer for answer in answers if answer.verdict is not RIGHT] == []
    assert len(answers) > 200


def test_every_number_that_we_print_is_audited(own: tuple[BulletinFacts, Notice]) -> None:
    """Whichever printed number is changed by one digit, the audit finds it."""
    facts, notice = own
    spans = [span for paragraph in notice.paragraphs for span in paragraph.spans if span.figure]
    spans += [span for annex in notice.annexes for row in annex.table.rows[:3] for span in row if span.figure]
    printed = {
        span.figure: span.text for span in spans if span.figure and span.text.rstrip("%").replace(".", "").isdigit()
    }
    assert len(printed) > 40
    for figure in printed:
        found = wrong(audit_facts(facts, reprinted(notice, figure, _last_digit)))
        assert found, figure


def test_a_wrong_unit_in_our_wording_is_found(own: tuple[BulletinFacts, Notice]) -> None:
    facts, notice = own
    spoilt = tuple(
        dataclasses.replace(
            paragraph,
            spans=tuple(dataclasses.replace(span, text=span.text.replace("分。", "%。")) for span in paragraph.spans),
        )
        for paragraph in notice.paragraphs
    )
    found = wrong(audit_facts(facts, dataclasses.replace(notice, paragraphs=spoilt)))
    assert {(answer.figure, Kind.UNIT in kinds(answer)) for answer in found} == {("district_sites.change", True)}


# ---- the guide ---------------------------------------------------------------------------------------------------------


def test_the_guide_says_what_the_auditor_says(tmp_path: Path) -> None:
    """Every example of the guide is a file that can be read, and is told as quoted below it."""
    guide = (CODE_ROOT / "docs/guide-audit.md").read_text("utf-8")
    examples = re.findall(r"```toml\n(.*?)```\n\n((?:>[^\n]*\n)+)", guide, re.S)
    assert len(examples) == 6
    for content, quoted in examples:
        (tmp_path / "a.toml").write_text(content, "utf-8")
        told = {f"{answer.question}：{answer.told}" for answer in audit(load(tmp_path / "a.toml"))}
        for answer in quoted.replace("\n> ", "").strip().split("● ")[1:]:
            assert answer.rpartition("　")[2] in told
    table = guide.partition("## 错误的种类")[2]
    listed = [kind for cell in re.findall(r"^\| ([^|]+) \|", table, re.M)[1:] for kind in cell.split("、")]
    assert sorted(listed) == sorted(Kind)
