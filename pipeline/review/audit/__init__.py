"""The figure auditor: what printed figures must be, asked of any notice, ours or a foreign one (数字复核).

What lives here: the form of an audit file, the questions, the explanations. A figure is known by its printed text and
by what the notice says of it; every answer is right, wrong, or cannot be decided. What must not: measuring, the terminal.
"""
