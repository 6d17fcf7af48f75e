"""The conformance checker: any .docx against the form of official documents, clause by clause (版式核查).

What lives here: opening a file of anybody's making, its effective formatting, its elements, one module of checks a
group, the report. What must not: composing; nothing here is shared with the code that lays a notice out, so that one
does not repeat the mistakes of the other. Expected numbers come from the profile (`geometry.py`).
"""
