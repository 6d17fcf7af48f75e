"""``bulletin …``: thin commands for people (命令行).

What lives here: arguments, progress, summaries, exit status. What must not: anything a step or a check does.
"""

import contextlib
import json
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import dagster as dg
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.defs.jobs import QUARTERLY
from pipeline.defs.partitions import declared_quarters
from pipeline.defs.resources import PARTITION_TAG
from pipeline.document.workbook import findings_workbook
from pipeline.errors import BulletinError, RunError, SourceError
from pipeline.flow import CHECKS, STEPS
from pipeline.flow import precheck as check_delivery
from pipeline.output import MANIFEST, recover
from pipeline.quarter import Quarter
from pipeline.settings import Paths, dagster_home, load_paths
from pipeline.warehouse.store import Warehouse

_CONSOLE = Console(highlight=False, soft_wrap=True)
_SHOWN_PROBLEMS = 30
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class _Commands(click.Group):
    """Commands that end an expected failure with its message and exit status 1, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BulletinError as error:
            _CONSOLE.print(f"[bold red]未完成[/] {error.message}")
            if error.hint:
                _CONSOLE.print(f"[bold]处理办法[/] {error.hint}")
            _CONSOLE.print(f"[dim]代码 {error.code}[/]")
            ctx.exit(1)


@click.group(
    cls=_Commands, help="政府网站与政务新媒体检查季度通报。", context_settings={"help_option_names": ["-h", "--help"]}
)
def main() -> None:
    """Entry point of the command line (命令行入口)."""


@main.command()
@click.argument("quarter", required=False)
def run(quarter: str | None) -> None:
    """由一个季度的原始表生成通报；不写季度时取最新一个。"""
    paths = load_paths()
    key = choose_quarter(paths, quarter)
    recover(paths, key)
    before = _figures(paths, key)
    failed = run_job(paths, key)
    if failed:
        for problem in failed[:_SHOWN_PROBLEMS]:
            _CONSOLE.print(f"  [red]●[/] {problem}", markup=True)
        if len(failed) > _SHOWN_PROBLEMS:
            _CONSOLE.print(f"  …… 共 {len(failed)} 项")
        raise RunError(
            "run_failed",
            f"{key} 没有生成通报，上一次输出保持不变。",
            f"请按上述说明处理；全部发现见 {paths.work(key) / 'findings.csv'}。",
        )
    _summarise(paths, key, before)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-q", "--quarter", help="季度，如 2021Q3；不写时取文件夹的名称。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="另存退回修改清单（.xlsx）。")
def precheck(folder: Path, quarter: str | None, output: Path | None) -> None:
    """交付前自查：按登记数据核对一个文件夹中的表格，列出需要修改之处。"""
    found = check_delivery(load_paths(), quarter or folder.resolve().name, folder)
    for row in found.head(_SHOWN_PROBLEMS).iter_rows(named=True):
        mark = "[red]●[/]" if row["severity"] == "error" else "[yellow]○[/]"
        where = "!".join(part for part in (row["file"], row["sheet"], row["cell"]) if part)
        _CONSOLE.print(mark, escape(f"{where}：{row['message']}{row['action']}（{row['code']}）"))
    if found.height > _SHOWN_PROBLEMS:
        _CONSOLE.print(f"  …… 共 {found.height} 项")
    if output is not None:
        output.write_bytes(findings_workbook(found))
        _CONSOLE.print(f"清单已存为 {output}")
    errors = found.filter(found["severity"] == "error").height
    _CONSOLE.print(f"检查发现：错误 {errors} 项，提示 {found.height - errors} 项")
    if errors:
        sys.exit(1)


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


def run_job(paths: Paths, quarter: str) -> list[str]:
    """Run the Dagster job in this process, on the instance that the UI shows (运行任务).

    Returns what went wrong, each a line in Chinese; empty when the run succeeded.
    """
    dagster_home()
    from pipeline.definitions import build_definitions  # built only where they are run: loading takes a second

    job = build_definitions(paths).resolve_job_def(QUARTERLY)
    run_id = str(uuid.uuid4())
    with dg.DagsterInstance.get() as instance, _progress(instance, run_id, quarter):
        _close_stale_runs(instance, paths, quarter)
        result = job.execute_in_process(
            instance=instance,
            run_id=run_id,
            run_config=_QUIET,
            tags={PARTITION_TAG: quarter},
            raise_on_error=False,
        )
    if result.success:
        return []
    events = result.all_events
    problems = [text for event in events for text in _unmet(event)] or [
        text for event in events for text in _reasons(event)
    ]
    return problems or ["任务没有完成，详见运行日志。"]


@contextlib.contextmanager
def _progress(instance: dg.DagsterInstance, run_id: str, quarter: str) -> Iterator[None]:
    """A bar of the run's finished steps, fed from the event log while the run goes on (进度)."""
    done = threading.Event()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_CONSOLE) as bar:
        task = bar.add_task(f"{quarter} 生成通报", total=len(STEPS) + len(CHECKS))

        def follow() -> None:
            while not done.wait(0.5):
                bar.update(task, completed=instance.get_run_stats(run_id).steps_succeeded)

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            bar.update(task, completed=instance.get_run_stats(run_id).steps_succeeded)


