"""The list that goes back to the agency: read back by another library, the same bytes on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import openpyxl
import polars as pl
import pytest

from pipeline.document.workbook import HEADINGS, findings_workbook
from pipeline.errors import Finding, Where
from pipeline.findings import CODES, INFO_FILE, Owner, finding, who_fixes
from pipeline.warehouse.checks import findings_frame

ITEMS = (
    finding("R405", Where("评分表.xlsx", "区", "H3"), "92.5", count=3, column="总分", expected="93"),
    finding("I505", Where(INFO_FILE, "基本信息", "B8"), "未同意", authority="市政府"),
    finding("C204", Where(INFO_FILE, "典型做法", "C2"), column="单位"),
)


def table(items: Iterable[Finding] = ITEMS) -> pl.DataFrame:
    return findings_frame("2021Q3", items)


def opened(data: bytes) -> Any:
    """The one sheet of a workbook."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return sheet


def rows(data: bytes) -> list[tuple[str | None, ...]]:
    """The rows below the headings."""
    return list(opened(data).iter_rows(min_row=4, values_only=True))


def with_value(value: str) -> bytes:
    return findings_workbook(table().head(1).with_columns(pl.lit(value).alias("value")))


def test_it_says_where_what_and_who() -> None:
    sheet = opened(findings_workbook(table()))
    assert sheet["A1"].value == "2021年第三季度退回修改清单"
    assert sheet["A2"].value.startswith("错误 2 项，提示 1 项。")
    headings = [
        "序号",
        "级别",
        "文件",
        "工作表",
        "单元格",
        "发现的内容",
        "说明",
        "处理办法",
        "由谁处理",
        "处数",
        "代码",
    ]
    assert [cell.value for cell in sheet[3]] == headings == list(HEADINGS)
    assert [cell.value for cell in sheet[4]] == [
        "1", "错误", "评分表.xlsx", "区", "H3", "92.5", ITEMS[0].message, CODES["R405"].action, "检测机构", "3", "R405",
    ]  # fmt: skip
    assert [sheet.cell(row, 9).value for row in (5, 6)] == ["填报人员（季度信息）"] * 2


def test_header_is_frozen_filtered_and_printed_on_every_page() -> None:
    sheet = opened(findings_workbook(table()))
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:K6", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:K1", "A2:K2"}
    assert sheet.column_dimensions["G"].width > sheet.column_dimensions["A"].width
    assert all(cell.alignment.wrap_text for cell in sheet[4])


def test_errors_are_red_and_warnings_are_not() -> None:
    sheet = opened(findings_workbook(table()))
    fills = {sheet.cell(row, 2).value: {cell.fill.fgColor.rgb for cell in sheet[row]} for row in (4, 5)}
    red, green, blue = (int(next(iter(fills["错误"]))[at : at + 2], 16) for at in (2, 4, 6))
    assert len(fills["错误"]) == 1 and red > green and red > blue
    assert fills["提示"] == {"00000000"}


@pytest.mark.parametrize(
    "value",
    ["=1+1", '=HYPERLINK("http://a.cn","x")', "@SUM(A1)", "+1", "-1", "http://a.cn/x", "{=1}", "0110", "1e5", "True", "2021-09-03",
     "甲\n乙", " 两端空格 ", "<a>&amp;\"'", "_x000A_", "internal:甲!A1", "🙂𠮷"],
)  # fmt: skip
def test_every_cell_is_a_text_that_neither_runs_nor_opens(value: str) -> None:
    data = with_value(value)
    sheet = opened(data)
    cell = sheet["F4"]
    assert cell.value == value
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row} == {"s"}
    assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in part and b"hyperlink" not in part


def test_hidden_characters_are_shown() -> None:
    (row,) = rows(with_value("甲\x00\x1b\u200b\u202e\uffff乙"))
    assert row[5] == "甲〈U+0000〉〈U+001B〉〈U+200B〉〈U+202E〉〈U+FFFF〉乙"


def test_rows_are_as_high_as_their_texts() -> None:
    short = table(ITEMS[2:])
    heights = [
        opened(findings_workbook(short.with_columns(pl.lit(value).alias("value")))).row_dimensions[4].height
        for value in ("短", "长" * 26, "一\n二\n三\n四", "长" * 40_000)
    ]
    assert heights == [None, 15 * 3, 15 * 4, 405]  # one line is the default height


def test_an_endless_text_is_cut_visibly() -> None:
    (row,) = rows(with_value("长" * 40_000))
    assert row[5] == "长" * 32_000 + "……"


def test_no_findings_give_a_sound_empty_list() -> None:
    for quarter, title in (("", "退回修改清单"), ("2021Q3", "2021年第三季度退回修改清单")):
        sheet = opened(findings_workbook(table(()), quarter))
        assert (sheet["A1"].value, sheet["A2"].value) == (title, "没有发现问题。")
        assert not any(cell.value for cell in sheet[4])


def test_bytes_depend_on_the_findings_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = findings_workbook(table())
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    assert findings_workbook(table()) == first
    assert findings_workbook(table(ITEMS[:2])) != first


def test_parts_are_stored_without_dates_and_persons() -> None:
    with zipfile.ZipFile(io.BytesIO(findings_workbook(table()))) as archive:
        infos = archive.infolist()
        core = archive.read("docProps/core.xml").decode()
    assert {(info.compress_type, info.date_time) for info in infos} == {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))}
    assert infos[0].filename == "[Content_Types].xml"
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert "<dc:creator></dc:creator>" in core


def test_what_stands_in_quarter_info_is_never_the_agencys() -> None:
    for code in CODES:
        assert who_fixes(code, INFO_FILE) is not Owner.AGENCY
        assert who_fixes(code, "评分表.xlsx") is CODES[code].owner
    assert {CODES[code].owner for code in CODES if code[0] == "I"} <= {Owner.CLERK, Owner.MAINTAINER}
    assert {CODES[code].owner for code in CODES if code[0] in "CR"} == {Owner.AGENCY}
