"""Blocks to an official document, and back to text (公文排版).

What lives here: geometry, styles, layout, the canonical package, reading back, proofs. What must not: figures,
wording of sentences, Dagster, DuckDB.
"""
