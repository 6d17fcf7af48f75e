"""Reading what was delivered: bytes -> grids -> records -> cells (取数).

What lives here: containers, values, layouts, the whole delivery. Everything wrong becomes a finding, in one pass.
What must not: DuckDB, Dagster, scoring.
"""
