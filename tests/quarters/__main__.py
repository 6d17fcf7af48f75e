"""`python -m tests.quarters 5000` draws so many quarters and reports what was read (语句浸泡测试); `… 种子 N` runs one seed.

What lives here: the command and its report, docs/soak/statements.md. What must not: judging.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.quarters.draw import LENGTH
from tests.quarters.judge import Forms, run
from tests.quarters.reader import forms

FIRST = 100_000  # seeds of their own
REPORT = Path(__file__).parents[2] / "docs" / "soak" / "statements.md"


def report(quarters: int, read: Forms, faults: list[str]) -> Iterator[str]:
    """The page of docs/soak/ (浸泡测试报告)."""
    never = sorted(forms() - set(read))
    yield "# 语句浸泡测试\n"
    yield "> 本页由 `make soak` 生成，请勿手工修改。\n"
    yield f"随机季度 {quarters} 个，种子 {FIRST} 至 {FIRST + quarters // LENGTH - 1}，每个种子相继 {LENGTH} 个季度。"
    yield f"从通报文字读回语句 {sum(read.values())} 条，逐条由原始数据复算；不符 {len(faults)} 处。"
    yield f"已知语句形式 {len(forms())} 种，读到 {len(forms()) - len(never)} 种。\n"
    yield from (f"- 不符：{fault}" for fault in faults[:50])
    yield from (f"- 没有读到：{' '.join(filter(None, form))}" for form in never)
    yield "| 语句 | 对象 | 形式 | 条数 |\n|---|---|---|---:|"
    yield from (
        f"| `{kind}` | {subject} | {form} | {read[kind, subject, form]} |" for kind, subject, form in sorted(read)
    )


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["种子"]:
        _, faults = run(int(arguments[1]))
        sys.stdout.write("".join(f"{fault}\n" for fault in faults))
        return bool(faults)
    seeds = range(FIRST, FIRST + int(arguments[0]) // LENGTH)
    read, faults, done = Forms(), list[str](), 0
    pool = ProcessPoolExecutor(2, get_context("spawn"))  # the threads of polars do not outlive a fork
    try:
        for seed, (said, wrong) in zip(seeds, pool.map(run, seeds), strict=True):
            done += 1
            read += said
            faults += wrong
            sys.stdout.write("\n  ".join((f"种子 {seed}：读到 {said.total()} 条", *wrong)) + "\n")
            sys.stdout.flush()
    finally:  # what was run is reported, also where it was broken off
        pool.shutdown(cancel_futures=True)
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text("\n".join(report(done * LENGTH, read, faults)) + "\n", "utf-8")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
