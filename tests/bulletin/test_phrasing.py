"""How figures and lists are printed (印制)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bulletin.blocks import Face, Span
from pipeline.bulletin.facts import Choice, Policy
from pipeline.bulletin.figures import Average, Change, Count, Figure, Points, Rate, Standing, Unit
from pipeline.bulletin.phrasing import Printer, decimal_text, lead, marked, plain, spans

POLICY = Policy("half_up", trailing_zeros=False)
ZEROS = Policy("half_up", trailing_zeros=True)
EVEN = Policy("half_even", trailing_zeros=False)
NAMES = ("甲区", "乙区", "丙区", "丁区", "戊区", "己区")


def changed(now: str, before: str) -> Change:
    value = Decimal(now) - Decimal(before)
    return Change("c", Decimal(now), Decimal(before), value, value, not value, "2021Q1", Unit.POINTS)


def listed(form: str, shown: int) -> Choice:
    return Choice("s", "s", "", "s", False, "", True, form, shown, 1, "free", ())


def text(marked_text: str) -> str:
    return "".join(span.text for span in spans(marked_text))


@pytest.mark.parametrize(
    ("figure", "policy", "printed"),
    [
        (Average("a", Decimal("2005.00"), 16, 1), POLICY, "125.3"),  # 125.3125
        (Average("a", Decimal("2006.40"), 16, 1), POLICY, "125.4"),
        (Average("a", Decimal("5841"), 59, 1), POLICY, "99"),  # exactly: no trailing zero
        (Average("a", Decimal("5841"), 59, 2), ZEROS, "99.00"),
        (Average("a", Decimal("250.5"), 2, 1), EVEN, "125.2"),  # 125.25
        (Average("a", Decimal("250.5"), 2, 1), POLICY, "125.3"),
        (Rate("r", 41, 43, 1), POLICY, "95.3%"),
        (Rate("r", 1, 1, 1), POLICY, "100%"),
        (Rate("r", 1, 1, 2), ZEROS, "100.00%"),
        (Rate("r", 0, 7, 1), POLICY, "0%"),
        (Rate("r", 1, 8, 0), EVEN, "12%"),  # 12.5
        (changed("125.3", "124.9"), POLICY, "0.4"),
        (changed("124.9", "125.9"), POLICY, "1"),  # a fall has no sign
        (Points("p", Decimal("130")), ZEROS, "130"),
        (Standing("s", 1, Decimal("126.50"), ("甲区",)), POLICY, "126.5"),
        (Count("n", 1631, 1631), POLICY, "1631"),  # no thousands separator
    ],
)
def test_figures(figure: Figure, policy: Policy, printed: str) -> None:
    assert Printer(policy).text(figure) == printed
    assert list(spans(Printer(policy).number(figure))) == [Span(printed, figure=figure.id)]


@pytest.mark.parametrize(("decimals", "printed"), [(0, "70%"), (1, "69.7%"), (2, "69.74%")])
def test_decimals_of_a_rate(decimals: int, printed: str) -> None:
    assert Printer(POLICY).text(Rate("r", 514, 737, decimals)) == printed


@pytest.mark.parametrize(("part", "printed"), [(9999, "99.99%"), (1, "0.01%"), (10000, "100%"), (0, "0%")])
def test_what_is_not_all_is_not_printed_as_all(part: int, printed: str) -> None:
    assert Printer(POLICY).text(Rate("r", part, 10000, 1)) == printed


@given(st.decimals(0, 10**6, places=4, allow_nan=False))
def test_decimal_text_keeps_the_value(value: Decimal) -> None:
    printed = decimal_text(value)
    assert Decimal(printed) == value
    assert "E" not in printed
    assert not ("." in printed and printed.endswith(("0", ".")))
    assert decimal_text(value, trailing_zeros=True) == f"{value:f}"


@pytest.mark.parametrize(
    ("form", "shown", "of", "counted", "printed"),
    [
        ("first", 3, 6, True, "甲区、乙区、丙区等6个区"),
        ("first", 3, 5, True, "甲区、乙区、丙区等5个区"),  # cut: it saves two names
        ("first", 3, 4, True, "甲区、乙区、丙区、丁区4个区"),  # not cut: it would save one
        ("first", 3, 4, False, "甲区、乙区、丙区、丁区"),
        ("first", 3, 3, True, "甲区、乙区、丙区3个区"),
        ("first", 1, 1, True, "甲区1个区"),
        ("all", 1, 6, False, "甲区、乙区、丙区、丁区、戊区、己区"),
        ("all", 1, 2, True, "甲区、乙区2个区"),
        ("count", 3, 6, True, "6个区"),
        ("count", 3, 1, False, "1个区"),
    ],
)
def test_lists(form: str, shown: int, of: int, counted: bool, printed: str) -> None:
    choice = listed(form, shown)
    printer = Printer(POLICY)
    assert text(printer.names(Count("n", of, 16, NAMES[:of]), choice, "个区", counted)) == printed
    assert text(printer.names(Standing("n", 1, Decimal(1), NAMES[:of]), choice, "个区", counted)) == printed


def test_a_list_counts_what_is_counted_not_who_owns_it() -> None:
    """Four sites of three units."""
    choice = listed("first", 1)
    assert text(Printer(POLICY).names(Count("n", 4, 59, NAMES[:3]), choice, "个网站", True)) == "甲区等4个网站"


@given(st.integers(1, 6), st.integers(1, 6), st.sampled_from(["all", "first", "count"]), st.booleans())
def test_a_cut_saves_at_least_two_names(shown: int, of: int, form: str, counted: bool) -> None:
    marked_text = Printer(POLICY).names(Count("n", of, 16, NAMES[:of]), listed(form, shown), "个区", counted)
    names = next((span.text.split("、") for span in spans(marked_text) if span.figure == "n.names"), [])
    assert names == list(NAMES[: len(names)])
    assert len(names) in ({0} if form == "count" else {of} if form == "all" or of - shown < 2 else {shown})
    assert ("等" in text(marked_text)) is (0 < len(names) < of)
    assert ("个区" in text(marked_text)) is (counted or len(names) < of)


def test_marks_become_spans() -> None:
    marked_text = f"{lead(2, '（一）标题。')}共{marked('a.b', '16')}个，{lead(3, '1.段首。')}完{marked('x', '')}"
    assert list(spans(marked_text)) == [
        Span("（一）标题。", face=Face.LEVEL2),
        Span("共"),
        Span("16", figure="a.b"),
        Span("个，"),
        Span("1.段首。", face=Face.LEVEL3),
        Span("完"),
        Span("", figure="x"),
    ]
    assert list(spans("")) == []


@given(st.text(st.sampled_from("a甲 \n\r\t\v\f\x1c\x85\u2028\u2029\ue000\ue001\ue002\ue003\ue004@{}<")))
def test_editorial_text_is_one_line_without_marks(written: str) -> None:
    clean = plain(written)
    assert len(clean.splitlines()) <= 1
    assert not set(clean) & set("\t\ue000\ue001\ue002\ue003\ue004")
    assert list(spans(clean)) == ([Span(clean)] if clean else [])
    assert [char for char in clean if char in "a甲@{}<"] == [char for char in written if char in "a甲@{}<"]
