"""The last step: every file of the output folder, and the folder itself (输出).

What lives here: which files are published and of what each is made, what a manifest tells of their origin, the difference
from the last run. What must not: how a file is written, the swap of folders.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline.bulletin import submission, tables
from pipeline.bulletin.blocks import Role
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.feedback.facts import from_json
from pipeline.bulletin.prose import write_summary
from pipeline.bulletin.submission import assemble_submission, write_submission
from pipeline.bulletin.tables import people_tables
from pipeline.document.annotate import annotate
from pipeline.document.compose import Typesetter
from pipeline.document.delimited import csv_bytes, findings_csv
from pipeline.document.feedback import feedback_files
from pipeline.document.geometry import INTERNAL
from pipeline.document.page import render_page
from pipeline.document.tablebook import table_workbook
from pipeline.document.text import plain_text
from pipeline.document.workbook import findings_workbook
from pipeline.errors import RunError
from pipeline.ingest.evidence import read_withheld, withheld_cells
from pipeline.ingest.folder import EARLIER_FOLDER, survey
from pipeline.output import code_hash, hash_files, publish, recover, unfinished, write_work
from pipeline.reference.registry import Roster
from pipeline.review.diff import Run, differ, last_run, to_markdown
from pipeline.review.explanations import comment, explain
from pipeline.review.ledger.sheet import ledger_workbook
from pipeline.review.page.content import page_of
from pipeline.settings import Paths
from pipeline.steps.context import (
    DIFFERENCE,
    FEEDBACK,
    LEDGER,
    MART,
    Context,
    Outputs,
    all_findings,
    facts_of,
    ledger_of,
    notice_of,
)
from pipeline.steps.earlier import earlier_frame, earlier_texts
from pipeline.warehouse.store import Warehouse


def publish_all(context: Context) -> Outputs:
    """Write the output folder of the quarter, whole or not at all (发布)."""
    paths, files = context.paths, _files(context)
    _refuse_changed_inputs(context)
    origin, last = origin_of(paths, context.roster), last_run(paths.out(context.quarter))
    difference = differ(last, Run(ledger_of(context), plain_text(notice_of(context)), origin)) if last else None
    write_work(paths.work(context.quarter), {DIFFERENCE: to_markdown(context.quarter, difference).encode()})
    outputs = publish(paths, context.quarter, files, origin)
    return {"bulletin/publication": "\n".join(f"{digest}  {name}" for name, digest in outputs.items()).encode()}


def _files(context: Context) -> dict[str, bytes]:
    """Every file of the output but the manifest (全部输出文件)."""
    roster, findings = context.roster, all_findings(context)
    people = people_tables({key: context.table(key) for key in tables.SOURCES}, roster)
    return {
        "bulletin.docx": context.warehouse.get("bulletin/document"),
        "summary.txt": write_summary(facts_of(context), context.paths.templates).encode(),
        "machine/bulletin.txt": plain_text(notice_of(context)).encode(),
        "machine/facts.json": context.warehouse.get("bulletin/facts"),
        "machine/figures.json": context.warehouse.get(LEDGER),
        "machine/findings.csv": findings_csv(findings),
        "machine/corrections.csv": csv_bytes(context.table("raw/correction")),
        "review/figures.xlsx": ledger_workbook(ledger_of(context)),
        "review/findings.xlsx": findings_workbook(findings),
        "review/送审说明.docx": _submission(context),
        **_review_files(context),
        **_feedback_files(context),
        "tables.xlsx": table_workbook(f"{roster.quarter.label}数据表", people),
        **{f"machine/tables/{key.partition('/')[2]}.csv": csv_bytes(context.table(key)) for key in MART},
    }


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
        earlier_texts(context),
        all_findings(context),
        {key: context.table(key) for key in submission.SOURCES},
        context.roster,
        templates,
    )
    return Typesetter(INTERNAL).write(write_submission(note, facts, templates))


def _review_files(context: Context) -> dict[str, bytes]:
    """The page and the copy for the person who reviews (核稿页、核稿本)."""
    facts, notice, findings = facts_of(context), notice_of(context), all_findings(context)
    rows = context.table("raw/earlier").iter_rows(named=True)
    earlier = {row["earlier"]: BulletinFacts.from_json(row["content"].encode()) for row in rows}
    last = earlier.get(context.roster.quarter.previous.key)
    told = explain(ledger_of(context), facts, findings, last)
    page = page_of(facts, notice, told, findings, earlier.values())
    copy = annotate(context.warehouse.get("bulletin/document"), notice, [*map(comment, told)])
    return {"review/review.html": render_page(page, context.paths.templates), "review/bulletin-review.docx": copy}


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
    if not same or not earlier_frame(context).equals(context.table("raw/earlier")):
        raise RunError(
            "inputs_changed",
            f"{context.quarter} 的原始表在运行过程中有改动，没有采用结果。",
            "请保存并关闭原始表，再重新运行。",
        )


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
