"""Checks of page numbers (页码): clause 7.5. What must not live here: whether a field is whole (`wps.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document.conformance.formatting import value
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Paragraph, Section
from pipeline.document.conformance.words import characters, family, millimetres, mm, shown_font, size_name
from pipeline.document.geometry import Form
from pipeline.document.xml import W

_FORM = re.compile(r"— ?\d+ ?—")
_KINDS = {"default": "单页", "even": "双页"}
_DISTANCE_MM, _NEAR_MM = 7, 2
_NEAR = 0.3  # characters


def page_fields(node: Paragraph) -> bool:
    """Whether a paragraph holds a field of the page number (页码域)."""
    simple = (value(each, "instr") for each in node.node.iter(f"{{{W}}}fldSimple"))
    instructions = "".join(each.text or "" for each in node.node.iter(f"{{{W}}}instrText"))
    return any(re.search(r"\bPAGE\b", shown) for shown in (*simple, instructions))


def _footers(subject: Subject) -> Iterator[tuple[Section, str, Paragraph | None]]:
    """Section by section, the line of the page number on odd and on even pages."""
    seen: set[tuple[str, ...]] = set()
    for section in subject.source.sections:
        kinds = _KINDS if subject.source.odd_and_even else ("default",)
        names = tuple(section.footers.get(kind, "") for kind in kinds)
        if names in seen:
            continue
        seen.add(names)
        for kind, name in zip(kinds, names, strict=True):
            found = subject.source.margins.get(name, ())
            yield section, kind, next((each for each in found if page_fields(each)), None)


@check("7.5", "页码", Weight.HARD)
def page_number_present(subject: Subject) -> Iterator[Measure]:
    """Every section has page numbers, on odd and on even pages."""
    for section, kind, line in _footers(subject):
        shown = f"{_KINDS[kind]}{'有' if line else '没有'}页码"
        yield Measure(line is not None, shown, f"{_KINDS[kind]}有页码", section.place)


@check("7.5", "页码的形式", Weight.HARD)
def page_number_form(subject: Subject) -> Iterator[Measure]:
    """A number between two dashes of one character: — 1 —."""
    for _, _, line in _footers(subject):
        if line:
            yield Measure(_FORM.fullmatch(line.bare) is not None, line.bare or "（空）", "— 1 —", line.place)


@check("7.5", "页码的字体字号", Weight.HARD)
def page_number_letters(subject: Subject) -> Iterator[Measure]:
    """4号 宋体, digits included."""
    face, size = subject.profile.fonts.page_number, subject.profile.text.page_number_half_points
    for _, _, line in _footers(subject):
        for piece in line.part() if line else ():
            font = piece.letters.latin if piece.text.strip().isdigit() else piece.letters.east
            shown = f"{size_name(piece.letters.half_points)}{shown_font(font)}"
            passed = family(font) == family(face) and piece.letters.half_points == size
            yield Measure(passed, shown, f"{size_name(size)}{shown_font(face)}", line.place if line else "")


@check("7.5", "页码的位置", Weight.HARD)
def page_number_sides(subject: Subject) -> Iterator[Measure]:
    """Outside: on odd pages to the right, on even pages to the left, one character from the edge."""
    size = subject.profile.text.page_number_half_points * 10
    if not subject.source.odd_and_even:
        lines = [line for _, _, line in _footers(subject) if line]
        framed = all(_frame(line) == "outside" for line in lines)
        if lines:
            yield Measure(framed, "外侧" if framed else "单双页相同", "单页居右，双页居左")
        return
    for _, kind, line in _footers(subject):
        if line is None:
            continue
        side = {"default": "right", "even": "left"}[kind]
        spare = line.extent[1 if side == "right" else 0] / size
        aligned = (_frame(line) or line.layout.align.replace("both", "left")) in {side, "outside"}
        near = abs(spare - 1) <= _NEAR
        words = {"left": "居左", "right": "居右", "center": "居中"}
        shown = words.get(line.layout.align, line.layout.align) + (f"，空{characters(spare)}" if aligned else "")
        yield Measure(aligned and near, f"{_KINDS[kind]}{shown}", f"{_KINDS[kind]}{words[side]}，空1字", line.place)


def _frame(line: Paragraph) -> str:
    """The side of a framed page number, as Word's own command makes it."""
    return next((value(frame, "xAlign") for frame in line.node.iter(f"{{{W}}}framePr")), "")


@check("7.5", "页码与版心的距离", Weight.SOFT)
def page_number_distance(subject: Subject) -> Iterator[Measure]:
    """The dash is 7 mm below the type area."""
    for section, _, line in _footers(subject):
        if line and not section.landscape:
            height = line.layout.line if line.layout.rule == "exact" else line.size * 13
            distance = section.bottom - section.footer - line.layout.after - height
            near = abs(mm(distance) - _DISTANCE_MM) <= _NEAR_MM
            yield Measure(near, millimetres(distance), f"约{_DISTANCE_MM}毫米", section.place)


@check("10.1", "信函首页不显示页码", Weight.HARD)
def letter_first_page(subject: Subject) -> Iterator[Measure]:
    """The first page of a letter bears no number."""
    if subject.profile.form is Form.LETTER:
        section = subject.source.sections[0]
        first = subject.source.margins.get(section.footers.get("first", ""), ())
        hidden = section.first_differs and not any(map(page_fields, first))
        yield Measure(hidden, "首页不显示页码" if hidden else "首页显示页码", "首页不显示页码")


CHECKS = (
    page_number_present, page_number_form, page_number_letters, page_number_sides, page_number_distance,
    letter_first_page,
)  # fmt: skip
