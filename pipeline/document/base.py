"""The base document `templates/bulletin.docx` (底版): styles, page, page numbers, fonts; no prose.

What lives here: its parts, built from the declared numbers. What must not: numbers (`geometry.py`), formatting of
styles (`styles.py`), words of a notice. ``python -m pipeline.document.base`` writes the file again, the same bytes
every time.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.document.geometry import MANUSCRIPT, FontSet, Form, PageGeometry, Profile
from pipeline.document.package import CONTENT_TYPES, CORE, core_properties, write_parts
from pipeline.document.styles import LANGUAGE, LATIN, Style, styles
from pipeline.document.xml import NAMESPACES, Element, R, element, field, paragraph, run, text, write

TEMPLATE = Path(__file__).parents[2] / "templates" / "bulletin.docx"
_DASH = "—"
_GB2312_CHARSET = "86"
_WORD_2013 = 15
_OFFICE = "http://schemas.microsoft.com/office/word"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_FOOTERS = {"default": "footer1.xml", "even": "footer2.xml"}
_TURNED = {"default": "footer4.xml", "even": "footer5.xml"}  # of pages turned for a wide table
_FIRST = {"header": "header1.xml", "footer": "footer3.xml"}  # of the first page of a letter
_TYPES = {
    "/word/document.xml": f"{_ML}.document.main+xml",
    "/word/styles.xml": f"{_ML}.styles+xml",
    "/word/settings.xml": f"{_ML}.settings+xml",
    "/word/fontTable.xml": f"{_ML}.fontTable+xml",
    "/word/footer1.xml": f"{_ML}.footer+xml",
    "/word/footer2.xml": f"{_ML}.footer+xml",
    "/word/header1.xml": f"{_ML}.header+xml",
    **{f"/word/footer{number}.xml": f"{_ML}.footer+xml" for number in (3, 4, 5)},
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_ROOT_TARGETS = (
    (f"{R}/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{R}/extended-properties", "docProps/app.xml"),
)
_DOCUMENT_TARGETS = (
    (f"{R}/styles", "styles.xml"),
    (f"{R}/settings", "settings.xml"),
    (f"{R}/fontTable", "fontTable.xml"),
    *((f"{R}/footer", target) for target in _FOOTERS.values()),
    *((f"{R}/{kind}", target) for kind, target in _FIRST.items()),
    *((f"{R}/footer", target) for target in _TURNED.values()),
)


def build_template(profile: Profile = MANUSCRIPT) -> bytes:
    """The base document of a profile (底版)."""
    parts = {
        "word/document.xml": write(element("document", element("body", section(profile, profile.page, first=True)))),
        "word/styles.xml": write(styles(profile)),
        "word/settings.xml": write(_settings()),
        "word/fontTable.xml": write(_font_table(profile.fonts)),
        "word/footer1.xml": write(_footer(Style.PAGE_ODD)),
        "word/footer2.xml": write(_footer(Style.PAGE_EVEN)),
        "word/header1.xml": write(element("hdr", paragraph(Style.MARK), paragraph(Style.DOUBLE_LINE))),
        "word/footer3.xml": write(element("ftr", paragraph(Style.DOUBLE_LINE_FOOT))),
        "word/footer4.xml": write(_turned_footer(Style.PAGE_ODD, profile)),
        "word/footer5.xml": write(_turned_footer(Style.PAGE_EVEN, profile)),
        "word/_rels/document.xml.rels": _relationships(_DOCUMENT_TARGETS),
        "_rels/.rels": _relationships(_ROOT_TARGETS),
        "docProps/app.xml": write(etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})),
        CORE: core_properties("", ""),
        CONTENT_TYPES: _content_types(),
    }
    return write_parts(parts)


def section(profile: Profile, page: PageGeometry, *, first: bool) -> Element:
    """The section properties of a page (节): paper, margins, grid, page numbers outside on odd and even pages.

    The first page of a letter has a header and a footer of its own.
    """
    ids = {target: f"rId{number}" for number, (_, target) in enumerate(_DOCUMENT_TARGETS, start=1)}
    own = first and profile.form is Form.LETTER
    shown = [("footer", kind, target) for kind, target in (_TURNED if page.landscape else _FOOTERS).items()]
    shown += [(tag, "first", target) for tag, target in _FIRST.items() if own]
    references = []
    for tag, kind, target in shown:
        reference = element(f"{tag}Reference", type=kind)
        reference.set(f"{{{R}}}id", ids[target])
        references.append(reference)
    paper = element("pgSz", w=page.width_twips, h=page.height_twips)
    if page.landscape:
        paper.set(f"{{{NAMESPACES['w']}}}orient", "landscape")
    margins = element(
        "pgMar",
        top=page.top_twips,
        right=page.right_twips,
        bottom=page.bottom_twips,
        left=page.left_twips,
        header=page.header_twips,
        footer=profile.footer_twips,
        gutter=0,
    )
    grid = element("docGrid", type="lines", linePitch=profile.text.line_twips)
    title = [element("titlePg")] if own else []
    return element("sectPr", *references, element("type", val="nextPage"), paper, margins, *title, grid)


def _footer(style: Style) -> Element:
    return element("ftr", _page_number(style))


def _turned_footer(style: Style, profile: Profile) -> Element:
    """The page number of a turned page: it stays where it would stand on the upright sheet (横排页码)."""
    page, size = profile.page, profile.text.page_number_half_points * 10
    place = element(
        "tblpPr",
        horzAnchor="page",
        vertAnchor="page",
        tblpX=page.footer_twips,
        tblpY=page.left_twips,
    )
    properties = element(
        "tblPr",
        place,
        element("tblW", w=size, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=0, type="dxa"), element("right", w=0, type="dxa")),
    )
    cell = element("tcPr", element("tcW", w=size, type="dxa"), element("textDirection", val="tbRl"))
    height = element("trHeight", val=page.text_width_twips, hRule="exact")
    row = element("tr", element("trPr", height), element("tc", cell, _page_number(style)))
    table = element("tbl", properties, element("tblGrid", element("gridCol", w=size)), row)
    return element("ftr", table, paragraph(Style.TABLE_END))


def _page_number(style: Style) -> Element:
    return paragraph(style, (run(text(f"{_DASH} ")), *field("PAGE", "1"), run(text(f" {_DASH}"))))


def _settings() -> Element:
    mode = element("compatSetting", name="compatibilityMode", uri=_OFFICE, val=_WORD_2013)
    return element(
        "settings",
        element("zoom", percent=100),
        element("removePersonalInformation"),
        element("removeDateAndTime"),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", mode),
        element("themeFontLang", val=LATIN, eastAsia=LANGUAGE),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )


def _font_table(names: FontSet) -> Element:
    alternatives = dict(names.alternatives)
    table = element("fonts")
    for name in names.names:
        font = element("font", name=name)
        if name in alternatives:
            font.append(element("altName", val=alternatives[name]))
        font.extend((element("charset", val=_GB2312_CHARSET), element("family", val="auto")))
        table.append(font)
    return table


def _relationships(targets: tuple[tuple[str, str], ...]) -> bytes:
    namespace = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for number, (kind, target) in enumerate(targets, start=1):
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return write(root)


def _content_types() -> bytes:
    namespace = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{namespace}}}Types", nsmap={None: namespace})
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{namespace}}}Default", Extension="rels", ContentType=relationships)
    etree.SubElement(root, f"{{{namespace}}}Default", Extension="xml", ContentType="application/xml")
    for name, kind in _TYPES.items():
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=name, ContentType=kind)
    return write(root)


if __name__ == "__main__":
    TEMPLATE.write_bytes(build_template())
