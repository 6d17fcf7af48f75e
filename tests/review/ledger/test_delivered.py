"""Trace against the delivered files: a cell is written otherwise, the quarter made again, and what moved compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from pipeline.review.ledger.lineage import matched
from pipeline.review.ledger.trace import ask, read_cells
from tests.review.ledger.delivered import Place, moved_in_files, otherwise, rows_of
from tests.review.ledger.quarters import Known, known
from tests.review.ledger.test_lineage import ROW_UNMOVED, UNMOVED

_QUARTER = "2021Q3"
_SAMPLED = (
    ("account", "passed", 5),
    ("error_report", "status_id", 7),
    ("site_score", "score", 3),
    ("site_score", "score", -40),
    ("site_score", "veto", 30),
    ("site_function", "present", 2),
    ("deduction", "confirmed", 0),
    ("account", "unit_id", 200),
    ("account", "platform_id", 3),
    ("error_report", "unit_id", 11),
    ("info_choice", "enabled", 1),
    ("info_problem", "indicators", 0),
)
_FAST = 2
_BATCHES = (
    {("site_score", "score"): 5},
    {("site_score", "veto"): 20},
    {
        ("site_function", "present"): 7,
        ("account", "platform_id"): 7,
        ("account", "unit_id"): 7,
        ("account", "passed"): 7,
        ("error_report", "status_id"): 7,
        ("error_report", "type_id"): 7,
        ("error_report", "unit_id"): 7,
        ("deduction", "confirmed"): 3,
        ("info_choice", "enabled"): 7,
        ("info_problem", "indicators"): 1,
    },
)


def _cells(quarter: Known, layout: str, field: str, part: slice) -> pl.DataFrame:
    own = pl.col("layout") == layout, pl.col("field") == field, pl.col("state") != "not_applicable"
    return quarter.cells.filter(*own).sort("file", "sheet", "row_no", "cell")[part]


def _answered(quarter: Known, places: Iterable[Place]) -> set[str]:
    """What `bulletin trace` answers to each of the cells, together."""
    told = read_cells(quarter.cells, quarter.context.table("reference/layout_column"))
    questions = {"!".join(part for part in place if part) for place in places}
    return {made.id for question in questions for made in ask(quarter.ledger, question, told).figures}


def _unnamed(quarter: Known, moved: set[str], places: Iterable[Place]) -> set[str]:
    """Figures that moved and that the trace does not name; one that the quarter did not have, by its pattern."""
    known_ = moved & quarter.ledger.figures.keys()
    changed = pl.DataFrame([*places], ["file", "sheet", "cell"], orient="row")
    new = matched(moved - known_, quarter.named(changed))
    return (known_ - _answered(quarter, places)) | {figure for figure, patterns in new.items() if not patterns}


@pytest.mark.parametrize(
    ("layout", "field", "at"),
    [pytest.param(*case, marks=() if number < _FAST else pytest.mark.slow) for number, case in enumerate(_SAMPLED)],
)
def test_a_cell_of_a_file_moves_only_what_trace_names(layout: str, field: str, at: int, tmp_path: Path) -> None:
    q = known(_QUARTER)
    written = otherwise(q, _cells(q, layout, field, slice(at, at + 1 or None)))
    moved = moved_in_files(_QUARTER, tmp_path, written)
    assert moved
    assert _unnamed(q, moved, written) == set()
    assert len(_answered(q, written)) < len(q.ledger.figures) / 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inside", "value", "expected"),
    [
        ("new_media.rate.part", 1000, {"new_media.rate_change"}),
        ("new_media.accounts.value", 1500, {"new_media.accounts_change"}),
        ("district_sites.average.total", "1990", {"district_sites.change"}),
        ("district_sites.rows.3.score", "100", {f"district_sites.rises.{place}" for place in range(1, 5)}),
        ("district_sites.rows.3.passed", False, {"sites.rechecked", "sites.recovered"}),
        ("sites.unqualified.value", 1, {"sites.streak"}),
        ("sites.inspected.value", 60, {"sites.added", "sites.closed"}),
    ],
)
def test_a_figure_of_an_earlier_quarter_moves_only_what_trace_names(
    inside: str, value: object, expected: set[str], tmp_path: Path
) -> None:
    moved = moved_in_files(_QUARTER, tmp_path, {}, {inside: value})
    path = re.sub(r"\.\d+\b.*|\.(value|part|total)$", "", inside)
    known_ = known(_QUARTER).ledger.figures.keys()
    answered = {made.id for made in ask(known(_QUARTER).ledger, f"2021Q2.facts.json!{path}", {}).figures}
    assert moved == expected
    assert expected & known_ <= answered < known_


@pytest.mark.slow
def test_every_figure_moves_with_a_cell_that_it_names(tmp_path: Path) -> None:
    """Or it is said why none of the cells that were written otherwise could move it."""
    q, moved = known(_QUARTER), set[str]()
    batches = [
        otherwise(q, pl.concat([_cells(q, *field, slice(0, None, step)) for field, step in batch.items()]))
        for batch in _BATCHES
    ]
    for number, written in enumerate([*batches, dict.fromkeys(rows_of(q, ("account", 9), ("error_report", 9)), "")]):
        own = moved_in_files(_QUARTER, tmp_path / str(number), written)
        assert _unnamed(q, own, written) == set()
        moved |= own
    still = [made.id for made in q.ledger.figures.values() if made.sources and not made.given and made.id not in moved]
    assert [key for key in still if not any(re.fullmatch(form, key) for form in (*UNMOVED, ROW_UNMOVED))] == []
