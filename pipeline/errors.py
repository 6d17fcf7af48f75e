"""Errors and findings: what is wrong, where, and what to do (错误与检查发现).

What lives here: the error tree (one failure stops a command) and ``Finding`` (what is wrong with the data,
collected in one pass, never raised one at a time). The catalogue of finding codes is ``pipeline/findings.py``.
What must not: reading, checking, printing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BulletinError(Exception):
    """Base of every expected failure: a code, a message in Chinese, and what to do (错误)."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint and ' '}{self.hint}（{self.code}）"


class SourceError(BulletinError):
    """The raw folder or a command's argument is not usable (来源错误)."""


class RegistryError(BulletinError):
    """Reference data contradict each other or their own form (登记数据错误)."""


class ContractError(BulletinError):
    """A table breaks its own contract: a fault of the program, not of the clerk (数据契约错误)."""


class ReconciliationError(BulletinError):
    """polars and SQL disagree about a figure (核对错误)."""


class TemplateError(BulletinError):
    """The wording cannot be rendered (模板错误)."""


class DocumentError(BulletinError):
    """A document cannot be written, read or rendered (文档错误)."""


class DispatchError(BulletinError):
    """A text cannot be signed, issued or sent (印发错误)."""


class RunError(BulletinError):
    """A run cannot start or finish: busy quarter, failed checks, a full disk (运行错误)."""


def access_refused(error: OSError) -> RunError:
    """What the system says of a file or folder that cannot be read or written, as an expected failure (无法读写)."""
    what = f"“{error.filename}”" if error.filename else "文件"
    hint = "请检查该处的读写权限和磁盘空间，关闭正在使用它的程序，再试一次。"
    return RunError("file_access", f"{what}无法读写：{error.strerror or error}。", hint)


class Severity(StrEnum):
    """Weight of a finding: an error blocks the quarter, a warning is printed (级别)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Where:
    """A place in what was delivered (位置): file, sheet, cell; any of them may be empty."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return "!".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong with the data (检查发现): one cause is one finding with its count of places."""

    where: Where
    code: str
    value: str
    message: str
    severity: Severity = Severity.ERROR
    count: int = 1
