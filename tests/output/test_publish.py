"""The output folder is swapped whole, or stays as it was (输出的整体替换)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import output
from pipeline.errors import RunError
from pipeline.output import MANIFEST, publish, recover, sha256, unfinished
from pipeline.settings import CODE_ROOT, Paths

QUARTER = "2021Q3"
FILES = {"bulletin.docx": b"new", "machine/facts.json": b"{}"}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(CODE_ROOT, tmp_path)


def staged(folder: Path, files: dict[str, bytes]) -> Path:
    """A whole folder with its manifest."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    outputs = {name: sha256(data) for name, data in files.items()}
    (folder / MANIFEST).write_text(json.dumps({"outputs": outputs}))
    return folder


def beside(paths: Paths, state: str) -> Path:
    return paths.out(QUARTER).with_name(f".{QUARTER}.{state}")


def published(paths: Paths) -> bytes:
    assert sorted(path.name for path in (paths.data / "out").iterdir()) == [QUARTER]
    return (paths.out(QUARTER) / "bulletin.docx").read_bytes()


def test_publish_replaces_the_whole_folder(paths: Paths) -> None:
    staged(paths.out(QUARTER), {"bulletin.docx": b"old", "gone.txt": b""})
    outputs = publish(paths, QUARTER, FILES, {"quarter": QUARTER})
    assert outputs == {name: sha256(data) for name, data in FILES.items()}
    assert published(paths) == b"new"
    assert not (paths.out(QUARTER) / "gone.txt").exists()
    manifest = json.loads((paths.out(QUARTER) / MANIFEST).read_text())
    assert manifest == {"quarter": QUARTER, "outputs": outputs}


@pytest.mark.parametrize(
    "damage",
    [
        lambda new: (new / "bulletin.docx").unlink(),
        lambda new: (new / "bulletin.docx").write_bytes(b"other"),
        lambda new: (new / "stray").write_bytes(b""),
        lambda new: (new / MANIFEST).unlink(),
        lambda new: (new / MANIFEST).write_bytes(b"[]"),
        lambda new: (new / MANIFEST).write_bytes(b"\xff"),
    ],
    ids=["lost", "changed", "stray", "no-manifest", "other-manifest", "garbled-manifest"],
)
def test_a_staged_folder_that_another_touched_is_not_taken(
    paths: Paths, damage: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(paths.out(QUARTER), {"bulletin.docx": b"old"})
    write = output._write

    def write_then_damage(path: Path, data: bytes) -> None:
        write(path, data)
        if path.name == MANIFEST:
            damage(path.parent)

    monkeypatch.setattr(output, "_write", write_then_damage)
    with pytest.raises(RunError) as raised:
        publish(paths, QUARTER, FILES, {})
    assert raised.value.code == "output_write"
    assert published(paths) == b"old"


@pytest.mark.parametrize("state", ["new", "old"])
@pytest.mark.parametrize("kind", ["folder", "file", "link", "dangling"])
def test_whatever_stands_beside_is_cleared_and_a_link_is_not_followed(
    paths: Paths, tmp_path: Path, state: str, kind: str
) -> None:
    elsewhere = staged(tmp_path / "elsewhere", {"kept": b"kept"})
    staged(paths.out(QUARTER), {"bulletin.docx": b"old"})
    stray = beside(paths, state)
    if kind == "folder":
        staged(stray, {"bulletin.docx": b"stray"})
    elif kind == "file":
        stray.write_bytes(b"")
    else:
        stray.symlink_to(elsewhere if kind == "link" else tmp_path / "nowhere")
    assert unfinished(paths) == [QUARTER]
    recover(paths, QUARTER)
    assert not unfinished(paths)
    assert published(paths) == b"old"
    assert (elsewhere / "kept").read_bytes() == b"kept"


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_a_target_that_is_no_folder_is_replaced(paths: Paths, tmp_path: Path, kind: str) -> None:
    elsewhere = staged(tmp_path / "elsewhere", {"kept": b"kept"})
    (tmp_path / "out").mkdir()
    if kind == "file":
        paths.out(QUARTER).write_bytes(b"")
    else:
        paths.out(QUARTER).symlink_to(elsewhere if kind == "link" else tmp_path / "nowhere")
    publish(paths, QUARTER, FILES, {})
    assert published(paths) == b"new"
    assert not paths.out(QUARTER).is_symlink()
    assert (elsewhere / "kept").read_bytes() == b"kept"


@pytest.mark.parametrize(("whole", "expected"), [(True, b"new"), (False, b"old")])
def test_a_swap_cut_between_its_renames_is_finished_if_the_new_folder_is_whole(
    paths: Paths, whole: bool, expected: bytes
) -> None:
    staged(beside(paths, "old"), {"bulletin.docx": b"old"})
    new = staged(beside(paths, "new"), {"bulletin.docx": b"new", "other": b""})
    if not whole:
        (new / "other").unlink()
    recover(paths, QUARTER)
    assert published(paths) == expected


def test_what_cannot_be_removed_is_a_refusal_with_a_hint(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    staged(paths.out(QUARTER), {"bulletin.docx": b"old"})
    staged(beside(paths, "old"), {"bulletin.docx": b"stray"})

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(output.shutil, "rmtree", refuse)
    with pytest.raises(RunError, match="Permission denied") as raised:
        publish(paths, QUARTER, FILES, {})
    assert "写入权限" in raised.value.hint
    assert (paths.out(QUARTER) / "bulletin.docx").read_bytes() == b"old"


def test_an_output_root_that_is_a_file_is_a_refusal(paths: Paths) -> None:
    (paths.data / "out").write_bytes(b"")
    with pytest.raises(RunError):
        publish(paths, QUARTER, FILES, {})


def test_a_failed_rename_rolls_back(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    staged(paths.out(QUARTER), {"bulletin.docx": b"old"})
    rename = Path.rename

    def fail_for_new(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_new)
    with pytest.raises(RunError, match="No space left"):
        publish(paths, QUARTER, FILES, {})
    assert published(paths) == b"old"
