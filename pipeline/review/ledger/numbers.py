"""Every number in the text of a notice, and what each is if it is not a figure (文中的数字).

What lives here: finding numbers in plain text, the declared kinds of what is no figure, and what remains unaccounted
for. What must not: values, sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.bulletin.blocks import Role
from pipeline.review.ledger.printed import Line, Printed

_ONES = "一二三四五六七八九十百千万零〇两"
_COUNTED = "个|家|条|项|次|人|名|分|份|件|处|倍|成|天|周|月|季度|工作日"
NUMBER = re.compile(rf"[0-9０-９]+(?:[.．][0-9０-９]+)?[%％]?|百分之[{_ONES}点]+|[{_ONES}]+(?=(?:{_COUNTED}))")


@dataclass(frozen=True)
class Typed:
    """Text that people typed into a cell of 季度信息, or that the registry sets (录入文字)."""

    text: str
    kind: str
    place: str = ""


@dataclass(frozen=True)
class Told:
    """A number of the text that is no figure (非统计数字): where it stands, of which kind, and the cell it was typed in."""

    line: int
    at: int
    text: str
    kind: str
    place: str = ""


# What a number is by its form. Each names the whole stretch, so that no digit beside it is excused.
_FORMS = (
    ("日期", re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月(?!\d)")),
    ("季度", re.compile(r"\d{4}年第[一二三四]季度|第[一二三四]季度|(?<=连续)两个季度|\d{4}年(?=[上下]半年|年度)")),
    ("文号", re.compile(r"[〔\[（(]\d{4}[〕\]）)]\s*(?:\d+\s*)?号")),
    ("名称", re.compile(r"[A-Za-z]+\d+")),
    ("全数", re.compile(r"(?<=达到)100(?:\.0+)?%")),
)
_ORDINAL = re.compile(rf"(?:附件：)?(?:\d+[.．]|[{_ONES}]+、|（[{_ONES}]+）)")
_ANNEX = re.compile(r"附件\d*")
_SERIAL = "序号"


def account(lines: Iterable[Line], entries: Iterable[Printed], typed: Sequence[Typed]) -> tuple[list[Told], list[Told]]:
    """Numbers that are no figures, and numbers that nothing accounts for (清点文中数字).

    ``entries`` are the figures of the ledger. A list of names, which carries a figure too, needs an entry as well.
    """
    answered: dict[int, list[tuple[int, int]]] = {}
    for entry in entries:
        answered.setdefault(entry.line, []).append((entry.at, entry.at + len(entry.text)))
    known, unknown = list[Told](), list[Told]()
    for line in lines:
        text, marked = line.text, list(_marked(line))
        taken = answered.get(line.number, [])
        stretches = list(_stretches(line, text, typed))
        for start, end in sorted({*marked, *_found(line, text)}):
            if any(first <= start and end <= last for first, last in taken):
                continue
            found = None
            if not any(first <= start and end <= last for first, last in marked):
                found = next((told for first, last, told in stretches if first <= start and end <= last), None)
            told = Told(line.number, start, text[start:end], found.kind if found else "", found.place if found else "")
            (known if found else unknown).append(told)
    return known, unknown


def _found(line: Line, text: str) -> Iterator[tuple[int, int]]:
    """The numbers of the text; the ordinal that it begins with ends before what follows it, as in ``1.2021年``."""
    begins = _ordinal(line, text)
    for start, end in ((0, begins), (begins, len(text))):
        yield from (match.span() for match in NUMBER.finditer(text, start, end))


def _ordinal(line: Line, text: str) -> int:
    """Where the ordinal at the beginning of a paragraph ends."""
    match = _ORDINAL.match(text) if line.role in (Role.BODY, Role.HEADING, Role.ATTACHMENT) else None
    return match.end() if match else 0


def _marked(line: Line) -> Iterator[tuple[int, int]]:
    """The stretches that carry a figure: nothing but an entry of the ledger accounts for them."""
    at = 0
    for span in line.spans:
        if span.figure is not None:
            yield at, at + len(span.text)
        at += len(span.text)


def _stretches(line: Line, text: str, typed: Sequence[Typed]) -> Iterator[tuple[int, int, Typed]]:
    """Stretches of the text that are no figures: first what it is by its place, then by its form, then typed text."""
    if line.column == _SERIAL:
        yield 0, len(text), Typed(text, _SERIAL)
    if (match := _ANNEX.fullmatch(text)) is not None:
        yield *match.span(), Typed(text, "附件序号")
    if begins := _ordinal(line, text):
        yield 0, begins, Typed(text[:begins], "层次序数")
    for kind, form in _FORMS:
        yield from ((*match.span(), Typed(match[0], kind)) for match in form.finditer(text))
    for item in typed:
        start = text.find(item.text)
        while start >= 0:
            yield start, start + len(item.text), item
            start = text.find(item.text, start + 1)
