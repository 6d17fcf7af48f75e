"""``bulletin issue``: the approved text with number and date, frozen with every package (印发).

What lives here: the command and what it says. What must not: composing, freezing.
"""

from pathlib import Path

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, main
from pipeline.dispatch.issuing import Order, register
from pipeline.dispatch.issuing import issue as issue_text
from pipeline.dispatch.records import issue_folder
from pipeline.errors import DispatchError
from pipeline.quarter import Quarter
from pipeline.settings import load_paths


@main.command()
@click.argument("quarter")
@click.option("--number", help="发文字号，例如 京政服发〔2021〕12号。")
@click.option("--date", "day", help="成文日期，例如 2021-11-05。")
@click.option("--profile", default="文件", show_default=True, help="版式：文件、信函，或登记的地方版式。")
@click.option("--copies", multiple=True, metavar="单位", help="抄送单位；不写时抄送全部登记的单位；可写多次。")
@click.option("--corrects", type=int, metavar="N", help="更正第 N 次印发的文件并重新印发。")
@click.option("--why", multiple=True, metavar="[数字=]原因", help="更正的原因；不写明数字的用于其余各项；可写多次。")
@click.option(
    "--register",
    "sealed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="登记盖章件（.pdf、.ofd、扫描件），不印发。",
)
def issue(
    quarter: str,
    number: str | None,
    day: str | None,
    profile: str,
    copies: tuple[str, ...],
    corrects: int | None,
    why: tuple[str, ...],
    sealed: Path | None,
) -> None:
    """印发：为签发的文字编号、署日期、加版头版记，制作各单位的材料包，并全部固定下来。"""
    paths, key = load_paths(), Quarter.parse(quarter).key
    if sealed is not None:
        digest = register(paths, key, sealed, corrects)
        CONSOLE.print(f"[bold green]已登记[/] {escape(sealed.name)}　SHA-256 {digest}")
        return
    if number is None or day is None:
        raise DispatchError("issue_order", "印发须写明发文字号和成文日期。", "请写 --number 和 --date。")
    single = dict(text.split("=", 1) for text in why if "=" in text)
    order = Order(number, day, profile, copies, corrects, single, "；".join(text for text in why if "=" not in text))
    made = issue_text(paths, key, order)
    folder = issue_folder(paths, key, made.number)
    CONSOLE.print(f"[bold green]已印发[/] {escape(str(folder))}（第 {made.number} 次）")
    CONSOLE.print(f"  {escape(made.document_number)}　{made.date}　{escape(made.profile)}")
    if made.corrects is not None:
        CONSOLE.print(f"  更正第 {made.corrects.issue} 次印发的 {escape(made.corrects.document_number)}")
    CONSOLE.print(f"  材料包 {len(made.packages)} 个，固定的文件 {len(made.files)} 个")
    CONSOLE.print(f"下一步：bulletin dispatch {key} --dry-run")
