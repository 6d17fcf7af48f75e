"""The real quarters, each run once below Dagster, on a copy of the office's data."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.flow import Context, facts_of, notice_of, open_context, run_flow
from pipeline.settings import CODE_ROOT, Paths

PUBLISHED = Path(__file__).parent / "published"


@dataclass(frozen=True)
class Run:
    """A quarter that was run up to its notice, its warehouse still open."""

    context: Context
    facts: BulletinFacts
    text: str
    published: dict[str, Any]


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    data = tmp_path_factory.mktemp("office") / "data"
    for name in ("raw", "reference"):
        shutil.copytree(CODE_ROOT / "data" / name, data / name)
    return Paths(CODE_ROOT, data)


def _run(paths: Paths, quarter: str) -> Iterator[Run]:
    published = tomllib.loads((PUBLISHED / f"{quarter}.toml").read_text("utf-8"))
    context = open_context(paths, quarter)
    with context.warehouse:
        for step, _ in run_flow(context):  # every check of a step runs before the next one
            if step.key == "bulletin/notice":
                break
        text = "\n".join(paragraph.text for paragraph in notice_of(context).paragraphs)
        yield Run(context, facts_of(context), text, published)


@pytest.fixture(scope="session")
def q2(paths: Paths) -> Iterator[Run]:
    yield from _run(paths, "2021Q2")


@pytest.fixture(scope="session")
def q3(paths: Paths) -> Iterator[Run]:
    yield from _run(paths, "2021Q3")


@pytest.fixture(scope="session")
def q2023(paths: Paths) -> Iterator[Run]:
    yield from _run(paths, "2023Q3")
