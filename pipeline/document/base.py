"""The base document `templates/bulletin.docx` (底版): styles, page, page numbers, fonts; no prose.

What lives here: its parts, built from the declared numbers. What must not: numbers (`geometry.py`), formatting of
styles (`styles.py`), words of a notice. ``python -m pipeline.document.base`` writes the file again, the same bytes
every time.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.document.geometry import MANUSCRIPT, FontSet, PageGeometry, Profile
from pipeline.document.package import CONTENT_TYPES, CORE, core_properties, write_parts
from pipeline.document.styles import LANGUAGE, Style, styles
from pipeline.document.xml import NAMESPACES, Element, R, element, field, run, text, write

TEMPLATE = Path(__file__).parents[2] / "templates" / "bulletin.docx"
_DASH = "—"
_GB2312_CHARSET = "86"
_WORD_2013 = 15
_OFFICE = "http://schemas.microsoft.com/office/word"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_FOOTERS = {"default": "footer1.xml", "even": "footer2.xml"}
_TYPES = {
    "/word/document.xml": f"{_ML}.document.main+xml",
    "/word/styles.xml": f"{_ML}.styles+xml",
    "/word/settings.xml": f"{_ML}.settings+xml",
    "/word/fontTable.xml": f"{_ML}.fontTable+xml",
    "/word/footer1.xml": f"{_ML}.footer+xml",
    "/word/footer2.xml": f"{_ML}.footer+xml",
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
)


def build_template(profile: Profile = MANUSCRIPT) -> bytes:
    """The base document of a profile (底版)."""
    parts = {
        "word/document.xml": write(element("document", element("body", section(profile, profile.page)))),
        "word/styles.xml": write(styles(profile)),
        "word/settings.xml": write(_settings()),
        "word/fontTable.xml": write(_font_table(profile.fonts)),
        "word/footer1.xml": write(_footer(Style.PAGE_ODD)),
        "word/footer2.xml": write(_footer(Style.PAGE_EVEN)),
        "word/_rels/document.xml.rels": _relationships(_DOCUMENT_TARGETS),
        "_rels/.rels": _relationships(_ROOT_TARGETS),
        "docProps/app.xml": write(etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})),
        CORE: core_properties("", ""),
        CONTENT_TYPES: _content_types(),
    }
    return write_parts(parts)


def section(profile: Profile, page: PageGeometry) -> Element:
    """The section properties of a page (节): paper, margins, grid, page numbers outside on odd and even pages."""
    ids = {target: f"rId{number}" for number, (_, target) in enumerate(_DOCUMENT_TARGETS, start=1)}
    footers = []
    for kind, target in _FOOTERS.items():
        reference = element("footerReference", type=kind)
        reference.set(f"{{{R}}}id", ids[target])
        footers.append(reference)
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
        footer=page.footer_twips,
        gutter=0,
    )
    grid = element("docGrid", type="lines", linePitch=profile.text.line_twips)
    return element("sectPr", *footers, element("type", val="nextPage"), paper, margins, grid)


def _footer(style: Style) -> Element:
    shown = (run(text(f"{_DASH} ")), *field("PAGE", "1"), run(text(f" {_DASH}")))
    return element("ftr", element("p", element("pPr", element("pStyle", val=style)), *shown))


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
        element("themeFontLang", val=LANGUAGE, eastAsia=LANGUAGE),
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
