"""The registry of 2021Q3, read once."""

from __future__ import annotations

import pytest

from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.settings import CODE_ROOT


@pytest.fixture(scope="session")
def roster() -> Roster:
    """The registry as it holds in 2021Q3."""
    return load_registry(CODE_ROOT / "data" / "reference").at(Quarter.parse("2021Q3"))
