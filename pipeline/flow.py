"""The flow of a quarter, declared once: every step, what it needs, and its checks (流程).

What lives here: the list of steps in the order of the data, and running one of them against the quarter's warehouse.
Dagster's assets are made from this list (`defs/`), and tests run it without Dagster. What must not: computing, SQL,
wording; a step only names the function that does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter

from pipeline.bulletin import submission, tables
from pipeline.bulletin.assemble import Info, Measures, assemble_facts
from pipeline.bulletin.blocks import Notice, Role
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.feedback.assemble import SOURCES as FEEDBACK_SOURCES
from pipeline.bulletin.feedback.assemble import FeedbackTables, assemble_feedback
from pipeline.bulletin.feedback.facts import from_json, to_json
from pipeline.bulletin.prose import write_notice, write_summary
from pipeline.bulletin.remarks import remarks
from pipeline.bulletin.submission import assemble_submission, write_submission
from pipeline.bulletin.tables import people_tables
from pipeline.contracts.contract import describe, frame
from pipeline.contracts.tables import CONTRACTS
from pipeline.document.annotate import annotate
from pipeline.document.compose import Typesetter, compose
from pipeline.document.conformance.checker import conform
from pipeline.document.feedback import feedback_files
from pipeline.document.geometry import INTERNAL
from pipeline.document.page import render_page
from pipeline.document.tablebook import table_workbook
from pipeline.document.text import plain_text
from pipeline.document.workbook import findings_workbook
from pipeline.errors import Finding, RunError, Severity, Where, access_refused
from pipeline.findings import FAMILIES, finding, is_hidden, visible
from pipeline.ingest.delivery import read_delivery
from pipeline.ingest.evidence import read_withheld, withheld_cells
from pipeline.ingest.folder import EARLIER_FOLDER, survey
from pipeline.ingest.unreadable import MAX_EARLIER
from pipeline.measure.accounts import count_accounts, list_unqualified
from pipeline.measure.problems import count_problems, list_concerned
from pipeline.measure.reports import count_by_type, count_by_unit, judge_reports
from pipeline.measure.scoring import score_sites
from pipeline.measure.sites import count_bands, count_functions, rank_sites, sum_groups, sum_losses
from pipeline.output import code_hash, hash_files, publish, recover, unfinished, write_work
from pipeline.quarter import Quarter
from pipeline.reference.frames import reference_frames
from pipeline.reference.registry import Roster, load_registry
from pipeline.review.audit.answers import Verdict
from pipeline.review.audit.own import audit_facts
from pipeline.review.diff import Run, differ, last_run, to_markdown
from pipeline.review.explanations import comment, explain
from pipeline.review.ledger.book import Ledger, keep_ledger
from pipeline.review.ledger.sheet import ledger_workbook
from pipeline.review.page.content import page_of
from pipeline.settings import Paths
from pipeline.warehouse.checks import Figures, Mismatch, find_all, findings_frame, mismatches, reckon, uncovered
from pipeline.warehouse.store import Warehouse

Outputs = Mapping[str, pl.DataFrame | bytes]
_TERM = re.compile(r"\s*\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_NOTICE = TypeAdapter(Notice)
_VAST, _FINEST = 10**12, 12  # no number of a quarter is larger, or has more decimals
_EARLIER = re.compile(r"^\d{4}Q[1-4]\.facts\.json$", re.ASCII)
_STRAY_EARLIER = re.compile(rf"^{EARLIER_FOLDER}/(?!\d{{4}}Q[1-4]\.facts\.json$)[^.~].*", re.ASCII)


@dataclass(frozen=True)
class Context:
    """What every step may use (运行环境): folders, the registry of the quarter, the quarter's open warehouse."""

    paths: Paths
    roster: Roster
    warehouse: Warehouse
    delivery: Path | None = None  # a folder to precheck, in place of the quarter's own

    @property
    def quarter(self) -> str:
        return self.roster.quarter.key

    @property
    def raw(self) -> Path:
        """The folder that is read (原始表文件夹)."""
        return self.delivery or self.paths.raw(self.quarter)

    def table(self, key: str) -> pl.DataFrame:
        return self.warehouse.read(key)


