"""Memory of reading the largest workbooks that are accepted, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import unreadable
from pipeline.settings import CODE_ROOT
from tests.hostile.packages import noisy_rows, package, sheet, strings

pytestmark = pytest.mark.slow
_BOUND = 600  # MB of one process that reads one workbook; docs/limits.md says so
_READ = """
import sys
from pathlib import Path
from pipeline.ingest.container import Unreadable, read_grids
try:
    read_grids(Path(sys.argv[1]).read_bytes())
    told = "read"
except Unreadable as error:
    told = error.code
# not getrusage: its peak is that of the process that started this one, where that was larger
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(told, int(peak.split()[1]) // 1024)
"""
_SHARED = b'<c t="s"><v>0</v></c>'


def measured(path: Path) -> tuple[str, int]:
    """What became of a file, and the peak of the process in MB."""
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, cwd=CODE_ROOT, capture_output=True, text=True, timeout=300, check=True)
    told, peak = done.stdout.split()
    return told, int(peak)


@pytest.mark.parametrize(
    ("name", "expected"), [("cells", "read"), ("texts", "read"), ("too many cells", "F116"), ("commas", "read")]
)
def test_reading_stays_within_its_memory(tmp_path: Path, name: str, expected: str) -> None:
    data = {
        "cells": lambda: package(noisy_rows(1_000, 995)),
        "texts": lambda: package(sheet(*[b"<row>" + _SHARED * 15 + b"</row>"] * 100), strings("中" * 32_767)),
        "too many cells": lambda: package(noisy_rows(1_100, 1_000)),
        "commas": lambda: (b"," * 995 + b"\n") * 1_000,
    }[name]()
    path = tmp_path / "book"
    path.write_bytes(data)
    told, peak = measured(path)
    assert (told, peak < _BOUND) == (expected, True), peak
    assert unreadable.MAX_CELLS == 1_000_000
