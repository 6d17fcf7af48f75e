"""Dispatch: to every recipient once, only what was issued, every hand-over in the journal (分发).

What lives here: everything checked before anything is sent, who is due, the order of journal and hand-over. What must not: how a
package travels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime
from pathlib import Path

from pipeline.dispatch.journal import Event, Journal, Kind, Receipt, State, moment, open_journal, read_events, receipts
from pipeline.dispatch.recipients import recipients_of
from pipeline.dispatch.records import ISSUE, Issue, Package, changed_files, issue_folder, problems, read_issue
from pipeline.dispatch.register import REGISTER, Filled, read_register, register_workbook
from pipeline.dispatch.transports import OUTBOX, Courier, FolderTransport, Refused, Transport, Unknown, mail_transport
from pipeline.errors import DispatchError
from pipeline.output import sha256
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.settings import Paths, load_mail

_DUE = (State.OUTSTANDING, State.FAILED)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wish:
    """What is asked of a dispatch (分发要求): to whom, all if empty; who is to be sent again; who is known to have it."""

    to: tuple[str, ...] = ()
    resend: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where an issue stands (分发情况): the state of every recipient in the order of the packages, and who was due."""

    issue: Issue
    receipts: Mapping[str, Receipt]
    due: tuple[Package, ...] = ()

    def of(self, package: Package) -> Receipt:
        """The state of a recipient (状态)."""
        return self.receipts.get(package.key, Receipt())

    def in_state(self, *states: State) -> list[Package]:
        """The recipients in some states (各状态的单位)."""
        return [package for package in self.issue.packages if self.of(package).state in states]


def stand(paths: Paths, quarter: str, number: int | None = None) -> Standing:
    """Where an issue stands, after what people filled in the register is taken over (分发情况). Raises ``DispatchError``."""
    known = read_issue(paths, quarter, number)
    folder = issue_folder(paths, quarter, known.number)
    if not (folder / OUTBOX / REGISTER).exists():
        return Standing(known, receipts(read_events(folder)))
    record = sha256((folder / ISSUE).read_bytes())
    with open_journal(folder) as journal:
        filled, faults = _take_over(folder, known, journal, record)
        problems(DispatchError("register", "分发登记表有误", "请改正登记表后重新运行。"), faults)
        standing = Standing(known, journal.receipts())
        _write_register(folder, standing, filled)
    return standing


def open_transport(paths: Paths, quarter: str, name: str) -> Transport:
    """The transport of this name for the last issue of a quarter (送达方式). Raises ``DispatchError``."""
    if name == "smtp":
        roster = load_registry(paths.reference).at(Quarter.parse(quarter))
        addresses = {item.key: item.address for item in recipients_of(roster)}
        return mail_transport(load_mail(), format_datetime(moment()), addresses)
    return FolderTransport(issue_folder(paths, quarter, read_issue(paths, quarter).number) / OUTBOX)


