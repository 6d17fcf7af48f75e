"""A document as a careful clerk makes it by hand: direct formatting, no named styles, red head and imprint (手工公文)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.document.package import write_parts
from pipeline.document.xml import R, W

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = {"document": f"{_ML}.document.main+xml", "settings": f"{_ML}.settings+xml"}
_TYPES |= dict.fromkeys(("footer1", "footer2"), f"{_ML}.footer+xml")
_BODY = "为全面掌握政务公开工作情况，我局对各单位信息公开年度工作作了检查，现将有关情况通报如下。" * 2


def run(text: str, font: str = "仿宋_GB2312", size: int = 32, color: str = "", more: str = "") -> str:
    """A run with direct formatting."""
    latin = font if font in {"宋体", "方正小标宋简体"} else "Times New Roman"
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}"/>'
    shade = f'<w:color w:val="{color}"/>' if color else ""
    letters = f'{fonts}{shade}<w:spacing w:val="-5"/><w:sz w:val="{size}"/>{more}'
    return f'<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    *runs: str, align: str = "both", indent: str = "", before: int = 0, after: int = 0, line: int = 579, first: str = ""
) -> str:
    """A paragraph with direct formatting; ``first`` are properties that stand before the spacing."""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
    layout = f'{first}{spacing}{f"<w:ind {indent}/>" if indent else ""}<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{layout}</w:pPr>{''.join(runs)}</w:p>"


ADDRESSEE = paragraph(run("各区人民政府，市政府各委、办、局："), align="left")
DATE = paragraph(run("2021年8月6日"), align="right", indent='w:right="1100"')
_FIRST = 'w:firstLineChars="200" w:firstLine="640"'
RED_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="7" w:color="FF0000"/></w:pBdr>'


def _table(rows: int) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    cells = "".join(
        f"<w:tr>{_cell(run(str(row), size=24))}{_cell(run('市发展改革委', size=24))}</w:tr>"
        for row in range(1, rows + 1)
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="dxa"/></w:tblPr>{grid}{cells}</w:tbl>'


def _cell(content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{paragraph(content, line=400)}</w:tc>'


def imprint_rows() -> tuple[str, ...]:
    """The rows of the imprint."""
    rows = (
        paragraph(
            run("抄送：市委办公厅，市人大常委会办公厅。", size=28), indent='w:left="1120" w:right="280" w:hanging="840"'
        ),
        paragraph(run("某市政务服务管理局办公室　　　2021年8月6日印发", size=28), indent='w:left="280" w:right="280"'),
    )
    return tuple(f'<w:tr><w:tc><w:tcPr><w:tcW w:w="8844" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>' for row in rows)


def imprint_table() -> str:
    """The imprint, bound to the foot of the page."""
    place = '<w:tblpPr w:horzAnchor="page" w:tblpX="1587" w:vertAnchor="margin" w:tblpYSpec="bottom"/>'
    borders = (
        '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>'
        '<w:insideH w:val="single" w:sz="6"/></w:tblBorders>'
    )
    properties = f'<w:tblPr>{place}<w:tblW w:w="8844" w:type="dxa"/>{borders}</w:tblPr>'
    return f'<w:tbl>{properties}<w:tblGrid><w:gridCol w:w="8844"/></w:tblGrid>{"".join(imprint_rows())}</w:tbl>'


def head_lines() -> tuple[str, ...]:
    """份号, 密级, 紧急程度, the mark and the number."""
    return (
        paragraph(run("000012")),
        paragraph(run("机密★1年", "黑体")),
        paragraph(run("特急", "黑体")),
        paragraph(run("某市政务服务管理局文件", "方正小标宋简体", 64, "FF0000"), align="center", line=900, after=1158),
        paragraph(run("某政服发〔2021〕12号"), align="center", first=RED_LINE),
    )


def title_lines() -> tuple[str, ...]:
    """The lines of the title."""
    shown, songti = ("某市政务服务管理局关于", "2021年政务公开工作检查情况的通报"), "方正小标宋简体"
    return tuple(
        paragraph(run(line, songti, 44), align="center", before=before)
        for line, before in zip(shown, (1158, 0), strict=True)
    )


def body_text() -> tuple[str, ...]:
    """The paragraphs between the addressee and the attachments."""
    return (
        paragraph(run(_BODY), indent=_FIRST),
        paragraph(run("一、总体情况", "黑体"), indent=_FIRST),
        paragraph(run("（一）信息公开。", "楷体_GB2312"), run(_BODY), indent=_FIRST),
        paragraph(run("（二）政策解读。", "楷体_GB2312"), run(_BODY), indent=_FIRST),
        paragraph(run("1.解读材料。"), run(_BODY), indent=_FIRST),
        paragraph(run("2.解读形式。"), run(_BODY), indent=_FIRST),
        paragraph(run("（1）图文解读。"), run(_BODY), indent=_FIRST),
        paragraph(run("二、存在问题", "黑体"), indent=_FIRST),
        paragraph(run("　　" + _BODY)),
    )


def _text() -> tuple[str, ...]:
    return (
        *title_lines(),
        paragraph(),
        ADDRESSEE,
        *body_text(),
        paragraph(),
        paragraph(run("　　附件：1.各区政务公开检查情况")),
        paragraph(run("　　　　　2.市级部门政务公开工作检查情况与上年度同期情况对照一览表"), indent='w:left="1900" w:hanging="1900"'),
        paragraph(),
        paragraph(run("某市政务服务管理局"), align="right", indent='w:right="640"'),
        DATE,
        paragraph(run("（此件公开发布）"), indent=_FIRST),
        *annex("附件1", "各区政务公开检查情况"),
        *annex("附件2", "市级部门政务公开工作检查情况与上年度同期情况对照一览表"),
    )  # fmt: skip


def annex(label: str, title: str) -> tuple[str, ...]:
    """An annex on a page of its own."""
    broken = paragraph('<w:r><w:br w:type="page"/></w:r>')
    lines = (title[:14], title[14:]) if len(title) > 20 else (title,)
    shown = (paragraph(run(line, "方正小标宋简体", 44), align="center", line=600) for line in lines)
    return (broken, paragraph(run(label, "黑体")), paragraph(), *shown, _table(3))


def _footer(align: str, indent: str) -> str:
    field = "".join(
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("1", "宋体", 28),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
    )
    line = paragraph(run("— ", "宋体", 28), field, run(" —", "宋体", 28), align=align, indent=indent, line=280)
    return f'<w:ftr xmlns:w="{W}">{line}</w:ftr>'


def parts(head: bool = True) -> dict[str, str]:
    """The parts of the document as texts; without ``head`` a manuscript."""
    content = "".join((*(head_lines() if head else ()), *_text(), *((imprint_table(),) if head else ())))
    section = (
        '<w:footerReference w:type="default" r:id="rId2"/><w:footerReference w:type="even" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
        'w:header="851" w:footer="1304" w:gutter="0"/>'
    )
    last = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    names = ("settings", "footer1", "footer2")
    kinds = ("settings", "footer", "footer")
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1)
    )
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    space = f'xmlns="{_PACKAGE}/relationships"'
    main = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    body = f"<w:body>{content}{last}<w:sectPr>{section}</w:sectPr></w:body>"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{rels}{types}</Types>',
        "_rels/.rels": f"<Relationships {space}>{main}</Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships {space}>{related}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}">{body}</w:document>',
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/></w:settings>',
        "word/footer1.xml": _footer("right", 'w:right="280"'),
        "word/footer2.xml": _footer("left", 'w:left="280"'),
    }


def package(texts: dict[str, str]) -> bytes:
    """Parts as a file."""
    return write_parts({name: text.encode() for name, text in texts.items()})
