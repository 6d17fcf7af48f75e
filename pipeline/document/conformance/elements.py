"""Which paragraph is which element of an official document, by place and by text (识别要素).

What lives here: recognition that does not need named styles, so that a document of anybody's making can be checked.
It is generous: what is recognised here may still be wrong in form, and the checks say so. What must not: judging.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from pipeline.document.conformance.source import Paragraph, Source, Table

_NUMERALS = "一二三四五六七八九十"
_BRACKETS = "〔\\[［【(（﹝「{", "〕\\]］】)）﹞」}"
NUMBER = re.compile(
    rf"(?:\d{{6}}\s+)?(?P<mark>[\u4e00-\u9fff]{{1,14}})\s*(?P<open>[{_BRACKETS[0]}])\s*(?P<year>\d{{2,4}})\s*(?P<close>[{_BRACKETS[1]}])"
    r"\s*(?P<ordinal>第?)(?P<gap>\s*)(?P<serial>\d*)(?P<after>\s*)号"
)
DATE = re.compile(
    r"(?P<year>[\d０-９〇○零一二三四五六七八九]{2,4})\s*年\s*(?P<month>[\d０-９一二三四五六七八九十]{0,3})\s*月\s*"
    r"(?P<day>[\d０-９一二三四五六七八九十]{0,3})\s*日|(?P<other>\d{4}[.．/-]\d{1,2}[.．/-]\d{1,2})"
)
LEVELS = (
    re.compile(rf"([{_NUMERALS}]+)\s*[、.．,，]"),
    re.compile(rf"[（(]([{_NUMERALS}]+)[）)]"),
    re.compile(r"(\d{1,2})\s*[.．、](?!\d)"),
    re.compile(r"[（(](\d{1,2})[）)]"),
)
_COPIES = re.compile(r"\d{6}(\s.*号)?")  # in a letter the number stands on its line
_SECRECY = re.compile(r"(绝密|机密|秘密)(\s*★.*)?")
_URGENCY = re.compile(r"特急|加急|平急|急件")
_SIGNER = re.compile(r"签发人\s*[：:]")
_ADDRESSEE = re.compile(r"[^。；？！]{2,300}[：:]")
_ATTACHMENT_LEAD = re.compile(r"附\s*件\s*[：:]")
_ATTACHMENT = re.compile(
    r"(?:附\s*件\s*[：:]\s*)?(?:(?P<number>\d{1,2})(?!\d)\s*(?P<dot>[.．、])?\s*)?(?P<name>.*)", re.S
)
_ATTACHMENT_NEXT = re.compile(r"\d{1,2}\s*[.．、]\s*\S")
_ANNEX = re.compile(rf"附\s*件\s*(?P<number>[\d０-９{_NUMERALS}]{{0,3}})\s*[：:]?")
_REMARK = re.compile(r"[（(].{2,60}[）)]")
_COPIED = re.compile(r"(主送|抄送|抄报|分送)\s*[：:]")
_PRINTED = re.compile(r".*\d{4}年\d{1,2}月\d{1,2}日\s*印发")
_KINDS = re.compile(
    r".*(通报|通知|报告|意见|函|公告|通告|决定|决议|请示|批复|纪要|办法|命令|公报|议案)(（.*）)?$", re.S
)
_TITLE_STYLES = {"title", "标题", "公文标题"}
_ENDS = "。；：！？，、"
_TITLE_SEARCHED, _TITLE_SIZE, _MARK_SIZE = 12, 36, 48
_SIGNATURE_LENGTH = 40
_TAIL = 12  # blocks at the end among which an imprint of paragraphs stands
_DARK_ENOUGH = 96


@dataclass(frozen=True)
class Attachment:
    """An entry of the list of attachments (附件说明的一项)."""

    paragraph: Paragraph
    number: str
    dot: str
    name: str


@dataclass(frozen=True)
class Annex:
    """An annex: its label, number, title and whether it begins a page (附件)."""

    label: Paragraph
    number: str
    title: tuple[Paragraph, ...]
    new_page: bool

    @property
    def name(self) -> str:
        """The title as one text."""
        return squeezed("".join(paragraph.text for paragraph in self.title))


@dataclass(frozen=True)
class Heading:
    """A numbered paragraph: level from 1, number, the sentence that is its heading (层次)."""

    paragraph: Paragraph
    level: int
    label: str
    number: int
    length: int  # characters of the heading, from the start of the paragraph's text


@dataclass(frozen=True)
class Imprint:
    """The imprint (版记): its lines in order, and the table they stand in, if any."""

    lines: tuple[tuple[Paragraph, ...], ...]
    table: Table | None


@dataclass(frozen=True)
class Elements:
    """The elements of a document (公文要素); whatever it lacks is empty."""

    flow: tuple[Paragraph | Table, ...]  # without the imprint
    copies: Paragraph | None
    secrecy: Paragraph | None
    urgency: Paragraph | None
    top_margin: tuple[Paragraph, ...]  # the header of the first page
    marks: tuple[Paragraph, ...]
    number: Paragraph | None
    signer: Paragraph | None
    title: tuple[Paragraph, ...]
    addressee: Paragraph | None
    body: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    attachments: tuple[Attachment, ...]
    signatures: tuple[Paragraph, ...]
    date: Paragraph | None
    remark: Paragraph | None
    annexes: tuple[Annex, ...]
    imprint: Imprint | None

    def blanks_before(self, paragraph: Paragraph) -> int:
        """How many empty lines stand directly above a paragraph (空行)."""
        at = self.flow.index(paragraph)
        return sum(1 for _ in takewhile(_is_blank, reversed(self.flow[:at])))

    def gap_above(self, paragraph: Paragraph, line: int) -> float:
        """The distance to what stands above a paragraph, in lines: empty lines and spacing (上空行数)."""
        at, blanks = self.flow.index(paragraph), self.blanks_before(paragraph)
        above = self.flow[at - blanks - 1] if at > blanks else None
        after = above.layout.after if isinstance(above, Paragraph) else 0
        spacing = max(after, paragraph.layout.before) if not blanks else after + paragraph.layout.before
        return blanks + spacing / line


def recognise(source: Source) -> Elements:
    """The elements of a document (识别要素)."""
    imprint, top_margin = _imprint(source.flow), _first_header(source)
    imprinted = {*(imprint.table,), *(each for line in imprint.lines for each in line)} if imprint else set()
    flow = tuple(block for block in source.flow if block not in imprinted)
    annexes, start = _annexes(flow)
    main = [block for block in flow[:start] if isinstance(block, Paragraph) and block.bare]
    title = _title(main)
    top = main[: main.index(title[0])] if title else main[:_TITLE_SEARCHED]
    rest = main[main.index(title[-1]) + 1 :] if title else main
    number = next((each for each in [*top, *rest[:2]] if len(each.bare) <= 60 and NUMBER.match(each.bare)), None)
    rest = [each for each in rest if each is not number]
    addressee = next((each for each in rest[:2] if _ADDRESSEE.fullmatch(each.bare)), None) if title else None
    rest = rest[rest.index(addressee) + 1 :] if addressee else rest
    date = next((each for each in reversed(rest) if DATE.fullmatch(each.bare)), None)
    remark = next((each for each in reversed(rest[-2:]) if each is not date and _is_remark(each, rest, date)), None)
    entries = _attachments(rest)
    closing = [each for each in rest if each is not date and each is not remark]
    closing = closing[: rest.index(date)] if date else closing
    listed = {entry.paragraph for entry in entries}
    signatures = _signatures([each for each in closing if each not in listed], dated=date is not None)
    body = tuple(each for each in rest if each not in {*listed, *signatures, date, remark})
    return Elements(
        flow=flow,
        copies=next((each for each in top if _COPIES.fullmatch(each.bare)), None),
        secrecy=next((each for each in top if _SECRECY.fullmatch(each.bare)), None),
        urgency=next((each for each in top if _URGENCY.fullmatch(each.bare)), None),
        top_margin=top_margin,
        marks=tuple(each for each in (*top, *top_margin) if _is_mark(each)),
        number=number,
        signer=next((each for each in top if _SIGNER.search(each.bare)), None),
        title=tuple(title),
        addressee=addressee,
        body=body,
        headings=tuple(_headings(body)),
        attachments=entries,
        signatures=signatures,
        date=date,
        remark=remark,
        annexes=annexes,
        imprint=imprint,
    )


def squeezed(text: str) -> str:
    """A text without any white space (去空白)."""
    return re.sub(r"\s", "", text)


def is_red(color: str) -> bool:
    """Whether a colour is a red (红色)."""
    if not re.fullmatch("[0-9A-F]{6}", color):
        return False
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return red > 2 * max(green, blue) and red > _DARK_ENOUGH


def _is_blank(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and block.blank


def _first_header(source: Source) -> tuple[Paragraph, ...]:
    """What stands above the text of the first page: a letter's mark stands there."""
    section = source.sections[0]
    return source.margins.get(section.headers.get("first" if section.first_differs else "default", ""), ())


