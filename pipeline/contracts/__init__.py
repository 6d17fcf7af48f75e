"""Contracts: what every table is (数据契约).

What lives here: columns defined once, one contract per table, validation and DDL from it.
What must not: DuckDB connections, computing.
"""
