"""What people check a notice with: ledger, trace, audit, comparison (复核).

What lives here: views of facts and sources that prove or question printed figures. What must not: scoring, wording of
the notice, DuckDB.
"""
