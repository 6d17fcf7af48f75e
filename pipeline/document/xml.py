"""WordprocessingML elements (XML 元素): how they are made and written, and which text they can hold.

What lives here: one constructor for elements, runs and fields, and the serialiser. What must not: sizes, styles, roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree

from pipeline.errors import DocumentError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": W, "r": R}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Element = Any  # lxml publishes no types


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of WordprocessingML with its attributes and children (元素).

    >>> write(element("spacing", line=579, lineRule="exact")).splitlines()[-1].decode().partition(" xmlns")[0]
    '<w:spacing'
    """
    node = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        node.set(f"{{{W}}}{name}", str(value))
    node.extend(children)
    return node


def text(content: str, tag: str = "t") -> Element:
    """A text element (文字). Raises ``DocumentError`` for characters that no document can hold or print."""
    if found := _UNPRINTABLE.search(content):
        place = content[max(found.start() - 10, 0) : found.end() + 10]
        shown = _UNPRINTABLE.sub("□", place)
        raise DocumentError(
            "character", f"文字中有不可印刷的控制字符：“{shown}”。", "请在原始表或季度信息中删去该字符。"
        )
    node = element(tag)
    node.text = content
    node.set(_SPACE, "preserve")
    return node


def run(*content: Element, style: str = "") -> Element:
    """A run (文字块). The hint makes “”—… take the Chinese glyph."""
    made = deepcopy(_styled_run(style))
    made.extend(content)
    return made


@cache
def _styled_run(style: str) -> Element:
    styled = (element("rStyle", val=style),) if style else ()
    return element("r", element("rPr", *styled, element("rFonts", hint="eastAsia")))


def paragraph(style: str, content: Iterable[Element] = (), *layout: Element) -> Element:
    """A paragraph in a style, with layout of its own where the text demands it (段落)."""
    return element("p", element("pPr", element("pStyle", val=style), *layout), *content)


def field(instruction: str, shown: str) -> tuple[Element, ...]:
    """The runs of a complete field (域): begin, instruction, separate, result, end."""
    return (
        run(element("fldChar", fldCharType="begin")),
        run(text(f" {instruction} ", "instrText")),
        run(element("fldChar", fldCharType="separate")),
        run(text(shown)),
        run(element("fldChar", fldCharType="end")),
    )


def parse(data: bytes) -> Element:
    """A part's XML, with entities and network refused (解析). Raises ``DocumentError``."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise DocumentError("part", f"文档内部文件损坏：{error}", "请重新生成文档。") from error
    return root


def write(node: Element) -> bytes:
    """An element as the bytes of a part (序列化)."""
    data: bytes = etree.tostring(node, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
