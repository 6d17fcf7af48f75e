"""An edited file as text and tables, whoever saved it (读取改后稿).

What lives here: which kinds of files are read, text of .txt and .html. What must not: Word packages, verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from pipeline.document.foreign import read_old_document, read_pdf
from pipeline.document.reading import Content, read_content
from pipeline.errors import SourceError

Rows = tuple[tuple[str, ...], ...]
_ENCODINGS = ("utf-8-sig", "gb18030")
_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "body",
           "blockquote", "pre", "center", "dl", "dt", "dd", "hr", "main"}  # fmt: skip
_HIDDEN = {"script", "style", "head", "title", "del", "s", "strike", "template", "noscript"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Edited:
    """What an edited file says (改后稿): paragraphs, which may hold line breaks, and tables; tracked changes are accepted.

    What headers and footers say comes last, as paragraphs.
    """

    paragraphs: tuple[str, ...]
    tables: tuple[Rows, ...] = ()
    insertions: int = 0
    deletions: int = 0


def read_edited(path: Path, work: Path) -> Edited:
    """Read an edited file by its kind (读取); ``work`` is a folder for what other programs make of it.

    Raises ``BulletinError`` for one that cannot be read.
    """
    edited = _read(path, work)
    if not any(
        text.strip() for text in (*edited.paragraphs, *(cell for rows in edited.tables for row in rows for cell in row))
    ):
        raise SourceError("edited_empty", f"文件 {path.name} 中没有文字。", "请确认选对了文件，并且已经保存完整。")
    return edited


def _read(path: Path, work: Path) -> Edited:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            "edited_read", f"文件 {path} 无法读取：{error.strerror}。", "请检查文件名称和读取权限，并关闭已打开的文件。"
        ) from error
    match path.suffix.lower():
        case ".docx":
            return _edited(read_content(data))
        case ".doc" | ".wps" | ".odt" | ".rtf":
            return _edited(read_old_document(path.name, data, work))
        case ".pdf":
            return _edited(read_pdf(data, work))
        case ".txt":
            return Edited((_decoded(data),))
        case ".html" | ".htm":
            return _html(data)
    raise SourceError(
        "edited_kind",
        f"不能核对 {path.suffix or path.name} 文件。",
        "可以核对 .docx、.txt、.html、.pdf、.doc、.wps、.odt、.rtf；请另存为 .docx。",
    )


def _edited(content: Content) -> Edited:
    return Edited((*content.paragraphs, *content.margins), content.tables, content.insertions, content.deletions)


def _decoded(data: bytes, *declared: str) -> str:
    """The text of bytes, by their mark, in a declared encoding, UTF-8 or GB18030. Raises ``SourceError``."""
    marked = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ()
    for encoding in (*marked, *declared, *_ENCODINGS):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise SourceError("edited_text", "文件的文字编码无法识别。", "请另存为 UTF-8 编码的文本，或者 .docx。")


def _html(data: bytes) -> Edited:
    declared = _CHARSET.search(data[:2048])
    page = _Page()
    page.feed(_decoded(data, *([declared[1].decode()] if declared else [])))
    page.close()
    return Edited(tuple(page.lines()), tuple(page.tables))


class _Page(HTMLParser):
    """The blocks and tables of a web page (网页文字)."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self._text: list[str] = [""]
        self._rows: list[list[str]] | None = None
        self._cell = False
        self._hidden: list[str] = []

    def lines(self) -> Iterator[str]:
        """The blocks that say something."""
        return (text for text in self._text if text.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append("")
            self._cell = True
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._text.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag == "table" and self._rows is not None:
            self.tables.append(tuple(tuple(row) for row in self._rows if row))
            self._rows, self._cell = None, False
            self._text.append("")
        elif tag in {"td", "th"}:
            self._cell = False
        elif tag in _BLOCKS:
            self._text.append("")

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.splitlines()))

    def _add(self, data: str) -> None:
        if self._hidden:
            return
        if self._cell and self._rows:
            self._rows[-1][-1] += data
        elif self._rows is None:
            self._text[-1] += data
