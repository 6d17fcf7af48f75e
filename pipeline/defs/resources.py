"""The quarter of a run as a resource (季度资源).

What lives here: opening the quarter once per run and holding it to the end; the open file is the lock of the quarter,
for DuckDB and for `data/out`. What must not: what steps do.
"""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.errors import BulletinError
from pipeline.flow import Context, Outputs, Step, execute, open_context
from pipeline.settings import Paths

PARTITION_TAG = "dagster/partition"
DATA_TAG = "bulletin/data"


class QuarterResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The open quarter of a run (季度): the folders are fixed when the definitions are built."""

    code: str
    data: str
    _context: Any = None

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["QuarterResource", None, None]:
        """Open the quarter named by the run's partition; refused when another run holds it."""
        quarter = (context.run.tags if context.run else {}).get(PARTITION_TAG, "")
        try:
            opened = open_context(Paths(Path(self.code), Path(self.data)), quarter)
        except BulletinError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        with opened.warehouse:
            self._context = opened
            yield self

    @property
    def context(self) -> Context:
        """The context that steps run in (运行环境)."""
        assert isinstance(self._context, Context)
        return self._context

    def execute(self, step: Step) -> Outputs:
        """Run a step; an expected failure becomes Dagster's, in its own words (执行)."""
        try:
            return execute(step, self.context)
        except BulletinError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
