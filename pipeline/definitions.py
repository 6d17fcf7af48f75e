"""The code location of `workspace.yaml` (代码位置): build_definitions(paths) and its result for this installation."""

import dagster as dg

from pipeline.defs.assets import build_asset, build_check
from pipeline.defs.delivery import delivery_jobs
from pipeline.defs.jobs import quarterly_job
from pipeline.defs.partitions import declared_quarters, quarter_partitions
from pipeline.defs.resources import QuarterResource
from pipeline.flow import CHECKS, STEPS
from pipeline.settings import Paths, load_paths


def build_definitions(paths: Paths) -> dg.Definitions:
    """Everything that Dagster shows of an installation (编排定义)."""
    partitions = quarter_partitions(paths)
    return dg.Definitions(
        assets=[build_asset(step, partitions) for step in STEPS],
        asset_checks=[build_check(check) for check in CHECKS],
        jobs=[quarterly_job(declared_quarters(paths)), *delivery_jobs(paths)],
        resources={"quarter": QuarterResource(code=str(paths.code), data=str(paths.data))},
    )


defs = build_definitions(load_paths())
