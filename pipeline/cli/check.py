"""``bulletin check``: is an output folder whole, and does it still follow from today's inputs and code (输出核对).

What lives here: the command, its two questions, its text and its JSON. What must not: hashing, making a manifest.
"""

import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, SHOWN_PROBLEMS, main
from pipeline.errors import BulletinError, RunError
from pipeline.flow import origin_of
from pipeline.output import Changes, compare, contents, read_manifest
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.settings import Paths, load_paths

_PARTS = {
    "quarter": "季度",
    "rule_book": "检查指标",
    "rounding": "修约方式",
    "inputs": "原始表",
    "reference": "登记数据",
    "templates": "模板",
    "code": "程序",
}
_WORDS = {"missing": "缺少", "extra": "多出", "changed": "有改动"}


@dataclasses.dataclass(frozen=True)
class Standing:
    """How an output folder stands (输出状态): against its manifest, and against what it was made from."""

    quarter: str
    folder: Path
    files: int
    altered: Changes
    since: Mapping[str, Changes]  # part of the origin -> what changed in it
    unknown: str  # why today's inputs cannot be compared

    @property
    def whole(self) -> bool:
        return not self.altered

    @property
    def current(self) -> bool:
        return not self.unknown and not any(self.since.values())

    def to_dict(self) -> dict[str, object]:
        """The same as plain values, for JSON."""
        own = {"quarter": self.quarter, "folder": str(self.folder), "whole": self.whole, "current": self.current}
        since = {part: dataclasses.asdict(changes) for part, changes in self.since.items() if changes}
        return {**own, "altered": dataclasses.asdict(self.altered), "since": since, "unknown": self.unknown}


@main.command()
@click.argument("quarter")
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def check(quarter: str, machine: bool) -> None:
    """输出核对：一个季度的输出是否完整、未经改动，是否仍对应现在的原始表和程序。两项都是时返回 0，否则返回 1。"""
    paths, key = load_paths(), Quarter.parse(quarter).key
    standing = examine(paths, key)
    if machine:
        click.echo(json.dumps(standing.to_dict(), ensure_ascii=False, indent=2))
    else:
        _show(standing)
    sys.exit(not (standing.whole and standing.current))


def examine(paths: Paths, quarter: str) -> Standing:
    """Compare an output folder with its manifest, and the manifest with today (核对输出). Raises ``RunError``."""
    folder = paths.out(quarter)
    if not folder.is_dir():
        raise RunError("no_output", f"{quarter} 还没有输出。", f"请先运行 bulletin run {quarter}。")
    told = read_manifest(folder)
    outputs = told.pop("outputs")
    assert isinstance(outputs, dict)
    since: dict[str, Changes] = {}
    unknown = ""
    try:
        now = origin_of(paths, load_registry(paths.reference).at(Quarter.parse(quarter)))
        since = {part: _changes(told.get(part), now.get(part)) for part in {**now, **told}}
    except BulletinError as error:
        unknown = f"{error.message}{error.hint}"
    except OSError as error:
        unknown = f"{error.filename} 无法读取：{error.strerror or error}。"
    return Standing(quarter, folder, len(outputs), compare(outputs, contents(folder)), since, unknown)


def _changes(told: object, now: object) -> Changes:
    if isinstance(told, dict) and isinstance(now, dict):
        return compare(told, now)
    return Changes() if told == now else Changes(changed=(f"{_shown(told)} → {_shown(now)}",))


def _shown(value: object) -> str:
    return value[:12] if isinstance(value, str) else "无"


def _show(standing: Standing) -> None:
    CONSOLE.print(f"[bold]{standing.quarter} 的输出[/]（{escape(str(standing.folder))}）")
    if standing.whole:
        CONSOLE.print(f"  [green]●[/] 完整：{standing.files} 个文件与清单逐一相符")
    else:
        CONSOLE.print("  [red]●[/] 不完整或有改动，与清单不符：")
        _list(_told("", standing.altered))
        again = f"bulletin run {standing.quarter}"
        CONSOLE.print(f"[bold]处理办法：[/]请运行 {again} 重新生成；已经印发的，请从备份恢复该文件夹。")
    if standing.current:
        CONSOLE.print("  [green]●[/] 有效：对应现在的原始表、登记数据、模板和程序")
    elif standing.unknown:
        CONSOLE.print(f"  [yellow]○[/] 无法核对是否仍对应现在的原始表：{escape(standing.unknown)}")
    else:
        CONSOLE.print("  [yellow]○[/] 生成以后，下列内容有变动：")
        _list(text for part, changes in standing.since.items() for text in _told(_PARTS.get(part, part), changes))
        CONSOLE.print(
            "[bold]处理办法：[/]要按现在的内容生成，请重新运行；内容不应有变动的，请核对后恢复。已经印发的不受影响。"
        )


def _told(part: str, changes: Changes) -> Iterator[str]:
    for kind, word in _WORDS.items():
        for name in getattr(changes, kind):
            yield f"{part}{word} {name}"


def _list(texts: Iterator[str]) -> None:
    lines = list(texts)
    for line in lines[:SHOWN_PROBLEMS]:
        CONSOLE.print(f"      {escape(line)}")
    if len(lines) > SHOWN_PROBLEMS:
        CONSOLE.print(f"      …… 共 {len(lines)} 项")
