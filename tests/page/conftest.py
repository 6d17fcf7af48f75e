"""The review page of 2021Q3, made once from a run below Dagster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.flow import Context, facts_of, ledger_of, run_flow
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.ledger.book import Ledger
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.store import Warehouse
from tests.support.quarter import Delivered


@dataclass(frozen=True)
class Reviewed:
    """The page as a file, and the ledger behind it."""

    file: Path
    ledger: Ledger
    context: Context


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    paths = Paths(CODE_ROOT, Delivered.copy(tmp_path_factory.mktemp("page")).root)
    roster = load_registry(paths.reference).at(Quarter.parse("2021Q3"))
    context = Context(paths, roster, Warehouse(Path(":memory:"), paths.sql))
    for _ in run_flow(context):
        pass
    assert facts_of(context).quarter == "2021Q3"
    return Reviewed(paths.out("2021Q3") / "review" / "review.html", ledger_of(context), context)
