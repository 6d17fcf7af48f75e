"""What lies about in a raw folder: what is read, what is ignored, what must not be there (来源文件夹).

What lives here: walking the folder, naming every entry that is not read, hashes of evidence. What must not: opening
tables.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.errors import Finding, SourceError, Where
from pipeline.findings import INFO_FILE, finding, is_hidden, visible

EARLIER_FOLDER = "前期"
EVIDENCE_FOLDER = "截图"
BLANKS_FOLDER = "空白表"  # forms to send out: what comes back lies beside it
_EARLIER_SUFFIX = ".facts.json"
_IGNORED = re.compile(r"(~\$.*|\..*|Thumbs\.db|desktop\.ini|README.*)", re.IGNORECASE | re.DOTALL)
_LOCK = re.compile(r"(?:~\$(.+)|\.~lock\.(.+)#|\.~(.+))", re.DOTALL)  # Excel and WPS, LibreOffice, WPS
_KINDS = (
    (stat.S_ISLNK, "链接（快捷方式）"),
    (stat.S_ISFIFO, "命名管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)
_CLOSED = "无权读取的文件夹"


@dataclass(frozen=True)
class Folder:
    """What a raw folder holds (文件夹内容): every entry is in exactly one of files, evidence, earlier, ignored, findings.

    ``F121`` is told besides: about a file that is read, and a lock beside it that is ignored.
    """

    files: tuple[Path, ...]
    ignored: tuple[str, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Path, ...] = ()
    earlier: tuple[Path, ...] = ()


def survey(folder: Path, *, declared: bool = True) -> Folder:
    """Sort out everything below a raw folder, in order of names (清点文件夹). Opens nothing, follows no link.

    Raises ``SourceError`` when there is no folder, or when a quarter that should be declared lacks 季度信息.
    """
    if declared and not (folder / INFO_FILE).is_file():
        raise SourceError(
            "quarter_folder", f"文件夹 {folder.name} 中没有“{INFO_FILE}”。", "请放入该工作簿后再运行，或核对季度编号。"
        )
    if not folder.is_dir():
        raise SourceError("folder_absent", f"没有文件夹 {folder}。", "请核对文件夹的名称。")
    walk = _Walk(folder)
    walk.run()
    return Folder(
        files=tuple(sorted(walk.files)),
        ignored=tuple(sorted(walk.ignored)),
        findings=tuple(sorted(walk.findings)),
        evidence=tuple(sorted(walk.evidence)),
        earlier=tuple(sorted(walk.earlier)),
    )


def evidence(folder: Path) -> dict[str, str]:
    """SHA-256 of every evidence file by its name below the raw folder, such as ``截图/1.png`` (证据文件).

    Raises ``SourceError`` for a file that cannot be read.
    """
    return {path.relative_to(folder).as_posix(): _digest(path) for path in survey(folder, declared=False).evidence}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError("evidence_unreadable", f"无法读取“{path.name}”。", "请核对该文件及其权限。") from error


@dataclass
class _Walk:
    root: Path
    files: list[Path] = field(default_factory=list)
    evidence: list[Path] = field(default_factory=list)
    earlier: list[Path] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def run(self) -> None:
        pending = [self.root]
        while pending:
            here = pending.pop()
            try:
                entries = {path: path.lstat().st_mode for path in here.iterdir()}
            except OSError:
                self._refuse("F122", here, kind=_CLOSED)
                continue
            self.findings.extend(self._open_workbooks(entries))
            pending.extend(path for path, mode in entries.items() if self._enters(path, mode))

    def _enters(self, path: Path, mode: int) -> bool:
        """Put an entry where it belongs; whether it is a folder to walk."""
        if _IGNORED.fullmatch(path.name):
            self.ignored.append(self._name(path) + "/" * stat.S_ISDIR(mode))
        elif any(map(is_hidden, path.name)):
            self._refuse("F123", path)
        elif stat.S_ISREG(mode):
            self._keep(path)
        else:
            kind = next((kind for holds, kind in _KINDS if holds(mode)), "")
            if not kind:
                return True
            self._refuse("F122", path, kind=kind)
        return False

    def _keep(self, path: Path) -> None:
        *above, name = path.relative_to(self.root).parts
        if above[:1] == [EARLIER_FOLDER]:
            if len(above) == 1 and name.endswith(_EARLIER_SUFFIX):
                self.earlier.append(path)
            else:
                self.ignored.append(self._name(path))
        elif above[:1] == [BLANKS_FOLDER]:
            self.ignored.append(self._name(path))
        elif EVIDENCE_FOLDER in above:
            self.evidence.append(path)
        else:
            self.files.append(path)

    def _open_workbooks(self, entries: dict[Path, int]) -> Iterator[Finding]:
        """Workbooks beside which an office program left its lock: one warning each."""
        names = {path.name for path, mode in entries.items() if stat.S_ISREG(mode)}
        locked = {target: name for name, target in _locks(path.name for path in entries) if target in names}
        for target, lock in locked.items():
            where = next(path for path in entries if path.name == target)
            yield finding("F121", Where(self._name(where)), self._name(where), lock=visible(lock))

    def _refuse(self, code: str, path: Path, kind: str = "") -> None:
        self.findings.append(finding(code, Where(self._name(path)), self._name(path), kind=kind))

    def _name(self, path: Path) -> str:
        """The name below the root, fit to be shown."""
        return _shown(path.relative_to(self.root))


def _locks(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of locks, and what they lock."""
    for name in sorted(names):
        lock = _LOCK.fullmatch(name)
        if lock:
            yield name, next(target for target in lock.groups() if target)


def _shown(path: Path | PurePosixPath) -> str:
    return visible(path.as_posix()).replace("\n", "〈U+000A〉").replace("\t", "〈U+0009〉")