def open_context(paths: Paths, quarter: str) -> Context:
    """Open a quarter (打开季度). Raises ``BulletinError`` for a bad key, a bad registry, or a busy quarter."""
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    return Context(paths, roster, Warehouse(paths.warehouse(quarter), paths.sql))


def finish_outputs(paths: Paths) -> None:
    """Finish or roll back every swap that was cut off, unless a run holds the quarter: the folders may be its own (恢复).

    Raises ``RunError`` when a quarter would be left without its output; what cannot be removed beside one may stay.
    """
    for quarter in unfinished(paths):
        try:
            with Warehouse(paths.warehouse(quarter), paths.sql):
                recover(paths, quarter)
        except RunError as error:
            if error.code != "quarter_busy" and not paths.out(quarter).is_dir():
                raise


@dataclass(frozen=True)
class Step:
    """A step of the flow (步骤): the tables or artifacts it makes, what it needs, the function that does it."""

    outputs: tuple[str, ...]
    needs: tuple[str, ...]
    run: Callable[[Context], Outputs]
    note: str = ""

    @property
    def key(self) -> str:
        return self.outputs[0]

    def describe(self, output: str) -> str:
        """The Chinese description of an output, for the lineage page."""
        return chinese_first(self.note or describe(output))


def chinese_first(text: str) -> str:
    """A docstring's first line for people who read Chinese: the term in brackets goes to the front (中文在前).

    >>> chinese_first("The score of a site (网站得分).")
    '网站得分：The score of a site.'
    """
    term = _TERM.search(text)
    return f"{term[1]}：{text[: term.start()]}{text[term.end() :]}" if term else text


def _measured(key: str, function: Callable[..., pl.DataFrame], *needs: str) -> Step:
    """A measure: frames of other tables in, one table out; only after the findings of the quarter are clean."""
    return Step((key,), (*needs, GATE), lambda context: {key: function(*map(context.table, needs))})


def _reshaped(key: str, *needs: str) -> Step:
    """A core table: the SQL file of the same name reshapes cells to typed rows."""
    return Step((key,), ("raw/cell", *needs), lambda context: {key: context.warehouse.run(key)})


# ---- what the single steps do ----------------------------------------------------------------------------------


def _read(context: Context) -> Outputs:
    delivery = read_delivery(context.raw, context.roster, declared=context.delivery is None)
    return {
        "raw/file": delivery.files,
        "raw/cell": delivery.cells,
        "raw/correction": delivery.corrections,
        "raw/finding": findings_frame(context.quarter, delivery.findings),
    }


def _earlier_findings(context: Context) -> Iterator[Finding]:
    """Facts files of earlier quarters that cannot be used (I509)."""
    for name in context.table("raw/file").filter(pl.col("layouts") == "不读取")["file"]:
        if _STRAY_EARLIER.match(name):
            yield finding("I509", Where(name), name, detail="文件名应为 2021Q2.facts.json 的形式")
    for row in context.table("raw/earlier").iter_rows(named=True):
        try:
            quarter = BulletinFacts.from_json(row["content"].encode()).quarter
        except ValueError:
            detail = "不是完整的通报数据文件，或者其中有不合理的数字"
            yield finding("I509", Where(row["file"]), row["file"], detail=detail)
            continue
        if quarter != row["earlier"]:
            yield finding("I509", Where(row["file"]), row["file"], detail=f"文件内容是 {visible(quarter)} 的数据")


def _is_plausible(facts: BulletinFacts) -> bool:
    """Whether every number is one that a quarter can have, and every name can be shown: `facts.json` is not ours alone."""
    return all(
        -_VAST < item.numerator < _VAST
        and -_VAST < item.denominator < _VAST
        and Decimal(item.numerator).as_tuple().exponent in range(-_FINEST, _FINEST)
        and not any(is_hidden(char) for member in item.members for char in member)
        for item in facts.reckoned().values()
    )


def _earlier_frame(context: Context) -> pl.DataFrame:
    rows = (
        {
            "quarter": context.quarter,
            "earlier": path.name.partition(".")[0],
            "file": f"{EARLIER_FOLDER}/{path.name}",
            "content": _usable_text(path) or " ",
        }
        for path in survey(context.raw, declared=False).earlier
        if _EARLIER.match(path.name)
    )
    return frame("raw/earlier", rows)


