"""The back-check: a text that people edited, against the figures of the notice (改后核对).

What lives here: reading an edited file, aligning it with the record of the notice, and what differs. What must not: tags in
the file, wording rules, the command line.
"""
