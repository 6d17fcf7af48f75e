"""What is to be noted about a notice when its facts are known (成文提示).

What lives here: warnings about changes, about what was not said because it cannot be compared, and about editorial
choices that change nothing. What must not: checks of delivered data, wording of the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from pipeline.bulletin.catalogue import called, name_of
from pipeline.bulletin.facts import BulletinFacts, Choice
from pipeline.bulletin.figures import Change
from pipeline.bulletin.phrasing import decimal_text
from pipeline.bulletin.references import References
from pipeline.bulletin.statements import form_of
from pipeline.bulletin.statements.choices import COLUMNS, unheeded
from pipeline.errors import Finding, Where
from pipeline.findings import INFO_FILE, finding
from pipeline.quarter import Quarter
from pipeline.reference.models import Statement
from pipeline.reference.registry import Registry

_SINCE_LAST = {"DELTA", "UNITDELTA", "NMDELTA", "NMRDELTA", "RECHECK", "REPEAT", "REGISTER"}  # kinds of statement
Row = Mapping[str, Mapping[str, str]]  # a row of 语句选择: its filled cells by field


def remarks(facts: BulletinFacts, files: Iterable[bytes], cells: pl.DataFrame, registry: Registry) -> Iterator[Finding]:
    """Remarks on a notice's facts (成文提示).

    ``files`` are the facts files of earlier quarters, ``cells`` those of the quarter, of which 语句选择 is read.
    """
    yield from _ambiguous_changes(facts)
    yield from (finding("E605", Where(INFO_FILE), name) for name in References(facts).missing(facts.brief))
    yield from _without_topic(facts)
    earlier = {known.quarter: known for known in map(BulletinFacts.from_json, files)}
    quarter = Quarter.parse(facts.quarter)
    compared = (quarter.previous.key, quarter.year_before.key)
    yield from _incomparable(facts, [earlier[key] for key in compared if key in earlier])
    yield from _gaps(facts, earlier.keys())
    known = {item.id: item for item in registry.statements}
    before = any(Quarter.parse(key) < quarter.previous for key in earlier)
    unknown = _unknown(facts, registry.statements) if before and quarter.previous.key not in earlier else ()
    if unknown:
        yield finding("E606", Where(""), quarter.previous.key, statements="、".join(unknown))
    for row in _chosen(cells):
        item = known[row["statement"]["value"]]
        if item.label not in unknown:
            yield from _unsaid(facts, item, row, registry)
        yield from _idle(item, row)


def _ambiguous_changes(facts: BulletinFacts) -> Iterator[Finding]:
    for figure in facts.figures():
        if isinstance(figure, Change) and figure.value != figure.otherwise:
            printed, otherwise = (f"{decimal_text(value)}{figure.unit}" for value in (figure.value, figure.otherwise))
            name = name_of(figure.id, called(facts))
            yield finding("E601", Where(""), name, earlier=figure.earlier, printed=printed, otherwise=otherwise)


def _without_topic(facts: BulletinFacts) -> Iterator[Finding]:
    """Practices that are told by topic and have none: their heading would be empty."""
    bare = [item.subject for item in facts.brief.practices if not item.topic]
    if bare and facts.brief.practice_order == "topics":
        yield finding("E609", Where(INFO_FILE, "典型做法"), bare[0], count=len(bare))


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


def _unknown(facts: BulletinFacts, known: Iterable[Statement]) -> Sequence[str]:
    """The statements that would compare with the last quarter, and are not said because nothing is known of it."""
    choices = ((item, facts.choice(item.id)) for item in known if _SINCE_LAST & set(item.kind))
    return [item.label for item, choice in choices if _wanted(choice, facts) and form_of(choice, facts) is None]


def _wanted(choice: Choice, facts: BulletinFacts) -> bool:
    """Whether a statement is switched on, and with it the one that it continues or rests on."""
    rests = not choice.needs or form_of(facts.choice(choice.needs), facts) is not None
    return choice.enabled and choice.naming != "none" and rests


def _chosen(cells: pl.DataFrame) -> Iterator[Row]:
    """The rows of 语句选择, each with its filled cells by field."""
    filled = cells.filter(pl.col("layout") == "info_choice", pl.col("value") != "").sort("file", "sheet", "row_no")
    for _, row in filled.group_by("file", "sheet", "row_no", maintain_order=True):
        yield {cell["field"]: cell for cell in row.iter_rows(named=True)}


def _unsaid(facts: BulletinFacts, item: Statement, row: Row, registry: Registry) -> Iterator[Finding]:
    """A statement that was asked for, and is not said."""
    choice = facts.choice(item.id)
    if not item.form or not choice.enabled or form_of(choice, facts) is not None:
        return
    if choice.naming == "none":
        why = "没有决定点名"
    elif not _wanted(choice, facts):
        needed = next(other.label for other in registry.statements if other.id == item.needs)
        why = f"没有写“{needed}”"
    else:
        why = registry.absent.get(item.form, "本季度没有可写的内容")
    yield finding("E607", _where(row["statement"]), item.label, why=why)


def _idle(item: Statement, row: Row) -> Iterator[Finding]:
    """Cells that change nothing of a statement."""
    for column, why in unheeded(item, {field: cell["value"] for field, cell in row.items()}):
        cell = row[column]
        yield finding("E608", _where(cell), cell["text"], statement=item.label, column=COLUMNS[column], why=why)


def _where(cell: Mapping[str, str]) -> Where:
    return Where(cell["file"], cell["sheet"], cell["cell"])