def _usable_text(path: Path) -> str:
    """The text of a facts file, nothing of one that is too large or holds what no facts can hold."""
    with path.open("rb") as stream:
        data = stream.read(MAX_EARLIER + 1)
    text = data.decode("utf-8-sig", errors="replace") if len(data) <= MAX_EARLIER else ""
    try:
        return text if _is_plausible(BulletinFacts.from_json(text.encode())) else ""
    except ValueError:
        return ""


def _read_earlier(context: Context) -> Outputs:
    return {"raw/earlier": _earlier_frame(context)}


def _find(context: Context) -> Outputs:
    read = (
        Finding(Where(row["file"], row["sheet"], row["cell"]), row["code"], row["value"], row["message"],
                Severity(row["severity"]), row["places"])
        for row in context.table("raw/finding").iter_rows(named=True)
    )  # fmt: skip
    findings = findings_frame(context.quarter, find_all(context.warehouse, [*read, *_earlier_findings(context)]))
    if context.delivery is None:
        listed = {"findings.csv": findings_csv(findings), "findings.xlsx": findings_workbook(findings)}
        write_work(context.paths.work(context.quarter), listed)
    return {GATE: findings}


def _judged_reports(context: Context) -> pl.DataFrame:
    """Every message of the quarter as judged (逐条留言办理情况)."""
    reports, statuses, workdays, windows = map(context.table, _JUDGED)
    return judge_reports(reports, statuses, workdays, windows, context.roster.registry.limit_workdays)


def _count_reports(context: Context) -> Outputs:
    return {"mart/error_report_unit": count_by_unit(_judged_reports(context), context.table("reference/unit"))}


def _assemble(context: Context) -> Outputs:
    measures = Measures(*(context.table(f"mart/{name}") for name in Measures.__dataclass_fields__))
    info = Info(*(context.table(f"core/{name}") for name in Info.__dataclass_fields__))
    earlier = (text.encode() for text in context.table("raw/earlier")["content"])
    return {"bulletin/facts": assemble_facts(measures, info, earlier, context.roster).to_json()}


def facts_of(context: Context) -> BulletinFacts:
    """The facts of the quarter as they stand in the warehouse (通报事实)."""
    return BulletinFacts.from_json(context.warehouse.get("bulletin/facts"))


def notice_of(context: Context) -> Notice:
    """The notice of the quarter as blocks (通报全文)."""
    return _NOTICE.validate_json(context.warehouse.get("bulletin/notice"))


def _remark(context: Context) -> Outputs:
    earlier = (text.encode() for text in context.table("raw/earlier")["content"])
    return {REMARKS: findings_frame(context.quarter, remarks(facts_of(context), earlier))}


def _all_findings(context: Context) -> pl.DataFrame:
    """What was found in the data, then what is to be noted of the facts, numbered through (检查发现全表)."""
    found = pl.concat([context.table(GATE), context.table(REMARKS)])
    return found.with_columns(number=pl.int_range(1, pl.len() + 1))


def _write(context: Context) -> Outputs:
    return {"bulletin/notice": _NOTICE.dump_json(write_notice(facts_of(context), context.paths.templates))}


def _keep_ledger(context: Context) -> Outputs:
    ledger = keep_ledger(context.warehouse, facts_of(context), notice_of(context), context.roster)
    return {LEDGER: ledger.to_json()}


def ledger_of(context: Context) -> Ledger:
    """The ledger of the quarter's figures (数字台账)."""
    return Ledger.from_json(context.warehouse.get(LEDGER))


def _compose(context: Context) -> Outputs:
    template = (context.paths.templates / "bulletin.docx").read_bytes()
    return {"bulletin/document": compose(notice_of(context), template)}


def _feed_back(context: Context) -> Outputs:
    """Facts of the feedback sheets: what must not be spread is in none of them."""
    tables = FeedbackTables(*map(context.table, FEEDBACK_SOURCES), *[_judged_reports(context)])
    withheld = withheld_cells(context.table("raw/cell")).select("file", "sheet", "row_no")
    return {FEEDBACK: to_json(assemble_feedback(tables, frozenset(withheld.iter_rows()), context.roster))}


