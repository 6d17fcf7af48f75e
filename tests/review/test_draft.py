"""A draft in spite of findings: broken deliveries, and what is printed of them without a mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document.reading import read_docx
from pipeline.document.text import plain_text
from pipeline.drafting import draft
from pipeline.settings import CODE_ROOT, Paths
from tests.review.ledger.quarters import known
from tests.support.quarter import ACCOUNTS, DEPARTMENTS, FUNCTIONS, INFO, LEDGER, PORTALS, REPORTS, SCORES, Delivered

_SENTENCE = re.compile(r"[^。；\n\t]+")
_LIST = "待核事项"


def _bad_score(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["H9"] = "无法识别"


def _unknown_unit(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["E40"] = "某某单位"


def _many_unknown_units(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        for row in range(30, 50):
            book["检查情况"][f"E{row}"] = "某某单位"


def _contradiction(delivered: Delivered) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["F40"] = "不合格"


def _missing_site(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[DEPARTMENTS].delete_rows(20)


def _site_twice(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["B9"] = book[PORTALS]["B10"].value


def _beyond_the_points(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        book[PORTALS]["H9"] = 500


def _no_departments(delivered: Delivered) -> None:
    with delivered.edit(SCORES) as book:
        del book[DEPARTMENTS]


def _without(name: str) -> Callable[[Delivered], None]:
    return lambda delivered: delivered.file(name).unlink()


def _no_windows(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        del book["时间范围"]


def _no_items(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        del book["基本信息"]


def _broken_earlier(delivered: Delivered) -> None:
    for path in (delivered.folder / "前期").iterdir():
        path.write_text("{}")


def _bad_date(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        rows[5][7] = "不详"


_BREAKS = {
    "bad score, unknown unit": (_bad_score, _unknown_unit),
    "no accounts": (_without(ACCOUNTS),),
    "many unknown units": (_many_unknown_units,),
    "contradiction": (_contradiction,),
    "missing site": (_missing_site,),
    "site twice": (_site_twice,),
    "beyond the points": (_beyond_the_points,),
    "no departments": (_no_departments,),
    "no scores": (_without(SCORES),),
    "no messages": (_without(REPORTS),),
    "no ledger, no functions": (_without(LEDGER), _without(FUNCTIONS)),
    "no windows": (_no_windows,),
    "no items": (_no_items,),
    "broken earlier facts": (_broken_earlier,),
    "bad date": (_bad_date,),
    "nothing but the info": (
        _without(ACCOUNTS),
        _without(SCORES),
        _without(REPORTS),
        _without(LEDGER),
        _without(FUNCTIONS),
    ),
}
_UNPRINTED = ("broken earlier facts",)  # this quarter prints no change
_FAST = ("bad score, unknown unit",)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in _FAST else pytest.mark.slow) for name in _BREAKS]
)
def test_nothing_unmarked_differs_from_the_sound_quarter(name: str, tmp_path: Path) -> None:
    """The sound quarter is the truth: a sentence without a mark is one of its own."""
    delivered = Delivered.copy(tmp_path)
    for breaks in _BREAKS[name]:
        breaks(delivered)
    files = draft(Paths(CODE_ROOT, delivered.root), delivered.quarter)
    text, _, listed = files["bulletin.txt"].decode().partition(_LIST)
    sound = {match[0] for match in _SENTENCE.finditer(plain_text(known("2021Q3").notice))}
    told = [match[0] for match in _SENTENCE.finditer(text) if "待核" not in match[0]]
    assert [words for words in told if words not in sound and not _said_of_the_draft(words)] == []
    assert "【待核" in text or name in _UNPRINTED
    numbers = {int(number) for marks in re.findall(r"【待核([\d、]+)", text) for number in marks.split("、")}
    assert all(f"\n{number}\t" in listed for number in numbers)
    assert not (tmp_path / "out").exists() and not (tmp_path / "work").exists()
    assert read_docx(files["bulletin.docx"])[0] == "草稿"


def _said_of_the_draft(words: str) -> bool:
    return words == "草稿" or words.startswith("附件")


@pytest.mark.slow
def test_a_table_that_cannot_be_measured_leaves_the_others_alone(tmp_path: Path) -> None:
    """And its figures are marked with the finding that stands in it, not with a bare mark."""
    delivered = Delivered.copy(tmp_path)
    _beyond_the_points(delivered)
    text = draft(Paths(CODE_ROOT, delivered.root), delivered.quarter)["bulletin.txt"].decode()
    assert "总体合格率为99.6%" in text and "区政府门户网站平均得分为【待核" in text
    assert "【待核】" not in text


@pytest.mark.slow
def test_a_sound_quarter_has_no_marks() -> None:
    text = draft(Paths(CODE_ROOT, CODE_ROOT / "data"), "2021Q3")["bulletin.txt"].decode()
    assert "【待核" not in text and text.startswith("草稿\n")
