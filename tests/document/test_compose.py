"""A composed notice: layout, tables, text that survives, the same bytes (排版)."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import mammoth  # type: ignore[import-untyped]
import pytest

from pipeline.bulletin.blocks import Annex, Column, Notice, Role, Span, Table
from pipeline.document.compose import compose
from pipeline.document.conformance.checker import conform
from pipeline.document.geometry import MANUSCRIPT, twips
from pipeline.document.package import CORE, read_parts
from pipeline.document.reading import read_docx
from pipeline.document.text import plain_text
from pipeline.document.xml import NAMESPACES, W, parse
from pipeline.errors import DocumentError
from tests.document.sample import DEPARTMENTS, DISTRICTS, notice, paragraph, table

_ROOT = Path(__file__).parents[2]
_PRINT_HASH = (
    "import hashlib; from tests.document.sample import notice; from pipeline.document.compose import compose; "
    "from pipeline.document.base import build_template; print(hashlib.sha256(compose(notice(), build_template())).hexdigest())"
)


def body(data: bytes) -> Any:
    return parse(read_parts(data)["word/document.xml"])


def find(node: Any, path: str) -> list[Any]:
    found: list[Any] = node.xpath(path, namespaces=NAMESPACES)
    return found


def styled(data: bytes, style: str) -> list[Any]:
    return find(body(data), f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def indent(node: Any, side: str) -> int:
    return int(find(node, f"w:pPr/w:ind/@w:{side}")[0])


def words(texts: list[str]) -> list[str]:
    """Texts without their white space; empty ones are left out."""
    return [shown for text in texts if (shown := re.sub(r"\s", "", text))]


def closing(name: str, date: str) -> Notice:
    return Notice((paragraph(Role.SIGNATURE, name), paragraph(Role.DATE, date)))


@pytest.fixture(scope="module")
def composed(template: bytes) -> bytes:
    return compose(notice(), template)


def test_the_document_says_what_the_plain_text_says(composed: bytes) -> None:
    assert words(read_docx(composed)) == words(re.split(r"[\n\t]", plain_text(notice())))


def test_an_independent_reader_sees_the_same_text(composed: bytes) -> None:
    seen = mammoth.extract_raw_text(io.BytesIO(composed)).value
    assert "".join(words([seen])) == "".join(words([plain_text(notice())]))


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4711", "Asia/Shanghai"), ("99", "America/New_York")])
def test_the_same_bytes_under_any_hash_seed_and_time_zone(composed: bytes, seed: str, zone: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _PRINT_HASH], cwd=_ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(composed).hexdigest()


def test_only_the_words_of_the_notice_change_the_package(composed: bytes, template: bytes) -> None:
    before, after = read_parts(template), read_parts(composed)
    assert before.keys() == after.keys()
    styles = "word/styles.xml"
    assert parse(before[styles]).xpath("string(//@w:styleId)", namespaces=NAMESPACES)
    assert len(list(parse(before[styles]).iter())) == len(list(parse(after[styles]).iter()))


def test_core_properties_name_the_notice_and_its_issuer(composed: bytes) -> None:
    core = parse(read_parts(composed)[CORE])
    shown = {node.tag.partition("}")[2]: node.text for node in core}
    assert shown["title"] == notice().paragraphs[1].text
    assert shown["creator"] == "某某市政务服务管理局"
    assert shown["created"] == shown["modified"] == "1980-01-01T00:00:00Z"


def test_figures_leave_no_trace_in_the_file(composed: bytes) -> None:
    assert b"row1." not in composed
    assert b"portals" not in composed
    assert not find(body(composed), "//w:sdt|//w:bookmarkStart")


def test_title_lines_are_breaks_in_one_paragraph(composed: bytes) -> None:
    (title,) = styled(composed, "Title")
    assert len(find(title, ".//w:br")) == 2
    assert "".join(title.itertext()) == notice().paragraphs[1].text


def test_level2_lead_is_set_by_its_style(composed: bytes) -> None:
    leads = find(body(composed), "//w:r[w:rPr/w:rStyle/@w:val='Level2']")
    assert "".join(leads[0].itertext()) == "（一）政府网站检查情况。"
    assert len(leads) == 5


def test_names_of_attachments_stand_under_each_other(composed: bytes) -> None:
    first, second = styled(composed, "Attachment") + styled(composed, "AttachmentNext")
    assert "".join(first.itertext()).startswith("附件：1.2021年")
    assert indent(first, "left") == indent(second, "left")
    assert indent(first, "left") - indent(first, "hanging") == 640
    lead = MANUSCRIPT.text.width_twips("附件：")
    assert indent(second, "left") - indent(second, "hanging") == 640 + lead
    assert len(find(first, ".//w:tab")) == len(find(second, ".//w:tab")) == 1


def test_a_single_attachment_has_no_number(template: bytes) -> None:
    whole = notice()
    kept = tuple(each for each in whole.paragraphs if not each.text.startswith("2.2021"))
    single = replace(whole, paragraphs=kept, annexes=whole.annexes[:1])
    data = compose(single, template)
    texts = read_docx(data)
    assert "附件：2021年第三季度区政府门户网站检查得分情况" in texts
    assert not [failure for failure in conform(data).failures if failure.name.startswith("附件")]
    assert "附件" in texts
    assert "附件1" not in texts


def test_date_begins_two_characters_right_of_the_name(template: bytes) -> None:
    data = compose(closing("某某市政务服务管理局", "2021年11月5日"), template)
    (name,), (date,) = styled(data, "Signature"), styled(data, "Date")
    width = MANUSCRIPT.text.width_twips
    assert indent(name, "right") == 640
    start = indent(name, "right") + width("某某市政务服务管理局")
    assert start - (indent(date, "right") + width("2021年11月5日")) == 640


def test_a_longer_date_takes_the_edge(template: bytes) -> None:
    data = compose(closing("某局", "2021年11月15日"), template)
    (name,), (date,) = styled(data, "Signature"), styled(data, "Date")
    width = MANUSCRIPT.text.width_twips
    assert indent(date, "right") == 640
    assert indent(name, "right") + width("某局") - (640 + width("2021年11月15日")) == 640


def test_what_stands_before_the_signature_stays_with_it(composed: bytes) -> None:
    root = body(composed)
    (before,) = find(root, "//w:p[w:pPr/w:pStyle/@w:val='Signature']/preceding-sibling::w:p[1]")
    assert find(root, "/w:document/w:body/w:p[w:pPr/w:keepNext]") == [before]


def test_the_heading_of_a_table_stays_with_its_first_row(composed: bytes) -> None:
    root = body(composed)
    heads = find(root, "//w:tr[w:trPr/w:tblHeader]//w:p")
    assert find(root, "//w:tbl//w:p[w:pPr/w:keepNext]") == heads != []


def test_tables_have_declared_widths_repeated_headings_and_whole_rows(composed: bytes) -> None:
    tables = find(body(composed), "//w:tbl")
    for node, columns, rows in zip(tables, (DISTRICTS, DEPARTMENTS), (16, 59), strict=True):
        widths = [int(value) for value in find(node, "w:tblGrid/w:gridCol/@w:w")]
        assert all(abs(width - twips(column[1])) <= 1 for width, column in zip(widths, columns, strict=True))
        assert sum(widths) <= MANUSCRIPT.page.text_width_twips
        assert len(find(node, "w:tr")) == len(find(node, "w:tr[w:trPr/w:cantSplit]")) == rows + 1
        assert find(node, "w:tr[w:trPr/w:tblHeader]") == find(node, "w:tr[1]")
        assert set(find(node, "w:tblPr/w:tblBorders/*/@w:sz")) == {"4"}
        cells = find(node, "w:tr[2]/w:tc/w:tcPr/w:tcW/@w:w")
        assert [int(value) for value in cells] == widths


def test_points_of_numbers_stand_under_each_other(template: bytes) -> None:
    columns = (Column("得分", 300, table(DISTRICTS, 1).columns[2].align),)
    scores = "100", "97.5", "98.67", "—"
    annex = Annex(1, ("得分",), Table(columns, tuple((Span(score),) for score in scores)))
    data = compose(Notice((), (annex,)), template)
    rows = find(body(data), "//w:tr[position() > 1]//w:p")
    hundred, half, cents = (indent(row, "right") for row in rows[:3])
    digit, point = 120, 60  # 小四 Times New Roman: half and quarter of 12 pt
    assert hundred - half == digit + point
    assert half - cents == digit
    assert not find(rows[3], "w:pPr/w:ind")  # a dash is centred by the style


def test_every_annex_begins_a_page_with_its_label(composed: bytes) -> None:
    labels = styled(composed, "AnnexLabel")
    assert ["".join(label.itertext()) for label in labels] == ["附件1", "附件2"]
    styles = parse(read_parts(composed)["word/styles.xml"])
    assert find(styles, "//w:style[@w:styleId='AnnexLabel']/w:pPr/w:pageBreakBefore")


def test_a_wide_annex_turns_its_page_and_no_other(template: bytes) -> None:
    whole = notice()
    wide = replace(whole.annexes[0], landscape=True)
    data = compose(replace(whole, annexes=(wide, whole.annexes[1])), template)
    sections = find(body(data), "//w:sectPr")
    assert [find(node, "w:pgSz/@w:orient") for node in sections] == [[], ["landscape"], []]
    assert [find(node, "w:pgSz/@w:w") for node in sections] == [["11906"], ["16838"], ["11906"]]
    assert {len(find(node, "w:footerReference")) for node in sections} == {2}
    assert [node.getparent().tag.removeprefix(f"{{{W}}}") for node in sections] == ["pPr", "pPr", "body"]


def test_no_empty_paragraph_makes_a_blank_line(composed: bytes) -> None:
    empty = find(body(composed), "/w:document/w:body/w:p[not(.//w:t)]/w:pPr/w:pStyle/@w:val")
    assert set(empty) == {"TableEnd"}


def test_three_thousand_rows(template: bytes) -> None:
    whole = notice(departments=3000)
    data = compose(whole, template)
    assert words(read_docx(data)) == words(re.split(r"[\n\t]", plain_text(whole)))


@pytest.mark.parametrize("hostile", ["甲&乙", "<w:p>", "{{ x }}", "]]>", "&#0;", "‘’“”—…", "𠮷", "a\u00a0b", "e\u0301"])
def test_hostile_text_survives(template: bytes, hostile: str) -> None:
    whole = replace(notice(), paragraphs=(*notice().paragraphs, paragraph(Role.BODY, hostile)))
    assert hostile in read_docx(compose(whole, template))


@pytest.mark.parametrize("broken", ["\x00", "\x08", "\x0b", "\x1f", "\t", "\n", "\x85", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("role", [Role.TITLE, Role.BODY, Role.SIGNATURE])
def test_control_characters_are_named_not_printed(template: bytes, broken: str, role: Role) -> None:
    with pytest.raises(DocumentError, match="控制字符：“前文□后文”"):
        compose(Notice((paragraph(role, f"前文{broken}后文"),)), template)


def test_a_table_wider_than_the_type_area_is_refused(template: bytes) -> None:
    annex = Annex(1, ("表",), Table((Column("甲", 1000), Column("乙", 561)), ()))
    with pytest.raises(DocumentError, match="宽于版心"):
        compose(Notice((), (annex,)), template)
    fitting = replace(annex, table=Table((Column("甲", 1000), Column("乙", 560)), ()))
    assert read_docx(compose(Notice((), (fitting,)), template))


def test_a_short_row_is_refused(template: bytes) -> None:
    annex = Annex(1, ("表",), Table((Column("甲", 100), Column("乙", 100)), ((Span("1"),),)))
    with pytest.raises(DocumentError, match="栏数不同"):
        compose(Notice((), (annex,)), template)


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_composed(template: bytes, role: Role) -> None:
    assert words(read_docx(compose(Notice((paragraph(role, "文字"),)), template)))[0].endswith("文字")


def test_an_empty_notice_is_a_document(template: bytes) -> None:
    assert read_docx(compose(Notice(()), template)) == []


def test_runs_ask_for_the_chinese_glyph(composed: bytes) -> None:
    runs = find(body(composed), "//w:r")
    assert len(runs) == len(find(body(composed), "//w:r[w:rPr/w:rFonts/@w:hint='eastAsia']")) > 0
    assert {node.tag for node in find(body(composed), "//w:rPr/*")} == {f"{{{W}}}rFonts", f"{{{W}}}rStyle"}
