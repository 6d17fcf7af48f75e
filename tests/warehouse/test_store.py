"""The quarter's file is a cache and a lock: made anew when damaged, refused when held (季度库)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.errors import RunError
from pipeline.settings import CODE_ROOT
from pipeline.warehouse.store import Warehouse

SQL = CODE_ROOT / "sql"
HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def sql(path: Path, statement: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute(statement)


def flip(path: Path, start: int, count: int = 200) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:start] + bytes(byte ^ 255 for byte in data[start : start + count]) + data[start + count :])


def foreign(path: Path) -> None:
    path.unlink()
    sql(path, "CREATE SCHEMA kept; CREATE TABLE kept.artifact (other INTEGER)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lock" / "2021Q3.duckdb"
    with Warehouse(path, SQL) as warehouse:
        warehouse.put("x", b"content" * 10_000)
    return path


def test_an_undamaged_file_keeps_what_it_holds(path: Path) -> None:
    with Warehouse(path, SQL) as warehouse:
        assert warehouse.get("x") == b"content" * 10_000


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_text("a text about a lock\n" * 1000, "utf-8"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: flip(path, 0),
        lambda path: flip(path, 4096),
        lambda path: flip(path, 12288),
        foreign,
        lambda path: sql(path, "DROP TABLE core.account"),
        lambda path: sql(path, "DROP VIEW raw.sound"),
        lambda path: sql(path, "CREATE TABLE core.other (x INTEGER)"),
        lambda path: sql(path, "ALTER TABLE core.account ADD COLUMN other INTEGER"),
        lambda path: path.with_name(f"{path.name}.wal").write_bytes(b"not a log" * 1000),
    ],
    ids=["text", "empty", "truncated", "header", "block", "block2", "foreign", "no-table", "no-view", "more", "column",
         "log"],
)  # fmt: skip
def test_a_damaged_file_is_made_anew(path: Path, damage: Callable[[Path], object]) -> None:
    damage(path)
    with Warehouse(path, SQL) as warehouse:
        assert warehouse.read("core/account").is_empty()
        assert warehouse._con.sql("SELECT * FROM raw.sound").pl().is_empty()
    with Warehouse(path, SQL) as warehouse:
        warehouse.put("y", b"1")
        assert warehouse.get("y") == b"1"


def test_a_held_quarter_is_busy_and_its_file_is_left_alone(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(RunError) as raised:
            Warehouse(path, SQL)
        holder.communicate()
    assert raised.value.code == "quarter_busy"
    with Warehouse(path, SQL) as warehouse:
        assert warehouse.get("x")


def test_a_folder_in_its_place_is_a_refusal_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "2021Q3.duckdb"
    path.mkdir()
    with pytest.raises(RunError) as raised:
        Warehouse(path, SQL)
    assert raised.value.code == "warehouse_damaged"
    assert str(path) in raised.value.hint


def test_a_folder_that_cannot_be_made_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_bytes(b"")
    with pytest.raises(RunError):
        Warehouse(tmp_path / "warehouse" / "2021Q3.duckdb", SQL)


def test_damage_met_while_reading_is_a_refusal_with_a_hint(path: Path) -> None:
    with Warehouse(path, SQL) as warehouse:
        warehouse._con.execute("DROP TABLE core.account CASCADE")
        with pytest.raises(RunError, match="无法读写"):
            warehouse.read("core/account")


def test_a_fault_in_sql_is_not_called_damage(path: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.sql").write_text("SELECT CAST('x' AS INTEGER) AS x")
    with Warehouse(path, SQL) as warehouse, pytest.raises(duckdb.ConversionException):
        warehouse.run(str(tmp_path / "wrong"))


def test_read_gives_what_write_took(path: Path) -> None:
    with Warehouse(path, SQL) as warehouse:
        empty = warehouse.read("core/account")
        assert warehouse.write("core/account", empty).equals(empty)
        assert isinstance(warehouse.read("core/account"), pl.DataFrame)
