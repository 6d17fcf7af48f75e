"""Jobs (任务): ``quarterly`` makes everything of one quarter.

What lives here: job definitions. The tag names the latest quarter, so that a plain launch without a partition works.
"""

from typing import Any

import dagster as dg

from pipeline.defs.resources import PARTITION_TAG

QUARTERLY = "quarterly"
GROUPS = ("raw", "core", "mart", "bulletin")


def quarterly_job(quarters: list[str]) -> Any:
    """The job that turns the raw sheets of a quarter into the notice (季度任务); its partitions are those of the assets."""
    first = "请先在 data/raw/ 建立季度文件夹并放入季度信息.xlsx。"
    return dg.define_asset_job(
        QUARTERLY,
        selection=dg.AssetSelection.groups(*GROUPS),
        executor_def=dg.in_process_executor,
        description=f"季度任务：{'由原始表生成通报。' if quarters else first}",
        tags={PARTITION_TAG: quarters[-1]} if quarters else {},
    )
