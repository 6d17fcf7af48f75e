"""Reading back sees what a reader of the page sees (读回)."""

from __future__ import annotations

import pytest

from pipeline.document.package import write_parts
from pipeline.document.reading import read_docx
from pipeline.document.xml import W
from pipeline.errors import DocumentError

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def document(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>'
    return write_parts({"word/document.xml": xml.encode()})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


_TWICE = f"<mc:Choice>{run('甲')}</mc:Choice><mc:Fallback>{run('甲')}</mc:Fallback>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('甲')}{run('乙')}</w:p>", ["甲乙"]),
        (
            f"<w:p><w:ins>{run('甲')}</w:ins><w:del><w:r><w:delText>乙</w:delText><w:t>丙</w:t></w:r></w:del></w:p>",
            ["甲"],
        ),
        (f"<w:p><w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt></w:p>", ["甲"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('甲')}</w:p></w:sdtContent></w:sdt>", ["甲"]),
        (f"<w:p><w:smartTag>{run('甲')}</w:smartTag><w:fldSimple>{run('乙')}</w:fldSimple></w:p>", ["甲乙"]),
        (f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo></w:p>", ["乙"]),
        ("<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>", []),
        ("<w:p/><w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>", ["甲\t乙\n丙"]),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            ["甲\n乙", ""],
        ),
        (f"<w:p><mc:AlternateContent>{_TWICE}</mc:AlternateContent></w:p>", ["甲"]),
    ],
)
def test_text_is_found_wherever_an_editor_puts_it(body: str, expected: list[str]) -> None:
    assert read_docx(document(body)) == expected


def test_a_workbook_is_not_a_document() -> None:
    with pytest.raises(DocumentError, match=r"不是 \.docx"):
        read_docx(write_parts({"xl/workbook.xml": b"<x/>"}))


def test_broken_xml_is_a_plain_message() -> None:
    with pytest.raises(DocumentError, match="损坏"):
        read_docx(write_parts({"word/document.xml": b"<w:document"}))
