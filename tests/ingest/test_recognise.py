"""Which layout a sheet has: by its headers, wherever they stand."""

from __future__ import annotations

import pytest

from pipeline.ingest.container import Grid
from pipeline.ingest.recognise import Near, Recognised, recognise
from pipeline.reference.registry import Roster

LEDGER = (
    "序号",
    "网站标识码",
    "网站名称",
    "一级指标",
    "二级指标",
    "扣分",
    "问题描述",
    "问题页面",
    "发现时间",
    "复核状态",
)
UPPER = ("序号", "网站标识码", "网站名称", "主办单位", "单项否决", "发布解读", "", "扣分项得分", "总分")
LOWER = ("", "", "", "", "", "概况信息\r\n（3分）", "机构职能（3 分）", "", "")


def grid(*rows: tuple[str, ...], sheet: str = "表") -> Grid:
    """A sheet of rows."""
    return Grid(sheet, rows)


def only(found: Grid, roster: Roster) -> Recognised:
    """The one layout that a sheet has."""
    (one,), near = recognise(found, roster.registry.layouts, roster)
    assert near is None
    return one


def near(found: Grid, roster: Roster) -> Near:
    """The nearest layout of a sheet that has none."""
    none, nearest = recognise(found, roster.registry.layouts, roster)
    assert none == [] and nearest is not None
    return nearest


@pytest.mark.parametrize("depth", [0, 1, 2, 6, 14])
def test_a_header_is_found_below_titles(roster: Roster, depth: int) -> None:
    sheet = only(grid(*[("2021年第三季度扣分明细",)] * depth, LEDGER, ("1",)), roster)
    assert sheet.layout.id == "deduction"
    assert sheet.first_row == depth + 1
    assert (sheet.columns["site_code"], sheet.columns["confirmed"]) == (1, 9)


def test_a_header_too_far_down_is_no_header(roster: Roster) -> None:
    assert near(grid(*[("标题",)] * 15, LEDGER), roster).lacks


def test_synonyms_order_and_width_of_headers_do_not_matter(roster: Roster) -> None:
    header = ("扣分值", "站点 标识码", "站点名称", "二级指标", "问题描述", "问题链接", "监测时间", "复核\n状态")
    sheet = only(grid(header), roster)
    assert sheet.layout.id == "deduction"
    assert (sheet.columns["points"], sheet.columns["site_code"], sheet.columns["confirmed"]) == (0, 1, 7)


def test_a_merged_header_of_two_rows_gives_members_with_their_points(roster: Roster) -> None:
    sheet = only(grid(("评分表",), UPPER, LOWER, ("1",)), roster)
    assert sheet.layout.id == "site_score"
    assert sheet.first_row == 3
    assert [(item.column, item.identity, item.points) for item in sheet.members] == [
        (5, roster.indicator_index["概况信息"], "3"),
        (6, roster.indicator_index["机构职能"], "3"),
    ]
    assert (sheet.columns["printed_base"], sheet.columns["printed_total"]) == (7, 8)


@pytest.mark.parametrize(
    ("upper", "lower"), [("发布解读", "概况资讯（3分）"), ("发布解读", "概况资讯"), ("新增内容", "概况资讯（3分）")]
)
def test_an_unknown_member_is_kept_as_unknown(roster: Roster, upper: str, lower: str) -> None:
    sheet = only(grid((*UPPER[:5], upper, "机构", *UPPER[7:]), (*LOWER[:5], lower, "机构职能（3分）", "", "")), roster)
    assert sheet.unknown == ((5, "概况资讯"),)


def test_a_column_of_no_meaning_is_passed_over(roster: Roster) -> None:
    sheet = only(grid((*UPPER, "备注"), (*LOWER, "")), roster)
    assert sheet.unknown == () and len(sheet.members) == 2


@pytest.mark.parametrize("missing", ["网站标识码", "网站名称", "二级指标", "扣分", "问题描述", "发现时间", "复核状态"])
def test_a_sheet_that_lacks_a_column_names_the_nearest_layout_and_the_column(roster: Roster, missing: str) -> None:
    nearest = near(grid(tuple(text for text in LEDGER if text != missing)), roster)
    assert (nearest.layout.id, nearest.lacks) == ("deduction", (missing,))


def test_a_sheet_of_the_office_is_known_by_its_name_and_needs_its_headers(roster: Roster) -> None:
    assert only(grid(("项目", "内容", "说明"), sheet="基本信息"), roster).layout.id == "info_item"
    nearest = near(grid(("项目", "说明"), sheet="基本信息"), roster)
    assert (nearest.layout.id, nearest.lacks) == ("info_item", ("内容",))


def test_an_empty_sheet_is_near_nothing(roster: Roster) -> None:
    assert recognise(grid(), roster.registry.layouts, roster) == ([], None)
