"""``bulletin dispatch``: what was issued goes to every recipient, once (分发).

What lives here: the command, its progress and its table. What must not: who is due, the journal, transports.
"""

import sys

import click
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.cli.shell import CONSOLE, main
from pipeline.dispatch.journal import State
from pipeline.dispatch.sending import Standing, Wish, open_transport, unsettled
from pipeline.dispatch.sending import dispatch as send
from pipeline.quarter import Quarter
from pipeline.settings import load_paths

_MARKS = {
    State.OUTSTANDING: "[dim]·[/]",
    State.FAILED: "[red]●[/]",
    State.UNCERTAIN: "[yellow]?[/]",
    State.SENT: "[green]●[/]",
    State.RECEIVED: "[green]✓[/]",
}


@main.command()
@click.argument("quarter")
@click.option("--to", multiple=True, metavar="单位", help="只发给这个单位；可写多次；不写时发给全部单位。")
@click.option("--dry-run", is_flag=True, help="只作检查，列出将要送出的材料，什么也不送出。")
@click.option("--transport", type=click.Choice(["folder", "smtp"]), default="folder", show_default=True,
              help="folder：放入交换目录；smtp：电子邮件，须由维护人员先行设置。")  # fmt: skip
@click.option("--resend", multiple=True, metavar="单位", help="核实没有送到：重新送出；可写多次。")
@click.option("--confirm", multiple=True, metavar="单位", help="核实已经送到：不再送出；可写多次。")
def dispatch(
    quarter: str, to: tuple[str, ...], dry_run: bool, transport: str, resend: tuple[str, ...], confirm: tuple[str, ...]
) -> None:
    """分发：把印发的材料送给还没有送到的单位。全部送到时返回 0，有未送达或者待核实的返回 1。"""
    paths, key = load_paths(), Quarter.parse(quarter).key
    way, wish = open_transport(paths, key, transport), Wish(to, resend, confirm)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE, disable=dry_run) as bar:
        task = bar.add_task(f"{key} 分发", total=None)

        def step(name: str, at: int, of: int) -> None:
            bar.update(task, description=f"{key} 分发 {name}", completed=at, total=of)

        standing = send(paths, key, way, wish, dry_run=dry_run, progress=step)
    show(standing)
    if dry_run:
        CONSOLE.print(f"将要送出 {len(standing.due)} 个材料包；检查已经通过，没有送出任何材料。")
        return
    tell(standing)
    sys.exit(bool(unsettled(standing)))


def show(standing: Standing) -> None:
    """The table of all recipients (分发情况表)."""
    issue = standing.issue
    table = Table(title=escape(f"{issue.document_number}　{issue.title}"), title_justify="left", box=None)
    for heading in ("序号", "单位", "状态", "送达方式", "发出时间", "签收时间", "说明"):
        table.add_column(heading, overflow="fold")
    for package in issue.packages:
        receipt = standing.of(package)
        open_ = receipt.state in (State.FAILED, State.UNCERTAIN)
        words = (receipt.transport, receipt.sent, receipt.received_at, receipt.detail if open_ else "")
        state = f"{_MARKS[receipt.state]} {receipt.state.value}"
        table.add_row(str(package.number), escape(package.name), state, *map(escape, words))
    CONSOLE.print(table)


def tell(standing: Standing) -> None:
    """How many stand where, and what is to be decided (小结)."""
    counted = {state: len(standing.in_state(state)) for state in State}
    CONSOLE.print("，".join(f"{state.value} {number} 个" for state, number in counted.items() if number))
    uncertain = standing.in_state(State.UNCERTAIN)
    if uncertain:
        names = "、".join(package.name for package in uncertain)
        CONSOLE.print(f"[yellow]待核实[/] {escape(names)}：送出过程中断，不能确定对方是否收到。")
        CONSOLE.print(
            "请与对方核实：收到的用 --confirm 单位，没有收到的用 --resend 单位，再运行一次 bulletin dispatch。"
        )
