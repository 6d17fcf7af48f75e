"""An office added by data alone, from blank workbooks to notices of two quarters: 青禾市 of tests/offices."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.document.reading import read_docx
from pipeline.reference.models import RuleBook
from pipeline.settings import CODE_ROOT, Paths
from tests.office.fill import rounded
from tests.office.test_two_quarters import FIGURES, WORDINGS, Runner, scores

OWN = CODE_ROOT / "tests" / "offices" / "qinghe" / "reference"
WORDS = {
    "区政府门户网站": "县区政府门户网站",
    "市级部门政府网站": "市直部门网站",
    '"各区"': '"各县区"',
    '"个区"': '"个县区"',
    '"各市级部门"': '"各市直部门"',
    '"个市级部门"': '"个市直部门"',
}

EVERYONE = ("各县区政府门户网站", "各市直部门网站", "各县区政务新媒体", "各市直部门政务新媒体")


@pytest.fixture
def office(tmp_path: Path) -> Paths:
    """A data root with the office's own registry, and what a notice calls its parts in the office's own words."""
    reference = tmp_path / "data" / "reference"
    shutil.copytree(CODE_ROOT / "data" / "reference", reference)
    shutil.rmtree(reference / "rule-books")
    shutil.copytree(OWN, reference, dirs_exist_ok=True)
    text = (reference / "statements.toml").read_text("utf-8")
    for ours, theirs in WORDS.items():
        assert ours in text
        text = text.replace(ours, theirs)
    (reference / "statements.toml").write_text(text, "utf-8")
    return Paths(CODE_ROOT, tmp_path / "data")


def test_a_second_office_has_its_notices(office: Paths) -> None:
    """Its means, changes, words and names; every change is that of the means before they are rounded."""
    runner = Runner(office, accounts=24)
    means = {}
    for quarter, seed in (("2022Q4", 1), ("2023Q1", 3)):
        roster = runner.filled(quarter, seed, whole=quarter == "2023Q1")
        found = scores(office.raw(quarter), roster)
        means[quarter] = {key: sum(map(Fraction, each), Fraction(0)) / len(each) for key, each in found.items()}
    book = roster.rule_book
    text = (office.out("2023Q1") / "machine" / "bulletin.txt").read_text("utf-8")
    for (identity, _), everyone, wording in zip(FIGURES.values(), EVERYONE, WORDINGS, strict=True):
        before, now = means["2022Q4"][identity], means["2023Q1"][identity]
        (sentence,) = (part for part in text.split("。") if part.startswith(f"{everyone}平均得分为"))
        assert sentence.startswith(f"{everyone}平均得分为{rounded(now, 1, book)}分（满分")
        assert sentence.endswith(f"），{change(now - before, book, wording)}")
    assert "青禾市政务服务局关于2023年第一季度全市政府网站" in text
    assert "青政服发〔2023〕　号" in text
    assert "依据《青禾市政府网站与政务新媒体检查办法》和本市有关工作要求" in text
    assert "附件：1. 2023年第一季度县区政府门户网站检查得分情况\n2. 2023年第一季度市直部门网站检查得分情况" in text
    assert "\n1.信息发布。“账号" in text  # practices by topic
    assert "市文化和旅游局" in text
    assert "市文化局" not in text  # its name of the quarter before
    assert "北京" not in text
    note = "\n".join(read_docx((office.out("2023Q1") / "review" / "送审说明.docx").read_bytes()))
    assert "县区政府门户网站平均分" in note and "市直部门网站平均分" in note
    facts = BulletinFacts.from_json((office.out("2023Q1") / "machine" / "facts.json").read_bytes())
    older = write_notice(replace(facts, outline="2019"), office.templates).paragraphs
    heads = [paragraph.text.partition("。")[0] for paragraph in older]
    assert "1.县区政府门户网站" in heads and "2.市直部门网站" in heads
    tables = openpyxl.load_workbook(office.out("2023Q1") / "tables.xlsx", read_only=True)
    cells = [str(cell) for sheet in tables for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "各县区" in cells and "各市直部门" in cells
    assert not [cell for cell in (*heads, *cells) if "市级部门" in cell]


def change(exact: Fraction, book: RuleBook, wording: str) -> str:
    """A change by the office's policy: exact, rounded once, the half to the even neighbour, trailing zeros kept."""
    value, (since, rise) = rounded(exact, 1, book), wording.split("…")
    if abs(value) <= book.change.flat:
        return "与上季度基本持平"
    return f"{since}上季度{rise if value > 0 else '下降'}{abs(value)}分"
