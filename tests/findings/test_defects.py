"""Every defect of the catalogue is told by exactly one finding, at its place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.findings import CODES
from tests.findings.defects import DEFECTS, Defect
from tests.findings.defects.__main__ import write_all
from tests.support.quarter import Delivered
from tests.support.told import assert_told

ELSEWHERE = {
    **dict.fromkeys(("F105", "R418"), "tests/layouts: two layouts that fit one sheet, an indicator twice in a ledger"),
    **dict.fromkeys(("I550", "I551", "I552", "I563"), "tests/office: 机构信息"),
    **dict.fromkeys(("N309", "R440", "R441", "R442", "R443", "R444"), "tests/sql/check: 统计补充"),
    **dict.fromkeys(
        ("E601", "E602", "E603", "E604", "E605", "E606", "E607", "E608", "E609"),
        "tests/bulletin: remarks, no defects of a delivery",
    ),
    **dict.fromkeys(
        ("I546", "I560", "R431", "R432"), "tests/sql/check: what statements and rule books of later years need"
    ),
}


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_defect_is_one_finding(delivered: Delivered, defect: Defect) -> None:
    defect.change(delivered)
    assert_told(delivered, defect.told)


def test_the_catalogue_names_each_defect_once_and_has_one_for_every_code() -> None:
    names = {defect.name for defect in DEFECTS}
    assert len(names) == len(DEFECTS) >= 150
    told = {defect.told.code for defect in DEFECTS}
    assert told | set(ELSEWHERE) == set(CODES) and not told & set(ELSEWHERE)


def test_the_catalogue_is_written_as_workbooks_named_after_their_defects(tmp_path: Path, thinned: Delivered) -> None:
    chosen = [
        defect for defect in DEFECTS if defect.name in ("得分为负", "缺少扣分明细", "同一单元格更正两次", "扫描件")
    ]
    write_all(tmp_path, thinned, chosen)
    listed = list(csv.reader((tmp_path / "清单.csv").read_text("utf-8-sig").splitlines()))
    assert {row[0]: row[1] for row in listed[1:]} == {
        "缺少扣分明细": "",
        "扫描件": "扫描件.pdf",
        "得分为负": "得分为负.xlsx",
        "同一单元格更正两次": "同一单元格更正两次（2021年第三季度政府网站检查评分表）.xlsx、同一单元格更正两次（季度信息）.xlsx",
    }
    written = {path.name for path in tmp_path.iterdir()} - {"清单.csv"}
    assert written == {name for row in listed[1:] for name in row[1].split("、") if name}
