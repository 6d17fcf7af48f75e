"""One DuckDB file per quarter, held open for a whole run (季度库的读写).

What lives here: the connection, which is also the lock of the quarter; tables written by contract in one transaction;
SQL files run by name; artifacts (facts, blocks, bytes) kept beside the tables. What must not: SQL text of the domain.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
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


SqlError = duckdb.Error  # a statement that failed, for those who may not know DuckDB
# What DuckDB raises when another process holds the file; the name of the file comes after these words.
_LOCKED = ("IO Error: Could not set lock on file", "IO Error: Conflicting lock")
# What it raises when the file cannot be read or written; of a block that fails its checksum it raises Error itself.
_BROKEN = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException,
           duckdb.CatalogException, duckdb.TransactionException)  # fmt: skip


class Warehouse:
    """The open file of one quarter (季度库). Opening it locks the quarter; a context manager."""

    def __init__(self, path: Path, sql: Path) -> None:
        """Open or create. A damaged file is made anew: it is a cache.

        Raises ``RunError`` when another run holds the quarter or the file cannot be written.
        """
        self._path, self._sql = path, sql
        self._selected: dict[str, pl.DataFrame] = {}  # by statement, since the last table was written
        with self._sound():
            path.parent.mkdir(parents=True, exist_ok=True)
            seen = _identity(path)
            try:
                self._open()
            except duckdb.Error:
                if _identity(path) == seen:  # else another run has made it anew meanwhile
                    self._discard()
                self._open()

    def _open(self) -> None:
        """Open and prepare the file. Raises ``RunError`` when it is held, ``duckdb.Error`` when it is damaged."""
        try:
            self._con = duckdb.connect(str(self._path), config=_SETTINGS)
        except duckdb.Error as error:
            if not str(error).startswith(_LOCKED) and not isinstance(error, duckdb.ConnectionException):
                raise
            raise RunError(
                "quarter_busy", f"{self._path.stem} 正在由另一个任务处理。", "请等它结束后再运行。"
            ) from error
        try:
            self._prepare()
        except duckdb.Error:
            self._discard()  # while the file is still held
            self._con.close()
            raise

    def _discard(self) -> None:
        for stale in (self._path, self._path.with_name(f"{self._path.name}.wal")):
            stale.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        """A file that fails under the hands of a run is an expected failure; a fault in SQL is not."""
        try:
            yield
        except (duckdb.Error, OSError) as error:
            if isinstance(error, (*_BROKEN, OSError)) or type(error) is duckdb.Error:
                file = self._path
                raise RunError(
                    "warehouse_damaged",
                    f"季度库 {file.name} 无法读写。",
                    f"请检查磁盘空间和写入权限；它是缓存，可以删除 {file} 后重新运行。",
                ) from error
            raise

    def _prepare(self) -> None:
        """Create schemas, tables and views; a file made under other contracts is emptied first: it is a cache."""
        statements = [ddl(key) for key in CONTRACTS]
        statements += [path.read_text("utf-8") for path in sorted((self._sql / "schema").glob("*.sql"))]
        version = hashlib.sha256("\n".join(statements).encode()).hexdigest()
        self._con.execute("CREATE SCHEMA IF NOT EXISTS kept")
        self._con.execute("CREATE TABLE IF NOT EXISTS kept.artifact (name VARCHAR PRIMARY KEY, content BLOB NOT NULL)")
        rows = self._con.execute("SELECT content FROM kept.artifact WHERE name = 'contracts'").fetchall()
        if rows and bytes(rows[0][0]) == f"{version} {self._shape()}".encode():
            return
        self._con.execute("DELETE FROM kept.artifact")
        for schema in sorted({key.partition("/")[0] for key in CONTRACTS}):
            self._con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            self._con.execute(f"CREATE SCHEMA {schema}")
        for statement in statements:
            self._con.execute(statement)
        self.put("contracts", f"{version} {self._shape()}".encode())

    def _shape(self) -> str:
        """One hash over every column of every table and view that stands in the file."""
        columns = "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        return hashlib.sha256(repr(self._con.execute(f"{columns} ORDER BY ALL").fetchall()).encode()).hexdigest()

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
        self._selected.clear()
        with self._sound():
            self._con.execute("BEGIN")
            try:
                self._con.execute(f"TRUNCATE {name}")
                self._con.register("incoming", rows)
                self._con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
                self._con.unregister("incoming")
                self._con.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # a broken file has ended the transaction already
                    self._con.execute("ROLLBACK")
                raise
        return rows

    def read(self, key: str) -> pl.DataFrame:
        """Read a whole table in the order of its primary key (读表)."""
        order = ", ".join(primary_key(key))
        with self._sound():
            table = self._con.sql(f"SELECT * FROM {key.replace('/', '.')} ORDER BY {order}").pl()
        return validate(key, table)

    def run(self, name: str) -> pl.DataFrame:
        """Run one file of `sql/`, e.g. ``core/account``, and return what its last statement selects (执行 SQL 文件).

        What was selected since a table was last written is not selected again.
        """
        statements = (self._sql / f"{name}.sql").read_text("utf-8")
        if statements not in self._selected:
            with self._sound():
                self._selected[statements] = self._con.sql(statements).pl()
        return self._selected[statements]

    def names(self, folder: str) -> list[str]:
        """The files of a folder of `sql/` as names for ``run`` (SQL 文件清单)."""
        return [f"{folder}/{path.stem}" for path in sorted((self._sql / folder).glob("*.sql"))]

    def put(self, name: str, content: bytes) -> None:
        """Keep an artifact (存入成果)."""
        with self._sound():
            self._con.execute("INSERT OR REPLACE INTO kept.artifact VALUES (?, ?)", [name, content])

    def get(self, name: str) -> bytes:
        """Fetch an artifact. Raises ``RunError`` when this quarter has not come so far."""
        with self._sound():
            rows = self._con.execute("SELECT content FROM kept.artifact WHERE name = ?", [name]).fetchall()
        if not rows:
            raise RunError("artifact_missing", f"季度库中还没有 {name}。", "请先运行完整任务。")
        return bytes(rows[0][0])


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None when there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
