"""Fixtures of the document layer (排版测试夹具)."""

from __future__ import annotations

import pytest

from pipeline.document.base import build_template


@pytest.fixture(scope="session")
def template() -> bytes:
    """The base document, built now."""
    return build_template()
