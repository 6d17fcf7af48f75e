"""The steps from the delivered folder to the document, apart from the measures (读取、汇编、行文).

What lives here: a step takes its tables from the warehouse and hands them to the function that does the work. What must
not: the order of steps, computing, SQL, wording.
"""

from __future__ import annotations

from pipeline.bulletin.assemble import Info, Measures, assemble_facts
from pipeline.bulletin.feedback.assemble import SOURCES as FEEDBACK_SOURCES
from pipeline.bulletin.feedback.assemble import FeedbackTables, assemble_feedback
from pipeline.bulletin.feedback.facts import to_json
from pipeline.bulletin.prose import write_notice
from pipeline.bulletin.remarks import remarks
from pipeline.document.compose import compose
from pipeline.document.delimited import findings_csv
from pipeline.document.workbook import findings_workbook
from pipeline.errors import Finding, Severity, Where
from pipeline.ingest.delivery import read_delivery
from pipeline.ingest.evidence import withheld_cells
from pipeline.measure.problems import CITED, cite_findings, list_concerned
from pipeline.measure.reports import count_by_unit
from pipeline.output import write_work
from pipeline.review.ledger.book import keep_ledger
from pipeline.steps.context import (
    FEEDBACK,
    GATE,
    LEDGER,
    NOTICE,
    REMARKS,
    Context,
    Outputs,
    facts_of,
    judged_reports,
    notice_of,
)
from pipeline.steps.earlier import earlier_findings, earlier_frame, earlier_texts
from pipeline.warehouse.checks import find_all, findings_frame


def read(context: Context) -> Outputs:
    """The delivered sheets as cells, and what was found in reading (读取原始表)."""
    delivery = read_delivery(context.raw, context.roster, declared=context.delivery is None)
    return {
        "raw/file": delivery.files,
        "raw/cell": delivery.cells,
        "raw/correction": delivery.corrections,
        "raw/finding": findings_frame(context.quarter, delivery.findings),
    }


def read_earlier(context: Context) -> Outputs:
    """The facts of earlier quarters (读取前期数据)."""
    return {"raw/earlier": earlier_frame(context)}


def find(context: Context) -> Outputs:
    """Everything that is found in the data, listed for the agency too (检查)."""
    read = (
        Finding(Where(row["file"], row["sheet"], row["cell"]), row["code"], row["value"], row["message"],
                Severity(row["severity"]), row["places"])
        for row in context.table("raw/finding").iter_rows(named=True)
    )  # fmt: skip
    findings = findings_frame(context.quarter, find_all(context.warehouse, [*read, *earlier_findings(context)]))
    if context.delivery is None:
        listed = {"findings.csv": findings_csv(findings), "findings.xlsx": findings_workbook(findings)}
        write_work(context.paths.work(context.quarter), listed)
    return {GATE: findings}


def count_reports(context: Context) -> Outputs:
    """Messages by unit (各单位留言办理情况)."""
    return {"mart/error_report_unit": count_by_unit(judged_reports(context), context.table("reference/unit"))}


def concern(context: Context) -> Outputs:
    """The units that a problem paragraph is about (问题涉及单位)."""
    rows = cite_findings(*(*map(context.table, CITED), judged_reports(context)))
    return {"mart/problem_unit": list_concerned(rows, context.table("reference/unit"))}


def assemble(context: Context) -> Outputs:
    """The facts of the notice (通报事实)."""
    measures = Measures(*(context.table(f"mart/{name}") for name in Measures.__dataclass_fields__))
    info = Info(*(context.table(f"core/{name}") for name in Info.__dataclass_fields__))
    return {"bulletin/facts": assemble_facts(measures, info, earlier_texts(context), context.roster).to_json()}


def remark(context: Context) -> Outputs:
    """What is to be noted of the facts (事实提示)."""
    found = remarks(facts_of(context), earlier_texts(context), context.table("raw/cell"), context.roster.registry)
    return {REMARKS: findings_frame(context.quarter, found)}


def write(context: Context) -> Outputs:
    """The notice as blocks (行文)."""
    return {"bulletin/notice": NOTICE.dump_json(write_notice(facts_of(context), context.paths.templates))}


def keep(context: Context) -> Outputs:
    """The ledger of the printed figures (记台账)."""
    ledger = keep_ledger(context.warehouse, facts_of(context), notice_of(context), context.roster)
    return {LEDGER: ledger.to_json()}


def typeset(context: Context) -> Outputs:
    """The official document (排版)."""
    template = (context.paths.templates / "bulletin.docx").read_bytes()
    return {"bulletin/document": compose(notice_of(context), template)}


def feed_back(context: Context) -> Outputs:
    """Facts of the feedback sheets (反馈单事实): what must not be spread is in none of them."""
    tables = FeedbackTables(*map(context.table, FEEDBACK_SOURCES), *[judged_reports(context)])
    withheld = withheld_cells(context.table("raw/cell")).select("file", "sheet", "row_no")
    return {FEEDBACK: to_json(assemble_feedback(tables, frozenset(withheld.iter_rows()), context.roster))}
