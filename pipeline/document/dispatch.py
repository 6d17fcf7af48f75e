"""The head and the imprint of an issued document (版头与版记).

What lives here: the red mark, the elements above the title, the table at the foot of the last page. What must not:
declared numbers (`geometry.py`), the notice itself (`compose.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.bulletin.blocks import Dispatch
from pipeline.document.geometry import Form, Profile, face_bottom_twips, face_top_twips, quarter_ems, twips
from pipeline.document.styles import Style
from pipeline.document.text import SIGNER_LEAD, copied_to, printed_on
from pipeline.document.xml import Element, element, paragraph, run, text
from pipeline.errors import DocumentError


def mark(dispatch: Dispatch, profile: Profile, lines_above: int = 0) -> Element:
    """The issuer's red mark (发文机关标志): its characters begin at the declared distance, below so many lines.

    A long name is set smaller. Raises ``DocumentError`` for one that would be smaller than the title.
    """
    numbers = profile.head
    widest = profile.page.text_width_twips * 4 // (quarter_ems(dispatch.mark) * 10) if dispatch.mark else 0
    size = min(numbers.mark_half_points, widest)
    if size < numbers.mark_least_half_points:
        raise DocumentError("mark", f"发文机关标志“{dispatch.mark}”空缺或者过长，一行排不下。", "请填写规范化简称。")
    line = size * 12  # an exact line of 1.2 times the size, which cuts no character
    if profile.form is Form.LETTER:
        above = twips(numbers.mark_top_letter_tenths_mm) - profile.page.header_twips
        below = twips(numbers.line_gap_tenths_mm) - face_bottom_twips(size, line)
    else:
        above = twips(numbers.mark_top_tenths_mm) - lines_above * profile.text.line_twips
        below = 2 * profile.text.line_twips
    distances = element("spacing", before=above - face_top_twips(size, line), after=below, line=line, lineRule="exact")
    shown = run(text(dispatch.mark))
    shown[0].extend((element("sz", val=size), element("szCs", val=size)))
    return paragraph(Style.MARK, [shown], distances)


def head(dispatch: Dispatch, number: Sequence[Element], profile: Profile) -> Iterator[Element]:
    """What stands above the title in the body (版头). The mark of a letter stands in the header of its first page.

    Raises ``DocumentError`` for a secret document without copy numbers.
    """
    if dispatch.secrecy and not dispatch.copy_number:
        raise DocumentError("copy_number", "涉密公文没有份号。", "请填写份号，或者删去密级和保密期限。")
    given = ((dispatch.copy_number, ""), (dispatch.secrecy, Style.SECRECY), (dispatch.urgency, Style.SECRECY))
    corner = [run(text(words), style=style) for words, style in given if words]
    width, em = profile.page.text_width_twips, profile.text.em_twips
    if profile.form is Form.LETTER:  # the number stands at the right end of the first line
        yield paragraph(Style.NUMBER, [*corner[:1], run(element("tab")), *number], _tab(width))
        yield from (paragraph(Style.CORNER, [words]) for words in corner[1:])
        return
    yield from (paragraph(Style.CORNER, [words]) for words in corner)
    yield mark(dispatch, profile, len(corner))
    if not dispatch.signer:
        yield paragraph(Style.NUMBER, number)
        return
    signer = (run(element("tab"), text(SIGNER_LEAD)), run(text(dispatch.signer), style=Style.SIGNER))
    layout = (_tab(width - em), element("ind", firstLine=em), element("jc", val="left"))
    yield paragraph(Style.NUMBER, [*number, *signer], *layout)


def imprint(dispatch: Dispatch, profile: Profile) -> Iterator[Element]:
    """The imprint (版记): a table bound to the foot of the page on which the text ends; nothing to say, no table."""
    numbers, page = profile.imprint, profile.page
    width, em = page.text_width_twips, numbers.half_points * 10
    lead = 3 * em  # 抄送：
    rows = []
    if dispatch.copied_to:
        indent = element("ind", left=em + lead, right=em, hanging=lead)
        rows.append(paragraph(Style.IMPRINT, [run(text(copied_to(dispatch)))], indent))
    if profile.form is Form.FILE and (dispatch.printer or dispatch.printed_on):
        words = [run(text(dispatch.printer), element("tab"), text(printed_on(dispatch)))]
        rows.append(paragraph(Style.IMPRINT, words, _tab(width - em), element("ind", left=em, right=em)))
    if not rows:
        return
    outer, inner, high = numbers.outer_eighth_points, numbers.inner_eighth_points, numbers.cell_margin_twips
    lines = {"top": outer, "bottom": outer, "insideH": inner} if profile.form is Form.FILE else {}
    margins = {"top": high, "left": 0, "bottom": high, "right": 0}
    borders = (element(side, val="single", sz=size, space=0, color="000000") for side, size in lines.items())
    place = element("tblpPr", horzAnchor="page", tblpX=page.left_twips, vertAnchor="margin", tblpYSpec="bottom")
    properties = element(
        "tblPr",
        place,
        element("tblW", w=width, type="dxa"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=gap, type="dxa") for side, gap in margins.items())),
    )
    grid = element("tblGrid", element("gridCol", w=width))
    yield element("tbl", properties, grid, *(_row(words, width, numbers.row_twips) for words in rows))


def _row(words: Element, width: int, height: int) -> Element:
    cell = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
    whole = element("trPr", element("cantSplit"), element("trHeight", val=height, hRule="atLeast"))
    return element("tr", whole, element("tc", cell, words))


def _tab(place: int) -> Element:
    return element("tabs", element("tab", val="right", pos=place))
