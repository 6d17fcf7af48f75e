"""Contracts against steps, DuckDB and SQL (契约的一致)."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sqlglot
from sqlglot import exp

from pipeline.contracts.contract import contract, ddl, empty, primary_key, validate
from pipeline.contracts.tables import CONTRACTS
from pipeline.errors import ContractError
from pipeline.findings import CODES
from pipeline.flow import CHECKS, STEPS
from pipeline.settings import CODE_ROOT
from pipeline.warehouse.store import Warehouse

SQL = sorted((CODE_ROOT / "sql").rglob("*.sql"))
LAYERS = ("reference", "raw", "core", "mart")


def statement(path: Path) -> exp.Expression:
    parsed = sqlglot.parse_one(path.read_text("utf-8"), dialect="duckdb")
    assert isinstance(parsed, exp.Expression)
    return parsed


# ---- steps --------------------------------------------------------------------------------------------------------


def test_every_table_is_made_by_one_step() -> None:
    made = [output for step in STEPS for output in step.outputs]
    assert len(made) == len(set(made))
    texts = {
        "bulletin/facts",
        "bulletin/notice",
        "bulletin/document",
        "bulletin/publication",
        "bulletin/feedback",
        "bulletin/ledger",
    }
    assert set(made) == {*CONTRACTS, *texts}


def test_steps_stand_in_the_order_of_their_needs() -> None:
    made: set[str] = set()
    for step in STEPS:
        assert set(step.needs) <= made, step.key
        made |= set(step.outputs)


def test_a_step_needs_only_earlier_layers_or_its_own() -> None:
    order = [*LAYERS, "bulletin"]
    for step in STEPS:
        layer = order.index(step.key.partition("/")[0])
        assert all(order.index(need.partition("/")[0]) <= layer for need in step.needs), step.key


def test_checks_belong_to_outputs_and_have_names_of_their_own() -> None:
    made = {output for step in STEPS for output in step.outputs}
    names = [(check.output, check.name) for check in CHECKS]
    assert len(names) == len(set(names))
    assert {output for output, _ in names} <= made


def test_every_figure_is_reconciled_by_a_check() -> None:
    files = {path.stem for path in SQL if path.parent.name == "reconcile"}
    assert {check.name for check in CHECKS if check.output == "bulletin/facts"} == {
        f"reconcile_{name}" for name in files | {"coverage"}
    }


# ---- tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", CONTRACTS)
def test_ddl_creates_what_the_contract_says(key: str) -> None:
    layer, _, name = key.partition("/")
    with duckdb.connect() as con:
        con.execute(f"CREATE SCHEMA {layer}")
        con.execute(ddl(key))
        rows = con.execute(
            "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns"
            " WHERE table_name = ? ORDER BY ordinal_position",
            [name],
        ).fetchall()
        keys = con.execute(
            "SELECT constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        )
        assert keys.fetchall() == [(primary_key(key),)]
    columns = contract(key).columns()
    assert [(name, null) for name, _, null in rows] == [(name, column.nullable) for name, column in columns.items()]
    types = {pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Boolean: "BOOLEAN", pl.Date: "DATE"}
    for (_, sql_type, _), column in zip(rows, columns.values(), strict=True):
        dtype = column.dtype
        if isinstance(dtype, pl.Decimal):
            assert sql_type == f"DECIMAL({dtype.precision},{dtype.scale})"
        elif isinstance(dtype, pl.Datetime):
            assert sql_type == "TIMESTAMP"
        else:
            assert sql_type == types[type(dtype)]


def test_tables_are_written_and_read_by_contract(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "2021Q3.duckdb", CODE_ROOT / "sql") as warehouse:
        for key in CONTRACTS:
            warehouse.write(key, empty(key))
            assert warehouse.read(key).schema == empty(key).schema
        rows = pl.DataFrame({"value": ["二", "一"], "item": ["b", "a"], "quarter": ["2021Q3"] * 2})
        swapped = rows.select("item", pl.col("value").alias("content"), "quarter")
        warehouse.write("core/info_item", swapped)
        assert warehouse.read("core/info_item").rows() == [("2021Q3", "a", "一"), ("2021Q3", "b", "二")]


ITEM = {"quarter": ["2021Q3"], "item": ["a"], "content": ["b"]}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (ITEM | {"more": [1]}, "contract_columns"),
        ({"quarter": ["2021Q3"], "item": ["a"]}, "contract_columns"),
        (ITEM | {"content": [1]}, "contract_types"),
        (ITEM | {"content": pl.Series([None], dtype=pl.String)}, "contract_rows"),
        (ITEM | {"quarter": ["2021年"]}, "contract_rows"),
        ({name: values * 2 for name, values in ITEM.items()}, "contract_rows"),  # the key twice
    ],
)
def test_a_frame_that_breaks_its_contract_is_refused(columns: dict[str, object], code: str) -> None:
    with pytest.raises(ContractError) as caught:
        validate("core/info_item", pl.DataFrame(columns))
    assert caught.value.code == code
    assert "core/info_item" in caught.value.message


@pytest.mark.parametrize("key", CONTRACTS)
def test_every_table_says_what_it_is(key: str) -> None:
    """A docstring with the Chinese term, a Chinese description of every column, the quarter in the key."""
    assert "(" in (contract(key).__doc__ or "")
    assert primary_key(key)[0] == "quarter"
    for name, column in contract(key).columns().items():
        assert any("\u4e00" <= char <= "\u9fff" or char == "-" for char in column.description or ""), name


# ---- SQL ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SQL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_tables_named_in_sql_exist(path: Path) -> None:
    views = {
        f"{view.this.db}/{view.this.name}" for file in SQL if file.parent.name == "schema"
        for view in [statement(file)] if isinstance(view, exp.Create) and isinstance(view.this, exp.Table)
    }  # fmt: skip
    tree = statement(path)
    local = {cte.alias for cte in tree.find_all(exp.CTE)}
    named = {(table.db, table.name) for table in tree.find_all(exp.Table) if table.name}
    assert {f"{db}/{name}" for db, name in named if db} <= set(CONTRACTS) | views
    macros = {table.name for macro in tree.find_all(exp.UserDefinedFunction) for table in macro.find_all(exp.Table)}
    assert {name for db, name in named if not db} <= local | macros
    assert macros or {db for db, _ in named if db}


@pytest.mark.parametrize("path", SQL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sql_says_what_it_does(path: Path) -> None:
    assert re.match(r"(-- .*\n)*-- .*[\u4e00-\u9fff]", path.read_text("utf-8"))


@pytest.mark.parametrize("name", [path.stem for path in SQL if path.parent.name == "reconcile"])
def test_reconciling_sql_divides_nothing(name: str) -> None:
    """DuckDB's ``/`` and ``avg`` give a double; sums and counts are compared, never quotients."""
    tree = statement(CODE_ROOT / "sql" / "reconcile" / f"{name}.sql")
    assert [node.sql() for node in tree.find_all(exp.Avg, exp.Div)] == []


