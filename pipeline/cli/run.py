"""``bulletin run``: the quarterly job in this process, with progress and a summary (生成通报).

What lives here: progress, summary, exit status. What must not: anything a step or a check does.
"""

import contextlib
import csv
import json
import os
import re
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import dagster as dg
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.cli.shell import CONSOLE, FAULT, SHOWN_PROBLEMS, choose_quarter, main, place
from pipeline.defs.jobs import QUARTERLY
from pipeline.defs.resources import DATA_TAG, PARTITION_TAG
from pipeline.dispatch.later import changes_since_issue
from pipeline.document.proof import discard_proof, write_proof
from pipeline.drafting import draft
from pipeline.errors import BulletinError, DocumentError, RunError
from pipeline.flow import CHECKS, DIFFERENCE, GATE, STEPS
from pipeline.office.folder import hold
from pipeline.output import MANIFEST, write_work
from pipeline.settings import Paths, dagster_home, load_paths
from pipeline.warehouse.store import Warehouse

_SHOWN_DIGITS = 12
_UNCHANGED = re.compile(r"^- 没有$|（0）$")
_REFUSALS = {BulletinError.__name__, *(kind.__name__ for kind in BulletinError.__subclasses__())}
_EVERY = 0.5  # seconds between two looks at the progress
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Outcome:
    """How a run ended (运行结果): what went wrong, each a line in Chinese, and whether findings were made."""

    problems: tuple[str, ...] = ()
    found: bool = False


@main.command()
@click.argument("quarter", required=False)
@click.option("--proof", is_flag=True, help="另外生成校样：PDF 和页面图，放在 data/work；需要 LibreOffice。")
@click.option(
    "--draft", "drafted", is_flag=True, help="有检查发现时也写成草稿，未核实的数字标作【待核】；不影响已生成的通报。"
)
def run(quarter: str | None, proof: bool, drafted: bool) -> None:
    """由一个季度的原始表生成通报；不写季度时取最新一个。"""
    paths = load_paths()
    key = choose_quarter(paths, quarter)
    if drafted:
        _draft(paths, key)
        return
    discard_proof(paths.work(key))
    outcome = run_job(paths, key)
    if not outcome.problems:
        _summarise(paths, key)
        if proof:
            _proof(paths, key)
        return
    for problem in outcome.problems[:SHOWN_PROBLEMS]:
        CONSOLE.print(f"  [red]●[/] {escape(problem)}")
    if len(outcome.problems) > SHOWN_PROBLEMS:
        CONSOLE.print(f"  …… 共 {len(outcome.problems)} 项")
    if outcome.found:
        CONSOLE.print(f"全部发现见 {escape(str(paths.work(key) / 'findings.xlsx'))}")
    if paths.out(key).is_dir():
        CONSOLE.print("上一次输出保持不变。")
    raise RunError("run_failed", f"{key} 没有生成通报。", "请按上述说明处理后重新运行。")


def _draft(paths: Paths, quarter: str) -> None:
    """Write a draft in spite of findings, beside the good runs (草稿)."""
    folder = paths.work(quarter) / "draft"
    files = draft(paths, quarter)
    write_work(folder, files)
    marks = files["bulletin.txt"].decode().count("【待核")
    CONSOLE.print(f"[bold yellow]草稿[/] {escape(str(folder / 'bulletin.docx'))}")
    CONSOLE.print(
        f"其中标作【待核】{marks} 处，待核事项列在末页；草稿不得签发，也不得报送。" if marks else "没有待核之处。"
    )


def _proof(paths: Paths, quarter: str) -> None:
    """Make the proof; where it cannot be made, say so: the notice is none the worse (校样)."""
    try:
        made = write_proof((paths.out(quarter) / "bulletin.docx").read_bytes(), paths.work(quarter))
    except DocumentError as error:
        CONSOLE.print("  [yellow]○[/]", escape(str(error)))
    else:
        CONSOLE.print(f"校样 {escape(str(made))}（字体为代用字体，每行字数与 Word 略有出入）")


