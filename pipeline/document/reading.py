"""Reading a .docx back (读回): paragraphs and cells in order.

What lives here: one walker over the document's XML, also inside content controls, insertions and fields. What must
not: python-docx's ``paragraph.text``, which passes over those.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from pipeline.errors import DocumentError

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_PASSED_OVER = {qn("w:del"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr")}


def read_docx(data: bytes) -> list[str]:
    """The texts of all paragraphs, those of table cells too, in the order of the document (读回全文).

    Headers and footers are left aside. Raises ``DocumentError`` for bytes that are no .docx.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"), _PARSER)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise DocumentError("not_docx", "文件不是可读取的 .docx 文档。", "请另存为 .docx 后重试。") from error
    return ["".join(_texts(paragraph)) for paragraph in root.iter(qn("w:p"))]


def _texts(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _PASSED_OVER or child.tag == qn("w:p"):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:tab")):
            yield "" if child.tag == qn("w:br") else "\t"
        else:
            yield from _texts(child)