def test_sql_files_are_those_of_the_flow() -> None:
    core = {f"core/{path.stem}" for path in SQL if path.parent.name == "core"}
    assert core == {key for key in CONTRACTS if key.startswith("core/")} - {"core/finding"}
    checks = [path.stem.partition("_")[0] for path in SQL if path.parent.name == "check"]
    assert set(checks) <= set(CODES)


@pytest.mark.parametrize("name", [path.stem for path in SQL if path.parent.name == "core"])
def test_core_sql_selects_the_columns_of_its_contract(name: str, tmp_path: Path) -> None:
    with Warehouse(tmp_path / "2021Q3.duckdb", CODE_ROOT / "sql") as warehouse:
        assert set(warehouse.run(f"core/{name}").columns) == set(contract(f"core/{name}").column_names())


@pytest.mark.parametrize("name", [path.stem for path in SQL if path.parent.name == "reconcile"])
def test_reconciling_sql_reckons_exactly(name: str, tmp_path: Path) -> None:
    """With nothing delivered, every file still runs, and its numbers are decimals and integers."""
    with Warehouse(tmp_path / "2021Q3.duckdb", CODE_ROOT / "sql") as warehouse:
        schema = warehouse.run(f"reconcile/{name}").schema
    assert schema == {
        "id": pl.String(), "numerator": pl.Decimal(12, 2), "denominator": pl.Int64(), "members": pl.List(pl.String()),
    }  # fmt: skip


def test_nothing_is_published_past_a_check() -> None:
    """Under Dagster a failed check holds back only what lies below its output: the publication lies below them all."""
    needs = {output: set(step.needs) for step in STEPS for output in step.outputs}
    below, waiting = set[str](), {"bulletin/publication"}
    while waiting:
        below |= waiting
        waiting = set[str]().union(*(needs[key] for key in waiting)) - below
    assert {check.output for check in CHECKS} <= below
