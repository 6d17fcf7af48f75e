"""Settings: where code and data lie, and the clock (设置).

What lives here: the only reader of the environment and of the clock. What must not: defaults of any rule.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import RunError

_MAIL = ("HOST", "PORT", "FROM", "USER", "PASSWORD", "TLS", "CA", "LIMIT_MB")
CODE_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Paths:
    """Folders of an installation (目录): ``code`` holds sql/ and templates/, ``data`` is the office's data root."""

    code: Path
    data: Path

    @property
    def sql(self) -> Path:
        return self.code / "sql"

    @property
    def templates(self) -> Path:
        return self.code / "templates"

    @property
    def reference(self) -> Path:
        return self.data / "reference"

    def raw(self, quarter: str) -> Path:
        """What was delivered for a quarter (原始表)."""
        return self.data / "raw" / quarter

    def out(self, quarter: str) -> Path:
        """What follows from the inputs and the code (输出)."""
        return self.data / "out" / quarter

    def issued(self, quarter: str) -> Path:
        """What was signed and sent, a numbered folder each time (印发件)."""
        return self.data / "issued" / quarter

    def work(self, quarter: str) -> Path:
        """What depends on earlier runs or on the machine (工作目录)."""
        return self.data / "work" / quarter

    def warehouse(self, quarter: str) -> Path:
        """The quarter's DuckDB file, a cache (季度库)."""
        return self.data / "warehouse" / f"{quarter}.duckdb"


def load_paths() -> Paths:
    """Read the folders from the environment: ``BULLETIN_DATA`` names another office's data root (数据根目录)."""
    data = os.environ.get("BULLETIN_DATA")
    return Paths(code=CODE_ROOT, data=Path(data).resolve() if data else CODE_ROOT / "data")


@dataclass(frozen=True)
class Mail:
    """How packages go out by e-mail, where an office wants that (邮件设置). The password is in no text of this object."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False  # else STARTTLS; never without TLS
    authorities: str = ""  # a file of certificates to trust; empty: those of the system
    limit: int = 20 << 20  # bytes of a message
    timeout_seconds: int = 60
    pause_seconds: int = 5  # before the second try, twice that before the third


def load_mail() -> Mail | None:
    """Read the e-mail settings from the environment, ``BULLETIN_SMTP_…``; nothing set, no e-mail (邮件设置).

    Raises ``RunError`` for a port or limit that is no number, and where a password is given without a user.
    """
    given = {key: os.environ.get(f"BULLETIN_SMTP_{key}", "") for key in _MAIL}
    if not given["HOST"]:
        return None
    numbers = {key: given[key] or preset for key, preset in (("PORT", "587"), ("LIMIT_MB", "20"))}
    if not all(text.isascii() and text.isdecimal() and 0 < int(text) < 65536 for text in numbers.values()):
        raise RunError(
            "smtp_settings", "BULLETIN_SMTP_PORT 或 BULLETIN_SMTP_LIMIT_MB 不是可用的数。", "请由维护人员改正环境变量。"
        )
    if bool(given["USER"]) is not bool(given["PASSWORD"]):
        raise RunError("smtp_settings", "邮件的用户名和口令须同时设置。", "请由维护人员改正环境变量。")
    return Mail(
        host=given["HOST"],
        port=int(numbers["PORT"]),
        sender=given["FROM"],
        user=given["USER"],
        password=given["PASSWORD"],
        implicit_tls=given["TLS"] == "implicit",
        authorities=given["CA"],
        limit=int(numbers["LIMIT_MB"]) << 20,
    )


def dagster_home() -> Path:
    """The Dagster instance folder: ``DAGSTER_HOME``, else ``deploy/local`` of this checkout; sets the variable.

    An empty variable counts as unset. Whether the folder is usable is for the caller to see.
    """
    home = os.environ.get("DAGSTER_HOME") or str(CODE_ROOT / "deploy" / "local")
    os.environ["DAGSTER_HOME"] = home
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    return Path(home)


def now() -> dt.datetime:
    """The clock, for run logs and dispatch only; nothing in a manifest depends on it (时钟)."""
    return dt.datetime.now(dt.UTC)
