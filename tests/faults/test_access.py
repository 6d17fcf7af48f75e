"""No permission, as an unprivileged user finds it: refused in Chinese, and the last good output stays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import BIN, ROOT, Office
from tests.e2e.hashes import hashes
from tests.faults.office import QUARTER, TRACES, Good

pytestmark = pytest.mark.slow
_NOBODY = 65534


@dataclass
class Unprivileged(Office):
    """An office whose commands run as a user that owns it and may do nothing else; tests run as root or as that user."""

    def start(self, *command: str, **options: object) -> subprocess.Popen[str]:
        """Start a command without the rights of root; setpriv also reaches an interpreter below root's home."""
        if os.getuid() != 0:
            return super().start(*command, **options)
        drop = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", str(BIN / command[0])]
        return subprocess.Popen(
            [*drop, *command[1:]],
            cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options,  # type: ignore[call-overload]
        )  # fmt: skip


@pytest.fixture
def office(good: Good) -> Iterator[Unprivileged]:
    """A copy in a folder that the user can reach: those of pytest are root's alone."""
    folder = Path("/var/tmp") / f"bulletin-access-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        made = good.copy(folder)
        if os.getuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, _NOBODY, _NOBODY)
        yield Unprivileged(made.folder, {"HOME": str(made.folder)})
    finally:
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("place", "mode", "told"),
    [
        ("data/out", 0o555, "的输出无法写入：Permission denied"),
        ("data/work", 0o555, "findings.csv 无法写入：Permission denied"),
        ("data/warehouse", 0o555, "季度库 2021Q3.duckdb 无法读写"),
        ("data/raw/2021Q3", 0o000, "2021Q3/季度信息.xlsx”无法读写：Permission denied"),
        ("data/raw/2021Q3/“我为政府网站找错”留言台账.csv", 0o000, "无法读取的文件（Permission denied）"),
        ("data/raw/2021Q3/前期/2021Q2.facts.json", 0o000, "2021Q2.facts.json"),
        ("data/reference/units.toml", 0o000, "units.toml 无法读取"),
        ("home", 0o555, "运行记录文件夹"),
    ],
)
def test_what_may_not_be_read_or_written_is_a_refusal(
    good: Good, office: Unprivileged, place: str, mode: int, told: str
) -> None:
    closed = office.folder / place
    if closed.name in ("work", "warehouse"):
        shutil.rmtree(closed, ignore_errors=True)
        closed.mkdir()
        if os.getuid() == 0:
            os.chown(closed, _NOBODY, _NOBODY)
    before = closed.stat().st_mode
    closed.chmod(mode)
    good.assert_refused(office, told)
    closed.chmod(before)
    good.assert_intact(office)


def test_outputs_that_may_not_be_listed_are_no_fault(office: Unprivileged) -> None:
    out = office.data / "out"
    before = hashes(out)
    out.chmod(0o000)
    for command in ("run", "check"):
        status, printed = office.run("bulletin", command, QUARTER)
        assert status == 1 and "无法读写：Permission denied" in printed
        assert [word for word in TRACES if word in printed] == []
    out.chmod(0o755)
    assert hashes(out) == before
