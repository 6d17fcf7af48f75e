"""Every `.test` file runs, and every check has one with a passing and an offending case."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import CODE_ROOT
from tests.support.sqltest import open_tables, run_file

FILES = sorted(Path(__file__).parent.rglob("*.test"))
CHECKS = sorted((CODE_ROOT / "sql" / "check").glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_test_file_passes_and_has_a_passing_and_an_offending_case(path: Path) -> None:
    assert f"sql/{path.parent.name}/{path.stem}.sql\n----" in path.read_text("utf-8")
    with open_tables() as con:
        selected = run_file(con, path)
    assert any(selected)
    assert 0 in selected or path.parent.name != "check"


def test_every_check_has_a_test_file() -> None:
    assert {path.stem for path in CHECKS} == {path.stem for path in FILES if path.parent.name == "check"}


def test_the_runner_refuses_other_rows_than_the_expected_ones(tmp_path: Path) -> None:
    path = tmp_path / "wrong.test"
    path.write_text("query\nsql/check/I501_items_present.sql\n----\nno such row\n", "utf-8")
    with open_tables() as con, pytest.raises(AssertionError):
        run_file(con, path)
