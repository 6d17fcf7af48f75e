"""The words that the form of a document adds, and a notice as plain text (文字版).

What lives here: 附件：, 抄送：, 签发人：, numbers of attachments, labels of annexes, and `bulletin.txt`. What must not: fonts, distances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.bulletin.blocks import Annex, Dispatch, Notice, Paragraph, Role, Span

ATTACHMENT_LEAD = "附件："
SIGNER_LEAD = "签发人："
_ATTACHMENT = re.compile(r"(?:附件：)?(?:(\d+)[.．]\s*)?(.*)", re.DOTALL)


@dataclass(frozen=True)
class Attachment:
    """An entry of the list of attachments (附件说明): its lead on the first entry, its number, its name."""

    lead: str
    number: str
    name: str


def attachments(paragraphs: tuple[Paragraph, ...]) -> Iterator[Attachment]:
    """The entries of the list of attachments (附件说明), in order: only the first has the lead."""
    entries = [paragraph.text for paragraph in paragraphs if paragraph.role is Role.ATTACHMENT]
    for place, entry in enumerate(entries):
        match = _ATTACHMENT.fullmatch(entry)
        number, name = match.groups() if match else (None, entry)
        shown = f"{number or place + 1}." if len(entries) > 1 else ""
        yield Attachment(ATTACHMENT_LEAD if place == 0 else "", shown, name)


def annex_label(notice: Notice, annex: Annex) -> str:
    """The label of an annex (附件序号): 附件1, or 附件 where there is only one."""
    return f"附件{annex.number}" if len(notice.annexes) > 1 else "附件"


def annotation(dispatch: Dispatch) -> Iterator[Paragraph]:
    """The annotation in its brackets (附注), if there is one."""
    if dispatch.annotation:
        yield Paragraph(Role.REMARK, (Span(f"（{dispatch.annotation}）"),))


def copied_to(dispatch: Dispatch) -> str:
    """Who receives a copy, as one sentence (抄送)."""
    return f"抄送：{'，'.join(dispatch.copied_to)}。"


def printed_on(dispatch: Dispatch) -> str:
    """The day of printing as the imprint shows it (印发日期)."""
    return f"{dispatch.printed_on}印发" if dispatch.printed_on else ""


def plain_text(notice: Notice) -> str:
    """A notice as plain text (文字版): a paragraph a line; of annexes the label, the title, and rows with tabs."""
    return "".join(f"{line}\n" for line in _lines(notice))


def _lines(notice: Notice) -> Iterator[str]:
    entries = attachments(notice.paragraphs)
    for paragraph in notice.paragraphs:
        yield _entry(next(entries)) if paragraph.role is Role.ATTACHMENT else paragraph.text
    for annex in notice.annexes:
        yield from (annex_label(notice, annex), annex.title, *(paragraph.text for paragraph in annex.lead))
        yield "\t".join(column.heading for column in annex.table.columns)
        yield from ("\t".join(cell.text for cell in row) for row in annex.table.rows)


def _entry(entry: Attachment) -> str:
    return f"{entry.lead}{entry.number}{entry.number and ' '}{entry.name}"
