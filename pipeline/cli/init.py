"""``bulletin init``: the data root of another office, from one workbook that it fills (新单位).

What lives here: the command and what it says. What must not: checks of the workbook, the registry.
"""

import sys
from pathlib import Path

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, list_findings, main
from pipeline.ingest.institution import WORKBOOK
from pipeline.office.founding import found_office, write_form
from pipeline.settings import load_paths


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--from", "workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="已填好的机构信息。"
)
def init(folder: Path, workbook: Path | None) -> None:
    """为另一个单位建立数据根目录：先得到空白的机构信息，填好后再运行一次。"""
    paths, filled = load_paths(), workbook or folder / WORKBOOK
    if not filled.exists():
        written = write_form(paths, folder)
        CONSOLE.print(f"[bold green]已生成[/] {escape(str(written))}")
        CONSOLE.print(f"请填写其中的各个工作表，再运行一次 bulletin init {escape(str(folder))}")
        return
    found = found_office(paths, folder, filled)
    if found.height:
        list_findings(found)
        CONSOLE.print(f"{escape(str(filled))} 需要修改 {found.height} 处，改好后再运行一次。数据根目录尚未建立。")
        sys.exit(1)
    CONSOLE.print(f"[bold green]已建立[/] {escape(str(folder))}：reference/（登记数据）、raw/、out/")
    CONSOLE.print(f"以后的命令之前写明这个目录，例如：BULLETIN_DATA={escape(str(folder))} bulletin new 2023Q4")
