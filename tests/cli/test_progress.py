"""The bar of a run's finished steps, where Dagster's record cannot be read."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipeline.cli import run

STEPS_DONE = SimpleNamespace(steps_succeeded=3)


class Record:
    """An instance whose record fails at the first look, and stands again at the end."""

    def __init__(self) -> None:
        self.looks = 0

    def get_run_stats(self, run_id: str) -> SimpleNamespace:
        self.looks += 1
        if self.looks == 1:
            raise OSError("No space left on device")
        return STEPS_DONE


def test_a_record_that_cannot_be_read_ends_the_bar_and_no_thread_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that fails would be an error of this test: its warning is one."""
    monkeypatch.setattr(run, "_EVERY", 0.001)
    record = Record()
    with run._progress(cast(Any, record), "run", "2021Q3"):
        while not record.looks:
            time.sleep(0.001)
        time.sleep(0.02)
    assert record.looks == 2
