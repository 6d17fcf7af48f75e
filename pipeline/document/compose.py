"""Blocks to the official document (排版): every role in its style, every annex on its page.

What lives here: layout that depends on the text: lines of the title, indents of attachments, signature and date,
sections. What must not: declared numbers (`geometry.py`), styles (`styles.py`), wording. The ids of figures stay in the
blocks: nothing in the file carries them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest

from docx import Document

from pipeline.bulletin.blocks import Annex, Dispatch, Face, Notice, Paragraph, Report, Role, Span, Table
from pipeline.document.base import build_template, section
from pipeline.document.dispatch import head, imprint, mark
from pipeline.document.geometry import MANUSCRIPT, Form, PageGeometry, Profile
from pipeline.document.package import CORE, MAIN, canonical, core_properties, read_parts, write_parts
from pipeline.document.styles import Style
from pipeline.document.tables import table_xml
from pipeline.document.text import Attachment, annex_label, annotation, attachments
from pipeline.document.title import shape_title
from pipeline.document.xml import Element, element, paragraph, run, text, write
from pipeline.errors import DocumentError

_STYLES = {
    Role.NUMBER: Style.NUMBER,
    Role.ADDRESSEE: Style.ADDRESSEE,
    Role.BODY: Style.BODY,
    Role.HEADING: Style.HEADING,
    Role.REMARK: Style.REMARK,
    Role.DRAFT: Style.DRAFT,
}
_TABLE_GAP = 100  # twips between running text and a table in it
_FACES = {Face.BODY: "", Face.LEVEL2: Style.LEVEL2, Face.LEVEL3: Style.LEVEL3}


def compose(notice: Notice, template: bytes, profile: Profile = MANUSCRIPT, dispatch: Dispatch | None = None) -> bytes:
    """The notice as an official document (公文 .docx); the same blocks give the same bytes.

    ``dispatch`` is what an issued document carries besides (版头、附注、版记); a manuscript has none. ``template`` is the
    base document of the profile. Raises ``DocumentError`` for text that cannot be printed and for tables wider than the
    type area.
    """
    if (dispatch is None) is not (profile.form is Form.MANUSCRIPT):
        raise DocumentError(
            "dispatch", f"{profile.name}的印发要素（发文机关标志等）不符。", "文件和信函须有，正文稿没有。"
        )
    document = Document(BytesIO(template))
    if dispatch and profile.form is Form.LETTER:
        place = document.sections[0].first_page_header.paragraphs[0]._p
        place.getparent().replace(place, mark(dispatch, profile))
    if dispatch:
        notice = replace(notice, paragraphs=(*notice.paragraphs, *annotation(dispatch)))
    body = document.element.body
    body.clear()
    body.extend(_Composer(notice, profile, dispatch).content())
    stream = BytesIO()
    document.save(stream)
    issuers = (paragraph.text for paragraph in notice.paragraphs if paragraph.role is Role.SIGNATURE)
    titles = (paragraph.text for paragraph in notice.paragraphs if paragraph.role is Role.TITLE)
    return canonical(stream.getvalue(), title=next(titles, ""), creator=next(issuers, ""))


class Typesetter:
    """Writes reports of one profile (带表文稿的排版): whatever does not change from one to the next is made once."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._parts = profile, read_parts(build_template(profile))

    def write(self, report: Report) -> bytes:
        """A report as a document (.docx); the same report gives the same bytes.

        Raises ``DocumentError`` for text that cannot be printed and for tables wider than the type area.
        """
        paragraphs = tuple(item for item in report.content if isinstance(item, Paragraph))
        content = _Composer(Notice(paragraphs), self._profile, None).flow(report.content)
        body = element("body", *content, section(self._profile, self._profile.page, first=True))
        texts = {item.role: item.text for item in paragraphs}
        core = core_properties(texts.get(Role.TITLE, ""), texts.get(Role.SIGNATURE, ""))
        return write_parts({**self._parts, MAIN: write(element("document", body)), CORE: core})


