"""``bulletin verify`` on screen, as JSON and on paper; its exit status (改后核对命令)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.document.reading import read_docx
from pipeline.settings import CODE_ROOT
from tests.backcheck.edits import more_paragraphs, places, put
from tests.backcheck.texts import docx, known

QUARTER = "2021Q3"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data root in which the quarter was run: `machine/` alone."""
    sample, root = known(QUARTER), tmp_path / "data"
    shutil.copytree(CODE_ROOT / "data" / "reference", root / "reference")
    machine = root / "out" / QUARTER / "machine"
    machine.mkdir(parents=True)
    (machine / "figures.json").write_bytes(sample.ledger.to_json())
    (machine / "bulletin.txt").write_text(sample.text, "utf-8")
    return root


def verify(data: Path, *arguments: str | Path) -> Result:
    runner = CliRunner(env={"COLUMNS": "300", "BULLETIN_DATA": str(data)})
    return runner.invoke(main, ("verify", QUARTER, *map(str, arguments)))


def _altered(tmp_path: Path) -> Path:
    notice = known(QUARTER).notice
    place = next(each for each in places(notice) if each.figure == "district_sites.average")
    names = next(each for each in places(notice) if each.figure == "district_sites.standings.1.names")
    path = tmp_path / "改后.docx"
    path.write_bytes(docx(put(put(notice, place, "125.6"), names, "西城区、海淀区、顺义区、大兴区")))
    return path


def test_an_unchanged_text_ends_with_nought(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "改后.docx"
    path.write_bytes(docx(more_paragraphs(known(QUARTER).notice)))
    result = verify(data, path)
    assert result.exit_code == 0, result.output
    assert "全部未变" in result.output


def test_differences_end_with_one_and_stand_on_the_sheet(data: Path, tmp_path: Path) -> None:
    result = verify(data, _altered(tmp_path))
    assert result.exit_code == 1, result.output
    assert "125.4分" in result.output
    assert "125.6分" in result.output
    assert "增加：大兴区" in result.output
    sheet = (data / "work" / QUARTER / "核对表.docx").read_bytes()
    told = "".join(read_docx(sheet))
    assert all(part in told for part in ("2021年第三季度改后核对表", "125.4分", "125.6分", "增加：大兴区", "平均"))
    verify(data, _altered(tmp_path))
    assert (data / "work" / QUARTER / "核对表.docx").read_bytes() == sheet


def test_json_tells_figure_was_and_is(data: Path, tmp_path: Path) -> None:
    result = verify(data, _altered(tmp_path), "--json")
    told = json.loads(result.output)
    average, names = told["differences"]
    assert (average["figure"], average["was"], average["now"]) == ("district_sites.average", "125.4分", "125.6分")
    assert (names["figure"], names["added"], names["dropped"]) == ("district_sites.standings.1.names", ["大兴区"], [])
    assert told["unchanged"] == told["figures"] - 2


def test_wording_is_told_and_is_no_difference(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "改后.txt"
    path.write_text(known(QUARTER).text.replace("截至2021年9月30日", "截止2021年9月30日"), "utf-8")
    result = verify(data, path)
    assert result.exit_code == 0, result.output
    assert "截至" in result.output
    assert "用语提示" in result.output


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("改后.xlsx", b"PK", "另存为 .docx"),
        ("改后.docx", b"", "不是完好的"),
        ("改后.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("改后.docx", _OLE + bytes(600), "旧版 .doc"),
        ("改后.docx", b"%PDF-1.7", "是PDF"),
        ("改后.txt", b" \r\n", "没有文字"),
        ("改后.html", b"<html><title>12</title></html>", "没有文字"),
        ("改后.docx", b"no document", "不是完好的"),
        ("改后.txt", b"\x81\xff\xff", "文字编码"),
        ("改后.pdf", b"%PDF-nothing", "PDF"),
        ("没有.docx", None, "无法读取"),
    ],
)
def test_what_cannot_be_read_ends_with_two(
    data: Path, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = verify(data, path)
    assert (result.exit_code, told in result.output) == (2, True), result.output
    assert "处理办法" in result.output


def test_another_notice_is_told_in_one_sentence(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "改后.docx"
    path.write_bytes(docx(known("2021Q2").notice))
    result = verify(data, path)
    assert (result.exit_code, "可能是另一季度或者另一件通报" in result.output) == (1, True)


def test_a_quarter_that_was_not_run_ends_with_two(data: Path, tmp_path: Path) -> None:
    shutil.rmtree(data / "out")
    result = verify(data, _altered(tmp_path))
    assert (result.exit_code, "bulletin run 2021Q3" in result.output) == (2, True)
