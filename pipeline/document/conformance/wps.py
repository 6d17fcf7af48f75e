"""Checks of what WPS and older programs cannot show (在 WPS 中打开). What must not live here: the form of a document."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.document.conformance.formatting import child, number, value
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Table
from pipeline.document.xml import Element, W

_WATERMARK = ("PowerPlusWaterMark", "WaterMarkObject", "watermark", "水印")


def _margins(subject: Subject, *names: str) -> Iterator[tuple[str, Element]]:
    """The roots of headers and footers, whichever of the two are named."""
    for name, root in subject.source.roots.items():
        if any(name.startswith(f"word/{kind}") for kind in names):
            yield name, root


@check("", "表格的列宽", Weight.HARD)
def table_grid(subject: Subject) -> Iterator[Measure]:
    """Every table declares the width of every column; without them it collapses."""
    for table in (block for block in subject.source.flow if isinstance(block, Table)):
        columns = child(table.node, "tblGrid")
        widths = [] if columns is None else [number(value(each, "w")) for each in columns.findall(f"{{{W}}}gridCol")]
        cells = max((_columns(row) for row in table.node.iter(f"{{{W}}}tr")), default=0)
        declared = sum(width > 0 for width in widths)
        yield Measure(declared >= cells, f"{declared}列有宽度", f"{cells}列都有宽度", table.place)


def _columns(row: Element) -> int:
    spans = (number(value(child(cell, "tcPr", "gridSpan"), default="1")) for cell in row.findall(f"{{{W}}}tc"))
    return sum(spans)


@check("", "文本框", Weight.HARD)
def text_boxes(subject: Subject) -> Iterator[Measure]:
    """No text in boxes, which may show blank; WPS's own page numbers in a footer are let pass."""
    roots = [("正文", subject.source.body), *_margins(subject, "header")]
    count = sum(1 for _, root in roots if root is not None for _ in root.iter(f"{{{W}}}txbxContent"))
    yield Measure(count == 0, f"{count}个文本框" if count else "没有文本框", "没有文本框")


@check("", "页码域", Weight.HARD)
def page_fields(subject: Subject) -> Iterator[Measure]:
    """A field has its beginning, instruction, separator, result and end."""
    for _, root in _margins(subject, "footer", "header"):
        for paragraph in root.iter(f"{{{W}}}p"):
            kinds = [value(each, "fldCharType") for each in paragraph.iter(f"{{{W}}}fldChar")]
            if kinds:
                whole = kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
                asked = any((each.text or "").strip() for each in paragraph.iter(f"{{{W}}}instrText"))
                shown = "完整" if whole and asked else "缺少起止标记、指令或结果"
                yield Measure(whole and asked, shown, "完整的域", "页脚")


@check("", "水印", Weight.HARD)
def watermarks(subject: Subject) -> Iterator[Measure]:
    """No watermark, which some editions of WPS drop."""
    named = (
        shown
        for _, root in _margins(subject, "header", "footer")
        for node in root.iter(etree.Element)
        if not str(node.tag).startswith(f"{{{W}}}")
        for shown in node.attrib.values()
    )
    found = any(mark in shown for shown in named for mark in _WATERMARK)
    yield Measure(not found, "有水印" if found else "没有水印", "没有水印")


CHECKS = (table_grid, text_boxes, page_fields, watermarks)
