"""What a blank workbook offers, limits, locks and says, read by another library; what of it is never read as data."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.document.forms import INSTRUCTIONS, OPTIONS
from pipeline.findings import INFO_FILE
from pipeline.ingest.delivery import read_delivery
from pipeline.ingest.folder import BLANKS_FOLDER
from pipeline.office.blanks import Carried, delivered_forms, info_form
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.settings import CODE_ROOT

CARRIED = "FFFFF2CC"


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_registry(CODE_ROOT / "data" / "reference").at(Quarter.parse("2021Q4"))


@pytest.fixture(scope="module")
def blanks(roster: Roster) -> dict[str, bytes]:
    choice = {"statement": "区门户平均分变化", "enabled": "否", "place": "2", "naming": "点名"}
    carried = Carried("2021年第三季度", {"同意机关": "市政府"}, {"info_choice": [choice]})
    return {**delivered_forms(roster), INFO_FILE: info_form(roster, carried)}


@pytest.fixture(scope="module")
def books(blanks: dict[str, bytes]) -> dict[str, Any]:
    return {name: openpyxl.load_workbook(io.BytesIO(data)) for name, data in blanks.items()}


def rule_at(sheet: Any, cell: str) -> Any:
    (rule,) = (item for item in sheet.data_validations.dataValidation if cell in item.sqref)
    return rule


def headed(sheet: Any, heading: str) -> Any:
    """The heading's cell."""
    return next(cell for row in sheet.iter_rows(max_row=3) for cell in row if str(cell.value).startswith(heading))


def test_every_layout_has_a_blank_and_every_blank_its_instructions(roster: Roster, books: dict[str, Any]) -> None:
    delivered = {f"2021年第四季度{item.title}.xlsx" for item in roster.registry.layouts if not item.sheet}
    assert set(books) == {*delivered, INFO_FILE}
    for book in books.values():
        first, *sheets, last = book.worksheets
        assert (first.title, last.title) == (INSTRUCTIONS, OPTIONS)
        assert all(sheet.protection.sheet for sheet in book.worksheets)
        told = "\n".join(str(row[0].value) for row in first.iter_rows())
        assert all(f"工作表“{sheet.title}”" in told for sheet in sheets)
        for sheet in sheets:
            assert sheet.freeze_panes is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert all(cell.protection.locked for cell in sheet[1] if cell.value)


def test_the_score_sheet_has_sites_indicators_points_and_limits(roster: Roster, books: dict[str, Any]) -> None:
    book = books["2021年第四季度政府网站检查评分表.xlsx"]
    for group in roster.rule_book.group:
        sheet = book[group.label]
        codes = [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)]
        assert sorted(codes) == sorted(site.code for site in roster.sites if site.kind in group.kinds)
        for item in roster.rule_book.indicator:
            if item.part == "deduct" or group.bonus:
                heading = headed(sheet, f"{item.name}\n（{item.points}分）")
                rule = rule_at(sheet, f"{heading.column_letter}4")
                assert rule.type == "custom"
                assert f"{heading.column_letter}4<={item.points}" in rule.formula1
                assert all(f'="{word}"' in rule.formula1 for word in ("不涉及", "—"))
        assert sheet["A4"].protection.locked
        assert not headed(sheet, "总分").parent.cell(4, headed(sheet, "总分").column).protection.locked
        assert sheet.freeze_panes == "D4"
    assert "加分" in [cell.value for cell in book["区政府门户网站"][2]]
    assert "加分" not in [cell.value for cell in book["市级部门政府网站"][2]]


def test_indicators_that_a_site_is_exempt_from_are_filled_and_locked(roster: Roster, books: dict[str, Any]) -> None:
    sheet = books["2021年第四季度政府网站检查评分表.xlsx"]["市级部门政府网站"]
    column = headed(sheet, "办事指南").column
    serving = {site.code: site.serves_public for site in roster.sites}
    assert {(serving[row[0].value], row[column - 1].value) for row in sheet.iter_rows(min_row=4)} == {
        (True, None),
        (False, "不涉及"),
    }
    assert all(
        row[column - 1].protection.locked is (row[column - 1].value is not None) for row in sheet.iter_rows(min_row=4)
    )


def test_drop_downs_come_from_the_registry_and_reach_far(roster: Roster, books: dict[str, Any]) -> None:
    sheet = books["2021年第四季度政务新媒体检查情况表.xlsx"]["政务新媒体检查情况表"]
    assert [cell.value for cell in sheet[2]] == [
        "账号名称",
        "平台类型",
        "主办单位",
        "归口单位",
        "检查结果",
        "否决情形",
        "检查日期",
    ]  # no personal data are asked for; no score, since this rule book knows none
    rule = rule_at(sheet, "D5000")
    area = rule.formula1.partition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in sheet.parent[OPTIONS][area]] == [
        roster.unit_names[unit.id].short for unit in roster.units
    ]
    assert rule_at(sheet, "G5000").type == "date"
    assert rule_at(sheet, "A3").prompt.startswith("必填。")


