"""Checks of distances in the head (版头的距离): where the mark stands, the red lines, what lies between; clauses 7.2, 10.1.

What must not live here: fonts and forms of the elements (`head.py`), reckoning of places (`places.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.conformance.elements import is_red
from pipeline.document.conformance.formatting import Edge
from pipeline.document.conformance.head import red_drawing
from pipeline.document.conformance.places import above, characters_top, face_bottom, face_top, height
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Paragraph
from pipeline.document.conformance.words import characters, join, lines, millimetres, mm
from pipeline.document.geometry import Form, twips

_NEAR_MM = 2  # of a place that follows from heights of lines
_GAP_MM, _LENGTH_MM = 1, 1
_NEAR = 0.3  # characters
_POINT = 20
_TOP, _FOOT = "上粗下细", "上细下粗"
_DOUBLES = ("thickThin", "thinThick", "double")


# ---- 版头左上角和发文机关标志 ----------------------------------------------------------------------------------


@check("7.2.3", "版头左上角的次序", Weight.HARD)
def corner_order(subject: Subject) -> Iterator[Measure]:
    """份号, 密级和保密期限, 紧急程度 from top to bottom, all above the mark."""
    found = subject.elements
    mark = found.marks[0] if found.marks and found.marks[0] in found.flow else None
    named = {"份号": found.copies, "密级": found.secrecy, "紧急程度": found.urgency, "发文机关标志": mark}
    given = {name: found.flow.index(each) for name, each in named.items() if each is not None and each in found.flow}
    if len(given) > 1:
        shown = sorted(given, key=given.__getitem__)
        yield Measure(shown == [*given], join(shown), join(given))


@check("7.2.4", "发文机关标志的位置", Weight.SOFT)
def mark_place(subject: Subject) -> Iterator[Measure]:
    """Its characters begin 35 mm below the upper edge of the type area."""
    if subject.profile.form is Form.FILE:
        for paragraph, top in _mark(subject):
            wanted = twips(subject.profile.head.mark_top_tenths_mm)
            yield _millimetres(top - paragraph.section.top, wanted, _NEAR_MM, "上边缘距版心上边缘", paragraph.place)


@check("10.1", "信函发文机关标志的位置", Weight.SOFT)
def letter_mark_place(subject: Subject) -> Iterator[Measure]:
    """Its characters begin 30 mm below the upper edge of the page."""
    if subject.profile.form is Form.LETTER:
        for paragraph, top in _mark(subject):
            wanted = twips(subject.profile.head.mark_top_letter_tenths_mm)
            yield _millimetres(top, wanted, _NEAR_MM, "上边缘距上页边", paragraph.place)


@check("10.1", "信函发文机关标志的文字", Weight.HARD)
def letter_mark_words(subject: Subject) -> Iterator[Measure]:
    """The name of the issuer alone."""
    if subject.profile.form is Form.LETTER:
        for paragraph in subject.elements.marks:
            named = not paragraph.bare.endswith("文件")
            yield Measure(named, paragraph.bare, "发文机关名称，不加“文件”", paragraph.place)


def _mark(subject: Subject) -> Iterator[tuple[Paragraph, int]]:
    """The first mark and how far its characters lie below the upper edge of the page."""
    found = subject.elements
    for paragraph in found.marks[:1]:
        headed = paragraph in found.top_margin
        top = characters_top(found.top_margin if headed else found.flow, paragraph)
        if top is not None:
            yield paragraph, top + (paragraph.section.header if headed else paragraph.section.top)


# ---- 发文字号、签发人、分隔线 -----------------------------------------------------------------------------------


@check("7.2.5", "发文字号上空", Weight.SOFT)
def number_gap(subject: Subject) -> Iterator[Measure]:
    """Two empty lines below the mark."""
    found = subject.elements
    if subject.profile.form is Form.FILE and found.number and found.marks and found.marks[-1] in found.flow:
        gap = found.gap_above(found.number, subject.profile.text.line_twips)
        yield Measure(abs(gap - 2) <= 0.5, f"空{lines(gap)}", "空2行", found.number.place)


@check("7.2.6", "签发人的位置", Weight.HARD)
def signer_place(subject: Subject) -> Iterator[Measure]:
    """One character from the right."""
    if paragraph := subject.elements.signer:
        em, width = subject.profile.text.em_twips, paragraph.section.text_width
        tab = max(paragraph.layout.right_tabs, default=0) if "\t" in paragraph.text else 0
        spare = (width - tab if tab else paragraph.extent[1]) / em
        yield Measure(abs(spare - 1) <= _NEAR, f"右空{characters(spare)}", "右空1字", paragraph.place)


@check("7.2.7", "版头分隔线的位置", Weight.SOFT)
def red_line_place(subject: Subject) -> Iterator[Measure]:
    """4 mm below the number."""
    number = subject.elements.number
    if subject.profile.form is Form.FILE and number:
        wanted = twips(subject.profile.head.line_gap_tenths_mm)
        for edge in _red(number, "bottom"):
            gap = face_bottom(number) + edge.space * _POINT
            yield _millimetres(gap, wanted, _GAP_MM, "在发文字号之下", number.place)


@check("7.2.7", "版头分隔线的长度", Weight.HARD)
def red_line_length(subject: Subject) -> Iterator[Measure]:
    """As wide as the type area."""
    if subject.profile.form is Form.FILE:
        for paragraph in _above_title(subject):
            if any(_red(paragraph, "top", "bottom")):
                width = paragraph.section.text_width
                yield _millimetres(_length(paragraph), width, _LENGTH_MM, "长", paragraph.place)


# ---- 信函格式 -------------------------------------------------------------------------------------------------


@check("10.1", "信函的红色双线", Weight.HARD)
def letter_lines(subject: Subject) -> Iterator[Measure]:
    """Thick over thin below the mark, thin over thick at the foot, 170 mm long, centred on the sheet.

    Lines that are drawn as pictures are not measured.
    """
    if subject.profile.form is not Form.LETTER:
        return
    length = twips(subject.profile.head.letter_line_tenths_mm)
    for kind, where, paragraphs in _places_of_lines(subject):
        ruled = [each for each in paragraphs if any(_red(each, "top", "bottom"))]
        if not ruled and not any(map(red_drawing, paragraphs)):
            yield Measure(False, f"{where}没有红色双线", f"{where}有红色双线，{kind}")
        for each in ruled[:1]:
            shown = _kind(list(_red(each, "top", "bottom")))
            yield Measure(shown in {kind, "双线"}, f"{where}{shown}", f"{where}{kind}", each.place)
            yield _millimetres(_length(each), length, _LENGTH_MM, f"{where}双线长", each.place)
            left = each.section.left + each.layout.left
            yield _millimetres(left, (each.section.width - length) // 2, _LENGTH_MM, f"{where}双线距左页边", each.place)


@check("10.1", "信函红色双线的位置", Weight.SOFT)
def letter_lines_place(subject: Subject) -> Iterator[Measure]:
    """4 mm below the mark, 20 mm above the lower edge of the page; the number 7/8 of a character below the first."""
    if subject.profile.form is not Form.LETTER:
        return
    numbers, found = subject.profile.head, subject.elements
    (_, _, upper), (_, _, lower) = _places_of_lines(subject)
    marks = [each for each in found.marks if each in found.top_margin]
    for line in [each for each in upper if marks and any(_red(each, "top"))][:1]:
        between = above(found.top_margin, line)
        if between is not None:
            start = between.index(marks[-1]) + 1
            gap = face_bottom(marks[-1]) + max(marks[-1].layout.after, between[start].layout.before)
            gap += height(between[start:-1])
            yield _millimetres(gap, twips(numbers.line_gap_tenths_mm), _GAP_MM, "上线距发文机关标志", line.place)
    for line in [each for each in lower if any(_red(each, "bottom"))][:1]:
        wanted = twips(numbers.letter_bottom_tenths_mm)
        yield _millimetres(line.section.footer + line.layout.after, wanted, _GAP_MM, "下线距下页边", line.place)
    if found.number and found.flow[:1] == (found.number,) and marks:
        wanted = subject.profile.text.em_twips * numbers.letter_gap_eighths // 8
        gap = found.number.layout.before + face_top(found.number)
        yield _millimetres(gap, wanted, _GAP_MM, "发文字号距上线", found.number.place)


def _places_of_lines(subject: Subject) -> tuple[tuple[str, str, tuple[Paragraph, ...]], ...]:
    """The form of each double line, where it belongs, and the paragraphs among which it is looked for."""
    section = subject.source.sections[0]
    foot = section.footers.get("first" if section.first_differs else "default", "")
    top = (*subject.elements.top_margin, *_above_title(subject))
    return (_TOP, "首页上部", top), (_FOOT, "首页下部", subject.source.margins.get(foot, ()))


def _kind(edges: list[Edge]) -> str:
    """What a line looks like: two borders of a paragraph, or a border that is double by itself."""
    if any(edge.kind.startswith(_DOUBLES) for edge in edges):
        return "双线"
    widths = {edge.side: edge.width for edge in edges}
    if len(widths) < 2:
        return "单线"
    return "粗细相同" if widths["top"] == widths["bottom"] else _TOP if widths["top"] > widths["bottom"] else _FOOT


# ---- 首页 -----------------------------------------------------------------------------------------------------


@check("7.3.3", "首页显示正文", Weight.SOFT)
def first_page_body(subject: Subject) -> Iterator[Measure]:
    """The first line of the body stands on the first page."""
    found = subject.elements
    for paragraph in found.body[:1]:
        start = found.flow.index(paragraph)
        over = above(found.flow[: start + 1], paragraph)
        section = paragraph.section
        headed = section.header + height(found.top_margin) if found.top_margin else 0
        room = section.height - section.bottom - max(section.top, headed)
        fits = over is not None and height(over[:-1]) + paragraph.layout.before < room
        yield Measure(fits, "首页有正文" if fits else "首页没有正文", "首页有正文", paragraph.place)


# ---- shared ---------------------------------------------------------------------------------------------------


def _above_title(subject: Subject) -> Iterator[Paragraph]:
    title = subject.elements.title[:1]
    for block in subject.elements.flow:
        if block in title:
            return
        if isinstance(block, Paragraph):
            yield block


def _red(paragraph: Paragraph, *sides: str) -> Iterator[Edge]:
    return (edge for edge in paragraph.layout.edges if edge.side in sides and is_red(edge.color))


def _length(paragraph: Paragraph) -> int:
    return paragraph.section.text_width - paragraph.layout.left - paragraph.layout.right


def _millimetres(measured: int, wanted: int, near: float, words: str, place: str) -> Measure:
    passed = abs(mm(measured) - mm(wanted)) <= near
    return Measure(passed, f"{words}{millimetres(measured)}", f"{words}{millimetres(wanted)}", place)


CHECKS = (
    corner_order, mark_place, letter_mark_place, letter_mark_words, number_gap, signer_place, red_line_place, red_line_length, letter_lines,
    letter_lines_place, first_page_body,
)  # fmt: skip
