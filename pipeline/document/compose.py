"""Blocks to the official document (排版): every role in its style, every annex on its page.

What lives here: layout that depends on the text: lines of the title, indents of attachments, signature and date,
sections. What must not: declared numbers (`geometry.py`), styles (`styles.py`), wording. The ids of figures stay in the
blocks: nothing in the file carries them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import zip_longest

from docx import Document

from pipeline.bulletin.blocks import Annex, Face, Notice, Paragraph, Role, Span
from pipeline.document.base import section
from pipeline.document.geometry import MANUSCRIPT, PageGeometry, Profile
from pipeline.document.package import canonical
from pipeline.document.styles import Style
from pipeline.document.tables import table_xml
from pipeline.document.text import Attachment, annex_label, attachments
from pipeline.document.title import shape_title
from pipeline.document.xml import Element, element, run, text

_STYLES = {
    Role.NUMBER: Style.NUMBER,
    Role.ADDRESSEE: Style.ADDRESSEE,
    Role.BODY: Style.BODY,
    Role.HEADING: Style.HEADING,
    Role.REMARK: Style.REMARK,
    Role.DRAFT: Style.DRAFT,
}
_FACES = {Face.BODY: "", Face.LEVEL2: Style.LEVEL2, Face.LEVEL3: Style.LEVEL3}


def compose(notice: Notice, template: bytes, profile: Profile = MANUSCRIPT, *, sealed: bool = False) -> bytes:
    """The notice as an official document (公文 .docx); the same blocks give the same bytes.

    ``sealed`` sets signature and date for a seal (加盖印章). Raises ``DocumentError`` for text that cannot be printed
    and for tables wider than the type area.
    """
    document = Document(BytesIO(template))
    body = document.element.body
    body.clear()
    body.extend(_Composer(notice, profile, sealed).content())
    stream = BytesIO()
    document.save(stream)
    issuers = (paragraph.text for paragraph in notice.paragraphs if paragraph.role is Role.SIGNATURE)
    titles = (paragraph.text for paragraph in notice.paragraphs if paragraph.role is Role.TITLE)
    return canonical(stream.getvalue(), title=next(titles, ""), creator=next(issuers, ""))


class _Composer:
    def __init__(self, notice: Notice, profile: Profile, sealed: bool) -> None:
        self._notice, self._profile, self._sealed = notice, profile, sealed

    def content(self) -> list[Element]:
        """Everything in the body, section properties included."""
        page = self._profile.page
        content = list(self._paragraphs())
        for annex in self._notice.annexes:
            wanted = self._profile.page.rotated() if annex.landscape else self._profile.page
            if wanted != page:
                if not content:
                    content.append(_paragraph(Style.TABLE_END))
                content[-1][0].append(section(self._profile, page))  # the section ends in this paragraph's properties
                page = wanted
            content.extend(self._annex(annex, page))
        return [*content, section(self._profile, page)]

    def _paragraphs(self) -> Iterator[Element]:
        entries = attachments(self._notice.paragraphs)
        following = (paragraph.role for paragraph in self._notice.paragraphs[1:])
        for paragraph, after in zip_longest(self._notice.paragraphs, following):
            # What stands before the signature stays with it: no page holds a signature alone (避免“此页无正文”).
            keep = [element("keepNext")] if after is Role.SIGNATURE else []
            match paragraph.role:
                case Role.TITLE:
                    yield self._title([span.text for span in paragraph.spans], Style.TITLE, self._profile.page)
                case Role.ATTACHMENT:
                    yield self._attachment(next(entries), *keep)
                case Role.SIGNATURE:
                    yield _paragraph(Style.SIGNATURE, _runs(paragraph.spans), element("ind", right=self._closing()[0]))
                case Role.DATE:
                    yield _paragraph(Style.DATE, _runs(paragraph.spans), element("ind", right=self._closing()[1]))
                case _:
                    yield _running(paragraph, *keep)

    def _title(self, words: Sequence[str], style: Style, page: PageGeometry) -> Element:
        capacity = page.text_width_twips // (self._profile.text.title_half_points * 10) - 1
        first, *rest = shape_title(words, capacity)
        lines = [run(text(first)), *(run(element("br"), text(line)) for line in rest)]
        return _paragraph(style, lines)

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
        return _paragraph(style, [run(*signs), run(text(entry.name))], *keep, indent)

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
        yield _paragraph(Style.ANNEX_LABEL, [run(text(annex_label(self._notice, annex)))])
        yield self._title(annex.words, Style.ANNEX_TITLE, page)
        yield from (_running(paragraph) for paragraph in annex.lead)
        yield table_xml(annex.table, self._profile.table, page.text_width_twips)
        yield _paragraph(Style.TABLE_END)  # Word wants a paragraph after a table


def _running(paragraph: Paragraph, *layout: Element) -> Element:
    """A paragraph of running text."""
    return _paragraph(_STYLES.get(paragraph.role, Style.BODY), _runs(paragraph.spans), *layout)


def _runs(spans: Iterable[Span]) -> Iterator[Element]:
    return (run(text(span.text), style=_FACES[span.face]) for span in spans if span.text)


def _paragraph(style: Style, content: Iterable[Element] = (), *layout: Element) -> Element:
    return element("p", element("pPr", element("pStyle", val=style), *layout), *content)
