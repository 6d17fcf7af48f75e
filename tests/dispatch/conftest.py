"""A produced quarter for every test, and one that is issued already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import CODE_ROOT, Paths
from tests.dispatch.desk import Desk


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """What is written is not synced: hundreds of files a test, and no test pulls the plug of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def produced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root whose quarter was produced, to be copied."""
    return Desk.lay(tmp_path_factory.mktemp("produced") / "data").paths.data


@pytest.fixture(scope="session")
def sent_out(produced: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root whose quarter was signed and issued, to be copied."""
    root = tmp_path_factory.mktemp("issued") / "data"
    shutil.copytree(produced, root)
    desk = Desk(Paths(CODE_ROOT, root))
    desk.sign()
    desk.issue()
    return root


@pytest.fixture
def desk(produced: Path, tmp_path: Path) -> Desk:
    return copied(produced, tmp_path)


@pytest.fixture
def issued(sent_out: Path, tmp_path: Path) -> Desk:
    return copied(sent_out, tmp_path)


def copied(root: Path, tmp_path: Path) -> Desk:
    """A data root of its own; frozen files are shared, so that a test which alters one puts another in its place."""

    def copy(source: str, target: str) -> None:
        (os.link if f"{os.sep}issued{os.sep}" in source else shutil.copy2)(source, target)

    shutil.copytree(root, tmp_path / "data", copy_function=copy)
    return Desk(Paths(CODE_ROOT, tmp_path / "data"))
