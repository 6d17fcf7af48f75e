"""An office of its own for every test: a data root and a Dagster instance in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass
class Office:
    """A data root, a Dagster home, and the commands run against them."""

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def raw(self, quarter: str) -> Path:
        return self.data / "raw" / quarter

    def out(self, quarter: str) -> Path:
        return self.data / "out" / quarter

    @property
    def env(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DAGSTER", "BULLETIN"))}
        own = {"BULLETIN_DATA": str(self.data), "DAGSTER_HOME": str(self.folder / "home")}
        return inherited | own | self.extra

    def start(self, *command: str, **options: object) -> subprocess.Popen[str]:
        """Start a command of the environment's bin folder in the checkout."""
        return subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options,  # type: ignore[call-overload]
        )  # fmt: skip

    def run(self, *command: str, **options: object) -> tuple[int, str]:
        """Run a command to its end: exit status and everything it printed."""
        process = self.start(*command, **options)
        printed, _ = process.communicate(timeout=240)
        return process.returncode, printed


def make_office(folder: Path, *quarters: str) -> Office:
    """Copy the registry and the raw sheets of some quarters into a new office."""
    shutil.copytree(ROOT / "data" / "reference", folder / "data" / "reference")
    for quarter in quarters:
        shutil.copytree(ROOT / "data" / "raw" / quarter, folder / "data" / "raw" / quarter)
    (folder / "home").mkdir()
    shutil.copy(ROOT / "deploy" / "local" / "dagster.yaml", folder / "home")
    return Office(folder)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, "2021Q2", "2021Q3")
