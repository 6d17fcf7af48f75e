"""From measures to words: facts, statements, prose, blocks (通报正文).

What lives here: pure functions from frames to facts and from facts to blocks.
What must not: Word files, DuckDB, Dagster, the clock.
"""
