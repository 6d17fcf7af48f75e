"""An office whose quarter was produced, and people who edit, sign and issue its notice (印发夹具).

What lives here: a data root made from committed facts and invented feedback, edits of a .docx. What must not: assertions.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.dispatch.issuing import Order, issue
from pipeline.dispatch.records import Approval, Issue, Signature, issue_folder
from pipeline.dispatch.signing import examine, sign
from pipeline.document.compose import compose
from pipeline.document.package import read_parts, write_parts
from pipeline.document.text import plain_text
from pipeline.output import publish
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.ledger.book import Derivation, Entry, Ledger, Part
from pipeline.review.ledger.printed import printed
from pipeline.settings import CODE_ROOT, Paths

QUARTER = "2021Q2"
NUMBER = "京政服发〔2021〕12号"
FACTS = CODE_ROOT / "data" / "raw" / "2021Q3" / "前期" / f"{QUARTER}.facts.json"
APPROVAL = Approval("主要负责同志", "2021-08-03", "市政府办公厅批件第1号")
MAIN = "word/document.xml"


@dataclass(frozen=True)
class Desk:
    """A data root with one produced quarter (办公桌)."""

    paths: Paths

    @classmethod
    def lay(cls, root: Path, facts: BulletinFacts | None = None) -> Desk:
        shutil.copytree(CODE_ROOT / "data" / "reference", root / "reference")
        desk = cls(Paths(CODE_ROOT, root))
        desk.produce(facts or BulletinFacts.from_json(FACTS.read_bytes()))
        return desk

    @property
    def draft(self) -> Path:
        return self.paths.out(QUARTER) / "bulletin.docx"

    def produce(self, facts: BulletinFacts, sheets: dict[str, bytes] | None = None) -> None:
        """Publish what a run would: the notice, its facts, and feedback of every unit with a site."""
        notice = write_notice(facts, self.paths.templates)
        files = {
            "bulletin.docx": compose(notice, (self.paths.templates / "bulletin.docx").read_bytes()),
            "machine/bulletin.txt": plain_text(notice).encode(),
            "machine/facts.json": facts.to_json(),
            "machine/figures.json": ledger(facts, notice).to_json(),
            **(feedback(facts) if sheets is None else sheets),
        }
        publish(self.paths, QUARTER, files, {"quarter": QUARTER, "code": "0" * 64})

    def edited(self, *changes: tuple[str, str], name: str = "签发稿.docx") -> Path:
        """The notice with words replaced, each of which it holds exactly once."""
        return self.save(replaced(self.draft.read_bytes(), *changes), name)

    def save(self, data: bytes, name: str) -> Path:
        path = self.paths.data / name
        path.write_bytes(data)
        return path

    def sign(self, *changes: tuple[str, str], **accept: str) -> Signature:
        return self.sign_file(self.edited(*changes), accept)

    def sign_file(self, path: Path, accept: dict[str, str] | None = None, approval: Approval = APPROVAL) -> Signature:
        return sign(self.paths, QUARTER, examine(self.paths, QUARTER, path), approval, accept or {})

    def issue(self, number: str = NUMBER, date: str = "2021-08-06", **more: object) -> Issue:
        return issue(self.paths, QUARTER, Order(number, date, **more))  # type: ignore[arg-type]

    def folder(self, number: int = 1) -> Path:
        return issue_folder(self.paths, QUARTER, number)


def replaced(data: bytes, *changes: tuple[str, str], part: str = MAIN) -> bytes:
    """A .docx with words of one of its parts replaced, each of which it holds exactly once."""
    parts = read_parts(data)
    text = parts[part].decode()
    for old, new in changes:
        assert text.count(old) == 1, f"{old}: {text.count(old)}"
        text = text.replace(old, new)
    return write_parts({**parts, part: text.encode()})


def tamper(path: Path, data: bytes) -> None:
    """Put other bytes in the place of a frozen file."""
    path.unlink()
    path.write_bytes(data)


def ledger(facts: BulletinFacts, notice: Notice) -> Ledger:
    """What a run's ledger says of the printed figures, their sources left out."""
    entries = tuple(
        Entry(number, item.figure, item.of, item.text, item.sentence, item.line, item.at)
        for number, item in enumerate(printed(notice), start=1)
    )
    values = facts.reckoned()
    figures = {
        item.of: Derivation(
            item.of, called(item.of), "", "", "", Part("", ""), None,
            values[item.of].members if item.of in values else (), "", "", (), "", (),
        )
        for item in entries
    }  # fmt: skip
    return Ledger(facts.quarter, entries, (), (), figures)


def called(figure: str) -> str:
    """What people call a figure in this office."""
    return f"“{figure}”的中文名称"


def feedback(facts: BulletinFacts) -> dict[str, bytes]:
    """Invented feedback of every unit with a site or accounts, its secret in it; every third one has a reply workbook."""
    roster = load_registry(CODE_ROOT / "data" / "reference").at(Quarter.parse(facts.quarter))
    inspected = owners(facts)
    files = {}
    for number, unit in enumerate(roster.units, start=1):
        short = roster.unit_names[unit.id].short
        if short in inspected:
            files[f"feedback/{number:02}-{short}.docx"] = write_parts({"sheet": secret(short).encode()})
            if number % 3 == 0:
                files[f"feedback/{number:02}-{short}-整改回执.xlsx"] = write_parts({"reply": secret(short).encode()})
    return files


def owners(facts: BulletinFacts) -> set[str]:
    """The units with a site or with accounts."""
    sites = {row.owner for group in (facts.district_sites, facts.department_sites) for row in group.rows}
    kept = (facts.new_media.districts, facts.new_media.departments)
    return sites | {
        unit for group in kept for units in (group.units_at_100, group.units_below) for unit in units.members
    }


def secret(unit: str) -> str:
    """What stands in the evidence of one unit alone."""
    return f"仅{unit}可见的问题证据"
