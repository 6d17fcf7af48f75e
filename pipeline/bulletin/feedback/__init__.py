"""Feedback sheets: what each unit is told of its own sites, accounts and messages, and of no other unit's (反馈单).

What lives here: the facts of a sheet, how they are put together, and the sheet as blocks. What must not: scoring, fonts,
files, and texts of evidence that must not be spread, other than in `evidence.py` on their way to the unit's own sheet.
"""
