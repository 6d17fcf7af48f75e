"""A data root with the shared registry and no quarter yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.settings import CODE_ROOT, Paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The registry of the checkout in a root of its own."""
    shutil.copytree(CODE_ROOT / "data" / "reference", tmp_path / "data" / "reference")
    return Paths(CODE_ROOT, tmp_path / "data")
