"""Checks of the structure of the body (层次): numbering, its form and fonts, indents; clause 7.3.3.

What must not live here: fonts and sizes of plain text (`letters.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document.conformance.head import indent
from pipeline.document.conformance.letters import fonts
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import chinese_numeral
from pipeline.document.conformance.words import characters

_FORMS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d{1,2}\.", r"（\d{1,2}）")
_SHOWN = "“一、”“（一）”“1.”“（1）”"
_STARTING = 4  # levels
_INDENT, _NEAR = 2, 0.3  # characters


@check("7.3.3", "正文", Weight.HARD)
def body_present(subject: Subject) -> Iterator[Measure]:
    """There is body text between the addressee and the date."""
    found = subject.elements.body
    yield Measure(bool(found), f"正文{len(found)}段" if found else "没有找到正文", "有正文")


@check("7.3.3", "层次序数的次序", Weight.HARD)
def level_order(subject: Subject) -> Iterator[Measure]:
    """Numbers of a level begin at one and follow each other, anew below every higher heading."""
    counts = [0] * (_STARTING + 1)
    for heading in subject.elements.headings:
        counts[heading.level] += 1
        counts[heading.level + 1 :] = [0] * (_STARTING - heading.level)
        wanted = counts[heading.level]
        sign = chinese_numeral(wanted) if heading.level <= 2 else str(wanted)
        counts[heading.level] = heading.number or wanted  # one gap is one deviation
        yield Measure(
            heading.number == wanted, heading.label, f"第{heading.level}层的“{sign}”", heading.paragraph.place
        )


@check("7.3.3", "层次序数的形式", Weight.HARD)
def level_form(subject: Subject) -> Iterator[Measure]:
    """一、（一）1.（1）, with their own punctuation and nothing after a closing bracket."""
    for heading in subject.elements.headings:
        text = heading.paragraph.bare
        sound = re.fullmatch(_FORMS[heading.level - 1], heading.label) is not None
        doubled = heading.level in {2, 4} and text[len(heading.label) :][:1] in "、.．，"
        shown = text[: len(heading.label) + doubled]
        yield Measure(sound and not doubled, shown, _SHOWN, heading.paragraph.place)


def _face(subject: Subject, levels: set[int], font: str) -> Iterator[Measure]:
    for heading in subject.elements.headings:
        if heading.level in levels:
            yield from fonts(heading.paragraph.part(0, heading.length), font, heading.paragraph.place)


@check("7.3.3", "一级标题字体", Weight.HARD)
def level1_font(subject: Subject) -> Iterator[Measure]:
    """一、 is 黑体."""
    yield from _face(subject, {1}, subject.profile.fonts.level1)


@check("7.3.3", "二级标题字体", Weight.HARD)
def level2_font(subject: Subject) -> Iterator[Measure]:
    """（一） is 楷体, to the end of its sentence."""
    yield from _face(subject, {2}, subject.profile.fonts.level2)


@check("7.3.3", "三、四级标题字体", Weight.HARD)
def level3_font(subject: Subject) -> Iterator[Measure]:
    """1. and （1） are 仿宋."""
    yield from _face(subject, {3, 4}, subject.profile.fonts.body)


@check("7.3.3", "段落缩进", Weight.HARD)
def body_indent(subject: Subject) -> Iterator[Measure]:
    """The first line of a paragraph begins two characters in, its other lines at the edge."""
    em = subject.profile.text.em_twips
    for paragraph in subject.elements.body:
        first, left = indent(paragraph, em), paragraph.layout.left / em
        passed = abs(first - _INDENT) <= _NEAR and abs(left) <= _NEAR
        shown = f"首行左空{characters(first)}" + (f"，回行左空{characters(left)}" if abs(left) > _NEAR else "")
        yield Measure(passed, shown, f"首行左空{_INDENT}字，回行顶格", paragraph.place)


CHECKS = (body_present, level_order, level_form, level1_font, level2_font, level3_font, body_indent)