def run_job(paths: Paths, quarter: str) -> Outcome:
    """Run the Dagster job in this process, on the instance that the UI shows (运行任务).

    Raises ``RunError`` when the instance cannot be used or another run holds the quarter.
    """
    home = _usable_home()
    from pipeline.definitions import build_definitions  # built only where they are run: loading takes a second

    job = build_definitions(paths).resolve_job_def(QUARTERLY)
    run_id = str(uuid.uuid4())
    try:
        with hold(home):  # two first runs at once would each lay out the record
            opened = dg.DagsterInstance.get()
    except Exception as error:
        kind = type(error).__name__
        raise RunError(
            "dagster_instance",
            f"运行记录文件夹 {home} 无法打开：{kind}。",
            "请检查其中的 dagster.yaml 和写入权限，或者改用另一个文件夹（环境变量 DAGSTER_HOME）。",
        ) from error
    with _recorded(home), opened as instance, _progress(instance, run_id, quarter):
        _close_stale_runs(instance, paths, quarter)
        result = job.execute_in_process(
            instance=instance,
            run_id=run_id,
            run_config=_QUIET,
            tags={PARTITION_TAG: quarter, DATA_TAG: str(paths.data)},
            raise_on_error=False,
        )
    return Outcome() if result.success else _outcome(result.all_events)


@contextlib.contextmanager
def _recorded(home: Path) -> Iterator[None]:
    """Dagster's record that cannot be written, as on a full disk, is an expected failure; anything else is a fault."""
    try:
        yield
    except Exception as error:
        if not _is_of_the_record(error):
            raise
        raise RunError(
            "dagster_write",
            f"运行记录文件夹 {home} 无法写入：{getattr(error, 'orig', error)}。",
            "请检查磁盘空间和写入权限，或者改用另一个文件夹（环境变量 DAGSTER_HOME），再重新运行。",
        ) from error


def _is_of_the_record(error: Exception) -> bool:
    """Whether Dagster's record could not be read or written (运行记录读写失败)."""
    return isinstance(error, OSError) or type(error).__module__.startswith("sqlalchemy.")


def _usable_home() -> Path:
    """The Dagster instance folder. Raises ``RunError`` unless it is an absolute, writable folder."""
    home = dagster_home()
    if not home.is_absolute():
        wrong = "不是绝对路径"
    elif not home.is_dir():
        wrong = "不存在，或者不是文件夹"
    elif not os.access(home, os.W_OK | os.X_OK):
        wrong = "不可写入"
    else:
        return home
    raise RunError(
        "dagster_home",
        f"运行记录文件夹 {home} {wrong}（环境变量 DAGSTER_HOME）。",
        "请把 DAGSTER_HOME 设为已有、可写入的文件夹的绝对路径；不设置时使用程序的 deploy/local。",
    )


@contextlib.contextmanager
def _progress(instance: dg.DagsterInstance, run_id: str, quarter: str) -> Iterator[None]:
    """A bar of the run's finished steps, fed from the event log while the run goes on (进度)."""
    done = threading.Event()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE) as bar:
        task = bar.add_task(f"{quarter} 生成通报", total=len(STEPS) + len(CHECKS))

        def follow() -> None:
            while not done.wait(_EVERY):
                try:
                    bar.update(task, completed=instance.get_run_stats(run_id).steps_succeeded)
                except Exception as error:
                    if not _is_of_the_record(error):
                        raise
                    return  # the run meets the same fault, and tells it

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
    here = str(paths.data)
    runs = [run for run in instance.get_runs(unfinished) if run.tags.get(DATA_TAG, here) == here]
    if runs:
        with Warehouse(paths.warehouse(quarter), paths.sql):
            for run in runs:
                instance.report_run_failed(run, "运行中断：进程已不存在。")


def _outcome(events: Sequence[dg.DagsterEvent]) -> Outcome:
    """What a failed run has to say: failed checks, else failed steps, else the failure of the run; each line once."""
    steps = [event for event in events if event.is_step_failure]
    problems = (
        [text for event in events for text in _unmet(event)]
        or [text for event in steps for text in _reasons(event)]
        or [text for event in events if event.is_failure for text in _reasons(event)]
    )
    gate = GATE.replace("/", "_")
    found = any(event.is_step_success and event.step_key == gate for event in events)
    return Outcome(tuple(dict.fromkeys(problems)) or ("任务没有完成，详见运行日志。",), found)


