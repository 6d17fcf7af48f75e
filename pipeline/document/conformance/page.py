"""Checks of the page (页面): paper, margins, type area. What must not live here: text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.words import millimetres, mm

_PAPER_MM, _MARGIN_MM, _AREA_MM = 1, 1, 2  # deviations allowed
_ROUNDING_MM = 0.05


def _near(measured: int, expected: int, allowed: float) -> bool:
    return abs(mm(measured) - mm(expected)) <= allowed + _ROUNDING_MM


@check("5.1", "用纸", Weight.HARD)
def paper(subject: Subject) -> Iterator[Measure]:
    """A4, upright or turned."""
    page = subject.profile.page
    for section in subject.source.sections:
        sides = sorted((section.width, section.height))
        wanted = sorted((page.width_twips, page.height_twips))
        passed = all(_near(side, want, _PAPER_MM) for side, want in zip(sides, wanted, strict=True))
        measured, expected = ("×".join(map(millimetres, each)) for each in (sides, wanted))
        yield Measure(passed, measured, f"{expected}（A4）", section.place)


@check("5.2.1", "页边", Weight.HARD)
def margins(subject: Subject) -> Iterator[Measure]:
    """天头 and 订口, and what follows from them on the other sides."""
    page = subject.profile.page
    for section in subject.source.sections:
        if section.landscape:
            continue
        sides = (
            ("天头", section.top, page.top_twips),
            ("订口", section.left, page.left_twips),
            ("右边", section.right, page.right_twips),
            ("下边", section.bottom, page.bottom_twips),
        )
        for name, measured, expected in sides:
            shown = f"{name}{millimetres(expected)}，误差不超过{_MARGIN_MM}毫米"
            near = _near(measured, expected, _MARGIN_MM)
            yield Measure(near, f"{name}{millimetres(measured)}", shown, section.place)


@check("5.2.1", "版心", Weight.HARD)
def type_area(subject: Subject) -> Iterator[Measure]:
    """Width and height between the margins."""
    page = subject.profile.page
    for section in subject.source.sections:
        if section.landscape:
            continue
        width, height = page.text_width_twips, page.text_height_twips
        passed = _near(section.text_width, width, _AREA_MM) and _near(section.text_height, height, _AREA_MM)
        measured = f"{millimetres(section.text_width)}×{millimetres(section.text_height)}"
        yield Measure(passed, measured, f"{millimetres(width)}×{millimetres(height)}", section.place)


@check("8", "横排页的页边", Weight.SOFT)
def landscape(subject: Subject) -> Iterator[Measure]:
    """A turned page keeps the four margins of the sheet; its upper edge is the binding or the outer one."""
    page = subject.profile.page
    upright = (page.top_twips, page.right_twips, page.bottom_twips, page.left_twips)
    turned = (upright[3], *upright[:3]), (*upright[1:], upright[0])
    for section in subject.source.sections:
        if section.landscape:
            sides = (section.top, section.right, section.bottom, section.left)
            fits = [all(map(_near, sides, wanted, [_MARGIN_MM] * 4)) for wanted in turned]
            expected = "或".join("、".join(map(millimetres, wanted)) for wanted in turned)
            yield Measure(any(fits), "、".join(map(millimetres, sides)), f"上右下左{expected}", section.place)


CHECKS = (paper, margins, type_area, landscape)
