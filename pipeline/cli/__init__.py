"""``bulletin …``: thin commands for people, a module each (命令行).

What lives here: the list of commands. What must not: anything a step or a check does.
"""

from pipeline.cli import audit, conform, init, new, precheck, run
from pipeline.cli.shell import main

__all__ = ["audit", "conform", "init", "main", "new", "precheck", "run"]
