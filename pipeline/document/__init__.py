"""Blocks to an official document: styles, layout, tables, canonical package; reading back (公文排版).

What lives here: the only code that knows Word's XML. What must not: figures, wording, DuckDB, Dagster.
"""
