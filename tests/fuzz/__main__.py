"""``python -m tests.fuzz COUNT [REPORT]``: so many mutants, and a report in Markdown (变异检验报告)."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.fuzz.harness import SURVIVED, Verdict, run_seeds
from tests.fuzz.report import report

_WORKERS, _SHARE = 2, 100


def main(count: int, path: str = "") -> None:
    """Run the seeds from 0 on, on two processors; ends with 1 when a mutant survived."""
    shares = [range(at, min(at + _SHARE, count)) for at in range(0, count, _SHARE)]
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as folder:
        folders = [Path(folder) / str(share.start) for share in shares]
        pool = ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn"))
        try:
            for done in pool.map(run_seeds, folders, shares):
                verdicts += done
                sys.stdout.write(f"{len(verdicts)} / {count}\n")
                sys.stdout.flush()
        finally:  # what was run is reported, also where it was broken off
            pool.shutdown(cancel_futures=True)
            text = report(verdicts)
            if path:
                Path(path).write_text(text, "utf-8")
            sys.stdout.write(text)
    sys.exit(any(verdict.outcome == SURVIVED for verdict in verdicts))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:3])
