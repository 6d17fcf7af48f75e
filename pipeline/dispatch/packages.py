"""What each recipient gets: the issued notice, its own feedback and nobody else's, a letter, a list (材料包).

What lives here: which files belong to whom, the folder and the zip of each recipient. What must not: what the files say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.bulletin.facts import BulletinFacts
from pipeline.dispatch.letters import LETTER, LIST, Reference, covering_letter, names_of, packing_list
from pipeline.dispatch.recipients import Recipient
from pipeline.dispatch.records import Package
from pipeline.document.compose import Typesetter
from pipeline.document.geometry import MANUSCRIPT
from pipeline.document.package import write_parts
from pipeline.output import sha256

FOLDER = "packages"
_FEEDBACK = re.compile(r"feedback/\d+-(.+?)(\.docx|-整改回执\.xlsx)")
_SHEET, _REPLY = ".docx", "-整改回执.xlsx"
_KINDS = {_SHEET: "反馈单", _REPLY: "整改回执"}
_NAMES = {_SHEET: "反馈单.docx", _REPLY: "整改回执.xlsx"}


@dataclass(frozen=True)
class Feedback:
    """The feedback of all inspected units (反馈材料): files by unit and kind, and what is wrong with them."""

    files: Mapping[str, Mapping[str, bytes]]
    faults: tuple[str, ...]


def read_feedback(out: Path, outputs: Mapping[str, str], facts: BulletinFacts, known: Sequence[Recipient]) -> Feedback:
    """The feedback sheets and reply workbooks of a run (读取反馈材料), as the manifest of the approved text names them.

    ``outputs`` is SHA-256 by path. A file of another run, or of nobody, and a missing one are faults.
    """
    units = {item.name for item in known if item.unit}
    files: dict[str, dict[str, bytes]] = {}
    faults = []
    for path, digest in outputs.items():
        match = _FEEDBACK.fullmatch(path)
        if match is None:
            continue
        if match[1] not in units:
            faults.append(f"{path} 不是任何分发对象的反馈材料")
            continue
        data = _content(out / path)
        if data is None or sha256(data) != digest:
            faults.append(f"{match[1]}的{_KINDS[match[2]]}（{path}）缺失，或者与签发时的不同")
        else:
            files.setdefault(match[1], {})[match[2]] = data
    faults += [
        f"被检查单位{unit}没有反馈单"
        for unit in dict.fromkeys((*_inspected(facts), *files))
        if not files.get(unit, {}).get(_SHEET)
    ]
    return Feedback(files, tuple(faults))


def _inspected(facts: BulletinFacts) -> Iterator[str]:
    """The units that were inspected: those with a site, and those with accounts."""
    for group in (facts.district_sites, facts.department_sites):
        yield from (row.owner for row in group.rows)
    for owners in (facts.new_media.districts, facts.new_media.departments):
        yield from (*owners.units_at_100.members, *owners.units_below.members)


def make_packages(
    document: Reference,
    notice: bytes,
    extra: Mapping[str, bytes],
    feedback: Mapping[str, Mapping[str, bytes]],
    recipients: Sequence[Recipient],
) -> Iterator[tuple[Package, dict[str, bytes]]]:
    """The package of every recipient with all of its files by path (制作材料包); the same input gives the same bytes."""
    digits = max(2, len(str(max((item.number for item in recipients), default=0))))
    typesetter = Typesetter(MANUSCRIPT)
    for recipient in recipients:
        own = feedback.get(recipient.name, {}) if recipient.unit else {}
        files = {f"{document.number}.docx": notice, **extra}
        files |= {f"{recipient.name}{name}": own[kind] for kind, name in _NAMES.items() if kind in own}
        letter = covering_letter(recipient, document, names_of(files), bool(own))
        files[LETTER] = typesetter.write(letter)
        files[LIST] = packing_list(recipient, document, files)
        folder = f"{FOLDER}/{recipient.number:0{digits}}-{recipient.name}"
        packed = write_parts(files)
        package = Package(
            number=recipient.number,
            key=recipient.key,
            name=recipient.name,
            category=recipient.category,
            zip=f"{folder}.zip",
            sha256=sha256(packed),
            files={name: sha256(data) for name, data in sorted(files.items())},
        )
        yield package, {f"{folder}/{name}": data for name, data in files.items()} | {package.zip: packed}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
