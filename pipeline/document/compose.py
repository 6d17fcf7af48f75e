"""Blocks to an official document (公文成稿).

What lives here: paragraphs and tables as Word XML on the base document's styles; every text is escaped by the XML
library. What must not: numbers of the page (`geometry.py`), styles (`base.py`).
"""

from __future__ import annotations

import io
import re

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from pipeline.bulletin.blocks import Align, Annex, Face, Notice, Paragraph, Role, Span, Table
from pipeline.document.geometry import DRAFT, TWIPS_PER_MM, Profile
from pipeline.document.package import canonical
from pipeline.document.text import annex_label, attachment_lead
from pipeline.document.title import shape_title
from pipeline.errors import DocumentError

_STYLES = {
    Role.NUMBER: "DocumentNumber",
    Role.TITLE: "NoticeTitle",
    Role.ADDRESSEE: "Addressee",
    Role.BODY: "Body",
    Role.HEADING: "Heading1",
    Role.ATTACHMENT: "AttachmentNote",
    Role.SIGNATURE: "Signature",
    Role.DATE: "IssueDate",
    Role.REMARK: "Remark",
    Role.DRAFT: "Remark",
}
_FACES = {Face.LEVEL2: "Level2", Face.LEVEL3: "Level3"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def compose(notice: Notice, template: bytes, profile: Profile = DRAFT) -> bytes:
    """A notice as a .docx, canonical bytes (公文成稿).

    Raises ``DocumentError`` for text that no XML can hold.
    """
    document = Document(io.BytesIO(template))
    _Writer(document, profile).write(notice)
    document.core_properties.title = next((item.text for item in notice.paragraphs if item.role is Role.TITLE), "")
    document.core_properties.author = next((item.text for item in notice.paragraphs if item.role is Role.SIGNATURE), "")
    stream = io.BytesIO()
    document.save(stream)
    return canonical(stream.getvalue())


class _Writer:
    def __init__(self, document: WordDocument, profile: Profile) -> None:
        self._body = document.element.body
        self._profile = profile
        self._attachments = 0

    def write(self, notice: Notice) -> None:
        signature = next((item.text for item in notice.paragraphs if item.role is Role.SIGNATURE), "")
        for paragraph in notice.paragraphs:
            self._append(self._paragraph(paragraph, signature))
        for annex in notice.annexes:
            self._annex(annex)

    def _append(self, element: _Element) -> None:
        self._body.insert(len(self._body) - 1, element)  # before the section's properties

    def _paragraph(self, paragraph: Paragraph, signature: str) -> _Element:
        element = _paragraph(_STYLES[paragraph.role])
        if paragraph.role is Role.TITLE:
            self._title(element, paragraph)
            return element
        if paragraph.role is Role.ATTACHMENT:
            self._attachments += 1
            self._attachment(element, paragraph)
        if paragraph.role is Role.SIGNATURE:
            _spacing(element, self._profile, blank_lines=1 if self._attachments == 0 else 2)
            _indent(element, right=round(2 * self._profile.character_twips))
        if paragraph.role is Role.DATE:
            _indent(element, left=self._date_indent(paragraph.text, signature))
        for span in paragraph.spans:
            element.append(_run(span))
        return element

    def _title(self, element: _Element, paragraph: Paragraph) -> None:
        width = self._profile.text_width_twips // (self._profile.title_half_points * 10) - 1
        for number, line in enumerate(shape_title([span.text for span in paragraph.spans], width)):
            if number:
                element.append(_run(Span(""), line_break=True))
            element.append(_run(Span(line)))

    def _attachment(self, element: _Element, paragraph: Paragraph) -> None:
        """``附件：1.……``: the next ones stand under the number, a wrapped line under the name's first character."""
        pitch = self._profile.character_twips
        number = paragraph.text.partition(".")[0]
        hanging = round(len(number + ".") * pitch / 2)
        first = self._attachments == 1
        if first:
            _spacing(element, self._profile, blank_lines=1)
        _indent(element, left=round(5 * pitch) + hanging, hanging=hanging + (round(3 * pitch) if first else 0))
        if first:
            element.append(_run(Span(attachment_lead(1))))

    def _date_indent(self, date: str, signature: str) -> int:
        """The date begins two characters right of the signature's first; a longer date ends where it must."""
        characters = self._profile.characters_per_line
        name, size = len(signature), sum(0.5 if char.isascii() else 1 for char in date)
        return round(min(characters - name, characters - 2 - size) * self._profile.character_twips)

    def _annex(self, annex: Annex) -> None:
        label, title = _paragraph("AnnexLabel"), _paragraph("AnnexTitle")
        label.append(_run(Span(annex_label(annex))))
        title.append(_run(Span(annex.title)))
        self._append(label)
        self._append(title)
        for paragraph in annex.lead:
            self._append(self._paragraph(paragraph, ""))
        self._append(_table(annex.table, self._profile))


def _element(name: str, **attributes: str) -> _Element:
    element: _Element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _paragraph(style: str) -> _Element:
    paragraph, properties = _element("w:p"), _element("w:pPr")
    properties.append(_element("w:pStyle", val=style))
    paragraph.append(properties)
    return paragraph


def _indent(paragraph: _Element, **twips: int) -> None:
    paragraph[0].append(_element("w:ind", **{side: str(value) for side, value in twips.items()}))


def _spacing(paragraph: _Element, profile: Profile, blank_lines: int) -> None:
    line = str(profile.line_twips)
    before = str(blank_lines * profile.line_twips)
    paragraph[0].append(_element("w:spacing", before=before, line=line, lineRule="exact"))


def _run(span: Span, line_break: bool = False) -> _Element:
    """A run; the hint makes Word take the Chinese glyph of “ ” — …, which both fonts have."""
    run, properties = _element("w:r"), _element("w:rPr")
    if span.face in _FACES:
        properties.append(_element("w:rStyle", val=_FACES[span.face]))
    properties.append(_element("w:rFonts", hint="eastAsia"))
    run.append(properties)
    if line_break:
        run.append(_element("w:br"))
        return run
    illegal = _ILLEGAL.search(span.text)
    if illegal:
        raise DocumentError(
            "illegal_character", f"文字“{span.text[:20]}”含有文档不能容纳的控制字符。", "请在原始表或季度信息中重新录入该处文字。"
        )
    text = _element("w:t")
    text.text = span.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    return run


def _table(table: Table, profile: Profile) -> _Element:
    """A table with declared column widths, a repeated head, and rows that no page splits."""
    widths = [round(column.width * TWIPS_PER_MM / 10) for column in table.columns]
    if sum(widths) > profile.text_width_twips:
        raise DocumentError("table_width", f"表格宽 {sum(widths)}，超出版心 {profile.text_width_twips}。", "请维护人员调整栏宽。")
    element, properties, grid = _element("w:tbl"), _element("w:tblPr"), _element("w:tblGrid")
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    for width in widths:
        grid.append(_element("w:gridCol", w=str(width)))
    element.extend((properties, grid))
    heads = tuple(Span(column.heading) for column in table.columns)
    centred = [Align.CENTER] * len(widths)
    element.append(_row(heads, widths, centred, profile, head=True))
    aligned = [column.align for column in table.columns]
    element.extend(_row(row, widths, aligned, profile, head=False) for row in table.rows)
    return element


def _row(spans: tuple[Span, ...], widths: list[int], aligned: list[Align], profile: Profile, head: bool) -> _Element:
    row, properties = _element("w:tr"), _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    properties.append(_element("w:trHeight", val=str(profile.table_row_twips), hRule="atLeast"))
    if head:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    for span, width, align in zip(spans, widths, aligned, strict=True):
        cell, settings = _element("w:tc"), _element("w:tcPr")
        settings.append(_element("w:tcW", w=str(width), type="dxa"))
        settings.append(_element("w:vAlign", val="center"))
        paragraph = _paragraph("TableHead" if head else "TableText")
        if align is not Align.CENTER:
            paragraph[0].append(_element("w:jc", val=align.value))
        paragraph.append(_run(span))
        cell.extend((settings, paragraph))
        row.append(cell)
    return row
