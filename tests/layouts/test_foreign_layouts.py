"""Four agencies' forms give the same core rows as the native sheet, by TOML alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipeline.flow import Context, open_context
from pipeline.reference.models import Indicator
from pipeline.settings import CODE_ROOT, Paths
from tests.layouts.foreign import FORMS, Scored
from tests.support.quarter import SCORES, Delivered, run_to_gate

HERE = Path(__file__).parent
SCORE_COLUMNS = ["site_code", "indicator_id", "applicable", "score"]
RESULT_COLUMNS = ["site_code", "site_name", "veto"]


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    return Delivered.copy(tmp_path_factory.mktemp("native")).thin()


@pytest.fixture(scope="module")
def native(thinned: Delivered) -> tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]:
    """The native core rows of scores and of sites, and the indicators."""
    with run(thinned) as (context, findings):
        assert findings == []
        return rows_of(context)


class run:  # noqa: N801 - reads as a verb where it is used
    """Run a delivery up to the gate in a context of its own: ``with run(delivered) as (context, findings)``."""

    def __init__(self, delivered: Delivered) -> None:
        self._context = open_context(Paths(CODE_ROOT, delivered.root), delivered.quarter)

    def __enter__(self) -> tuple[Context, list[dict[str, object]]]:
        return self._context, run_to_gate(self._context)

    def __exit__(self, *_: object) -> None:
        self._context.warehouse.close()


def rows_of(context: Context) -> tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]:
    scores = context.table("core/indicator_score").select(SCORE_COLUMNS).sort("site_code", "indicator_id")
    results = context.table("core/site_result").select(RESULT_COLUMNS).sort("site_code")
    return scores, results, list(context.roster.rule_book.indicator)


def deliver(
    tmp_path: Path, thinned: Delivered, form: str, sites: list[Scored], indicators: list[Indicator]
) -> Delivered:
    """The same delivery with the score sheet in another form, and that form's TOML in the registry."""
    delivered = Delivered.copy(tmp_path, data=thinned.root)
    delivered.file(SCORES).unlink()
    FORMS[form](delivered.folder, sites, indicators)
    shutil.copy(HERE / "forms" / f"{form}.toml", delivered.root / "reference" / "layouts")
    return delivered


def scored(native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]) -> list[Scored]:
    scores, results, _ = native
    return [
        Scored(code, name, {row["indicator_id"]: row["score"] for row in rows.iter_rows(named=True)})
        for code, name in results.select("site_code", "site_name").iter_rows()
        for rows in [scores.filter(pl.col("site_code") == code)]
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_foreign_form_gives_the_native_rows(
    tmp_path: Path, thinned: Delivered, native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]], form: str
) -> None:
    delivered = deliver(tmp_path, thinned, form, scored(native), native[2])
    with run(delivered) as (context, findings):
        assert findings == []
        scores, results, _ = rows_of(context)
    assert scores.equals(native[0])
    assert results.equals(native[1])


def test_a_bad_cell_of_a_sheet_turned_over_is_named_where_it_stands(
    tmp_path: Path, thinned: Delivered, native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]
) -> None:
    delivered = deliver(tmp_path, thinned, "units-in-columns", scored(native), native[2])
    with delivered.edit("扣分情况") as book:
        book["各区"]["E9"] = "扣若干分"
    with run(delivered) as (_, findings):
        (told,) = findings
    assert (told["code"], told["file"], told["sheet"], told["cell"]) == ("C201", "扣分情况.xlsx", "各区", "E9")


def test_an_indicator_that_a_ledger_names_twice_is_told(
    tmp_path: Path, thinned: Delivered, native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]
) -> None:
    delivered = deliver(tmp_path, thinned, "ledger", scored(native), native[2])
    path = delivered.file("逐项得分台账")
    lines = path.read_text("gb18030").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), "gb18030", newline="")
    with run(delivered) as (_, findings):
        assert [item["code"] for item in findings] == ["R418"]


def test_a_row_of_a_ledger_without_its_key_is_one_finding(
    tmp_path: Path, thinned: Delivered, native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]
) -> None:
    delivered = deliver(tmp_path, thinned, "ledger", scored(native), native[2])
    path = delivered.file("逐项得分台账")
    path.write_text(f"{path.read_text('gb18030')}平均,,,,,得2分\r\n", "gb18030", newline="")
    with run(delivered) as (_, findings):
        assert [(item["code"], item["cell"][0]) for item in findings] == [("C204", "B")]


def test_a_row_of_a_ledger_without_its_indicator_is_one_finding(
    tmp_path: Path, thinned: Delivered, native: tuple[pl.DataFrame, pl.DataFrame, list[Indicator]]
) -> None:
    delivered = deliver(tmp_path, thinned, "ledger", scored(native), native[2])
    path = delivered.file("逐项得分台账")
    path.write_text(f"{path.read_text('gb18030')}9999,1101010001,,,,得2分\r\n", "gb18030", newline="")
    with run(delivered) as (_, findings):
        assert [(item["code"], item["cell"][0]) for item in findings] == [("C204", "E")]


def test_a_sheet_that_two_layouts_fit_is_told(tmp_path: Path, thinned: Delivered) -> None:
    delivered = Delivered.copy(tmp_path, data=thinned.root)
    layouts = delivered.root / "reference" / "layouts"
    text = (layouts / "account.toml").read_text("utf-8")
    text = text.replace('id = "account"', 'id = "other"\nfeeds = "account"').replace('title = "', 'title = "甲机构')
    (layouts / "other.toml").write_text(text, "utf-8")
    with run(delivered) as (_, findings):
        (told,) = (item for item in findings if item["code"].startswith("F"))
    assert told["code"] == "F105"
    assert "政务新媒体检查情况表、甲机构政务新媒体检查情况表" in told["message"]
