"""The whole delivery of a quarter: every file of the raw folder to cells and findings (取数总成).

What lives here: which files count, records of a recognised sheet, one finding per cause. What must not: scoring,
checks between rows (they are SQL in `sql/check/`).
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import polars as pl

from pipeline.contracts.contract import frame
from pipeline.errors import Finding, SourceError, Where
from pipeline.findings import INFO_FILE, finding, without_hidden
from pipeline.ingest.container import Grid, Unreadable, letters, read_grids, spans
from pipeline.ingest.corrections import LAYOUT as CORRECTIONS
from pipeline.ingest.corrections import (
    Applied,
    Correction,
    apply_corrections,
    correction_rows,
    read_corrections,
    unmatched,
)
from pipeline.ingest.folder import evidence, survey
from pipeline.ingest.recognise import NAME, VALUE, Near, Recognised, recognise
from pipeline.ingest.unreadable import MAX_COLUMNS, MAX_DELIVERED, MAX_FILE, MAX_FILES, beyond
from pipeline.ingest.values import BadValue, is_personal, read_value
from pipeline.quarter import Quarter
from pipeline.reference.layouts import Column, Layout, Reading
from pipeline.reference.names import nearest, normalise
from pipeline.reference.registry import Roster

Row = dict[str, object]
_MASK = "（已隐去）"
WITHHELD = "（不宜扩散："  # then the kind; `evidence.py` reads the text again for the unit that it concerns
_NAMES = ("N301", "N302", "N303", "N304", "N306", "N309")  # one finding per name, wherever it stands
_TABLE_COLUMNS = 3
_DIGITS = ("date", "time", "number")  # kinds that no text without a digit can be
_OF_HEADERS = ("points", "unknown")  # fields of cells that are no record's
_NAMED = Reading()  # the name of a member in a ledger: it must be there
_AMOUNT = re.compile(r"[\d.]+\D?")  # what may stand beside 合计
_QUARTERS = "一二三四1234"
_QUARTER = re.compile(rf"(\d{{4}})年第?([{_QUARTERS}])季度")
_MANY = 10  # so many spellings of one defect in one column have one cause: a column that was saved wrongly
_SAVED_WRONGLY = ("C202", "C207")  # of dates and codes so many cells are enough
_NAMED_BLANKS = 5  # columns that a finding about blanks names
_NAMED_AFTER = 0.6  # share of a title's characters that the name of a file must hold, in order, to be named after it


@dataclass(frozen=True)
class Delivery:
    """What was read (交付数据): tables ``raw/file``, ``raw/cell``, ``raw/correction``, and the findings of reading."""

    files: pl.DataFrame
    cells: pl.DataFrame
    corrections: pl.DataFrame
    findings: tuple[Finding, ...]


def read_delivery(folder: Path, roster: Roster, *, declared: bool = True) -> Delivery:
    """Read every file of a quarter (读取一个季度的全部原始表).

    季度信息 is read first, because it declares the corrections of the other files. Bad data never raises: it becomes
    findings, all in one pass. Raises ``SourceError`` for a missing or empty folder; ``declared`` asks for 季度信息 in it.
    """
    found = survey(folder, declared=declared)
    if not found.files and not found.findings:
        raise SourceError("folder_empty", f"文件夹 {folder.name} 中没有表格。", "请核对文件夹，或者放入表格后再试。")
    if len(found.files) > MAX_FILES:
        raise SourceError(
            "folder_files",
            f"文件夹 {folder.name} 中有 {len(found.files)} 个文件，超过读取上限 {MAX_FILES} 个。",
            "请核对文件夹，移出与本次检查无关的文件；截图放入“截图”文件夹。",
        )
    reading = _Reading(roster, findings=list(found.findings))
    reading.unread.extend(item.where.file for item in found.findings if item.code in ("F122", "F123"))
    for path in sorted(found.files, key=lambda path: (path.name != INFO_FILE, path)):
        name = path.relative_to(folder).as_posix()
        try:
            reading.read_file(name, _read_bounded(path))
        except OSError as error:
            reading.unread.append(name)
            kind = f"无法读取的文件（{error.strerror or error}）"
            reading.findings.append(finding("F122", Where(name), name, kind=kind))
    reading.finish()
    aside = [*(_aside(name, "不读取") for name in found.ignored)]
    aside += [_aside(name, "证据", digest) for name, digest in evidence(folder).items()]
    quarter = roster.quarter.key
    return Delivery(
        files=frame("raw/file", ({"quarter": quarter, **row} for row in [*reading.files, *aside])),
        cells=frame("raw/cell", ({"quarter": quarter, **row} for row in reading.cells)),
        corrections=frame("raw/correction", correction_rows(quarter, reading.applied)),
        findings=tuple(sorted(reading.findings)),
    )


def _read_bounded(path: Path) -> bytes:
    """The bytes of a file, of an oversized one no more than shows that it is too large."""
    with path.open("rb") as stream:
        return stream.read(MAX_FILE + 1)


def _aside(name: str, kind: str, digest: str = "—") -> Row:
    """A file that lies in the folder and is not read as a table: evidence, or what programs leave about."""
    return {"file": name, "sha256": digest, "size": 0, "layouts": kind}


@dataclass
class _Reading:
    roster: Roster
    files: list[dict[str, object]] = field(default_factory=list)
    cells: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    bad: dict[tuple[str, ...], list[tuple[Where, str, BadValue]]] = field(default_factory=dict)
    blank: dict[tuple[str, str, int], list[tuple[Where, str]]] = field(default_factory=dict)  # by record
    seen: dict[str, list[Where]] = field(default_factory=dict)  # sheets of a layout
    filled: set[str] = field(default_factory=set)  # layouts with a record
    rows: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)  # records by what they say, and where
    near: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    grids: dict[tuple[str, object], str] = field(default_factory=dict)

    def read_file(self, name: str, data: bytes) -> None:
        digest = hashlib.sha256(data).hexdigest()
        layouts: list[str] = []
        before = len(self.cells)
        try:
            if digest in self.hashes:
                self.findings.append(finding("F106", Where(name), name, table="整个文件", first=self.hashes[digest]))
            else:
                self.hashes[digest] = name
                layouts = self._read_sheets(name, self._corrected(name, read_grids(data)))
        except Unreadable as error:
            del self.cells[before:]  # no half of a record stays
            self.unread.append(name)
            self.findings.append(finding(error.code, Where(name), name, count=1, **error.places))
        self.files.append({"file": name, "sha256": digest, "size": len(data), "layouts": "、".join(layouts)})
        if name == INFO_FILE:
            self.corrections = read_corrections(self.cells)

    def _corrected(self, name: str, grids: list[Grid]) -> list[Grid]:
        """The sheets of a file after its corrections (更正后的工作表)."""
        if not self.corrections:
            return grids
        layouts = self.roster.registry.layouts
        columns = [column for layout in layouts for column in layout.column if column.personal or column.sensitive]
        guarded = {normalise(header) for column in columns for header in column.headers}
        # in a sheet of records side by side a personal field is a row: nothing of such a sheet may be corrected
        turned = {
            grid.sheet
            for grid in grids
            for sheet in recognise(grid, layouts, self.roster)[0]
            if sheet.layout.orientation == "columns" and any(column.personal for column in sheet.layout.column)
        }
        corrected, applied, findings = apply_corrections(name, grids, self.corrections, guarded, turned)
        self.applied.extend(applied)
        self.findings.extend(findings)
        return corrected

    def _read_sheets(self, name: str, grids: Sequence[Grid]) -> list[str]:
        layouts: list[str] = []
        misses: list[tuple[Grid, Near | None]] = []
        passed_over: set[str] = set()
        for grid in grids:
            found, near = recognise(grid, self.roster.registry.layouts, self.roster)
            if len(found) > 1:
                layouts.append(found[0].layout.title)
                titles = "、".join(item.layout.title for item in found)
                self.near |= {item.layout.target for item in found}
                self.findings.append(finding("F105", Where(name, grid.sheet), grid.sheet or name, layouts=titles))
            elif found:
                layouts.append(found[0].layout.title)
                passed_over |= set(found[0].layout.other_sheets)
                if not self._given_before(name, grid.sheet, found[0]):
                    self.findings.extend(_hidden(name, grid, found[0]))
                    self.findings.extend(_repeated(name, grid, found[0]))
                    self.findings.extend(self._other_quarter(name, grid, found[0]))
                    self._read_records(_Source(name, grid, found[0]))
            elif _tabular(grid):
                misses.append((grid, near))
        misses = [miss for miss in misses if miss[0].sheet not in passed_over]
        self._tell_unrecognised(name, misses, recognised=bool(layouts), sheets=[grid.sheet for grid in grids])
        return layouts

    def _tell_unrecognised(
        self, name: str, misses: list[tuple[Grid, Near | None]], *, recognised: bool, sheets: list[str]
    ) -> None:
        """Every table that no layout fits is told: nothing that was delivered is passed over in silence."""
        close = [(grid, near) for grid, near in misses if near is not None and near.close]
        self.near |= {near.layout.target for _, near in close if near is not None}
        if not recognised and not close:  # a file of something else altogether: one finding, not one per sheet
            self.unread.append(name)
            misses = misses[:1]
            if not misses:
                lacks = "表头" if any(sheets) else "以逗号、制表符或者分号分列的表头"
                self.findings.append(finding("F102", Where(name), name, nearest="无", lacks=lacks))
        for grid, near in misses:
            where, value = Where(name, grid.sheet), grid.sheet or name
            if name == INFO_FILE and not (near and near.layout.sheet):
                known = [layout.sheet for layout in self.roster.registry.layouts if layout.sheet]
                title, lacks = nearest(grid.sheet, known), "该名称的工作表"
            else:
                title, lacks = (near.layout.title, "、".join(near.lacks)) if near else ("无", "表头")
            self.findings.append(finding("F102", where, value, nearest=title, lacks=lacks))

    def _given_before(self, name: str, title: str, sheet: Recognised) -> bool:
        """Whether the same sheet was read already: the same content, or a sheet of 季度信息, which there is once."""
        layout, where = sheet.layout, Where(name, title)
        key = (layout.id, "" if layout.sheet else sheet.rows)
        first = self.grids.setdefault(key, str(where))
        if first == str(where):
            first = self._mostly_given_before(str(where), sheet)
        if first == str(where):
            return False
        self.findings.append(finding("F106", where, title or name, table=layout.title, first=first))
        return True

    def _mostly_given_before(self, where: str, sheet: Recognised) -> str:
        """Where most records of a sheet were delivered already, as in the copy of a re-check; else the sheet itself.

        Records without a key of their own (the site stands beside a label) say nothing about whose they are.
        """
        if sheet.layout.key not in sheet.columns:
            return where
        keys = [(sheet.layout.target, row) for row in sheet.rows[sheet.first_row :] if any(map(str.strip, row))]
        before = [self.rows[key] for key in keys if key in self.rows]
        self.rows |= {key: where for key in keys if key not in self.rows}
        return before[0] if 2 * len(before) > len(keys) else where

    def _read_records(self, source: _Source) -> None:
        target = source.layout.target
        self.seen.setdefault(target, []).append(Where(source.file, source.grid.sheet))
        for row in self._records(source):
            if row["field"] not in _OF_HEADERS:
                self.filled.add(target)
            self.cells.append(row)
            if len(self.cells) > MAX_DELIVERED:
                raise beyond(f"本季度全部文件超过 {MAX_DELIVERED} 个单元格")

    def _other_quarter(self, name: str, grid: Grid, sheet: Recognised) -> Iterator[Finding]:
        """A quarter in the name of a file, or in the title above the table, that is not this one."""
        titles = {"": PurePosixPath(name).name}
        for row in range(sheet.first_row - sheet.layout.header_rows):
            titles |= {sheet.address(row, at): text for at, text in enumerate(sheet.rows[row])}
        for cell, text in titles.items():
            found = _QUARTER.findall(normalise(text))
            quarters = {Quarter(int(year), _QUARTERS.index(number) % 4 + 1) for year, number in found}
            if quarters and self.roster.quarter not in quarters:
                where = Where(name, grid.sheet if cell else "", cell)
                yield finding("F125", where, text.strip(), expected=self.roster.quarter.label)

    def _records(self, source: _Source) -> Iterator[Row]:
        """The cells of a sheet: its header, its summary rows, its records (记录)."""
        layout, sheet = source.layout, source.sheet
        yield from self._header_cells(source)
        firsts: dict[str, int] = {}
        band = sheet.rows[sheet.first_row - layout.header_rows : sheet.first_row]
        headers = {tuple(map(normalise, texts)) for texts in band}  # printed again at the top of every page
        width, longest = _text_width(source)
        for row in range(sheet.first_row, len(sheet.rows)):
            texts = sheet.rows[row]
            first = normalise(next((text for text in texts if text.strip()), ""))
            if not first or _passed_over(source, row, first) or tuple(map(normalise, texts)) in headers:
                continue
            if first in layout.none and sum(bool(text.strip()) for text in texts) == 1:
                self.filled.add(layout.target)  # declared: there is nothing to list
                continue
            if any(map(str.strip, texts[width:])) or len(texts) > longest:
                yield from self._displaced(_Record(source, row, row), width)
                continue
            for summary in layout.summary:
                if re.search(summary.pattern, first):
                    column = _column(layout, summary.column)
                    yield self._cell(_Record(source, row, row), summary.field, first, column)
                    break
            else:
                yield from (
                    self._entry(source, row, firsts) if layout.ledger else self._record(_Record(source, row, row))
                )

    def _header_cells(self, source: _Source) -> Iterator[Row]:
        record = _Record(source, source.sheet.first_row - 1, source.sheet.first_row - 1)
        for member in source.sheet.members:
            if member.points:
                yield record.cell(member.column, "points", member.identity, member.points, member.points, "ok")
        for at, name in source.sheet.unknown:
            yield self._unknown_member(record, at, name)

    def _unknown_member(self, record: _Record, at: int, name: str) -> Row:
        index = self.roster.indicator_index
        error = BadValue("N304", nearest=nearest(name, index), rule_book=self.roster.rule_book.id)
        self._keep(record, at, name, error, "")
        return record.cell(at, "unknown", "", name, "", "bad")

    def _record(self, record: _Record) -> Iterator[Row]:
        """A record of a row: its columns, and its members side by side."""
        sheet = record.source.sheet
        key = _column(record.source.layout, record.source.layout.key)
        text = record.text(sheet.columns[key.field])
        if not text or (record.alone and not self._reads(text, key)):
            record = replace(record, lacks=key.field)
        yield from self._fields(record)
        for member in sheet.members:
            yield self._member(record, member.column, member.identity)

    def _displaced(self, record: _Record, width: int) -> Iterator[Row]:
        """A row of a text that is longer than its header: a separator inside a text has moved the cells behind it.

        Only whose record it is is kept, so that nothing that it lacks is told as a consequence.
        """
        sheet, layout = record.source.sheet, record.source.layout
        band = sheet.rows[sheet.first_row - layout.header_rows : sheet.first_row]
        last = next(normalise(texts[width - 1]) for texts in band if any(texts[width - 1 : width]))
        self._keep(record, width, "", BadValue("C212", column=last), "")
        for column in layout.column:
            if column.field in (layout.key, "site_name") and column.field in sheet.columns:
                text = record.text(sheet.columns[column.field])
                yield record.cell(sheet.columns[column.field], column.field, "", text, text, "bad")

    def _entry(self, source: _Source, row: int, firsts: dict[str, int]) -> Iterator[Row]:
        """A row of a ledger: one member of a record. All rows of one key are one record, numbered by its first row."""
        at = source.sheet.columns.get(source.layout.key)
        key = normalise(source.sheet.rows[row][at]) if at is not None else ""
        if at is not None and not key:  # nobody knows whose row it is: that is told, and nothing else of it
            yield from self._fields(_Record(source, row, row, lacks=source.layout.key))
            return
        record = _Record(source, row, firsts.setdefault(key, row))
        if record.number == row:
            yield from self._fields(record)
        name = record.text(source.sheet.columns[NAME])
        identity = self.roster.indicator_index.get(normalise(name))
        if not name:
            label = source.layout.members.name_headers[0] if source.layout.members else ""
            state, value = self._value(record, source.sheet.columns[NAME], "", _NAMED, label)
            yield record.cell(source.sheet.columns[NAME], "unknown", "", "", value, state)
        elif identity is None:
            yield self._unknown_member(record, source.sheet.columns[NAME], name)
        else:
            yield self._member(record, source.sheet.columns[VALUE], identity)

    def _fields(self, record: _Record) -> Iterator[Row]:
        """The fields of a record that are no members: its columns, what stands beside labels, what is constant."""
        layout, sheet = record.source.layout, record.source.sheet
        for column in layout.column:
            if column.field in sheet.columns:
                yield self._cell(record, column.field, "", column)
        for label in layout.label:
            row, at = sheet.labels[label.field]
            beside = replace(record, row=row)
            state, value = self._value(beside, at, beside.text(at), label, label.names[0])
            yield beside.cell(at, label.field, "", beside.text(at), value, state)
        for constant in layout.constant:
            at = sheet.columns.get(layout.key, sheet.columns.get(NAME, 0))
            yield record.cell(at, constant.field, "", constant.value, constant.value, "ok")

    def _member(self, record: _Record, at: int, identity: str) -> Row:
        members = record.source.layout.members
        assert members is not None
        text = record.text(at)
        if normalise(text) in map(normalise, members.not_applicable):
            state, value = "not_applicable", ""
        else:
            state, value = self._value(record, at, text, members, self._member_label(identity))
        lost = members.measure == "deduction" and identity in self._deducting
        return record.cell(at, "deduction" if lost else members.field, identity, text, value, state)

    def _member_label(self, identity: str) -> str:
        names = {item.id: item.name for item in self.roster.registry.functions}
        return names.get(identity) or next(item.name for item in self.roster.rule_book.indicator if item.id == identity)

    @cached_property
    def _deducting(self) -> set[str]:
        return {item.id for item in self.roster.rule_book.indicator if item.part == "deduct"}

    def _cell(self, record: _Record, name: str, member: str, column: Column) -> Row:
        at = record.source.sheet.columns[column.field]
        text = record.text(at)
        if column.personal:
            return record.cell(at, name, member, _MASK if text else "", "", "blank")
        if column.sensitive and text and (kind := self._sensitive_kind(record)):
            masked = f"{WITHHELD}{kind}）"
            return record.cell(at, name, member, masked, masked, "ok")
        if column.kind != "code" and record.source.personal and is_personal(text):
            self._keep(record, at, _MASK, BadValue("C213", column=column.headers[0]), column.headers[0])
            return record.cell(at, name, member, _MASK, "", "bad")
        if (
            column.kind in _DIGITS
            and record.source.personal
            and not (re.search(r"\d", text) or self._reads(text, column))
        ):
            text = text and _MASK  # a name that stands in a date's place is not shown
        state, value = self._value(record, at, text, column, column.headers[0])
        return record.cell(at, name, member, text, value, state)

    def _sensitive_kind(self, record: _Record) -> str:
        """The kind of what must not be spread in a record's sensitive columns, or nothing (不宜扩散的内容)."""
        columns = record.source.sheet.columns
        marked = (item for item in record.source.layout.column if item.sensitive and item.field in columns)
        text = " ".join(normalise(without_hidden(record.text(columns[item.field]))) for item in marked)
        kinds = self.roster.registry.sensitive_kinds
        return next((kind.name for kind in kinds if any(re.search(item, text) for item in kind.patterns)), "")

    def _value(self, record: _Record, at: int, text: str, column: Reading, label: str) -> tuple[str, str]:
        try:
            if not text and record.where(at).cell in record.source.grid.unvalued:
                raise BadValue("C210", column=label)
            if text and normalise(text) not in map(normalise, column.empty):
                return "ok", read_value(text, column, label, self.roster)
            if column.blank or (record.lacks and record.lacks != getattr(column, "field", "")):
                return "blank", ""
            raise BadValue("C204", column=label)
        except BadValue as error:
            self._keep(record, at, text, error, label)
            return "bad", ""

    def _reads(self, text: str, column: Column) -> bool:
        """Whether a text is a value of its column, or one of the words for none."""
        if normalise(text) in map(normalise, column.empty):
            return True
        try:
            read_value(text, column, "", self.roster)
        except BadValue:
            return False
        return True

    def _keep(self, record: _Record, at: int, text: str, error: BadValue, label: str) -> None:
        """Keep a bad cell for ``finish``: cells of one cause lie under one key."""
        where = record.where(at)
        if error.code == "C204":
            self.blank.setdefault((where.file, where.sheet, record.number), []).append((where, label))
            return
        if error.code in _NAMES:
            cause: tuple[str, ...] = (error.code, normalise(text))
        else:
            cause = (error.code, text, where.file, where.sheet, label)
        self.bad.setdefault(cause, []).append((where, text, error))

    def _blanks(self) -> Iterator[Finding]:
        """What is not filled in: records that lack the same columns have one cause, and the columns are named together."""
        lacking: dict[tuple[str, str, tuple[str, ...]], list[Where]] = {}
        for (file, sheet, _), cells in self.blank.items():
            places = lacking.setdefault((file, sheet, tuple(label for _, label in cells)), [])
            places.extend(where for where, _ in cells)
        for (_, _, labels), places in lacking.items():
            named = "、".join(labels[:_NAMED_BLANKS]) + "等" * (len(labels) > _NAMED_BLANKS)
            yield finding("C204", places[0], "", count=len(places), column=named)

    def _mask_corrections(self) -> None:
        """What a clerk typed into 更正 is kept where it was applied: elsewhere it may be personal, or sensitive."""
        rows = {(item.correction.where.sheet, re.sub(r"\D", "", item.correction.where.cell)) for item in self.applied}
        for cell in self.cells:
            if cell["layout"] == CORRECTIONS and (cell["sheet"], str(cell["row_no"])) not in rows:
                cell |= {"text": _MASK, "value": _MASK}

    def finish(self) -> None:
        """Turn what was collected into findings: one per cause, at its first place."""
        self.findings.extend(unmatched([str(row["file"]) for row in self.files], self.corrections))
        self._mask_corrections()
        columns: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for cause in self.bad:
            if cause[0] not in _NAMES:
                columns.setdefault((cause[0], *cause[2:]), []).append(cause)
        for first, *more in columns.values():
            cells = sum(len(self.bad[cause]) for cause in (first, *more))
            if len(more) >= _MANY or (first[0] in _SAVED_WRONGLY and cells >= _MANY):
                self.bad[first] += [place for cause in more for place in self.bad.pop(cause)]
        self.findings.extend(self._blanks())
        for places in self.bad.values():
            where, text, error = places[0]
            self.findings.append(finding(error.code, where, text, count=len(places), **error.places))
        layouts = filter(self.roster.asks_for, self.roster.registry.layouts)
        needed = [item for item in layouts if item.required and not item.feeds]
        missing = [layout for layout in needed if layout.id not in self.seen and layout.id not in self.near]
        for layout in missing:
            if not any(layout in _named_after(name, missing) for name in self.unread):
                where = Where(INFO_FILE if layout.sheet else "")
                self.findings.append(finding("F101", where, layout.title, table=layout.title))
        for layout in needed:
            if layout.id in self.seen and layout.id not in self.filled:
                self.findings.append(finding("F124", self.seen[layout.id][0], layout.title))


