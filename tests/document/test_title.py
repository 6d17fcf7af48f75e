"""Titles are broken between words only, into good shapes (标题排列)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document.title import shape_title
from tests.document.sample import TITLE


@settings(deadline=None)
@given(st.lists(st.text("甲乙丙丁2021", min_size=1, max_size=9), min_size=1, max_size=9), st.integers(4, 20))
def test_no_word_is_split_and_none_is_lost(words: list[str], width: int) -> None:
    lines = shape_title(words, width)
    assert "".join(lines) == "".join(words)
    ends = set(itertools.accumulate(map(len, words)))
    assert set(itertools.accumulate(map(len, lines))) <= ends


def test_the_title_of_a_notice_is_a_trapezoid() -> None:
    assert list(shape_title(TITLE, 19)) == [
        "某某市政务服务管理局",
        "关于2021年第三季度全市政府网站",
        "与政府系统政务新媒体检查情况的通报",
    ]


@pytest.mark.parametrize("words", [("检查情况的通报",), ("某局", "关于检查情况的通报")])
def test_a_short_title_stays_on_one_line(words: tuple[str, ...]) -> None:
    assert list(shape_title(words, 20)) == ["".join(words)]
