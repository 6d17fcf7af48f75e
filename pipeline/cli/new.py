"""``bulletin new``: the folder of a new quarter, with everything that people fill (新季度).

What lives here: the command and what it says. What must not: what the folder holds.
"""

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, main
from pipeline.ingest.folder import BLANKS_FOLDER
from pipeline.office.opening import open_quarter
from pipeline.settings import load_paths


@main.command()
@click.argument("quarter")
@click.option("--rule-book", metavar="ID", help="核对本季度适用的检查指标，如 2022；与登记不符时不生成。")
def new(quarter: str, rule_book: str | None) -> None:
    """新开一个季度：生成季度信息、发给检测机构的空白表，放入前期数据。"""
    opened = open_quarter(load_paths(), quarter, rule_book)
    CONSOLE.print(f"[bold green]已生成[/] {escape(str(opened.folder))}（检查指标 {escape(opened.rule_book)}）")
    for name in opened.files:
        CONSOLE.print(f"  {escape(name)}")
    for earlier, source in opened.earlier.items():
        CONSOLE.print(f"前期数据 {earlier} 取自 {escape(str(source))}，与其清单核对一致。")
    if not opened.earlier:
        CONSOLE.print("没有找到前期数据：与以前季度的比较不会写入通报，或者在季度信息“前期数据”中填写。")
    if opened.carried_from is not None:
        CONSOLE.print(f"季度信息中的黄色单元格沿用 {escape(str(opened.carried_from))} 或由程序预填，请逐项核对。")
    CONSOLE.print(f"下一步：把“{BLANKS_FOLDER}”中的表发给检测机构；收回的表放在“{BLANKS_FOLDER}”之外，与季度信息并列。")
