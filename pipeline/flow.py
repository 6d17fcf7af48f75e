"""The flow of a quarter, declared once: every step, what it needs, and its checks (流程).

What lives here: the list of steps in the order of the data, and running one of them against the quarter's warehouse.
Dagster's assets are made from this list (`defs/`), and tests run it without Dagster. What must not: what a step does
(`steps/`, `measure/`), computing, SQL, wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.bulletin import submission, tables
from pipeline.bulletin.assemble import Info
from pipeline.bulletin.feedback.assemble import SOURCES as FEEDBACK_SOURCES
from pipeline.contracts.contract import describe
from pipeline.contracts.tables import CONTRACTS
from pipeline.errors import RunError, access_refused
from pipeline.measure.accounts import count_accounts, list_unqualified
from pipeline.measure.problems import CITED, count_problems
from pipeline.measure.reports import JUDGED, count_by_type
from pipeline.measure.scoring import score_sites
from pipeline.measure.sites import count_bands, count_functions, rank_sites, sum_groups, sum_losses
from pipeline.quarter import Quarter
from pipeline.reference.frames import reference_frames
from pipeline.reference.registry import load_registry
from pipeline.settings import Paths
from pipeline.steps.checks import CHECKS, Check
from pipeline.steps.context import (
    DIFFERENCE,
    FEEDBACK,
    GATE,
    LEDGER,
    MART,
    REMARKS,
    Context,
    Outputs,
    facts_of,
    ledger_of,
    notice_of,
    open_context,
    reckoned_figures,
)
from pipeline.steps.making import (
    assemble,
    concern,
    count_reports,
    feed_back,
    find,
    keep,
    read,
    read_earlier,
    remark,
    typeset,
    write,
)
from pipeline.steps.publication import finish_outputs, origin_of, publish_all
from pipeline.warehouse.store import Warehouse

__all__ = [
    "CHECKS",
    "DIFFERENCE",
    "GATE",
    "LEDGER",
    "MART",
    "REMARKS",
    "STEPS",
    "Check",
    "Context",
    "Outputs",
    "Step",
    "chinese_first",
    "execute",
    "facts_of",
    "finish_outputs",
    "ledger_of",
    "notice_of",
    "open_context",
    "origin_of",
    "precheck",
    "reckoned_figures",
    "run_flow",
]

_TERM = re.compile(r"\s*\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_ABSENT = "F101"  # a missing table may be another agency's to deliver
_REFERENCE = tuple(key for key in CONTRACTS if key.startswith("reference/"))
_SCORED = ("reference/site", "reference/site_group", "reference/indicator", "reference/policy")
_CORE = tuple(key for key in CONTRACTS if key.startswith("core/") and key != GATE)
_PUBLISHED = tuple(key for key in dict.fromkeys((*submission.SOURCES, *tables.SOURCES)) if not key.startswith("mart/"))


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


# ---- the steps, in the order of the data -----------------------------------------------------------------------

STEPS: tuple[Step, ...] = (
    Step(_REFERENCE, (), lambda context: reference_frames(context.roster)),
    Step(("raw/file", "raw/cell", "raw/correction", "raw/finding"), _REFERENCE, read),
    Step(("raw/earlier",), (), read_earlier),
    *(_reshaped(key) for key in _CORE if key not in ("core/info_window", "core/info_choice")),
    _reshaped("core/info_window", "reference/layout_column"),
    _reshaped("core/info_choice", "reference/statement"),
    Step((GATE,), ("raw/finding", "raw/earlier", *_CORE), find),
    _measured("mart/site_score", score_sites, "core/site_result", "core/indicator_score", *_SCORED),
    _measured("mart/group_score", sum_groups, "mart/site_score", "reference/site_group"),
    _measured("mart/score_band", count_bands, "mart/site_score", "reference/score_band"),
    _measured("mart/site_ranking", rank_sites, "mart/site_score"),
    _measured("mart/indicator_loss", sum_losses, "core/indicator_score", "reference/site", "reference/indicator"),
    _measured("mart/function_adoption", count_functions, "core/site_function", "reference/site"),
    _measured("mart/account_rate", count_accounts, "core/account", "reference/unit", "reference/policy"),
    _measured("mart/unqualified_account", list_unqualified, "core/account", "reference/unit"),
    Step(("mart/error_report_unit",), (*JUDGED, "reference/unit", GATE), count_reports),
    _measured("mart/error_report_type", count_by_type, "core/error_report", "reference/error_type"),
    _measured("mart/problem_site", count_problems, "core/deduction", "reference/site"),
    Step(("mart/problem_unit",), (*CITED, "reference/unit", *JUDGED, GATE), concern),
    Step(
        ("bulletin/facts",),
        (*MART, *(f"core/{name}" for name in Info.__dataclass_fields__), "raw/earlier"),
        assemble,
        "Facts of the notice (通报事实): every figure with its id and what it is made of.",
    ),
    Step((REMARKS,), ("bulletin/facts", "raw/earlier", "raw/cell"), remark),
    Step(("bulletin/notice",), ("bulletin/facts",), write, "The notice as blocks (通报全文)."),
    Step(
        (LEDGER,),
        ("bulletin/facts", "bulletin/notice", "raw/cell", "raw/correction", "raw/earlier", *_REFERENCE, *_CORE),
        keep,
        "The ledger of figures (数字台账): every printed number, what it is made of, the cells it comes from.",
    ),
    Step(("bulletin/document",), ("bulletin/notice",), typeset, "The official document (公文 .docx)."),
    Step(
        (FEEDBACK,),
        ("bulletin/facts", "raw/cell", *FEEDBACK_SOURCES, *JUDGED),
        feed_back,
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
        publish_all,
        "The output folder, swapped whole, and its manifest (输出与清单).",
    ),
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


def precheck(paths: Paths, quarter: str, folder: Path) -> tuple[pl.DataFrame, list[str]]:
    """The findings that a delivery would have, before it is delivered (交付前自查).

    Reads the folder against the registry alone, in memory: no 季度信息, no history, nothing written. What only the
    office can fill is not asked for. Returns ``core/finding`` and the tables that are not there: others may deliver them.
    """
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    with Warehouse(Path(":memory:"), paths.sql) as warehouse:
        context = Context(paths, roster, warehouse, delivery=folder)
        for step in STEPS[: [step.key for step in STEPS].index(GATE) + 1]:
            execute(step, context)
        found = context.table(GATE)
    absent = found.filter(pl.col("code") == _ABSENT, pl.col("file") == "")["value"].to_list()
    return found.filter(pl.col("code") != _ABSENT, ~pl.col("code").str.starts_with("I")), absent
