"""``python -m tests.fuzz COUNT [REPORT]``: so many mutants with every stage, and a report in Markdown (变异检验报告)."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.fuzz.harness import SURVIVED, run_seeds
from tests.fuzz.report import report

_WORKERS, _SHARES = 2, 10


def main(count: int, path: str = "") -> None:
    """Run the seeds from 0 on, on two processors; ends with 1 when a mutant survived."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool,
    ):
        each = -(-count // _SHARES)
        shares = [range(at, min(at + each, count)) for at in range(0, count, each)]
        folders = [Path(folder) / str(at) for at in range(len(shares))]
        verdicts = [verdict for share in pool.map(run_seeds, folders, shares) for verdict in share]
    text = report(verdicts)
    if path:
        Path(path).write_text(text, "utf-8")
    sys.stdout.write(text)
    sys.exit(any(verdict.outcome == SURVIVED for verdict in verdicts))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:3])
