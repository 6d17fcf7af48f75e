"""The journal of an issue: what was handed over to whom, written before and after (分发流水).

What lives here: `receipts.jsonl`, append-only and synced, and the state of each recipient that follows from it. A line cut off by
a crash is passed over: the intent is on the disk before anything is handed over, so a cut-off intent handed over nothing,
and a cut-off outcome leaves its intent open. Each line carries the hash of all before it, so that none can be changed, put in or
taken out but the last ones. The only module beside run logs that reads the clock.
"""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.dispatch.records import sync_folder
from pipeline.errors import DispatchError
from pipeline.settings import now

JOURNAL = "receipts.jsonl"


class Kind(StrEnum):
    """What a line tells (流水的种类)."""

    INTENT = "intent"  # about to hand over
    SENT = "sent"  # handed over, and accepted
    FAILED = "failed"  # certainly not accepted
    UNCERTAIN = "uncertain"  # nobody knows whether it was accepted
    CONFIRMED = "confirmed"  # a person knows that it arrived
    RESEND = "resend"  # a person decides to send it again
    RECEIVED = "received"  # the recipient acknowledged it


class State(StrEnum):
    """Where a recipient stands (状态), as people read it."""

    OUTSTANDING = "未发"
    FAILED = "未送达"
    UNCERTAIN = "待核实"
    SENT = "已发"
    RECEIVED = "已签收"


@dataclass(frozen=True)
class Event:
    """A line of the journal (一条流水): ``record`` and ``package`` are SHA-256 of `issued.json` and of the zip.

    ``at`` and ``after``, the moment and the hash of the journal so far, are given when it is written.
    """

    kind: Kind
    recipient: str
    record: str
    package: str
    transport: str = ""
    detail: str = ""
    at: str = ""
    after: str = ""


@dataclass(frozen=True)
class Receipt:
    """What is known of a recipient (分发状态): its state, how, when it was sent and received, what went wrong last."""

    state: State = State.OUTSTANDING
    transport: str = ""
    sent_at: str = ""
    received_at: str = ""
    detail: str = ""
    tries: int = 0

    @property
    def sent(self) -> str:
        """When it was sent, as people read it (发出时间)."""
        return self.sent_at[:16].replace("T", " ")


_EVENT = TypeAdapter(Event)
_STATES = {
    Kind.INTENT: State.UNCERTAIN,
    Kind.SENT: State.SENT,
    Kind.FAILED: State.FAILED,
    Kind.UNCERTAIN: State.UNCERTAIN,
    Kind.CONFIRMED: State.SENT,
    Kind.RESEND: State.OUTSTANDING,
    Kind.RECEIVED: State.RECEIVED,
}


def moment() -> dt.datetime:
    """The moment of a hand-over in the office's own time, with its offset (时刻)."""
    return now().astimezone()


def read_events(folder: Path) -> list[Event]:
    """Every whole line of a journal, in order (读取流水). Raises ``DispatchError`` for one that was tampered with."""
    path = folder / JOURNAL
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    events, before = [], hashlib.sha256()
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
        except ValueError:
            told = None  # cut off; the next whole line says that it was there
        if told is not None:
            try:
                event = _EVENT.validate_python(told)
            except ValidationError as error:
                raise _tampered(path, f"第 {number} 行已经损坏") from error
            if event.after != before.hexdigest():
                raise _tampered(path, f"第 {number} 行以前的内容被改动")
            events.append(event)
        before.update(line)
    return events


def _tampered(path: Path, what: str) -> DispatchError:
    return DispatchError("journal", f"{path} {what}。", "流水只由程序追加；请从备份恢复该文件。")


def receipts(events: Iterable[Event]) -> dict[str, Receipt]:
    """The state of every recipient that the journal names (各单位的状态)."""
    found: dict[str, Receipt] = {}
    for event in events:
        was = found.get(event.recipient, Receipt())
        sent = event.kind in (Kind.SENT, Kind.CONFIRMED)
        found[event.recipient] = Receipt(
            state=_STATES[event.kind],
            transport=event.transport or was.transport,
            sent_at=event.at if sent else "" if event.kind is Kind.RESEND else was.sent_at,
            received_at=event.detail if event.kind is Kind.RECEIVED else was.received_at,
            detail=was.detail if event.kind is Kind.RECEIVED else event.detail,
            tries=was.tries + (event.kind is Kind.INTENT),
        )
    return found


class Journal:
    """The open journal of an issue (打开的流水): whoever holds it is the only one who sends."""

    def __init__(self, descriptor: int, folder: Path) -> None:
        self._descriptor, self._folder = descriptor, folder
        self._written = hashlib.sha256((folder / JOURNAL).read_bytes())

    def append(self, event: Event) -> None:
        """Add a line and sync it; when this returns, it is on the disk (追加). Raises ``DispatchError`` where it cannot be."""
        told = asdict(event) | {"at": moment().isoformat(timespec="seconds"), "after": self._written.hexdigest()}
        line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
        try:
            if os.write(self._descriptor, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._descriptor)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        self._written.update(line)

    def receipts(self) -> dict[str, Receipt]:
        """The state of every recipient now (当前状态)."""
        return receipts(read_events(self._folder))


def _unwritable(folder: Path, error: OSError) -> DispatchError:
    return DispatchError(
        "journal_write",
        f"{folder / JOURNAL} 无法写入：{error.strerror}。",
        "请检查磁盘空间和权限，然后重新运行；此前已经送出的材料不会重发。",
    )


@contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """Hold the journal of an issue (占用流水). Raises ``DispatchError`` when another process sends."""
    try:
        descriptor = os.open(folder / JOURNAL, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DispatchError("dispatch_busy", "另一个程序正在分发。", "请等它结束以后再运行。") from error
        sync_folder(folder)
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            os.write(descriptor, b"\n")  # what a crash cut off stays a line of its own
        read_events(folder)
        yield Journal(descriptor, folder)
    finally:
        os.close(descriptor)
