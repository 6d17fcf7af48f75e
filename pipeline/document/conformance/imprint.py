"""Checks of the imprint (版记): clause 7.4. What must not live here: anything above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.document.conformance.elements import Imprint
from pipeline.document.conformance.formatting import child, edges, number, value
from pipeline.document.conformance.letters import fonts, sizes
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Paragraph
from pipeline.document.conformance.words import characters, millimetres, mm
from pipeline.document.geometry import Form
from pipeline.document.xml import Element, W

_COPIED = re.compile(r"(主送|抄送|抄报|分送)\s*[：:]")
_PRINTED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*印?发?$")
_PRINTED_FORM = re.compile(r"(.*\D)?\d{4}年[1-9]\d?月[1-9]\d?日印发")
_EIGHTHS_PER_MM = 8 * 72 / 25.4
_OUTER_MM, _INNER_MM, _NEAR_MM = 0.35, 0.25, 0.04
_DATE_ALONE = re.compile(r"\d{4}年")
_NEAR, _WRAPPED = 0.3, 4  # characters; names that run over go on behind 抄送：
_WIDE_MM = 1


def _paragraphs(subject: Subject) -> Iterator[Paragraph]:
    found = subject.elements.imprint
    for line in found.lines if found else ():
        yield from line


def _copied(subject: Subject) -> Iterator[Paragraph]:
    return (paragraph for paragraph in _paragraphs(subject) if _COPIED.match(paragraph.bare))


def _printed(subject: Subject) -> Iterator[Paragraph]:
    return (paragraph for paragraph in _paragraphs(subject) if _PRINTED.search(paragraph.bare))


@check("7.4", "版记", Weight.HARD)
def imprint_present(subject: Subject) -> Iterator[Measure]:
    """A document in the form of a file has one; a manuscript has none yet."""
    found = subject.elements.imprint
    if subject.profile.form is Form.FILE:
        yield Measure(found is not None, "有版记" if found else "没有版记", "有版记")
    elif found and subject.manuscript:
        yield Measure(False, "有版记", "正文稿不带版记", next(_paragraphs(subject)).place)


@check("7.4", "版记的次序", Weight.HARD)
def imprint_order(subject: Subject) -> Iterator[Measure]:
    """抄送 above 印发机关 and 印发日期, which close it; a letter has no such line."""
    kinds = [
        ("抄送" if _COPIED.match(paragraph.bare) else "印发", paragraph)
        for paragraph in _paragraphs(subject)
        if _COPIED.match(paragraph.bare) or _PRINTED.search(paragraph.bare)
    ]
    if kinds:
        shown = [kind for kind, _ in kinds]
        wanted = sorted(shown, key=("抄送", "印发").index)
        yield Measure(shown == wanted, "、".join(shown), "、".join(wanted), kinds[0][1].place)


@check("7.4", "版记的字体字号", Weight.HARD)
def imprint_letters(subject: Subject) -> Iterator[Measure]:
    """4号 仿宋."""
    for paragraph in _paragraphs(subject):
        yield from fonts(paragraph.part(), subject.profile.fonts.body, paragraph.place)
        yield from sizes(paragraph.part(), subject.profile.imprint.half_points, paragraph.place)


@check("7.4.1", "版记的分隔线", Weight.HARD)
def imprint_lines(subject: Subject) -> Iterator[Measure]:
    """First and last 0.35 mm, those between 0.25 mm; a letter has none."""
    found = subject.elements.imprint
    if found is None or subject.manuscript:
        return
    expected = f"首末条{_OUTER_MM}毫米，中间{_INNER_MM}毫米" if subject.profile.form is Form.FILE else "不加分隔线"
    place = next(_paragraphs(subject)).place
    drawn = _lines(found)
    shown = "、".join(f"{width / _EIGHTHS_PER_MM:.2f}毫米" for width in drawn) or "没有分隔线"
    if subject.profile.form is Form.LETTER:
        yield Measure(not drawn, shown, expected, place)
        return
    widths = [_OUTER_MM, *[_INNER_MM] * (len(drawn) - 2), _OUTER_MM]
    near = all(abs(width / _EIGHTHS_PER_MM - want) <= _NEAR_MM for width, want in zip(drawn, widths, strict=False))
    yield Measure(near and len(drawn) == len(found.lines) + 1, shown, expected, place)


def _lines(imprint: Imprint) -> list[int]:
    """The widths of the lines from the first to the last, in eighths of a point."""
    if imprint.table is None:
        first, last = imprint.lines[0][0], imprint.lines[-1][-1]
        tops = [edge.width for edge in first.layout.edges if edge.side == "top"]
        between = [
            edge.width for line in imprint.lines[:-1] for each in line for edge in each.layout.edges
            if edge.side in {"bottom", "between"}
        ]  # fmt: skip
        return [*tops, *between, *(edge.width for edge in last.layout.edges if edge.side == "bottom")]
    own = {edge.side: edge.width for edge in edges(child(imprint.table.node, "tblPr", "tblBorders"))}
    rows = [_row_edges(row) for row in imprint.table.node.iter(f"{{{W}}}tr")]
    found = [rows[0].get("top", own.get("top", 0))]
    for above, below in pairwise(rows):
        found.append(above.get("bottom", below.get("top", own.get("insideH", 0))))
    found.append(rows[-1].get("bottom", own.get("bottom", 0)))
    return [width for width in found if width]


def _row_edges(row: Element) -> dict[str, int]:
    cells = row.iter(f"{{{W}}}tcBorders")
    return {edge.side: edge.width for borders in cells for edge in edges(borders)}


@check("7.4.1", "版记的宽度", Weight.HARD)
def imprint_width(subject: Subject) -> Iterator[Measure]:
    """As wide as the type area, and at its left edge where the place is declared."""
    found, page = subject.elements.imprint, subject.profile.page
    if found is None or found.table is None or subject.manuscript:
        return
    columns = child(found.table.node, "tblGrid")
    width = sum(number(value(each, "w")) for each in (() if columns is None else columns.iter(f"{{{W}}}gridCol")))
    near = abs(mm(width) - mm(page.text_width_twips)) <= _WIDE_MM
    place = next(_paragraphs(subject)).place
    yield Measure(near, f"宽{millimetres(width)}", f"与版心等宽，{millimetres(page.text_width_twips)}", place)
    bound = child(found.table.node, "tblPr", "tblpPr")
    if value(bound, "horzAnchor") == "page" and value(bound, "tblpX"):
        left = number(value(bound, "tblpX"))
        near = abs(mm(left) - mm(page.left_twips)) <= _WIDE_MM
        yield Measure(near, f"距左页边{millimetres(left)}", f"距左页边{millimetres(page.left_twips)}", place)


@check("7.4.2", "抄送机关", Weight.HARD)
def copied_form(subject: Subject) -> Iterator[Measure]:
    """抄送： and a full stop at the end."""
    for paragraph in _copied(subject):
        text = paragraph.bare
        sound = re.match("(主送|抄送|抄报|分送)：", text) is not None and text.endswith("。")
        yield Measure(sound, f"{text[:3]}…{text[-1]}", "抄送：…。", paragraph.place)


@check("7.4.3", "印发机关和印发日期", Weight.HARD)
def printed_form(subject: Subject) -> Iterator[Measure]:
    """Arabic digits without padding, then 印发; a letter has no such line."""
    found = list(_printed(subject))
    if subject.profile.form is Form.FILE and subject.elements.imprint and not found:
        yield Measure(False, "没有印发日期", "有印发机关和印发日期", next(_paragraphs(subject)).place)
    for paragraph in found:
        shown = paragraph.bare.replace("\t", " ")
        if subject.profile.form is Form.LETTER:
            yield Measure(False, shown, "信函不加印发机关和印发日期", paragraph.place)
        else:
            form = _PRINTED_FORM.fullmatch(paragraph.bare) is not None
            yield Measure(form, shown, "如2021年8月6日印发，月、日不编虚位", paragraph.place)


@check("7.4.2", "版记左右空字", Weight.SOFT)
def imprint_indent(subject: Subject) -> Iterator[Measure]:
    """One character at the left; at the right, one too, where a tab or an indent declares it; wrapped names align."""
    em = subject.profile.imprint.half_points * 10
    for paragraph in _copied(subject):
        right, wrapped = paragraph.layout.right / em, paragraph.layout.left / em
        yield Measure(abs(right - 1) <= _NEAR, f"右空{characters(right)}", "右空1字", paragraph.place)
        yield Measure(
            abs(wrapped - _WRAPPED) <= _NEAR, f"回行左空{characters(wrapped)}", f"回行左空{_WRAPPED}字", paragraph.place
        )
    for paragraph in _printed(subject):
        if "\t" in paragraph.text and paragraph.layout.right_tabs:
            spare = (subject.profile.page.text_width_twips - max(paragraph.layout.right_tabs)) / em
            yield Measure(abs(spare - 1) <= _NEAR, f"右空{characters(spare)}", "右空1字", paragraph.place)
    for paragraph in (*_copied(subject), *(each for each in _printed(subject) if not _DATE_ALONE.match(each.bare))):
        left = (paragraph.layout.left + paragraph.layout.first) / em
        left += len(paragraph.text) - len(paragraph.text.lstrip("\u3000"))
        yield Measure(abs(left - 1) <= _NEAR, f"左空{characters(left)}", "左空1字", paragraph.place)


@check("7.4", "版记置于末页底部", Weight.SOFT)
def imprint_bottom(subject: Subject) -> Iterator[Measure]:
    """The imprint is bound to the foot of the type area, not pushed there by empty lines."""
    found = subject.elements.imprint
    if found is None or subject.manuscript:
        return
    node = None if found.table is None else child(found.table.node, "tblPr", "tblpPr")
    frames = [frame for paragraph in _paragraphs(subject) for frame in paragraph.node.iter(f"{{{W}}}framePr")]
    bound = value(node, "tblpYSpec") == "bottom" or any(value(frame, "yAlign") == "bottom" for frame in frames)
    shown = "固定在版心底部" if bound else "随正文排列"
    yield Measure(bound, shown, "固定在版心底部", next(_paragraphs(subject)).place)


CHECKS = (
    imprint_present, imprint_order, imprint_letters, imprint_lines, imprint_width, copied_form, printed_form, imprint_indent,
    imprint_bottom,
)  # fmt: skip
