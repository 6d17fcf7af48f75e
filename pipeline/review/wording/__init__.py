"""The wording check: words that an official notice writes otherwise, by rules kept as data (用语核查).

What lives here: reading the rules of `data/reference/wording.toml` and applying them. What must not: rules in code, figures.
"""
