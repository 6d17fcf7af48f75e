"""Head and imprint of an issued document (版头与版记)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.bulletin.blocks import Dispatch, Notice, Role
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.geometry import FILE, LETTER, MANUSCRIPT, Profile
from pipeline.document.package import read_parts
from pipeline.document.reading import read_docx
from pipeline.document.xml import NAMESPACES, parse
from pipeline.errors import DocumentError
from tests.document.sample import DISPATCH, notice, paragraph


def find(data: bytes, path: str, part: str = "word/document.xml") -> list[Any]:
    found: list[Any] = parse(read_parts(data)[part]).xpath(path, namespaces=NAMESPACES)
    return found


def issued(profile: Profile, dispatch: Dispatch = DISPATCH, whole: Notice | None = None) -> bytes:
    return compose(whole or notice(), build_template(profile), profile, dispatch)


def styled(data: bytes, style: str, part: str = "word/document.xml") -> list[Any]:
    return find(data, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']", part)


def says(node: Any) -> str:
    return "".join(node.xpath(".//w:t/text()", namespaces=NAMESPACES))


def number(node: Any, path: str) -> int:
    return int(node.xpath(f"string({path})", namespaces=NAMESPACES))


def test_the_head_of_a_file_stands_in_its_order() -> None:
    secret = replace(DISPATCH, copy_number="000012", secrecy="秘密★1年", urgency="加急")
    texts = read_docx(issued(FILE, secret))
    assert texts[:5] == ["000012", "秘密★1年", "加急", "某某市政务服务管理局文件", "某政服发〔2021〕12号"]
    assert [says(run) for run in find(issued(FILE, secret), "//w:r[w:rPr/w:rStyle/@w:val='Secrecy']")] == texts[1:3]


@pytest.mark.parametrize("urgency", ["", "特急"])
def test_the_mark_does_not_move_for_what_stands_above_it(urgency: str) -> None:
    (mark,) = styled(issued(FILE, replace(DISPATCH, urgency=urgency)), "Mark")
    above = FILE.text.line_twips * bool(urgency)
    size = number(mark, "w:r/w:rPr/w:sz/@w:val")
    face = size * 12 * 80 // 100 - size * 10 * 83 // 100
    assert size == 72
    assert abs(number(mark, "w:pPr/w:spacing/@w:before") + above + face - 1984) <= 1  # 35 mm


def test_a_long_name_is_set_smaller_and_a_longer_one_refused() -> None:
    (mark,) = styled(issued(FILE, replace(DISPATCH, mark="某某市机关事务和政务服务管理局文件")), "Mark")
    assert 44 <= number(mark, "w:r/w:rPr/w:sz/@w:val") * 17 * 10 <= FILE.page.text_width_twips
    with pytest.raises(DocumentError, match="过长"):
        issued(FILE, replace(DISPATCH, mark="某" * 22))
    with pytest.raises(DocumentError, match="空缺"):
        issued(FILE, replace(DISPATCH, mark=""))


def test_an_upward_document_names_who_signs_it() -> None:
    data = issued(FILE, replace(DISPATCH, signer="某某某"))
    (line,) = styled(data, "Number")
    assert says(line) == "某政服发〔2021〕12号签发人：某某某"
    assert [says(run) for run in find(data, "//w:r[w:rPr/w:rStyle/@w:val='Signer']")] == ["某某某"]
    assert number(line, "w:pPr/w:ind/@w:firstLine") == 320
    assert number(line, "w:pPr/w:tabs/w:tab/@w:pos") == FILE.page.text_width_twips - 320
    assert not styled(issued(FILE), "Number")[0].xpath("w:pPr/w:tabs", namespaces=NAMESPACES)


def test_a_secret_document_has_copy_numbers() -> None:
    with pytest.raises(DocumentError, match="份号"):
        issued(FILE, replace(DISPATCH, secrecy="秘密★1年"))


@pytest.mark.parametrize(("profile", "dispatch"), [(FILE, None), (LETTER, None), (MANUSCRIPT, DISPATCH)], ids=str)
def test_what_is_issued_has_a_mark_and_a_manuscript_none(profile: Profile, dispatch: Dispatch | None) -> None:
    with pytest.raises(DocumentError, match="印发要素"):
        compose(notice(), build_template(profile), profile, dispatch)


def test_only_mark_and_lines_of_the_head_are_red() -> None:
    data = issued(FILE)
    assert not find(data, "//w:color")
    red = find(data, "//w:style[.//*[@w:val='FF0000' or @w:color='FF0000']]/@w:styleId", "word/styles.xml")
    assert set(red) == {"Mark", "Number", "DoubleLine", "DoubleLineFoot"}


def test_the_mark_of_a_letter_stands_above_a_line_thick_over_thin() -> None:
    data = issued(LETTER)
    header = find(data, "//w:p", "word/header1.xml")
    assert [says(node) for node in header] == ["某某市政务服务管理局文件", ""]
    widths = {
        style: {
            side: int(find(data, f"//w:style[@w:styleId='{style}']//w:pBdr/w:{side}/@w:sz", "word/styles.xml")[0])
            for side in ("top", "bottom")
        }
        for style in ("DoubleLine", "DoubleLineFoot")
    }
    assert widths["DoubleLine"]["top"] > widths["DoubleLine"]["bottom"]
    assert widths["DoubleLineFoot"]["top"] < widths["DoubleLineFoot"]["bottom"]
    assert not styled(data, "Mark")


def test_a_letter_numbers_at_the_right_of_its_first_line() -> None:
    data = issued(LETTER, replace(DISPATCH, copy_number="000012", urgency="特急"))
    assert read_docx(data)[:2] == ["000012\t某政服发〔2021〕12号", "特急"]
    assert read_docx(issued(LETTER))[0] == "\t某政服发〔2021〕12号"
    (line,) = styled(data, "Number")
    assert number(line, "w:pPr/w:tabs/w:tab/@w:pos") == LETTER.page.text_width_twips


def test_the_imprint_has_three_lines_and_stands_last() -> None:
    data = issued(FILE)
    table = find(data, "//w:body/w:tbl")[-1]
    assert [says(row) for row in table.xpath("w:tr", namespaces=NAMESPACES)] == [
        "抄送：市委办公厅，市人大常委会办公厅，市政协办公厅，市高级人民法院，市人民检察院，各民主党派市委。",
        "某某市政务服务管理局办公室2021年11月5日印发",
    ]
    lines = {node.tag.partition("}")[2]: node.xpath("string(@w:sz)", namespaces=NAMESPACES)
             for node in table.xpath("w:tblPr/w:tblBorders/*", namespaces=NAMESPACES)}  # fmt: skip
    assert lines == {"top": "8", "bottom": "8", "insideH": "6"}  # 0.35 mm and 0.25 mm
    place = table.xpath("w:tblPr/w:tblpPr", namespaces=NAMESPACES)[0]
    shown = {name.partition("}")[2]: value for name, value in place.attrib.items()}
    assert shown == {"horzAnchor": "page", "tblpX": "1587", "vertAnchor": "margin", "tblpYSpec": "bottom"}
    assert table.xpath("string(w:tblGrid/w:gridCol/@w:w)", namespaces=NAMESPACES) == str(FILE.page.text_width_twips)
    assert [node.tag.partition("}")[2] for node in find(data, "/w:document/w:body/*")[-3:]] == ["tbl", "p", "sectPr"]


def test_the_imprint_of_a_letter_has_neither_lines_nor_printer() -> None:
    table = find(issued(LETTER), "//w:body/w:tbl")[-1]
    assert says(table).startswith("抄送：")
    assert "印发" not in says(table)
    assert not table.xpath("w:tblPr/w:tblBorders/*", namespaces=NAMESPACES)


@pytest.mark.parametrize("profile", [FILE, LETTER], ids=str)
def test_nothing_to_say_is_no_imprint(profile: Profile) -> None:
    plain = replace(DISPATCH, copied_to=(), printer="", printed_on="")
    assert len(find(issued(profile, plain), "//w:tbl")) == len(notice().annexes)


def test_after_a_turned_annex_the_imprint_has_an_upright_page() -> None:
    whole = notice()
    turned = replace(whole, annexes=(replace(whole.annexes[0], landscape=True),))
    assert [node.get(f"{{{NAMESPACES['w']}}}orient") for node in find(issued(FILE, whole=turned), "//w:pgSz")] == [
        None, "landscape", None,
    ]  # fmt: skip
    own = [
        bool(node.xpath("w:titlePg", namespaces=NAMESPACES))
        for node in find(issued(LETTER, whole=turned), "//w:sectPr")
    ]
    assert own == [True, False, False]


def test_a_sealed_name_is_centred_over_the_date() -> None:
    closing = Notice((paragraph(Role.SIGNATURE, "某某局"), paragraph(Role.DATE, "2021年11月15日")))
    data = issued(FILE, whole=closing)
    (name,), (date,) = styled(data, "SignatureSealed"), styled(data, "Date")
    width = MANUSCRIPT.text.width_twips
    assert number(date, "w:pPr/w:ind/@w:right") == 1280
    middle = number(name, "w:pPr/w:ind/@w:right") + width("某某局") / 2
    assert abs(middle - (1280 + width("2021年11月15日") / 2)) <= 1
    unsealed = issued(FILE, replace(DISPATCH, sealed=False), closing)
    assert styled(unsealed, "Signature") and not styled(unsealed, "SignatureSealed")


def test_the_annotation_follows_the_date_in_brackets() -> None:
    closing = Notice((paragraph(Role.SIGNATURE, "某某局"), paragraph(Role.DATE, "2021年11月15日")))
    assert read_docx(issued(FILE, replace(DISPATCH, annotation="此件公开发布"), closing))[1:4] == [
        "某某局", "2021年11月15日", "（此件公开发布）",
    ]  # fmt: skip
