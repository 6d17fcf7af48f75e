"""The same delivery saved by another office program: the same rows, nothing to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.proof import convert
from tests.support.quarter import Delivered

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_delivery_in_another_format_is_the_same_delivery(
    tmp_path: Path, delivered: Delivered, thinned: Delivered, suffix: str
) -> None:
    """季度信息 keeps its name: what a file holds is told by its content."""
    _, plain = thinned.outcome()
    books = {path.name: path for path in delivered.folder.glob("*.xlsx")}
    made = convert({name: path.read_bytes() for name, path in books.items()}, suffix, tmp_path / "saved")
    for path, data in zip(books.values(), made, strict=True):
        path.write_bytes(data)
    findings, rows = delivered.outcome()
    assert findings == []
    assert [key for key, frame in rows.items() if not frame.equals(plain[key])] == []
