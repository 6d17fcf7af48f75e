"""A new quarter's folder: 季度信息, the blanks for the agency, the facts of earlier quarters (新季度).

What lives here: what the folder holds and where each part comes from. What must not: columns of the blanks, figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.bulletin.facts import BulletinFacts
from pipeline.errors import RegistryError, RunError, SourceError
from pipeline.findings import INFO_FILE
from pipeline.ingest.folder import BLANKS_FOLDER, EARLIER_FOLDER
from pipeline.ingest.form import read_form
from pipeline.office.blanks import Carried, delivered_forms, info_form
from pipeline.office.folder import place
from pipeline.output import MANIFEST, sha256
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.settings import Paths

_FACTS = "machine/facts.json"
_REACH = 4  # quarters back: statements compare with the quarter before, and with the same quarter a year ago
_ITEMS = "info_item"


@dataclass(frozen=True)
class Opened:
    """A quarter that was opened (新开季度): its folder, its files, and where facts and carried items come from."""

    folder: Path
    rule_book: str
    files: tuple[str, ...]
    earlier: Mapping[str, Path]
    carried_from: Path | None


def open_quarter(paths: Paths, quarter: str, rule_book: str | None = None) -> Opened:
    """Make the folder of a new quarter (新开季度).

    Raises ``RunError`` where the folder is there already, ``RegistryError`` where the registry does not hold in the quarter
    or ``rule_book`` is another than its own, ``SourceError`` for facts that differ from their manifest.
    """
    key = Quarter.parse(quarter)
    roster = load_registry(paths.reference).at(key)
    _expect(roster, rule_book)
    folder = paths.raw(key.key)
    if folder.exists():
        raise RunError(
            "quarter_exists", f"{folder} 已经存在，没有改动。", "继续使用该文件夹；要重做，请先把它移走或者改名。"
        )
    back = list(_before(key))
    earlier = {item.key: found for item in back if (found := _facts_folder(paths, item.key)) is not None}
    source = next((path for item in back if (path := paths.raw(item.key) / INFO_FILE).is_file()), None)
    files = {
        INFO_FILE: info_form(roster, _carried(source, roster) if source else Carried()),
        **{f"{BLANKS_FOLDER}/{name}": data for name, data in delivered_forms(roster).items()},
        **{f"{EARLIER_FOLDER}/{name}.facts.json": _facts(path, name) for name, path in earlier.items()},
    }
    place(folder, files)
    return Opened(folder, roster.rule_book.id, tuple(files), earlier, source)


def _expect(roster: Roster, rule_book: str | None) -> None:
    """Refuse another rule book than the one that the registry has for the quarter."""
    own = roster.rule_book
    if rule_book not in (None, own.id):
        raise RegistryError(
            "rule_book_other",
            f"{roster.quarter} 适用的检查指标是 {own.id}，不是 {rule_book}。",
            "一个季度只有一套检查指标；要改用另一套，请维护人员在登记数据中调整两套指标的有效期。",
        )


def _before(quarter: Quarter) -> Iterator[Quarter]:
    for _ in range(_REACH):
        quarter = quarter.previous
        yield quarter


def _facts_folder(paths: Paths, quarter: str) -> Path | None:
    """The folder that tells the facts of a quarter: what was issued last, else what was produced last."""
    issued = paths.issued(quarter)
    numbers = [path for path in issued.iterdir() if path.name.isdecimal()] if issued.is_dir() else []
    candidates = [*sorted(numbers, key=lambda path: int(path.name), reverse=True), paths.out(quarter)]
    return next((folder for folder in candidates if (folder / _FACTS).is_file()), None)


def _facts(folder: Path, quarter: str) -> bytes:
    """The facts of an earlier quarter. Raises ``SourceError`` unless they are those of the manifest beside them."""
    try:
        data = (folder / _FACTS).read_bytes()
        sound = json.loads((folder / MANIFEST).read_bytes())["outputs"][_FACTS] == sha256(data)
        sound = sound and BulletinFacts.from_json(data).quarter == quarter
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise SourceError(
            "earlier_facts",
            f"{folder / _FACTS} 与同一文件夹的 {MANIFEST} 不符，或者不是 {quarter} 的数据。",
            f"没有印发的，请重新运行 bulletin run {quarter}；已经印发的，请从备份恢复该文件夹。",
        )
    return data


def _carried(source: Path, roster: Roster) -> Carried:
    """What an earlier 季度信息 tells, as far as it can be read: what cannot be carried over is filled anew.

    An office that was renamed since is called by its new name.
    """
    layouts = [layout for layout in roster.registry.layouts if layout.sheet]
    records = read_form(source.name, source.read_bytes(), layouts, roster).records
    quarter = Quarter.parse(source.parent.name)
    before, now = roster.registry.office.at(quarter).name, roster.office.name
    items = {record["item"].value: record["content"].value for record in records.get(_ITEMS, ())}
    rows = {
        layout.id: [
            {name: cell.text for name, cell in record.items() if cell.value}
            for record in records.get(layout.id, ())
            if record[layout.key].value
        ]
        for layout in layouts
        if any(column.carried for column in layout.column)
    }
    return Carried(quarter.label, {name: text.replace(before, now) for name, text in items.items()}, rows)
