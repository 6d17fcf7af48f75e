"""Rendered pages: 22 lines, 28 characters, page numbers outside (版面实测). Needs LibreOffice and poppler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.bulletin.blocks import Notice, Role
from pipeline.document.compose import compose
from pipeline.document.geometry import MANUSCRIPT
from pipeline.document.proof import SUBSTITUTES, font_configuration, render_pdf
from pipeline.errors import DocumentError
from tests.document.sample import notice, paragraph

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_TWIPS_PER_POINT = 20
_HAS_OFFICE = bool(shutil.which("soffice") or shutil.which("libreoffice")) and bool(shutil.which("pdftotext"))


@dataclass(frozen=True)
class Word:
    """A stretch of text that poppler found, with its box in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def pages(docx: bytes, folder: Path) -> list[list[Word]]:
    """The words of every rendered page."""
    if not _HAS_OFFICE:
        assert not os.environ.get("CI"), "soffice and pdftotext are needed in CI"
        pytest.skip("soffice or pdftotext is missing")
    pdf = folder / "rendered.pdf"
    pdf.write_bytes(render_pdf(docx, folder))
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    found = []
    for page in done.stdout.split("<page ")[1:]:
        found.append([_word(match) for match in _WORD.finditer(page)])
    return found


def _word(match: re.Match[str]) -> Word:
    left, top, right, bottom = (float(match[place]) for place in range(1, 5))
    return Word(left, top, right, bottom, match[5])


def lines(page: list[Word]) -> list[list[Word]]:
    """The words of the type area by line."""
    area = [
        word
        for word in page
        if word.top < (MANUSCRIPT.page.height_twips - MANUSCRIPT.page.bottom_twips) / _TWIPS_PER_POINT
    ]
    tops = sorted({round(word.top) for word in area})
    return [[word for word in area if round(word.top) == top] for top in tops]


@pytest.mark.slow
def test_a_full_page_has_22_lines_of_28_characters(template: bytes, tmp_path: Path) -> None:
    text = paragraph(Role.BODY, "汉字排版测量" * 400)
    first, second, *_ = pages(compose(Notice((text,)), template), tmp_path)
    counts = [[sum(len(word.text) for word in line) for line in lines(page)] for page in (first, second)]
    assert counts == [[26] + [28] * 21, [28] * 22]
    left = MANUSCRIPT.page.left_twips / _TWIPS_PER_POINT
    right = (MANUSCRIPT.page.width_twips - MANUSCRIPT.page.right_twips) / _TWIPS_PER_POINT
    for line in lines(second):
        assert abs(min(word.left for word in line) - left) < 1
        assert right - 2 < max(word.right for word in line) < right + 1
    tops = [line[0].top for line in lines(second)]
    assert max(abs(b - a - MANUSCRIPT.text.line_twips / _TWIPS_PER_POINT) for a, b in pairwise(tops)) < 0.2


@pytest.mark.slow
def test_page_numbers_stand_outside(template: bytes, tmp_path: Path) -> None:
    found = pages(compose(notice(), template), tmp_path)
    assert len(found) > 3
    bottom = (MANUSCRIPT.page.height_twips - MANUSCRIPT.page.bottom_twips) / _TWIPS_PER_POINT
    em = MANUSCRIPT.text.page_number_half_points / 2
    for number, page in enumerate(found, start=1):
        footer = [word for word in page if word.top > bottom]
        assert "".join(word.text for word in footer) == f"—{number}—"
        if number % 2:
            edge = (MANUSCRIPT.page.width_twips - MANUSCRIPT.page.right_twips) / _TWIPS_PER_POINT
            assert abs(max(word.right for word in footer) + em - edge) < 1
        else:
            assert abs(min(word.left for word in footer) - em - MANUSCRIPT.page.left_twips / _TWIPS_PER_POINT) < 1


@pytest.mark.slow
def test_table_headings_are_repeated_on_every_page(template: bytes, tmp_path: Path) -> None:
    found = pages(compose(notice(), template), tmp_path)
    with_rows = [page for page in found if any(word.text.startswith("某某市发展和改革") for word in page)]
    assert len(with_rows) == 3
    assert all(any(word.text == "主办单位" for word in page) for page in with_rows)


def test_without_libreoffice_the_message_is_plain(
    template: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match="没有 LibreOffice"):
        render_pdf(template, tmp_path)


def test_every_declared_font_has_a_substitute() -> None:
    assert set(SUBSTITUTES) == set(MANUSCRIPT.fonts.names)
    assert all(name in font_configuration() for name in MANUSCRIPT.fonts.names)
