"""Checks of the head, the title and the addressee (版头、标题、主送机关): clauses 7.2, 7.3.1, 7.3.2.

What must not live here: what stands below the addressee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.document.conformance.elements import NUMBER, is_red
from pipeline.document.conformance.formatting import edges
from pipeline.document.conformance.letters import fonts, sizes
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Paragraph, Table, text_width
from pipeline.document.conformance.words import characters, lines, millimetres, size_name
from pipeline.document.geometry import Form
from pipeline.document.xml import W

_FLUSH = 0.3  # characters that still count as none
_RIGHT = 0.95  # of the width of the type area
_ALIGNMENTS = {"left": "左对齐", "both": "左对齐", "right": "右对齐", "center": "居中"}
_BORDERS = tuple(f"{{{W}}}{name}" for name in ("tblBorders", "tcBorders"))
_DRAWINGS = tuple(f"{{{W}}}{name}" for name in ("drawing", "pict"))


def indent(paragraph: Paragraph, em: int) -> float:
    """Where the first line begins, in characters from the left edge (左空字数)."""
    return paragraph.extent[0] / em


# ---- 版头 ----------------------------------------------------------------------------------------------------


@check("7.2.1", "份号", Weight.HARD)
def copy_number(subject: Subject) -> Iterator[Measure]:
    """Six digits of 3号, flush left; a secret document has them."""
    found = subject.elements
    if found.secrecy and not found.copies:
        yield Measure(False, "有密级，没有份号", "涉密公文有6位份号", found.secrecy.place)
    if paragraph := found.copies:
        yield from sizes(paragraph.part(), subject.profile.text.body_half_points, paragraph.place)
        yield from _flush(subject, paragraph)


@check("7.2.2", "密级和保密期限", Weight.HARD)
def secrecy(subject: Subject) -> Iterator[Measure]:
    """黑体 of 3号, flush left."""
    yield from _marked(subject, subject.elements.secrecy)


@check("7.2.3", "紧急程度", Weight.HARD)
def urgency(subject: Subject) -> Iterator[Measure]:
    """黑体 of 3号, flush left."""
    yield from _marked(subject, subject.elements.urgency)


def _marked(subject: Subject, paragraph: Paragraph | None) -> Iterator[Measure]:
    if paragraph:
        yield from fonts(paragraph.part(), subject.profile.fonts.level1, paragraph.place)
        yield from sizes(paragraph.part(), subject.profile.text.body_half_points, paragraph.place)
        yield from _flush(subject, paragraph)


def _flush(subject: Subject, paragraph: Paragraph) -> Iterator[Measure]:
    left = indent(paragraph, subject.profile.text.em_twips)
    yield Measure(abs(left) <= _FLUSH, f"左空{characters(left)}", "顶格", paragraph.place)


@check("7.2.4", "发文机关标志", Weight.HARD)
def mark(subject: Subject) -> Iterator[Measure]:
    """Red and centred; a manuscript has none yet."""
    found = subject.elements.marks
    if subject.manuscript:
        for paragraph in found:
            yield Measure(False, "有版头", "正文稿不带版头", paragraph.place)
        return
    if not found:
        yield Measure(False, "没有发文机关标志", "红色发文机关标志")
    for paragraph in found:
        red = all(is_red(piece.letters.color) for piece in paragraph.part())
        shown = f"{'红色' if red else '不是红色'}、{_ALIGNMENTS.get(paragraph.layout.align, '')}"
        yield Measure(red and paragraph.layout.align == "center", shown, "红色、居中", paragraph.place)


@check("7.2.4", "发文机关标志字体", Weight.SOFT)
def mark_font(subject: Subject) -> Iterator[Measure]:
    """小标宋 is recommended, no smaller than the title."""
    for paragraph in subject.elements.marks:
        yield from fonts(paragraph.part(), subject.profile.fonts.title, paragraph.place)
        least = subject.profile.text.title_half_points
        yield Measure(paragraph.size >= least, size_name(paragraph.size), f"不小于{size_name(least)}", paragraph.place)


@check("7.2.6", "签发人姓名", Weight.HARD)
def signer(subject: Subject) -> Iterator[Measure]:
    """签发人 is 仿宋, the name after the colon 楷体, both 3号."""
    if paragraph := subject.elements.signer:
        start = re.search("签发人", paragraph.text)
        colon = re.search("[：:]", paragraph.text)
        assert start is not None and colon is not None  # by these it was recognised
        yield from fonts(paragraph.part(start.start(), colon.end()), subject.profile.fonts.body, paragraph.place)
        yield from fonts(paragraph.part(colon.end()), subject.profile.fonts.level2, paragraph.place)
        yield from sizes(paragraph.part(), subject.profile.text.body_half_points, paragraph.place)


@check("7.2.7", "版头分隔线", Weight.HARD)
def red_line(subject: Subject) -> Iterator[Measure]:
    """A red line between head and title; a manuscript has none yet."""
    found = subject.elements
    if not subject.manuscript:
        above = found.flow[: found.flow.index(found.title[0])] if found.title else found.flow[:8]
        red = any(map(_has_red_line, (*above, *found.top_margin)))
        yield Measure(red, "有红色分隔线" if red else "没有红色分隔线", "标题之上有红色分隔线")


def _has_red_line(block: Paragraph | Table) -> bool:
    """By borders, or by a drawn line."""
    lines = [edge for borders in block.node.iter(*_BORDERS) for edge in edges(borders)]
    lines += block.layout.edges if isinstance(block, Paragraph) else ()
    return any(is_red(line.color) for line in lines) or red_drawing(block)


def red_drawing(block: Paragraph | Table) -> bool:
    """Whether something red is drawn in a block (红色图形)."""
    drawings = (each for drawn in block.node.iter(*_DRAWINGS) for each in drawn.iter(etree.Element))
    drawn = (shown for each in drawings for shown in each.attrib.values())
    return any(shown == "red" or is_red(shown.lstrip("#").upper()) for shown in drawn)


# ---- 发文字号 --------------------------------------------------------------------------------------------------


@check("7.2.5", "发文字号", Weight.HARD)
def number_present(subject: Subject) -> Iterator[Measure]:
    """A document that is issued has its number; a manuscript may wait for it."""
    paragraph = subject.elements.number
    match = NUMBER.match(paragraph.bare) if paragraph else None
    if match is None or paragraph is None:
        if not subject.manuscript:
            yield Measure(False, "没有发文字号", "有发文字号")
        return
    blank = not match["serial"]
    yield Measure(not blank or subject.manuscript, "序号空缺" if blank else match[0], "有序号", paragraph.place)


@check("7.2.5", "发文字号的括号", Weight.HARD)
def number_brackets(subject: Subject) -> Iterator[Measure]:
    """The year stands in 〔〕, not in other brackets."""
    for match, place in _numbers(subject):
        shown = match["open"] + match["close"]
        yield Measure(shown == "〔〕", shown, "六角括号〔〕", place)


@check("7.2.5", "发文字号的年份", Weight.HARD)
def number_year(subject: Subject) -> Iterator[Measure]:
    """The year is written in full."""
    for match, place in _numbers(subject):
        yield Measure(len(match["year"]) == 4, match["year"], "四位年份", place)


@check("7.2.5", "发文字号的序号", Weight.HARD)
def number_serial(subject: Subject) -> Iterator[Measure]:
    """The serial has no 第 before it and is not padded with zeros or spaces."""
    for match, place in _numbers(subject):
        padded = match["serial"].startswith("0") or (match["serial"] and (match["gap"] or match["after"]))
        shown = f"{match['ordinal']}{match['gap']}{match['serial']}{match['after']}号"
        yield Measure(not padded and not match["ordinal"], shown, "不加“第”，不编虚位，如12号", place)


@check("7.2.5", "发文字号的位置", Weight.HARD)
def number_place(subject: Subject) -> Iterator[Measure]:
    """Centred; with 签发人 on its line one character from the left; in a letter at the right edge."""
    found = subject.elements
    if paragraph := found.number:
        align = paragraph.layout.align
        if found.signer is paragraph:
            left = indent(paragraph, subject.profile.text.em_twips)
            yield Measure(abs(left - 1) <= _FLUSH, f"左空{characters(left)}", "左空1字", paragraph.place)
            return
        tab = max(paragraph.layout.right_tabs, default=0) if "\t" in paragraph.text else 0
        align = "right" if tab >= _RIGHT * paragraph.section.text_width else align
        wanted = "right" if subject.profile.form is Form.LETTER else "center"
        yield Measure(align == wanted, _ALIGNMENTS.get(align, align), _ALIGNMENTS[wanted], paragraph.place)


def _numbers(subject: Subject) -> Iterator[tuple[re.Match[str], str]]:
    paragraph = subject.elements.number
    if paragraph and (match := NUMBER.match(paragraph.bare)):
        yield match, paragraph.place


# ---- 标题 ------------------------------------------------------------------------------------------------------


@check("7.3.1", "标题", Weight.HARD)
def title_present(subject: Subject) -> Iterator[Measure]:
    """There is a title."""
    found = subject.elements.title
    yield Measure(bool(found), "有标题" if found else "没有找到标题", "有标题", found[0].place if found else "全文")


@check("7.3.1", "标题字体", Weight.HARD)
def title_font(subject: Subject) -> Iterator[Measure]:
    """小标宋."""
    for paragraph in subject.elements.title:
        yield from fonts(paragraph.part(), subject.profile.fonts.title, paragraph.place)


@check("7.3.1", "标题字号", Weight.HARD)
def title_size(subject: Subject) -> Iterator[Measure]:
    """2号."""
    for paragraph in subject.elements.title:
        yield from sizes(paragraph.part(), subject.profile.text.title_half_points, paragraph.place)


@check("7.3.1", "标题对齐", Weight.HARD)
def title_centred(subject: Subject) -> Iterator[Measure]:
    """Centred, without indents that push it aside."""
    em = subject.profile.text.em_twips
    for paragraph in subject.elements.title:
        layout = paragraph.layout
        aside = abs(layout.left + layout.first - layout.right) / em
        passed = layout.align == "center" and aside <= 2 * _FLUSH
        shown = _ALIGNMENTS.get(layout.align, layout.align) + (f"，偏{characters(aside)}" if aside > 2 * _FLUSH else "")
        yield Measure(passed, shown, "居中", paragraph.place)


@check("7.3.1", "标题排列", Weight.SOFT)
def title_shape(subject: Subject) -> Iterator[Measure]:
    """Lines in a trapezoid or a diamond: none overflows, no middle line is the shortest, none holds a single word."""
    found = subject.elements.title
    if not found:
        return
    shown = [line.strip() for paragraph in found for line in paragraph.bare.splitlines() if line.strip()]
    widths = [text_width(line) for line in shown]
    room = 4 * found[0].section.text_width // (found[0].size * 10)
    if any(width > room for width in widths):
        yield Measure(False, "超出一行，由软件断行", "按词意分行", found[0].place)
        return
    waist = any(before > middle < after for before, middle, after in zip(widths, widths[1:], widths[2:], strict=False))
    alike = len(widths) > 2 and len(set(widths)) == 1
    short = len(widths) > 1 and min(widths) <= 8
    form = "沙漏形" if waist else "长方形" if alike else "有一行过短" if short else f"{len(widths)}行"
    yield Measure(not (waist or alike or short), form, "梯形或菱形", found[0].place)


@check("7.3.1", "标题上空", Weight.SOFT)
def title_gap(subject: Subject) -> Iterator[Measure]:
    """Two empty lines below what stands above it."""
    found = subject.elements
    if found.title and (found.number or found.marks) and found.title[0] in found.flow:
        gap = found.gap_above(found.title[0], subject.profile.text.line_twips)
        yield Measure(abs(gap - 2) <= 0.5, f"空{lines(gap)}", "空2行", found.title[0].place)


# ---- 主送机关 ---------------------------------------------------------------------------------------------------


@check("7.3.2", "主送机关", Weight.SOFT)
def addressee_present(subject: Subject) -> Iterator[Measure]:
    """A notice has an addressee below its title."""
    found = subject.elements.addressee
    yield Measure(found is not None, "有主送机关" if found else "没有找到主送机关", "标题之下有主送机关")


@check("7.3.2", "主送机关的位置", Weight.HARD)
def addressee_flush(subject: Subject) -> Iterator[Measure]:
    """Flush left, wrapped lines too."""
    if paragraph := subject.elements.addressee:
        yield from _flush(subject, paragraph)
        left = paragraph.layout.left
        yield Measure(abs(left) <= _FLUSH * 320, f"回行左空{millimetres(left)}", "回行顶格", paragraph.place)


@check("7.3.2", "主送机关后的冒号", Weight.HARD)
def addressee_colon(subject: Subject) -> Iterator[Measure]:
    """A full-width colon."""
    if paragraph := subject.elements.addressee:
        yield Measure(paragraph.bare[-1] == "：", f"“{paragraph.bare[-1]}”", "全角冒号“：”", paragraph.place)


@check("7.3.2", "主送机关上空", Weight.SOFT)
def addressee_gap(subject: Subject) -> Iterator[Measure]:
    """One empty line below the title."""
    if paragraph := subject.elements.addressee:
        gap = subject.elements.gap_above(paragraph, subject.profile.text.line_twips)
        yield Measure(abs(gap - 1) <= 0.5, f"空{lines(gap)}", "空1行", paragraph.place)


CHECKS = (
    copy_number, secrecy, urgency, mark, mark_font, signer, red_line,
    number_present, number_brackets, number_year, number_serial, number_place,
    title_present, title_font, title_size, title_centred, title_shape, title_gap,
    addressee_present, addressee_flush, addressee_colon, addressee_gap,
)  # fmt: skip
