"""Questions to a ledger: by figure, by number, by printed text, by cell (追溯).

What lives here: finding what is asked for, the values of source cells. What must not: printing, reading the output folder.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from pipeline.errors import SourceError
from pipeline.review.ledger.book import Derivation, Entry, Ledger
from pipeline.review.ledger.places import holds, position

_PLACE = re.compile(r"(?P<file>[^!]+)(?:!(?P<sheet>[^!]*))?!(?P<cell>\$?[A-Za-z]+\$?[1-9]\d*)", re.ASCII)
_NUMBER = re.compile(r"#?([1-9]\d*)", re.ASCII)
FACTS = ".facts.json"
_FACTS = re.compile(rf"(?P<file>.*{re.escape(FACTS)})(?:!(?P<inside>[^!]*))?")
Cells = Mapping[tuple[str, str, str], tuple[str, str]]  # file, sheet, cell -> heading, text as delivered


@dataclass(frozen=True)
class Value:
    """A text that source cells under one heading say, and which they are (来源单元格的内容)."""

    file: str
    sheet: str
    heading: str
    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a question found (追溯结果): figures with where they are printed; of a cell, ``place`` as it is called."""

    figures: tuple[Derivation, ...]
    entries: tuple[Entry, ...]
    place: str = ""


def ask(ledger: Ledger, question: str, cells: Cells) -> Answer:
    """Find a figure by its id or number, by printed text, or by a cell (追溯).

    ``cells`` tell which sheets there are besides those that figures come from. Raises ``SourceError``.
    """
    text = question.strip()
    by_id = [entry for entry in ledger.entries if text in (entry.figure, entry.of)]
    if text in ledger.figures or by_id:
        return _of(ledger, dict.fromkeys([entry.of for entry in by_id] or [text]))
    if match := _FACTS.fullmatch(text):
        return _moved_by_facts(ledger, match["file"], match["inside"] or "", text)
    if match := _PLACE.fullmatch(text):
        return _moved(ledger, match, text, cells)
    if (match := _NUMBER.fullmatch(text)) and int(match[1]) <= len(ledger.entries):
        entry = ledger.entries[int(match[1]) - 1]
        return Answer((ledger.figures[entry.of],), (entry,))
    if found := list(_printed(ledger.entries, text)):
        return Answer(tuple(ledger.figures[key] for key in dict.fromkeys(entry.of for entry in found)), tuple(found))
    raise SourceError("trace_unknown", f"数字台账中没有“{text}”。", f"相近的有：{_nearest(ledger, text)}。")


def _of(ledger: Ledger, keys: Mapping[str, None]) -> Answer:
    return Answer(
        tuple(ledger.figures[key] for key in keys), tuple(entry for entry in ledger.entries if entry.of in keys)
    )


def _moved_by_facts(ledger: Ledger, asked: str, inside: str, text: str) -> Answer:
    """What a facts file of an earlier quarter can move, or a figure inside it."""
    known = dict.fromkeys(
        (source.file, source.sheet) for item in ledger.figures.values() for source in item.sources if not source.cells
    )
    files = dict.fromkeys(file for file, _ in known if asked in file)
    answer = _of(ledger, dict.fromkeys(key for file in files for key in ledger.moved_by(file, inside, "")))
    if len(files) != 1 or not answer.figures:
        nearest = "、".join(f"{file}!{name}" for file, name in known if not files or file in files)
        raise SourceError("trace_place", f"数字台账中没有“{text}”。", f"已知的来源：{nearest or '没有前期数据文件'}。")
    return replace(answer, place="!".join(part for part in (*files, inside) if part))


def _moved(ledger: Ledger, match: re.Match[str], text: str, cells: Cells) -> Answer:
    """What a cell can move; a file is known by any part of its name that no other has."""
    asked, sheet, cell = match["file"], match["sheet"], match["cell"].replace("$", "").upper()
    every = (source for item in ledger.figures.values() for source in item.sources if source.cells)
    known = {(source.file, source.sheet): None for source in every}
    known |= {(file_, sheet_): None for file_, sheet_, _ in cells}
    files = [key for key in known if key[0] == asked] or [key for key in known if asked in key[0]]
    sheets = [key for key in files if sheet is None or key[1] == sheet] if len({file for file, _ in files}) == 1 else []
    if len(sheets) != 1:
        nearest = "、".join(f"{file}!{name}" if name else file for file, name in (files or known))
        raise SourceError("trace_place", f"数字台账中没有“{text}”所在的工作表。", f"已知的来源：{nearest}。")
    file, name = sheets[0]
    answer = _of(ledger, dict.fromkeys(ledger.moved_by(file, name, cell)))
    return Answer(answer.figures, answer.entries, "!".join(part for part in (file, name, cell) if part))


def _printed(entries: Sequence[Entry], text: str) -> Iterator[Entry]:
    """Entries printed as the text; else those within a stretch of a sentence, or of the sentence if there is none."""
    if exact := [entry for entry in entries if entry.printed == text]:
        yield from exact
        return
    around = [entry for entry in entries if text in entry.sentence]
    yield from [entry for entry in around if entry.printed in text] or around


def _nearest(ledger: Ledger, text: str) -> str:
    known = dict.fromkeys(
        (*ledger.figures, *(entry.printed for entry in ledger.entries), *(entry.sentence for entry in ledger.entries))
    )
    found = difflib.get_close_matches(text, list(known), n=3, cutoff=0.3)
    return "、".join(found) or f"编号 1 至 {len(ledger.entries)}"


def read_cells(cells: pl.DataFrame, columns: pl.DataFrame) -> Cells:
    """The cells of ``raw/cell`` by their place, with the headings of ``reference/layout_column`` (单元格内容)."""
    headings = {(layout, field): header for layout, field, header in columns.select("layout", "field", "header").rows()}
    rows = cells.select("file", "sheet", "cell", "layout", "field", "text").iter_rows()
    return {
        (file, sheet, cell): (headings.get((layout, field), "各栏"), text)
        for file, sheet, cell, layout, field, text in rows
    }


def values(made: Derivation, cells: Cells) -> list[Value]:
    """The cells that a figure comes from, with what they say (来源单元格及内容), in order."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for source in made.sources:
        for (file, sheet, cell), (heading, text) in cells.items():
            if (file, sheet) == (source.file, source.sheet) and any(holds(area, cell) for area in source.cells):
                found.setdefault((file, sheet, heading, text), []).append(cell)
    return [Value(*key, tuple(sorted(cells_, key=_by_row))) for key, cells_ in found.items()]


def _by_row(cell: str) -> tuple[int, int]:
    column, row = position(cell)
    return row, column