@dataclass(frozen=True)
class _Source:
    """A recognised sheet and where it lies (来源)."""

    file: str
    grid: Grid
    sheet: Recognised

    @property
    def layout(self) -> Layout:
        return self.sheet.layout

    @property
    def personal(self) -> bool:
        """Whether the sheet has columns of personal data, which a row that slipped sideways may show elsewhere."""
        return any(column.personal for column in self.layout.column)


@dataclass(frozen=True)
class _Record:
    """A record of a sheet (记录): its 0-based row, and the row that numbers the record."""

    source: _Source
    row: int
    number: int
    lacks: str = ""  # the key of a record without one: that its other cells are empty too is not told again

    def text(self, at: int) -> str:
        texts = self.source.sheet.rows[self.row]
        return texts[at].strip() if at < len(texts) else ""

    @property
    def alone(self) -> bool:
        """Whether one cell of the row is filled and no other (只填一格)."""
        return sum(bool(text.strip()) for text in self.source.sheet.rows[self.row]) == 1

    def where(self, at: int) -> Where:
        return Where(self.source.file, self.source.grid.sheet, self.source.sheet.address(self.row, at))

    def cell(self, at: int, name: str, member: str, text: str, value: str, state: str) -> Row:
        return {
            "file": self.source.file,
            "sheet": self.source.grid.sheet,
            "row_no": self.number + 1,
            "cell": self.source.sheet.address(self.row, at),
            "layout": self.source.layout.target,
            "field": name,
            "member": member,
            "text": text,
            "value": value,
            "state": state,
        }


