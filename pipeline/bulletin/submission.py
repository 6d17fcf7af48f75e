"""The note for the person who signs, one page (送审说明).

What lives here: what it says — key figures against last quarter, units named for faults and the rows behind, warnings,
consent — and the note as blocks. What must not: fonts, files. Lists are cut so that the page always holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.bulletin.blocks import Align, Column, Report, Span, Table
from pipeline.bulletin.facts import BulletinFacts, Choice
from pipeline.bulletin.phrasing import Printer, decimal_text, one_line, spans
from pipeline.bulletin.prose import Wording
from pipeline.bulletin.report import write_report
from pipeline.findings import CODES
from pipeline.ingest.container import spans as row_spans
from pipeline.measure.problems import CITED, cite_findings
from pipeline.measure.reports import JUDGED, judge_reports, late
from pipeline.reference.registry import Roster

SOURCES = (*CITED, *JUDGED, "core/supplement", "core/info_choice")
_NONE = "—"
_NAMED, _PLACES, _WARNINGS = 2, 4, 4  # statements, rows, kinds of warnings that are told at most
_TITLE, _UNITS, _SHEET, _ROLE = 48, 30, 16, 12  # characters
_FIGURES = (
    ("{district_sites}平均分", "district_sites.average", "分"),
    ("{department_sites}平均分", "department_sites.average", "分"),
    ("不合格网站", "sites.unqualified", "个"),
    ("网站合格率", "sites.rate", "%"),
    ("政务新媒体账号", "new_media.accounts", "个"),
    ("不合格账号", "new_media.unqualified", "个"),
    ("账号合格率", "new_media.rate", "%"),
    ("找错留言", "error_reports.messages", "条"),
    ("留言按期办结率", "error_reports.on_time", "%"),
)
_COLUMNS = (
    Column("项目", 600, Align.LEFT),
    Column("本季度", 300),
    Column("上季度", 300),
    Column("变化", 360),
)


@dataclass(frozen=True)
class Named:
    """Units that a statement names for faults (点名): the list as it is told, who decided it, the rows behind."""

    statement: str
    units: str
    decided_by: str
    basis: str


@dataclass(frozen=True)
class Warned:
    """Warnings of one kind (提示)."""

    title: str
    count: int


@dataclass(frozen=True)
class Submission:
    """What the note says (送审说明)."""

    title: str
    comparison: tuple[tuple[str, str, str, str], ...]
    named: tuple[Named, ...]
    unnamed: int  # further statements that name units
    warned: int
    warnings: tuple[Warned, ...]
    warnings_more: bool
    numbered: bool


def assemble_submission(
    facts: BulletinFacts,
    title: str,
    earlier: Iterable[bytes],
    findings: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
    roster: Roster,
    templates: Path,
) -> Submission:
    """What the note of a quarter says; ``tables`` are those of ``SOURCES``, ``findings`` all that was found."""
    known = (BulletinFacts.from_json(data) for data in earlier)
    before = next((item for item in known if item.quarter == roster.quarter.previous.key), None)
    named = [*_named(facts, Wording(one_line(facts), templates), _Rows(tables, roster))]
    warnings = findings.filter(pl.col("severity") == "warning")
    kinds = warnings.group_by("code").agg(pl.len().alias("count")).sort("count", "code", descending=[True, False])
    told = tuple(Warned(CODES[code].title, count) for code, count in kinds.head(_WARNINGS).iter_rows())
    return Submission(
        title=_cut(title, _TITLE),
        comparison=tuple(_comparison(facts, before)),
        named=tuple(named[:_NAMED]),
        unnamed=max(len(named) - _NAMED, 0),
        warned=warnings.height,
        warnings=told,
        warnings_more=kinds.height > len(told),
        numbered="〕　号" not in facts.brief.document_number,
    )


def write_submission(submission: Submission, facts: BulletinFacts, templates: Path) -> Report:
    """The note as blocks (送审说明). Raises ``TemplateError``."""
    rows = tuple(tuple(map(Span, row)) for row in submission.comparison)
    values = {"note": one_line(submission), "brief": one_line(facts.brief)}
    return write_report("submission.txt.j2", values, {"comparison": Table(_COLUMNS, rows)}, templates)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……"


def _listed(names: tuple[str, ...]) -> str:
    """As many names as there is room for, one at least, closed by the count where the list is cut."""
    shown = 1
    while shown < len(names) and len("、".join(names[: shown + 1])) <= _UNITS:
        shown += 1
    told = _cut("、".join(names[:shown]), _UNITS)
    return told if shown == len(names) else f"{told}等{len(names)}个"


# ---- figures against last quarter --------------------------------------------------------------------------------


def _comparison(facts: BulletinFacts, before: BulletinFacts | None) -> Iterator[tuple[str, str, str, str]]:
    now, then = _printed(facts), _printed(before) if before else {}
    groups = {name: facts.brief.words[name]["result"] for name in ("district_sites", "department_sites")}
    for label, identity, unit in _FIGURES:
        ours, theirs = now.get(identity), then.get(identity)
        same = before is not None and (before.rule_book == facts.rule_book or not identity.endswith(".average"))
        change = _change(ours, theirs, unit) if same and ours and theirs else _NONE
        yield label.format_map(groups), _with_unit(ours, unit), _with_unit(theirs, unit), change


def _printed(facts: BulletinFacts) -> dict[str, str]:
    printer = Printer(facts.policy)
    return {figure.id: printer.text(figure).removesuffix("%") for figure in facts.figures()}


def _with_unit(value: str | None, unit: str) -> str:
    return f"{value}{unit}" if value else _NONE


def _change(now: str, before: str, unit: str) -> str:
    """The difference of the two printed values."""
    difference = Decimal(now) - Decimal(before)
    word = "持平" if not difference else "提高" if difference > 0 else "下降"
    amount = f"{decimal_text(abs(difference))}{'个百分点' if unit == '%' else unit}" if difference else ""
    if unit in ("个", "条"):
        word = word.replace("提高", "增加").replace("下降", "减少")
    return f"{word}{amount}"


# ---- units named for faults --------------------------------------------------------------------------------------


def _named(facts: BulletinFacts, wording: Wording, rows: _Rows) -> Iterator[Named]:
    labels = {item.id: item.label for item in rows.roster.registry.statements}
    decided = dict(rows.tables["core/info_choice"].select("statement_id", "decided_by").iter_rows())
    for choice in facts.brief.statements:
        names = tuple(_names(choice, facts, wording)) if choice.naming == "named" else ()
        if names:
            basis = rows.basis(choice, names)
            yield Named(labels[choice.id], _listed(names), _cut(decided.get(choice.id, ""), _ROLE), basis)


def _names(choice: Choice, facts: BulletinFacts, wording: Wording) -> Iterator[str]:
    """The names that a statement prints; those of the problems stand in their paragraphs, accounts in their annex too."""
    parts = choice.id == "problem_units"
    words = [text for _, text in wording.problem_parts()] if parts else [wording.say(choice)]
    listed = [annex.accounts for annex in facts.annexes] if facts.choice("attachments").enabled else []
    if choice.id == "account_failure_list" and not any(words) and any(listed):
        yield from facts.new_media.unqualified.members
    for span in (span for text in words for span in spans(text)):
        if span.figure and span.figure.startswith(choice.subject) and span.figure.endswith(".names"):
            yield from span.text.split("、")


class _Rows:
    """The delivered rows behind a name, by what a statement speaks of (依据的行)."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], roster: Roster) -> None:
        self.roster = roster
        self._units = {unit: names.short for unit, names in roster.unit_names.items()}
        self._sites = {site.code: site for site in roster.sites}
        self._platforms = {item.id: item.name for item in roster.taxonomy.platform}
        self.tables = tables

    def basis(self, choice: Choice, names: Iterable[str]) -> str:
        """Sheet and rows that the named units, sites or accounts have there, the first of them."""
        wanted, found = set(names), dict[tuple[str, str], list[int]]()
        for row in self._source(choice).sort("file", "sheet", "row_no").iter_rows(named=True):
            if wanted & self._called(row):
                found.setdefault((row["file"], row["sheet"]), []).append(row["row_no"])
        for (file, sheet), numbers in found.items():
            more = len(found) > 1 or len(numbers) > _PLACES
            return f"“{_cut(sheet or file, _SHEET)}”第{row_spans(numbers[:_PLACES])}行{'等' if more else ''}"
        return ""

    def _source(self, choice: Choice) -> pl.DataFrame:
        """The rows that a statement rests on."""
        part = choice.subject.partition(".")[0]
        if part == "new_media":
            return self.tables["core/account"].filter(~pl.col("passed"))
        if part == "work":
            return self.tables["core/supplement"].filter(pl.col("supplement_id") == choice.id)
        if part == "error_reports":
            return late(self._judged()) if choice.id == "error_report_late_units" else self.tables["core/error_report"]
        if part == "problems":
            return cite_findings(*(*(self.tables[key] for key in CITED), self._judged()))
        return self.tables["core/site_result"]

    def _judged(self) -> pl.DataFrame:
        reports, statuses, workdays, windows = (self.tables[key] for key in JUDGED)
        return judge_reports(reports, statuses, workdays, windows, self.roster.registry.limit_workdays)

    def _called(self, row: Mapping[str, Any]) -> set[str]:
        """The names by which a row may be meant: its unit, its site, its account."""
        if "account" in row:
            return {self._units[row["unit_id"]], f"“{row['account']}”{self._platforms[row['platform_id']]}"}
        if "unit_id" in row:
            return {self._units.get(row["unit_id"], "")}
        site = self._sites[row["site_code"]]
        return {self._units[site.owner], site.name}