def _feedback_files(context: Context) -> dict[str, bytes]:
    """Sheet and reply workbook of every unit (反馈单). Withheld evidence goes from the delivered sheets to its own
    unit's sheet and nowhere else."""
    withheld = withheld_cells(context.table("raw/cell"))
    evidence = read_withheld(context.raw, withheld, context.table("raw/file"))
    units = from_json(context.warehouse.get(FEEDBACK))
    return feedback_files(units, facts_of(context).brief, evidence, context.paths.templates)


def _submission(context: Context) -> bytes:
    """The note for the person who signs (送审说明)."""
    facts, templates = facts_of(context), context.paths.templates
    title = next((item.text for item in notice_of(context).paragraphs if item.role is Role.TITLE), "")
    note = assemble_submission(
        facts,
        title,
        (text.encode() for text in context.table("raw/earlier")["content"]),
        _all_findings(context),
        {key: context.table(key) for key in submission.SOURCES},
        context.roster,
        templates,
    )
    return Typesetter(INTERNAL).write(write_submission(note, facts, templates))


def _review_files(context: Context) -> dict[str, bytes]:
    """The page and the copy for the person who reviews (核稿页、核稿本)."""
    facts, notice = facts_of(context), notice_of(context)
    rows = context.table("raw/earlier").iter_rows(named=True)
    earlier = {row["earlier"]: BulletinFacts.from_json(row["content"].encode()) for row in rows}
    last = earlier.get(context.roster.quarter.previous.key)
    told = explain(ledger_of(context), facts, _all_findings(context), last)
    page = page_of(facts, notice, told, _all_findings(context), earlier.values())
    copy = annotate(context.warehouse.get("bulletin/document"), notice, [*map(comment, told)])
    return {"review/review.html": render_page(page, context.paths.templates), "review/bulletin-review.docx": copy}


def _publish(context: Context) -> Outputs:
    roster, paths = context.roster, context.paths
    files = {
        "bulletin.docx": context.warehouse.get("bulletin/document"),
        "summary.txt": write_summary(facts_of(context), paths.templates).encode(),
        "machine/bulletin.txt": plain_text(notice_of(context)).encode(),
        "machine/facts.json": context.warehouse.get("bulletin/facts"),
        "machine/figures.json": context.warehouse.get(LEDGER),
        "machine/findings.csv": findings_csv(_all_findings(context)),
        "machine/corrections.csv": csv_bytes(context.table("raw/correction")),
        "review/figures.xlsx": ledger_workbook(ledger_of(context)),
        "review/findings.xlsx": findings_workbook(_all_findings(context)),
        "review/送审说明.docx": _submission(context),
        **_review_files(context),
        **_feedback_files(context),
        "tables.xlsx": table_workbook(
            f"{roster.quarter.label}数据表", people_tables({key: context.table(key) for key in tables.SOURCES}, roster)
        ),
        **{f"machine/tables/{key.partition('/')[2]}.csv": csv_bytes(context.table(key)) for key in MART},
    }
    _refuse_changed_inputs(context)
    origin, last = origin_of(paths, roster), last_run(paths.out(context.quarter))
    difference = differ(last, Run(ledger_of(context), plain_text(notice_of(context)), origin)) if last else None
    write_work(paths.work(context.quarter), {DIFFERENCE: to_markdown(context.quarter, difference).encode()})
    outputs = publish(paths, context.quarter, files, origin)
    return {"bulletin/publication": "\n".join(f"{digest}  {name}" for name, digest in outputs.items()).encode()}


def origin_of(paths: Paths, roster: Roster) -> dict[str, object]:
    """What the output of a quarter follows from, as a manifest tells it (来源): inputs, registry, templates, code.

    Raises ``SourceError`` when the raw folder is not there, ``OSError`` when a file of it cannot be read.
    """
    return {
        "quarter": roster.quarter.key,
        "rule_book": roster.rule_book.id,
        "rounding": roster.rule_book.rounding.mode,
        "code": code_hash(paths),
        "templates": hash_files(paths.templates, (path for path in paths.templates.rglob("*") if path.is_file())),
        "inputs": _inputs(paths.raw(roster.quarter.key)),
        "reference": hash_files(paths.reference, paths.reference.rglob("*.toml")),
    }


