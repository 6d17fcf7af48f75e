"""Sample quarters as the back-check sees them: the notice, its record, and edited notices as files.

What lives here: running quarters in memory, blocks as an edited text and as a .docx. What must not: assertions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.bulletin.blocks import Notice
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.package import MAIN, read_parts, write_parts
from pipeline.document.text import annex_label, plain_text
from pipeline.document.xml import Element, W, element, parse, write
from pipeline.flow import STEPS, Context, execute, ledger_of, notice_of
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.review.backcheck.compare import compare
from pipeline.review.backcheck.differences import Comparison
from pipeline.review.backcheck.reading import Edited
from pipeline.review.backcheck.record import Record, record_of
from pipeline.review.ledger.book import Ledger
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse

QUARTERS = tuple(sorted(path.name for path in (CODE_ROOT / "data" / "raw").iterdir() if path.is_dir()))
_STOP = "bulletin/publication"


@dataclass(frozen=True)
class Known:
    """A quarter that was run: its notice, ledger and record, and the names of its units."""

    quarter: str
    roster: Roster
    notice: Notice
    ledger: Ledger
    text: str
    record: Record
    units: tuple[str, ...]

    def check(self, notice: Notice) -> Comparison:
        """The back-check of an edited notice."""
        return compare(self.record, edited(notice))


@cache
def known(quarter: str) -> Known:
    paths = Paths(CODE_ROOT, CODE_ROOT / "data")
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    with Warehouse(Path(":memory:"), paths.sql) as warehouse:
        context = Context(paths, roster, warehouse)
        for step in STEPS[: [step.key for step in STEPS].index(_STOP)]:
            execute(step, context)
        notice, ledger = notice_of(context), ledger_of(context)
    text = plain_text(notice)
    units = tuple(dict.fromkeys(row[1].text for annex in notice.annexes for row in annex.table.rows))
    return Known(quarter, roster, notice, ledger, text, record_of(text, ledger), units)


def edited(notice: Notice) -> Edited:
    """Blocks as an edited text, as if they had been read from a file."""
    paragraphs = [paragraph.text for paragraph in notice.paragraphs]
    for annex in notice.annexes:
        paragraphs += [annex_label(notice, annex), annex.title]
    tables = tuple(
        (
            tuple(column.heading for column in annex.table.columns),
            *(tuple(cell.text for cell in row) for row in annex.table.rows),
        )
        for annex in notice.annexes
    )
    return Edited(tuple(paragraphs), tables)


@cache
def _template() -> bytes:
    return build_template()


def docx(notice: Notice) -> bytes:
    """Blocks as a document."""
    return compose(notice, _template())


def in_document(data: bytes, edit: Callable[[Element], None]) -> bytes:
    """A document with its body edited."""
    parts = read_parts(data)
    root = parse(parts[MAIN])
    edit(root)
    return write_parts({**parts, MAIN: write(root)})


def tracked(was: bytes, now: bytes) -> bytes:
    """The second document as tracked changes of the first: runs that differ are deleted and inserted."""
    later = list(parse(read_parts(now)[MAIN]).iter(f"{{{W}}}p"))

    def edit(root: Element) -> None:
        for old, new in zip(list(root.iter(f"{{{W}}}p")), later, strict=True):
            runs, others = (list(each.iterchildren(f"{{{W}}}r")) for each in (old, new))
            if write(old) == write(new):
                continue
            gone = element("del", author="校对", date="2021-11-01T00:00:00Z", id=1)
            come = element("ins", author="校对", date="2021-11-01T00:00:00Z", id=2)
            at = old.index(runs[0])
            gone.extend(runs)
            come.extend(others)
            for text in gone.iter(f"{{{W}}}t"):
                text.tag = f"{{{W}}}delText"
            old[at:at] = [gone, come]

    return in_document(was, edit)


def split_runs(root: Element) -> None:
    """Every run of two signs or more split after its first sign, in another font."""
    for run in list(root.iter(f"{{{W}}}r")):
        texts = [child for child in run if child.tag == f"{{{W}}}t"]
        if len(texts) != 1 or len(texts[0].text or "") < 2:
            continue
        whole = texts[0].text
        first = element(
            "r", element("rPr", element("rFonts", ascii="Arial", eastAsia="微软雅黑"), element("b")), element("t")
        )
        first[-1].text, texts[0].text = whole[0], whole[1:]
        run.addprevious(first)
