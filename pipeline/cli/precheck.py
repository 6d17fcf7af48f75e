"""``bulletin precheck``: what an agency would be asked to mend, before it delivers (交付前自查).

What lives here: the command. What must not: checks.
"""

import sys
from pathlib import Path

import click
from rich.markup import escape

from pipeline.cli.shell import CONSOLE, list_findings, main
from pipeline.document.workbook import findings_workbook
from pipeline.errors import RunError, SourceError
from pipeline.flow import precheck as check_delivery
from pipeline.settings import load_paths


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-q", "--quarter", help="季度，如 2021Q3；不写时取文件夹的名称。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="另存退回修改清单（.xlsx）。")
def precheck(folder: Path, quarter: str | None, output: Path | None) -> None:
    """交付前自查：按登记数据核对一个文件夹中的表格，列出需要修改之处。"""
    if output is not None and folder.resolve() in output.resolve().parents:
        raise SourceError(
            "list_inside",
            f"清单 {output} 位于被检查的文件夹之中，会被当作交来的表格。",
            "请把清单存到文件夹之外。",
        )
    found, absent = check_delivery(load_paths(), quarter or folder.resolve().name, folder)
    list_findings(found)
    if output is not None:
        try:
            output.write_bytes(findings_workbook(found))
        except OSError as error:
            raise RunError(
                "list_write",
                f"清单 {output} 无法写入：{error.strerror}。",
                "请检查文件夹和写入权限，并关闭已打开的清单。",
            ) from error
        CONSOLE.print(f"清单已存为 {escape(str(output))}")
    if absent:
        CONSOLE.print(f"文件夹中没有：{'、'.join(absent)}。应由本单位提交的，请补齐；由其他单位提交的，无需处理。")
    errors = found.filter(found["severity"] == "error").height
    CONSOLE.print(f"检查发现：错误 {errors} 项，提示 {found.height - errors} 项")
    if errors:
        sys.exit(1)
