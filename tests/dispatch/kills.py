"""Dispatches that are killed at instants drawn from a seed, by folder and by a mail server that misbehaves (中断与重发).

What lives here: killing, what must hold whatever happened, the person who finds out about the uncertain ones.
``python -m tests.dispatch.kills 100`` is the soak, which writes a page in docs/soak. What must not: changing the product's behaviour.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.dispatch.journal import JOURNAL, Kind, State, read_events
from pipeline.dispatch.records import Issue, read_issue
from pipeline.dispatch.sending import Standing, Wish, dispatch, stand
from pipeline.dispatch.transports import OUTBOX
from pipeline.output import sha256
from pipeline.settings import CODE_ROOT, Mail
from tests.dispatch.desk import QUARTER, Desk
from tests.dispatch.post import Post, open_post
from tests.dispatch.sender import Sender, transport

SEED = 20210806
PAGE = CODE_ROOT / "docs" / "soak" / "dispatch.md"
_FAULTS = ("451", "450 rcpt", "554", "drop", "lost", "slow")
_FAULTY = 15  # recipients of a dispatch with whom something goes wrong


@dataclass(frozen=True)
class Outcome:
    """What came of so many kills (结果): dispatches still at work when killed, recipients shown as uncertain afterwards."""

    kills: int
    seconds: float
    interrupted: int
    uncertain: int
    recipients: int


def by_mail(desk: Desk, sender: Sender, kills: int, folder: Path) -> Outcome:
    """Kill dispatches by mail, with faults of the server at seeded points (邮件中断)."""
    post, draw = Post(), random.Random(SEED)
    known = read_issue(desk.paths, QUARTER)
    with open_post(post, folder) as mail:

        def worse() -> None:
            post.accepted.clear()
            post.faults.clear()
            post.patience, post.polite = draw.choice((3, 10, 1000)), draw.random() < 0.5
            for package in draw.sample(known.packages, _FAULTY):
                post.faults[f"unit{package.number}@example.org"] = draw.choices(_FAULTS, k=draw.randint(1, 2))

        def better() -> None:
            time.sleep(0.1)  # the server ends what it was about to accept
            post.faults.clear()

        return _kill(desk, sender, mail, kills, draw, lambda: _mailed(post, known), worse, better)


def by_folder(desk: Desk, sender: Sender, kills: int) -> Outcome:
    """Kill dispatches by folder (交换目录中断)."""
    known, draw = read_issue(desk.paths, QUARTER), random.Random(SEED)
    return _kill(desk, sender, None, kills, draw, lambda: _handed_over(desk, known), lambda: None, lambda: None)


def _kill(
    desk: Desk,
    sender: Sender,
    mail: Mail | None,
    kills: int,
    draw: random.Random,
    accepted: Callable[[], Counter[str]],
    worse: Callable[[], None],
    better: Callable[[], None],
) -> Outcome:
    everybody = list(read_issue(desk.paths, QUARTER).packages)
    once = Counter(package.key for package in everybody)
    seconds = _whole_time(sender, desk, mail)
    assert _honest(desk, accepted()).in_state(State.SENT) == everybody
    interrupted = uncertain = 0
    for _ in range(kills):
        (desk.folder() / JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(desk.folder() / OUTBOX, ignore_errors=True)
        worse()
        interrupted += _killed(sender, desk, mail, draw.uniform(0, seconds))
        better()
        uncertain += len(_honest(desk, accepted()).in_state(State.UNCERTAIN))
        assert _settled(desk, accepted(), mail).in_state(State.SENT) == everybody
        assert accepted() == once
    return Outcome(kills, seconds, interrupted, uncertain, len(everybody))


def _killed(sender: Sender, desk: Desk, mail: Mail | None, seconds: float) -> bool:
    """Dispatch in a process of its own and kill it after a while; whether it was still at work."""
    child = sender.start(desk.paths.data, mail)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return int(sender.line()) == -signal.SIGKILL


def _whole_time(sender: Sender, desk: Desk, mail: Mail | None) -> float:
    start = time.monotonic()
    sender.start(desk.paths.data, mail)
    assert int(sender.line()) == 0
    return time.monotonic() - start


def _honest(desk: Desk, accepted: Counter[str]) -> Standing:
    """What the journal says holds, whatever happened: sent is what was accepted, and what is open is shown as open."""
    standing = stand(desk.paths, QUARTER)
    sent = Counter(item.recipient for item in read_events(desk.folder()) if item.kind is Kind.SENT)
    for package in standing.issue.packages:
        state, key = standing.of(package).state, package.key
        assert sent[key] <= accepted[key], f"{package.name}: sent, but not accepted"
        assert sent[key] <= 1, f"{package.name}: counted twice"
        if state in (State.OUTSTANDING, State.FAILED):
            assert accepted[key] == 0, f"{package.name}: accepted, yet due again"
        elif state is State.SENT:
            assert accepted[key] == 1
    return standing


def _settled(desk: Desk, accepted: Counter[str], mail: Mail | None) -> Standing:
    """A person finds out about every uncertain one and decides; then the rest is sent."""
    uncertain = stand(desk.paths, QUARTER).in_state(State.UNCERTAIN)
    arrived = tuple(package.name for package in uncertain if accepted[package.key])
    lost = tuple(package.name for package in uncertain if not accepted[package.key])
    return dispatch(desk.paths, QUARTER, transport(desk.paths.data, mail), Wish(confirm=arrived, resend=lost))


def _mailed(post: Post, known: Issue) -> Counter[str]:
    """Who was accepted how often; every message held its recipient's package and no other."""
    found: Counter[str] = Counter()
    packages = {f"unit{item.number}@example.org": item for item in known.packages}
    for message in post.accepted:
        package = packages[str(message["To"])]
        (attachment,) = message.iter_attachments()
        assert sha256(attachment.get_content()) == package.sha256, package.name
        found[package.key] += 1
    return found


