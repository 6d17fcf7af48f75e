"""The base document `templates/bulletin.docx`: styles and geometry, no prose (底稿).

What lives here: the parts of the base document, made from the profile's numbers; ``python -m pipeline.document.base``
rewrites the file. What must not: text of a notice.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from pipeline.document.geometry import DRAFT, Profile
from pipeline.document.package import write_package
from pipeline.settings import CODE_ROOT

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def build_base(profile: Profile = DRAFT) -> bytes:
    """The base document of a profile (底稿), canonical bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml"),
            ("footer", "footer1.xml"), ("footer", "footer2.xml"),
        ),
        "word/document.xml": _document(profile),
        "word/styles.xml": _styles(profile),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(profile),
        "word/footer1.xml": _footer("FooterOdd"),
        "word/footer2.xml": _footer("FooterEven"),
    }  # fmt: skip
    return write_package({name: (_HEAD + text).encode() for name, text in parts.items()})


def _content_types() -> str:
    overrides = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
    }
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "://" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def _core() -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title></dc:title><dc:creator></dc:creator>'
        '<cp:lastModifiedBy></cp:lastModifiedBy><cp:revision>1</cp:revision>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def _document(profile: Profile) -> str:
    return (
        f"<w:document {_W} {_R}><w:body><w:sectPr>"
        '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{profile.page_width_twips}" w:h="{profile.page_height_twips}"/>'
        f'<w:pgMar w:top="{profile.top_twips}" w:right="{profile.right_twips}" w:bottom="{profile.bottom_twips}" '
        f'w:left="{profile.left_twips}" w:header="851" w:footer="{profile.footer_twips}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{profile.line_twips}"/></w:sectPr></w:body></w:document>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table(profile: Profile) -> str:
    fonts = profile.fonts
    names = (fonts.latin, fonts.body, fonts.title, fonts.heading, fonts.subheading, fonts.page_number)
    listed = "".join(f"<w:font w:name={quoteattr(name)}/>" for name in names)
    return f"<w:fonts {_W}>{listed}</w:fonts>"


def _fonts(east_asia: str, latin: str) -> str:
    face, roman = quoteattr(east_asia), quoteattr(latin)
    return f"<w:rFonts w:ascii={roman} w:eastAsia={face} w:hAnsi={roman} w:cs={roman}/>"


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _paragraph_style(identity: str, name: str, paragraph: str, run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _character_style(identity: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{run}</w:rPr></w:style>"
    )


def _styles(profile: Profile) -> str:
    fonts, line = profile.fonts, profile.line_twips
    body = _fonts(fonts.body, fonts.latin)
    heading, sub = _fonts(fonts.heading, fonts.latin), _fonts(fonts.subheading, fonts.latin)
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{profile.body_half_points * 20}"/>'
    exact = f'w:line="{line}" w:lineRule="exact"'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{body}{_size(profile.body_half_points)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:snapToGrid/><w:spacing w:before="0" w:after="0" {exact}/><w:jc w:val="both"/></w:pPr><w:rPr>{body}'
        f'<w:spacing w:val="{profile.spacing_twentieths}"/>{_size(profile.body_half_points)}</w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + _paragraph_style("DocumentNumber", "发文字号", '<w:jc w:val="center"/>')
        + _paragraph_style(
            "NoticeTitle", "公文标题", f'<w:spacing w:before="{2 * line}" {exact}/><w:jc w:val="center"/>',
            _fonts(fonts.title, fonts.latin) + '<w:spacing w:val="0"/>' + _size(profile.title_half_points),
        )
        + _paragraph_style("Addressee", "主送机关", f'<w:spacing w:before="{line}" {exact}/><w:jc w:val="left"/>')
        + _paragraph_style("Body", "公文正文", indent)
        + _paragraph_style("Heading1", "一级标题", "<w:keepNext/>" + indent, heading)
        + _paragraph_style("AttachmentNote", "附件说明", '<w:jc w:val="left"/>')
        + _paragraph_style("Signature", "发文机关署名", '<w:keepNext/><w:jc w:val="right"/>')
        + _paragraph_style("IssueDate", "成文日期", '<w:jc w:val="left"/>')
        + _paragraph_style("Remark", "附注", indent)
        + _paragraph_style("AnnexLabel", "附件标识", "<w:pageBreakBefore/>", heading)
        + _paragraph_style(
            "AnnexTitle", "附件标题", f'<w:spacing w:before="{line}" w:after="{line // 2}" {exact}/><w:jc w:val="center"/>',
            _fonts(fonts.title, fonts.latin) + '<w:spacing w:val="0"/>' + _size(profile.title_half_points),
        )
        + _paragraph_style(
            "TableText", "表格文字", '<w:snapToGrid w:val="0"/><w:spacing w:line="340" w:lineRule="exact"/><w:jc w:val="center"/>',
            '<w:spacing w:val="0"/>' + _size(profile.table_half_points),
        )
        + _paragraph_style(
            "TableHead", "表格栏目", '<w:snapToGrid w:val="0"/><w:spacing w:line="340" w:lineRule="exact"/><w:jc w:val="center"/>',
            heading + '<w:spacing w:val="0"/>' + _size(profile.table_half_points),
        )
        + _footer_style("FooterOdd", "页码（单页）", '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>', profile)
        + _footer_style("FooterEven", "页码（双页）", '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>', profile)
        + _character_style("Level2", "二级标题文字", sub)
        + _character_style("Level3", "三级标题文字", body)
        + "</w:styles>"
    )  # fmt: skip


def _footer_style(identity: str, name: str, place: str, profile: Profile) -> str:
    return _paragraph_style(
        identity,
        name,
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/>{place}',
        _fonts(profile.fonts.page_number, profile.fonts.page_number)
        + '<w:spacing w:val="0"/>'
        + _size(profile.page_number_half_points),
    )


def _footer(style: str) -> str:
    def run(content: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{content}</w:r>'

    field = (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run("<w:t>1</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>')
    )
    dash = run('<w:t xml:space="preserve">— </w:t>')
    close = run('<w:t xml:space="preserve"> —</w:t>')
    return f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{dash}{field}{close}</w:p></w:ftr>'


if __name__ == "__main__":
    (CODE_ROOT / "templates" / "bulletin.docx").write_bytes(build_base())
