"""Reading a .docx back, whoever saved it (读回).

What lives here: one walker over the XML of the body, its notes, headers and footers. What must not: comments, judging what was
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.document.conformance.opening import open_parts
from pipeline.document.package import MAIN, read_parts
from pipeline.document.xml import Element, W, parse
from pipeline.errors import DocumentError

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = (f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "t"))
_SIGNS = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n", f"{{{W}}}cr": "\n", f"{{{W}}}noBreakHyphen": "-"}
_GONE = {f"{{{W}}}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr")} | {
    _FALLBACK
}
_MARK_GONE = f"{{{W}}}pPr/{{{W}}}rPr/{{{W}}}del"
_ROW_GONE = f"{{{W}}}trPr/{{{W}}}del"
_NOTES = {"word/footnotes.xml": f"{{{W}}}footnote", "word/endnotes.xml": f"{{{W}}}endnote"}
_NOTE_KIND = f"{{{W}}}type"  # of the lines that part notes from the text
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"[—–-]\s*\d*\s*[—–-]|[第共]\s*\d*\s*页|^\s*\d+\s*(?:/\s*\d+\s*)?$")
_INSERTED, _DELETED = [f"{{{W}}}ins", f"{{{W}}}moveTo"], [f"{{{W}}}del", f"{{{W}}}moveFrom"]


@dataclass(frozen=True)
class Content:
    """What a document says with its tracked changes accepted (文字与表格), and how many of them there are."""

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    insertions: int
    deletions: int
    margins: tuple[str, ...] = ()  # what headers and footers say beside the number of the page


def read_docx(data: bytes) -> list[str]:
    """Paragraphs and table cells of the body, in order (读回文字).

    An empty paragraph is left out, an empty cell is an empty text, paragraphs of one cell are joined by a line break.
    Text inside insertions, content controls, smart tags and fields counts; deleted text does not.
    """
    return list(_entries(_main(read_parts(data))))


def read_content(data: bytes) -> Content:
    """Paragraphs and tables of the body, each in order (读回文字与表格), as they are once every tracked change is accepted.

    Footnotes and endnotes follow the paragraphs of the body. Raises ``DocumentError`` for whatever is no .docx, in words
    that say what it is.
    """
    parts = open_parts(data)
    root = _main(parts)
    inserted, deleted = (sum(1 for _ in root.iter(*tags)) for tags in (_INSERTED, _DELETED))
    paragraphs = _paragraphs(root)
    for note in _notes(parts):
        paragraphs += _paragraphs(note)
    tables = (
        tuple(
            tuple("\n".join(_entries(cell)) for cell in _blocks(row, _CELL))
            for row in _blocks(table, _ROW)
            if row.find(_ROW_GONE) is None
        )
        for table in _blocks(root, _TABLE)
    )
    return Content(tuple(paragraphs), tuple(tables), inserted, deleted, tuple(dict.fromkeys(_margins(parts))))


def _paragraphs(root: Element) -> list[str]:
    """What the paragraphs of a part say; where the mark of a paragraph is deleted, the next goes on in it."""
    told: list[str] = []
    open_end = False
    for node in _blocks(root, _PARAGRAPH):
        shown = "".join(_text(node))
        if open_end:
            told[-1] += shown
        elif shown:
            told.append(shown)
        open_end = bool(told) and node.find(_MARK_GONE) is not None
    return told


def _notes(parts: Mapping[str, bytes]) -> Iterator[Element]:
    for name, tag in _NOTES.items():
        if name in parts:
            yield from (note for note in parse(parts[name]).iter(tag) if note.get(_NOTE_KIND, "normal") == "normal")


def _margins(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(filter(_MARGIN.fullmatch, parts)):
        root = parse(parts[name])
        for told in (*_paragraphs(root), *(cell for table in _blocks(root, _TABLE) for cell in _cells(table))):
            if shown := _PAGE_NUMBER.sub("", told).strip():
                yield shown


def _main(parts: Mapping[str, bytes]) -> Element:
    if MAIN not in parts:
        raise DocumentError("package", "文件不是 .docx 文档：缺少正文。", "请用 Word 或 WPS 打开后另存为 .docx。")
    return parse(parts[MAIN])


def _blocks(node: Element, tag: str) -> Iterator[Element]:
    """Elements of a tag wherever an editor wraps them, but not those inside another block (成块元素)."""
    for child in node.iterchildren(etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag not in {_PARAGRAPH, _TABLE, _ROW, _CELL}:
            yield from _blocks(child, tag)


def _entries(node: Element) -> Iterator[str]:
    for child in node.iterchildren(etree.Element):
        if child.tag == _PARAGRAPH:
            if shown := "".join(_text(child)):
                yield shown
        elif child.tag == _TABLE:
            yield from _cells(child)
        elif child.tag not in _GONE:
            yield from _entries(child)


def _cells(node: Element) -> Iterator[str]:
    for child in node.iterchildren(etree.Element):
        if child.tag == _CELL:
            yield "\n".join(_entries(child))
        elif child.tag not in _GONE:
            yield from _cells(child)


def _text(node: Element) -> Iterator[str]:
    for child in node.iterchildren(etree.Element):
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _GONE:
            yield from _text(child)
