"""Reading a .docx back, whoever saved it (读回).

What lives here: one walker over the XML of the body. What must not: headers, footers, comments, judging what was read.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.document.package import read_parts
from pipeline.document.xml import Element, W, parse
from pipeline.errors import DocumentError

_MAIN = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _CELL, _TEXT = (f"{{{W}}}{name}" for name in ("p", "tbl", "tc", "t"))
_SIGNS = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n", f"{{{W}}}cr": "\n", f"{{{W}}}noBreakHyphen": "-"}
_GONE = {f"{{{W}}}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr")} | {
    _FALLBACK
}


def read_docx(data: bytes) -> list[str]:
    """Paragraphs and table cells of the body, in order (读回文字).

    An empty paragraph is left out, an empty cell is an empty text, paragraphs of one cell are joined by a line break.
    Text inside insertions, content controls, smart tags and fields counts; deleted text does not.
    """
    parts = read_parts(data)
    if _MAIN not in parts:
        raise DocumentError("package", "文件不是 .docx 文档：缺少正文。", "请用 Word 或 WPS 打开后另存为 .docx。")
    return list(_entries(parse(parts[_MAIN])))


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
