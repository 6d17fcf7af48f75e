"""Measures: frames in, frames out (测算).

What lives here: scoring, group sums, ranking, losses, adoption, pass rates, messages; sums and counts stay exact, the
one division is made in ``rounding``. What must not: DuckDB, Dagster, names of units, wording.
"""
