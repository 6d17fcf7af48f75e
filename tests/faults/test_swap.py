"""The swap of folders: killed before every single file operation, or refused by the system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import RunError
from pipeline.output import contents, publish, read_manifest, recover, unfinished
from pipeline.settings import CODE_ROOT, Paths
from tests.faults.kills import kill_in_swap

QUARTER = "2021Q3"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """An office whose last good notice says ``old``."""
    paths = Paths(CODE_ROOT, tmp_path)
    publish(paths, QUARTER, {"bulletin.docx": b"old", "machine/facts.json": b"{}", "gone.txt": b""}, {})
    return paths


def standing(paths: Paths) -> bytes:
    """The notice of an output that is whole."""
    out = paths.out(QUARTER)
    assert contents(out) == read_manifest(out)["outputs"]
    assert not unfinished(paths)
    return (out / "bulletin.docx").read_bytes()


def test_a_swap_killed_before_any_operation_leaves_the_old_or_the_new(paths: Paths) -> None:
    left = []
    operation = 1
    while kill_in_swap(paths.data, operation, "new"):
        recover(paths, QUARTER)
        left.append(standing(paths))
        publish(paths, QUARTER, {"bulletin.docx": b"old", "machine/facts.json": b"{}", "gone.txt": b""}, {})
        operation += 1
    assert standing(paths) == b"new"
    assert len(left) >= 15 and left == sorted(left, reverse=True)  # first the old one, from some instant on the new one
    assert {b"old", b"new"} == set(left)


@pytest.mark.parametrize("first", [9, 12, 13, 14])
def test_a_recovery_killed_before_any_operation_is_finished_by_the_next(paths: Paths, first: int) -> None:
    operation = 1
    assert kill_in_swap(paths.data, first, "new")
    while kill_in_swap(paths.data, operation, "recover"):
        recover(paths, QUARTER)
        assert standing(paths) in (b"old", b"new")
        publish(paths, QUARTER, {"bulletin.docx": b"old", "machine/facts.json": b"{}", "gone.txt": b""}, {})
        kill_in_swap(paths.data, first, "new")
        operation += 1
    assert operation > 1
    standing(paths)


@pytest.mark.parametrize("refused", [(1,), (2,), (2, 3)])
def test_a_rename_that_is_refused_keeps_the_last_good_output(
    paths: Paths, refused: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file of the folder is open in Word: the first, the second, or the way back is refused."""
    rename, calls = os.rename, 0

    def refuse(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls in refused:
            raise PermissionError(13, "Permission denied", str(source))
        rename(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(RunError, match="无法写入") as raised:
            publish(paths, QUARTER, {"bulletin.docx": b"new"}, {})
    assert "关闭已打开的输出文件" in raised.value.hint
    recover(paths, QUARTER)
    assert standing(paths) == (b"new" if 3 in refused else b"old")  # cut off between two whole folders: finished
    publish(paths, QUARTER, {"bulletin.docx": b"next"}, {})
    assert standing(paths) == b"next"
