"""A full disk and a read-only one: a small file system of memory, in a mount namespace of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, Office
from tests.faults.office import QUARTER, TRACES, Good

pytestmark = pytest.mark.slow
_UNSHARE = ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--map-root-user", "--mount")
# $1 the office, $2 the folder of it that is a small disk, $3 room in KiB beside what lies there, or ro; then the program
_SCRIPT = """
set -eu
office=$1 disk=$2 room=$3 python=$4
cd "$office"
mkdir -p "$disk" away
mount -t tmpfs -o size=400m tmpfs away
cp -r "$disk/." away/
if [ "$room" = ro ]; then mount -o remount,ro away
else mount -o remount,size=$(( $(df -k --output=used away | tail -1) + room ))k away
fi
mount --move away "$disk"
cd "$root"
status=0
"$python" -m pipeline.cli run 2021Q3 || status=$?
echo "status $status"
"$python" -m pipeline.cli check 2021Q3 && echo intact
mount -o remount,rw,size=400m "$office/$disk"
"$python" -m pipeline.cli run 2021Q3
"$python" -m pipeline.cli check 2021Q3 && echo same
cp -r "$office/data/out/." "$office/kept/"
"""


def run_on_small_disk(good: Good, office: Office, disk: str, room: str) -> str:
    """Run, check, make room, run and check again; everything that was printed, after the last output was compared."""
    kept = office.folder / "kept"
    kept.mkdir()
    arguments = [str(office.folder), disk, room, sys.executable]
    done = subprocess.run(
        [*_UNSHARE, "sh", "-c", _SCRIPT, "sh", *arguments],
        env=office.env | {"root": str(ROOT)}, capture_output=True, text=True, timeout=600, cwd=ROOT,
    )  # fmt: skip
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    assert [word for word in TRACES if word in printed] == [], printed
    assert "intact\n" in printed and printed.endswith("same\n")
    good.assert_intact(Office(_as_office(kept, office), office.extra))
    return printed


def _as_office(kept: Path, office: Office) -> Path:
    """The folder that was kept, as the output of an office with the same sheets."""
    folder = kept.parent / "compared"
    for part in ("raw", "reference"):
        (folder / "data").mkdir(parents=True, exist_ok=True)
        (folder / "data" / part).symlink_to(office.data / part)
    kept.rename(folder / "data" / "out")
    (folder / "home").mkdir()
    return folder


@pytest.mark.parametrize(
    ("disk", "room", "told"),
    [
        ("data", "100", "季度库 2021Q3.duckdb 无法读写"),
        ("data", "3000", "磁盘空间"),
        ("data/out", "300", "的输出无法写入：No space left on device"),
        ("data/out", "ro", "的输出无法写入：Read-only file system"),
        ("data/work", "0", "findings.csv 无法写入：No space left on device"),
        ("home", "500", "运行记录文件夹"),
    ],
)  # fmt: skip
def test_a_disk_without_room_is_a_refusal_that_says_so(
    good: Good, tmp_path: Path, disk: str, room: str, told: str
) -> None:
    printed = run_on_small_disk(good, good.copy(tmp_path), disk, room)
    assert told in printed and "status 1" in printed, printed
    assert QUARTER in printed
