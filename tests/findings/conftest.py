"""A fresh copy of 2021Q3 for every test (1.4 MB)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.quarter import Delivered


@pytest.fixture
def delivered(tmp_path: Path) -> Delivered:
    """The delivery of 2021Q3, whole."""
    return Delivered.copy(tmp_path)
