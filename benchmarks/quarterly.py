"""Time one quarter: reading, the flow without Dagster, the whole command (季度计时).

What lives here: the stages and their table. The stages of one call run on one copy of the data, so their ratios may be
compared between machines; their seconds may not. ``python -m benchmarks.quarterly [2021Q3]``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.defs.partitions import declared_quarters
from pipeline.flow import CHECKS, STEPS, execute, open_context, run_flow
from pipeline.ingest.delivery import read_delivery
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.settings import Paths, load_paths

ROUNDS = 3
SHOWN_STEPS = 6


def best(stage: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds: what the stage takes when nothing disturbs it (最短用时)."""
    return min(clock(stage) for _ in range(ROUNDS))


def clock(stage: Callable[[], object]) -> float:
    """Seconds of one call (用时)."""
    start = time.perf_counter()
    stage()
    return time.perf_counter() - start


def copy_data(paths: Paths, quarter: str, folder: Path) -> Paths:
    """A data root of its own, so that nothing of the office is touched (数据副本)."""
    shutil.copytree(paths.reference, folder / "data" / "reference")
    shutil.copytree(paths.raw(quarter), folder / "data" / "raw" / quarter)
    home = folder / "dagster"
    home.mkdir()
    shutil.copy(paths.code / "deploy" / "local" / "dagster.yaml", home)
    return Paths(code=paths.code, data=folder / "data")


def run(paths: Paths, quarter: str) -> None:
    """The flow as tests run it (全流程)."""
    context = open_context(paths, quarter)
    with context.warehouse:
        for _ in run_flow(context):
            pass


def time_steps(paths: Paths, quarter: str) -> dict[str, float]:
    """Seconds of each step, and of the checks that stand on it (各步骤用时)."""
    seconds: dict[str, float] = {}
    context = open_context(paths, quarter)
    with context.warehouse:
        for step in STEPS:
            seconds[step.key] = clock(lambda step=step: execute(step, context))
            checks = [check for check in CHECKS if check.output in step.outputs]
            if checks:
                seconds[f"{step.key}, its checks"] = clock(lambda checks=checks: [c.problems(context) for c in checks])
    return seconds


def main(arguments: list[str]) -> None:
    """Time the quarter and print the tables."""
    installed = load_paths()
    quarter = arguments[0] if arguments else declared_quarters(installed)[-1]
    with tempfile.TemporaryDirectory() as name:
        paths = copy_data(installed, quarter, Path(name))
        roster = load_registry(paths.reference).at(Quarter.parse(quarter))
        command = [sys.executable, "-m", "pipeline.cli", "run", quarter]
        environment = os.environ | {"BULLETIN_DATA": str(paths.data), "DAGSTER_HOME": str(Path(name) / "dagster")}

        def whole() -> None:
            subprocess.run(command, env=environment, cwd=paths.code, check=True, stdout=subprocess.DEVNULL)  # noqa: S603

        stages = {
            "registry": best(lambda: load_registry(paths.reference)),
            "reading the sheets": best(lambda: read_delivery(paths.raw(quarter), roster)),
            "the flow, without Dagster": best(lambda: run(paths, quarter)),
            "bulletin run, a process of its own": best(whole),
        }
        steps = time_steps(paths, quarter)
    unit = stages["the flow, without Dagster"]
    show(f"{quarter}, best of {ROUNDS}", stages, unit)
    slowest = sorted(steps, key=lambda key: -steps[key])[:SHOWN_STEPS]
    show("slowest steps of the flow", {key: steps[key] for key in slowest}, unit)


def show(title: str, rows: dict[str, float], unit: float) -> None:
    """Print seconds, and the ratio to the flow (打印)."""
    table = Table(title=title, title_justify="left", box=None)
    table.add_column("")
    table.add_column("seconds", justify="right")
    table.add_column("of the flow", justify="right")
    for label, seconds in rows.items():
        table.add_row(label, f"{seconds:.2f}", f"{seconds / unit:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
