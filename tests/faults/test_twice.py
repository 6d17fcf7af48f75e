"""The same quarter started twice at one time: one run makes the output, the other is refused before any step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.office import QUARTER, TRACES, Good

pytestmark = pytest.mark.slow


def test_of_two_runs_at_once_one_makes_the_output_and_the_other_is_refused(good: Good, tmp_path: Path) -> None:
    office = good.copy(tmp_path)
    running = [office.start("bulletin", "run", QUARTER) for _ in range(2)]
    ended = [(process.communicate(timeout=240)[0], process.returncode) for process in running]
    assert sorted(status for _, status in ended) == [0, 1], ended
    (refused,) = (printed for printed, status in ended if status == 1)
    assert "正在由另一个任务处理" in refused and "请等它结束后再运行" in refused
    assert [word for word in TRACES if word in refused] == []
    good.assert_intact(office)
