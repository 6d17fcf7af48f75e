"""Named styles of the base document (样式): one per element of an official document.

What lives here: ids and names of styles, and their formatting from the declared numbers. What must not: text, and
formatting that depends on the text (`compose.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pipeline.document.geometry import Profile
from pipeline.document.xml import Element, element

LANGUAGE = "zh-CN"


class Style(StrEnum):
    """Style ids (样式标识)."""

    NORMAL = "Normal"
    BODY = "Body"
    DRAFT = "Draft"
    NUMBER = "Number"
    TITLE = "Title"
    ADDRESSEE = "Addressee"
    HEADING = "Heading1"
    ATTACHMENT = "Attachment"
    ATTACHMENT_NEXT = "AttachmentNext"
    SIGNATURE = "Signature"
    DATE = "Date"
    REMARK = "Remark"
    ANNEX_LABEL = "AnnexLabel"
    ANNEX_TITLE = "AnnexTitle"
    TABLE_HEADING = "TableHeading"
    TABLE_TEXT = "TableText"
    TABLE_END = "TableEnd"
    PAGE_ODD = "PageOdd"
    PAGE_EVEN = "PageEven"
    LEVEL2 = "Level2"
    LEVEL3 = "Level3"


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
        element("lang", val="en-US", eastAsia=LANGUAGE, bidi="ar-SA"),
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
        element("lang", val=LANGUAGE, eastAsia=LANGUAGE),
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
    page_em = text.page_number_half_points * 10
    indent = {"firstLineChars": 200, "firstLine": 2 * em}
    heading: dict[str, Any] = {"font": names.level1, "latin": names.latin}
    title: dict[str, Any] = {"font": names.title, "size": text.title_half_points, "line": text.title_line_twips}
    # LibreOffice gives a large character two lines of the grid
    title |= {"align": "center", "tight": False, "grid": False}
    yield _paragraph(Style.BODY, "公文正文", indent=indent)
    yield _paragraph(Style.DRAFT, "公文草稿标记", **heading)
    yield _paragraph(Style.NUMBER, "公文发文字号", after=2 * line, align="center")
    yield _paragraph(Style.TITLE, "公文标题", after=line, keep=True, **title)
    yield _paragraph(Style.ADDRESSEE, "公文主送机关")
    yield _paragraph(Style.HEADING, "公文一级标题", **heading, indent=indent, keep=True, outline=0)
    yield _paragraph(Style.ATTACHMENT, "公文附件说明", before=line)
    yield _paragraph(Style.ATTACHMENT_NEXT, "公文附件说明续")
    yield _paragraph(Style.SIGNATURE, "公文发文机关署名", before=line, align="right", keep=True)
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
    page |= {"line": text.page_number_half_points * 10}
    yield _paragraph(Style.PAGE_ODD, "公文页码单页", align="right", indent={"right": page_em}, **page)
    yield _paragraph(Style.PAGE_EVEN, "公文页码双页", align="left", indent={"left": page_em}, **page)


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
) -> Element:
    """A paragraph style that says only where it differs from Normal (段落样式)."""
    distances: dict[str, str | int] = {"before": before, "after": after}
    if line:
        distances |= {"line": line, "lineRule": "exact"}
    layout = element(
        "pPr",
        *([element("keepNext")] if keep else ()),
        *([element("pageBreakBefore")] if new_page else ()),
        *(() if grid else [element("snapToGrid", val=0)]),
        element("spacing", **distances),
        *([element("ind", **indent)] if indent else ()),
        *([element("jc", val=align)] if align else ()),
        *([] if outline is None else [element("outlineLvl", val=outline)]),
    )
    letters = element(
        "rPr",
        *([fonts(font, latin or font)] if font else ()),
        *(() if tight else [element("spacing", val=0)]),
        *(_sizes(size) if size else ()),
    )
    head = (element("name", val=name), element("basedOn", val=Style.NORMAL), element("qFormat"))
    return element("style", *head, layout, letters, type="paragraph", customStyle=1, styleId=style)


def _characters(profile: Profile) -> Iterator[Element]:
    named = ((Style.LEVEL2, "公文二级标题", profile.fonts.level2), (Style.LEVEL3, "公文三级标题", profile.fonts.body))
    for style, name, font in named:
        head = (element("name", val=name), element("basedOn", val="Letters"), element("qFormat"))
        letters = element("rPr", fonts(font, profile.fonts.latin))
        yield element("style", *head, letters, type="character", customStyle=1, styleId=style)
