"""Blanks filled with any values that they allow: nothing to tell, and the measures can be taken."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline.flow import GATE, STEPS, execute, open_context
from pipeline.ingest.folder import BLANKS_FOLDER
from pipeline.office.opening import open_quarter
from pipeline.settings import Paths
from tests.office.fill import Filler
from tests.support.quarter import run_to_gate


def to_the_measures(paths: Paths, quarter: str, seed: int) -> list[dict[str, object]]:
    """Open a quarter, fill it, run it up to its measures; returns the findings."""
    open_quarter(paths, quarter)
    with (context := open_context(paths, quarter)).warehouse:
        Filler(paths.raw(quarter), context.roster, seed).fill()
        for step in STEPS[: [step.key for step in STEPS].index("bulletin/facts")]:
            execute(step, context)
        for key in ("mart/site_score", "core/site_result"):
            assert context.table(key).height == len(context.roster.sites)
        assert context.table("mart/account_rate").height
        return context.table(GATE).to_dicts()


@pytest.mark.parametrize(("quarter", "seed"), [("2021Q4", 1), ("2021Q4", 2), ("2023Q4", 3), ("2023Q4", 4)])
def test_filled_blanks_have_no_findings(paths: Paths, quarter: str, seed: int) -> None:
    assert to_the_measures(paths, quarter, seed) == []


def test_a_place_that_knows_totals_only_is_asked_for_totals_only(paths: Paths) -> None:
    book = paths.reference / "rule-books" / "beijing-2022.toml"
    text = re.sub(r"(?ms)^indicator = \[.*?^\]|^\[no_service\].*?\n\n", "", book.read_text("utf-8"))
    book.write_text(text.replace('detail = "indicators"', 'detail = "totals"'), "utf-8")
    assert to_the_measures(paths, "2023Q4", 5) == []
    names = {path.stem.partition("季度")[2] for path in (paths.raw("2023Q4") / BLANKS_FOLDER).iterdir()}
    assert "政府网站检查评分表" in names
    assert "扣分明细" not in names


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_blanks_saved_by_another_office_program_still_offer_limit_and_read_alike(paths: Paths, tmp_path: Path) -> None:
    """LibreOffice opens a blank, and every filled workbook, and saves it again."""
    open_quarter(paths, "2023Q4")
    raw = paths.raw("2023Q4")
    (blank,) = (path for path in (raw / BLANKS_FOLDER).iterdir() if "政府网站检查评分表" in path.name)
    book = openpyxl.load_workbook(*saved_again([blank], tmp_path))
    assert len(book["区政府门户网站"].data_validations.dataValidation) > 30
    assert book["区政府门户网站"].protection.sheet
    with (context := open_context(paths, "2023Q4")).warehouse:
        Filler(raw, context.roster, 7).fill()
        files = sorted(raw.glob("*.xlsx"))
        for path, saved in zip(files, saved_again(files, tmp_path), strict=True):
            shutil.copy(saved, path)
        assert run_to_gate(context) == []


def saved_again(files: Sequence[Path], folder: Path) -> list[Path]:
    """Workbooks as LibreOffice saves them."""
    target = folder / "saved"
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", target, *files], check=True, capture_output=True, timeout=300)
    return [target / path.name for path in files]
