"""The journal of an issue: what was handed over to whom, written before and after (分发流水).

What lives here: `receipts.jsonl`, append-only and synced, and the state of each recipient that follows from it. A line cut off by
a crash is passed over: the intent is on the disk before anything is handed over, so a cut-off intent handed over nothing,
and a cut-off outcome leaves its intent open. The only module beside run logs that reads the clock.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

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
    """A line of the journal (一条流水): ``record`` and ``package`` are SHA-256 of `issued.json` and of the zip."""

    kind: Kind
    recipient: str
    record: str
    package: str
    transport: str = ""
    detail: str = ""
    at: str = ""


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
    """Every whole line of a journal, in order (读取流水). Raises ``DispatchError`` for a line that was tampered with."""
    path = folder / JOURNAL
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    events = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            events.append(_EVENT.validate_json(line))
        except ValidationError as error:
            if not line.endswith(b"}"):
                continue  # cut off
            raise DispatchError(
                "journal", f"{path} 第 {number} 行已经损坏。", "流水只由程序追加；请从备份恢复该文件。"
            ) from error
    return events


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

    def append(self, event: Event) -> None:
        """Add a line and sync it; when this returns, it is on the disk (追加)."""
        line = asdict(event) | {"at": moment().isoformat(timespec="seconds")}
        os.write(self._descriptor, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        os.fsync(self._descriptor)

    def receipts(self) -> dict[str, Receipt]:
        """The state of every recipient now (当前状态)."""
        return receipts(read_events(self._folder))


@contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """Hold the journal of an issue (占用流水). Raises ``DispatchError`` when another process sends."""
    try:
        descriptor = os.open(folder / JOURNAL, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise DispatchError(
            "journal_write", f"{folder / JOURNAL} 无法写入：{error.strerror}。", "请检查权限。"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DispatchError("dispatch_busy", "另一个程序正在分发。", "请等它结束以后再运行。") from error
        _sync_folder(folder)
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            os.write(descriptor, b"\n")  # what a crash cut off stays a line of its own
        yield Journal(descriptor, folder)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
