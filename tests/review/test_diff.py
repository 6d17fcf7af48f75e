"""What changed between two runs: figures, names, sentences, inputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.document.text import plain_text
from pipeline.review.diff import Run, differ, last_run, to_markdown
from tests.review.ledger.quarters import known

_ACCOUNTS = "2021年第三季度政务新媒体检查情况表.xlsx"
_ORIGIN = {"inputs": {"甲.xlsx": "1", "乙.xlsx": "2", _ACCOUNTS: "7"}, "code": "c"}


def _run() -> Run:
    q = known("2021Q3")
    return Run(q.ledger, plain_text(q.notice), _ORIGIN)


def test_the_same_run_differs_in_nothing() -> None:
    difference = differ(_run(), _run())
    assert not any((difference.moved, difference.added, difference.removed, difference.causes))
    assert "变动的数字和名单（0）" in to_markdown("2021Q3", difference)


def test_what_moved_and_what_moved_it_is_told() -> None:
    before = _run()
    at = next(entry.number - 1 for entry in before.ledger.entries if entry.figure == "new_media.rate")
    entries = list(before.ledger.entries)
    entries[at] = replace(entries[at], printed="99.5%")
    del entries[0]
    after = Run(
        replace(before.ledger, entries=tuple(entries)),
        before.text.replace("总体合格率为99.6%", "总体合格率为99.5%"),
        {"inputs": {"甲.xlsx": "9", "丙.xlsx": "3", _ACCOUNTS: "8"}, "code": "d"},
    )
    difference = differ(before, after)
    assert {(item.figure, item.before, item.after, item.inputs) for item in difference.moved} == {
        ("new_media.rate", "99.6%", "99.5%", (_ACCOUNTS,)),
        ("district_sites.sites", "16", "", ()),
    }
    assert [len(difference.added), len(difference.removed)] == [1, 1]
    assert difference.causes == (
        "原始表减少：乙.xlsx",
        "原始表增加：丙.xlsx",
        f"原始表有改动：{_ACCOUNTS}",
        "原始表有改动：甲.xlsx",
        "程序有改动",
    )
    told = to_markdown("2021Q3", difference)
    assert f"政务新媒体总体合格率：99.6% → 99.5%（来源有变动：{_ACCOUNTS}）" in told and "：16 → （无）" in told


def test_the_first_run_says_so(tmp_path: Path) -> None:
    assert last_run(tmp_path) is None
    assert "第一次" in to_markdown("2021Q3", None)
