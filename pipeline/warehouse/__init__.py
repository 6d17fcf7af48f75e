"""The quarter's memory: the only package that knows DuckDB (季度库).

What lives here: one file per quarter, tables by contract, SQL files run by name. What must not: computing in Python.
"""
