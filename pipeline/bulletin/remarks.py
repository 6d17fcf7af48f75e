"""What is to be noted about a notice when its facts are known (成文提示).

What lives here: warnings about changes, and about what was not said because it cannot be compared. What must not:
checks of delivered data, wording of the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.bulletin.catalogue import called, name_of
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.figures import Change
from pipeline.bulletin.phrasing import decimal_text
from pipeline.bulletin.references import References
from pipeline.errors import Finding, Where
from pipeline.findings import INFO_FILE, finding
from pipeline.quarter import Quarter


def remarks(facts: BulletinFacts, files: Iterable[bytes]) -> Iterator[Finding]:
    """Remarks on a notice's facts (成文提示); ``files`` are the facts files of earlier quarters."""
    yield from _ambiguous_changes(facts)
    yield from (finding("E605", Where(INFO_FILE), name) for name in References(facts).missing(facts.brief))
    earlier = {known.quarter: known for known in map(BulletinFacts.from_json, files)}
    quarter = Quarter.parse(facts.quarter)
    compared = (quarter.previous.key, quarter.year_before.key)
    yield from _incomparable(facts, [earlier[key] for key in compared if key in earlier])
    yield from _gaps(facts, earlier.keys())


def _ambiguous_changes(facts: BulletinFacts) -> Iterator[Finding]:
    for figure in facts.figures():
        if isinstance(figure, Change) and figure.value != figure.otherwise:
            printed, otherwise = (f"{decimal_text(value)}{figure.unit}" for value in (figure.value, figure.otherwise))
            name = name_of(figure.id, called(facts))
            yield finding("E601", Where(""), name, earlier=figure.earlier, printed=printed, otherwise=otherwise)


def _incomparable(facts: BulletinFacts, earlier: Sequence[BulletinFacts]) -> Iterator[Finding]:
    for known in earlier:
        where = Where(f"前期/{known.quarter}.facts.json")
        ours, theirs = facts.new_media.taxonomy, known.new_media.taxonomy
        if known.rule_book != facts.rule_book:
            yield finding("E602", where, known.quarter, ours=facts.rule_book, theirs=known.rule_book)
        elif ours != theirs:
            yield finding("E603", where, known.quarter, ours=ours, theirs=theirs)


def _gaps(facts: BulletinFacts, earlier: Iterable[str]) -> Iterator[Finding]:
    """The latest quarter that is missing between this one and an earlier one at hand."""
    known = {Quarter.parse(key) for key in earlier}
    quarter = Quarter.parse(facts.quarter).previous
    while any(other < quarter for other in known) and quarter in known:
        quarter = quarter.previous
    if known and quarter not in known and any(other < quarter for other in known):
        yield finding("E604", Where(""), quarter.key)
