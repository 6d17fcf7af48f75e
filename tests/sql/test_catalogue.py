"""The catalogue of findings and what uses it do not drift apart."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pipeline.errors import Where
from pipeline.findings import CODES, FAMILIES, finding
from pipeline.settings import CODE_ROOT
from tests.support.sqltest import open_tables

CHECKS = sorted((CODE_ROOT / "sql" / "check").glob("*.sql"))
PLACE = ("file", "sheet", "cell", "value", "places")
INGEST = "\n".join(path.read_text("utf-8") for path in sorted((CODE_ROOT / "pipeline" / "ingest").glob("*.py")))
IN_INGEST = set(re.findall(r'"([A-Z]\d{3})"', INGEST))
REMARKED = set(re.findall(r'"(E\d{3})"', (CODE_ROOT / "pipeline" / "bulletin" / "remarks.py").read_text("utf-8")))


def places(message: str) -> set[str]:
    """The named places of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_selects_the_place_and_exactly_what_its_message_names(path: Path) -> None:
    with open_tables() as con:
        columns = con.sql(path.read_text("utf-8")).columns
    assert tuple(columns[:5]) == PLACE
    assert places(CODES[path.stem.partition("_")[0]].message) - {"value"} == set(columns[5:])


def test_every_code_is_used_and_every_used_code_is_in_the_catalogue() -> None:
    assert IN_INGEST | REMARKED | {path.stem.partition("_")[0] for path in CHECKS} == set(CODES)


def test_no_code_is_both_read_and_checked() -> None:
    assert not IN_INGEST & {path.stem.partition("_")[0] for path in CHECKS}


@pytest.mark.parametrize("code", CODES)
def test_an_entry_of_the_catalogue_is_chinese_and_whole(code: str) -> None:
    entry = CODES[code]
    assert re.fullmatch(r"[FCNRIE]\d{3}", code) and code[0] in FAMILIES
    for text in (entry.message, entry.why, entry.action):
        assert re.search("[\u4e00-\u9fff]", text) and text.endswith("。")
    assert re.search("[\u4e00-\u9fff]", entry.title) and not entry.title.endswith("。")


def test_a_finding_words_its_places_and_its_count() -> None:
    item = finding("C205", Where("表.xlsx", "甲", "B3"), "1.125", count=2, column="得分", decimals=2)
    assert item.message == "“1.125”的小数位数超出规定（得分，最多 2 位）。（共 2 处）"
    assert str(item.where) == "表.xlsx!甲!B3"