def _inputs(folder: Path) -> dict[str, str]:
    raw = survey(folder)
    return hash_files(folder, (*raw.files, *raw.earlier, *raw.evidence))


def _refuse_changed_inputs(context: Context) -> None:
    """Raise ``RunError`` when the raw folder is no longer what was read: the manifest would tell other inputs."""
    files = context.table("raw/file").filter(pl.col("layouts") != "不读取")
    now = {name: digest for name, digest in _inputs(context.raw).items() if not name.startswith(f"{EARLIER_FOLDER}/")}
    same = now == dict(zip(files["file"], files["sha256"], strict=True))
    if not same or not _earlier_frame(context).equals(context.table("raw/earlier")):
        raise RunError(
            "inputs_changed",
            f"{context.quarter} 的原始表在运行过程中有改动，没有采用结果。",
            "请保存并关闭原始表，再重新运行。",
        )


_FINDING_HEADINGS = {
    "number": "序号", "severity": "级别", "code": "代码", "file": "文件", "sheet": "工作表", "cell": "单元格",
    "value": "发现的内容", "message": "说明", "action": "处理办法", "places": "处数",
}  # fmt: skip
_FORMULA, _SIGNED = r"^([=+\-@\t\r＝＋－＠])", r"^[+-]\d+(\.\d+)?$"  # a number with a sign runs nothing


def findings_csv(findings: pl.DataFrame) -> bytes:
    """The list that goes back to the agency (退回修改清单): Chinese headings, BOM, no cell that a sheet would execute."""
    words = pl.col("severity").replace_strict({"error": "错误", "warning": "提示"})
    table = _inert(findings.with_columns(words).select(*_FINDING_HEADINGS)).rename(_FINDING_HEADINGS)
    return table.write_csv(include_bom=True).encode()


def csv_bytes(table: pl.DataFrame) -> bytes:
    """A table as CSV in UTF-8, for machines; people open it too, so no cell is one that a sheet would execute."""
    return _inert(table).write_csv().encode()


def _inert(table: pl.DataFrame) -> pl.DataFrame:
    """Texts that a sheet would take for a formula begin with an apostrophe (防公式注入)."""
    text = pl.selectors.string()
    return table.with_columns(
        pl.when(text.str.contains(_SIGNED)).then(text).otherwise(text.str.replace(_FORMULA, "'$1"))
    )


# ---- the steps, in the order of the data -----------------------------------------------------------------------

GATE = "core/finding"
REMARKS = "bulletin/remark"
FEEDBACK = "bulletin/feedback"
LEDGER = "bulletin/ledger"
DIFFERENCE = "diff.md"
_OFFICE_CODES = ["F101"]  # a missing table may be another agency's to deliver
_REFERENCE = tuple(key for key in CONTRACTS if key.startswith("reference/"))
_SCORED = ("reference/site", "reference/site_group", "reference/indicator", "reference/policy")
_JUDGED = ("core/error_report", "reference/error_status", "reference/workday", "core/info_window")
_FOUND = ("core/deduction", "core/site_result", "core/account", "reference/site", "reference/unit")
_CORE = tuple(key for key in CONTRACTS if key.startswith("core/") and key != GATE)
_PUBLISHED = tuple(key for key in dict.fromkeys((*submission.SOURCES, *tables.SOURCES)) if not key.startswith("mart/"))
MART = tuple(key for key in CONTRACTS if key.startswith("mart/"))

