"""From open findings to the figures that they reach (待核范围).

What lives here: the cells, records and tables of a finding, and by the lineage their figures. What must not: wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.bulletin.catalogue import DEDUCTIONS, EARLIER, MESSAGES, kind_of
from pipeline.ingest.folder import EARLIER_FOLDER
from pipeline.reference.layouts import Layout
from pipeline.review.ledger.lineage import matched

_RECORD = ["file", "sheet", "row_no"]
WINDOWS = "info_window"  # what is due is counted up to the end of the window of the messages
_BOTH = {"R406": frozenset({DEDUCTIONS})}  # of two tables that disagree the other one may be wrong
# What is wrong with the set of rows, or with the columns, reaches the whole table.
_WHOLE = ("F", "N304", "N305", "N307", "N308", "R401", "R413", "R414", "R418", "R432")


@dataclass(frozen=True)
class Reached:
    """What one finding reaches (一项发现的影响): patterns of figures, and tables as a whole.

    ``near`` are the tables in which it stands: where these cannot be measured, the finding is the likely cause.
    """

    number: int
    patterns: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    def holds(self, figure: str, patterns: frozenset[str]) -> bool:
        """Whether it reaches a figure, which matches these of all patterns."""
        return bool(patterns & self.patterns) or bool(self.tables & {*kind_of(figure)[0].tables})


@dataclass(frozen=True)
class Ground:
    """What findings are followed through (追查依据): cells as read, the lineage, the layouts of the registry."""

    cells: pl.DataFrame
    lineage: pl.DataFrame
    layouts: tuple[Layout, ...]

    def reach(self, findings: pl.DataFrame) -> list[Reached]:
        """What each error reaches (错误的影响); a record that was left out, though no finding stands at it, as well."""
        errors = findings.filter(pl.col("severity") == "error")
        found = [self._one(row) for row in errors.iter_rows(named=True)]
        return [*found, *self._left_out(errors)]

    def _one(self, finding: Mapping[str, object]) -> Reached:
        number, code = int(str(finding["number"])), str(finding["code"])
        if finding["cell"] and finding["places"] == 1 and not code.startswith(_WHOLE):
            at = [pl.col(name) == finding[name] for name in ("file", "sheet", "cell")]
            own = self.cells.filter(*at)
            if own.height:
                near = frozenset(own["layout"])
                return Reached(number, self._patterns(own.select(_RECORD).unique()), _BOTH.get(code, frozenset()), near)
        tables = self._tables(finding)
        return Reached(number, frozenset(), tables, tables)

    def _patterns(self, records: pl.DataFrame) -> frozenset[str]:
        places = self.cells.join(records, on=_RECORD, how="semi")
        return frozenset(self.lineage.join(places, on=["file", "sheet", "cell"], how="semi")["pattern"])

    def _tables(self, finding: Mapping[str, object]) -> frozenset[str]:
        """The tables of a sheet or file, or that the message names; every table where neither is known."""
        file, sheet = str(finding["file"]), finding["sheet"]
        if file.startswith(EARLIER_FOLDER):
            return frozenset({EARLIER})
        named = {item.target for item in self.layouts if item.title in f"{finding['value']}{finding['message']}"}
        read = self.cells.filter(pl.col("file") == file, (pl.col("sheet") == sheet) | (pl.lit(sheet) == ""))
        tables = named | {*read["layout"]} or {item.target for item in self.layouts}
        return frozenset(tables | {MESSAGES}) if WINDOWS in tables else frozenset(tables)

    def _left_out(self, errors: pl.DataFrame) -> Iterator[Reached]:
        """Records with an unreadable cell, under the findings of their sheet, else of their file, else all."""
        bad = self.cells.filter(pl.col("state") == "bad").select(_RECORD).unique()
        for (file, sheet), records in bad.group_by("file", "sheet", maintain_order=True):
            own = errors.filter(pl.col("file") == file, pl.col("sheet") == sheet)
            near = own if own.height else errors.filter(pl.col("file") == file)
            for number in (near if near.height else errors)["number"].head(1):
                yield Reached(number, self._patterns(records))


def reached_figures(figures: Iterable[str], reached: Iterable[Reached]) -> dict[str, tuple[int, ...]]:
    """The figures that are not sure, with the numbers of the findings (待核数字)."""
    every = list(reached)
    patterns = matched(figures, {pattern for item in every for pattern in item.patterns})
    found = {key: sorted({item.number for item in every if item.holds(key, own)}) for key, own in patterns.items()}
    return {key: tuple(numbers) for key, numbers in found.items() if numbers}
