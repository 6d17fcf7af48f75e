"""The product of alterations and rewordings, and what the back-check says of each; run by `make soak` in full, `… N` for a part.

What lives here: the product, its count, the page in docs/soak. What must not: how edits are made.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.bulletin.blocks import Notice
from pipeline.settings import CODE_ROOT
from tests.backcheck.edits import (
    HONEST,
    REWORDINGS,
    Alteration,
    cell_alterations,
    list_alterations,
    number_alterations,
    sentences_reversed,
    swaps,
    synonyms,
)
from tests.backcheck.texts import QUARTERS, Known, known

Rewording = Callable[[Notice], Notice]
PAGE = CODE_ROOT / "docs" / "soak" / "backcheck.md"


def as_it_is(notice: Notice) -> Notice:
    return notice


def reworded_and_moved(notice: Notice) -> Notice:
    return sentences_reversed(synonyms(notice))


WAYS: tuple[Rewording, ...] = (as_it_is, *REWORDINGS, reworded_and_moved)


def alterations(sample: Known, *, near: bool) -> Iterator[Alteration]:
    """Every alteration of a notice; of swapped pairs, those that follow each other where ``near``."""
    yield from number_alterations(sample.notice)
    yield from list_alterations(sample.notice, sample.units)
    yield from swaps(sample.notice, near=near)


def fault(sample: Known, alteration: Alteration, way: Rewording = as_it_is) -> str:
    """What is wrong with the back-check of an alteration; nothing where the right figure is named, and no other.

    A list and the number beside it are one figure: two lists that changed places, or their numbers, are the same edit.
    Of a number that is gone from a sentence written anew, any figure with that number may be named.
    """
    found = sample.check(way(alteration.notice)).differences
    named, wanted = {_figure(each.figure) for each in found}, {_figure(figure) for figure in alteration.figures}
    if named == wanted:
        return ""
    if alteration.kind == "dropped" and way is not as_it_is and len(named) == 1:
        (only,) = found
        values = {each.printed for each in sample.ledger.entries if each.figure in {only.figure, *alteration.figures}}
        if len(values) == 1:
            return ""
    return f"{sample.quarter} {alteration.kind} {way.__name__}: {sorted(wanted)}, told {sorted(named)}"


def _figure(figure: str) -> str:
    return figure.removesuffix(".names").removesuffix(".count")


def main(step: int = 1) -> int:
    """The product, and the page that tells its counts (浸泡测试); of rewordings every ``step``-th alteration."""
    counts, faults, alarms = Counter[tuple[str, str]](), list[str](), list[str]()
    for quarter in QUARTERS:
        sample = known(quarter)
        for edit in HONEST:
            counts[quarter, "honest"] += 1
            alarms += [f"{quarter} {edit.__name__}: {each}" for each in sample.check(edit(sample.notice)).differences]
        for way in WAYS:
            whole = way is as_it_is
            for each in list(alterations(sample, near=not whole))[:: 1 if whole else step]:
                counts[quarter, each.kind] += 1
                faults += filter(None, [fault(sample, each, way)])
        for each in cell_alterations(sample.notice):
            counts[quarter, each.kind] += 1
            faults += filter(None, [fault(sample, each)])
    _write(counts, faults, alarms, step)
    for line in (*faults, *alarms):
        sys.stdout.write(f"{line}\n")
    return bool(faults or alarms)


def _write(counts: Counter[tuple[str, str]], faults: list[str], alarms: list[str], step: int) -> None:
    kinds = list(dict.fromkeys(kind for _, kind in counts))
    rows = "".join(
        f"| {kind} | " + " | ".join(str(counts[quarter, kind]) for quarter in QUARTERS) + " |\n" for kind in kinds
    )
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(
        "# Back-check: the product of alterations and rewordings\n\n"
        f"Written by `make soak`. {counts.total()} edited notices; alterations not found or misnamed: {len(faults)}; "
        f"false alarms: {len(alarms)}.\n\n"
        f"| kind | {' | '.join(QUARTERS)} |\n|---|{'---|' * len(QUARTERS)}\n{rows}\n"
        f"{'Every' if step == 1 else f'Every {step}th'} alteration is made after each of {len(WAYS) - 1} rewordings "
        f"({', '.join(way.__name__ for way in WAYS[1:])}); honest edits are {len(HONEST)} kinds.\n"
        + "".join(f"\n- {line}" for line in (*faults, *alarms))
        + ("\n" if faults or alarms else ""),
        "utf-8",
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
