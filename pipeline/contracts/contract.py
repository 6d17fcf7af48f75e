"""The facade over dataframely: validate, order, DDL (契约校验).

What lives here: the only calls of dataframely's machinery; it closes what the library leaves open (extra columns are
refused, not dropped; null fails). What must not: contracts of single tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dataframely as dy
import polars as pl

from pipeline.contracts.tables import CONTRACTS
from pipeline.errors import ContractError

_SQL_TYPES: dict[type[dy.Column], str] = {
    dy.String: "VARCHAR",
    dy.Int64: "BIGINT",
    dy.Bool: "BOOLEAN",
    dy.Date: "DATE",
    dy.Datetime: "TIMESTAMP",
}


def contract(key: str) -> type[dy.Schema]:
    """The contract of a table such as ``core/account``. Raises ``KeyError`` for a table that has none."""
    return CONTRACTS[key]


def primary_key(key: str) -> list[str]:
    """The columns of a table's primary key, which is also its row order (主键)."""
    return list(contract(key).primary_key())


def describe(key: str) -> str:
    """First line of the contract's docstring."""
    return (contract(key).__doc__ or "").strip().splitlines()[0]


def validate(key: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Check a frame against its contract and put columns and rows in order (按契约校验).

    Raises ``ContractError`` that names the table, the rule and the first offending rows.
    """
    schema = contract(key)
    missing, extra = set(schema.column_names()) - set(frame.columns), set(frame.columns) - set(schema.column_names())
    if missing or extra:
        raise ContractError("contract_columns", f"{key}：缺少列 {sorted(missing)}，多出列 {sorted(extra)}。")
    wanted = {name: column.dtype for name, column in schema.columns().items()}
    wrong = {name: str(frame.schema[name]) for name, dtype in wanted.items() if frame.schema[name] != dtype}
    if wrong:
        raise ContractError("contract_types", f"{key}：列类型不符 {wrong}。")
    good, failure = schema.filter(frame.select(schema.column_names()))
    if len(failure):
        rows = failure.invalid().head(3).to_dicts()
        raise ContractError("contract_rows", f"{key}：{len(failure)} 行不符合契约 {failure.counts()}，例如 {rows}。")
    return good.sort(primary_key(key))


def empty(key: str) -> pl.DataFrame:
    """An empty frame of a table (空表)."""
    return contract(key).create_empty()


def frame(key: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """A frame of a table from records, with the contract's types (按契约建表)."""
    schema = {name: column.dtype for name, column in contract(key).columns().items()}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def shaped(key: str, table: pl.DataFrame) -> pl.DataFrame:
    """Pick a contract's columns, cast them to its types and order the rows (按契约整理); a lossy cast raises."""
    wanted = {name: column.dtype for name, column in contract(key).columns().items()}
    return table.select(pl.col(name).cast(dtype) for name, dtype in wanted.items()).sort(primary_key(key))


def ddl(key: str) -> str:
    """``CREATE TABLE`` of a contract (建表语句), with NOT NULL, primary key."""
    schema = contract(key)
    lines = []
    for name, column in schema.columns().items():
        null = "" if column.nullable else " NOT NULL"
        lines.append(f"  {name} {sql_type(column)}{null}")
    lines.append(f"  PRIMARY KEY ({', '.join(primary_key(key))})")
    return f"CREATE TABLE IF NOT EXISTS {key.replace('/', '.')} (\n" + ",\n".join(lines) + "\n)"


def sql_type(column: dy.Column) -> str:
    """The DuckDB type of a column (列类型)."""
    if isinstance(column, dy.Decimal):
        return f"DECIMAL({column.precision}, {column.scale})"
    return _SQL_TYPES[type(column)]