STEPS: tuple[Step, ...] = (
    Step(_REFERENCE, (), lambda context: reference_frames(context.roster)),
    Step(("raw/file", "raw/cell", "raw/correction", "raw/finding"), _REFERENCE, _read),
    Step(("raw/earlier",), (), _read_earlier),
    *(_reshaped(key) for key in _CORE if key not in ("core/info_window", "core/info_choice")),
    _reshaped("core/info_window", "reference/layout_column"),
    _reshaped("core/info_choice", "reference/statement"),
    Step((GATE,), ("raw/finding", "raw/earlier", *_CORE), _find),
    _measured("mart/site_score", score_sites, "core/site_result", "core/indicator_score", *_SCORED),
    _measured("mart/group_score", sum_groups, "mart/site_score", "reference/site_group"),
    _measured("mart/score_band", count_bands, "mart/site_score", "reference/score_band"),
    _measured("mart/site_ranking", rank_sites, "mart/site_score"),
    _measured("mart/indicator_loss", sum_losses, "core/indicator_score", "reference/site", "reference/indicator"),
    _measured("mart/function_adoption", count_functions, "core/site_function", "reference/site"),
    _measured("mart/account_rate", count_accounts, "core/account", "reference/unit", "reference/policy"),
    _measured("mart/unqualified_account", list_unqualified, "core/account", "reference/unit"),
    Step(("mart/error_report_unit",), (*_JUDGED, "reference/unit", GATE), _count_reports),
    _measured("mart/error_report_type", count_by_type, "core/error_report", "reference/error_type"),
    _measured("mart/problem_site", count_problems, "core/deduction", "reference/site"),
    _measured("mart/problem_unit", list_concerned, "core/info_paragraph", "reference/citation", *_FOUND),
    Step(
        ("bulletin/facts",),
        (*MART, *(f"core/{name}" for name in Info.__dataclass_fields__), "raw/earlier"),
        _assemble,
        "Facts of the notice (通报事实): every figure with its id and what it is made of.",
    ),
    Step((REMARKS,), ("bulletin/facts", "raw/earlier"), _remark),
    Step(("bulletin/notice",), ("bulletin/facts",), _write, "The notice as blocks (通报全文)."),
    Step(
        (LEDGER,),
        ("bulletin/facts", "bulletin/notice", "raw/cell", "raw/correction", "raw/earlier", *_REFERENCE, *_CORE),
        _keep_ledger,
        "The ledger of figures (数字台账): every printed number, what it is made of, the cells it comes from.",
    ),
    Step(("bulletin/document",), ("bulletin/notice",), _compose, "The official document (公文 .docx)."),
    Step(
        (FEEDBACK,),
        ("bulletin/facts", "raw/cell", *FEEDBACK_SOURCES, *_JUDGED),
        _feed_back,
        "Facts of the feedback sheets (反馈单事实): a unit's own scores, problems, accounts and messages.",
    ),
    Step(
        ("bulletin/publication",),
        (
            "bulletin/document",
            LEDGER,
            FEEDBACK,
            "raw/cell",
            "raw/correction",
            "raw/earlier",
            *_PUBLISHED,
            *MART,
            GATE,
            REMARKS,
        ),
        _publish,
        "The output folder, swapped whole, and its manifest (输出与清单).",
    ),
)


@dataclass(frozen=True)
class Check:
    """A blocking check of an output (阻断性检查): no problems means passed."""

    name: str
    output: str
    note: str
    problems: Callable[[Context], list[str]]


def _family_check(letter: str, name: str, note: str) -> Check:
    output = REMARKS if letter == "E" else GATE

    def problems(context: Context) -> list[str]:
        rows = context.table(output).filter(pl.col("code").str.starts_with(letter), pl.col("severity") == "error")
        return [
            f"{Where(row['file'], row['sheet'], row['cell'])}：{row['message']}{row['action']}（{row['code']}）"
            for row in rows.iter_rows(named=True)
        ]

    return Check(name, output, f"{note}（{letter} 类）", problems)


def reckoned_figures(context: Context) -> Figures:
    """What the figures of the quarter are made of, for the comparison with SQL (数字构成)."""
    reckoned = facts_of(context).reckoned()
    return {key: (item.numerator, item.denominator, item.members) for key, item in reckoned.items()}


def _told(found: Iterable[Mismatch]) -> list[str]:
    return [f"{item.figure}：polars {item.polars}，SQL {item.sql}" for item in found]


