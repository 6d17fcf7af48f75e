"""Files of other programs as text and tables (其他格式的读取): .doc, .wps, .odt, .rtf by LibreOffice, .pdf by poppler.

What lives here: calling them, and lines and tables from where words stand on a page. What must not: judging what was read.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.document.proof import convert
from pipeline.document.reading import Content, read_content
from pipeline.document.xml import Element, parse
from pipeline.errors import DocumentError

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SECONDS = 60
_FIRST_HEADING = "序号"
_LINES_BELOW = 2.5  # a row stands at most so many of its own heights below the row before it


def read_old_document(name: str, data: bytes, folder: Path) -> Content:
    """A .doc, .wps, .odt or .rtf by way of LibreOffice (旧格式文档). Raises ``DocumentError`` when LibreOffice is absent or fails."""
    [docx] = convert({f"edited{Path(name).suffix.lower()}": data}, "docx", folder)
    return read_content(docx)


@dataclass(frozen=True)
class _Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read_pdf(data: bytes, folder: Path) -> Content:
    """A .pdf with a text layer (带文字的 PDF): lines as they stand on the pages, tables that begin with 序号.

    Raises ``DocumentError`` when poppler is absent, or the file has no text.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise DocumentError(
            "no_poppler", "这台机器没有 poppler，不能读取 PDF。", "请用 Word、WPS 另存为 .docx，或者安装 poppler。"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="pdf-", dir=folder.resolve()) as name:
        source = Path(name) / "edited.pdf"
        source.write_bytes(data)
        try:
            told = subprocess.run(  # noqa: S603
                [program, "-bbox", str(source), "-"], check=True, capture_output=True, timeout=_SECONDS
            ).stdout
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentError("pdf", "文件不是完好的 PDF，或者设有密码。", "请另存为 .docx 后再核对。") from error
    lines: list[str] = []
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for page in parse(told).iter(f"{_XHTML}page"):
        _read_page(_lines(page), lines, tables)
    if not any(map(str.strip, lines)):
        raise DocumentError(
            "pdf_scanned", "PDF 中没有文字，可能是扫描件。", "请提供原来的文档，或者另存为 .docx 后再核对。"
        )
    whole = tuple((headings, *rows) for headings, rows in tables.items())
    return Content(("\n".join(lines),), whole, 0, 0)


def _lines(page: Element) -> list[list[_Word]]:
    """The words of a page by lines, from top to bottom and from left to right."""
    words = sorted(
        (_Word(node.text or "", *(float(node.get(key)) for key in ("xMin", "yMin", "xMax", "yMax")))
         for node in page.iter(f"{_XHTML}word")),
        key=lambda word: word.middle,
    )  # fmt: skip
    lines: list[list[_Word]] = []
    for word in words:
        if lines and word.middle - lines[-1][0].middle < (word.bottom - word.top) / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _read_page(
    page: Sequence[list[_Word]], lines: list[str], tables: dict[tuple[str, ...], list[tuple[str, ...]]]
) -> None:
    at = 0
    while at < len(page):
        head = page[at]
        at += 1
        if head[0].text != _FIRST_HEADING:
            lines.append(" ".join(word.text for word in head))
            continue
        rows, taken = _table(head, page[at:])
        at += taken
        tables.setdefault(tuple(word.text for word in head), []).extend(rows)


def _table(head: Sequence[_Word], below: Sequence[list[_Word]]) -> tuple[list[tuple[str, ...]], int]:
    """The rows below a line of headings, and how many lines they take."""
    height = head[0].bottom - head[0].top
    anchors: list[_Word] = []
    last = head[0]
    for line in below:
        first = line[0]
        if (
            first.text.isdigit()
            and first.left < head[0].right
            and first.middle - last.middle < 2 * _LINES_BELOW * height
        ):
            last = first
            anchors.append(first)
    inside = [line for line in below if line[0].middle < last.middle + height]
    words = [word for line in inside for word in line]
    extents = _extents(head, words)
    cells = [["" for _ in head] for _ in anchors]
    for word in words if anchors else []:
        row = min(range(len(anchors)), key=lambda place: abs(anchors[place].middle - word.middle))
        cells[row][max(range(len(head)), key=lambda place: _overlap(extents[place], word))] += word.text
    return [tuple(row) for row in cells], len(inside)


def _extents(head: Sequence[_Word], words: Sequence[_Word]) -> list[tuple[float, float]]:
    """From where to where each column goes (栏宽): its heading, and the words that stand below no other heading."""
    extents = [(heading.left, heading.right) for heading in head]
    for word in words:
        above = [place for place, heading in enumerate(head) if _overlap((heading.left, heading.right), word) > 0]
        if len(above) == 1:
            left, right = extents[above[0]]
            extents[above[0]] = min(left, word.left), max(right, word.right)
    return extents


def _overlap(extent: tuple[float, float], word: _Word) -> float:
    """How much of a word lies in a column; below 0, how far it lies from it."""
    return min(extent[1], word.right) - max(extent[0], word.left)
