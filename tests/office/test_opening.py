"""``bulletin new``: what the folder holds, where it comes from, and what is refused without a trace."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.errors import RunError
from pipeline.office import opening
from pipeline.output import sha256
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT, Paths

FACTS = CODE_ROOT / "data" / "raw" / "2021Q3" / "前期" / "2021Q2.facts.json"


@pytest.fixture
def bulletin(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("BULLETIN_DATA", str(paths.data))
    return lambda *arguments: CliRunner().invoke(main, arguments)


def produce(folder: Path, facts: bytes = FACTS.read_bytes(), declared: str | None = None) -> None:
    """An output folder with facts and a manifest that tells them."""
    (folder / "machine").mkdir(parents=True)
    (folder / "machine" / "facts.json").write_bytes(facts)
    outputs = {"machine/facts.json": declared or sha256(facts)}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}))


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_quarter_in_one_command(paths: Paths, bulletin: Callable[..., Result]) -> None:
    shutil.copytree(CODE_ROOT / "data" / "raw" / "2021Q3", paths.raw("2021Q3"))
    result = bulletin("new", "2021Q4", "--rule-book", "2019")
    assert result.exit_code == 0, result.output
    delivered = [layout.title for layout in load_registry(paths.reference).layouts if not layout.sheet]
    assert set(content(paths.raw("2021Q4"))) == {
        "季度信息.xlsx",
        *(f"空白表/2021年第四季度{title}.xlsx" for title in delivered),
    }
    assert "没有找到前期数据" in result.output
    assert sorted(path.name for path in paths.raw("").iterdir()) == ["2021Q3", "2021Q4"]  # nothing left aside
    items = openpyxl.load_workbook(paths.raw("2021Q4") / "季度信息.xlsx")["基本信息"]
    carried = {
        row[0].value: row[1].value for row in items.iter_rows() if str(row[2].value).startswith("沿用2021年第三季度")
    }
    assert carried == {
        "发文机关": "北京市政务服务管理局",
        "同意机关": "市政府",
        "找错起始日期": "2021年5月10日",
        "找错起始说明": "5月重新上线",
        "公开方式": "主动公开",
        "印发机关": "北京市政务服务管理局办公室",
    }
    assert next(row[1].value for row in items.iter_rows() if row[0].value == "同意状态") == "未同意"


def test_standing_choices_are_offered_again_and_names_for_faults_are_not(
    paths: Paths, bulletin: Callable[..., Result]
) -> None:
    """Every choice of the sample as it was written; a row of 2021Q3 that names units comes back without the decision."""
    shutil.copytree(CODE_ROOT / "data" / "raw" / "2021Q3", paths.raw("2021Q3"))
    source = paths.raw("2021Q3") / "季度信息.xlsx"
    book = openpyxl.load_workbook(source)
    sheet = book["语句选择"]
    own = [cell.value for cell in sheet[1]]
    headings = [*own[: own.index("说明")], "小数位数", "次序", "点名", "点名决定人", "措辞"]
    kept = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=own.index("说明"))]
    for at, heading in enumerate(headings, start=1):
        sheet.cell(1, at).value = heading
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, at).value = kept[row - 2][at - 1] if at <= own.index("说明") else None
    sheet.append(["区门户最低分", "是", None, None, None, None, 3, "点名", "局长", None])
    sheet.append(["没有这条语句", "是"])
    book.save(source)
    assert bulletin("new", "2021Q4").exit_code == 0
    new = openpyxl.load_workbook(paths.raw("2021Q4") / "季度信息.xlsx")["语句选择"]
    rows = [[cell.value for cell in row] for row in new.iter_rows(min_row=2) if row[0].value]
    assert [cell.value for cell in new[1]] == headings
    assert [row[: own.index("说明")] for row in rows[:-1]] == kept
    assert rows[-1] == ["区门户最低分", "是", None, None, None, None, 3, None, None, None]
    filled = new.cell(2, 1).fill.fgColor.rgb
    assert new.cell(2, 8).fill.fgColor.rgb != filled  # yellow: what is to be checked
    assert new.cell(2, 1).protection.locked is False


def test_an_office_that_was_renamed_opens_its_quarter_by_its_new_name(
    paths: Paths, bulletin: Callable[..., Result]
) -> None:
    shutil.copytree(CODE_ROOT / "data" / "raw" / "2023Q3", paths.raw("2023Q3"))
    assert bulletin("new", "2023Q4").exit_code == 0
    items = openpyxl.load_workbook(paths.raw("2023Q4") / "季度信息.xlsx")["基本信息"]
    told = {row[0].value: row[1].value for row in items.iter_rows()}
    assert told["发文机关"] == "北京市政务服务和数据管理局"
    assert told["印发机关"] == "北京市政务服务和数据管理局办公室"


def test_what_was_issued_last_goes_before_what_was_produced(paths: Paths, bulletin: Callable[..., Result]) -> None:
    facts = FACTS.read_bytes()
    produce(paths.out("2021Q2"), facts + b"\n")
    assert f"前期数据 2021Q2 取自 {paths.out('2021Q2')}" in bulletin("new", "2021Q3").output
    assert content(paths.raw("2021Q3") / "前期") == {"2021Q2.facts.json": facts + b"\n"}
    for number in ("2", "10", "草稿"):
        produce(paths.issued("2021Q2") / number, facts + number.encode() * (number == "草稿"))
    assert f"前期数据 2021Q2 取自 {paths.issued('2021Q2') / '10'}" in bulletin("new", "2021Q4").output
    assert content(paths.raw("2021Q4") / "前期") == {"2021Q2.facts.json": facts}


def test_facts_of_more_than_a_year_ago_are_left(paths: Paths, bulletin: Callable[..., Result]) -> None:
    produce(paths.out("2021Q2"))
    bulletin("new", "2022Q2")
    bulletin("new", "2022Q3")
    assert [(paths.raw(quarter) / "前期").exists() for quarter in ("2022Q2", "2022Q3")] == [True, False]


@pytest.mark.parametrize(
    ("facts", "declared"),
    [(FACTS.read_bytes(), "0" * 64), (b"{}", None), (FACTS.read_bytes().replace(b"2021Q2", b"2021Q1"), None)],
    ids=["not those of the manifest", "no facts", "of another quarter"],
)
def test_facts_that_are_not_sound_are_refused(
    paths: Paths, bulletin: Callable[..., Result], facts: bytes, declared: str | None
) -> None:
    produce(paths.out("2021Q2"), facts, declared)
    result = bulletin("new", "2021Q3")
    assert result.exit_code == 1
    assert "代码 earlier_facts" in result.output
    assert not paths.raw("2021Q3").exists()


def test_an_existing_quarter_is_never_touched(paths: Paths, bulletin: Callable[..., Result]) -> None:
    paths.raw("2021Q4").mkdir(parents=True)
    (paths.raw("2021Q4") / "评分表.xlsx").write_bytes(b"x")
    result = bulletin("new", "2021Q4")
    assert result.exit_code == 1
    assert "代码 quarter_exists" in result.output
    assert content(paths.raw("2021Q4")) == {"评分表.xlsx": b"x"}


def test_another_rule_book_is_refused_with_the_valid_one(paths: Paths, bulletin: Callable[..., Result]) -> None:
    result = bulletin("new", "2021Q4", "--rule-book", "2022")
    assert result.exit_code == 1
    assert "2021Q4 适用的检查指标是 2019，不是 2022。" in result.output
    assert not paths.raw("2021Q4").exists()


@pytest.mark.parametrize("quarter", ["2021", "2018Q4"], ids=["no quarter", "no rule book"])
def test_a_quarter_that_cannot_be_is_refused(paths: Paths, bulletin: Callable[..., Result], quarter: str) -> None:
    result = bulletin("new", quarter)
    assert result.exit_code == 1
    assert "未完成：" in result.output
    assert not paths.raw("").exists()


def test_an_earlier_form_that_cannot_be_read_is_not_carried_over(paths: Paths, bulletin: Callable[..., Result]) -> None:
    paths.raw("2021Q3").mkdir(parents=True)
    (paths.raw("2021Q3") / "季度信息.xlsx").write_bytes(b"PK")
    assert bulletin("new", "2021Q4").exit_code == 0
    items = openpyxl.load_workbook(paths.raw("2021Q4") / "季度信息.xlsx")["基本信息"]
    assert not [row for row in items.iter_rows() if str(row[2].value).startswith("沿用")]


def test_the_same_inputs_give_the_same_folder(paths: Paths, bulletin: Callable[..., Result]) -> None:
    produce(paths.out("2021Q2"))
    bulletin("new", "2021Q3")
    first = content(paths.raw("2021Q3"))
    shutil.rmtree(paths.raw("2021Q3"))
    bulletin("new", "2021Q3")
    assert content(paths.raw("2021Q3")) == first


def test_a_folder_that_cannot_be_finished_does_not_appear(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.office.folder.os.fsync", full)
    with pytest.raises(RunError, match="无法写入：No space left on device"):
        opening.open_quarter(paths, "2021Q4")
    assert list(paths.raw("").iterdir()) == []
