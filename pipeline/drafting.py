"""A draft in spite of findings: the steps of the flow in memory, outside the job (草稿).

What lives here: going on where the job stops, and what a draft consists of. What must not: marking, finding what an error
reaches; nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.prose import write_notice
from pipeline.document.compose import compose
from pipeline.document.text import plain_text
from pipeline.document.workbook import findings_workbook
from pipeline.errors import BulletinError, RunError
from pipeline.flow import GATE, STEPS, Context, Step, execute, facts_of, reckoned_figures
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.draft.mark import Marker, mark, open_list
from pipeline.review.draft.reach import Ground, Reached, reached_figures
from pipeline.review.draft.standin import LAYOUTS, fill_items, stand_in, unusable
from pipeline.review.ledger.book import figure_ids
from pipeline.review.ledger.lineage import read_lineage
from pipeline.settings import Paths
from pipeline.warehouse.checks import mismatches, reckon
from pipeline.warehouse.store import SqlError, Warehouse

_NOTE = (
    "标有“待核”的数字和名单尚未核实，其中的编号是本表的编号；没有标记的数字不受下列问题影响。草稿不得签发，也不得报送。"
)

# How a step ends on data that broke its contract: it was made for sound data, so it may fail at whatever it does with a value
# that is missing, of another kind, or not among those it knows. A fault of the machine or of the program is none of these.
_UNUSABLE = (
    BulletinError, pl.exceptions.PolarsError, SqlError,
    ArithmeticError, LookupError, ValueError, TypeError, AttributeError,
)  # fmt: skip


def draft(paths: Paths, quarter: str) -> dict[str, bytes]:
    """The notice in spite of findings, every figure that an error can reach marked (草稿). In memory; writes nothing.

    Records that cannot be read are left out; tables that cannot be used are stood in for. Raises ``BulletinError``
    where not even that makes a notice.
    """
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    with Warehouse(Path(":memory:"), paths.sql) as warehouse:
        return _Draft(Context(paths, roster, warehouse, delivery=paths.raw(quarter))).files()


class _Draft:
    """The steps of a draft: reading, findings, what can be measured, the marked notice."""

    def __init__(self, context: Context) -> None:
        self._context, self._roster = context, context.roster
        self._stood: list[str] = []  # layouts that are stood in for

    def files(self) -> dict[str, bytes]:
        context = self._context
        keys = [step.key for step in STEPS]
        self._read(STEPS[: keys.index(GATE)])
        execute(STEPS[keys.index(GATE)], context)
        findings = context.table(GATE)
        layouts = self._roster.registry.layouts
        reached = Ground(context.table("raw/cell"), read_lineage(context.warehouse), layouts).reach(findings)
        self._complete(findings)
        whole = {table for item in reached for table in item.tables}
        self._stand_in(key for key, layout in LAYOUTS.items() if layout in whole and unusable(key, context.table(key)))
        near = {table for item in reached for table in item.near}
        self._measure(STEPS[keys.index(GATE) + 1 : keys.index("bulletin/facts") + 1], (whole, near))
        return self._written(findings, [*reached, *self._doubts(reached)])

    def _read(self, steps: Iterable[Step]) -> None:
        for step in steps:
            try:
                execute(step, self._context)
            except _UNUSABLE:
                if step.key not in LAYOUTS:
                    raise
                self._stand_in([step.key])

    def _stand_in(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._context.warehouse.write(key, stand_in(key, self._roster))
            self._stood.append(LAYOUTS[key])

    def _complete(self, findings: pl.DataFrame) -> None:
        """Texts that nobody filled, and no facts of earlier quarters that cannot be read."""
        errors = findings.filter(pl.col("severity") == "error")

        def marked(item: str) -> str:
            return mark(errors.filter(pl.col("value") == item)["number"])

        items = fill_items(self._context.table("core/info_item"), marked, self._roster)
        self._context.warehouse.write("core/info_item", items)
        bad = findings.filter(pl.col("code") == "I509")["file"]
        earlier = self._context.table("raw/earlier").filter(~pl.col("file").is_in(bad))
        self._context.warehouse.write("raw/earlier", earlier)

    def _measure(self, steps: Sequence[Step], doubtful: Iterable[Collection[str]]) -> None:
        """Run the measures; where one fails, first the doubtful tables are stood in for, in their turn, then all."""
        tries = [
            [key for key, layout in LAYOUTS.items() if layout in tables] for tables in (*doubtful, LAYOUTS.values())
        ]
        for more in tries:
            try:
                for step in steps:
                    execute(step, self._context)
                return
            except _UNUSABLE:
                self._stand_in(more)
        try:
            for step in steps:
                execute(step, self._context)
        except _UNUSABLE as error:
            key = self._context.quarter
            raise RunError(
                "draft_failed",
                f"{key} 的数据问题过多，无法汇编成草稿。",
                f"请先运行 bulletin run {key}，按检查发现修改后再试。",
            ) from error

    def _doubts(self, reached: Iterable[Reached]) -> Iterator[Reached]:
        """Figures that are not sure beyond what a finding reaches: of tables stood in for, and where SQL disagrees."""
        for layout in dict.fromkeys(self._stood):
            near = [item.number for item in reached if layout in item.near]
            yield from (Reached(number, tables=frozenset({layout})) for number in near or [0])
        for name in self._context.warehouse.names("reconcile"):
            try:
                found = mismatches(
                    reckoned_figures(self._context), reckon(self._context.warehouse, name.partition("/")[2])
                )
                yield Reached(0, frozenset(item.figure for item in found))
            except _UNUSABLE:
                yield Reached(0, frozenset("*"))

    def _written(self, findings: pl.DataFrame, reached: list[Reached]) -> dict[str, bytes]:
        context, facts = self._context, facts_of(self._context)
        figures = tuple(figure_ids(facts))
        uses = context.warehouse.run("draft/printed").group_by("statement_id").agg("figure")
        marker = Marker(
            reached_figures(figures, reached), {key: frozenset(forms) for key, forms in uses.iter_rows()}, figures
        )
        notice = marker.notice(write_notice(facts, context.paths.templates, marker.said))
        labels = {item.id: item.label for item in self._roster.registry.statements}
        titles = {item.id: item.title for item in self._roster.registry.layouts}
        notes = [_NOTE]
        if self._stood:
            tables = "、".join(titles[layout] for layout in dict.fromkeys(self._stood))
            notes.append(f"下列表格的数据无法汇编，有关的数字全部待核：{tables}。")
        if marker.silent:
            told = "、".join(f"{labels[key]}{mark(numbers)}" for key, numbers in marker.silent.items())
            notes.append(f"下列语句因数据未核实，暂未写入，核实后可能写入：{told}。")
        whole = Notice(notice.paragraphs, (*notice.annexes, open_list(len(notice.annexes) + 1, findings, notes)))
        template = (context.paths.templates / "bulletin.docx").read_bytes()
        return {
            "bulletin.docx": compose(whole, template),
            "bulletin.txt": plain_text(whole).encode(),
            "findings.xlsx": findings_workbook(findings, context.quarter),
        }
