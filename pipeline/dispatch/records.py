"""What is kept of a signature and of an issue (签发、印发的记录).

What lives here: frozen types, their JSON, and where they lie. A record names the SHA-256 of every file beside it; nothing in
it depends on the clock or the machine. What must not: making them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.errors import DispatchError
from pipeline.output import MANIFEST, sha256
from pipeline.review.ledger.book import Ledger
from pipeline.settings import Paths

SIGNATURE, ISSUE = "signature.json", "issued.json"
SIGNED, TEXT, FACTS, LEDGER = "signed.docx", "notice.json", "machine/facts.json", "machine/figures.json"
FROZEN = (SIGNED, TEXT, FACTS, LEDGER, MANIFEST)
_SIGNED_FOLDER = "signed"
T = TypeVar("T")


@dataclass(frozen=True)
class Approval:
    """Who approved the text (批准): by role, never by name; ``on`` is an ISO day, ``consent`` the reference of the consent."""

    role: str
    on: str
    consent: str


@dataclass(frozen=True)
class Deviation:
    """What the approved text says otherwise than the run (接受的改动), and why.

    ``figure`` is the id of a figure or list; of a number that is none, the number itself. ``name`` is what people call it.
    """

    figure: str
    name: str
    was: str
    now: str
    reason: str

    @property
    def of(self) -> str:
        """The figure that it is of (所属数字): a list belongs to the figure that counts it."""
        return self.figure.removesuffix(".names").removesuffix(".count")


@dataclass(frozen=True)
class Signature:
    """The text that was approved (签发): ``figures`` is what it prints by the id of the figure."""

    quarter: str
    number: int
    approvals: tuple[Approval, ...]
    accepted: tuple[Deviation, ...]
    figures: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Package:
    """What one recipient gets (材料包): the zip, and the files in it, with SHA-256."""

    number: int
    key: str
    name: str
    category: str
    zip: str
    sha256: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Corrected:
    """The issue that another one corrects (所更正的文件); ``record`` is the SHA-256 of its `issued.json`."""

    issue: int
    document_number: str
    date: str
    record: str


@dataclass(frozen=True)
class Issue:
    """A document as issued (印发件). ``files`` holds the SHA-256 of everything frozen with it, by path."""

    quarter: str
    number: int
    document_number: str
    date: str
    title: str
    document: str  # the path of the notice
    profile: str
    copied_to: tuple[str, ...]
    corrects: Corrected | None
    signature: int
    approvals: tuple[Approval, ...]
    accepted: tuple[Deviation, ...]
    figures: Mapping[str, str]
    facts: str
    ledger: str  # SHA-256 of the ledger of figures
    code: str
    packages: tuple[Package, ...]
    files: Mapping[str, str]

    def package(self, key: str) -> Package:
        """The package of a recipient (材料包). Raises ``KeyError``."""
        return {package.key: package for package in self.packages}[key]


_NOTICE = TypeAdapter(Notice)


def to_json(record: Signature | Issue) -> bytes:
    """A record as JSON, the same bytes for the same record (记录文件)."""
    return TypeAdapter(type(record)).dump_json(record, indent=2) + b"\n"


def notice_json(notice: Notice) -> bytes:
    """The blocks of a text as JSON (文字的要素)."""
    return _NOTICE.dump_json(notice, indent=2) + b"\n"


def _numbered(folder: Path, record: str) -> Iterator[int]:
    found = folder.iterdir() if folder.is_dir() else ()
    yield from sorted(int(path.name) for path in found if path.name.isdecimal() and (path / record).is_file())


def signature_folder(paths: Paths, quarter: str, number: int) -> Path:
    """The folder of a signature (签发稿文件夹)."""
    return paths.issued(quarter) / _SIGNED_FOLDER / str(number)


def issue_folder(paths: Paths, quarter: str, number: int) -> Path:
    """The folder of an issue (印发件文件夹)."""
    return paths.issued(quarter) / str(number)


def signatures(paths: Paths, quarter: str) -> list[int]:
    """Numbers of all signatures of a quarter, in order (历次签发)."""
    return list(_numbered(paths.issued(quarter) / _SIGNED_FOLDER, SIGNATURE))


def issues(paths: Paths, quarter: str) -> list[int]:
    """Numbers of all issues of a quarter, in order (历次印发)."""
    return list(_numbered(paths.issued(quarter), ISSUE))


def read_signature(paths: Paths, quarter: str, number: int) -> Signature:
    """A signature (签发记录). Raises ``DispatchError`` for a damaged one."""
    return _read(signature_folder(paths, quarter, number) / SIGNATURE, Signature)


def read_issue(paths: Paths, quarter: str, number: int | None = None) -> Issue:
    """An issue, the last one unless a number is given (印发记录). Raises ``DispatchError``."""
    known = issues(paths, quarter)
    if not known or (number or known[-1]) not in known:
        what = f"没有第 {number} 次印发" if known else "还没有印发"
        raise DispatchError("not_issued", f"{quarter} {what}。", f"印发使用 bulletin issue {quarter}。")
    return _read(issue_folder(paths, quarter, number or known[-1]) / ISSUE, Issue)


def read_notice(folder: Path) -> Notice:
    """The approved text as blocks (签发的文字). Raises ``DispatchError`` for a damaged file."""
    return _read(folder / TEXT, Notice)


def read_facts(folder: Path) -> BulletinFacts:
    """The facts frozen with a text (冻结的通报数据). Raises ``DispatchError`` for a damaged file."""
    return _read(folder / FACTS, BulletinFacts)


def figure_names(folder: Path) -> dict[str, str]:
    """What people call the figures of a text, by the ledger frozen with it (数字名称). Raises ``DispatchError``."""
    return {key: figure.name for key, figure in _read(folder / LEDGER, Ledger).figures.items()}


def _read(path: Path, kind: type[T]) -> T:
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise DispatchError("record", f"{path} 无法读取或者已经损坏。", "请从备份恢复该文件夹。") from error


def reprinted(text: str, was: str, now: str) -> str:
    """What stands for a printed figure (现印文字) where ``was``, with words around it, became ``now``.

    >>> reprinted("125.3", "125.3分", "约125.4分"), reprinted("37", "125.3分", "125.4分")
    ('约125.4', '37')
    """
    before, same, after = was.partition(text)
    return now.removeprefix(before).removesuffix(after) if same else text


def changed_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Files that are not what a record says, each as a line in Chinese (被改动的文件)."""
    return [problem for name, digest in files.items() if (problem := _changed(folder / name, name, digest))]


def _changed(path: Path, name: str, digest: str) -> str:
    try:
        return "" if sha256(path.read_bytes()) == digest else f"{name} 与记录的校验值不符"
    except OSError as error:
        return f"{name} 无法读取：{error.strerror or error}"


def problems(error: DispatchError, found: Sequence[str]) -> None:
    """Refuse with all problems at once, if there are any (一次列出全部问题): raises ``error``, the problems told in it."""
    if found:
        told = [f"{error.message}（共 {len(found)} 项）：", *(f"　{text}" for text in found)]
        raise type(error)(error.code, "\n".join(told), error.hint)


def sync_folder(folder: Path) -> None:
    """What appeared in a folder stays there, whatever happens to the machine (落盘)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def manifest_outputs(manifest: bytes) -> dict[str, Any]:
    """The outputs that a manifest names, with SHA-256 (清单所列的输出)."""
    outputs: dict[str, Any] = TypeAdapter(dict[str, Any]).validate_json(manifest)["outputs"]
    return outputs
