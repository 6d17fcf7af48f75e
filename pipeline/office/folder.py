"""A folder that appears whole or not at all (整体生成文件夹).

What lives here: writing files aside and moving their folder into place, holding a folder. What must not: what the files
say.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.errors import RunError

_ASIDE = ".new"


def place(target: Path, files: Mapping[str, bytes], check: Callable[[Path], object] | None = None) -> None:
    """Write files to a folder that is not there yet (生成文件夹); ``check`` may refuse them before they are in place.

    Raises ``RunError`` where the folder is there already, or cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(_ASIDE, ".", dir=target.parent) as aside:
            new = Path(aside) / target.name
            new.mkdir()
            for name in sorted(files):
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as stream:
                    stream.write(files[name])
                    stream.flush()
                    os.fsync(stream.fileno())
            if check is not None:
                check(new)
            if target.is_symlink() or target.exists():
                raise RunError(
                    "folder_exists", f"{target} 已经存在。", "已有的内容不会改动；要重做，请先把它移走或者改名。"
                )
            new.rename(target)
    except OSError as error:
        raise RunError(
            "folder_write", f"{target} 无法写入：{error.strerror or error}。", "请检查磁盘空间和写入权限。"
        ) from error


def clear(root: Path) -> None:
    """Remove what writing that was cut off left beside folders, anywhere below ``root`` (清除中断的残留).

    Only for whoever holds ``root``: others may be writing there.
    """
    for left in sorted(root.rglob(f".*{_ASIDE}")):
        with contextlib.suppress(OSError):
            shutil.rmtree(left)


@contextlib.contextmanager
def hold(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """One process at a time holds a folder (占用文件夹). Raises ``OSError`` where it cannot, or must not wait for another."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)