def _is_mark(paragraph: Paragraph) -> bool:
    """发文机关标志: large or red, above the title."""
    printed = next((piece for piece in paragraph.pieces if piece.text.strip()), None)
    if printed is None or _SIGNER.search(paragraph.bare) or NUMBER.match(paragraph.bare):
        return False
    return is_red(printed.letters.color) or _ends_as_mark(paragraph) or paragraph.size > _MARK_SIZE


def _ends_as_mark(paragraph: Paragraph) -> bool:
    return paragraph.bare.endswith("文件") and len(paragraph.bare) <= _SIGNATURE_LENGTH


def _title(main: Sequence[Paragraph]) -> list[Paragraph]:
    """标题: by style, else the first large centred paragraph, else the first centred, large, or named for a kind."""
    first = [each for each in main[:_TITLE_SEARCHED] if not _heads(each)]
    tests = (
        lambda each: each.style in _TITLE_STYLES,
        lambda each: each.layout.align == "center" and each.size >= _TITLE_SIZE,
        lambda each: each.layout.align == "center",
        lambda each: each.size >= _TITLE_SIZE,
        lambda each: _KINDS.match(each.bare) and each.bare[-1] not in _ENDS,
    )
    for test in tests:
        start = next((at for at, each in enumerate(first) if test(each)), None)
        if start is not None:
            return [first[start], *takewhile(partial(_continues, first[start]), first[start + 1 :])]
    return []


