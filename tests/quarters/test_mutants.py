"""Faults seeded into templates, conditions and figures are caught by whole random quarters (语句变异测试)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quarters.judge import judge
from tests.quarters.mutate import Mutant, applied, mutants
from tests.quarters.test_quarters import FAST, faults_of

MUTANTS = mutants()
LEAST = 50


HARMLESS = (
    Mutant("templates/summary.txt.j2", "for the office's web page", "for a web page", 0, 2),
    Mutant("pipeline/bulletin/annexes.py", "The cells of every row", "Cells of every row", 0, 2),
)


def caught(mutant: Mutant, work: Path) -> bool:
    with applied(mutant, work) as paths:
        judged = judge(mutant.seed, paths=paths, every=0)
        return any(each.faults for each, _ in zip(judged, range(mutant.quarters), strict=False))


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_fault_is_caught(mutant: Mutant, tmp_path: Path) -> None:
    assert caught(mutant, tmp_path), "没有发现"


@pytest.mark.parametrize("mutant", HARMLESS, ids=str)
def test_what_changes_nothing_is_not_caught(mutant: Mutant, tmp_path: Path) -> None:
    assert not caught(mutant, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", sorted({mutant.seed for mutant in MUTANTS} - set(FAST)))
def test_without_a_fault_the_same_quarters_are_true(seed: int) -> None:
    assert not faults_of(seed)


def test_every_fault_applies_and_is_another(tmp_path: Path) -> None:
    assert len({(mutant.file, mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS) >= LEAST
    for number, mutant in enumerate(MUTANTS):
        (tmp_path / str(number)).mkdir()
        with applied(mutant, tmp_path / str(number)):
            pass