def _tabular(grid: Grid) -> bool:
    """Whether a sheet holds a table (是否为表格): some row has three filled cells; an explanation has fewer."""
    return any(sum(bool(text.strip()) for text in row) >= _TABLE_COLUMNS for row in grid.rows)


def _repeated(name: str, grid: Grid, sheet: Recognised) -> Iterator[Finding]:
    """Headers of one meaning in two columns: which one counts cannot be guessed."""
    for header, row, columns in sheet.repeated:
        first, *rest = (sheet.address(row, at) for at in columns)
        yield finding("N308", Where(name, grid.sheet, rest[0]), header, first=first)


def _passed_over(source: _Source, row: int, first: str) -> bool:
    """Whether a row is no record (合计、注、填表人): it looks like one of those, and it has no key that could be one.

    A row whose key is filled is a record whatever it begins with: an account may be called 注册会计师之窗.
    """
    layout, sheet = source.layout, source.sheet
    if not any(re.search(pattern, first) for pattern in layout.skip):
        return False
    at = sheet.columns.get(layout.key, sheet.columns.get(NAME))
    key = normalise(_Record(source, row, row).text(at)) if at is not None else ""
    filled = [normalise(text) for text in sheet.rows[row] if text.strip()]
    alone = all(_AMOUNT.fullmatch(text) for text in filled[1:])
    named = any(column.field == layout.key and column.kind == "text" for column in layout.column)
    return not key or alone or (not named and any(re.search(pattern, key) for pattern in layout.skip))


