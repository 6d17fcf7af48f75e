"""Dispatch in processes that are killed (被中断的分发).

What lives here: a process that has everything loaded and forks a child for each dispatch that it is asked for, by a line on
its standard input: the data root, then the JSON of the mail settings or nothing for the folder. It answers with the child's id,
then with its exit status. What must not: killing, assertions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

from pipeline.dispatch.records import issue_folder, read_issue
from pipeline.dispatch.sending import Wish, dispatch
from pipeline.dispatch.transports import OUTBOX, FolderTransport, MailTransport
from pipeline.settings import CODE_ROOT, Mail, Paths
from tests.dispatch.desk import QUARTER

DATE = "Fri, 06 Aug 2021 09:00:00 +0800"


def transport(root: Path, mail: Mail | None) -> FolderTransport | MailTransport:
    """The folder, or e-mail to invented addresses."""
    paths = Paths(CODE_ROOT, root)
    if mail is None:
        return FolderTransport(issue_folder(paths, QUARTER, 1) / OUTBOX)
    packages = read_issue(paths, QUARTER).packages
    return MailTransport(mail, DATE, {item.key: f"unit{item.number}@example.org" for item in packages})


class Sender:
    """The process seen from the test (分发进程)."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.dispatch.sender"],
            cwd=CODE_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.line() == "ready"

    def start(self, root: Path, mail: Mail | None) -> int:
        """Begin to dispatch; the id of the process that does."""
        stream: IO[str] = self.process.stdin  # type: ignore[assignment]
        stream.write(f"{root}\t{json.dumps(asdict(mail)) if mail else ''}\n")
        stream.flush()
        return int(self.line())

    def line(self) -> str:
        stream: IO[str] = self.process.stdout  # type: ignore[assignment]
        return stream.readline().strip()

    def close(self) -> None:
        self.process.stdin.close()  # type: ignore[union-attr]
        self.process.wait(timeout=30)
        self.process.stdout.close()  # type: ignore[union-attr]


def tell(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    tell("ready")
    for line in sys.stdin:
        root, _, mail = line.rstrip("\n").partition("\t")
        settings = Mail(**json.loads(mail)) if mail else None
        child = os.fork()
        if not child:
            dispatch(Paths(CODE_ROOT, Path(root)), QUARTER, transport(Path(root), settings), Wish())
            os._exit(0)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
