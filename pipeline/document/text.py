"""The notice as plain text (纯文本): `machine/bulletin.txt`.

What lives here: blocks to lines. What must not: Word files.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.bulletin.blocks import Annex, Notice, Role


def plain_text(notice: Notice) -> str:
    """One paragraph a line, then each annex: label, title, rows with tabs (通报纯文本)."""
    return "\n".join([*_paragraphs(notice), *(line for annex in notice.annexes for line in _annex(annex))]) + "\n"


def _paragraphs(notice: Notice) -> Iterator[str]:
    attachments = 0
    for paragraph in notice.paragraphs:
        attachments += paragraph.role is Role.ATTACHMENT
        yield attachment_lead(attachments) + paragraph.text if paragraph.role is Role.ATTACHMENT else paragraph.text


def attachment_lead(number: int) -> str:
    """``附件：`` before the first attachment of the list, nothing before the next ones (附件说明)."""
    return "附件：" if number == 1 else ""


def annex_label(annex: Annex) -> str:
    """The label of an annex, ``附件1`` (附件标识)."""
    return f"附件{annex.number}"


def _annex(annex: Annex) -> Iterator[str]:
    yield annex_label(annex)
    yield annex.title
    yield from (paragraph.text for paragraph in annex.lead)
    yield "\t".join(column.heading for column in annex.table.columns)
    for row in annex.table.rows:
        yield "\t".join(span.text for span in row)
