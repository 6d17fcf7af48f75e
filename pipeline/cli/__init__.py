"""``bulletin …``: thin commands for people, a module each (命令行).

What lives here: the list of commands. What must not: anything a step or a check does.
"""

from pipeline.cli import audit, check, conform, dispatch, init, issue, new, precheck, receipts, run, sign, trace, verify
from pipeline.cli.shell import main

__all__ = [
    "audit",
    "check",
    "conform",
    "dispatch",
    "init",
    "issue",
    "main",
    "new",
    "precheck",
    "receipts",
    "run",
    "sign",
    "trace",
    "verify",
]