def _close_stale_runs(instance: dg.DagsterInstance, paths: Paths, quarter: str) -> None:
    """Mark runs of the quarter that were killed as failed: whoever can open the quarter knows that none is alive."""
    unfinished = dg.RunsFilter(
        job_name=QUARTERLY, tags={PARTITION_TAG: quarter}, statuses=[dg.DagsterRunStatus.STARTED]
    )
    runs = instance.get_runs(unfinished)
    if runs:
        with Warehouse(paths.warehouse(quarter), paths.sql):
            for run in runs:
                instance.report_run_failed(run, "运行中断：进程已不存在。")


def _unmet(event: dg.DagsterEvent) -> list[str]:
    """The problems that a failed check lists (检查未通过的问题)."""
    if event.event_type_value != "ASSET_CHECK_EVALUATION" or event.asset_check_evaluation_data.passed:
        return []
    listed = str(event.asset_check_evaluation_data.metadata["问题"].value).splitlines()
    return [line.removeprefix("- ") for line in listed]


def _reasons(event: dg.DagsterEvent) -> list[str]:
    """Why a step or the run failed, where no check says so (失败原因)."""
    if event.is_step_failure and event.step_failure_data.user_failure_data is not None:
        return [event.step_failure_data.user_failure_data.description or ""]
    if event.is_failure and (error := getattr(event.event_specific_data, "error", None)) is not None:
        return [f"程序内部错误，请告知维护人员：{(error.cause or error).message.strip()}"]
    return []


def _figures(paths: Paths, quarter: str) -> dict[str, str]:
    """The printed figures of the last good run, by id (上次印出的数字)."""
    path = paths.out(quarter) / "machine" / "facts.json"
    return printed_figures(BulletinFacts.from_json(path.read_bytes())) if path.exists() else {}


def _summarise(paths: Paths, quarter: str, before: dict[str, str]) -> None:
    """Outputs, findings and figures changed since the last good run (小结)."""
    out = paths.out(quarter)
    outputs = json.loads((out / MANIFEST).read_text("utf-8"))["outputs"]
    table = Table(title=f"{quarter} 输出（{out}）", title_justify="left", box=None)
    table.add_column("文件")
    table.add_column("SHA-256", style="dim")
    for name, digest in outputs.items():
        table.add_row(name, digest[:16])
    _CONSOLE.print(table)
    warnings = (out / "machine" / "findings.csv").read_text("utf-8-sig").count("\n") - 1
    _CONSOLE.print(f"检查发现：错误 0 项，提示 {warnings} 项")
    after = _figures(paths, quarter)
    changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    if before:
        _CONSOLE.print(f"与上次运行相比，变动的数字 {len(changed)} 个" + ("：" if changed else ""))
    for key in changed if before else ():
        _CONSOLE.print(f"  {key}：{before.get(key, '无')} → {after.get(key, '无')}")
    _CONSOLE.print(f"[bold green]已生成[/] {out / 'bulletin.docx'}")


if __name__ == "__main__":
    sys.exit(main())
