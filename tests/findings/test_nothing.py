"""A quarter with nothing to list says so with one 无, and its notice says so too (确无数据)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.flow import notice_of, run_flow
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import ACCOUNTS, INFO, LEDGER, Delivered, _in_memory


def empty(delivered: Delivered, name: str, sheet: str, cell: str, text: str | None = "无") -> None:
    with delivered.edit(name) as book:
        book[sheet].delete_rows(2, book[sheet].max_row)
        book[sheet][cell] = text


@pytest.fixture
def nothing(delivered: Delivered) -> Delivered:
    """No account, no message, no problem worth telling."""
    empty(delivered, ACCOUNTS, "检查情况", "A2")
    empty(delivered, INFO, "存在的问题", "B2")
    with delivered.edit(INFO) as book:
        book["典型做法"].delete_rows(13, 4)
    with delivered.edit_reports() as rows:
        rows[1:] = [["无", *[""] * (len(rows[0]) - 1)]]
    return delivered


def test_a_notice_is_made_of_a_quarter_with_nothing_to_list(nothing: Delivered) -> None:
    context = replace(_in_memory(nothing.quarter), paths=Paths(CODE_ROOT, nothing.root))
    for step, _ in run_flow(context):
        if step.key == "bulletin/notice":
            break
    text = "\n".join(paragraph.text for paragraph in notice_of(context).paragraphs)
    assert "全市没有纳入检查的政府系统政务新媒体账号。" in text
    assert "平台没有收到涉及本市的网民留言。" in text
    assert "\n二、下一步工作要求\n" in text and "存在的问题" not in text


def test_no_deductions_are_declared_by_one_word_and_a_blank_sheet_is_not(delivered: Delivered) -> None:
    empty(delivered, LEDGER, "扣分明细", "G2")
    assert "F124" not in {item["code"] for item in delivered.findings()}
    empty(delivered, LEDGER, "扣分明细", "G2", None)
    assert "F124" in {item["code"] for item in delivered.findings()}
