"""The whole delivery: which files count, what is masked, one finding for one cause."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipeline.errors import SourceError
from pipeline.ingest.delivery import Delivery, read_delivery
from pipeline.ingest.folder import survey
from pipeline.reference.registry import Roster
from tests.support.quarter import ACCOUNTS, INFO, PORTALS, REPORTS, SCORES, Delivered

SECRET = "王某某13800001234"


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    """A small sound delivery; tests must not change it."""
    return Delivered.copy(tmp_path_factory.mktemp("thinned")).thin()


@pytest.fixture
def delivered(tmp_path: Path, thinned: Delivered) -> Delivered:
    """A small sound delivery of the test's own."""
    return Delivered.copy(tmp_path, data=thinned.root)


def codes(delivery: Delivery) -> list[tuple[str, str, int]]:
    """Code, value and count of every finding."""
    return [(item.code, item.value, item.count) for item in delivery.findings]


def test_a_sound_delivery_is_read_whole(thinned: Delivered, roster: Roster) -> None:
    delivery = read_delivery(thinned.folder, roster)
    assert codes(delivery) == []
    assert set(delivery.cells["state"].unique()) == {"ok", "blank", "not_applicable"}
    assert delivery.files["layouts"].str.len_chars().min() > 0
    scores = delivery.cells.filter(pl.col("layout") == "site_score", pl.col("field") == "site_code")
    assert len(scores) == 75


def test_every_cell_keeps_its_address(thinned: Delivered, roster: Roster) -> None:
    cells = read_delivery(thinned.folder, roster).cells
    (cell,) = cells.filter(pl.col("sheet") == PORTALS, pl.col("cell") == "F5").to_dicts()
    assert (cell["field"], cell["member"], cell["text"], cell["row_no"]) == ("score", "overview", "3", 5)
    (average,) = cells.filter(pl.col("sheet") == PORTALS, pl.col("field") == "printed_average").to_dicts()
    assert (average["cell"], average["value"]) == ("AP21", "125.44")


def test_personal_columns_reach_neither_cells_nor_findings(delivered: Delivered, roster: Roster) -> None:
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        sheet["I3"], sheet["J3"], sheet["E3"] = SECRET, f"{SECRET}\u200b", "不存在的单位"
    delivery = read_delivery(delivered.folder, roster)
    assert codes(delivery) == [("N301", "不存在的单位", 1)]
    assert SECRET not in delivery.cells.write_csv() + delivery.files.write_csv() + repr(delivery.findings)
    masked = delivery.cells.filter(pl.col("cell").is_in(["I3", "J3"]), pl.col("layout") == "account")
    assert masked["text"].to_list() == ["（已隐去）", "（已隐去）"]
    assert masked["value"].to_list() == ["", ""]


def test_columns_that_no_layout_knows_are_not_read(delivered: Delivered, roster: Roster) -> None:
    with delivered.edit_reports() as rows:
        rows[1][11] = SECRET
    assert SECRET not in read_delivery(delivered.folder, roster).cells.write_csv()


def test_an_unknown_name_is_one_finding_in_all_files(delivered: Delivered, roster: Roster) -> None:
    with delivered.edit(ACCOUNTS) as book:
        for row in (3, 5, 7):
            book["检查情况"][f"E{row}"] = "某 委"
    with delivered.edit(SCORES) as book:
        book[PORTALS]["D6"] = "某委"
    with delivered.edit_reports() as rows:
        rows[2][3], rows[3][3] = "某委", "另一委"
    assert codes(read_delivery(delivered.folder, roster)) == [("N301", "某 委", 5), ("N301", "另一委", 1)]


@pytest.mark.parametrize(
    "name",
    [
        "~$评分表.xlsx",
        ".~评分表.xlsx",
        ".DS_Store",
        "Thumbs.db",
        "thumbs.DB",
        "desktop.ini",
        "README.md",
        ".git/config",
    ],
)
def test_files_of_programs_do_not_count(delivered: Delivered, name: str) -> None:
    before = survey(delivered.folder).files
    (delivered.folder / name).parent.mkdir(exist_ok=True)
    (delivered.folder / name).write_bytes(b"\x00garbage")
    assert survey(delivered.folder).files == before


@pytest.mark.parametrize("name", ["评分表~$.xlsx", "Thumbs.db.xlsx", "补充/说明.xlsx"])
def test_any_other_file_counts(delivered: Delivered, name: str) -> None:
    (delivered.folder / name).parent.mkdir(exist_ok=True)
    (delivered.folder / name).write_bytes(b"")
    assert delivered.folder / name in survey(delivered.folder).files


def test_files_of_earlier_quarters_are_read_elsewhere(delivered: Delivered) -> None:
    assert (delivered.folder / "前期").is_dir()
    assert not [path for path in survey(delivered.folder).files if "前期" in path.parts]


def test_a_folder_without_the_book_of_the_office_is_no_quarter(delivered: Delivered) -> None:
    delivered.file(INFO).unlink()
    with pytest.raises(SourceError, match="季度信息"):
        survey(delivered.folder)


def test_identical_files_are_told_once_each_and_read_once(delivered: Delivered, roster: Roster) -> None:
    cells = len(read_delivery(delivered.folder, roster).cells)
    data = delivered.file(REPORTS).read_bytes()
    for name in ("副本1.csv", "副本2.csv"):
        (delivered.folder / name).write_bytes(data)
    delivery = read_delivery(delivered.folder, roster)
    assert [(code, count) for code, _, count in codes(delivery)] == [("F106", 1), ("F106", 1)]
    assert len(delivery.cells) == cells


def test_the_code_of_a_file_is_recorded(delivered: Delivered, roster: Roster) -> None:
    delivery = read_delivery(delivered.folder, roster)
    row = delivery.files.filter(pl.col("file") == REPORTS).to_dicts()[0]
    assert row["size"] == delivered.file(REPORTS).stat().st_size
    assert len(row["sha256"]) == 64 and row["layouts"] == "找错台账"


def test_rows_of_sums_notes_and_signatures_are_no_records(thinned: Delivered, roster: Roster) -> None:
    cells = read_delivery(thinned.folder, roster).cells
    portals = cells.filter(pl.col("sheet") == PORTALS, pl.col("field") == "site_code")["row_no"]
    assert portals.to_list() == list(range(5, 21))
