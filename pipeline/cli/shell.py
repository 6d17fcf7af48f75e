"""What every command shares: the group, refusals in Chinese, the choice of a quarter (命令行公共部分).

What lives here: the console, the group that words failures, helpers of several commands. What must not: commands.
"""

from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.markup import escape

from pipeline.defs.partitions import declared_quarters
from pipeline.dispatch.signing import clear_leftovers
from pipeline.errors import BulletinError, SourceError, access_refused
from pipeline.flow import finish_outputs
from pipeline.quarter import Quarter
from pipeline.settings import Paths, load_paths

CONSOLE = Console(highlight=False, soft_wrap=True)
SHOWN_PROBLEMS = 30
FAULT = "程序内部错误，请告知维护人员："


def refuse(error: BulletinError) -> None:
    """Say in Chinese what cannot be done, and what to do (拒绝)."""
    CONSOLE.print(f"[bold red]未完成：[/]{escape(error.message)}")
    if error.hint:
        CONSOLE.print(f"[bold]处理办法：[/]{escape(error.hint)}")
    CONSOLE.print(f"[dim]代码 {error.code}[/]")


class Commands(click.Group):
    """Commands that end a failure in Chinese and without a traceback: exit status 1 if it is an expected one, else 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BulletinError, OSError) as error:
            refuse(error if isinstance(error, BulletinError) else access_refused(error))
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                CONSOLE.print_exception()
            told = " ".join(f"{type(error).__name__}: {error}".split())
            CONSOLE.print(f"[bold red]{FAULT}[/]{escape(told)}")
            ctx.exit(2)


@click.group(
    cls=Commands, help="政府网站与政务新媒体检查季度通报。", context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--debug", is_flag=True, help="程序内部错误时显示完整的出错位置（供维护人员）。")
def main(debug: bool) -> None:
    """Entry point of the command line (命令行入口). Every command begins with whole outputs, and nothing half beside them."""
    paths = load_paths()
    finish_outputs(paths)
    clear_leftovers(paths)


def choose_quarter(paths: Paths, quarter: str | None) -> str:
    """The quarter asked for, or the latest declared one (选定季度). Raises ``SourceError``."""
    declared = declared_quarters(paths)
    if quarter is not None:
        key = Quarter.parse(quarter).key
        if key not in declared:
            raise SourceError(
                "quarter_unknown", f"没有 {key}：{paths.raw(key)} 中没有季度信息.xlsx。", "请先放入原始表和季度信息。"
            )
        return key
    if not declared:
        raise SourceError(
            "no_quarter",
            f"{paths.data / 'raw'} 中还没有季度。",
            "请建立如 2021Q3 的文件夹，放入原始表和季度信息.xlsx。",
        )
    return declared[-1]


def list_findings(found: pl.DataFrame) -> None:
    """The first findings of a frame of ``core/finding``, and how many there are (列出检查发现)."""
    for row in found.head(SHOWN_PROBLEMS).iter_rows(named=True):
        mark = "[red]●[/]" if row["severity"] == "error" else "[yellow]○[/]"
        where = place(row["file"], row["sheet"], row["cell"])
        CONSOLE.print(mark, escape(f"{where}{row['message']}{row['action']}（{row['code']}）"))
    if found.height > SHOWN_PROBLEMS:
        CONSOLE.print(f"  …… 共 {found.height} 项")


def place(*parts: str) -> str:
    """The place of a finding before its message; nothing when it has none."""
    where = "!".join(part for part in parts if part)
    return where and f"{where}："
