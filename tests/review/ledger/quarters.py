"""Sample quarters run up to their ledger, and runs of them with single cells read otherwise.

What lives here: the steps below the gate in memory, changing values of ``raw/cell``. What must not: assertions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.flow import GATE, LEDGER, STEPS, Context, execute, facts_of, ledger_of, notice_of
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.ledger.book import Ledger
from pipeline.review.ledger.lineage import read_lineage
from pipeline.review.ledger.printed import printed
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse

FACTS = "bulletin/facts"
_TABLES = {
    "site_score": {"core/site_result", "core/indicator_score"},
    "info_problem": {"core/info_paragraph"},
    "info_requirement": {"core/info_paragraph"},
}


@dataclass(frozen=True)
class Known:
    """A quarter and everything its ledger rests on."""

    context: Context
    facts: BulletinFacts
    notice: Notice
    ledger: Ledger
    lineage: pl.DataFrame
    cells: pl.DataFrame
    values: dict[str, object]

    def moved(self, changed: pl.DataFrame) -> set[str]:
        """The figures that are printed or made otherwise when these cells of ``raw/cell`` say something else.

        Cells keep their place; one without a value is not there.
        """
        place = ["file", "sheet", "row_no", "cell", "field"]
        kept = self.cells.join(changed, on=place, how="anti")
        stale = {key for layout in changed["layout"].unique() for key in _TABLES.get(layout, {f"core/{layout}"})}
        before = {"raw/cell": self.cells}
        self.context.warehouse.write("raw/cell", pl.concat([kept, changed.filter(pl.col("state") != "gone")]))
        try:
            for step in STEPS[: [step.key for step in STEPS].index(FACTS) + 1]:
                if step.key in stale or (stale & set(step.needs) and not step.key.startswith("core/")):
                    stale |= set(step.outputs)
                    before |= {key: self.context.table(key) for key in step.outputs if key != FACTS}
                    execute(step, self.context)
            new = values(facts_of(self.context))
        finally:
            for key, table in before.items():
                self.context.warehouse.write(key, table)
        return {key for key in self.values.keys() | new.keys() if self.values.get(key) != new.get(key)}

    def named(self, changed: pl.DataFrame) -> list[str]:
        """The patterns of figures that the lineage names for these cells."""
        return self.lineage.join(changed, on=["file", "sheet", "cell"], how="semi")["pattern"].unique().to_list()


def values(facts: BulletinFacts) -> dict[str, object]:
    """Every figure as it is made, and as the notice prints it."""
    shown: dict[str, list[str]] = {}
    for item in printed(write_notice(facts, CODE_ROOT / "templates")):
        shown.setdefault(item.of, []).append(item.text)
    return {key: (shown.get(key), made) for key, made in facts.reckoned().items()}


@cache
def known(quarter: str) -> Known:
    """A sample quarter, its warehouse in memory."""
    paths = Paths(CODE_ROOT, CODE_ROOT / "data")
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    context = Context(paths, roster, Warehouse(Path(":memory:"), paths.sql))
    for step in STEPS:
        if step.key != GATE:
            execute(step, context)
        if step.key == LEDGER:
            break
    facts = facts_of(context)
    lineage, cells = read_lineage(context.warehouse), context.table("raw/cell")
    return Known(context, facts, notice_of(context), ledger_of(context), lineage, cells, values(facts))
