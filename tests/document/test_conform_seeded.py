"""One violation at a time: the check of its clause fails, and none that does not depend on it (逐条违例)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from pipeline.document.compose import compose
from pipeline.document.conformance.checker import GROUPS, conform
from pipeline.document.geometry import FILE, LETTER, MANUSCRIPT, Profile
from pipeline.document.package import read_parts
from tests.document import handmade
from tests.document.sample import DISPATCH, LETTERHEAD
from tests.document.test_conform import composed, sound_notice

Texts = dict[str, str]
DOCUMENT, SETTINGS, ODD, EVEN, STYLES = (
    f"word/{name}.xml" for name in ("document", "settings", "footer1", "footer2", "styles")
)

# What else fails of itself when a check fails: the same fault seen from another side.
DEPENDS: Mapping[str, frozenset[str]] = {
    check: frozenset(others.split())
    for check, others in {
        "paper": "type_area margins page_number_distance lines_of_a_page characters_of_a_line closing_place",
        "margins": "type_area page_number_distance lines_of_a_page characters_of_a_line closing_place red_line",
        "type_area": "margins lines_of_a_page characters_of_a_line",
        "body_size": "characters_of_a_line body_indent",
        "title_size": "title_shape",
        "title_present": "title_gap addressee_present body_font body_size lines_of_a_page characters_of_a_line empty_lines "
        "body_indent",
        "addressee_present": "empty_lines",
        "copy_number": "mark_place",
        "annex_before_imprint": "attachments_match",
        "number_serial": "number_present",
        "attachments_match": "annex_label",
        "annex_label": "attachments_match",
        "attachments_form": "attachments_match",
        "page_number_present": "page_fields",
        "page_fields": "page_number_present page_number_form",
        "date_form": "closing_place",
        "signature_present": "closing_place date_below_name",
        "body_present": "lines_of_a_page",
        "chinese_fonts": "body_font table_letters",
        "body_font": "element_letters",
        "styles_exist": "body_indent",
        "addressee_flush": "addressee_present",
        "imprint_present": "imprint_order",
        "printed_form": "imprint_order",
        "relationships": "page_number_present page_number_sides content_types",
    }.items()
}


@dataclass(frozen=True)
class Seed:
    """A check, and an edit of a good document that breaks its clause (违例)."""

    check: str
    part: str
    old: str
    new: str
    count: int = 1  # how many places are changed; 0 is all of them

    def __str__(self) -> str:
        return f"{self.check}: {self.old[:24]} > {self.new[:24]}"


def _hand(check: str, old: str, new: str, part: str = DOCUMENT, count: int = 1) -> Seed:
    return Seed(check, part, old, new, count)


_YAHEI = 'w:eastAsia="微软雅黑"'
_SERIAL, _DATE = "〔2021〕12号", "2021年8月6日<"

# ---- violations of a document with red head and imprint, made by hand -------------------------------------------------

BY_HAND = (
    _hand("paper", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'),
    _hand("margins", 'w:top="2098"', 'w:top="1440"'),
    _hand("margins", 'w:left="1587" w:header', 'w:left="1797" w:header'),
    _hand("margins", 'w:right="1474" w:bottom', 'w:right="1600" w:bottom'),
    _hand("copy_number", 'w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">000012', 'w:sz w:val="24"/></w:rPr><w:t>000012'),
    _hand("secrecy", 'w:eastAsia="黑体"', 'w:eastAsia="宋体"'),
    _hand("urgency", '"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
          'w:eastAsia="黑体"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">特急',
          '"/><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
          'w:eastAsia="黑体"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">特急'),
    _hand("mark", '<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>'),
    _hand("mark_font", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="华文中宋"'),
    _hand("red_line", 'w:color="FF0000"/></w:pBdr>', 'w:color="000000"/></w:pBdr>'),
    _hand("number_present", _SERIAL, "〔2021〕　号"),
    _hand("number_brackets", _SERIAL, "[2021]12号"),
    _hand("number_brackets", _SERIAL, "（2021）12号"),
    _hand("number_year", _SERIAL, "〔21〕12号"),
    _hand("number_serial", _SERIAL, "〔2021〕012号"),
    _hand("number_serial", _SERIAL, "〔2021〕第12号"),
    _hand("number_place", f'{handmade.RED_LINE}<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/><w:jc w:val="center"/>',
          f'{handmade.RED_LINE}<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/><w:jc w:val="left"/>'),
    _hand("title_shape", "某市政务服务管理局关于<", "某局<"),
    _hand("title_gap", 'w:before="1158"', 'w:before="0"'),
    _hand("addressee_colon", "委、办、局：", "委、办、局:"),
    _hand("addressee_flush", '<w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman"',
          '<w:ind w:firstLine="640"/><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman"'),
    _hand("level_order", "二、存在问题", "三、存在问题"),
    _hand("level_order", "2.解读形式", "3.解读形式"),
    _hand("level_form", "1.解读材料", "1、解读材料"),
    _hand("level_form", "（一）信息公开", "(一)信息公开"),
    _hand("level_form", "（一）信息公开", "（一）、信息公开"),
    _hand("attachments_form", "附件：1.", "附件:1."),
    _hand("attachments_form", "附件：1.各区", "附件：1、各区"),
    _hand("attachments_end", "附件：1.各区政务公开检查情况", "附件：1.各区政务公开检查情况；"),
    _hand("attachments_match", "附件：1.各区政务公开", "附件：1.各区信息公开"),
    _hand("attachments_wrap", 'w:left="1900" w:hanging="1900"', 'w:left="0"'),
    _hand("attachments_place", "　　附件：1.", "附件：1."),
    _hand("date_form", _DATE, "2021年08月06日<"),
    _hand("date_form", _DATE, "二〇二一年八月六日<"),
    _hand("date_form", _DATE, "2021年8月32日<"),
    _hand("date_form", _DATE, "2021.8.6<"),
    _hand("date_form", _DATE, "2021年8月　日<"),
    _hand("closing_place", 'w:right="1100"', 'w:right="0"'),
    _hand("closing_place", '<w:ind w:right="640"/><w:jc w:val="right"/>', '<w:jc w:val="center"/>'),
    _hand("signature_present", ">某市政务服务管理局<", "><"),
    _hand("remark_form", "（此件公开发布）", "(此件公开发布)"),
    _hand("annex_label", "附件1<", "附件1：<"),
    _hand("annex_page", '<w:br w:type="page"/>', "<w:br/>"),
    _hand("annex_label_letters", 'w:eastAsia="黑体"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">附件1',
          'w:eastAsia="仿宋"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">附件1'),
    _hand("imprint_letters", '<w:sz w:val="28"/>', '<w:sz w:val="32"/>'),
    _hand("imprint_lines", '<w:top w:val="single" w:sz="8"/>', '<w:top w:val="single" w:sz="4"/>'),
    _hand("imprint_lines", '<w:insideH w:val="single" w:sz="6"/>', ""),
    _hand("imprint_bottom", ' w:tblpYSpec="bottom"', ""),
    _hand("imprint_indent", 'w:left="1120" w:right="280" w:hanging="840"', 'w:left="0"'),
    _hand("copied_form", "人大常委会办公厅。", "人大常委会办公厅"),
    _hand("printed_form", "2021年8月6日印发", "2021年08月06日印发"),
    _hand("page_number_form", "— ", "- ", ODD),
    _hand("page_number_letters", 'w:val="28"', 'w:val="21"', ODD),
    _hand("page_number_letters", 'w:ascii="宋体"', 'w:ascii="Times New Roman"', EVEN, 0),
    _hand("page_number_sides", '<w:jc w:val="left"/>', '<w:jc w:val="right"/>', EVEN),
    _hand("page_number_sides", "<w:evenAndOddHeaders/>", "", SETTINGS),
    _hand("page_number_sides", 'w:right="280"', 'w:right="0"', ODD),
    _hand("page_number_present", "PAGE", "DATE", ODD),
    _hand("page_number_distance", 'w:footer="1304"', 'w:footer="720"'),
    _hand("page_fields", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "", ODD),
    _hand("table_grid", '<w:gridCol w:w="4000"/>', ""),
    _hand("text_boxes", "</w:body>", "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p></w:body>"),
    _hand("watermarks", "</w:ftr>", '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
          'id="PowerPlusWaterMarkObject1"/></w:pict></w:r></w:p></w:ftr>', EVEN),
    _hand("colour", '仿宋_GB2312"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">为全面',
          '仿宋_GB2312"/><w:color w:val="C00000"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr><w:t>为全面'),
    _hand("empty_lines", "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:firstLineChars",
          "<w:p/><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:firstLineChars"),
    _hand("leftovers", "现将有关情况", "现将{{ facts }}有关情况"),
    _hand("element_order", '<w:tblW w:w="5000" w:type="dxa"/>', '<w:tblW w:w="5000" w:type="dxa"/><w:tblpPr w:tblpX="1"/>'),
    _hand("content_types", '<Override PartName="/word/settings.xml"', '<Override PartName="/word/other.xml"', "[Content_Types].xml"),
    _hand("relationships", 'Target="settings.xml"', 'Target="absent.xml"', "word/_rels/document.xml.rels"),
    _hand("relationships", 'w:type="even" r:id="rId3"', 'w:type="even" r:id="rId7"'),
    _hand("unique_ids", "</w:body>", '<w:p><w:bookmarkStart w:id="1"/><w:bookmarkStart w:id="1"/></w:p></w:body>'),
    _hand("styles_exist", "<w:pPr><w:spacing", '<w:pPr><w:pStyle w:val="Gone"/><w:spacing'),
    _hand("chinese_fonts", '<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>',
          '<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr><w:p><w:r><w:t>序</w:t></w:r></w:p>'),
)  # fmt: skip

# What is missing from it, out of place, or one side of a rule that the seeds above break on the other side.
_HEAD, _TITLE, _ROWS = handmade.head_lines(), "".join(handmade.title_lines()), handmade.imprint_rows()
_EXACT = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
_BREAK = handmade.paragraph('<w:r><w:br w:type="page"/></w:r>')
_MARK = 'w:before="0" w:after="1158" w:line="900"'

OUT_OF_PLACE = (
    _hand("type_area", 'w:right="1474" w:bottom="1984" w:left="1587"', 'w:right="1415" w:bottom="1984" w:left="1528"'),
    _hand("copy_number", _HEAD[0], ""),
    _hand("corner_order", "".join(_HEAD[1:3]), "".join(_HEAD[2:0:-1])),
    _hand("mark_place", _MARK, _MARK.replace('w:before="0"', 'w:before="579"')),
    _hand("number_gap", _MARK, _MARK.replace("1158", "579")),
    _hand("red_line_place", 'w:space="7"', 'w:space="20"'),
    _hand("red_line_length", f"{handmade.RED_LINE}{_EXACT}", f'{handmade.RED_LINE}{_EXACT}<w:ind w:left="640" w:right="640"/>'),
    _hand("title_present", _TITLE, ""),
    _hand("addressee_present", handmade.ADDRESSEE, ""),
    _hand("body_present", "".join(handmade.body_text()), ""),
    _hand("first_page_body", handmade.ADDRESSEE, handmade.ADDRESSEE + _BREAK),
    _hand("date_present", handmade.DATE, ""),
    _hand("remark_form", "（此件公开发布）", "　（此件公开发布）"),
    _hand("remark_form", handmade.DATE, handmade.DATE + handmade.paragraph()),
    _hand("annex_before_imprint", handmade.imprint_table(), handmade.imprint_table() + "".join(handmade.annex("附件3", "新附件"))),
    _hand("imprint_present", handmade.imprint_table(), ""),
    _hand("imprint_order", "".join(_ROWS), "".join(_ROWS[::-1])),
    _hand("imprint_width", '<w:gridCol w:w="8844"/>', '<w:gridCol w:w="8000"/>'),
    _hand("imprint_width", 'w:tblpX="1587"', 'w:tblpX="1300"'),
    _hand("imprint_indent", 'w:left="1120" w:right="280"', 'w:left="1120" w:right="0"'),
    _hand("imprint_indent", 'w:left="1120" w:right="280" w:hanging="840"', 'w:left="280" w:right="280"'),
)  # fmt: skip

# ---- violations of documents that we compose: a letter, an upward document, a turned page ----------------------------


_END = "</w:t></w:r></w:p></w:tc></w:tr>"
_FOOT, _TOP = "word/footer3.xml", "word/header1.xml"
_PAGE = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'

OF_A_LETTER = (
    _hand("letter_mark_words", "某某市政务服务管理局<", "某某市政务服务管理局文件<", _TOP),
    _hand("letter_mark_place", 'w:before="757"', 'w:before="1500"', _TOP),
    _hand("letter_lines", 'w:top w:val="single" w:sz="24"', 'w:top w:val="single" w:sz="6"', STYLES),
    _hand("letter_lines", 'w:left="-453" w:right="-340"', 'w:left="0" w:right="0"', STYLES),
    _hand("letter_lines", '<w:pStyle w:val="DoubleLineFoot"/>', '<w:pStyle w:val="Body"/>', _FOOT),
    _hand("letter_lines_place", 'w:after="112"', 'w:after="400"', _TOP),
    _hand("letter_lines_place", '"DoubleLineFoot"/>', '"DoubleLineFoot"/><w:spacing w:after="600"/>', _FOOT),
    _hand("letter_lines_place", 'w:before="83" w:after="0"', 'w:before="579" w:after="0"', STYLES),
    _hand("letter_first_page", "</w:ftr>", _PAGE, _FOOT),
    _hand("number_place", 'w:val="right"', 'w:val="left"'),
    _hand("imprint_lines", "<w:tblBorders/>", '<w:tblBorders><w:top w:val="single" w:sz="8"/></w:tblBorders>'),
    _hand("printed_form", f"市委。{_END}", f"市委。{_END}{_ROWS[1]}"),
)
UPWARD = (
    _hand("signer", '<w:rStyle w:val="Signer"/>', ""),
    _hand("signer_place", 'w:val="right"', 'w:val="left"'),
    _hand("number_place", 'w:firstLine="320"', 'w:firstLine="0"'),
)
TURNED = (
    _hand("landscape", 'w:orient="landscape"/><w:pgMar w:top="1587"', 'w:orient="landscape"/><w:pgMar w:top="2000"'),
)


def _turned() -> bytes:
    whole = sound_notice()
    return composed(
        MANUSCRIPT, None, replace(whole, annexes=(replace(whole.annexes[0], landscape=True), whole.annexes[1]))
    )


COMPOSED: Mapping[str, tuple[Callable[[], bytes], Profile, tuple[Seed, ...]]] = {
    "letter": (lambda: composed(LETTER, LETTERHEAD), LETTER, OF_A_LETTER),
    "upward": (lambda: composed(FILE, replace(DISPATCH, signer="张三")), FILE, UPWARD),
    "turned": (_turned, MANUSCRIPT, TURNED),
}

# ---- violations of our own manuscript, in its styles -------------------------------------------------------------------


def _styled(check: str, style: str, old: str, new: str) -> tuple[str, str, str, str]:
    return check, style, old, new


IN_STYLES = (
    _styled("body_font", "Normal", "仿宋_GB2312", "宋体"),
    _styled("title_font", "Title", "方正小标宋简体", "黑体"),
    _styled("title_size", "Title", 'w:sz w:val="44"', 'w:sz w:val="36"'),
    _styled("title_centred", "Title", 'w:jc w:val="center"', 'w:jc w:val="left"'),
    _styled("level1_font", "Heading1", "黑体", "仿宋"),
    _styled("level2_font", "Level2", "楷体_GB2312", "仿宋"),
    _styled("level3_font", "Level3", "仿宋_GB2312", "楷体_GB2312"),
    _styled("body_indent", "Body", 'w:firstLineChars="200" w:firstLine="640"', 'w:firstLine="420"'),
    _styled("body_size", "Body", "<w:rPr/>", '<w:rPr><w:sz w:val="30"/></w:rPr>'),
    _styled("lines_of_a_page", "Body", 'w:after="0"', 'w:after="0" w:line="600" w:lineRule="exact"'),
    _styled("characters_of_a_line", "Body", "<w:rPr/>", '<w:rPr><w:spacing w:val="0"/></w:rPr>'),
    _styled("digits_font", "Body", "<w:rPr/>", '<w:rPr><w:rFonts w:ascii="Calibri"/></w:rPr>'),
    _styled("element_letters", "Addressee", "<w:rPr/>", '<w:rPr><w:rFonts w:eastAsia="宋体"/></w:rPr>'),
    _styled("addressee_gap", "Title", 'w:after="579"', 'w:after="0"'),
    _styled("annex_title", "AnnexTitle", 'w:before="579"', 'w:before="0"'),
    _styled("table_letters", "TableText", 'w:sz w:val="24"', 'w:sz w:val="16"'),
    _styled("date_below_name", "Date", 'w:before="0"', 'w:before="579"'),
    _styled("attachments_place", "Attachment", 'w:before="579"', 'w:before="0"'),
)


@pytest.fixture(scope="module")
def by_hand() -> Texts:
    return handmade.parts()


@pytest.fixture(scope="module")
def ours(template: bytes) -> Texts:
    return {name: part.decode() for name, part in read_parts(compose(sound_notice(), template)).items()}


def test_the_good_documents_are_good(by_hand: Texts, ours: Texts) -> None:
    assert _failed_as(FILE)(handmade.package(by_hand)) == set()
    assert _failed_as(MANUSCRIPT)(handmade.package(ours)) == set()


def assert_fails(texts: Texts, check: str, judge: Callable[[bytes], set[str]]) -> None:
    failed = judge(handmade.package(texts))
    assert check in failed
    assert failed - {check} <= DEPENDS.get(check, frozenset())


def seeded(texts: Texts, seed: Seed) -> Texts:
    assert seed.old in texts[seed.part], "the good document does not hold what the seed changes"
    return texts | {seed.part: texts[seed.part].replace(seed.old, seed.new, seed.count or -1)}


def _failed_as(profile: Profile) -> Callable[[bytes], set[str]]:
    return lambda data: {result.check for result in conform(data, profile).results if not result.passed}


@pytest.mark.parametrize("seed", [*BY_HAND, *OUT_OF_PLACE], ids=str)
def test_a_violation_fails_its_clause_alone(seed: Seed, by_hand: Texts) -> None:
    assert_fails(seeded(by_hand, seed), seed.check, _failed_as(FILE))


@pytest.fixture(scope="module")
def composed_texts() -> dict[str, Texts]:
    return {
        name: {part: data.decode() for part, data in read_parts(make()).items()}
        for name, (make, _, _) in COMPOSED.items()
    }


@pytest.mark.parametrize(
    ("name", "seed"),
    [(name, seed) for name, (_, _, seeds) in COMPOSED.items() for seed in seeds],
    ids=lambda each: str(each),
)
def test_a_violation_of_another_form_fails_its_clause_alone(
    name: str, seed: Seed, composed_texts: dict[str, Texts]
) -> None:
    texts, judge = composed_texts[name], _failed_as(COMPOSED[name][1])
    assert judge(handmade.package(texts)) == set()
    assert_fails(seeded(texts, seed), seed.check, judge)


@pytest.mark.parametrize(
    ("check", "style", "old", "new"), IN_STYLES, ids=[f"{seed[0]}-{seed[1]}" for seed in IN_STYLES]
)
def test_a_violation_in_a_style_fails_its_clause_alone(check: str, style: str, old: str, new: str, ours: Texts) -> None:
    start = ours[STYLES].index(f'w:styleId="{style}"')
    end = ours[STYLES].index("</w:style>", start)
    block = ours[STYLES][start:end]
    assert old in block, block
    changed = ours[STYLES][:start] + block.replace(old, new) + ours[STYLES][end:]
    assert_fails(ours | {STYLES: changed}, check, _failed_as(MANUSCRIPT))


def test_every_check_has_a_violation() -> None:
    checks = {check.key for checks in GROUPS.values() for check in checks}
    of_forms = [seed for _, _, seeds in COMPOSED.values() for seed in seeds]
    broken = [seed.check for seed in (*BY_HAND, *OUT_OF_PLACE, *of_forms)] + [seed[0] for seed in IN_STYLES]
    assert len(broken) >= 40
    assert set(broken) == checks
    assert DEPENDS.keys() <= checks
    assert set().union(*DEPENDS.values()) <= checks
