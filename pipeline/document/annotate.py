"""The review copy: the notice with a comment on every figure (核稿本).

What lives here: finding the runs that print figures, comments on them. What must not: what the comments say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from pipeline.bulletin.blocks import Notice, Role, Span
from pipeline.document.package import canonical

AUTHOR, INITIALS = "数字台账", "账"


def annotate(document: bytes, notice: Notice, comments: Sequence[str]) -> bytes:
    """The document with a comment on each figure of its notice, in their order (核稿本 .docx).

    ``document`` is what the notice was composed to; the same comments give the same bytes. Raises ``ValueError`` unless
    there is one comment for each figure.
    """
    opened = Document(BytesIO(document))
    for run, words in zip(_figures(opened, notice), comments, strict=True):
        comment = opened.add_comment(run, text=words, author=AUTHOR, initials=INITIALS)
        del comment._comment_elm.attrib[qn("w:date")]  # optional, and a clock
    stream = BytesIO()
    opened.save(stream)
    title = next((each.text for each in notice.paragraphs if each.role is Role.TITLE), "")
    issuer = next((each.text for each in notice.paragraphs if each.role is Role.SIGNATURE), "")
    return canonical(stream.getvalue(), title=title, creator=issuer)


def _figures(opened: DocumentType, notice: Notice) -> Iterator[Run]:
    """The runs that print figures: of paragraphs, matched by all their runs; of annexes, cell by cell."""
    lines = iter(opened.paragraphs)
    for paragraph in notice.paragraphs:
        shown = [span for span in paragraph.spans if span.text]
        if any(span.figure for span in shown):
            texts = [span.text for span in shown]
            runs = next(runs for runs in (line.runs for line in lines) if [run.text for run in runs] == texts)
            yield from (run for run, span in zip(runs, shown, strict=True) if span.figure)
    for annex, table in zip(notice.annexes, opened.element.body.iter(qn("w:tbl")), strict=True):
        cells = [cell for row in table.iter(qn("w:tr")) for cell in row.iter(qn("w:tc"))]
        spans: list[Span] = [span for row in annex.table.rows for span in row]
        for cell, span in zip(cells[-len(spans) :], spans, strict=True):
            if span.figure:
                yield Line(next(cell.iter(qn("w:p"))), opened._body).runs[0]
