"""Cells that cannot be read: told at their address, never nulled, with no consequence in totals or averages."""

from __future__ import annotations

import pytest

from tests.support.quarter import ACCOUNTS, FUNCTIONS, INFO, LEDGER, PORTALS, SCORES, Delivered
from tests.support.told import assert_told


@pytest.mark.parametrize(
    ("text", "code"),
    [("优", "C201"), ("-1", "C208"), ("2.125", "C205")],
)
def test_a_score_that_is_no_number(delivered: Delivered, text: str, code: str) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["H7"] = text
    assert_told(delivered, (code, SCORES, PORTALS, "H7", text, 1))


def test_an_empty_score(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["H7"] = None
    assert_told(delivered, ("C204", SCORES, PORTALS, "H7", "", 1))


def test_the_same_text_in_one_column_is_one_finding(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["H7"] = book[PORTALS]["H9"] = "优"
    assert_told(delivered, ("C201", SCORES, PORTALS, "H7", "优", 2))


def test_a_date_that_does_not_exist(delivered: Delivered) -> None:
    with delivered.edit(LEDGER) as book:
        book["扣分明细"]["I4"] = "2021年2月30日"
    assert_told(delivered, ("C202", LEDGER, "扣分明细", "I4", "2021年2月30日", 1))


def test_a_choice_that_is_not_offered(delivered: Delivered) -> None:
    with delivered.edit(FUNCTIONS) as book:
        book["功能建设"]["E9"] = "部分"
    assert_told(delivered, ("C203", FUNCTIONS, "功能建设", "E9", "部分", 1))


def test_a_hidden_character_in_a_name(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["B5"] = "东城\u200b财政"
    assert_told(delivered, ("C206", ACCOUNTS, "检查情况", "B5", "东城\u200b财政", 1))


def test_an_error_of_a_formula_is_told_even_where_a_cell_may_be_empty(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["G5"] = "#N/A"
    assert_told(delivered, ("C209", ACCOUNTS, "检查情况", "G5", "#N/A", 1))


def test_a_site_code_that_lost_digits_is_no_missing_site(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["B8"] = "1.10105E+09"
    assert_told(delivered, ("C207", SCORES, PORTALS, "B8", "1.10105E+09", 1))


def test_a_row_without_its_key_is_one_finding(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["B8"] = None
    assert_told(delivered, ("C204", SCORES, PORTALS, "B8", "", 1))


def test_a_remark_below_the_rows_is_one_finding(delivered: Delivered) -> None:
    with delivered.edit(FUNCTIONS) as book:
        book["功能建设"]["A78"] = "以上为全部网站"
    assert_told(delivered, ("C204", FUNCTIONS, "功能建设", "B78", "", 1))


def test_a_control_character_in_an_item_is_not_told_again_as_missing(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["基本信息"]["B18"] = "结束语\u200d"
    assert_told(delivered, ("C206", INFO, "基本信息", "B18", "结束语\u200d", 1))


def test_an_unreadable_window_is_not_told_again_as_undeclared(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["时间范围"]["C2"] = "七月初"
    assert_told(delivered, ("C202", INFO, "时间范围", "C2", "七月初", 1))
