"""``bulletin audit``: printed figures of a notice, ours or a foreign one, questioned (数字复核).

What lives here: the command, its table and its JSON. What must not: questions.
"""

import dataclasses
import json
import sys
from collections import Counter
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from pipeline.cli.shell import CONSOLE, main, refuse
from pipeline.errors import SourceError
from pipeline.review.audit.answers import Answer, Verdict
from pipeline.review.audit.questions import audit as ask
from pipeline.review.audit.reading import load

_MARKS = {Verdict.RIGHT: "[green]●[/]", Verdict.WRONG: "[red]●[/]", Verdict.UNDECIDED: "[yellow]○[/]"}


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def audit(file: Path, machine: bool) -> None:
    """数字复核：核对一份通报印出的数字是否合理、相互一致。全部相符时返回 0，有误时返回 1，文件无法使用时返回 2。"""
    try:
        figures = load(file)
    except SourceError as error:
        refuse(error)
        sys.exit(2)
    answers = ask(figures)
    if machine:
        click.echo(json.dumps([*map(dataclasses.asdict, answers)], ensure_ascii=False, indent=2))
    else:
        _show(figures.title or file.name, answers)
    sys.exit(any(answer.verdict is Verdict.WRONG for answer in answers))


def _show(title: str, answers: list[Answer]) -> None:
    table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in ("结论", "数字（印作）", "说明"):
        table.add_column(heading, overflow="fold")
    for answer in answers:
        mark, figure = f"{_MARKS[answer.verdict]} {answer.verdict}", f"{answer.figure}（{answer.printed}）"
        table.add_row(mark, escape(figure), escape(f"{answer.question}：{answer.told}"))
    if not answers:
        CONSOLE.print(f"{escape(title)}：没有可以核对之处，各个数字既没有总数，也没有分项。")
        return
    CONSOLE.print(table)
    counted = Counter(answer.verdict for answer in answers)
    CONSOLE.print("，".join(f"{verdict} {counted[verdict]} 项" for verdict in Verdict))
