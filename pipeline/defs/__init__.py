"""Dagster: the only package that knows it, beside `definitions.py` and `cli/` (编排).

What lives here: assets and checks made from `pipeline/flow.py`, partitions, jobs, the quarter's resource.
What must not: polars expressions, SQL, rules; a step says what is done, this package only wires it.
"""
