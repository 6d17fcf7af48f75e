"""Named styles of the base document (样式): one per element of an official document.

What lives here: ids and names of styles, and their formatting from the declared numbers. What must not: text, and
formatting that depends on the text (`compose.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pipeline.document.geometry import Form, Profile, face_bottom_twips, face_top_twips, twips
from pipeline.document.xml import Element, element

LANGUAGE = "zh-CN"
LATIN = "en-US"  # of digits: as Chinese, LibreOffice breaks lines within 99.7%
_TWIPS_PER_POINT = 20
_DOUBLE_LINE_GAP = 30  # twips between the two lines of a double line


class Style(StrEnum):
    """Style ids (样式标识)."""

    NORMAL = "Normal"
    BODY = "Body"
    DRAFT = "Draft"
    CORNER = "Corner"
    MARK = "Mark"
    NUMBER = "Number"
    TITLE = "Title"
    ADDRESSEE = "Addressee"
    HEADING = "Heading1"
    ATTACHMENT = "Attachment"
    ATTACHMENT_NEXT = "AttachmentNext"
    SIGNATURE = "Signature"
    DATE = "Date"
    SIGNATURE_SEALED = "SignatureSealed"
    REMARK = "Remark"
    IMPRINT = "Imprint"
    ANNEX_LABEL = "AnnexLabel"
    ANNEX_TITLE = "AnnexTitle"
    TABLE_HEADING = "TableHeading"
    TABLE_TEXT = "TableText"
    TABLE_END = "TableEnd"
    DOUBLE_LINE = "DoubleLine"
    DOUBLE_LINE_FOOT = "DoubleLineFoot"
    PAGE_ODD = "PageOdd"
    PAGE_EVEN = "PageEven"
    LEVEL2 = "Level2"
    LEVEL3 = "Level3"
    SECRECY = "Secrecy"
    SIGNER = "Signer"


def styles(profile: Profile) -> Element:
    """The styles part of a profile (样式表)."""
    return element("styles", _defaults(profile), *_basic(profile), *_paragraphs(profile), *_characters(profile))


def fonts(name: str, latin: str) -> Element:
    """A font for every script (字体): ``eastAsia`` too, which ``font.name`` of python-docx leaves out."""
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=name, cs=latin)


def _sizes(half_points: int) -> tuple[Element, Element]:
    return element("sz", val=half_points), element("szCs", val=half_points)


def _defaults(profile: Profile) -> Element:
    letters = element(
        "rPr",
        fonts(profile.fonts.body, profile.fonts.latin),
        *_sizes(profile.text.body_half_points),
        element("lang", val=LATIN, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", letters), element("pPrDefault", element("pPr")))


def _basic(profile: Profile) -> Iterator[Element]:
    """Normal, and the three styles that every document needs."""
    text = profile.text
    layout = element(
        "pPr",
        element("widowControl", val=0),
        element("kinsoku", val=1),
        element("overflowPunct", val=1),
        element("autoSpaceDE", val=0),
        element("autoSpaceDN", val=0),
        element("adjustRightInd", val=0),
        element("snapToGrid", val=1),
        element("spacing", before=0, after=0, line=text.line_twips, lineRule="exact"),
        element("jc", val="both"),
    )
    letters = element(
        "rPr",
        fonts(profile.fonts.body, profile.fonts.latin),
        element("color", val="000000"),
        element("spacing", val=text.spacing_twips),
        element("kern", val=0),
        *_sizes(text.body_half_points),
        element("lang", val=LATIN, eastAsia=LANGUAGE),
    )
    yield element("style", element("name", val="Normal"), element("qFormat"), layout, letters,
                  type="paragraph", default=1, styleId=Style.NORMAL)  # fmt: skip
    yield element(
        "style", element("name", val="Default Paragraph Font"), type="character", default=1, styleId="Letters"
    )
    margins = element("tblCellMar", *(element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    yield element("style", element("name", val="Normal Table"), element("tblPr", margins),
                  type="table", default=1, styleId="NormalTable")  # fmt: skip
    yield element("style", element("name", val="No List"), type="numbering", default=1, styleId="NoList")


def _paragraphs(profile: Profile) -> Iterator[Element]:
    text, table, names = profile.text, profile.table, profile.fonts
    line, em = text.line_twips, text.em_twips
    letter = profile.form is Form.LETTER
    page_em = text.page_number_half_points * 10
    indent = {"firstLineChars": 200, "firstLine": 2 * em}
    heading: dict[str, Any] = {"font": names.level1, "latin": names.latin}
    title: dict[str, Any] = {"font": names.title, "size": text.title_half_points, "line": text.title_line_twips}
    # LibreOffice gives a large character two lines of the grid
    title |= {"align": "center", "tight": False, "grid": False}
    yield _paragraph(Style.BODY, "公文正文", indent=indent)
    yield _paragraph(Style.DRAFT, "公文草稿标记", **heading)
    yield from _head(profile)
    yield _paragraph(Style.TITLE, "公文标题", before=2 * line * letter, after=line, keep=True, **title)
    yield _paragraph(Style.ADDRESSEE, "公文主送机关")
    yield _paragraph(Style.HEADING, "公文一级标题", **heading, indent=indent, keep=True, outline=0)
    yield _paragraph(Style.ATTACHMENT, "公文附件说明", before=line)
    yield _paragraph(Style.ATTACHMENT_NEXT, "公文附件说明续")
    yield _paragraph(Style.SIGNATURE, "公文发文机关署名", before=line, align="right", keep=True)
    # A seal of 42 mm to 45 mm whose middle lies on name and date begins less than a line below the text
    yield _paragraph(Style.SIGNATURE_SEALED, "公文发文机关署名加盖印章", before=2 * line, align="right", keep=True)
    yield _paragraph(Style.DATE, "公文成文日期", align="right")
    yield _paragraph(Style.REMARK, "公文附注", indent=indent)
    yield _paragraph(Style.ANNEX_LABEL, "公文附件序号", **heading, keep=True, new_page=True, outline=0)
    yield _paragraph(Style.ANNEX_TITLE, "公文附件标题", before=line, after=line // 2, keep=True, **title)
    cell: dict[str, Any] = {
        "size": table.half_points,
        "line": table.line_twips,
        "align": "center",
        "tight": False,
        "grid": False,
    }
    yield _paragraph(Style.TABLE_HEADING, "公文表头", **heading, **cell)
    yield _paragraph(Style.TABLE_TEXT, "公文表文", **cell)
    yield _paragraph(Style.TABLE_END, "公文表后", size=2, line=20, grid=False)
    page: dict[str, Any] = {
        "font": names.page_number,
        "size": text.page_number_half_points,
        "tight": False,
        "grid": False,
    }
    page |= {"line": text.page_number_half_points * 10, "after": profile.page.footer_twips - profile.footer_twips}
    yield _paragraph(Style.PAGE_ODD, "公文页码单页", align="right", indent={"right": page_em}, **page)
    yield _paragraph(Style.PAGE_EVEN, "公文页码双页", align="left", indent={"left": page_em}, **page)


def _head(profile: Profile) -> Iterator[Element]:
    """The styles of head and imprint (版头与版记)."""
    text, numbers, page = profile.text, profile.head, profile.page
    line, em = text.line_twips, text.em_twips
    mark: dict[str, Any] = {"font": profile.fonts.title, "latin": profile.fonts.title, "color": numbers.red}
    yield _paragraph(Style.CORNER, "公文版头左上角", grid=False)
    yield _paragraph(Style.MARK, "公文发文机关标志", **mark, align="center", tight=False, grid=False)
    match profile.form:
        case Form.MANUSCRIPT:
            yield _paragraph(Style.NUMBER, "公文发文字号", after=2 * line, align="center")
        case Form.FILE:
            gap = twips(numbers.line_gap_tenths_mm) - face_bottom_twips(text.body_half_points, line)
            rule = _borders(
                bottom=(numbers.line_eighth_points, (gap + _TWIPS_PER_POINT // 2) // _TWIPS_PER_POINT),
                color=numbers.red,
            )
            yield _paragraph(Style.NUMBER, "公文发文字号", after=2 * line, align="center", grid=False, borders=rule)
        case Form.LETTER:
            gap = em * numbers.letter_gap_eighths // 8 - face_top_twips(text.body_half_points, line)
            yield _paragraph(Style.NUMBER, "公文发文字号", before=gap, align="left", grid=False)
    outside = (page.width_twips - twips(numbers.letter_line_tenths_mm)) // 2
    thick, thin = (numbers.thick_eighth_points, 0), (numbers.thin_eighth_points, 0)
    wide = {"left": outside - page.left_twips, "right": outside - page.right_twips}
    for style, name, top, bottom in (
        (Style.DOUBLE_LINE, "公文红色双线上粗下细", thick, thin),
        (Style.DOUBLE_LINE_FOOT, "公文红色双线上细下粗", thin, thick),
    ):
        rule = _borders(top=top, bottom=bottom, color=numbers.red)
        yield _paragraph(style, name, size=2, line=_DOUBLE_LINE_GAP, indent=wide, grid=False, borders=rule)
    imprint = profile.imprint
    yield _paragraph(
        Style.IMPRINT, "公文版记", size=imprint.half_points, line=imprint.line_twips, tight=False, grid=False
    )


def _borders(color: str, **sides: tuple[int, int]) -> Element:
    lines = (element(side, val="single", sz=size, space=gap, color=color) for side, (size, gap) in sides.items())
    return element("pBdr", *lines)


def _paragraph(
    style: Style,
    name: str,
    *,
    font: str = "",
    latin: str = "",
    size: int = 0,
    align: str = "",
    before: int = 0,
    after: int = 0,
    line: int = 0,
    indent: dict[str, int] | None = None,
    outline: int | None = None,
    keep: bool = False,
    new_page: bool = False,
    tight: bool = True,
    grid: bool = True,
    borders: Element = None,
    color: str = "",
) -> Element:
    """A paragraph style that says only where it differs from Normal (段落样式)."""
    distances: dict[str, str | int] = {"before": before, "after": after}
    if line:
        distances |= {"line": line, "lineRule": "exact"}
    layout = element(
        "pPr",
        *([element("keepNext")] if keep else ()),
        *([element("pageBreakBefore")] if new_page else ()),
        *(() if borders is None else [borders]),
        *(() if grid else [element("snapToGrid", val=0)]),
        element("spacing", **distances),
        *([element("ind", **indent)] if indent else ()),
        *([element("jc", val=align)] if align else ()),
        *([] if outline is None else [element("outlineLvl", val=outline)]),
    )
    letters = element(
        "rPr",
        *([fonts(font, latin or font)] if font else ()),
        *([element("color", val=color)] if color else ()),
        *(() if tight else [element("spacing", val=0)]),
        *(_sizes(size) if size else ()),
    )
    head = (element("name", val=name), element("basedOn", val=Style.NORMAL), element("qFormat"))
    return element("style", *head, layout, letters, type="paragraph", customStyle=1, styleId=style)


def _characters(profile: Profile) -> Iterator[Element]:
    named = (
        (Style.LEVEL2, "公文二级标题", profile.fonts.level2),
        (Style.LEVEL3, "公文三级标题", profile.fonts.body),
        (Style.SECRECY, "公文密级和紧急程度", profile.fonts.level1),
        (Style.SIGNER, "公文签发人姓名", profile.fonts.level2),
    )
    for style, name, font in named:
        head = (element("name", val=name), element("basedOn", val="Letters"), element("qFormat"))
        letters = element("rPr", fonts(font, profile.fonts.latin))
        yield element("style", *head, letters, type="character", customStyle=1, styleId=style)
