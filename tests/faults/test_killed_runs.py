"""`bulletin run` killed at seeded instants: the last good output stays, the next run makes the same bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faults.kills import instants, kill_run, measure
from tests.faults.office import Good

KILLS = 20
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("half", [0, 1])
def test_a_run_killed_at_any_instant_leaves_the_last_good_output(good: Good, tmp_path: Path, half: int) -> None:
    office = good.copy(tmp_path)
    seconds = measure(office)
    killed = [kill_run(good, office, instant) for instant in instants(KILLS, seconds)[half::2]]
    assert sum(killed) >= len(killed) - 2, "the instants lie within the run"


def test_the_first_run_of_all_killed_leaves_no_output(good: Good, tmp_path: Path) -> None:
    office = good.copy(tmp_path)
    office.out("2021Q3").rename(tmp_path / "away")
    process = office.start("bulletin", "run", "2021Q3")
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=2.5)
    process.kill()
    process.communicate()
    status, printed = office.run("bulletin", "check", "2021Q3")
    assert status == 1 and "还没有输出" in printed
    good.assert_next_run_is_the_same(office)
