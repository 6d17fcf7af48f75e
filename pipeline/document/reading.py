"""Reading a .docx back, whoever saved it (读回).

What lives here: one walker over the XML of the body. What must not: headers, footers, comments, judging what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

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
_INSERTED, _DELETED = [f"{{{W}}}ins", f"{{{W}}}moveTo"], [f"{{{W}}}del", f"{{{W}}}moveFrom"]


@dataclass(frozen=True)
class Content:
    """What a document says with its tracked changes accepted (文字与表格), and how many of them there are."""

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    insertions: int
    deletions: int


def read_docx(data: bytes) -> list[str]:
    """Paragraphs and table cells of the body, in order (读回文字).

    An empty paragraph is left out, an empty cell is an empty text, paragraphs of one cell are joined by a line break.
    Text inside insertions, content controls, smart tags and fields counts; deleted text does not.
    """
    return list(_entries(_main(data)))


def read_content(data: bytes) -> Content:
    """Paragraphs and tables of the body, each in order (读回文字与表格), as they are once every tracked change is accepted.

    Raises ``DocumentError`` when it is no document.
    """
    root = _main(data)
    inserted, deleted = (sum(1 for _ in root.iter(*tags)) for tags in (_INSERTED, _DELETED))
    paragraphs: list[str] = []
    open_end = False  # the mark of the paragraph before is deleted
    for node in _blocks(root, _PARAGRAPH):
        shown = "".join(_text(node))
        if open_end:
            paragraphs[-1] += shown
        elif shown:
            paragraphs.append(shown)
        open_end = bool(paragraphs) and node.find(_MARK_GONE) is not None
    tables = (
        tuple(
            tuple("\n".join(_entries(cell)) for cell in _blocks(row, _CELL))
            for row in _blocks(table, _ROW)
            if row.find(_ROW_GONE) is None
        )
        for table in _blocks(root, _TABLE)
    )
    return Content(tuple(paragraphs), tuple(tables), inserted, deleted)


def _main(data: bytes) -> Element:
    parts = read_parts(data)
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
