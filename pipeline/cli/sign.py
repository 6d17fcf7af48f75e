"""``bulletin sign``: the text that was approved is frozen (签发).

What lives here: the command and what it says. What must not: comparing, freezing.
"""

from pathlib import Path

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, main
from pipeline.cli.verify import show_remarks
from pipeline.dispatch.records import Approval, signature_folder
from pipeline.dispatch.signing import examine
from pipeline.dispatch.signing import sign as sign_text
from pipeline.errors import DispatchError
from pipeline.quarter import Quarter
from pipeline.settings import load_paths


@main.command()
@click.argument("quarter")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--role", required=True, help="批准人的职务，例如“主要负责同志”；不写姓名。")
@click.option("--on", "day", required=True, metavar="日期", help="签发日期，例如 2021-11-03。")
@click.option("--consent", required=True, help="同意依据，例如批件的编号。")
@click.option(
    "--accept", multiple=True, metavar="标识=理由", help="接受文件中一项改动，标识按提示写，须写明理由；可写多次。"
)
def sign(quarter: str, file: Path, role: str, day: str, consent: str, accept: tuple[str, ...]) -> None:
    """签发：固定领导批准的文字。此后只有发文字号、成文日期、抄送、红头和印章可以不同。"""
    paths, key = load_paths(), Quarter.parse(quarter).key
    reasons, examined = pairs(accept, "--accept"), examine(paths, key, file)
    show_remarks(examined.remarks)
    for note in examined.notes:
        CONSOLE.print(escape(note))
    signed = sign_text(paths, key, examined, Approval(role.strip(), day, consent.strip()), reasons)
    folder = signature_folder(paths, key, signed.number)
    CONSOLE.print(f"[bold green]已签发[/] {escape(str(folder))}（第 {signed.number} 次）")
    for approval in signed.approvals:
        CONSOLE.print(f"  {escape(approval.role)}　{approval.on}　{escape(approval.consent)}")
    for item in signed.accepted:
        told = f"{item.name}（{item.figure}）：{item.was or '无'} → {item.now or '删去'}（{item.reason}）"
        CONSOLE.print(f"  [yellow]○[/] 接受改动 {escape(told)}")
    CONSOLE.print(f"下一步：bulletin issue {key} --number 发文字号 --date 成文日期")


def pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    """What was given as NAME=REASON, by name (成对的选项). Raises ``DispatchError``."""
    faults = [text for text in given if not text.partition("=")[0] or "=" not in text]
    if faults:
        raise DispatchError("option", f"{option} 的写法不对：{'、'.join(faults)}。", "请写成 标识=理由。")
    return {name: reason for name, _, reason in (text.partition("=") for text in given)}
