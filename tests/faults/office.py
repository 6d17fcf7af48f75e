"""An office whose last run went well, and what must hold of it whatever happened (最近一次正常输出).

What lives here: making it once, copying it, asking whether its output is the last good one. What must not: faults.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.cli.check import examine
from pipeline.flow import finish_outputs
from pipeline.settings import Paths
from tests.e2e.conftest import ROOT, Office, make_office
from tests.e2e.hashes import hashes

QUARTER = "2021Q3"
TRACES = ("Traceback", "程序内部错误", "dagster.")


@dataclass(frozen=True)
class Good:
    """An office after an undisturbed run, and the hashes of what that run made."""

    office: Office
    made: dict[str, str]

    def copy(self, folder: Path, *, warehouse: bool = False) -> Office:
        """A copy of the office with its output, in a folder that may exist; with the warehouse only where asked."""
        left = () if warehouse else ("warehouse",)
        shutil.copytree(self.office.data, folder / "data", ignore=shutil.ignore_patterns(*left), dirs_exist_ok=True)
        (folder / "home").mkdir(exist_ok=True)
        shutil.copy(ROOT / "deploy" / "local" / "dagster.yaml", folder / "home")
        return Office(folder)

    def assert_intact(self, office: Office) -> None:
        """The output is the last good one, as `bulletin check` sees it, and nothing lies beside it."""
        paths = Paths(ROOT, office.data)
        finish_outputs(paths)
        standing = examine(paths, QUARTER)
        assert (standing.whole, standing.current) == (True, True), standing
        assert sorted(path.name for path in office.out("").iterdir() if path.name != ".gitkeep") == [QUARTER]
        assert hashes(office.out(QUARTER)) == self.made

    def assert_refused(self, office: Office, *words: str) -> None:
        """A run ends in a refusal in Chinese that names what happened; the output stays."""
        status, printed = office.run("bulletin", "run", QUARTER)
        assert status == 1, printed
        assert [word for word in TRACES if word in printed] == []
        assert [word for word in ("处理办法", *words) if word not in printed] == [], printed
        assert hashes(office.out(QUARTER)) == self.made

    def assert_next_run_is_the_same(self, office: Office) -> None:
        """A run without a disturbance makes the same bytes."""
        status, printed = office.run("bulletin", "run", QUARTER)
        assert status == 0, printed
        self.assert_intact(office)


def make_good(folder: Path) -> Good:
    """Run the quarter once, undisturbed."""
    office = make_office(folder, QUARTER)
    status, printed = office.run("bulletin", "run", QUARTER)
    assert status == 0, printed
    return Good(office, hashes(office.out(QUARTER)))
