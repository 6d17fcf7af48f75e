"""The tables for people, the note for the person who signs, the annexes: read back, and held against the facts."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from pipeline.bulletin.annexes import annexes_of
from pipeline.bulletin.facts import AccountRow, AnnexFacts, BulletinFacts, SiteRow
from pipeline.bulletin.submission import Named, Submission, Warned, write_submission
from pipeline.bulletin.tables import DataTable
from pipeline.document.compose import Typesetter
from pipeline.document.conformance.checker import conform
from pipeline.document.geometry import INTERNAL
from pipeline.document.reading import read_docx
from pipeline.document.tablebook import table_workbook
from pipeline.reference.models import AnnexPolicy
from pipeline.reference.registry import load_registry
from pipeline.reference.rule_books import rule_book_faults
from pipeline.settings import CODE_ROOT
from tests.feedback.conftest import PLANTED_ROW, Made

LONGEST = "某" * 60


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


# ---- tables.xlsx --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(made: Made) -> Any:
    return opened((made.out / "tables.xlsx").read_bytes())


def test_tables_hold_what_was_delivered(made: Made, book: Any) -> None:
    rows = [row for title in book.sheetnames[:2] for row in book[title].iter_rows(min_row=2, values_only=True)]
    assert {row[2]: Decimal(str(row[6])) for row in rows} == {
        row["网站标识码"]: Decimal(row["总分"]) for row in made.scores
    }
    confirmed = [row for row in made.ledger if row["复核状态"] == "确认"]
    problems = list(book["扣分问题"].iter_rows(min_row=2, values_only=True))
    assert len(problems) == len(confirmed)
    hidden = made.ledger[PLANTED_ROW - 2]
    assert [row[5:7] for row in problems if row[1] == hidden["网站标识码"] and "不宜扩散" in row[5]] == [
        ("（不宜扩散：暗链）",) * 2
    ]
    accounts = list(book["全部账号"].iter_rows(min_row=2, values_only=True))
    assert sorted(row[3] for row in accounts) == sorted(row["账号名称"] for row in made.accounts)
    messages = list(book["找错留言（按单位）"].iter_rows(min_row=2, values_only=True))
    assert sum(row[1] for row in messages) == len(made.messages)


def test_headings_stay_in_view_and_filter(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes.endswith("2") and sheet.auto_filter.ref.startswith("A1:")
        assert all("\u4e00" <= str(cell.value)[0] <= "\u9fff" or str(cell.value)[0].isascii() for cell in sheet[1])
        assert all(dimension.width >= 8 for dimension in sheet.column_dimensions.values())


def test_codes_are_texts_and_scores_are_numbers(book: Any) -> None:
    row = book[book.sheetnames[0]][2]
    assert (row[2].data_type, row[2].number_format) == ("s", "@")
    assert (row[6].data_type, row[6].alignment.horizontal) == ("n", "right")
    assert {cell.data_type for sheet in book.worksheets for line in sheet.iter_rows() for cell in line} == {"s", "n"}


def test_texts_neither_run_nor_open_and_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [DataTable("表", ("甲", "乙"), (("=1+1", Decimal("98.67")), ("http://a.cn/x", None), ("甲\u202e", 3)))]
    data = table_workbook("表", tables)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert table_workbook("表", tables) == data
    values = list(opened(data)["表"].iter_rows(min_row=2, values_only=True))
    assert values == [("=1+1", 98.67), ("http://a.cn/x", None), ("甲〈U+202E〉", 3)]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in part and b"hyperlink" not in part


# ---- 送审说明 -----------------------------------------------------------------------------------------------------


def test_the_note_tells_figures_warnings_and_consent(made: Made) -> None:
    data = (made.out / "review" / "送审说明.docx").read_bytes()
    text = read_docx(data)
    average = made.facts.district_sites.average
    assert average is not None
    at = text.index("区政府门户网站平均分")
    assert text[at : at + 4] == ["区政府门户网站平均分", "125.4分", "125.3分", "提高0.1分"]
    told = "".join(text)
    findings = list(
        opened((made.out / "review" / "findings.xlsx").read_bytes())
        .worksheets[0]
        .iter_rows(min_row=4, values_only=True)
    )
    assert f"有提示{sum(row[1] == '提示' for row in findings)}项" in told
    assert "通报没有就存在的问题点名任何单位" in told
    assert "已经市政府同意；公开方式为主动公开；发文字号尚未编定；成文日期为2021年11月5日。" in told
    assert conform(data, INTERNAL).conforms


def crowded(facts: BulletinFacts) -> tuple[Submission, BulletinFacts]:
    """The fullest note that there can be: every list at its limit, every name of the longest."""
    rows = tuple((f"项目{number}", "100%", "99.9%", "提高0.1个百分点") for number in range(9))
    named = Named(
        "语句名称十个汉字长短", f"{LONGEST[:30]}……等59个", f"{LONGEST[:12]}……", f"“{LONGEST[:16]}……”第5、7—9、11行等"
    )
    warned = tuple(Warned("提示的名称大约十二个汉字", 100) for _ in range(4))
    brief = replace(
        facts.brief, consent="某某市人民政府办公厅", publicity="依申请公开", document_number="某政服办发〔2021〕100号"
    )
    note = Submission(f"{LONGEST[:48]}……", rows, (named, named), 5, 400, warned, True, True)
    return note, replace(facts, brief=brief)


def test_the_note_names_units_with_what_is_behind(made: Made) -> None:
    note, facts = crowded(made.facts)
    text = "".join(read_docx(Typesetter(INTERNAL).write(write_submission(note, facts, CODE_ROOT / "templates"))))
    assert "1.语句名称十个汉字长短。" in text and "等59个（由某" in text and "另有5项语句点名" in text
    assert "提示的名称大约十二个汉字100项等。" in text


# ---- annexes by their policies ------------------------------------------------------------------------------------


def test_the_order_that_the_office_asks_for_holds(made: Made) -> None:
    first, second, third = annexes_of(made.facts)
    places = [row[-1].text for row in first.table.rows]
    assert places == sorted(places, key=int) and places[0] == "1"
    assert [row[1].text for row in second.table.rows] == [row.owner for row in made.facts.department_sites.rows]
    assert third.title == "2021年第三季度“我为政府网站找错”平台留言办理情况"
    assert sum(int(row[2].text) for row in third.table.rows) == len(made.messages)
    text = read_docx((made.out / "bulletin.docx").read_bytes())
    assert [line for line in text if line.startswith("附件")][-3:] == ["附件1", "附件2", "附件3"]


@pytest.mark.parametrize(
    ("annexes", "fault"),
    [
        (
            (AnnexPolicy(table="district_scores"), AnnexPolicy(table="district_scores", order="score")),
            "附件“district_scores”重复",
        ),
        ((AnnexPolicy(table="error_reports", columns=("owner", "site")),), "附件 error_reports 没有 site 栏"),
        ((AnnexPolicy(table="district_scores", columns=("owner", "owner")),), "附件 district_scores 的栏“owner”重复"),
        ((AnnexPolicy(table="district_scores", columns=("owner", "score")),), ""),
    ],
)
def test_policies_that_contradict_themselves_are_told(annexes: tuple[AnnexPolicy, ...], fault: str) -> None:
    registry = load_registry(CODE_ROOT / "data" / "reference")
    book = registry.rule_books[0].model_copy(update={"annex": annexes})
    assert "；".join(rule_book_faults(book, registry.taxonomies)) == fault


def test_columns_are_a_policy(made: Made) -> None:
    chosen = AnnexFacts("district_scores", "roster", ("owner", "score"), (), ())
    (annex,) = annexes_of(replace(made.facts, annexes=(chosen,)))
    assert [column.heading for column in annex.table.columns] == ["区", "总分"]
    assert {len(row) for row in annex.table.rows} == {2}


@pytest.mark.parametrize("part", ["base_score", "bonus"])
def test_a_part_of_a_score_may_stand_alone(part: str, made: Made) -> None:
    chosen = AnnexFacts("department_scores", "roster", ("owner", part, "score"), (), ())
    (annex,) = annexes_of(replace(made.facts, annexes=(chosen,)))
    assert [column.heading for column in annex.table.columns][::2] == ["主办单位", "总分"]


def test_sites_without_a_place_come_last(made: Made) -> None:
    group = made.facts.district_sites
    vetoed: SiteRow = replace(group.rows[0], score=None, base_score=None, bonus=None, place=None)
    facts = replace(made.facts, district_sites=replace(group, rows=(vetoed, *group.rows[1:])))
    by_score = AnnexFacts("district_scores", "score", ("number", "owner", "score", "place"), (), ())
    (annex,) = annexes_of(replace(facts, annexes=(by_score,)))
    assert [span.text for span in annex.table.rows[-1]] == ["16", vetoed.owner, "—", "—"]


def test_unqualified_accounts_are_listed_as_they_stand(made: Made) -> None:
    rows = (AccountRow("某区", "微信", "某某发布", "内容不更新"),)
    (annex,) = annexes_of(replace(made.facts, annexes=(
        AnnexFacts("unqualified_accounts", "roster", ("number", "owner", "platform", "account", "veto"), rows, ()),
    )))  # fmt: skip
    assert [[span.text for span in row] for row in annex.table.rows] == [
        ["1", "某区", "微信", "某某发布", "内容不更新"]
    ]