def _text_width(source: _Source) -> tuple[int, int]:
    """Of a text: how many columns its header has, and how many fields a row may have; a workbook has no such bounds.

    A separator at the end of every row makes no further column.
    """
    rows, first = source.sheet.rows, source.sheet.first_row
    if source.grid.sheet or source.layout.orientation != "rows" or len(rows) == first:
        return MAX_COLUMNS, MAX_COLUMNS
    band = rows[first - source.layout.header_rows : first]
    width = max(at for texts in band for at, text in enumerate(texts, start=1) if text.strip())
    (usual, _), *_ = Counter(map(len, rows[first:])).most_common(1)
    return width, max(usual, *map(len, band))


def _hidden(name: str, grid: Grid, sheet: Recognised) -> Iterator[Finding]:
    """Warnings about hidden sheets, rows and columns that hold data (隐藏的内容): they are read like any other."""
    where = Where(name, grid.sheet)
    if grid.hidden:
        yield finding("F118", where, grid.sheet, table=sheet.layout.title)
    filled = [row for row in sorted(grid.hidden_rows) if row <= len(grid.rows) and any(grid.rows[row - 1])]
    if filled:
        yield finding("F119", where, grid.sheet, count=len(filled), rows=spans(filled))
    columns = [at for at in sorted(grid.hidden_columns) if any(at <= len(row) and row[at - 1] for row in grid.rows)]
    if columns:
        yield finding("F120", where, grid.sheet, count=len(columns), columns=spans(columns, letters))


def _column(layout: Layout, name: str) -> Column:
    return next(column for column in layout.column if column.field == name)


def _named_after(name: str, missing: list[Layout]) -> list[Layout]:
    """The missing tables that a file nobody can read must have held, by its name: its finding tells enough."""
    if name == INFO_FILE:
        return [layout for layout in missing if layout.sheet]
    delivered = [layout for layout in missing if not layout.sheet]
    nearest_first = sorted(delivered, key=lambda layout: _share(layout.title, name), reverse=True)
    return [layout for layout in nearest_first[:1] if _share(layout.title, name) >= _NAMED_AFTER]


def _share(title: str, name: str) -> float:
    """The share of a title's characters that a name of a file holds, in order."""
    blocks = difflib.SequenceMatcher(None, title, PurePosixPath(name).stem, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(title)
