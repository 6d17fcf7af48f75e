"""Long data: 400 units with names of sixty characters and three thousand problems (大数据量)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.bulletin.annexes import annexes_of
from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.feedback.facts import UnitFeedback
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.conformance.checker import conform
from pipeline.document.feedback import feedback_files
from pipeline.document.reading import read_docx
from pipeline.settings import CODE_ROOT
from tests.feedback.conftest import Made
from tests.feedback.handmade import SITE, UNIT, problem

_UNITS, _PROBLEMS = 400, 3_000
_PAGE = "https://a.example/" + "x" * 300


def long_units() -> list[UnitFeedback]:
    """Units whose problems are three thousand in all."""
    share, rest = divmod(_PROBLEMS, _UNITS)
    units = []
    for at in range(_UNITS):
        name = f"第{at:03}单位" + "名" * 54
        rows = range(1, share + 1 + (at < rest))
        site = replace(
            SITE, name=name, problems=tuple(replace(problem(row, name, text="问题" * 60), page=_PAGE) for row in rows)
        )
        unit = replace(UNIT, number=f"{at:03}", unit=name, full_name=name, sites=(site,), failed=(), unanswered=())
        units.append(unit)
    assert sum(len(unit.problems) for unit in units) == _PROBLEMS
    return units


@pytest.mark.slow
def test_every_unit_has_its_whole_sheet(made: Made) -> None:
    units = long_units()
    files = feedback_files(units, made.facts.brief, {}, CODE_ROOT / "templates")
    assert len(files) == 2 * _UNITS
    for unit in units[::80]:
        data = files[f"feedback/{unit.number}-{unit.unit}.docx"]
        told = read_docx(data)
        assert told.count(f"{'问题' * 60} {_PAGE}") == len(unit.problems)
        assert f"{unit.full_name}：" in told
        assert conform(data).failures == ()


@pytest.mark.slow
def test_score_tables_of_many_long_names(made: Made) -> None:
    group = made.facts.department_sites
    rows = tuple(replace(group.rows[at % 59], owner="单位" * 30, site="网站" * 30) for at in range(_UNITS))
    _, annex, _ = annexes_of(replace(made.facts, department_sites=replace(group, rows=rows)))
    data = compose(Notice((), (annex,)), build_template())
    told = read_docx(data)
    assert told.count("单位" * 30) == told.count("网站" * 30) == _UNITS
