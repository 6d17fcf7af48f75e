"""Rendered pages, measured in the PDF: lines, characters, page numbers, red head, imprint (版面实测).

Needs LibreOffice and poppler. All documents are rendered in one call.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.bulletin.blocks import Notice, Role
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.geometry import FILE, FONT_SETS, LETTER, MANUSCRIPT, Form, Profile
from pipeline.document.profiles import load_profiles
from pipeline.document.proof import SUBSTITUTES, font_configuration, render_pdfs, write_proof
from pipeline.errors import DocumentError
from tests.document.sample import DISPATCH, notice, paragraph

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_TWIPS_PER_POINT = 20
_DOTS_PER_INCH = 300
_MM_PER_DOT = 25.4 / _DOTS_PER_INCH
_HAS_OFFICE = bool(shutil.which("soffice") or shutil.which("libreoffice")) and bool(shutil.which("pdftotext"))
_LOCAL = load_profiles(Path(__file__).parents[2] / "data" / "reference")
_PROFILES = {**{profile.name: profile for profile in (MANUSCRIPT, FILE, LETTER)}, **_LOCAL}
_LENGTHS = range(1, 133)  # paragraphs of one line: one to seven pages
_SECRET = replace(
    DISPATCH, mark="某某市政务服务管理局", copy_number="000012", secrecy="秘密★1年", urgency="特急", signer="某某某"
)


@dataclass(frozen=True)
class Word:
    """A stretch of text that poppler found, with its box in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Band:
    """Rows of a page that hold ink without a gap, in millimetres from its upper left corner."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True)
class Rendered:
    """A rendered document."""

    pdf: Path

    @cached_property
    def pages(self) -> list[list[Word]]:
        done = subprocess.run(["pdftotext", "-bbox", str(self.pdf), "-"], capture_output=True, text=True, check=True)
        return [[_word(match) for match in _WORD.finditer(page)] for page in done.stdout.split("<page ")[1:]]

    def bands(self, page: int, *, red: bool = False, until: float = 210) -> list[Band]:
        """The ink of a page, or the red ink alone, from the left edge to so many millimetres."""
        command = ["pdftoppm", "-r", str(_DOTS_PER_INCH), "-f", str(page), "-l", str(page), str(self.pdf)]
        _, size, _, dots = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\n", 3)
        width, height = map(int, size.split())
        kept = min(width, int(until / _MM_PER_DOT))
        rows = [dots[3 * width * row : 3 * (width * row + kept)] for row in range(height)]
        inked = [bool(edges := _dark(row)) and (not red or row[3 * edges[0]] > 200) for row in rows]
        found = []
        for start in (row for row in range(1, height) if inked[row] and not inked[row - 1]):
            end = next(row for row in range(start, height) if not inked[row])
            dark = [place for row in rows[start:end] for place in _dark(row)]
            found.append(Band(*(edge * _MM_PER_DOT for edge in (start, end, min(dark), max(dark) + 1))))
        return found


def _dark(row: bytes) -> list[int]:
    """The first and the last dot of a row that is not white; a red dot is dark in green."""
    if min(row[1::3]) >= 128:
        return []
    inked = [place for place, level in enumerate(row[1::3]) if level < 128]
    return [inked[0], inked[-1]]


def _word(match: re.Match[str]) -> Word:
    left, top, right, bottom = (float(match[place]) for place in range(1, 5))
    return Word(left, top, right, bottom, match[5])


def issued(text: Notice, profile: Profile) -> bytes:
    dispatch = None if profile.form is Form.MANUSCRIPT else DISPATCH
    return compose(text, build_template(profile), profile, dispatch)


def short(lines: int) -> Notice:
    """A notice whose body has so many lines, each a paragraph."""
    return Notice(
        (
            paragraph(Role.NUMBER, "某政服发〔2021〕12号"),
            paragraph(Role.TITLE, "关于检查情况的通报"),
            paragraph(Role.ADDRESSEE, "各区人民政府："),
            *(paragraph(Role.BODY, "汉字排版测量试验" * 3) for _ in range(lines)),
            paragraph(Role.SIGNATURE, "某某市政务服务管理局"),
            paragraph(Role.DATE, "2021年11月5日"),
        )
    )


def documents() -> Iterator[tuple[str, bytes]]:
    full = Notice((paragraph(Role.BODY, "汉字排版测量" * 450),))
    figures = "".join(f"{'汉' * (place % 9)}合格率{place % 10 + 90}.{place % 7}%" for place in range(300))
    turned = notice()
    turned = replace(turned, annexes=tuple(replace(annex, landscape=True) for annex in turned.annexes[:1] * 2))
    for name, profile in _PROFILES.items():
        yield f"full {name}", issued(full, profile)
    for profile in (MANUSCRIPT, FILE, LETTER):
        yield f"notice {profile.name}", issued(notice(), profile)
    yield "figures", issued(Notice((paragraph(Role.BODY, figures),)), MANUSCRIPT)
    yield "turned", issued(turned, FILE)
    yield "secret", compose(notice(), build_template(FILE), FILE, _SECRET)
    for lines in _LENGTHS:
        yield f"short {lines}", issued(short(lines), FILE)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    if not _HAS_OFFICE:
        assert not os.environ.get("CI"), "soffice and pdftotext are needed in CI"
        pytest.skip("soffice or pdftotext is missing")
    folder = tmp_path_factory.mktemp("rendered")
    named = dict(documents())
    for name, pdf in zip(named, render_pdfs(list(named.values()), folder), strict=True):
        (folder / f"{name}.pdf").write_bytes(pdf)
    return {name: Rendered(folder / f"{name}.pdf") for name in named}


def lower_edge(profile: Profile) -> float:
    return (profile.page.height_twips - profile.page.bottom_twips) / _TWIPS_PER_POINT


def lines(page: list[Word], profile: Profile = MANUSCRIPT) -> list[list[Word]]:
    """The words of the type area by line."""
    area = [word for word in page if word.top < lower_edge(profile)]
    tops = sorted({round(word.top) for word in area})
    return [[word for word in area if round(word.top) == top] for top in tops]


@pytest.mark.slow
@pytest.mark.parametrize("profile", _PROFILES.values(), ids=list(_PROFILES))
def test_a_full_page_has_its_lines_and_characters(rendered: dict[str, Rendered], profile: Profile) -> None:
    second, third = rendered[f"full {profile.name}"].pages[1:3]
    assert [sum(len(word.text) for word in line) for line in lines(second, profile)] == [
        profile.text.characters
    ] * profile.text.lines
    left = profile.page.left_twips / _TWIPS_PER_POINT
    right = (profile.page.width_twips - profile.page.right_twips) / _TWIPS_PER_POINT
    for line in lines(second, profile):
        assert abs(min(word.left for word in line) - left) < 1
        assert right - 2 < max(word.right for word in line) < right + 1
    tops = [line[0].top for line in lines(second, profile)]
    assert max(abs(b - a - profile.text.line_twips / _TWIPS_PER_POINT) for a, b in pairwise(tops)) < 0.2
    assert lines(third, profile)


@pytest.mark.slow
@pytest.mark.parametrize("profile", [MANUSCRIPT, FILE, LETTER], ids=str)
def test_page_numbers_stand_outside(rendered: dict[str, Rendered], profile: Profile) -> None:
    found = rendered[f"notice {profile.name}"].pages
    assert len(found) > 3
    em = profile.text.page_number_half_points / 2
    for number, page in enumerate(found, start=1):
        footer = [word for word in page if word.top > lower_edge(profile)]
        if number == 1 and profile is LETTER:
            assert not footer
            continue
        assert "".join(word.text for word in footer) == f"—{number}—"
        if number % 2:
            edge = (profile.page.width_twips - profile.page.right_twips) / _TWIPS_PER_POINT
            assert abs(max(word.right for word in footer) + em - edge) < 1
        else:
            assert abs(min(word.left for word in footer) - em - profile.page.left_twips / _TWIPS_PER_POINT) < 1


@pytest.mark.slow
@pytest.mark.parametrize("profile", [MANUSCRIPT, FILE, LETTER], ids=str)
def test_the_dash_of_a_page_number_is_7_mm_below_the_type_area(rendered: dict[str, Rendered], profile: Profile) -> None:
    left = profile.page.left_twips + profile.text.page_number_half_points * 10
    dash = rendered[f"notice {profile.name}"].bands(2, until=left / 56.7 + 3)[-1]
    assert dash.bottom - dash.top < 0.3
    assert abs(dash.top - (262 + 7)) < 0.3


@pytest.mark.slow
def test_page_numbers_of_turned_pages_stay_where_the_upright_ones_are(rendered: dict[str, Rendered]) -> None:
    pages = rendered["turned"].pages
    wide = [
        (number, [word for word in page if word.right < MANUSCRIPT.page.bottom_twips / _TWIPS_PER_POINT])
        for number, page in enumerate(pages, start=1)
        if any(word.right > MANUSCRIPT.page.width_twips / _TWIPS_PER_POINT for word in page)
    ]
    assert len({number % 2 for number, _ in wide}) == 2
    for number, words in wide:
        assert sorted("".join(word.text for word in words)) == sorted(f"—{number}—")
        middle = sum(word.top + word.bottom for word in words) / (2 * len(words))
        assert middle > 400 if number % 2 else middle < 200  # the page is 595 points high


@pytest.mark.slow
def test_numbers_are_not_broken_at_the_end_of_a_line(rendered: dict[str, Rendered]) -> None:
    ends = [line[-1].text for page in rendered["figures"].pages for line in lines(page)]
    starts = [line[0].text for page in rendered["figures"].pages for line in lines(page)]
    assert len(starts) > 60
    assert not [each for each in ends if each.endswith(".")]
    assert not [each for each in starts if each.startswith((".", "%"))]


@pytest.mark.slow
def test_table_headings_are_repeated_on_every_page(rendered: dict[str, Rendered]) -> None:
    found = rendered["notice 正文稿"].pages
    with_rows = [page for page in found if any(word.text.startswith("某某市发展和改革") for word in page)]
    assert len(with_rows) == 3
    assert all(any(word.text == "主办单位" for word in page) for page in with_rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["notice 文件格式", "secret"])
def test_the_red_head_of_a_file_lies_where_the_standard_puts_it(rendered: dict[str, Rendered], name: str) -> None:
    mark, rule = rendered[name].bands(1, red=True)
    assert abs(mark.top - (37 + 35)) < 0.5
    number = next(band for band in rendered[name].bands(1) if band.top > mark.bottom)
    assert abs(rule.top - number.bottom - 4) < 0.5
    assert abs(rule.left - 28) < 0.3 and abs(rule.right - 184) < 0.3  # the width of the type area
    title = next(band for band in rendered[name].bands(1) if band.top > rule.bottom)
    assert 20 < title.top - rule.bottom < 26  # two lines, and what stands above the face in a line of 34 points
    assert len(rendered[name].bands(1)) > 10  # the text begins on the first page


@pytest.mark.slow
def test_the_double_lines_of_a_letter_lie_where_the_standard_puts_them(rendered: dict[str, Rendered]) -> None:
    mark, thick, thin, low_thin, low_thick = rendered["notice 信函格式"].bands(1, red=True)
    assert abs(mark.top - 30) < 0.5
    assert abs(thick.top - mark.bottom - 4) < 0.5
    assert abs(low_thick.bottom - (297 - 20)) < 0.3
    assert thick.bottom - thick.top > 2 * (thin.bottom - thin.top)
    assert low_thick.bottom - low_thick.top > 2 * (low_thin.bottom - low_thin.top)
    assert thin.top - thick.bottom < 1 and low_thick.top - low_thin.bottom < 1
    for line in (thick, thin, low_thin, low_thick):
        assert abs(line.left - 20) < 0.3 and abs(line.right - 190) < 0.3  # 170 mm, centred on the sheet
    number = next(band for band in rendered["notice 信函格式"].bands(1) if band.top > thin.bottom)
    assert abs(number.top - thin.bottom - 16 * 0.3528 * 7 / 8) < 0.5
    assert len(rendered["notice 信函格式"].bands(2, red=True)) == 0


@pytest.mark.slow
@pytest.mark.parametrize("lines_of_body", [1, 3, 30, 66, 132])
def test_the_last_line_of_the_imprint_is_the_edge_of_the_type_area(
    rendered: dict[str, Rendered], lines_of_body: int
) -> None:
    document = rendered[f"short {lines_of_body}"]
    ruled = [band for band in document.bands(len(document.pages)) if band.right - band.left > 155.5]
    first, middle, last = ruled[-3:]
    assert abs(last.bottom - 262) < 0.3
    assert first.bottom - first.top > middle.bottom - middle.top
    assert all(abs(line.left - 28) < 0.3 and abs(line.right - 184) < 0.3 for line in ruled[-3:])


@pytest.mark.slow
def test_the_imprint_ends_the_last_page_whatever_the_length_of_the_text(rendered: dict[str, Rendered]) -> None:
    lengths, fillings = set(), set()
    for count in _LENGTHS:
        pages = rendered[f"short {count}"].pages
        printed = [[word for word in page if word.text.endswith("印发")] for page in pages]
        assert [len(words) for words in printed] == [0] * (len(pages) - 1) + [1]
        assert 0 < lower_edge(FILE) - printed[-1][0].bottom < 8
        copied = next(word for word in pages[-1] if word.text.startswith("抄送"))
        text = [[word for word in page if word.top < lower_edge(FILE)] for page in pages]
        text[-1] = [word for word in text[-1] if word.top < copied.top - 1]
        assert all(word.bottom <= copied.top for word in text[-1])
        # The date stands on the last page with text, and never without text: no 此页无正文
        closing = max(number for number, words in enumerate(text) if words)
        assert any(word.text.endswith("5日") for word in text[closing]) or "日" in text[closing][-1].text
        assert any(word.text.startswith("汉字") for word in text[closing])
        assert any(word.text.startswith("汉字") for word in text[0])
        assert closing >= len(pages) - 2
        lengths.add(closing + 1)
        top = FILE.page.top_twips / _TWIPS_PER_POINT
        if closing:
            fillings.add(round((max(word.bottom for word in text[closing]) - top) / 28.95 + 0.3))
    assert set(range(1, 7)) <= lengths
    assert set(range(16, 23)) <= fillings


@pytest.mark.slow
def test_a_proof_has_pictures_and_leaves_nothing_of_the_last(template: bytes, tmp_path: Path) -> None:
    if not _HAS_OFFICE:
        pytest.skip("soffice or pdftotext is missing")
    long, brief = compose(notice(), template), compose(short(1), template)
    write_proof(long, tmp_path)
    proof = write_proof(brief, tmp_path)
    assert proof.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bulletin.pdf", "page-1.png", "pages"]


def test_without_libreoffice_the_message_is_plain(
    template: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "bulletin.pdf").write_bytes(b"an old proof")
    with pytest.raises(DocumentError, match="没有 LibreOffice"):
        write_proof(template, tmp_path)
    assert not (tmp_path / "bulletin.pdf").exists()


def test_every_declared_font_has_a_substitute() -> None:
    names = {name for fonts in FONT_SETS.values() for name in fonts.names}
    assert set(SUBSTITUTES) == names
    assert all(name in font_configuration() for name in names)
