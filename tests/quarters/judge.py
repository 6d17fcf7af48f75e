"""A quarter's notice against what is true of it (通报与复算对照).

What lives here: running the quarters of a seed, and what differs between what their notices say and what they must say.
What must not: pytest, drawing, reading, reckoning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from tests.quarters.draw import LENGTH, Drawn, history
from tests.quarters.enter import PATHS, Made, Paths, enter
from tests.quarters.reader import Claim, UnknownSentence, read_annexes, read_notice, read_summary
from tests.quarters.reckon import Reckoned

Forms = Counter[tuple[str, str, str]]  # kind, subject, form
WHOLE = 20  # every so many quarters one is run with SQL and its document


@dataclass(frozen=True)
class Judged:
    """A quarter with what its notice says, and what is wrong with it (对照结果)."""

    drawn: Drawn
    said: tuple[Claim, ...]
    faults: tuple[str, ...]


def judge(seed: int, length: int = LENGTH, paths: Paths = PATHS, *, every: int = WHOLE) -> Iterator[Judged]:
    """The quarters of a seed, each run, read and recomputed (逐季对照); one in ``every`` with SQL, none where that is 0."""
    facts: dict[str, bytes] = {}
    known: dict[str, Reckoned] = {}
    for number, drawn in enumerate(history(seed, length)):
        whole = bool(every) and (seed * length + number) % every == 0
        made = enter(drawn, {key: facts[key] for key in drawn.earlier}, whole=whole, paths=paths)
        facts[drawn.key], known[drawn.key] = made.facts, Reckoned(drawn, known)
        yield _compared(drawn, made, known[drawn.key])


def _compared(drawn: Drawn, made: Made, reckoned: Reckoned) -> Judged:
    faults = [*made.problems]
    try:
        said, brief = read_notice(made.read), read_summary(made.summary)
        annexed = [*read_annexes([text for role, text in made.read if role == "attachment"], made.tables)]
    except UnknownSentence as error:
        return Judged(drawn, (), (*faults, str(error)))
    ours, theirs = Counter(reckoned.claims()), Counter(said)
    faults += [f"通报所言不实：{claim}" for claim in (theirs - ours).elements()]
    faults += [f"应言而未言：{claim}" for claim in (ours - theirs).elements()]
    faults += _differences("摘要", reckoned.summary(), brief)
    faults += _differences("附件", [*reckoned.annexes()], annexed)
    return Judged(drawn, tuple(said), tuple(faults))


def _differences(part: str, due: list[Claim], told: list[Claim]) -> Iterator[str]:
    """What a part says otherwise than it must, line by line: their order counts."""
    for number, (ours, theirs) in enumerate(zip_longest(due, told), start=1):
        if ours != theirs:
            yield f"{part}第{number}条不符：应为 {ours}，实为 {theirs}"


def run(seed: int) -> tuple[Forms, list[str]]:
    """How often each form of statement was read from the quarters of a seed, and the faults (一个种子的结果)."""
    read, faults = Forms(), list[str]()
    for judged in judge(seed):
        read.update(claim.form for claim in judged.said)
        faults += [f"{judged.drawn}：{fault}" for fault in judged.faults]
    return read, faults
