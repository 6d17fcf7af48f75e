"""What a re-issue corrects, figure by figure (更正内容).

What lives here: two issued texts side by side. What must not: the sheet (`letters.py`), reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.bulletin.blocks import Notice, Role, Span
from pipeline.dispatch.letters import Correction
from pipeline.document.text import annex_label
from pipeline.review.backcheck.report import figure_named

_SENTENCE = re.compile(r"[^。；]*[。；]?")
_BLANK = "◯"
_SHOWN, _AROUND = 60, 8


@dataclass(frozen=True)
class Text:
    """An issued text (印发的文字): its blocks, what it prints by the id of the figure, and what people call the figures."""

    notice: Notice
    figures: Mapping[str, str]
    names: Mapping[str, str]


def corrections(was: Text, now: Text, why: Mapping[str, str], default: str) -> tuple[list[Correction], list[str]]:
    """Every figure and passage that differs (更正项), and those without a reason.

    ``why`` is the reason of single figures by id, ``default`` that of all others.
    """
    before, after, names = was.figures, now.figures, {**was.names, **now.names}
    places = dict(_places(was.notice)) | dict(_places(now.notice))
    changed = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    rows, unexplained = [], []
    for key in changed:
        reason = why.get(key, default)
        if not reason:
            called = figure_named(key, names)
            unexplained.append(f"{key}　{called}：{before.get(key, '无')} → {after.get(key, '无')}")
        rows.append(
            Correction(places.get(key, figure_named(key, names)), before.get(key, ""), after.get(key, ""), reason)
        )
    for old, new in _reworded(was.notice, now.notice):
        if not default:
            unexplained.append(f"文字“{old}” → “{new}”")
        rows.append(Correction("正文文字", old, new, default))
    unexplained += [f"{key}：两次印发的这个数字相同，或者没有这个数字" for key in why if key not in changed]
    return rows, unexplained


def _places(notice: Notice) -> Iterator[tuple[str, str]]:
    """Where a figure stands, by its id: the sentence, or the row and column of an annex."""
    for paragraph in notice.paragraphs:
        at = 0
        for span in paragraph.spans:
            if span.figure:
                sentences = [m for m in _SENTENCE.finditer(paragraph.text) if m.start() <= at < max(m.end(), 1)]
                yield span.figure, _cut(sentences[0][0] if sentences else paragraph.text)
            at += len(span.text)
    for annex in notice.annexes:
        for row in annex.table.rows:
            for column, cell in zip(annex.table.columns, row, strict=True):
                if cell.figure:
                    yield cell.figure, f"{annex_label(notice, annex)} {row[1].text} {column.heading}"


def _reworded(was: Notice, now: Notice) -> Iterator[tuple[str, str]]:
    """Passages that differ in more than their figures."""
    old, new = (list(_skeletons(notice)) for notice in (was, now))
    codes = SequenceMatcher(None, [key for key, _ in old], [key for key, _ in new], autojunk=False).get_opcodes()
    for tag, i1, i2, j1, j2 in codes:
        if tag != "equal":
            yield _apart("".join(text for _, text in old[i1:i2]), "".join(text for _, text in new[j1:j2]))


def _skeletons(notice: Notice) -> Iterator[tuple[str, str]]:
    for paragraph in notice.paragraphs:
        if paragraph.role not in (Role.NUMBER, Role.DATE):
            yield _skeleton(paragraph.spans), paragraph.text
    for annex in notice.annexes:
        for row in annex.table.rows:
            yield from ((_skeleton((cell,)), cell.text) for cell in row if cell.figure is None)


def _skeleton(spans: tuple[Span, ...]) -> str:
    return "".join(_BLANK if span.figure else span.text for span in spans)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two passages without most of what they begin and end with alike."""
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    start, end = max(0, head - _AROUND), max(0, tail - _AROUND)
    return _cut(old[start : len(old) - end]), _cut(new[start : len(new) - end])


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