def test_the_quarter_information_proposes_marks_and_explains(books: dict[str, Any]) -> None:
    book = books[INFO_FILE]
    assert book.sheetnames[1:-1] == [
        "基本信息",
        "时间范围",
        "语句选择",
        "典型做法",
        "存在的问题",
        "工作要求",
        "前期数据",
        "更正",
    ]
    rows = {row[0].value: row for row in book["基本信息"].iter_rows(min_row=2)}
    assert {item: row[1].value for item, row in rows.items() if row[1].fill.fgColor.rgb == CARRIED} == {
        "季度": "2021年第四季度",
        "同意机关": "市政府",
        "同意状态": "未同意",
        "检查依据文件": "《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）",
        "新媒体统计截至": "2021年12月",
    }
    assert rows["同意机关"][2].value.startswith("沿用2021年第三季度，请核对。")
    windows = [tuple(cell.value for cell in row) for row in book["时间范围"].iter_rows(min_row=2)]
    assert windows == [
        ("政务新媒体检查情况表", "检查日期", None, None),
        ("扣分明细", "发现时间", None, None),
        ("找错台账", "留言时间", None, None),
        ("找错台账", "办结时间", None, None),
    ]


def test_the_items_that_a_check_demands_are_the_required_ones(roster: Roster) -> None:
    (layout,) = (item for item in roster.registry.layouts if item.id == "info_item")
    sql = (CODE_ROOT / "sql" / "check" / "I501_items_present.sql").read_text("utf-8")
    assert {row.name for row in layout.row if not row.blank} == set(
        re.findall(r"'([^']+)'", sql.partition("unnest([")[2].partition("]")[0])
    )


def test_blanks_give_the_same_bytes(roster: Roster, blanks: dict[str, bytes]) -> None:
    assert delivered_forms(roster) == {name: data for name, data in blanks.items() if name != INFO_FILE}


def test_instructions_and_examples_are_never_read(roster: Roster, blanks: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in blanks.items():
        (tmp_path / name).write_bytes(data)
    delivery = read_delivery(tmp_path, roster)
    assert {row["sheet"] for row in delivery.cells.to_dicts()} & {INSTRUCTIONS, OPTIONS} == set()
    assert {item.code for item in delivery.findings} == {"C204", "F124"}  # nothing but what is not filled yet


def test_blanks_kept_beside_what_came_back_are_not_read(
    roster: Roster, blanks: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / BLANKS_FOLDER).mkdir()
    for name, data in blanks.items():
        (tmp_path / BLANKS_FOLDER / name).write_bytes(data)
    (tmp_path / INFO_FILE).write_bytes(blanks[INFO_FILE])
    delivery = read_delivery(tmp_path, roster)
    assert set(delivery.cells["file"]) == {INFO_FILE}
    read = dict(delivery.files.select("file", "layouts").iter_rows())
    assert {name for name, layouts in read.items() if layouts == "不读取"} == read.keys() - {INFO_FILE}


def test_a_new_layout_a_new_indicator_and_a_new_platform_need_no_code(tmp_path: Path) -> None:
    reference = tmp_path / "reference"
    shutil.copytree(CODE_ROOT / "data" / "reference", reference)
    points = 'name = "政策文件", part = "deduct", points = "{}" }}'
    added = ',\n  { id = "new", level1 = "发布解读", name = "新增指标", part = "deduct", points = "1" }'
    app, kuaishou = '[[taxonomy.platform]]\nid = "app"', '[[taxonomy.platform]]\nid = "kuaishou"\nname = "快手号"\n'
    for name, old, new in (
        ("rule-books/beijing-2019.toml", points.format(6), points.format(5) + added),
        ("platforms.toml", app, kuaishou + app),
    ):
        text = (reference / name).read_text("utf-8")
        assert old in text
        (reference / name).write_text(text.replace(old, new, 1), "utf-8")
    (reference / "layouts" / "complaint.toml").write_text(
        'id = "complaint"\ntitle = "投诉情况表"\nrequired = false\nkey = "topic"\n[[column]]\nfield = "topic"\nheaders = ["事由"]\n'
        '[[column]]\nfield = "solved"\nheaders = ["是否办结"]\nkind = "choice"\nchoices = { true = ["是"], false = ["否"] }\n',
        "utf-8",
    )
    forms = delivered_forms(load_registry(reference).at(Quarter.parse("2021Q4")))
    books = {name: openpyxl.load_workbook(io.BytesIO(data)) for name, data in forms.items()}
    sheet = books["2021年第四季度政府网站检查评分表.xlsx"]["区政府门户网站"]
    assert rule_at(sheet, f"{headed(sheet, '新增指标').column_letter}4").formula1.count("<=1") == 1
    options = books["2021年第四季度政务新媒体检查情况表.xlsx"][OPTIONS]
    assert "快手号" in [cell.value for cell in options["B"]]
    complaint = books["2021年第四季度投诉情况表.xlsx"]["投诉情况表"]
    assert [cell.value for cell in complaint[2]] == ["事由", "是否办结"]
    assert rule_at(complaint, "B3").type == "list"


def test_a_carried_row_is_checked_and_the_list_still_grows(books: dict[str, Any]) -> None:
    """Yellow, open, a number as a number; what is decided for one quarter is empty, and rows below may be filled."""
    sheet = books[INFO_FILE]["语句选择"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = {heading: sheet.cell(2, at) for heading, at in columns.items()}
    assert {heading: cell.value for heading, cell in row.items() if cell.value is not None} == {
        "语句": "区门户平均分变化", "采用": "否", "次序": 2,
    }  # fmt: skip
    assert {heading for heading, cell in row.items() if cell.fill.fgColor.rgb == CARRIED} == {"语句", "采用", "次序"}
    assert not any(cell.protection.locked for cell in row.values())
    assert rule_at(sheet, "A2") == rule_at(sheet, "A60")
