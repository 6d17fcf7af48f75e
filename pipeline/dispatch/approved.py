"""The approved .docx read back as blocks (签发稿读回).

What lives here: paragraphs of an edited document beside those of the run's notice. What is unchanged keeps its role, its
faces and its figures; what was reworded keeps them as far as they still stand. What must not: judging figures, which is for
the back-check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from pipeline.bulletin.blocks import Annex, Face, Notice, Paragraph, Role, Span, Table
from pipeline.document.reading import Content, read_content, read_docx
from pipeline.document.text import annex_label, attachments
from pipeline.review.backcheck.reading import Edited

_TOKEN = re.compile(r"\d+(?:[.．]\d+)?[%％]?|.", re.DOTALL)
_LEADS = {
    Face.LEVEL2: re.compile(r"（[一二三四五六七八九十]+）[^。]{1,60}(。|$)"),
    Face.LEVEL3: re.compile(r"\d{1,2}[.．](?!\d)[^。]{1,60}(。|$)"),
}
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。]{1,40}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}〔\d{4}〕\s*\d*\s*号")
_REMARK = re.compile(r"（[^）]{2,60}）")
_ALIKE = 0.5
_MAY_DIFFER = (Role.NUMBER, Role.DATE)
_NEEDED = {Role.TITLE: "标题", Role.ADDRESSEE: "主送机关", Role.SIGNATURE: "发文机关署名"}
_OPEN = "【待核"  # 【待核】, 【待核3、7】
_DRAFT = re.compile(r"[（(【\[]?\s*草\s*稿")


@dataclass(frozen=True)
class Approved:
    """A document read back (签发稿): its text as blocks, how many tracked changes it had, and why it cannot be used."""

    notice: Notice
    insertions: int
    deletions: int
    faults: tuple[str, ...]

    def edited(self, made: Notice) -> Edited:
        """The text as the back-check reads it (供核对的文字): number and date, which issuing gives, are those of the run."""
        given = [item.text for item in made.paragraphs if item.role in _MAY_DIFFER]
        own = [text for role, text in _listed(self.notice.paragraphs) if role not in _MAY_DIFFER]
        annexes = (text for annex in self.notice.annexes for text in _annex_texts(self.notice, annex))
        tables = tuple(map(_rows, self.notice.annexes))
        return Edited((*given, *own, *annexes), tables, self.insertions, self.deletions)


def squeezed(text: str) -> str:
    """A text without white space: how lines are broken or words spread changes nothing (去空白)."""
    return "".join(text.split())


def read_approved(data: bytes, notice: Notice) -> Approved:
    """An edited document beside the notice that it was made from (读回签发稿). Raises ``DocumentError``."""
    content = read_content(data)
    texts = [text for text in content.paragraphs if squeezed(text)]
    labels = [squeezed(annex_label(notice, annex)) for annex in notice.annexes[:1]]
    start = next((at for at, text in enumerate(texts) if squeezed(text) in labels), len(texts))
    reader = _Reader()
    paragraphs = tuple(reader.paragraphs(notice, texts[:start]))
    annexes = tuple(reader.annexes(notice, texts[start:], content.tables))
    reader.vet(paragraphs, content)
    return Approved(Notice(paragraphs, annexes), content.insertions, content.deletions, tuple(reader.faults))


def printed_entries(notice: Notice) -> Iterator[tuple[Role | None, str]]:
    """Every paragraph and cell of a notice as it is printed, in order, with its role (印出的文字)."""
    yield from _listed(notice.paragraphs)
    for annex in notice.annexes:
        yield from ((None, text) for text in _annex_texts(notice, annex))
        yield from ((None, cell) for row in _rows(annex) for cell in row)


def _listed(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Role, str]]:
    """Paragraphs with their roles, attachments with the words that their list adds."""
    listed = attachments(paragraphs)
    for paragraph in paragraphs:
        if paragraph.role is Role.ATTACHMENT:
            entry = next(listed)
            yield paragraph.role, f"{entry.lead}{entry.number}{entry.name}"
        else:
            yield paragraph.role, paragraph.text


def _annex_texts(notice: Notice, annex: Annex) -> Iterator[str]:
    """The paragraphs of an annex: its label, its title, its lead-in."""
    yield from (annex_label(notice, annex), annex.title, *(lead.text for lead in annex.lead))


def _rows(annex: Annex) -> tuple[tuple[str, ...], ...]:
    """The table of an annex, its headings first."""
    table = annex.table
    return (
        tuple(column.heading for column in table.columns),
        *(tuple(cell.text for cell in row) for row in table.rows),
    )


def differences(notice: Notice, data: bytes) -> list[str]:
    """What a laid-out document says otherwise than the approved text, each as a line in Chinese (与签发文字的差异).

    Number and date, and what stands before the title (版头) or below the date (附注、版记), may differ.
    """
    known = list(printed_entries(notice))
    fixed = [text for role, text in known if role not in _MAY_DIFFER]
    found = [text for text in read_docx(data) if squeezed(text)]
    fixed = [text for text in fixed if squeezed(text)]
    codes = SequenceMatcher(None, [*map(squeezed, fixed)], [*map(squeezed, found)], autojunk=False).get_opcodes()
    told = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            continue
        was, now = fixed[i1:i2], [text for text in found[j1:j2] if i1 != i2 or not _free(text, i1 == 0)]
        if was or now:
            told.append(f"签发：{_short(was)}；现为：{_short(now)}")
    return told


def _free(text: str, head: bool) -> bool:
    """Whether a line that the approved text lacks belongs to number, date, red head, remark or imprint."""
    marks = (_NUMBER, _DATE, _REMARK)
    plain = squeezed(text)
    return (
        head or any(mark.fullmatch(plain) for mark in marks) or plain.startswith("抄送：") or plain.endswith("日印发")
    )


def _short(texts: Sequence[str]) -> str:
    text = "｜".join(map(squeezed, texts)) or "（无）"
    return text if len(text) <= 120 else f"{text[:119]}…"


@dataclass
class _Reader:
    faults: list[str] = field(default_factory=list)

    def paragraphs(self, notice: Notice, entries: Sequence[str]) -> Iterator[Paragraph]:
        known, listed = notice.paragraphs, [text for _, text in _listed(notice.paragraphs)]
        pairs = _pairs([*map(squeezed, listed)], [*map(squeezed, entries)])
        for at, text in enumerate(entries):
            if at in pairs:
                same = squeezed(listed[pairs[at]]) == squeezed(text)
                yield known[pairs[at]] if same else _reworded(known[pairs[at]], text)
            else:
                yield _added(text)

    def annexes(
        self, notice: Notice, texts: Sequence[str], tables: Sequence[Sequence[Sequence[str]]]
    ) -> Iterator[Annex]:
        expected = [text for annex in notice.annexes for text in _annex_texts(notice, annex)]
        known = [_rows(annex) for annex in notice.annexes]
        if len(texts) != len(expected) or [*map(_shape, tables)] != [*map(_shape, known)]:
            self.faults.append(
                f"附件有 {len(texts)} 段文字，表格有{_told(tables)}；应为 {len(expected)} 段文字，表格有{_told(known)}："
                f"附件的表格不能增减行、列，附件的段落不能增减。"
            )
            yield from notice.annexes
            return
        left = iter(texts)
        for annex, table in zip(notice.annexes, tables, strict=True):
            label, title = next(left), next(left)
            if squeezed(label) != squeezed(annex_label(notice, annex)):
                self.faults.append(f"附件的序号“{label}”应为“{annex_label(notice, annex)}”。")
            words = annex.words if squeezed(title) == squeezed(annex.title) else tuple(title.split("\n"))
            lead = tuple(replace(item, spans=restated(item.spans, _one_line(next(left)))) for item in annex.lead)
            yield replace(annex, words=words, lead=lead, table=_retabled(annex.table, table))

    def vet(self, paragraphs: Sequence[Paragraph], content: Content) -> None:
        """What makes a document no text to be signed (不能签发的情形)."""
        roles = [paragraph.role for paragraph in paragraphs]
        self.faults += [f"缺少{name}。" for role, name in _NEEDED.items() if role not in roles]
        head = paragraphs[: roles.index(Role.TITLE)] if Role.TITLE in roles else ()
        self.faults += [
            f"标题之前的“{_short([item.text])}”不属于正文稿；版头在印发时加上。"
            for item in head
            if item.role is not Role.NUMBER
        ]
        if any(_DRAFT.match(text) for text in content.paragraphs[:4]):
            self.faults.append("文件是草稿。")
        self.faults += [f"页眉、页脚中的“{_short([text])}”不随通报印发，请删去。" for text in content.margins]
        cells = (cell for table in content.tables for row in table for cell in row)
        marked = [text for text in (*content.paragraphs, *cells) if _OPEN in text]
        self.faults += [f"还有没有核实的内容：“{_short([text])}”。" for text in marked]


def _reworded(was: Paragraph, text: str) -> Paragraph:
    if was.role is Role.TITLE:
        return Paragraph(was.role, tuple(Span(word) for word in text.split("\n") if word.strip()))
    if was.role in _MAY_DIFFER:
        return Paragraph(was.role, (Span(text.strip()),))
    line = _one_line(text)
    if was.role is Role.ATTACHMENT:
        line = re.sub(r"^附件[：:]\s*", "", line)
    return Paragraph(was.role, restated(was.spans, line))


def _added(text: str) -> Paragraph:
    line = _one_line(text)
    role = next((role for role, form in _FORMS.items() if form.fullmatch(squeezed(line))), Role.BODY)
    return Paragraph(role, tuple(_faced(line)) if role is Role.BODY else (Span(line),))


def _retabled(was: Table, now: Sequence[Sequence[str]]) -> Table:
    """A table as it reads now; a row keeps its figures wherever it stands, by the names in it."""
    named = {_names(row, [cell.text for cell in row]): row for row in was.rows}
    columns = tuple(
        replace(column, heading=_kept(column.heading, text)) for column, text in zip(was.columns, now[0], strict=True)
    )
    rows = ((named.get(_names(row, texts), row), texts) for row, texts in zip(was.rows, now[1:], strict=True))
    return replace(
        was,
        columns=columns,
        rows=tuple(
            tuple(replace(cell, text=_kept(cell.text, text)) for cell, text in zip(row, texts, strict=True))
            for row, texts in rows
        ),
    )


def _names(row: Sequence[Span], texts: Sequence[str]) -> tuple[str, ...]:
    """What a row is about: the cells of it that print no figure and no number."""
    return tuple(
        squeezed(text) for cell, text in zip(row, texts, strict=True) if not cell.figure and not cell.text.isdecimal()
    )


def _shape(table: Sequence[Sequence[str]]) -> tuple[int, ...]:
    return tuple(map(len, table))


def _told(tables: Sequence[Sequence[Sequence[str]]]) -> str:
    return "、".join(f" {len(table)} 行 {max(map(len, table), default=0)} 列" for table in tables) or " 0 个"


_FORMS = {Role.NUMBER: _NUMBER, Role.DATE: _DATE, Role.HEADING: _HEADING, Role.REMARK: _REMARK}


def restated(spans: Sequence[Span], now: str) -> tuple[Span, ...]:
    """A text with the figures and faces of the spans that it was (改写后的文字): each where it stood, whatever it reads now.

    A number is one token, so that 12 is no part of 125.
    """
    was = "".join(span.text for span in spans)
    old, new = ([match for match in _TOKEN.finditer(text) if not match[0].isspace()] for text in (was, now))
    codes = SequenceMatcher(
        None, [match[0] for match in old], [match[0] for match in new], autojunk=False
    ).get_opcodes()
    kept = {i1 + step: j1 + step for tag, i1, i2, j1, _ in codes if tag == "equal" for step in range(i2 - i1)}
    made, offset = list[tuple[int, int, Span]](), 0
    for span in spans:
        inside = [
            at for at, token in enumerate(old) if token.start() < offset + len(span.text) and token.end() > offset
        ]
        offset += len(span.text)
        if not inside or (span.figure is None and span.face is Face.BODY):
            continue
        first, last = inside[0], inside[-1]
        begin = kept.get(first, max((kept[at] + 1 for at in kept if at < first), default=0))
        end = kept[last] + 1 if last in kept else min((kept[at] for at in kept if at > last), default=len(new))
        if end > begin:
            start, stop = new[begin].start(), new[end - 1].end()
            made.append((start, stop, replace(span, text=now[start:stop])))
    return tuple(_joined(now, made))


def _joined(text: str, made: list[tuple[int, int, Span]]) -> Iterator[Span]:
    at = 0
    for start, end, span in sorted(made, key=lambda item: item[:2]):
        if start < at:
            continue
        if start > at:
            yield Span(text[at:start])
        yield span
        at = end
    if at < len(text):
        yield Span(text[at:])


def _pairs(was: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Which paragraph of the notice a paragraph of the document is (段落对应), by place in the document."""
    pairs: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs |= {j1 + step: i1 + step for step in range(i2 - i1)}
        elif tag == "replace":
            for at in range(j1, j2):
                ratios = [(SequenceMatcher(None, was[i], now[at], autojunk=False).ratio(), -i) for i in range(i1, i2)]
                best, place = max(ratios, default=(0, 0))
                if best >= _ALIKE:
                    pairs[at] = -place
                    i1 = 1 - place
    moved = {text: at for at, text in enumerate(was) if at not in pairs.values()}
    return pairs | {at: moved[text] for at, text in enumerate(now) if at not in pairs and text in moved}


def _faced(line: str) -> Iterator[Span]:
    for face, form in _LEADS.items():
        if match := form.match(line):
            yield Span(match[0], face=face)
            line = line[match.end() :]
            break
    if line:
        yield Span(line)


def _one_line(text: str) -> str:
    return re.sub(r"[\t\n]", "", text).strip()


def _kept(was: str, now: str) -> str:
    """The text of a cell or heading: as it was where only white space differs."""
    return was if squeezed(was) == squeezed(now) else _one_line(now)
