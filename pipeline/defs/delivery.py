"""Jobs of the issue and the dispatch (印发与分发任务): the same functions as the commands, seen in the UI.

What lives here: an op a job and its configuration. What must not: composing, sending; nothing here asks a person.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from pydantic import Field

from pipeline.dispatch.issuing import Order, issue
from pipeline.dispatch.records import issue_folder
from pipeline.dispatch.sending import Wish, dispatch, open_transport, unsettled
from pipeline.errors import BulletinError
from pipeline.quarter import Quarter
from pipeline.settings import Paths

ISSUE, DISPATCH = "issue", "dispatch"


class IssueConfig(dg.Config):
    """What is decided at issue (印发要求); ``corrects`` 0 means a first issue."""

    quarter: str
    number: str
    date: str
    profile: str = "文件"
    corrects: int = 0
    reason: str = ""


class DispatchConfig(dg.Config):
    """What is asked of a dispatch (分发要求): all recipients unless some are named."""

    quarter: str
    to: list[str] = Field(default_factory=list)
    transport: str = "folder"
    dry_run: bool = False


def delivery_jobs(paths: Paths) -> list[dg.JobDefinition]:
    """The jobs ``issue`` and ``dispatch`` of an installation (印发任务、分发任务)."""

    @dg.op(name="issue_text", description="印发：为签发的文字编号、署日期，制作并固定全部材料。")
    def issue_text(context: dg.OpExecutionContext, config: IssueConfig) -> None:
        order = Order(config.number, config.date, config.profile, (), config.corrects or None, {}, config.reason)
        with _told():
            made = issue(paths, Quarter.parse(config.quarter).key, order)
        folder = issue_folder(paths, made.quarter, made.number)
        context.add_output_metadata({"印发件": dg.MetadataValue.path(folder), "材料包": len(made.packages)})

    @dg.op(name="dispatch_packages", description="分发：把印发的材料送给还没有送到的单位。")
    def dispatch_packages(context: dg.OpExecutionContext, config: DispatchConfig) -> None:
        def step(name: str, at: int, of: int) -> None:
            context.log.info(f"{at}/{of} {name}")

        with _told():
            quarter = Quarter.parse(config.quarter).key
            way, wish = open_transport(paths, quarter, config.transport), Wish(tuple(config.to))
            standing = dispatch(paths, quarter, way, wish, dry_run=config.dry_run, progress=step)
        left = unsettled(standing)
        context.add_output_metadata({"应送": len(standing.due), "待处理": len(left)})
        if left and not config.dry_run:
            names = "、".join(f"{package.name}（{standing.of(package).state.value}）" for package in left)
            raise dg.Failure(
                f"{names}。请运行 bulletin receipts {quarter} 查看，待核实的须先与对方核实。",
                allow_retries=False,
            )

    return [
        _job(ISSUE, issue_text, "印发任务：由签发的文字制作印发件和材料包。"),
        _job(DISPATCH, dispatch_packages, "分发任务：印发的材料送给各单位，只送一次。"),
    ]


def _job(name: str, operation: Callable[..., Any], note: str) -> dg.JobDefinition:
    @dg.job(name=name, description=note, executor_def=dg.in_process_executor)
    def run_operation() -> None:
        operation()

    return run_operation


@contextmanager
def _told() -> Iterator[None]:
    """An expected failure becomes Dagster's, in its own words."""
    try:
        yield
    except BulletinError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
