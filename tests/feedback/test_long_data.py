"""A quarter of 400 units with names of sixty characters and 3,000 problem rows, from its sheets to its documents (大数据量)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest

from pipeline.document.conformance.checker import conform
from pipeline.document.reading import read_docx
from pipeline.flow import open_context, run_flow
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import DEPARTMENTS, INFO, LEDGER, SCORES, Delivered

_UNITS, _PROBLEMS = 400, 3_000
_SAMPLE_UNITS, _SAMPLE_PROBLEMS = 72, 74  # units with a site or accounts
_NAME = 60
_FEW = re.compile("个别|部分")  # said of few; here nearly all have problems
_SIGNS = "甲乙丙丁戊己庚辛壬癸"
_SMALLER = 4  # the smaller quarter has a fourth of the units that are added
_TELLING = 0.5  # seconds: steps that take less say nothing of growth
_LINEAR = 8  # times the time for four times the data; growth with the square would be sixteen times


@dataclass(frozen=True)
class Unit:
    """A unit that is added: its site, and how many problems it has."""

    number: int
    problems: int

    @property
    def name(self) -> str:
        return self._of("委员会")

    @property
    def site(self) -> str:
        return self._of("网站")

    @property
    def code(self) -> str:
        return f"11000{self.number + 10_000}"

    def _of(self, kind: str) -> str:
        serial = "".join(_SIGNS[int(digit)] for digit in f"{self.number:03}")
        return f"市{serial}{'综合协调与督查事务' * _NAME}"[: _NAME - len(kind)] + kind


def _added(count: int, problems: int) -> list[Unit]:
    share, rest = divmod(problems, count)
    return [Unit(at, share + (at < rest)) for at in range(count)]


def _register(folder: Path, units: list[Unit]) -> None:
    """The units and their sites at the end of the registry."""
    with (folder / "units.toml").open("a", encoding="utf-8") as stream:
        for unit in units:
            stream.write(
                f'\n[[unit]]\nid = "u{unit.number}"\ngroup = "department"\nvalid_from = "2019Q1"\naliases = []\n'
                f'[[unit.name]]\nfull = "{unit.name}"\nshort = "{unit.name}"\nvalid_from = "2019Q1"\n'
            )
    with (folder / "sites.toml").open("a", encoding="utf-8") as stream:
        for unit in units:
            stream.write(
                f'\n[[site]]\ncode = "{unit.code}"\nname = "{unit.site}"\nkind = "department"\nowner = "u{unit.number}"\n'
                'serves_public = true\nvalid_from = "2019Q1"\n'
            )


def _deliver(delivered: Delivered, units: list[Unit]) -> None:
    """The units in the score sheet, in the list of functions and in the ledger of deductions."""
    with delivered.edit(SCORES) as book:
        sheet = book[DEPARTMENTS]
        firsts = [str(cell.value or "") for cell in sheet[3]]
        heads = [str(cell.value or "").partition("\n") for cell in sheet[4]]
        full = [cell.value for cell in sheet[5]]
        end = next(row[0].row for row in sheet.iter_rows() if row[0].value == "平均分")
        for area in [area for area in sheet.merged_cells.ranges if area.min_row >= end]:
            sheet.unmerge_cells(str(area))
        sheet.delete_rows(end, sheet.max_row)
        places = [at for at, (head, _, _) in enumerate(heads) if head and int(full[at]) > 1]
        groups = [next(first for first in firsts[at::-1] if first) for at in range(len(firsts))]
        for place, unit in enumerate(units, start=60):
            lost = set(places[: unit.problems])
            scores = [str(int(full[at]) - (at in lost)) for at in range(5, len(full) - 2)]
            total = str(100 - unit.problems)
            sheet.append([str(place), unit.code, unit.site, unit.name, "无", *scores, total, total])
    with delivered.edit("功能") as book:
        for place, unit in enumerate(units, start=76):
            book.active.append([str(place), unit.code, unit.site, "是", "是", "是", "否"])
    with delivered.edit(INFO) as book:
        for cell in (
            cell for row in book["存在的问题"].iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)
        ):
            cell.value = _FEW.sub("有关", cell.value)
    with delivered.edit(LEDGER) as book:
        row = _SAMPLE_PROBLEMS
        for unit in units:
            for at in places[: unit.problems]:
                row += 1
                page = f"https://a{unit.number}.beijing.example/{'x' * 200}/{row}.html"
                told = "栏目内容长期没有更新，检查期内未见新信息" * 3
                cells = (row, unit.code, unit.site, groups[at], heads[at][0], 1, told, page, "2021-08-09", "确认")
                book.active.append([str(cell) for cell in cells])


@dataclass(frozen=True)
class Run:
    """A quarter that was run: where its outputs are, and the seconds of every step."""

    out: Path
    seconds: dict[str, float]


def _run(root: Path, units: list[Unit]) -> Run:
    delivered = Delivered.copy(root)
    _register(delivered.root / "reference", units)
    _deliver(delivered, units)
    paths, seconds = Paths(CODE_ROOT, delivered.root), {}
    context = open_context(paths, delivered.quarter)
    with context.warehouse:
        start = process_time()
        for step, _ in run_flow(context):
            seconds[step.key] = process_time() - start
            start = process_time()
    return Run(paths.out(delivered.quarter), seconds)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """The quarter with a fourth of the added units, and the whole one."""
    units = _added(_UNITS - _SAMPLE_UNITS, _PROBLEMS - _SAMPLE_PROBLEMS)
    part = units[: len(units) // _SMALLER]
    return _run(tmp_path_factory.mktemp("smaller"), part), _run(tmp_path_factory.mktemp("whole"), units)


@pytest.mark.slow
def test_every_document_of_a_long_quarter_conforms(runs: tuple[Run, Run]) -> None:
    _, whole = runs
    sheets = sorted((whole.out / "feedback").glob("*.docx"))
    assert len(sheets) == _UNITS
    for path in (whole.out / "bulletin.docx", *sheets):
        assert conform(path.read_bytes()).failures == (), path.name


@pytest.mark.slow
def test_nothing_of_a_long_quarter_is_left_out(runs: tuple[Run, Run]) -> None:
    _, whole = runs
    units = _added(_UNITS - _SAMPLE_UNITS, _PROBLEMS - _SAMPLE_PROBLEMS)
    told = read_docx((whole.out / "bulletin.docx").read_bytes())
    assert all(told.count(unit.name) == told.count(unit.site) == 1 for unit in units)
    assert len({unit.name for unit in units}) == len(units) and all(len(unit.name) == _NAME for unit in units)
    rows = 0
    for unit in units:
        (path,) = (whole.out / "feedback").glob(f"*-{unit.name}.docx")
        rows += sum("x" * 200 in entry for entry in read_docx(path.read_bytes()))
    assert rows == _PROBLEMS - _SAMPLE_PROBLEMS


@pytest.mark.slow
def test_no_step_takes_time_with_the_square_of_the_data(runs: tuple[Run, Run]) -> None:
    smaller, whole = (run.seconds for run in runs)
    telling = {key: spent / max(smaller[key], 0.01) for key, spent in whole.items() if spent > _TELLING}
    assert len(telling) > 2
    assert {key: ratio for key, ratio in telling.items() if ratio > _LINEAR} == {}
