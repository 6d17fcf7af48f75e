"""Cell texts to values: read exactly, or refused with the code that says why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.values import (
    BadValue,
    has_control,
    read_choice,
    read_code,
    read_date,
    read_name,
    read_number,
    read_time,
    read_value,
)
from pipeline.reference.layouts import Column
from pipeline.reference.registry import Roster

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
scores = st.decimals(min_value=0, max_value=9999, places=2)


def refused(read: object, *args: object) -> str:
    """The code with which a reader refuses."""
    with pytest.raises(BadValue) as error:
        read(*args)  # type: ignore[operator]
    return error.value.code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", "3"),
        ("３．５", "3.5"),
        ("3.5分", "3.5"),
        ("3.5 分", "3.5"),
        ("３．５　分", "3.5"),
        (" 100.00 ", "100.00"),
        ("2.500", "2.500"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_a_number_is_read_with_width_unit_and_space_folded(text: str, number: str) -> None:
    assert read_number(text, 2, "得分") == number


@pytest.mark.parametrize("text", ["95%", "９５％", " 95 ％ "])
def test_a_percentage_is_a_number_where_the_layout_says_so(text: str) -> None:
    assert read_number(text, 2, "合格率", "%") == "95"


@pytest.mark.parametrize(
    "text",
    ["", "优", "NaN", "inf", "1e5", "1E+09", "4 5", "1,000", "3.", ".5", "3.5.1", "5²", "①", "½", "٣", "0x10", "扣0.5", "—", "+3",
     "95%", "10000"],
)  # fmt: skip
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    assert refused(read_number, text, 2, "得分") == "C201"


@pytest.mark.parametrize("text", ["-1", "－0.5", "−0.5分", "–1", "—1"])
def test_a_negative_number_is_refused_whatever_its_minus(text: str) -> None:
    assert refused(read_number, text, 2, "得分") == "C208"


@pytest.mark.parametrize(
    ("text", "decimals"), [("2.125", 2), ("0.30000000000000004", 2), ("3.5", 0), ("3." + "0" * 40 + "1", 2)]
)
def test_too_many_decimals_are_refused_and_not_rounded(text: str, decimals: int) -> None:
    assert refused(read_number, text, decimals, "得分") == "C205"


@given(scores, st.booleans(), st.booleans(), st.sampled_from(["", " ", "　", "\t"]))
def test_every_score_is_read_exactly_in_every_spelling(score: Decimal, wide: bool, unit: bool, space: str) -> None:
    text = str(score).translate(WIDE) if wide else str(score)
    assert Decimal(read_number(f"{space}{text}{space}{'分' if unit else ''}{space}", 2, "得分")) == score


@given(st.text(max_size=12))
def test_any_text_is_a_number_of_the_contract_or_refused(text: str) -> None:
    try:
        number = Decimal(read_number(text, 2, "得分"))
    except BadValue as error:
        code = error.code
    else:
        code = "" if 0 <= number < 10_000 and number == round(number, 2) else "broken"
    assert code in ("", "C201", "C205", "C208")


@pytest.mark.parametrize(
    "text", ["2021-09-03", "2021.9.3", "2021/9/3", "2021年9月3日", "2021年9月3", "２０２１－９－３", "2021-09-03 10:20"]
)
def test_a_date_is_read_in_every_seen_form(text: str) -> None:
    assert read_date(text, "日期") == "2021-09-03"


@pytest.mark.parametrize(
    "text",
    ["2021年2月30日", "2021-13-01", "2021-00-10", "2021年08月 10:52:47", "2021-09", "44440", "9月3日", "2021-9.3", "2021年9-3",
     "0000-01-01", "2021-09-03 25:00", "2021-09-03 周五", "今天", "", "٢٠٢١-٠٩-٠٣"],
)  # fmt: skip
def test_a_date_that_cannot_be_is_refused(text: str) -> None:
    assert refused(read_date, text, "日期") == "C202"


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"]),
)
def test_every_day_is_read_back(day: dt.date, form: str) -> None:
    assert read_date(form.format(day), "日期") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2021-09-03 10:20:30", "2021-09-03 10:20:30"),
        ("2021-09-03T10:20:30", "2021-09-03 10:20:30"),
        ("2021/9/3 9:05", "2021-09-03 09:05:00"),
        ("2021-09-03", "2021-09-03 00:00:00"),
        ("2021-09-03 10:20:30.000000", "2021-09-03 10:20:30"),
    ],
)
def test_a_time_is_read_to_the_second(text: str, time: str) -> None:
    assert read_time(text, "时间") == time


@pytest.mark.parametrize(
    "text", ["110101000", "11010100011", "1.10101E+09", "1101010001.0", "bm1234567", "BM12345678", "东城区"]
)
def test_a_site_code_of_another_form_is_refused(roster: Roster, text: str) -> None:
    assert refused(read_code, text, "标识码", roster) == "C207"


def test_a_site_code_must_be_in_the_roster(roster: Roster) -> None:
    assert read_code("１１０１０１０００１ ", "标识码", roster) == "1101010001"
    assert refused(read_code, "1101019999", "标识码", roster) == "N302"
    assert refused(read_code, "bm12345678", "标识码", roster) == "N302"


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("unit", "东城区", "dongcheng"),
        ("unit", " 东城 区 ", "dongcheng"),
        ("platform", "ＡＰＰ", "app"),
        ("platform", "微信公众号", "wechat"),
        ("indicator", "IPv6改造", None),
        ("error_type", "错字", "typo"),
        ("error_status", "不予受理(无效)", "2"),
        ("statement", "区门户平均分", "district_average"),
    ],
)
def test_a_registered_name_is_its_id(roster: Roster, kind: str, text: str, found: str | None) -> None:
    read = read_name(text, kind, "列", roster)
    assert read == (found or roster.indicator_index["IPv6改造"])


@pytest.mark.parametrize(
    ("kind", "text", "code", "near"),
    [
        ("unit", "东城新区", "N301", "东城区"),
        ("platform", "微信订阅", "N303", "微信订阅号"),
        ("indicator", "动态新闻", "N304", "动态要闻"),
        ("error_type", "错别字词", "N306", "错别字"),
        ("error_status", "已办", "N306", "已办结"),
        ("statement", "区门户名次", "I503", "区门户得分名次"),
    ],
)
def test_a_near_name_is_named_and_never_accepted(roster: Roster, kind: str, text: str, code: str, near: str) -> None:
    with pytest.raises(BadValue) as error:
        read_name(text, kind, "列", roster)
    assert error.value.code == code and near in str(error.value.places["nearest"]).split("、")


def test_a_choice_is_one_of_the_offered_spellings() -> None:
    choices = {"true": ("是", "有"), "false": ("否",)}
    assert [read_choice(text, choices, "列") for text in ("是", " 有 ", "否")] == ["true", "true", "false"]
    assert refused(read_choice, "部分", choices, "列") == "C203"


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\x7f", "\u200b", "\u200e", "\u202e", "\ufeff", "\ue000", "\u00ad"]
)
def test_a_hidden_or_private_character_is_seen(char: str) -> None:
    assert has_control(f"东城{char}区")


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("kind", ["text", "number", "date"])
def test_an_error_of_a_formula_is_no_text(roster: Roster, text: str, kind: str) -> None:
    column = Column(field="x", headers=("列",), kind=kind)
    assert refused(read_value, text, column, "列", roster) == "C209"


def test_line_breaks_tabs_and_wide_spaces_are_no_hidden_characters() -> None:
    assert not has_control("概况信息\r\n（3分）\t　“IPv6”")
