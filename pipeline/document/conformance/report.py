"""What a checker has to say: checks, what they measured, the report (核查报告).

What lives here: frozen types, the way a check is declared, and how its measures become one line. What must not:
measuring, the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from pipeline.document.conformance.elements import Elements
from pipeline.document.conformance.source import Source
from pipeline.document.geometry import Form, Profile

LOCAL = "地方版式"


class Weight(StrEnum):
    """Weight of a check (分量): a hard one fails the document, a soft one is advice."""

    HARD = "hard"
    SOFT = "soft"


WEIGHTS = {Weight.HARD: "必须", Weight.SOFT: "建议"}


class Verdict(StrEnum):
    """Outcome of a check (结论); ``absent`` says that the document has nothing of the kind."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"


@dataclass(frozen=True)
class Subject:
    """What a check looks at (核查对象): the file, its elements, the profile it is held against."""

    source: Source
    elements: Elements
    profile: Profile

    @property
    def manuscript(self) -> bool:
        return self.profile.form is Form.MANUSCRIPT


@dataclass(frozen=True)
class Measure:
    """What was measured at a place, what was expected there, and whether that is the same (测量)."""

    passed: bool
    measured: str
    expected: str
    place: str = "全文"


@dataclass(frozen=True)
class Check:
    """A check of one clause (核查项). ``clause`` is empty for what no standard says."""

    key: str
    clause: str
    name: str
    weight: Weight
    measure: Callable[[Subject], Iterator[Measure]]

    def results(self, subject: Subject) -> Iterator[Result]:
        """The lines of the report: one if nothing deviates, else one for each kind of deviation."""
        measures = list(self.measure(subject))
        groups: dict[tuple[str, str], list[Measure]] = {}
        for measure in measures:
            if not measure.passed:
                groups.setdefault((measure.measured, measure.expected), []).append(measure)
        for group in groups.values():
            yield self._result(subject, Verdict.FAILED, group[0], len(group))
        if not groups:
            first = measures[0] if measures else Measure(True, "没有此要素", "", "")
            yield self._result(subject, Verdict.PASSED if measures else Verdict.ABSENT, first, len(measures))

    def _result(self, subject: Subject, verdict: Verdict, measure: Measure, places: int) -> Result:
        clause = self.clause and (self.clause if subject.profile.standard else LOCAL)
        return Result(
            self.key, clause, self.name, self.weight, verdict, measure.measured, measure.expected, measure.place, places
        )


@dataclass(frozen=True)
class Result:
    """A line of the report (核查结果). ``places`` counts the places alike; ``place`` is the first of them."""

    check: str
    clause: str
    name: str
    weight: Weight
    verdict: Verdict
    measured: str
    expected: str
    place: str
    places: int

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against the document."""
        return self.verdict is not Verdict.FAILED

    @property
    def blocks(self) -> bool:
        """Whether the document fails by this line (不合规范)."""
        return not self.passed and self.weight is Weight.HARD

    def __str__(self) -> str:
        again = f"等{self.places}处" if self.places > 1 else ""
        clause = f"（{self.clause}）" if self.clause else ""
        return f"{self.place}{again}：{self.name}：{self.measured}，应为：{self.expected}{clause}"


@dataclass(frozen=True)
class Report:
    """Every check of a document against a profile (核查报告)."""

    profile: str
    basis: str  # the standard, or 地方版式
    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing hard deviates (符合版式)."""
        return not self.failures

    @property
    def failures(self) -> tuple[Result, ...]:
        """The hard deviations (不合规范之处)."""
        return tuple(result for result in self.results if result.blocks)

    def to_dict(self) -> dict[str, Any]:
        """The report for machines: plain texts and numbers."""
        lines = [asdict(result) | {"passed": result.passed} for result in self.results]
        return {"profile": self.profile, "basis": self.basis, "conforms": self.conforms, "results": lines}


def check(clause: str, name: str, weight: Weight) -> Callable[[Callable[[Subject], Iterator[Measure]]], Check]:
    """Declare a function as a check; its name is the key of the check (声明核查项)."""

    def declare(measure: Callable[[Subject], Iterator[Measure]]) -> Check:
        return Check(measure.__name__, clause, name, weight, measure)

    return declare
