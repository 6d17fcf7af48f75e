"""The approved .docx read back as blocks, and what was changed in it (签发稿读回).

What lives here: paragraphs of an edited document beside those of the run's notice. What is unchanged keeps its role, its
faces and its figures; what was reworded keeps them as far as they still stand. What must not: deciding what may differ.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from pipeline.bulletin.blocks import Annex, Face, Notice, Paragraph, Role, Span
from pipeline.document.reading import read_docx
from pipeline.document.text import annex_label, attachments

_TOKEN = re.compile(r"\d+(?:[.．]\d+)?[%％]?|.", re.DOTALL)
_LEADS = {
    Face.LEVEL2: re.compile(r"（[一二三四五六七八九十]+）[^。]{1,60}(。|$)"),
    Face.LEVEL3: re.compile(r"\d{1,2}[.．](?!\d)[^。]{1,60}(。|$)"),
}
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。]{1,40}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}〔\d{4}〕\s*\d*\s*号")
_REMARK = re.compile(r"（[^）]{2,60}）")
# Numbers that tell no figure: dates, references, the numbering of paragraphs and attachments.
_NO_FIGURE = re.compile(
    r"〔\d{4}〕第?\d+号|\d{4}年(\d{1,2}月)?(\d{1,2}日)?|\d{1,2}月\d{1,2}日|^\d{1,2}[.．](?!\d)|附件[：:]?\d{0,2}[.．]?"
)
# What turns a number or a list beside it into another one.
_TURNS = set("、和及与等约近超逾第余多以-−+")
_ALIKE = 0.5
_MAY_DIFFER = (Role.NUMBER, Role.DATE)
_NEEDED = {Role.TITLE: "标题", Role.ADDRESSEE: "主送机关", Role.SIGNATURE: "发文机关署名"}
_OPEN = "【待核"  # 【待核】, 【待核3、7】
_DRAFT = re.compile(r"[（(【\[]?\s*草\s*稿")


@dataclass(frozen=True)
class Altered:
    """A figure that the document prints otherwise (改动的数字); ``was`` is empty for a number that was added."""

    figure: str
    was: str
    now: str
    where: str

    def __str__(self) -> str:
        if not self.was:
            return f"新增的数字 {self.now}（{self.where}）"
        return f"{self.figure}：{self.was} → {self.now or '删去'}（{self.where}）"


@dataclass(frozen=True)
class Approved:
    """A document read back (签发稿): its text as blocks, the figures altered, and why it cannot be used."""

    notice: Notice
    altered: tuple[Altered, ...]
    faults: tuple[str, ...]

    def figures(self) -> dict[str, str]:
        """What is printed of every figure, by its id (印出的数字)."""
        found: dict[str, list[str]] = {}
        for span in _spans(self.notice):
            if span.figure and span.text not in found.setdefault(span.figure, []):
                found[span.figure].append(span.text)
        return {figure: "；".join(texts) for figure, texts in found.items()}


def squeezed(text: str) -> str:
    """A text without white space: how lines are broken or words spread changes nothing (去空白)."""
    return "".join(text.split())


def read_approved(data: bytes, notice: Notice) -> Approved:
    """An edited document beside the notice that it was made from (读回签发稿). Raises ``DocumentError``."""
    entries = read_docx(data)
    labels = [squeezed(annex_label(notice, annex)) for annex in notice.annexes[:1]]
    start = next((at for at, text in enumerate(entries) if squeezed(text) in labels), len(entries))
    reader = _Reader()
    paragraphs = tuple(reader.paragraphs(notice, entries[:start]))
    annexes = tuple(reader.annexes(notice, entries[start:]))
    reader.vet(paragraphs, entries)
    return Approved(Notice(paragraphs, annexes), tuple(reader.altered), tuple(reader.faults))


def printed_entries(notice: Notice) -> Iterator[tuple[Role | None, str]]:
    """Every paragraph and cell of a notice as it is printed, in order, with its role (印出的文字)."""
    listed = attachments(notice.paragraphs)
    for paragraph in notice.paragraphs:
        if paragraph.role is Role.ATTACHMENT:
            entry = next(listed)
            yield paragraph.role, f"{entry.lead}{entry.number}{entry.name}"
        else:
            yield paragraph.role, paragraph.text
    for annex in notice.annexes:
        yield None, annex_label(notice, annex)
        yield from ((None, span) for span in (annex.title, *(lead.text for lead in annex.lead)))
        yield from ((None, column.heading) for column in annex.table.columns)
        yield from ((None, cell.text) for row in annex.table.rows for cell in row)


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
    altered: list[Altered] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def paragraphs(self, notice: Notice, entries: Sequence[str]) -> Iterator[Paragraph]:
        known, listed = notice.paragraphs, [text for role, text in printed_entries(Notice(notice.paragraphs)) if role]
        pairs = _pairs([*map(squeezed, listed)], [*map(squeezed, entries)])
        missing = [at for at in range(len(known)) if at not in pairs.values()]
        for at in missing:
            if known[at].role not in _MAY_DIFFER:
                self.compare(known[at], "", f"删去的段落“{_short([known[at].text])[:20]}”")
        for at, text in enumerate(entries):
            if at in pairs:
                same = squeezed(listed[pairs[at]]) == squeezed(text)
                yield known[pairs[at]] if same else self.reworded(known[pairs[at]], text)
            else:
                yield self.added(text)

    def reworded(self, was: Paragraph, text: str) -> Paragraph:
        if was.role is Role.TITLE:
            self.compare(was, text, "标题")
            return Paragraph(was.role, tuple(Span(word) for word in text.split("\n") if word.strip()))
        if was.role in _MAY_DIFFER:
            return Paragraph(was.role, (Span(text.strip()),))
        line = _one_line(text)
        if was.role is Role.ATTACHMENT:
            line = re.sub(r"^附件[：:]\s*", "", line)
        return Paragraph(was.role, self.compare(was, line, f"“{line[:20]}”一段"))

    def added(self, text: str) -> Paragraph:
        line = _one_line(text)
        role = next(
            (role for role, form in _FORMS.items() if form.fullmatch(squeezed(line))),
            Role.BODY,
        )
        paragraph = Paragraph(role, tuple(_faced(line)) if role is Role.BODY else (Span(line),))
        if role not in _MAY_DIFFER:
            self.compare(Paragraph(role, ()), line, f"新增的“{line[:20]}”一段")
        return paragraph

    def compare(self, was: Paragraph, now: str, where: str) -> tuple[Span, ...]:
        """A reworded paragraph with what still stands of its figures and faces; figures altered are noted.

        To be replaced by the back-check, which knows the ledger.
        """
        spans, altered = compare_figures(was.spans, now, where)
        self.altered.extend(altered)
        return spans

    def annexes(self, notice: Notice, entries: Sequence[str]) -> Iterator[Annex]:
        expected = sum(1 for role, _ in printed_entries(Notice((), notice.annexes)) if role is None)
        if len(entries) != expected:
            self.faults.append(
                f"附件有 {len(entries)} 段文字和单元格，应为 {expected}：附件的表格不能增减行、列和段落。"
            )
            return
        texts = iter(entries)
        for annex in notice.annexes:
            label = next(texts)
            if squeezed(label) != squeezed(annex_label(notice, annex)):
                self.faults.append(f"附件的序号“{label}”应为“{annex_label(notice, annex)}”。")
            yield self._annex(annex, texts)

    def _annex(self, annex: Annex, texts: Iterator[str]) -> Annex:
        title = next(texts)
        words = annex.words if squeezed(title) == squeezed(annex.title) else tuple(title.split("\n"))
        where = f"附件 {annex.number}"
        lead = tuple(replace(item, spans=self.compare(item, next(texts), where)) for item in annex.lead)
        columns = tuple(replace(column, heading=_kept(column.heading, next(texts))) for column in annex.table.columns)
        rows = tuple(
            tuple(self._cell(cell, next(texts), f"{where}第 {number} 行") for cell in row)
            for number, row in enumerate(annex.table.rows, start=1)
        )
        return replace(annex, words=words, lead=lead, table=replace(annex.table, columns=columns, rows=rows))

    def _cell(self, cell: Span, text: str, where: str) -> Span:
        kept = _kept(cell.text, text)
        if kept != cell.text and cell.figure is not None:
            self.altered.append(Altered(cell.figure, cell.text, kept, where))
        return replace(cell, text=kept)

    def vet(self, paragraphs: Sequence[Paragraph], entries: Sequence[str]) -> None:
        """What makes a document no text to be signed (不能签发的情形)."""
        roles = [paragraph.role for paragraph in paragraphs]
        self.faults += [f"缺少{name}。" for role, name in _NEEDED.items() if role not in roles]
        head = paragraphs[: roles.index(Role.TITLE)] if Role.TITLE in roles else ()
        self.faults += [
            f"标题之前的“{_short([item.text])}”不属于正文稿；版头在印发时加上。"
            for item in head
            if item.role is not Role.NUMBER
        ]
        if any(_DRAFT.match(text) for text in entries[:4]):
            self.faults.append("文件是草稿。")
        marked = [text for text in entries if _OPEN in text]
        self.faults += [f"还有没有核实的内容：“{_short([text])}”。" for text in marked]


_FORMS = {Role.NUMBER: _NUMBER, Role.DATE: _DATE, Role.HEADING: _HEADING, Role.REMARK: _REMARK}


def compare_figures(spans: Sequence[Span], now: str, where: str) -> tuple[tuple[Span, ...], list[Altered]]:
    """A text beside the spans that it was (数字比对): the spans as they stand in it now, and the figures altered.

    A number is one token, so that 12 is no part of 125. A figure also counts as altered when a word beside it turns it into
    another one: 约, 等, a further name of a list.
    """
    was = "".join(span.text for span in spans)
    old, new = ([match for match in _TOKEN.finditer(text) if not match[0].isspace()] for text in (was, now))
    olds, news = ([match[0] for match in tokens] for tokens in (old, new))
    codes = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    kept = {i1 + step: j1 + step for tag, i1, i2, j1, _ in codes if tag == "equal" for step in range(i2 - i1)}
    altered, covered, made, offset = list[Altered](), set[int](), list[tuple[int, int, Span]](), 0
    for span in spans:
        inside = [
            at for at, token in enumerate(old) if token.start() < offset + len(span.text) and token.end() > offset
        ]
        offset += len(span.text)
        if not inside or (span.figure is None and span.face is Face.BODY):
            continue
        first, last = inside[0], inside[-1]
        begin = kept.get(first, max((kept[at] + 1 for at in kept if at < first), default=0))
        end = max(
            begin, kept[last] + 1 if last in kept else min((kept[at] for at in kept if at > last), default=len(new))
        )
        shown = now[new[begin].start() : new[end - 1].end()] if end > begin else ""
        covered.update(range(begin, end))
        if shown:
            made.append((new[begin].start(), new[end - 1].end(), replace(span, text=shown)))
        if span.figure is not None and (
            squeezed(shown) != squeezed(span.text) or _turned(olds, news, (first, last), (begin, end))
        ):
            altered.append(Altered(span.figure, span.text, _widened(begin, end, kept.values(), now, new), where))
    free = {at for match in _NO_FIGURE.finditer(now) for at in range(match.start(), match.end())}
    fresh = set(range(len(new))) - set(kept.values()) - covered
    added = [new[at] for at in sorted(fresh) if new[at][0][0].isdecimal() and new[at].start() not in free]
    altered += [Altered(token[0], "", token[0], where) for token in added]
    return tuple(_joined(now, made)), altered


def _turned(olds: Sequence[str], news: Sequence[str], was: tuple[int, int], now: tuple[int, int]) -> bool:
    """Whether the words beside a figure are others now, and turn it into another one."""
    before = (olds[was[0] - 1] if was[0] else "", news[now[0] - 1] if now[0] else "")
    after = ("".join(olds[was[1] + 1 : was[1] + 2]), "".join(news[now[1] : now[1] + 1]))
    return any(left != right and right in _TURNS for left, right in (before, after))


def _widened(begin: int, end: int, held: Collection[int], now: str, new: Sequence[re.Match[str]]) -> str:
    """What stands for a figure now, with the words put in beside it."""
    while begin > 0 and begin - 1 not in held:
        begin -= 1
    while end < len(new) and end not in held:
        end += 1
    return now[new[begin].start() : new[end - 1].end()] if end > begin else ""


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


def _spans(notice: Notice) -> Iterator[Span]:
    for paragraph in notice.paragraphs:
        yield from paragraph.spans
    for annex in notice.annexes:
        yield from (span for lead in annex.lead for span in lead.spans)
        yield from (cell for row in annex.table.rows for cell in row)
