"""Checks of what closes a document (附件说明、署名、成文日期、附注、附件): clauses 7.3.4 to 7.3.7.

What must not live here: fonts that all elements share (`letters.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.document.conformance.elements import squeezed
from pipeline.document.conformance.head import indent
from pipeline.document.conformance.letters import fonts, sizes
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import text_width
from pipeline.document.conformance.words import characters, lines

_NEAR, _ABOUT = 0.3, 0.6  # characters: where an edge is declared, and where it follows from the width of a text
_PUNCTUATION = "。；，、：.;,"
_DATE_FORM = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DATE_BLANK = re.compile(r"\d{4}年(\d{1,2}|\s+)月\s+日")
_LABEL = re.compile(r"附件([1-9]\d?)?")


# ---- 附件说明 --------------------------------------------------------------------------------------------------


@check("7.3.4", "附件说明的形式", Weight.HARD)
def attachments_form(subject: Subject) -> Iterator[Measure]:
    """附件：, and 1. 2. in order where there are several."""
    entries = subject.elements.attachments
    for place, entry in enumerate(entries, start=1):
        text = entry.paragraph.bare
        lead = "附件：" if place == 1 else ""
        number = f"{place}." if len(entries) > 1 else ""
        shown = text[: len(text) - len(entry.name)].strip()
        sound = text.startswith(lead) and f"{entry.number}{entry.dot}" == number
        yield Measure(sound, shown or "没有序号", lead + number, entry.paragraph.place)


@check("7.3.4", "附件名称后的标点", Weight.HARD)
def attachments_end(subject: Subject) -> Iterator[Measure]:
    """No punctuation after the name of an attachment."""
    for entry in subject.elements.attachments:
        last = entry.name[-1:]
        yield Measure(last not in _PUNCTUATION or not last, f"“{last}”", "不加标点符号", entry.paragraph.place)


@check("7.3.4", "附件说明与附件一致", Weight.HARD)
def attachments_match(subject: Subject) -> Iterator[Measure]:
    """As many annexes as are listed, in that order and under those names."""
    entries, annexes = subject.elements.attachments, subject.elements.annexes
    if not entries and not annexes:
        return
    same = len(entries) == len(annexes)
    yield Measure(same, f"说明{len(entries)}件，附件{len(annexes)}件", "件数相同")
    for entry, annex in zip(entries, annexes, strict=False):
        listed = squeezed(entry.name).rstrip(_PUNCTUATION)
        if annex.title:
            yield Measure(listed == annex.name, f"附件标题“{annex.name}”", f"“{listed}”", annex.title[0].place)
        number = entry.number if len(entries) > 1 else ""
        yield Measure(number == annex.number, f"附件序号“{annex.number}”", f"“{number}”", annex.label.place)


@check("7.3.4", "附件说明的位置", Weight.SOFT)
def attachments_place(subject: Subject) -> Iterator[Measure]:
    """One empty line below the body, two characters from the left."""
    for entry in subject.elements.attachments[:1]:
        gap = subject.elements.gap_above(entry.paragraph, subject.profile.text.line_twips)
        left = indent(entry.paragraph, subject.profile.text.em_twips)
        passed = abs(gap - 1) <= 0.5 and abs(left - 2) <= _NEAR
        yield Measure(passed, f"上空{lines(gap)}，左空{characters(left)}", "上空1行，左空2字", entry.paragraph.place)


@check("7.3.4", "附件名称的回行", Weight.SOFT)
def attachments_wrap(subject: Subject) -> Iterator[Measure]:
    """A name that runs over goes on below its first character."""
    em = subject.profile.text.em_twips
    for entry in subject.elements.attachments:
        paragraph = entry.paragraph
        lead = paragraph.bare[: paragraph.bare.rfind(entry.name)]
        left, start = paragraph.layout.left / em, indent(paragraph, em)
        name = left if "\t" in lead else start + text_width(lead) / 4
        if name + text_width(entry.name) / 4 > paragraph.section.text_width / em:
            shown = f"回行左空{characters(left)}"
            yield Measure(abs(left - name) <= _ABOUT, shown, f"左空{characters(name)}", paragraph.place)


# ---- 署名和成文日期 ---------------------------------------------------------------------------------------------


@check("7.3.5", "发文机关署名", Weight.HARD)
def signature_present(subject: Subject) -> Iterator[Measure]:
    """The issuer signs above the date."""
    found = subject.elements.signatures
    yield Measure(bool(found), found[-1].bare if found else "没有找到署名", "有发文机关署名")


@check("7.3.5", "成文日期", Weight.HARD)
def date_present(subject: Subject) -> Iterator[Measure]:
    """There is a date; a manuscript may leave it open."""
    date = subject.elements.date
    shown = date.bare if date else "没有找到成文日期"
    yield Measure(date is not None or subject.manuscript, shown, "有成文日期")


@check("7.3.5.4", "成文日期的数字", Weight.HARD)
def date_form(subject: Subject) -> Iterator[Measure]:
    """Arabic digits, the year in full, nothing padded, a day that exists; open in a manuscript only."""
    if paragraph := subject.elements.date:
        text = paragraph.bare
        passed = _is_date(text) or (subject.manuscript and _DATE_BLANK.fullmatch(text) is not None)
        yield Measure(passed, text, "如2021年8月6日，用阿拉伯数字，月、日不编虚位", paragraph.place)


def _is_date(text: str) -> bool:
    match = _DATE_FORM.fullmatch(text)
    if match is None or any(part.startswith("0") for part in match.groups()):
        return False
    try:
        dt.date(*map(int, match.groups()))
    except ValueError:
        return False
    return True


@check("7.3.5", "署名和成文日期的位置", Weight.HARD)
def closing_place(subject: Subject) -> Iterator[Measure]:
    """With a seal the date four characters from the right and the name centred over it; without one the name two from
    the right and the date two to the right of it, or, where the date is longer, the date two from the right."""
    found = subject.elements
    if found.date is None or not found.signatures:
        return
    em = subject.profile.text.em_twips
    name_left, name_right = (edge / em for edge in found.signatures[-1].extent)
    date_left, date_right = (edge / em for edge in found.date.extent)
    date_longer = name_left + name_right > date_left + date_right + _NEAR
    centred = abs((name_left - name_right) - (date_left - date_right)) / 2
    cramped = abs(name_right) <= _NEAR and name_left < date_left - 4  # too long to be centred over the date
    sealed = abs(date_right - 4) <= _NEAR and (centred <= _ABOUT or cramped)
    edge = date_right if date_longer else name_right
    unsealed = abs(edge - 2) <= _NEAR and abs(date_left - name_left - 2) <= _ABOUT
    shown = f"署名右空{characters(name_right)}，日期右空{characters(date_right)}，日期比署名起点右移{characters(date_left - name_left)}"
    expected = "盖章：日期右空4字，署名居中于日期之上；不盖章：右空2字，日期比署名起点右移2字"
    yield Measure(sealed or unsealed, shown, expected, found.date.place)


@check("7.3.5", "成文日期紧接署名", Weight.HARD)
def date_below_name(subject: Subject) -> Iterator[Measure]:
    """The date is on the line below the name."""
    found = subject.elements
    if found.date is not None and found.signatures:
        gap = found.gap_above(found.date, subject.profile.text.line_twips)
        yield Measure(gap <= 0.5, f"空{lines(gap)}", "不空行", found.date.place)


# ---- 附注 -----------------------------------------------------------------------------------------------------


@check("7.3.6", "附注", Weight.HARD)
def remark_form(subject: Subject) -> Iterator[Measure]:
    """In full-width brackets, two characters from the left, on the line below the date."""
    if paragraph := subject.elements.remark:
        text, left = paragraph.bare, indent(paragraph, subject.profile.text.em_twips)
        passed = text[0] == "（" and text[-1] == "）" and abs(left - 2) <= _NEAR
        shown = f"{text[0]}{text[-1]}，左空{characters(left)}"
        yield Measure(passed, shown, "（），左空2字", paragraph.place)
        if subject.elements.date:
            gap = subject.elements.gap_above(paragraph, subject.profile.text.line_twips)
            yield Measure(gap <= 0.5, f"成文日期下空{lines(gap)}", "成文日期下一行", paragraph.place)


# ---- 附件 -----------------------------------------------------------------------------------------------------


@check("7.3.7", "附件序号", Weight.HARD)
def annex_label(subject: Subject) -> Iterator[Measure]:
    """附件 and an Arabic number in order; no number where there is one annex; no colon."""
    annexes = subject.elements.annexes
    for place, annex in enumerate(annexes, start=1):
        expected = f"附件{place}" if len(annexes) > 1 else "附件"
        form = _LABEL.fullmatch(annex.label.bare) is not None
        ordered = annex.number == (str(place) if len(annexes) > 1 else "")
        yield Measure(form and ordered, annex.label.bare, expected, annex.label.place)


@check("7.3.7", "附件序号的字体", Weight.HARD)
def annex_label_letters(subject: Subject) -> Iterator[Measure]:
    """黑体 of 3号."""
    for label in (annex.label for annex in subject.elements.annexes):
        yield from fonts(label.part(), subject.profile.fonts.level1, label.place)
        yield from sizes(label.part(), subject.profile.text.body_half_points, label.place)


@check("7.3.7", "附件另面编排", Weight.HARD)
def annex_page(subject: Subject) -> Iterator[Measure]:
    """An annex begins on a page of its own, its label at the left edge."""
    for annex in subject.elements.annexes:
        left = indent(annex.label, subject.profile.text.em_twips)
        shown = f"{'另面' if annex.new_page else '没有另面'}，左空{characters(left)}"
        yield Measure(annex.new_page and abs(left) <= _NEAR, shown, "另面，顶格", annex.label.place)


@check("7.3.7", "附件在版记之前", Weight.HARD)
def annex_before_imprint(subject: Subject) -> Iterator[Measure]:
    """Annexes stand before the imprint."""
    found = subject.elements
    if found.annexes and found.imprint:
        flow = subject.source.flow
        ends = flow.index(found.imprint.table or found.imprint.lines[0][0])
        before = flow.index(found.annexes[-1].label) < ends
        yield Measure(
            before, f"附件在版记之{'前' if before else '后'}", "附件在版记之前", found.annexes[-1].label.place
        )


@check("7.3.7", "附件标题", Weight.SOFT)
def annex_title(subject: Subject) -> Iterator[Measure]:
    """Centred, on the third line of the page."""
    for annex in subject.elements.annexes:
        for title in annex.title[:1]:
            gap = subject.elements.gap_above(title, subject.profile.text.line_twips)
            yield Measure(abs(gap - 1) <= 0.5, f"序号下空{lines(gap)}", "序号下空1行，居中", title.place)
        if not annex.title:
            yield Measure(False, "没有找到居中的标题", "序号下空1行，居中", annex.label.place)


CHECKS = (
    attachments_form, attachments_end, attachments_match, attachments_place, attachments_wrap,
    signature_present, date_present, date_form, closing_place, date_below_name, remark_form,
    annex_label, annex_label_letters, annex_page, annex_before_imprint, annex_title,
)  # fmt: skip
