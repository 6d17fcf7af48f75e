"""``bulletin receipts``: the state of every recipient, and what people filled in the register (分发情况).

What lives here: the command. What must not: states, the journal.
"""

import json
import sys
from dataclasses import asdict

import click

from pipeline.cli.dispatch import show, tell
from pipeline.cli.shell import main
from pipeline.dispatch.sending import stand, unsettled
from pipeline.quarter import Quarter
from pipeline.settings import load_paths


@main.command()
@click.argument("quarter")
@click.option("--issue", "number", type=int, metavar="N", help="第几次印发；不写时为最后一次。")
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def receipts(quarter: str, number: int | None, machine: bool) -> None:
    """分发情况：列出各单位的状态，并取回分发登记表中填写的签收时间。有未送达或者待核实的返回 1。"""
    standing = stand(load_paths(), Quarter.parse(quarter).key, number)
    if machine:
        states = {package.name: asdict(standing.of(package)) for package in standing.issue.packages}
        click.echo(json.dumps(states, ensure_ascii=False, indent=2))
    else:
        show(standing)
        tell(standing)
    sys.exit(bool(unsettled(standing)))
