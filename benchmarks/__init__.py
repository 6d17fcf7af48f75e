"""Benchmarks: where the time of a quarter goes (计时).

What lives here: scripts that time the pipeline on a copy of the data. What must not: assertions; those are tests.
"""
