"""Killed at any instant, with a server that misbehaves: nobody gets it twice unless a person decides so (中断与重发)."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.dispatch.journal import JOURNAL, Kind, State, read_events
from pipeline.dispatch.records import Issue, read_issue
from pipeline.dispatch.sending import Standing, Wish, dispatch, stand
from pipeline.dispatch.transports import OUTBOX
from pipeline.output import sha256
from pipeline.settings import CODE_ROOT, Mail, Paths
from tests.dispatch.desk import QUARTER, Desk
from tests.dispatch.post import Post, open_post
from tests.dispatch.sender import Sender, transport

pytestmark = pytest.mark.slow

SEED = 20210806
KILLS = int(os.environ.get("BULLETIN_KILLS", "20"))
FAULTS = ("451", "450 rcpt", "554", "drop", "lost", "slow")


@pytest.fixture
def sender() -> Iterator[Sender]:
    process = Sender()
    yield process
    process.close()


@pytest.fixture
def root(sent_out: Path, tmp_path: Path) -> Path:
    shutil.copytree(sent_out, tmp_path / "data")
    return tmp_path / "data"


def begin_anew(desk: Desk) -> None:
    (desk.folder() / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(desk.folder() / OUTBOX, ignore_errors=True)


def killed(sender: Sender, desk: Desk, mail: Mail | None, seconds: float) -> bool:
    """Dispatch in a process of its own and kill it after a while; whether it was still at work."""
    child = sender.start(desk.paths.data, mail)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return int(sender.line()) == -signal.SIGKILL


def whole_time(sender: Sender, desk: Desk, mail: Mail | None) -> float:
    start = time.monotonic()
    sender.start(desk.paths.data, mail)
    assert int(sender.line()) == 0
    return time.monotonic() - start


def assert_honest(desk: Desk, accepted: Counter[str]) -> Standing:
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


def settle(desk: Desk, accepted: Counter[str], mail: Mail | None) -> Standing:
    """A person finds out about every uncertain one and decides; then the rest is sent."""
    standing = stand(desk.paths, QUARTER)
    uncertain = standing.in_state(State.UNCERTAIN)
    arrived = tuple(package.name for package in uncertain if accepted[package.key])
    lost = tuple(package.name for package in uncertain if not accepted[package.key])
    return dispatch(desk.paths, QUARTER, transport(desk.paths.data, mail), Wish(confirm=arrived, resend=lost))


def mailed(post: Post, known: Issue) -> Counter[str]:
    """Who was accepted how often; every message held its recipient's package and no other."""
    found: Counter[str] = Counter()
    packages = {f"unit{item.number}@example.org": item for item in known.packages}
    for message in post.accepted:
        package = packages[str(message["To"])]
        (attachment,) = message.iter_attachments()
        assert sha256(attachment.get_content()) == package.sha256, package.name
        found[package.key] += 1
    return found


def test_mail_with_faults_and_kills(root: Path, sender: Sender, tmp_path: Path) -> None:
    desk, draw = Desk(Paths(CODE_ROOT, root)), random.Random(SEED)
    known = read_issue(desk.paths, QUARTER)
    assert len(known.packages) >= 75
    post = Post()
    with open_post(post, tmp_path) as mail:
        length = whole_time(sender, desk, mail)
        assert assert_honest(desk, mailed(post, known)).in_state(State.SENT) == list(known.packages)
        interrupted = uncertain = 0
        for _ in range(KILLS):
            begin_anew(desk)
            post.accepted.clear()
            post.faults.clear()
            for package in draw.sample(known.packages, 15):
                post.faults[f"unit{package.number}@example.org"] = draw.choices(FAULTS, k=draw.randint(1, 2))
            interrupted += killed(sender, desk, mail, draw.uniform(0, length))
            time.sleep(0.1)  # the server ends what it was about to accept
            standing = assert_honest(desk, mailed(post, known))
            uncertain += len(standing.in_state(State.UNCERTAIN))
            post.faults.clear()
            standing = settle(desk, mailed(post, known), mail)
            assert standing.in_state(State.SENT) == list(known.packages)
            assert mailed(post, known) == Counter(package.key for package in known.packages)
    assert interrupted > KILLS // 2 and uncertain > 0


def handed_over(desk: Desk, known: Issue) -> Counter[str]:
    """Who has a package in the outbox, each the issued bytes of its own."""
    found: Counter[str] = Counter()
    for package in known.packages:
        path = desk.folder() / OUTBOX / Path(package.zip).name
        if path.exists():
            assert sha256(path.read_bytes()) == package.sha256, package.name
            found[package.key] += 1
    return found


def test_folder_and_kills(root: Path, sender: Sender) -> None:
    desk, draw = Desk(Paths(CODE_ROOT, root)), random.Random(SEED)
    known = read_issue(desk.paths, QUARTER)
    length = whole_time(sender, desk, None)
    interrupted = 0
    for _ in range(KILLS):
        begin_anew(desk)
        interrupted += killed(sender, desk, None, draw.uniform(0, length))
        assert_honest(desk, handed_over(desk, known))
        standing = settle(desk, handed_over(desk, known), None)
        assert standing.in_state(State.SENT) == list(known.packages)
        assert handed_over(desk, known) == Counter(package.key for package in known.packages)
    assert interrupted > KILLS // 2
