"""One DuckDB file per quarter, held open for a whole run (季度库的读写).

What lives here: the connection, which is also the lock of the quarter; tables written by contract in one transaction;
SQL files run by name; artifacts (facts, blocks, bytes) kept beside the tables. What must not: SQL text of the domain.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType

import duckdb
import polars as pl

from pipeline.contracts.contract import ddl, primary_key, validate
from pipeline.contracts.tables import CONTRACTS
from pipeline.errors import RunError

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Warehouse:
    """The open file of one quarter (季度库). Opening it locks the quarter; a context manager."""

    def __init__(self, path: Path, sql: Path) -> None:
        """Open or create. Raises ``RunError`` when another run holds the quarter or the file is damaged."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._sql = sql
        try:
            self._con = duckdb.connect(str(path), config=_SETTINGS)
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise RunError(
                    "warehouse_damaged", f"季度库 {path.name} 无法打开。", "它是缓存，可以删除后重新运行。"
                ) from error
            raise RunError(
                "quarter_busy", f"{path.stem} 正在由另一个任务处理。", "请等它结束后再运行；上一次输出保持不变。"
            ) from error
        self._prepare()

    def _prepare(self) -> None:
        """Create schemas, tables and views; a file made under other contracts is emptied first: it is a cache."""
        statements = [ddl(key) for key in CONTRACTS]
        statements += [path.read_text("utf-8") for path in sorted((self._sql / "schema").glob("*.sql"))]
        version = hashlib.sha256("\n".join(statements).encode()).hexdigest()
        self._con.execute("CREATE SCHEMA IF NOT EXISTS bulletin")
        self._con.execute(
            "CREATE TABLE IF NOT EXISTS bulletin.artifact (name VARCHAR PRIMARY KEY, content BLOB NOT NULL)"
        )
        rows = self._con.execute("SELECT content FROM bulletin.artifact WHERE name = 'contracts'").fetchall()
        if rows and bytes(rows[0][0]) == version.encode():
            return
        self._con.execute("DELETE FROM bulletin.artifact")
        for schema in sorted({key.partition("/")[0] for key in CONTRACTS}):
            self._con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            self._con.execute(f"CREATE SCHEMA {schema}")
        for statement in statements:
            self._con.execute(statement)
        self.put("contracts", version.encode())

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and free the quarter."""
        self._con.close()

    def write(self, key: str, table: pl.DataFrame) -> pl.DataFrame:
        """Validate and replace a whole table in one transaction (写表). Raises ``ContractError``."""
        rows = validate(key, table)
        name = key.replace("/", ".")
        self._con.execute("BEGIN")
        try:
            self._con.execute(f"TRUNCATE {name}")
            self._con.register("incoming", rows)
            self._con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
            self._con.unregister("incoming")
            self._con.execute("COMMIT")
        except BaseException:
            self._con.execute("ROLLBACK")
            raise
        return rows

    def read(self, key: str) -> pl.DataFrame:
        """Read a whole table in the order of its primary key (读表)."""
        order = ", ".join(primary_key(key))
        return validate(key, self._con.sql(f"SELECT * FROM {key.replace('/', '.')} ORDER BY {order}").pl())

    def run(self, name: str) -> pl.DataFrame:
        """Run one file of `sql/`, e.g. ``core/account``, and return what its last statement selects (执行 SQL 文件)."""
        selected: pl.DataFrame = self._con.sql((self._sql / f"{name}.sql").read_text("utf-8")).pl()
        return selected

    def names(self, folder: str) -> list[str]:
        """The files of a folder of `sql/` as names for ``run`` (SQL 文件清单)."""
        return [f"{folder}/{path.stem}" for path in sorted((self._sql / folder).glob("*.sql"))]

    def put(self, name: str, content: bytes) -> None:
        """Keep an artifact (存入成果)."""
        self._con.execute("INSERT OR REPLACE INTO bulletin.artifact VALUES (?, ?)", [name, content])

    def get(self, name: str) -> bytes:
        """Fetch an artifact. Raises ``RunError`` when this quarter has not come so far."""
        rows = self._con.execute("SELECT content FROM bulletin.artifact WHERE name = ?", [name]).fetchall()
        if not rows:
            raise RunError("artifact_missing", f"季度库中还没有 {name}。", "请先运行完整任务。")
        return bytes(rows[0][0])
