"""``bulletin verify``: an edited text against the figures of the notice, and its wording (改后核对).

What lives here: the command, what the last good run left, its tables and files. What must not: comparing, wording rules.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from pipeline.cli.shell import CONSOLE, main, refuse
from pipeline.cli.trace import read_ledger
from pipeline.document.compose import Typesetter
from pipeline.document.geometry import INTERNAL
from pipeline.errors import BulletinError, RunError
from pipeline.output import write_work
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.backcheck.compare import back_check, texts_of
from pipeline.review.backcheck.differences import Comparison, Verdict
from pipeline.review.backcheck.reading import read_edited
from pipeline.review.backcheck.report import dump, named, notes, sheet, summary, to_json, told, where
from pipeline.review.wording.rules import Remark, check_wording, load_rules
from pipeline.settings import Paths, load_paths

_SHEET = "核对表.docx"
_MARKS = {Verdict.ALTERED: "[red]●[/]", Verdict.MISSING: "[red]●[/]", Verdict.UNSOURCED: "[yellow]○[/]"}


@main.command()
@click.argument("quarter")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def verify(quarter: str, file: Path, machine: bool) -> None:
    """改后核对：核对改动过的文稿中每个数字、名单，并提示用语。全部未变时返回 0，有差异时返回 1，不能核对时返回 2。"""
    try:
        paths, period = load_paths(), Quarter.parse(quarter)
        ledger, text = read_ledger(paths, period.key), _text(paths, period.key)
        rules, roster = load_rules(paths.reference), load_registry(paths.reference).at(period)
        work = paths.work(period.key)
        edited = read_edited(file, work)
        comparison = back_check(text, ledger, edited)
        remarks = check_wording(texts_of(edited), rules, roster)
        names = {key: figure.name for key, figure in ledger.figures.items()}
        made = Typesetter(INTERNAL).write(sheet(period.label, comparison, names, remarks, edited))
        work.mkdir(parents=True, exist_ok=True)
        write_work(work, {_SHEET: made})
    except BulletinError as error:
        refuse(error)
        sys.exit(2)
    if machine:
        click.echo(dump(to_json(comparison, names, remarks, edited)))
    else:
        _show(file.name, comparison, names, remarks)
        for line in (*notes(edited), summary(comparison), f"核对表已存为 {work / _SHEET}"):
            CONSOLE.print(escape(line))
    sys.exit(bool(comparison.differences))


def _text(paths: Paths, quarter: str) -> str:
    """The notice of the last good run as plain text. Raises ``RunError``."""
    path = paths.out(quarter) / "machine" / "bulletin.txt"
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise RunError("no_bulletin", f"{path} 无法读取。", f"请重新运行 bulletin run {quarter}。") from error


def _show(title: str, comparison: Comparison, names: dict[str, str], remarks: list[Remark]) -> None:
    if comparison.differences:
        table = _table(title, "结论", "数字或名单", "原为", "改为", "所在句子或栏目")
        for each in comparison.differences:
            cells = (named(each, names), *told(each), where(each))
            table.add_row(f"{_MARKS[each.verdict]} {each.verdict}", *map(escape, cells))
        CONSOLE.print(table)
    show_remarks(remarks)


def show_remarks(remarks: Sequence[Remark]) -> None:
    """What the wording check remarks, as a table (用语提示)."""
    if remarks:
        table = _table("用语提示", "规则", "所在文字", "说明", "写作")
        for remark in remarks:
            table.add_row(*map(escape, (remark.name, remark.around, remark.message, remark.instead)))
        CONSOLE.print(table)


def _table(title: str, *headings: str) -> Table:
    table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
