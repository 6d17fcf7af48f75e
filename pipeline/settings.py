"""Settings: where code and data lie, and the clock (设置).

What lives here: the only reader of the environment and of the clock. What must not: defaults of any rule.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

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
