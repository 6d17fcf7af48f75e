"""`bulletin check`: what it says of an output folder, and how it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.flow import origin_of
from pipeline.output import MANIFEST, publish
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import Delivered

QUARTER = "2021Q3"
FILES = {"bulletin.docx": b"docx", "machine/facts.json": b"{}"}


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", QUARTER, *arguments])


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """An office with an output that was just made."""
    Delivered.copy(tmp_path)
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path))
    paths = Paths(CODE_ROOT, tmp_path)
    roster = load_registry(paths.reference).at(Quarter.parse(QUARTER))
    publish(paths, QUARTER, FILES, origin_of(paths, roster))
    return paths


def test_a_whole_and_current_output_ends_with_zero(paths: Paths) -> None:
    result = check()
    assert result.exit_code == 0, result.output
    assert "完整：2 个文件" in result.output and "有效" in result.output
    told = json.loads(check("--json").output)
    assert told == {
        "quarter": QUARTER, "folder": str(paths.out(QUARTER)), "whole": True, "current": True,
        "altered": {"missing": [], "extra": [], "changed": []}, "since": {}, "unknown": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda out: (out / "bulletin.docx").unlink(), "缺少 bulletin.docx"),
        (lambda out: (out / "bulletin.docx").write_bytes(b"other"), "有改动 bulletin.docx"),
        (lambda out: (out / "machine" / "[red].txt").write_bytes(b""), "多出 machine/[red].txt"),
        (lambda out: os.mkfifo(out / "pipe"), "多出 pipe"),
        (lambda out: (out / "link").symlink_to("bulletin.docx"), "多出 link"),
        (lambda out: (out / "bulletin.docx").unlink() or os.mkfifo(out / "bulletin.docx"), "有改动 bulletin.docx"),
    ],
    ids=["lost", "changed", "stray", "pipe", "link", "pipe-instead"],
)
def test_every_altered_file_is_named(paths: Paths, damage: Callable[[Path], object], line: str) -> None:
    damage(paths.out(QUARTER))
    result = check()
    assert result.exit_code == 1
    assert line in result.output and "有效" in result.output
    assert "bulletin run 2021Q3" in result.output


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda data: (data / "raw" / QUARTER / "甲.csv").write_bytes(b"x"), "原始表多出 甲.csv"),
        (lambda data: (data / "raw" / QUARTER / "前期/2021Q2.facts.json").unlink(), "原始表缺少 前期/2021Q2.facts.json"),
        (lambda data: (data / "reference/functions.toml").write_bytes(b""), "登记数据有改动 functions.toml"),
    ],
    ids=["sheet", "earlier", "registry"],
)  # fmt: skip
def test_what_changed_since_is_named(paths: Paths, change: Callable[[Path], object], line: str) -> None:
    change(paths.data)
    result = check()
    assert result.exit_code == 1
    assert line in result.output and "完整" in result.output


def test_another_code_or_rule_book_is_named(paths: Paths) -> None:
    manifest = paths.out(QUARTER) / MANIFEST
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(told | {"code": "0" * 64, "rule_book": "1999"}))
    result = check()
    assert result.exit_code == 1
    assert "程序有改动 000000000000 → " in result.output and "检查指标有改动 1999 → 2019" in result.output


def test_without_the_sheets_it_says_that_nobody_can_tell(paths: Paths) -> None:
    paths.raw(QUARTER).rename(paths.data / "away")
    result = check()
    assert result.exit_code == 1
    assert "完整" in result.output and "无法核对" in result.output and "季度信息.xlsx" in result.output


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"outputs": 1}', '{"outputs": {"a": 1}}', "[" * 200_000])
def test_without_a_manifest_it_refuses(paths: Paths, text: str | None) -> None:
    manifest = paths.out(QUARTER) / MANIFEST
    manifest.unlink() if text is None else manifest.write_text(text)
    result = check()
    assert result.exit_code == 1
    assert "没有可读取的清单" in result.output and "处理办法" in result.output


def test_without_an_output_it_refuses(paths: Paths) -> None:
    paths.out(QUARTER).rename(paths.data / "away")
    result = check()
    assert result.exit_code == 1
    assert "还没有输出" in result.output and "bulletin run 2021Q3" in result.output


@pytest.mark.parametrize("whole", [True, False])
def test_a_swap_that_was_cut_off_is_finished_or_rolled_back_first(paths: Paths, whole: bool) -> None:
    out = paths.out(QUARTER)
    out.rename(out.with_name(f".{QUARTER}.old"))
    new = out.with_name(f".{QUARTER}.new")
    publish(
        paths,
        "2021Q4",
        {"bulletin.docx": b"new"},
        json.loads((new.with_name(f".{QUARTER}.old") / MANIFEST).read_bytes()),
    )
    paths.out("2021Q4").rename(new)
    if not whole:
        (new / "bulletin.docx").write_bytes(b"ne")
    result = check()
    assert result.exit_code == 0, result.output
    assert (out / "bulletin.docx").read_bytes() == (b"new" if whole else b"docx")
    assert sorted(path.name for path in out.parent.iterdir()) == [QUARTER]
