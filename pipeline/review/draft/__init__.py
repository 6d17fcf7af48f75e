"""A draft in spite of findings: what is not yet sure is marked, and everything that is open is listed (草稿).

What lives here: which figures an open finding reaches, rows that stand in for tables that cannot be used, marking a notice.
What must not: running steps, writing files.
"""
