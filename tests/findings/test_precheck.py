"""``bulletin precheck``: an agency is told what the office would be told, of its own tables alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import SourceError
from pipeline.flow import precheck
from pipeline.settings import CODE_ROOT, Paths
from tests.findings.defects import DEFECTS
from tests.support.quarter import ACCOUNTS, INFO, Delivered

PATHS = Paths(CODE_ROOT, CODE_ROOT / "data")
BY_NAME = {defect.name: defect for defect in DEFECTS}


def told(folder: Path) -> list[tuple[str, str]]:
    """Codes and cells of the findings of a precheck."""
    found, _ = precheck(PATHS, "2021Q3", folder)
    return list(found.select("code", "cell").iter_rows())


def test_one_table_without_the_office_s_book_is_enough(delivered: Delivered) -> None:
    for path in [path for path in delivered.folder.iterdir() if path.is_file() and ACCOUNTS not in path.name]:
        path.unlink()
    assert told(delivered.folder) == []
    result = CliRunner().invoke(main, ["precheck", str(delivered.folder), "-q", "2021Q3"])
    assert result.exit_code == 0
    printed = result.output.replace("\n", "")
    assert "文件夹中没有：扣分明细、找错台账、政府网站检查评分表、网站功能建设情况表。" in printed
    assert "季度信息" not in printed


@pytest.mark.parametrize(
    "name", ["得分填成等次", "得分录错与明细不符", "账号归口到另一个区", "表题是上季度的", "只有表头的找错台账"]
)
def test_a_defect_is_told_as_in_a_run(delivered: Delivered, name: str) -> None:
    delivered.file(INFO).unlink()
    BY_NAME[name].change(delivered)
    assert told(delivered.folder) == [(BY_NAME[name].told.code, BY_NAME[name].told.cell)]


def test_nothing_is_written_into_the_folder(delivered: Delivered) -> None:
    before = {path: path.stat().st_mtime_ns for path in delivered.root.rglob("*")}
    told(delivered.folder)
    assert {path: path.stat().st_mtime_ns for path in delivered.root.rglob("*")} == before


@pytest.mark.parametrize("name", ["", "README.txt", "~$评分表.xlsx", "截图/1.png"])
def test_a_folder_without_any_table_is_refused_and_not_called_sound(tmp_path: Path, name: str) -> None:
    if name:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SourceError) as error:
        told(tmp_path)
    assert "没有表格" in str(error.value)


@pytest.mark.parametrize("output", ["清单.xlsx", "附件/../清单.xlsx", "截图/清单.xlsx"])
def test_the_list_is_not_laid_among_the_tables(tmp_path: Path, output: str) -> None:
    folder = tmp_path / "交付"
    folder.mkdir()
    result = CliRunner().invoke(main, ["precheck", str(folder), "-q", "2021Q3", "-o", str(folder / output)])
    assert result.exit_code == 1
    assert "被检查的文件夹之中" in result.output
    assert list(folder.iterdir()) == []


def test_files_that_are_no_tables_are_told(tmp_path: Path) -> None:
    (tmp_path / "空.csv").write_bytes(b"")
    (tmp_path / "数据.bin").write_bytes(b"\x00\x01")
    assert told(tmp_path) == [("F104", ""), ("F108", "")]