class _Composer:
    def __init__(self, notice: Notice, profile: Profile, dispatch: Dispatch | None) -> None:
        self._notice, self._profile, self._dispatch = notice, profile, dispatch
        self._sealed = dispatch is not None and dispatch.sealed

    def content(self) -> list[Element]:
        """Everything in the body, section properties included."""
        upright = self._profile.page
        parts = [(upright, list(self._paragraphs()))]
        for annex in self._notice.annexes:
            page = upright.rotated() if annex.landscape else upright
            parts.append((page, list(self._annex(annex, page))))
        if self._dispatch and (table := list(imprint(self._dispatch, self._profile))):
            start = [paragraph(Style.TABLE_END)] if parts[-1][0] != upright else []  # LibreOffice binds the table to it
            parts.append((upright, [*start, *table, paragraph(Style.TABLE_END)]))
        content, current, first = list[Element](), upright, True
        for page, elements in parts:
            if page != current:
                if not content:
                    content.append(paragraph(Style.TABLE_END))
                # the section ends in the properties of its last paragraph
                content[-1][0].append(section(self._profile, current, first=first))
                current, first = page, False
            content.extend(elements)
        return [*content, section(self._profile, current, first=first)]

    def _paragraphs(self) -> Iterator[Element]:
        if self._dispatch:
            numbers = (item.spans for item in self._notice.paragraphs if item.role is Role.NUMBER)
            yield from head(self._dispatch, list(_runs(next(numbers, ()))), self._profile)
        yield from self.flow(self._notice.paragraphs)

    def flow(self, content: Sequence[Paragraph | Table]) -> Iterator[Element]:
        """Paragraphs and tables in their order (顺排)."""
        entries = attachments(self._notice.paragraphs)
        for item, after in zip_longest(content, content[1:]):
            if isinstance(item, Table):
                yield table_xml(item, self._profile.table, self._profile.page.text_width_twips)
                yield paragraph(Style.TABLE_END, (), element("spacing", after=_TABLE_GAP))
                continue
            # What stands before the signature stays with it: no page holds a signature alone (避免“此页无正文”).
            # What leads to a table stands above it.
            led = isinstance(after, Table) or (after is not None and after.role is Role.SIGNATURE)
            keep = [element("keepNext")] if led else []
            if isinstance(after, Table):
                keep.append(element("spacing", after=_TABLE_GAP))
            match item.role:
                case Role.NUMBER if self._dispatch:
                    continue  # it stands in the head
                case Role.TITLE:
                    yield self._title([span.text for span in item.spans], Style.TITLE, self._profile.page)
                case Role.ATTACHMENT:
                    yield self._attachment(next(entries), *keep)
                case Role.SIGNATURE:
                    style = Style.SIGNATURE_SEALED if self._sealed else Style.SIGNATURE
                    yield paragraph(style, _runs(item.spans), element("ind", right=self._closing()[0]))
                case Role.DATE:
                    yield paragraph(Style.DATE, _runs(item.spans), element("ind", right=self._closing()[1]))
                case _:
                    yield _running(item, *keep)

    def _title(self, words: Sequence[str], style: Style, page: PageGeometry) -> Element:
        capacity = page.text_width_twips // (self._profile.text.title_half_points * 10) - 1
        first, *rest = shape_title(words, capacity)
        lines = [run(text(first)), *(run(element("br"), text(line)) for line in rest)]
        return paragraph(style, lines)

    def _attachment(self, entry: Attachment, *keep: Element) -> Element:
        """An entry of the list of attachments: names stand under names, wrapped lines too (附件说明)."""
        measure, em = self._profile.text.width_twips, self._profile.text.em_twips
        lead = next(attachments(self._notice.paragraphs)).lead
        widest = max(measure(each.number) for each in attachments(self._notice.paragraphs))
        number = widest + em // 2 if entry.number else 0
        name = 2 * em + measure(lead) + number
        indent = element("ind", left=name, hanging=number + (measure(lead) if entry.lead else 0))
        signs = [text(f"{entry.lead}{entry.number}"), element("tab")] if entry.number else [text(entry.lead)]
        style = Style.ATTACHMENT if entry.lead else Style.ATTACHMENT_NEXT
        return paragraph(style, [run(*signs), run(text(entry.name))], *keep, indent)

    def _closing(self) -> tuple[int, int]:
        """Right indents of signature and date (署名与成文日期). Source: GB/T 9704-2012, clause 7.3.5."""
        em = self._profile.text.em_twips
        name, date = (self._width(role) for role in (Role.SIGNATURE, Role.DATE))
        if self._sealed:  # the date four characters from the edge, the name centred over it
            return max(4 * em + (date - name) // 2, 0), 4 * em
        if date > name:  # the date two characters from the edge, the name two characters left of the date's start
            return 4 * em + date - name, 2 * em
        return 2 * em, name - date

    def _width(self, role: Role) -> int:
        widths = (self._profile.text.width_twips(each.text) for each in self._notice.paragraphs if each.role is role)
        return min(next(widths, 0), self._profile.page.text_width_twips - 2 * self._profile.text.em_twips)

    def _annex(self, annex: Annex, page: PageGeometry) -> Iterator[Element]:
        yield paragraph(Style.ANNEX_LABEL, [run(text(annex_label(self._notice, annex)))])
        yield self._title(annex.words, Style.ANNEX_TITLE, page)
        yield from (_running(lead) for lead in annex.lead)
        yield table_xml(annex.table, self._profile.table, page.text_width_twips)
        yield paragraph(Style.TABLE_END)  # Word wants a paragraph after a table


def _running(block: Paragraph, *layout: Element) -> Element:
    """A paragraph of running text."""
    return paragraph(_STYLES.get(block.role, Style.BODY), _runs(block.spans), *layout)


def _runs(spans: Iterable[Span]) -> Iterator[Element]:
    return (run(text(span.text), style=_FACES[span.face]) for span in spans if span.text)