def _reconcile_check(name: str) -> Check:
    def problems(context: Context) -> list[str]:
        return _told(mismatches(reckoned_figures(context), reckon(context.warehouse, name)))

    return Check(f"reconcile_{name}", "bulletin/facts", f"双重核对：polars 与 SQL 分别计算 {name} 的数字", problems)


def _message_rows(context: Context) -> list[str]:
    """The rows of the table of messages by unit, where an annex prints them."""
    ours = reckoned_figures(context)
    theirs = reckon(context.warehouse, "message_rows")
    return _told(mismatches(ours, theirs)) if ours.keys() & theirs.keys() else []


_MESSAGE_ROWS = Check(
    "reconcile_message_rows",
    "bulletin/facts",
    "双重核对：polars 与 SQL 分别计算附件中各单位留言的数字",
    _message_rows,
)

_COVERAGE = Check(
    "reconcile_coverage",
    "bulletin/facts",
    "双重核对：每个数字都有 SQL 复算",
    lambda context: _told(uncovered(reckoned_figures(context), context.warehouse)),
)

_AUDIT = Check(
    "figure_audit",
    "bulletin/notice",
    "数字复核：通报印出的每个数字自身合理、相互一致",
    lambda context: [
        f"{answer.figure}（{answer.printed}）：{answer.told}"
        for answer in audit_facts(facts_of(context), notice_of(context))
        if answer.verdict is Verdict.WRONG
    ],
)

_LEDGER = Check(
    "ledger_complete",
    LEDGER,
    "数字台账：文中的每一个数字都有着落",
    lambda context: [
        f"第 {told.line} 行第 {told.at + 1} 字“{told.text}”既不在数字台账之中，也不属于任何一类非统计数字。"
        for told in ledger_of(context).unaccounted
    ],
)

_CONFORMANCE = Check(
    "conformance",
    "bulletin/document",
    "版式核查：公文逐条符合正文稿的版式",
    lambda context: [*map(str, conform(context.warehouse.get("bulletin/document")).failures)],
)

CHECKS: tuple[Check, ...] = (
    *(_family_check(letter, name, note) for letter, (name, note) in FAMILIES.items()),
    *map(
        _reconcile_check,
        (
            "sites",
            "site_groups",
            "site_rows",
            "changes",
            "new_media",
            "account_changes",
            "error_reports",
            "work",
            "problems",
        ),
    ),
    _MESSAGE_ROWS,
    _COVERAGE,
    _AUDIT,
    _LEDGER,
    _CONFORMANCE,
)


# ---- running ---------------------------------------------------------------------------------------------------


def execute(step: Step, context: Context) -> Outputs:
    """Run one step and keep what it makes (执行一步). Raises ``BulletinError`` for every expected failure."""
    try:
        made = step.run(context)
    except OSError as error:
        raise access_refused(error) from error
    for key in step.outputs:
        content = made[key]
        if isinstance(content, pl.DataFrame):
            context.warehouse.write(key, content)
        else:
            context.warehouse.put(key, content)
    return made


def run_flow(context: Context) -> Iterator[tuple[Step, Outputs]]:
    """Run every step in order, without Dagster (执行全流程). Raises ``RunError`` with all problems of a failed check."""
    for step in STEPS:
        yield step, execute(step, context)
        problems = [text for check in CHECKS if check.output in step.outputs for text in check.problems(context)]
        if problems:
            raise RunError("checks_failed", "\n".join(problems), "请按上述说明处理后重新运行；上一次输出保持不变。")


def precheck(paths: Paths, quarter: str, folder: Path) -> pl.DataFrame:
    """The findings that a delivery would have, before it is delivered (交付前自查).

    Reads the folder against the registry alone, in memory: no 季度信息, no history, nothing written. What only the
    office can fill, and tables that others deliver, are not asked for. Returns ``core/finding``.
    """
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    with Warehouse(Path(":memory:"), paths.sql) as warehouse:
        context = Context(paths, roster, warehouse, delivery=folder)
        for step in STEPS[: [step.key for step in STEPS].index(GATE) + 1]:
            execute(step, context)
        return context.table(GATE).filter(~pl.col("code").is_in(_OFFICE_CODES), ~pl.col("code").str.starts_with("I"))