def dispatch(
    paths: Paths,
    quarter: str,
    transport: Transport,
    wish: Wish,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Standing:
    """Send what is outstanding of the last issue (分发). With ``dry_run`` all is checked and nothing happens.

    Raises ``DispatchError`` with everything that stands against it, before anything is sent.
    """
    known = read_issue(paths, quarter)
    folder = issue_folder(paths, quarter, known.number)
    record = sha256((folder / ISSUE).read_bytes())
    if dry_run:
        return _plan(folder, known, record, transport, wish, receipts(read_events(folder)))
    with open_journal(folder) as journal:
        filled, faults = _take_over(folder, known, journal, record)
        problems(DispatchError("register", "分发登记表有误", "请改正登记表后重新运行。"), faults)
        plan = _plan(folder, known, record, transport, wish, journal.receipts())
        for names, kind in ((wish.resend, Kind.RESEND), (wish.confirm, Kind.CONFIRMED)):
            for package in _named(known, names):
                journal.append(Event(kind, package.key, record, package.sha256))
        with transport.courier() as courier:
            for at, package in enumerate(plan.due, start=1):
                if progress:
                    progress(package.name, at, len(plan.due))
                _send(
                    folder,
                    known,
                    package,
                    courier,
                    journal,
                    Event(Kind.INTENT, package.key, record, package.sha256, transport.label),
                )
        standing = Standing(known, journal.receipts(), plan.due)
        _write_register(folder, standing, filled)
    return standing


def _send(folder: Path, known: Issue, package: Package, courier: Courier, journal: Journal, event: Event) -> None:
    """One hand-over: intent, package, outcome. Without an outcome in the journal it is uncertain."""
    data = (folder / package.zip).read_bytes()
    if sha256(data) != package.sha256:
        raise DispatchError("package_changed", f"{package.zip} 在分发过程中被改动。", "请从备份恢复该文件后重新运行。")
    journal.append(event)
    try:
        told = courier.hand_over(known, package, data)
    except Refused as error:
        journal.append(replace(event, kind=Kind.FAILED, detail=error.detail))
    except Unknown as error:
        journal.append(replace(event, kind=Kind.UNCERTAIN, detail=str(error)))
    else:
        journal.append(replace(event, kind=Kind.SENT, detail=told))


def _plan(
    folder: Path, known: Issue, record: str, transport: Transport, wish: Wish, states: Mapping[str, Receipt]
) -> Standing:
    """Who is due. Raises ``DispatchError`` with every problem of the issue, the wish and the packages."""
    faults = [f"印发件：{text}" for text in _other_record(folder, record)]
    faults += [f"印发件：{text}" for text in changed_files(folder, known.files)]
    faults += _unknown(known, wish)
    standing = Standing(known, states)
    decided = _named(known, (*wish.resend, *wish.confirm))
    faults += [f"{item.name}不是待核实的，不能用 --resend 或 --confirm" for item in decided
               if standing.of(item).state is not State.UNCERTAIN]  # fmt: skip
    asked = _named(known, wish.to) if wish.to else list(known.packages)
    again = {item.key for item in _named(known, wish.resend)}
    due = tuple(item for item in asked if item.key in again or standing.of(item).state in _DUE)
    faults += [fault for item in due for fault in transport.faults(item, _size(folder / item.zip))]
    problems(
        DispatchError(
            "dispatch_refused", f"{known.document_number} 不能分发", "全部改正以后再分发；现在没有送出任何材料。"
        ),
        faults,
    )
    return Standing(known, states, due)


def _other_record(folder: Path, record: str) -> list[str]:
    """Whether `issued.json` is what the hand-overs so far were made with (核对印发记录)."""
    others = {event.record for event in read_events(folder)} - {record}
    return ["issued.json 与流水所记的不同"] if others else []


def _unknown(known: Issue, wish: Wish) -> list[str]:
    names = {name for item in known.packages for name in (item.name, item.key)}
    given = (*wish.to, *wish.resend, *wish.confirm)
    faults = [f"没有分发对象“{name}”" for name in given if name not in names]
    for option, asked in (("--to", wish.to), ("--resend 和 --confirm", (*wish.resend, *wish.confirm))):
        keys = [item.key for name in asked for item in _named(known, (name,))]
        faults += [f"{option} 重复：{key}" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return faults


def _named(known: Issue, names: Iterable[str]) -> list[Package]:
    asked = set(names)
    return [item for item in known.packages if item.name in asked or item.key in asked]


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _take_over(folder: Path, known: Issue, journal: Journal, record: str) -> tuple[dict[str, Filled], list[str]]:
    """What people filled in the register, taken into the journal unless something is wrong with it (取回签收情况)."""
    path = folder / OUTBOX / REGISTER
    if not path.exists():
        return {}, []
    filled, faults = read_register(path.read_bytes(), known)
    states = journal.receipts()
    fresh = []
    for package in known.packages:
        own, receipt = filled.get(package.key, Filled("", "")), states.get(package.key, Receipt())
        if not own.received or own.received == receipt.received_at:
            continue
        if receipt.state not in (State.SENT, State.RECEIVED):
            faults.append(f"{package.name}登记了签收时间，但状态是{receipt.state.value}")
        method = own.method or receipt.transport
        fresh.append(Event(Kind.RECEIVED, package.key, record, package.sha256, method, own.received))
    if not faults:
        for event in fresh:
            journal.append(event)
    return filled, faults


def _write_register(folder: Path, standing: Standing, filled: Mapping[str, Filled]) -> None:
    path = folder / OUTBOX / REGISTER
    data = register_workbook(standing.issue, standing.receipts, filled)
    aside = path.with_name(f".{REGISTER}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        raise DispatchError(
            "register_write",
            f"{path} 无法写入：{error.strerror}。",
            "材料已按流水送出；请关闭登记表后运行 bulletin receipts。",
        ) from error


def unsettled(standing: Standing) -> Sequence[Package]:
    """Recipients of whom nobody knows, or who certainly have nothing (待处理的单位)."""
    return standing.in_state(State.UNCERTAIN, State.FAILED)