def _handed_over(desk: Desk, known: Issue) -> Counter[str]:
    """Who has a package in the outbox, each the issued bytes of its own."""
    found: Counter[str] = Counter()
    for package in known.packages:
        path = desk.folder() / OUTBOX / Path(package.zip).name
        if path.exists():
            assert sha256(path.read_bytes()) == package.sha256, package.name
            found[package.key] += 1
    return found


def _write(outcomes: dict[str, Outcome], faults: list[str]) -> None:
    rows = "".join(
        f"| {name} | {each.kills} | {each.seconds:.1f} | {each.interrupted} | {each.recipients} | {each.uncertain} |\n"
        for name, each in outcomes.items()
    )
    PAGE.write_text(
        "# Dispatches that are killed\n\n"
        f"Written by `python -m tests.dispatch.kills` (100 of each in `make soak`). Seed {SEED}; violations: {len(faults)}.\n\n"
        "| transport | kills | seconds of a whole dispatch | still at work when killed | recipients | shown as uncertain, in all |\n"
        "|---|---:|---:|---:|---:|---:|\n"
        f"{rows}\n"
        "After each kill: nobody is counted as sent who was not accepted, nobody twice, nobody who has it is due again, and every "
        "package is the recipient's own, byte by byte. Then a person decides about the uncertain ones, the rest is sent, and "
        f"everybody has it once. By mail, {_FAULTY} recipients of each dispatch meet a server that drops the line, is slow, or answers "
        "4xx or 5xx, and that ends a connection after 3, 10 or 1000 messages.\n"
        + "".join(f"\n- {fault}" for fault in faults)
        + ("\n" if faults else ""),
        "utf-8",
    )


def main(kills: int) -> int:
    """Kill so many dispatches of either kind, and write the page (浸泡测试)."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the server tells of its own deprecations
    outcomes, faults = dict[str, Outcome](), list[str]()
    with tempfile.TemporaryDirectory() as name, contextlib.closing(Sender()) as sender:
        desk = Desk.lay(Path(name) / "data")
        desk.sign()
        desk.issue()
        ways = {
            "smtp": lambda: by_mail(desk, sender, kills, Path(name)),
            "folder": lambda: by_folder(desk, sender, kills),
        }
        for way, run in ways.items():
            (desk.folder() / JOURNAL).unlink(missing_ok=True)
            try:
                outcomes[way] = run()
            except AssertionError as error:
                faults.append(f"{way}: {error}")
    _write(outcomes, faults)
    sys.stdout.write(PAGE.read_text("utf-8"))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
