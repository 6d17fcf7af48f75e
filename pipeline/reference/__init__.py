"""The registry: units, sites, rule books, platforms, layouts as data with validity (登记数据).

What lives here: reading `data/reference/`, cross-checking it, and the view of one quarter (``Roster``).
What must not: raw sheets, measures, wording.
"""
