"""The sample sheets of the checkout are those that the figures give, byte for byte, and verify (样例)."""

from __future__ import annotations

from pathlib import Path

from pipeline.settings import CODE_ROOT
from samples.reconstruct import QUARTERS, reconstruct


def test_the_sheets_rebuilt_are_those_of_the_checkout(tmp_path: Path) -> None:
    reconstruct(tmp_path)
    for quarter in QUARTERS:
        rebuilt = {path.name: path.read_bytes() for path in (tmp_path / quarter).iterdir()}
        committed = CODE_ROOT / "data" / "raw" / quarter
        assert rebuilt == {path.name: path.read_bytes() for path in committed.iterdir() if path.is_file()}