def _unmet(event: dg.DagsterEvent) -> list[str]:
    """The problems that a failed check lists (检查未通过的问题)."""
    if event.event_type_value != "ASSET_CHECK_EVALUATION" or event.asset_check_evaluation_data.passed:
        return []
    listed = str(event.asset_check_evaluation_data.metadata["问题"].value).splitlines()
    return [line.removeprefix("- ").removeprefix("：") for line in listed]


def _reasons(event: dg.DagsterEvent) -> list[str]:
    """Why a step or the run failed, where no check says so (失败原因): a refusal in its own words."""
    if event.is_step_failure and event.step_failure_data.user_failure_data is not None:
        return (event.step_failure_data.user_failure_data.description or "").splitlines()
    error = getattr(event.event_specific_data, "error", None)
    if error is None:
        return []
    refusal = error
    while refusal is not None and refusal.cls_name not in _REFUSALS:
        refusal = refusal.cause
    if refusal is not None:
        return str(refusal.message).strip().partition(": ")[2].splitlines()
    return [FAULT + " ".join((error.cause or error).message.split())]


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of the output; none without the file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _show_difference(path: Path) -> None:
    """The beginning of `diff.md` (与上次的差异), without what did not change."""
    if not path.exists():
        return
    lines = [line for line in path.read_text("utf-8").splitlines()[1:] if line and not _UNCHANGED.search(line)]
    CONSOLE.print("[bold]与上次成功运行相比[/]" + ("：" if lines else "，没有变动"))
    for line in lines[:SHOWN_PROBLEMS]:
        CONSOLE.print(escape(f"  {line.removeprefix('## ')}"))
    if len(lines) > SHOWN_PROBLEMS:
        CONSOLE.print(f"  …… 全部差异见 {escape(str(path))}")


def _summarise(paths: Paths, quarter: str) -> None:
    """Outputs, findings, and what changed since the last good run (小结)."""
    out = paths.out(quarter)
    outputs = json.loads((out / MANIFEST).read_text("utf-8"))["outputs"]
    table = Table(title=escape(f"{quarter} 输出（{out}）"), title_justify="left", box=None)
    table.add_column("文件")
    table.add_column("SHA-256", style="dim")
    sheets = [name for name in outputs if name.startswith("feedback/")]
    for name, digest in outputs.items():
        if name not in sheets:
            table.add_row(escape(name), digest[:_SHOWN_DIGITS])
    table.add_row("feedback/", f"反馈单和整改回执 {len(sheets)} 个文件")
    CONSOLE.print(table)
    warnings = _rows(out / "machine" / "findings.csv")
    CONSOLE.print(f"检查发现：错误 0 项，提示 {len(warnings)} 项")
    for row in warnings[:SHOWN_PROBLEMS]:
        CONSOLE.print("  [yellow]○[/]", escape(f"{place(row['文件'], row['工作表'], row['单元格'])}{row['说明']}"))
    if len(warnings) > SHOWN_PROBLEMS:
        CONSOLE.print(f"  …… 共 {len(warnings)} 项")
    if warnings:
        CONSOLE.print(f"全部发现见 {escape(str(out / 'review' / 'findings.xlsx'))}")
    corrections = out / "machine" / "corrections.csv"
    if corrections.exists():
        CONSOLE.print(f"已作的更正 {len(_rows(corrections))} 处")
    _show_difference(paths.work(quarter) / DIFFERENCE)
    later = changes_since_issue(paths, quarter)
    if later:
        CONSOLE.print(f"[bold yellow]与印发件不同的数字 {len(later)} 个[/]，确需更正的，须重新签发、印发：")
    for item in later:
        CONSOLE.print(escape(f"  {item.name}（{item.figure}）：{item.issued} → {item.now}"))
    CONSOLE.print(f"[bold green]已生成[/] {escape(str(out / 'bulletin.docx'))}")