def _continues(title: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is another line of a centred title: in the same format."""
    form = (paragraph.layout.align, paragraph.size, paragraph.style)
    return form == ("center", title.size, title.style) and not _ADDRESSEE.fullmatch(paragraph.bare)


def _heads(paragraph: Paragraph) -> bool:
    """Whether a paragraph belongs to the head and is no title."""
    patterns = (_COPIES, _SECRECY, _URGENCY)
    colour = next((piece.letters.color for piece in paragraph.pieces if piece.text.strip()), "")
    return (
        any(pattern.fullmatch(paragraph.bare) for pattern in patterns)
        or bool(NUMBER.match(paragraph.bare) and len(paragraph.bare) <= 60)
        or bool(_SIGNER.match(paragraph.bare))
        or _ends_as_mark(paragraph)
        or (is_red(colour) and paragraph.bare.endswith(("文件", "局", "府", "会", "厅", "室", "部", "委")))
    )


def _attachments(rest: Sequence[Paragraph]) -> tuple[Attachment, ...]:
    start = next((at for at, each in enumerate(rest) if _ATTACHMENT_LEAD.match(each.bare)), None)
    if start is None:
        return ()
    following = takewhile(lambda each: _ATTACHMENT_NEXT.match(each.bare), rest[start + 1 :])
    return tuple(_entry(each) for each in (rest[start], *following))


def _entry(paragraph: Paragraph) -> Attachment:
    match = _ATTACHMENT.fullmatch(paragraph.bare)
    assert match is not None  # every part of the pattern may be empty
    named = match["number"] and not match["dot"] and match["name"][:1] in {"年", "月", "日"}
    name = f"{match['number']}{match['name']}" if named else match["name"]
    return Attachment(paragraph, "" if named else match["number"] or "", match["dot"] or "", name.strip())


def _signatures(closing: Sequence[Paragraph], dated: bool) -> tuple[Paragraph, ...]:
    """署名: the lines above the date that end as no sentence does; all but the last stand well to the right."""
    found: list[Paragraph] = []
    for paragraph in reversed(closing):
        text = paragraph.bare
        numbered = any(level.match(text) for level in LEVELS)
        right = paragraph.extent[0] > paragraph.section.text_width // 4 or (dated and not found)
        if numbered or not right or len(text) > _SIGNATURE_LENGTH or text[-1] in _ENDS:
            break
        found.insert(0, paragraph)
    return tuple(found)


def _is_remark(paragraph: Paragraph, rest: Sequence[Paragraph], date: Paragraph | None) -> bool:
    after = date is None or rest.index(paragraph) > rest.index(date)
    return after and _REMARK.fullmatch(paragraph.bare) is not None and not LEVELS[1].match(paragraph.bare)


def _headings(body: Sequence[Paragraph]) -> Iterator[Heading]:
    for paragraph in body:
        text = paragraph.bare
        for level, pattern in enumerate(LEVELS, start=1):
            if match := pattern.match(text):
                indent = len(paragraph.text) - len(paragraph.text.lstrip())
                end = text.find("。") + 1 or len(text)
                yield Heading(paragraph, level, match[0], _ordinal(match[1]), indent + end)
                break


def _ordinal(text: str) -> int:
    """A number in digits or Chinese numerals below a hundred; 0 for what is none."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _NUMERALS.find(text) + 1
    return (_NUMERALS.find(tens) + 1 if tens else 1) * 10 + (_NUMERALS.find(ones) + 1 if ones else 0)


def _annexes(flow: Sequence[Paragraph | Table]) -> tuple[tuple[Annex, ...], int]:
    """The annexes, and where the first begins."""
    starts = [
        at
        for at, block in enumerate(flow)
        if isinstance(block, Paragraph)
        and _ANNEX.fullmatch(block.bare)
        and (block.bare[-1] not in "：:" or _begins_page(flow, at))
    ]
    annexes = []
    for at in starts:
        label = flow[at]
        assert isinstance(label, Paragraph)
        match = _ANNEX.fullmatch(label.bare)
        following = [block for block in flow[at + 1 : at + 7] if not _is_blank(block)]
        titled = takewhile(lambda block: isinstance(block, Paragraph) and block.layout.align == "center", following)
        title = tuple(block for block in titled if isinstance(block, Paragraph) and block.bare)
        annexes.append(Annex(label, match["number"] if match else "", title, _begins_page(flow, at)))
    return tuple(annexes), starts[0] if starts else len(flow)


def _begins_page(flow: Sequence[Paragraph | Table], at: int) -> bool:
    """Whether a paragraph begins a page: by its format, by a break before it, or by a section."""
    paragraph = flow[at]
    assert isinstance(paragraph, Paragraph)
    if paragraph.layout.new_page or paragraph.text.startswith("\f"):
        return True
    above = next((block for block in reversed(flow[:at]) if not _is_blank(block)), None)
    if isinstance(above, Paragraph) and above.section is not paragraph.section:
        return paragraph.section.new_page
    if isinstance(above, Table):
        inner = next(above.paragraphs, None)
        if inner is not None and inner.section is not paragraph.section:
            return paragraph.section.new_page
    return isinstance(above, Paragraph) and above.text.rstrip(" \u3000\n").endswith("\f")


def _imprint(flow: Sequence[Paragraph | Table]) -> Imprint | None:
    """版记: a table at the end, or the paragraphs there."""
    tail = [block for block in flow if not _is_blank(block)][-_TAIL:]
    for block in reversed(tail):
        if isinstance(block, Table) and any(map(_prints, block.paragraphs)):
            rows = (tuple(each for cell in row for each in cell if each.bare) for row in block.rows)
            return Imprint(tuple(row for row in rows if row), block)
    lines = [(block,) for block in tail if isinstance(block, Paragraph) and _prints(block)]
    return Imprint(tuple(lines), None) if lines else None


def _prints(paragraph: Paragraph) -> bool:
    return bool(_COPIED.match(paragraph.bare) or _PRINTED.fullmatch(paragraph.bare))
