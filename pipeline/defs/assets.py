"""Assets and checks, made from the steps of `pipeline/flow.py` (资产与检查).

What lives here: one asset per output of a step, one blocking check per check of the flow. What must not: anything that
a step does.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline.defs.metadata import describe_output, describe_problems
from pipeline.defs.resources import QuarterResource
from pipeline.flow import Check, Step

GROUPS = {"reference": "raw"}


def asset_key(output: str) -> dg.AssetKey:
    """The asset key of an output, ``core/account`` (资产键)."""
    return dg.AssetKey(output.split("/"))


def build_asset(step: Step, partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """The asset of a step; a step with several outputs is a multi-asset (资产)."""
    specs = [
        dg.AssetSpec(
            key=asset_key(output),
            deps=[asset_key(need) for need in step.needs],
            group_name=GROUPS.get(layer := output.partition("/")[0], layer),
            description=step.describe(output),
            kinds={"duckdb"} if layer != "bulletin" else {"word"},
        )
        for output in step.outputs
    ]

    @dg.multi_asset(specs=specs, name=step.key.replace("/", "_"), partitions_def=partitions)
    def run_step(quarter: QuarterResource) -> Iterator[dg.MaterializeResult[Any]]:
        for output, content in quarter.execute(step).items():
            yield dg.MaterializeResult(
                asset_key=asset_key(output), metadata=describe_output(output, content, quarter.context)
            )

    return run_step


def build_check(check: Check) -> dg.AssetChecksDefinition:
    """The blocking check of a check of the flow (阻断性检查)."""

    @dg.asset_check(asset=asset_key(check.output), name=check.name, description=check.note, blocking=True)
    def run_check(quarter: QuarterResource) -> dg.AssetCheckResult:
        problems = check.problems(quarter.context)
        return dg.AssetCheckResult(passed=not problems, metadata=describe_problems(problems, quarter.context))

    return run_check
