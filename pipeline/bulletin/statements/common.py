"""What the conditions of several statements share (语句条件的公共部分). What must not live here: statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.bulletin.figures import Change, Count

_FEW = 2  # so many at most are the exceptions to a rule
Forms = dict[str, Callable[[Any], str | None]]  # of a kind of statement: from what it speaks of to its form


def how_many(count: Count) -> str | None:
    """all, some or none of a population; ``None`` where the population is empty (全部、部分、没有)."""
    if not count.of:
        return None
    return "all" if count.value == count.of else "some" if count.value else "none"


def all_but_few(kept: Count, exceptions: Count) -> str | None:
    """some, where one or two are the exceptions to what holds of several others (除……外均……)."""
    return "some" if 0 < exceptions.value <= _FEW and kept.value > 1 else None


def direction(change: Change | None) -> str | None:
    """rise, fall, or level where the change is too small to be called one (提高、下降、基本持平)."""
    if change is None:
        return None
    return "level" if change.level else "rise" if change.value > 0 else "fall"
