"""``bulletin conform``: a document of anybody's making against the form of official documents (版式核查).

What lives here: the command, its table and its JSON. What must not: checks.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from pipeline.cli.shell import CONSOLE, main
from pipeline.document.conformance.checker import conform as check_document
from pipeline.document.conformance.report import WEIGHTS, Report, Verdict, Weight
from pipeline.document.geometry import MANUSCRIPT, Profile
from pipeline.document.profiles import load_profiles
from pipeline.errors import DocumentError
from pipeline.settings import load_paths

_MARKS = {Weight.HARD: "[red]●[/]", Weight.SOFT: "[yellow]○[/]"}
_HEADINGS = ("分量", "条款", "核查项", "实测", "应为", "位置")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--profile", "name", default=MANUSCRIPT.name, show_default=True, help="版式：正文稿、文件、信函，或登记的地方版式。"
)
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def conform(file: Path, name: str, machine: bool) -> None:
    """版式核查：逐条核查一份 .docx 公文。没有“必须”项不符时返回 0，否则返回 1。"""
    profile = _profile(name)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DocumentError(
            "conform_read",
            f"文件 {file} 无法读取：{error.strerror}。",
            "请检查文件名称和读取权限，并关闭已打开的文件。",
        ) from error
    report = check_document(data, profile)
    if machine:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        _show(file.name, report)
    sys.exit(not report.conforms)


def _profile(name: str) -> Profile:
    """The profile asked for; 文件 and 信函 are short for 文件格式 and 信函格式."""
    profiles = load_profiles(load_paths().reference)
    for known in (name, f"{name}格式"):
        if known in profiles:
            return profiles[known]
    raise DocumentError("conform_profile", f"没有版式“{name}”。", f"可用的版式：{'、'.join(profiles)}。")


def _show(title: str, report: Report) -> None:
    found = [result for result in report.results if not result.passed]
    table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for result in sorted(found, key=lambda result: not result.blocks):
        place = f"{result.place}等{result.places}处" if result.places > 1 else result.place
        texts = (result.clause or "—", result.name, result.measured, result.expected, place)
        table.add_row(f"{_MARKS[result.weight]} {WEIGHTS[result.weight]}", *map(escape, texts))
    if found:
        CONSOLE.print(table)
    verdicts = Counter(result.verdict for result in report.results)
    weights = Counter(result.weight for result in found)
    failed = "、".join(f"{word} {weights[weight]} 处" for weight, word in WEIGHTS.items())
    CONSOLE.print(f"版式：{escape(report.profile)}，依据：{report.basis}")
    CONSOLE.print(f"符合 {verdicts[Verdict.PASSED]} 项，没有此要素 {verdicts[Verdict.ABSENT]} 项，不符：{failed}")
    CONSOLE.print("[bold green]符合版式[/]" if report.conforms else "[bold red]不符合版式[/]")
