"""The conformance checker on whole documents: ours, hand-made, foreign, and files that are none (版式核查)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest

from pipeline.bulletin.blocks import Dispatch, Notice, Role
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.conformance.checker import GROUPS, conform
from pipeline.document.conformance.report import LOCAL, Report, Verdict
from pipeline.document.geometry import FILE, MANUSCRIPT, Form, Profile
from pipeline.document.package import write_parts
from pipeline.document.profiles import load_profiles
from pipeline.errors import DocumentError
from pipeline.settings import CODE_ROOT
from tests.document import handmade
from tests.document.sample import DISPATCH, LETTERHEAD, notice, paragraph

_FACTS = CODE_ROOT / "data" / "raw" / "2021Q3" / "前期" / "2021Q2.facts.json"
_ZIP = b"PK\x03\x04"


def sound_notice() -> Notice:
    """The sample notice; its second annex bears the name under which it is listed."""
    whole = notice()
    names = ("2021年第三季度", "市级部门政府网站（含专项网站）", "检查得分情况及名次表")
    return replace(whole, annexes=(whole.annexes[0], replace(whole.annexes[1], words=names)))


def failed(report: Report) -> set[str]:
    return {result.check for result in report.results if not result.passed}


def told(report: Report, check: str) -> str:
    return "\n".join(str(result) for result in report.results if result.check == check)


# ---- documents that conform -------------------------------------------------------------------------------------


def test_the_notice_of_a_sample_quarter_conforms(template: bytes) -> None:
    facts = BulletinFacts.from_json(_FACTS.read_bytes())
    report = conform(compose(write_notice(facts, CODE_ROOT / "templates"), template))
    assert failed(report) == set()
    assert report.conforms
    assert (report.profile, report.basis) == ("正文稿", "GB/T 9704-2012")
    assert "28字" in told(report, "characters_of_a_line")
    assert "22行（行距28.95磅）" in told(report, "lines_of_a_page")


def test_a_long_invented_notice_conforms(template: bytes) -> None:
    report = conform(compose(notice(), template))
    assert failed(report) == set()
    absent = {result.check for result in report.results if result.verdict is Verdict.ABSENT}
    assert "remark_form" not in absent and "attachments_wrap" not in absent


@pytest.mark.parametrize(("head", "profile"), [(False, MANUSCRIPT), (True, FILE)])
def test_a_careful_document_without_named_styles_conforms(head: bool, profile: Profile) -> None:
    report = conform(handmade.package(handmade.parts(head)), profile)
    assert failed(report) == set()


def test_every_check_has_its_own_key() -> None:
    keys = [check.key for checks in GROUPS.values() for check in checks]
    assert len(keys) == len(set(keys)) >= 75


def test_a_local_profile_claims_no_standard() -> None:
    local = Profile("正文稿（本地）", standard="")
    report = conform(handmade.package(handmade.parts(head=False)), local)
    assert report.basis == LOCAL == "地方版式"
    assert {result.clause for result in report.results} == {"地方版式", ""}
    assert "9704" not in str(report.to_dict())


# ---- blanks before issue ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("〔2021〕12号", "〔2021〕　号", "number_present"),
        ("2021年8月6日<", "2021年8月　日<", "date_form"),
        ("2021年8月6日<", "2021年　月　日<", "date_form"),
    ],
)
def test_blank_number_and_date_are_for_manuscripts_alone(old: str, new: str, check: str) -> None:
    texts = handmade.parts()
    texts["word/document.xml"] = texts["word/document.xml"].replace(old, new, 1)
    assert check in failed(conform(handmade.package(texts), FILE))
    assert check not in failed(conform(handmade.package(texts), MANUSCRIPT))


# ---- a foreign document -----------------------------------------------------------------------------------------


def plain() -> bytes:
    """What somebody types into the default template of python-docx."""
    document = docx.Document()
    document.add_heading("关于2021年检查情况的通报", 0)
    document.add_paragraph("各区人民政府:")
    document.add_paragraph("为做好工作，现将情况通报如下。")
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("（一）情况良好。平均分为98.5分。")
    document.add_heading("三、存在问题", 1)
    for text in ("1、更新不及时。", "某市政务服务管理局", "二〇二一年八月六日"):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_plain_foreign_document_is_told_what_is_wrong() -> None:
    report = conform(plain())
    assert not report.conforms
    assert failed(report) >= {
        "paper", "margins", "body_font", "body_size", "colour", "title_font", "title_centred", "addressee_colon",
        "level1_font", "level2_font", "level_order", "level_form", "body_indent", "date_form", "page_number_present",
    }  # fmt: skip
    assert "215.9毫米×279.4毫米" in told(report, "paper")
    assert "11磅" in told(report, "body_size")
    assert "三、" in told(report, "level_order") and "“二”" in told(report, "level_order")
    assert failed(report) & {"table_grid", "text_boxes", "content_types", "relationships", "element_order"} == set()


def test_numbers_that_word_makes_by_itself_are_read() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    kinds = f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
    used = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    texts = handmade.parts(head=False)
    texts["word/numbering.xml"] = f'<w:numbering xmlns:w="{handmade.W}">{kinds}{used}</w:numbering>'
    texts["word/_rels/document.xml.rels"] = texts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{handmade.R}/numbering" Target="numbering.xml"/></Relationships>',
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
    texts["[Content_Types].xml"] = texts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/numbering.xml" ContentType="{kind}"/></Types>'
    )
    body = texts["word/document.xml"]
    for heading in ("一、总体情况", "二、存在问题"):
        at = body.rindex("<w:pPr>", 0, body.index(heading)) + len("<w:pPr>")
        font = '<w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/></w:rPr></w:pPr>'
        numbered = body[:at] + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + body[at:]
        end = numbered.index("</w:pPr>", at)
        body = numbered[:end] + font + numbered[end + len("</w:pPr>") :]
        body = body.replace(heading, heading[2:])
    texts["word/document.xml"] = body
    report = conform(handmade.package(texts))
    assert failed(report) == set()
    assert "一、" in told(report, "level_order")
    texts["word/numbering.xml"] = texts["word/numbering.xml"].replace("%1、", "%1.")
    assert "level_form" in failed(conform(handmade.package(texts)))


def test_theme_fonts_and_style_chains_are_followed() -> None:
    """The body's font comes from the theme through two styles, direct formatting over them."""
    texts = handmade.parts(head=False)
    texts["word/document.xml"] = texts["word/document.xml"].replace(' w:eastAsia="仿宋_GB2312"', "")
    assert "chinese_fonts" in failed(conform(handmade.package(texts)))
    font = '<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr>'
    texts["word/styles.xml"] = (
        f'<w:styles xmlns:w="{handmade.W}"><w:style w:type="paragraph" w:styleId="a">{font}</w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    texts["word/theme.xml"] = (
        f'<a:theme xmlns:a="{drawing}"><a:themeElements><a:fontScheme><a:minorFont><a:latin typeface="Arial"/>'
        '<a:ea typeface=""/><a:font script="Hans" typeface="仿宋"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    texts["word/_rels/document.xml.rels"] = texts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId8" Type="{handmade.R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId9" Type="{handmade.R}/theme" Target="theme.xml"/></Relationships>',
    )
    texts["[Content_Types].xml"] = texts["[Content_Types].xml"].replace(
        "</Types>", '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    assert failed(conform(handmade.package(texts))) == set()
    texts["word/theme.xml"] = texts["word/theme.xml"].replace("仿宋", "宋体")
    assert "宋体" in told(conform(handmade.package(texts)), "body_font")


# ---- files that are none ----------------------------------------------------------------------------------------


def encrypted_zip() -> bytes:
    data = bytearray(handmade.package(handmade.parts()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def bomb() -> bytes:
    """A package whose directory declares more than anybody types."""
    data = bytearray(handmade.package(handmade.parts()))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1 << 30).to_bytes(4, "little")
    return bytes(data)


def changed(**texts: str) -> bytes:
    return handmade.package(handmade.parts() | {f"word/{name}.xml": text for name, text in texts.items()})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"%PDF-1.7\n", "是PDF，不是 .docx"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧版 .doc 或 .wps"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (lambda: b"{\\rtf1 }", "是RTF"),
        (lambda: b"", "不是完好的"),
        (lambda: b"\x00\x01\x02", "不是完好的"),
        (lambda: _ZIP + bytes(50), "不是完好的"),
        (lambda: handmade.package(handmade.parts())[:-200], "不是完好的"),
        (encrypted_zip, "打开密码"),
        (bomb, "解压后过大"),
        (lambda: write_parts({"xl/workbook.xml": b"<x/>"}), "不是 Word 的 .docx"),
        (lambda: changed(document="<w:document"), "已损坏"),
        (lambda: changed(document='<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'), "严格"),
        (lambda: changed(settings='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "DTD"),
    ],
)
def test_what_is_no_docx_is_refused_in_one_sentence(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(DocumentError, match=message) as refused:
        conform(make())
    assert refused.value.hint


def test_a_document_without_content_is_judged_not_refused() -> None:
    empty = f'<w:document xmlns:w="{handmade.W}"><w:body/></w:document>'
    report = conform(changed(document=empty))
    assert {"title_present", "body_present", "signature_present"} <= failed(report)


def test_the_report_for_machines_is_plain() -> None:
    lines: list[dict[str, Any]] = conform(plain()).to_dict()["results"]
    assert set(lines[0]) == {
        "check", "clause", "name", "weight", "verdict", "measured", "expected", "place", "places", "passed"
    }  # fmt: skip


# ---- every form and profile that we compose ---------------------------------------------------------------------


def composed(profile: Profile, dispatch: Dispatch | None, whole: Notice | None = None) -> bytes:
    if dispatch and profile.form is Form.LETTER:
        dispatch = replace(dispatch, mark=LETTERHEAD.mark)
    return compose(whole or sound_notice(), build_template(profile), profile, dispatch)


_SECRET = replace(
    DISPATCH, copy_number="000012", secrecy="秘密★1年", urgency="加急", sealed=False, annotation="联系人：张某"
)


@pytest.mark.parametrize("name", load_profiles(CODE_ROOT / "data" / "reference"))
def test_what_we_compose_conforms_in_every_profile(name: str) -> None:
    profile = load_profiles(CODE_ROOT / "data" / "reference")[name]
    for dispatch in (None,) if profile.form is Form.MANUSCRIPT else (DISPATCH, _SECRET):
        report = conform(composed(profile, dispatch), profile)
        assert failed(report) == set()
        assert report.basis == (profile.standard or LOCAL)


def test_a_document_is_not_held_for_another_form() -> None:
    """A manuscript lacks what a file has, and a file has what a manuscript must not have."""
    bare, issued = handmade.package(handmade.parts(head=False)), handmade.package(handmade.parts())
    assert failed(conform(bare, FILE)) == {"mark", "red_line", "number_present", "imprint_present"}
    assert failed(conform(issued, MANUSCRIPT)) == {"mark", "colour", "imprint_present"}


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("date", ["2021年8月6日", "2021年11月15日"])
@pytest.mark.parametrize(
    "name", ["某局", "某某局", "市政务服务局", "某某市人民政府办公厅", "某某市人民政府推进政府职能转变协调小组办公室"]
)
def test_two_independent_computations_agree_where_name_and_date_stand(name: str, date: str, sealed: bool) -> None:
    signed = {Role.SIGNATURE: name, Role.DATE: date}
    whole = sound_notice()
    kept = tuple(paragraph(each.role, signed[each.role]) if each.role in signed else each for each in whole.paragraphs)
    data = composed(FILE, replace(DISPATCH, sealed=sealed), replace(whole, paragraphs=kept))
    assert failed(conform(data, FILE)) == set()


@pytest.mark.parametrize("role", [Role.DATE, Role.NUMBER, Role.ADDRESSEE, Role.REMARK])
def test_a_manuscript_without_an_element_is_not_taken_for_another(role: Role) -> None:
    whole = sound_notice()
    kept = tuple(each for each in whole.paragraphs if each.role is not role)
    expected = {"addressee_present"} if role is Role.ADDRESSEE else set()
    assert failed(conform(composed(MANUSCRIPT, None, replace(whole, paragraphs=kept)))) == expected
