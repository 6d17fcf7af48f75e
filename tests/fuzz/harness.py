"""One mutant through the flow, below Dagster, and what became of it (变异检验).

What lives here: a scratch folder, the warehouse in memory that all mutants share, the verdict. Sheets that a mutant leaves
alone are read once: reading is a function of bytes. What must not: mutations, the reckoning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl

from pipeline.errors import SourceError
from pipeline.flow import CHECKS, GATE, STEPS, execute, facts_of
from pipeline.settings import CODE_ROOT, Paths
from tests.fuzz.mutations import Mutant, Mutator
from tests.fuzz.reckoner import COVERED, Figures, NotUnderstood, reckon
from tests.support.grids import memory_of_grids
from tests.support.quarter import Delivered, _in_memory

QUARTER = "2021Q3"
SAME, AGREED, BEYOND, TOLD, SURVIVED = "same figures", "figures agreed", "other figures", "finding", "SURVIVED"
UNREAD = (
    "same figures, not read by the reckoner"  # bytes inside a package are changed: openpyxl gives up, calamine need not
)
_FIRST = [step.key for step in STEPS].index("raw/file")
_GATED = [step.key for step in STEPS].index(GATE)
_FACTS = [step.key for step in STEPS].index("bulletin/facts")


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: ``detail`` holds the codes of findings, or why it survived."""

    seed: int
    told: str
    outcome: str
    detail: str = ""


class Harness:
    """A sound, thinned delivery and its figures, ready for mutants."""

    def __init__(self, folder: Path) -> None:
        self._delivered = Delivered.copy(folder).thin()
        files = {path.name: path.read_bytes() for path in self._delivered.folder.iterdir() if path.is_file()}
        self._files, self._mutator = files, Mutator(files)
        self._context = replace(_in_memory(QUARTER), paths=Paths(CODE_ROOT, folder))
        with memory_of_grids():
            assert self._codes(0) == []
            self._sound = self._figures()
        differing = self._differing(self._sound, files)
        assert not differing, differing

    def run(self, seed: int) -> Verdict:
        """Draw the mutant of a seed, run it, judge it. Raises nothing that the product raises."""
        mutant = self._mutator.draw(seed)
        try:
            self._place(mutant)
            return Verdict(seed, mutant.told, *self._judge(seed, mutant))
        except Exception as error:
            return Verdict(seed, mutant.told, SURVIVED, f"{type(error).__name__}: {error}"[:300])
        finally:
            self._place(Mutant("", dict(self._files)))

    def _place(self, mutant: Mutant) -> None:
        for name, data in mutant.files.items():
            path = self._delivered.folder / name
            path.unlink(missing_ok=True)
            if data is not None:
                path.write_bytes(data)

    def _judge(self, seed: int, mutant: Mutant) -> tuple[str, str]:
        try:
            codes = self._codes(seed)
        except SourceError as error:
            return TOLD, error.code
        if codes:
            return TOLD, " ".join(codes)
        figures = self._figures()
        files = {name: data for name, data in {**self._files, **mutant.files}.items() if data is not None}
        try:
            differing = self._differing(figures, files)
        except NotUnderstood as error:
            if mutant.told.endswith(" changed") and figures == self._sound:
                return UNREAD, ""
            return SURVIVED, f"read without a finding, not understood by the reckoner: {error!r}"
        if differing:
            return SURVIVED, f"the reckoner disagrees: {', '.join(differing)}"
        if figures == self._sound:
            return SAME, ""
        problems = [
            text for check in CHECKS if check.output == "bulletin/facts" for text in check.problems(self._context)
        ]
        if problems:
            return SURVIVED, f"polars and SQL disagree: {problems[0]}"
        changed = {key for key in figures.keys() | self._sound.keys() if figures.get(key) != self._sound.get(key)}
        if any(map(COVERED.fullmatch, changed)):
            return AGREED, ""
        return BEYOND, " ".join(sorted({key.partition(".")[0] for key in changed}))

    def _codes(self, seed: int) -> list[str]:
        """The codes of the errors that are found; the flow runs up to its gate.

        Where reading found an error, its SQL is run for every fourth mutant only: most of the time goes there.
        """
        for step in STEPS[_FIRST : _GATED + 1]:
            execute(step, self._context)
            if step.key == "raw/file" and seed % 4:
                codes = _errors(self._context.table("raw/finding"))
                if codes:
                    return codes
        return _errors(self._context.table(GATE))

    def _figures(self) -> dict[str, tuple[Decimal, int, tuple[str, ...]]]:
        for step in STEPS[_GATED + 1 : _FACTS + 1]:
            execute(step, self._context)
        reckoned = facts_of(self._context).reckoned()
        return {key: (item.numerator, item.denominator, item.members) for key, item in reckoned.items()}

    def _differing(
        self, figures: dict[str, tuple[Decimal, int, tuple[str, ...]]], files: dict[str, bytes]
    ) -> list[str]:
        """The ids of figures that the reckoner has otherwise; every figure of either that the other should have counts."""
        theirs: Figures = reckon(files, self._context.paths.reference, QUARTER)
        ours = {key for key in figures if COVERED.fullmatch(key)}
        return sorted(
            key
            for key in ours | theirs.keys()
            if key not in figures or key not in theirs or not _equal(figures[key][:2], theirs[key])
        )


def _equal(ours: tuple[Decimal, int], theirs: tuple[Decimal, int]) -> bool:
    """Whether two quotients are the same, whether or not they are reduced alike; without a denominator, two numbers."""
    if not ours[1] or not theirs[1]:
        return ours == theirs
    return Fraction(ours[0]) == Fraction(theirs[0]) and ours[1] == theirs[1]


def _errors(findings: pl.DataFrame) -> list[str]:
    return sorted(set(findings.filter(pl.col("severity") == "error")["code"]))


def run_seeds(folder: Path, seeds: range) -> list[Verdict]:
    """The verdicts of a range of seeds."""
    with memory_of_grids():
        harness = Harness(folder)
        return [harness.run(seed) for seed in seeds]
