"""Corrections: applied where the old value stands, told where anything is wrong, never passed over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contracts.contract import frame, validate
from pipeline.errors import Finding, Severity, Where
from pipeline.findings import INFO_FILE, Owner, who_fixes
from pipeline.ingest.container import Grid, address
from pipeline.ingest.corrections import (
    LAYOUT,
    Correction,
    apply_corrections,
    correction_rows,
    read_corrections,
    same_text,
    unmatched,
)

FILE = "机构/评分 表.xlsx"
OWN = Where(INFO_FILE, "更正", "A2")
GRIDS = (
    Grid("区", (("网站", "得分", "备注"), ("甲", "3", ""), ("乙", " ２.5 ", "扣分\n已核"))),
    Grid("市级 部门", (("网站",), ("丙", "4"))),
)
GOOD = Correction(FILE, "区", "B2", "3", "2.5", "机构来函更正", "检测机构项目组", "2021-10-12", OWN)


def change(correction: Correction = GOOD, **fields: object) -> Correction:
    return replace(correction, **fields)  # type: ignore[arg-type]


def findings(*corrections: Correction, file: str = FILE) -> list[Finding]:
    """The findings of corrections none of which is applied."""
    grids, applied, found = apply_corrections(file, GRIDS, corrections)
    assert (tuple(grids), applied) == (GRIDS, [])
    return found


def only(*corrections: Correction) -> Finding:
    (item,) = findings(*corrections)
    assert item.where == corrections[-1].where
    assert item.severity is Severity.ERROR
    assert who_fixes(item.code, item.where.file) is Owner.CLERK
    return item


# ---- applied ------------------------------------------------------------------------------------------------------


def test_a_correction_changes_its_cell_and_nothing_else() -> None:
    grids, (applied,), found = apply_corrections(FILE, GRIDS, [GOOD])
    assert found == []
    assert grids == [replace(GRIDS[0], rows=(GRIDS[0].rows[0], ("甲", "2.5", ""), GRIDS[0].rows[2])), GRIDS[1]]
    assert applied.where == Where(FILE, "区", "B2")
    assert (applied.delivered, applied.correction) == ("3", GOOD)
    assert GRIDS[0].rows[1][1] == "3"


@pytest.mark.parametrize("cell", ["B2", "b2", " $B$2 ", "Ｂ２", "B$2"])
@pytest.mark.parametrize("file", [FILE, "机构\\评分表.xlsx", "./机构／评分　表.xlsx"])
def test_places_are_found_however_they_are_written(cell: str, file: str) -> None:
    grids, applied, found = apply_corrections(FILE, GRIDS, [change(cell=cell, file=file)])
    assert (grids[0].rows[1][1], len(applied), found) == ("2.5", 1, [])


def test_a_sheet_is_found_by_its_folded_name_and_the_exact_one_goes_first() -> None:
    wanted = change(sheet="市级部门", cell="B2", expected="4")
    grids, (applied,), found = apply_corrections(FILE, GRIDS, [wanted])
    assert (applied.where.sheet, found) == ("市级 部门", [])
    twins = [replace(GRIDS[1], sheet="市级部门"), GRIDS[1]]
    grids, (applied,), found = apply_corrections(FILE, twins, [wanted])
    assert (applied.where.sheet, grids[1], found) == ("市级部门", GRIDS[1], [])


def test_several_corrections_are_applied_together() -> None:
    second = change(cell="C3", expected="扣分已核", corrected="已核", where=Where(INFO_FILE, "更正", "A3"))
    grids, applied, found = apply_corrections(FILE, GRIDS, [GOOD, second])
    assert grids[0].rows[1:] == (("甲", "2.5", ""), ("乙", " ２.5 ", "已核"))
    assert ([item.delivered for item in applied], found) == (["3", "扣分\n已核"], [])


def test_an_empty_cell_can_be_filled_and_a_filled_one_emptied() -> None:
    rows = (change(cell="C2", expected="", corrected="有"), change(cell="A2", expected="甲", corrected=""))
    grids, _, found = apply_corrections(FILE, GRIDS, rows)
    assert (grids[0].rows[1], found) == (("", "3", "有"), [])


def test_a_short_row_of_a_text_file_is_filled_up() -> None:
    grid = Grid("", (("甲", "乙", "丙"), ("1",)))
    wanted = change(file="台账.csv", sheet="", cell="C2", expected="", corrected="3")
    grids, (applied,), found = apply_corrections("台账.csv", [grid], [wanted])
    assert (grids[0].rows[1], applied.where, found) == (("1", "", "3"), Where("台账.csv", "", "C2"), [])


def test_a_formula_without_a_value_that_is_corrected_has_one() -> None:
    grid = Grid("区", (("", "", "甲"),), unvalued=("A1", "B1"))
    ((corrected,), _, found) = apply_corrections(FILE, [grid], [change(cell="B1", expected="", corrected="5")])
    assert (corrected.rows, corrected.unvalued, found) == ((("", "5", "甲"),), ("A1",), [])


def test_corrections_of_other_files_are_left_to_them() -> None:
    assert findings(GOOD, file="另一.xlsx") == []


def test_quarter_info_itself_is_never_corrected() -> None:
    wanted = change(file=INFO_FILE)
    assert findings(wanted, file=INFO_FILE) == []
    (item,) = unmatched([INFO_FILE, FILE], [wanted])
    assert (item.code, item.value, item.where) == ("I526", INFO_FILE, OWN)


# ---- the old value ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [("3", "3.0"), ("3.0", "3"), ("３．０", "3"), (" 2.50 ", "2.5"), ("-0.5", "－0.50"), ("不涉及", "不 涉及\n"),
     ("ＡＰＰ（一）", "APP(一)"), ("", "  "), ("2021/9/3", "2021-09-03"), ("2021年9月3日", "2021-09-03"), ("#REF!", "#REF!")],
)  # fmt: skip
def test_the_old_value_stands_however_it_is_written(delivered: str, expected: str) -> None:
    assert same_text(delivered, expected) and same_text(expected, delivered)


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [("3", "3.01"), ("3", ""), ("0110", "110"), ("3²", "32"), ("①", "1"), ("甲", "乙"), ("-3", "3"), ("2021/9/3", "2021-09-30"),
     ("3分", "3"), ("1 2", "12")],
)  # fmt: skip
def test_another_value_is_another_value(delivered: str, expected: str) -> None:
    assert not same_text(delivered, expected) and not same_text(expected, delivered)


@given(st.text(), st.text())
def test_comparing_is_symmetric_and_a_text_equals_itself(one: str, other: str) -> None:
    assert same_text(one, one)
    assert same_text(one, other) == same_text(other, one)


@given(st.decimals(-9999, 9999, places=4), st.integers(0, 4))
def test_numbers_are_equal_with_any_number_of_zeros(number: object, zeros: int) -> None:
    assert same_text(f"{number}{'0' * zeros}", str(number))


def test_an_old_value_that_no_longer_stands_stops_the_run() -> None:
    item = only(change(expected="4"))
    assert (item.code, item.value) == ("I521", "3")
    assert "“4”" in item.message and "“3”" in item.message and f"{FILE}!区!B2" in item.message


def test_an_empty_old_or_new_value_is_shown_as_such() -> None:
    assert "原值写作“（空）”，表中实为“3”" in only(change(expected="")).message
    item = only(change(cell="C2"))
    assert (item.value, "表中实为“（空）”" in item.message) == ("（空）", True)


def test_what_the_agency_has_corrected_by_itself_is_told() -> None:
    assert only(change(expected="2", corrected="3")).code == "I521"


# ---- places that are not there ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"sheet": "市"}, "有工作表：区、市级 部门"),
        ({"sheet": ""}, "没有填写工作表"),
        ({"cell": "B4"}, "最后一个单元格是 C3"),
        ({"cell": "D2"}, "最后一个单元格是 C3"),
        ({"cell": "XFD1048576"}, "最后一个单元格是 C3"),
        ({"cell": "第2行"}, "写作 H3 的形式"),
        ({"cell": "B2:B3"}, "写作 H3 的形式"),
        ({"cell": "B0"}, "写作 H3 的形式"),
        ({"cell": "2"}, "写作 H3 的形式"),
    ],
)
def test_a_place_that_does_not_exist_is_told_with_what_there_is(fields: dict[str, str], says: str) -> None:
    wanted = change(**fields)
    item = only(wanted)
    assert (item.code, item.value) == ("I522", wanted.place)
    assert says in item.message


def test_a_text_file_has_no_sheets_and_an_empty_sheet_no_cells() -> None:
    for grid, says in ((Grid("", (("1",),)), "“工作表”一栏应当留空"), (Grid("区", ()), "没有内容")):
        _, applied, (item,) = apply_corrections(FILE, [grid], [GOOD])
        assert (applied, item.code, says in item.message) == ([], "I522", True)
    _, _, (item,) = apply_corrections(FILE, [Grid("区", ((), ()))], [GOOD])
    assert item.code == "I522"


def test_a_file_that_was_not_delivered_is_one_finding_with_the_nearest() -> None:
    rows = [change(file="评分表.xls", where=Where(INFO_FILE, "更正", f"A{row}")) for row in (2, 3)]
    (item,) = unmatched([INFO_FILE, "评分表.xlsx", "台账.csv"], [*rows, change(file="评分表.xlsx")])
    assert (item.code, item.value, item.count, item.where) == ("I522", "评分表.xls", 2, rows[0].where)
    assert "评分表.xlsx" in item.message and "台账" not in item.message


def test_a_name_that_fits_two_files_is_told() -> None:
    (item,) = unmatched(["表 1.xlsx", "表1.xlsx"], [change(file="表1.xlsx")])
    assert item.code == "I522" and "有 2 个文件" in item.message


def test_the_form_of_a_correction_is_told_also_when_its_file_is_missing() -> None:
    assert [item.code for item in unmatched([], [change(reason="")])] == ["I522", "I524"]
    assert unmatched([FILE], [change(reason="")]) == []  # told where it is applied


# ---- what is wrong with the row itself ----------------------------------------------------------------------------


def test_two_corrections_of_one_cell_are_told_and_the_first_is_applied() -> None:
    second = change(cell="$b$2", sheet=" 区", expected="2.5", corrected="2", where=Where(INFO_FILE, "更正", "A3"))
    grids, applied, (item,) = apply_corrections(FILE, GRIDS, [GOOD, second])
    assert (item.code, item.where, item.value) == ("I523", second.where, f"{FILE}!区!B2")
    assert str(OWN) in item.message
    assert (grids[0].rows[1][1], len(applied)) == ("2.5", 1)


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"reason": ""}, "理由"),
        ({"reported_by": " \n"}, "提出者"),
        ({"on": ""}, "日期"),
        ({"reason": "", "reported_by": "", "on": ""}, "理由、提出者、日期"),
    ],
)
def test_a_correction_without_its_reason_is_one_finding_without_consequences(
    fields: dict[str, str], lacks: str
) -> None:
    grids, applied, (item,) = apply_corrections(FILE, GRIDS, [change(**fields)])
    assert (item.code, item.value) == ("I524", f"{FILE}!区!B2")
    assert f"没有填写{lacks}。" in item.message
    assert (grids[0].rows[1][1], len(applied)) == ("2.5", 1)


def test_a_correction_without_a_cell_is_told_once() -> None:
    item = only(change(cell=" "))
    assert item.code == "I524" and "没有填写单元格。" in item.message


@pytest.mark.parametrize(("expected", "corrected"), [("3", "3"), ("3", " 3 "), ("3 ", "3")])
def test_a_correction_that_changes_nothing_is_told(expected: str, corrected: str) -> None:
    _, _, (item,) = apply_corrections(FILE, GRIDS, [change(expected=expected, corrected=corrected)])
    assert (item.code, item.value) == ("I525", "3")


def test_a_code_whose_zero_was_lost_and_a_full_width_digit_can_be_corrected() -> None:
    grid = Grid("区", (("110", "３"),))
    rows = (
        change(cell="A1", expected="110", corrected="0110"),
        change(cell="B1", expected="３", corrected="3"),
    )
    grids, _, found = apply_corrections(FILE, [grid], rows)
    assert (grids[0].rows, found) == ((("0110", "3"),), [])


def test_personal_columns_are_neither_shown_nor_corrected() -> None:
    phone = "13900001234"
    grid = Grid("区", (("网站", "电话\u200b"), ("甲", phone)))
    for guarded, closed in (({"电话"}, ()), ((), {"区"})):
        for row in (change(), change(expected=phone), change(expected=phone, corrected=phone)):
            grids, applied, (item,) = apply_corrections(FILE, [grid], [row], guarded, closed)
            assert (grids, applied, item.code) == ([grid], [], "I527")
            assert phone not in str(item)


def test_a_header_of_a_personal_column_is_corrected_and_what_stands_below_is_not() -> None:
    grid = Grid("区", (("网站", "电活"), ("甲", "13900001234")))
    rows = [change(cell="B1", expected="电活", corrected="电话"), change(expected="13900001234")]
    grids, applied, (item,) = apply_corrections(FILE, [grid], rows, {"电话"})
    assert (grids[0].rows[0][1], len(applied), item.code) == ("电话", 1, "I527")


# ---- to and from tables -------------------------------------------------------------------------------------------


def cells(row: int, **fields: tuple[str, str, str]) -> list[dict[str, object]]:
    return [
        {"file": INFO_FILE, "sheet": "更正", "row_no": row, "cell": address(row, at), "layout": LAYOUT, "field": field,
         "member": "", "text": text, "value": value, "state": state}
        for at, (field, (text, value, state)) in enumerate(fields.items(), start=1)
    ]  # fmt: skip


def ok(text: str) -> tuple[str, str, str]:
    return text, text, "ok"


def test_corrections_are_read_from_cells() -> None:
    blank = ("", "", "blank")
    filled = {
        "file": ok(FILE), "sheet": ok("区"), "cell": ok("B2"), "expected": ok("3"), "corrected": ok("2.5"),
        "reason": ok("机构来函更正"), "reported_by": ok("检测机构项目组"), "on": ("2021年10月12日", "2021-10-12", "ok"),
    }  # fmt: skip
    records = [
        *cells(2, **filled),
        *cells(3, **filled | {"expected": blank, "on": ("上周", "", "bad")}),
        *cells(4, **filled | {"file": ("", "", "bad")}),
        {**cells(5, item=ok("x"))[0], "layout": "info_item"},
    ]
    first, second = read_corrections(records)
    assert first == GOOD
    assert second == change(expected="", on="上周", where=Where(INFO_FILE, "更正", "A3"))


def test_applied_corrections_are_a_table() -> None:
    _, applied, _ = apply_corrections(FILE, GRIDS, [GOOD, change(cell="A3", expected="乙", on="上周")])
    table = validate("raw/correction", frame("raw/correction", correction_rows("2021Q3", applied)))
    assert table["reported_on"].to_list() == [None, dt.date(2021, 10, 12)]
    assert table.filter(pl.col("cell") == "B2").row(0)[1:7] == (FILE, "区", "B2", "3", "2.5", "机构来函更正")
    assert table["row_cell"].to_list() == ["A2", "A2"]
