"""``bulletin conform`` names clause, measure and profile, and its exit status is the verdict (版式核查)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.document import handmade


def conform(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "240"}).invoke(main, ("conform", *map(str, arguments)))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "通报.docx"
    path.write_bytes(handmade.package(handmade.parts()))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    texts = handmade.parts()
    texts["word/document.xml"] = texts["word/document.xml"].replace("〔2021〕12号", "[2021]12号", 1)
    path = tmp_path / "[草]通报.docx"
    path.write_bytes(handmade.package(texts))
    return path


@pytest.mark.parametrize("profile", ["文件", "文件格式"])
def test_a_good_document_ends_with_nought(good: Path, profile: str) -> None:
    result = conform(good, "--profile", profile)
    assert result.exit_code == 0
    assert "版式：文件格式，依据：GB/T 9704-2012" in result.output
    assert "不符：必须 0 处、建议 0 处\n符合版式" in result.output


def test_a_hard_deviation_ends_with_one(bad: Path) -> None:
    result = conform(bad, "--profile", "文件")
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if "● 必须" in line]
    assert line.split()[2:] == ["7.2.5", "发文字号的括号", "[]", "六角括号〔〕", "第5段“某政服发[2021]12…”"]
    assert "[草]通报.docx" in result.output


def test_a_soft_deviation_is_advice(good: Path) -> None:
    texts = handmade.parts()
    texts["word/document.xml"] = texts["word/document.xml"].replace('w:before="1158"', 'w:before="0"', 1)
    good.write_bytes(handmade.package(texts))
    result = conform(good, "--profile", "文件")
    assert (result.exit_code, "○ 建议" in result.output, "必须 0 处、建议 1 处" in result.output) == (0, True, True)


def test_json_carries_every_check(bad: Path) -> None:
    result = conform(bad, "--profile", "文件", "--json")
    report = json.loads(result.output)
    assert (result.exit_code, report["profile"], report["conforms"]) == (1, "文件格式", False)
    (found,) = [line for line in report["results"] if not line["passed"]]
    assert (found["check"], found["clause"], found["weight"]) == ("number_brackets", "7.2.5", "hard")
    assert len(report["results"]) > 75


def test_a_local_profile_says_so(good: Path) -> None:
    result = conform(good, "--profile", "文件格式（28磅行距）")
    assert "依据：地方版式" in result.output
    assert "9704" not in result.output


def test_what_cannot_be_checked_is_said_in_chinese(tmp_path: Path, good: Path) -> None:
    old = tmp_path / "通报.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for result in (
        conform(old),
        conform(tmp_path / "没有.docx"),
        conform(tmp_path),
        conform(good, "--profile", "通知"),
    ):
        assert result.exit_code == 1
        assert "未完成" in result.output and "处理办法" in result.output
        assert "Traceback" not in result.output
    assert "另存为 .docx" in conform(old).output
    assert "可用的版式：正文稿、文件格式、信函格式" in conform(good, "--profile", "通知").output
