"""One thinned copy of 2021Q3 for the session, a fresh copy of it for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.grids import memory_of_grids
from tests.support.quarter import Delivered


@pytest.fixture(scope="package", autouse=True)
def grids_are_remembered() -> Iterator[None]:
    """A defect changes one file or two: the others are read once for all tests."""
    with memory_of_grids():
        yield


@pytest.fixture(scope="session")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    """The delivery of 2021Q3 with fewer accounts and messages; tests must not change it."""
    return Delivered.copy(tmp_path_factory.mktemp("thinned")).thin()


@pytest.fixture
def delivered(tmp_path: Path, thinned: Delivered) -> Delivered:
    """A delivery to break: sound, small, and the test's own."""
    return Delivered.copy(tmp_path, data=thinned.root)
