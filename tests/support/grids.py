"""Grids of bytes that were read before, remembered: reading is a function of bytes (工作表的记忆).

What lives here: one context manager, for tests that read the same sheets again and again. What must not: sheets.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.ingest import delivery


@contextmanager
def memory_of_grids() -> Iterator[None]:
    """Grids of bytes that were read before are remembered."""
    read = delivery.read_grids
    delivery.read_grids = functools.lru_cache(maxsize=32)(read)  # type: ignore[assignment]
    try:
        yield
    finally:
        delivery.read_grids = read
