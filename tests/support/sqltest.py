"""Runner of `.test` files in DuckDB's form: ``statement ok`` and ``query`` blocks, separated by blank lines.

What lives here: parsing and running. A query names a file of the checkout; before it runs, every `sql/core/` table is
made anew from raw.cell. Rows are compared sorted, fields separated by tabs, an empty text written ``(empty)``.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.contracts.contract import ddl
from pipeline.contracts.tables import CONTRACTS
from pipeline.settings import CODE_ROOT

_CORE = sorted((CODE_ROOT / "sql" / "core").glob("*.sql"))


def open_tables() -> duckdb.DuckDBPyConnection:
    """An in-memory database with every table by contract, the views of `sql/schema/`, and the small registry."""
    con = duckdb.connect()
    for schema in sorted({key.partition("/")[0] for key in CONTRACTS}):
        con.execute(f"CREATE SCHEMA {schema}")
    views = (path.read_text("utf-8") for path in sorted((CODE_ROOT / "sql/schema").glob("*.sql")))
    for text in (*map(ddl, CONTRACTS), *views):
        con.execute(text)
    con.execute((Path(__file__).parent / "registry.sql").read_text("utf-8"))
    return con


def run_file(con: duckdb.DuckDBPyConnection, path: Path) -> list[int]:
    """Run a `.test` file; returns the number of rows that each query selected. Raises ``AssertionError``."""
    selected = []
    for block in path.read_text("utf-8").strip().split("\n\n"):
        kind, *lines = [line for line in block.splitlines() if not line.startswith("#")] or [""]
        if kind == "statement ok":
            con.execute("\n".join(lines))
        elif kind == "query":
            name, rule, *wanted = lines
            assert rule == "----"
            for core in _CORE:
                con.execute(f"DELETE FROM core.{core.stem}")
                con.execute(f"INSERT INTO core.{core.stem} BY NAME {core.read_text('utf-8')}")
            rows = con.sql((CODE_ROOT / name).read_text("utf-8")).fetchall()
            assert sorted("\t".join(str(item) or "(empty)" for item in row) for row in rows) == sorted(wanted)
            selected.append(len(rows))
        else:
            assert not kind, f"unknown block {kind}"
    return selected
