"""The output folder: written aside, swapped whole, described by a manifest (输出).

What lives here: staging, the manifest, the swap and its recovery. What must not: what the files say.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import RunError
from pipeline.settings import Paths

MANIFEST = "manifest.json"
_CODE_FOLDERS = ("pipeline", "sql", "templates")
_CODE_SUFFIXES = {".py", ".sql", ".j2", ".docx"}


def sha256(data: bytes) -> str:
    """SHA-256 of bytes in hexadecimal (校验值)."""
    return hashlib.sha256(data).hexdigest()


def hash_files(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of files by their path relative to a folder, in order (文件校验值)."""
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in sorted(files)}


def code_hash(paths: Paths) -> str:
    """One hash over the code that makes the output: pipeline/, sql/, templates/ (代码版本)."""
    files = [path for name in _CODE_FOLDERS for path in (paths.code / name).rglob("*") if path.suffix in _CODE_SUFFIXES]
    return sha256(json.dumps(hash_files(paths.code, files)).encode())


def publish(paths: Paths, quarter: str, files: Mapping[str, bytes], origin: Mapping[str, object]) -> dict[str, str]:
    """Write a quarter's files aside and swap the folder whole (输出并整体替换).

    ``origin`` is what the manifest says besides the outputs. Returns SHA-256 by file. Raises ``RunError`` when the
    folder cannot be written; the last good output then stays as it was.
    """
    recover(paths, quarter)
    new, target = _beside(paths, quarter, "new"), paths.out(quarter)
    outputs = {name: sha256(files[name]) for name in sorted(files)}
    manifest = json.dumps({**origin, "outputs": outputs}, ensure_ascii=False, indent=2) + "\n"
    try:
        for name in sorted(files):
            _write(new / name, files[name])
        _write(new / MANIFEST, manifest.encode())
        _swap(paths, quarter)
    except OSError as error:
        if target.exists():
            shutil.rmtree(new, ignore_errors=True)
        raise RunError(
            "output_write",
            f"输出文件夹 {target.name} 无法写入：{error.strerror}。",
            "请检查磁盘空间、写入权限，并关闭已打开的输出文件；上一次输出保持不变。",
        ) from error
    return outputs


def recover(paths: Paths, quarter: str) -> None:
    """Finish or roll back a swap that was cut off (恢复中断的替换)."""
    new, old, target = _beside(paths, quarter, "new"), _beside(paths, quarter, "old"), paths.out(quarter)
    if not target.exists() and (new / MANIFEST).exists() and old.exists():
        new.rename(target)  # cut between the two renames: the new folder was complete
    elif not target.exists() and old.exists():
        old.rename(target)
    for rest in (new, old):
        if rest.exists():
            shutil.rmtree(rest)


def _swap(paths: Paths, quarter: str) -> None:
    new, old, target = _beside(paths, quarter, "new"), _beside(paths, quarter, "old"), paths.out(quarter)
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(paths: Paths, quarter: str, state: str) -> Path:
    return paths.out(quarter).with_name(f".{quarter}.{state}")


def _write(path: Path, data: bytes) -> None:
    """Write and sync one file; its mode is the same under any umask."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
