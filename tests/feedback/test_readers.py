"""Readers that are not ours open every file of an output folder, and read the same (独立读取)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import mammoth
import openpyxl
import pytest

from pipeline.bulletin.submission import write_submission
from pipeline.document.compose import Typesetter
from pipeline.document.conformance.checker import conform
from pipeline.document.geometry import INTERNAL
from pipeline.document.proof import render_pdfs
from pipeline.document.reading import read_docx
from pipeline.settings import CODE_ROOT
from tests.feedback.conftest import Made
from tests.feedback.test_outputs import crowded

_HAS_OFFICE = bool(shutil.which("soffice") or shutil.which("libreoffice")) and bool(shutil.which("pdfinfo"))
needs_office = pytest.mark.skipif(not _HAS_OFFICE and not os.environ.get("CI"), reason="no LibreOffice on this machine")


def bare(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s", "", text)


def by_mammoth(data: bytes) -> str:
    return bare(mammoth.extract_raw_text(BytesIO(data)).value)


def test_mammoth_reads_what_the_text_version_says(made: Made) -> None:
    text = (made.out / "machine" / "bulletin.txt").read_text("utf-8")
    data = (made.out / "bulletin.docx").read_bytes()
    assert by_mammoth(data) == bare(text) == bare("".join(read_docx(data)))


@pytest.mark.slow
def test_mammoth_reads_every_kind_of_document(made: Made) -> None:
    paths = sorted(made.out.rglob("*.docx"))
    assert len(paths) == len(made.sheets) + 3  # the notice, its review copy, 送审说明
    for path in (*paths[:2], *paths[2::6], paths[-1]):
        data = path.read_bytes()
        assert by_mammoth(data) == bare("".join(read_docx(data))) != ""


def test_openpyxl_reads_every_workbook(made: Made) -> None:
    paths = sorted(made.out.rglob("*.xlsx"))
    assert {"tables.xlsx", "findings.xlsx", "figures.xlsx"} < {path.name for path in paths}
    for path in paths:
        book = openpyxl.load_workbook(path)
        assert all(sheet.max_row > 0 and sheet.max_column > 1 for sheet in book.worksheets)


@pytest.mark.slow
def test_every_sheet_has_the_form_of_a_document(made: Made) -> None:
    faults = {path.stem: conform(path.read_bytes()).failures for path in sorted((made.out / "feedback").glob("*.docx"))}
    assert {name: told for name, told in faults.items() if told} == {}


@pytest.mark.slow
@needs_office
def test_libreoffice_reads_documents_and_workbooks(made: Made, tmp_path: Path) -> None:
    documents = [
        made.out / "bulletin.docx",
        made.out / "review" / "送审说明.docx",
        *sorted(made.out.glob("feedback/2*.docx")),
    ]
    replies = sorted(made.out.glob("feedback/*.xlsx"))[:2]
    books = [made.out / "tables.xlsx", made.out / "review" / "findings.xlsx", *replies]
    office = shutil.which("soffice") or "libreoffice"
    for kind, paths in (
        ("txt:Text (encoded):UTF8", documents),
        ("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", books),
    ):
        command = [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*command, "--outdir", str(tmp_path), *map(str, paths)], check=True, capture_output=True, timeout=180
        )
    for path in documents:
        told = (tmp_path / f"{path.stem}.txt").read_text("utf-8-sig")
        assert bare(told) == bare("".join(read_docx(path.read_bytes())))
    for path in books:
        for sheet in openpyxl.load_workbook(path).worksheets:
            told = bare((tmp_path / f"{path.stem}-{sheet.title}.csv").read_text("utf-8")).replace('"', "")
            texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
            assert all(bare(text).replace('"', "") in told for text in texts)


@pytest.mark.slow
@needs_office
def test_the_fullest_note_is_one_page(made: Made, tmp_path: Path) -> None:
    note, facts = crowded(made.facts)
    full = Typesetter(INTERNAL).write(write_submission(note, facts, CODE_ROOT / "templates"))
    for number, pdf in enumerate(render_pdfs([full, (made.out / "review" / "送审说明.docx").read_bytes()], tmp_path)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf)
        told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Pages:\s+1\n", told)
