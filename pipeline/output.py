"""The output folder: written aside, swapped whole, described by a manifest (输出).

What lives here: staging, the manifest, the swap and its recovery, comparing a folder with its manifest. What must not:
what the files say.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import RunError
from pipeline.settings import Paths

MANIFEST = "manifest.json"
_BESIDE = re.compile(r"\.(\d{4}Q[1-4])\.(?:new|old)", re.ASCII)
_CODE_FOLDERS = ("pipeline", "sql", "templates")
_CODE_SUFFIXES = {".py", ".sql", ".j2", ".docx"}


def sha256(data: bytes) -> str:
    """SHA-256 of bytes in hexadecimal (校验值)."""
    return hashlib.sha256(data).hexdigest()


def hash_files(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of files by their path relative to a folder, in order (文件校验值)."""
    return {path.relative_to(folder).as_posix(): _digest(path) for path in sorted(files)}


def code_hash(paths: Paths) -> str:
    """One hash over the code that makes the output: pipeline/, sql/, templates/ (代码版本)."""
    files = [path for name in _CODE_FOLDERS for path in (paths.code / name).rglob("*") if path.suffix in _CODE_SUFFIXES]
    return sha256(json.dumps(hash_files(paths.code, files)).encode())


@dataclass(frozen=True)
class Changes:
    """How named files differ from what a manifest says of them (差异), each in order of names."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.changed)


def compare(told: Mapping[str, str], found: Mapping[str, str]) -> Changes:
    """What changed between the SHA-256 that a manifest tells and those that are found (比对校验值).

    >>> compare({"a": "1", "b": "2"}, {"b": "3", "c": "4"})
    Changes(missing=('a',), extra=('c',), changed=('b',))
    """
    both = told.keys() & found.keys()
    return Changes(
        missing=tuple(sorted(told.keys() - found.keys())),
        extra=tuple(sorted(found.keys() - told.keys())),
        changed=tuple(sorted(name for name in both if told[name] != found[name])),
    )


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of an output folder (读取清单). Raises ``RunError`` when it cannot be read as one."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if all(isinstance(digest, str) for digest in told["outputs"].values()):
            return dict(told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise RunError(
        "output_manifest",
        f"{folder} 中没有可读取的清单 {MANIFEST}，无法核对。",
        "请重新运行该季度；已经印发的，请从备份恢复该文件夹。",
    )


def contents(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of an output folder besides its manifest (输出文件); of what is no plain file, its kind."""
    paths = (path for path in sorted(folder.rglob("*")) if path != folder / MANIFEST)
    return {
        path.relative_to(folder).as_posix(): _digest(path) if stat.S_ISREG(mode) else f"mode {stat.S_IFMT(mode):o}"
        for path in paths
        if not stat.S_ISDIR(mode := path.lstat().st_mode)
    }


def publish(paths: Paths, quarter: str, files: Mapping[str, bytes], origin: Mapping[str, object]) -> dict[str, str]:
    """Write a quarter's files aside and swap the folder whole (输出并整体替换).

    ``origin`` is what the manifest says besides the outputs. Returns SHA-256 by file. Only for the run that holds the
    quarter. Raises ``RunError`` when the folder cannot be written or is not what was written; the last good output
    then stays as it was.
    """
    recover(paths, quarter)
    new, old = _beside(paths, quarter, "new"), _beside(paths, quarter, "old")
    outputs = {name: sha256(files[name]) for name in sorted(files)}
    manifest = json.dumps({**origin, "outputs": outputs}, ensure_ascii=False, indent=2) + "\n"
    try:
        for name in sorted(files):
            _write(new / name, files[name])
        _write(new / MANIFEST, manifest.encode())
        if not _is_whole(new):
            raise RunError(
                "output_write",
                f"{quarter} 的输出在写入过程中被改动，没有采用。",
                "请确认没有其他程序改动输出文件夹，再重新运行。",
            )
        _swap(paths, quarter)
    except (OSError, RunError) as error:
        if not _stands(old):  # else the swap could not be rolled back: both folders are kept for ``recover``
            with contextlib.suppress(OSError):
                _remove(new)
        if isinstance(error, RunError):
            raise
        raise _unwritable(paths, quarter, error) from error
    return outputs


def write_work(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write lists for people into `data/work/<quarter>`, each whole or not at all (写工作文件). Raises ``RunError``."""
    for name, data in files.items():
        aside = folder / f".{name}.new"
        try:
            _write(aside, data)
            aside.replace(folder / name)
        except OSError as error:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise RunError(
                "work_write",
                f"{folder / name} 无法写入：{error.strerror or error}。",
                f"请检查磁盘空间、{folder} 的写入权限，并关闭已打开的 {name}，再重新运行。",
            ) from error


def unfinished(paths: Paths) -> list[str]:
    """The quarters whose output a run writes now, or was cut off while it did (未完成的输出)."""
    folder = paths.data / "out"
    found = folder.iterdir() if folder.is_dir() else []
    return sorted({match[1] for path in found if (match := _BESIDE.fullmatch(path.name))})


def recover(paths: Paths, quarter: str) -> None:
    """Finish or roll back a swap that was cut off (恢复中断的替换).

    Only for whoever holds the quarter: another run may be writing the same folders. Raises ``RunError`` when something
    stands in the way that cannot be removed.
    """
    new, old, target = _beside(paths, quarter, "new"), _beside(paths, quarter, "old"), paths.out(quarter)
    try:
        if not target.is_dir() and old.is_dir():
            _remove(target)
            (new if _is_whole(new) else old).rename(target)  # cut between the two renames: the new folder is complete
        for rest in (new, old):
            _remove(rest)
    except OSError as error:
        raise _unwritable(paths, quarter, error) from error


def _swap(paths: Paths, quarter: str) -> None:
    new, old, target = _beside(paths, quarter, "new"), _beside(paths, quarter, "old"), paths.out(quarter)
    if _stands(target):
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if _stands(old):
            old.rename(target)
        raise
    with contextlib.suppress(OSError):
        _remove(old)


def _is_whole(folder: Path) -> bool:
    """Whether a folder holds exactly the files of its own manifest, each with its SHA-256."""
    try:
        return contents(folder) == read_manifest(folder)["outputs"]
    except (OSError, RunError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stands(path: Path) -> bool:
    """Whether anything has this name, a dangling link too."""
    return path.is_symlink() or path.exists()


def _remove(path: Path) -> None:
    """Remove a folder; of a link the link alone, a plain file as well; nothing there is no error."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _unwritable(paths: Paths, quarter: str, error: OSError) -> RunError:
    folder, strerror = paths.out(quarter).parent, error.strerror or str(error)
    return RunError(
        "output_write",
        f"{quarter} 的输出无法写入：{strerror}。",
        f"请检查磁盘空间、{folder} 的写入权限，并关闭已打开的输出文件，再重新运行。",
    )


def _beside(paths: Paths, quarter: str, state: str) -> Path:
    return paths.out(quarter).with_name(f".{quarter}.{state}")


def _write(path: Path, data: bytes) -> None:
    """Write and sync one file; its mode is the same under any umask."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
