"""Killed at any instant, with a server that misbehaves: nobody gets it twice unless a person decides so (中断与重发)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import CODE_ROOT, Paths
from tests.dispatch.desk import Desk
from tests.dispatch.kills import by_folder, by_mail
from tests.dispatch.sender import Sender

pytestmark = pytest.mark.slow

KILLS = 20


@pytest.fixture
def sender() -> Iterator[Sender]:
    process = Sender()
    yield process
    process.close()


@pytest.fixture
def own(sent_out: Path, tmp_path: Path) -> Desk:
    shutil.copytree(sent_out, tmp_path / "data")
    return Desk(Paths(CODE_ROOT, tmp_path / "data"))


def test_mail_with_faults_and_kills(own: Desk, sender: Sender, tmp_path: Path) -> None:
    outcome = by_mail(own, sender, KILLS, tmp_path)
    assert outcome.recipients >= 75
    assert outcome.interrupted > KILLS // 2 and outcome.uncertain > 0


def test_folder_and_kills(own: Desk, sender: Sender) -> None:
    assert by_folder(own, sender, KILLS).interrupted > KILLS // 2
