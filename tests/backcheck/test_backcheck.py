"""Alterations are found and named, honest edits are not told (改后核对)."""

from __future__ import annotations

import re
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest

from pipeline.bulletin.blocks import Dispatch, Notice
from pipeline.document.base import build_template
from pipeline.document.compose import Typesetter, compose
from pipeline.document.geometry import FILE, INTERNAL, LETTER, Profile
from pipeline.document.package import read_parts, write_parts
from pipeline.document.proof import convert, render_pdfs
from pipeline.document.reading import read_content
from pipeline.document.xml import Element, W, element, write
from pipeline.review.backcheck.compare import back_check
from pipeline.review.backcheck.differences import Comparison, Verdict
from pipeline.review.backcheck.reading import Edited, read_edited
from pipeline.review.backcheck.report import sheet
from pipeline.review.backcheck.tokens import Names, tokenise
from pipeline.review.wording.rules import check_wording, load_rules
from pipeline.settings import CODE_ROOT
from tests.backcheck.alterations import WAYS, Rewording, alterations, as_it_is, fault
from tests.backcheck.edits import HONEST, Alteration, cell_alterations, number_given, places, put, synonyms
from tests.backcheck.texts import QUARTERS, docx, edited, in_document, known, split_runs, tracked

SAMPLE = "2021Q3"
_STRIDE = 9


def _every(items: list[Alteration], stride: int) -> list[Alteration]:
    """A part of the product with every kind of alteration in it."""
    kinds = {each.kind: each for each in items}
    return [*kinds.values(), *items[::stride]]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_alteration_of_the_text_is_found_and_the_right_figure_named(quarter: str) -> None:
    sample = known(quarter)
    faults = [fault(sample, each) for each in _every(list(alterations(sample, near=True)), 12)]
    assert [*filter(None, faults)] == []


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: way.__name__)
def test_alterations_are_found_after_rewording(way: Rewording) -> None:
    sample = known(SAMPLE)
    faults = [fault(sample, each, way) for each in _every(list(alterations(sample, near=True)), 40)]
    assert [*filter(None, faults)] == []


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_cell_of_the_annexes_is_compared(quarter: str) -> None:
    sample = known(quarter)
    faults = [fault(sample, each) for each in list(cell_alterations(sample.notice))[::_STRIDE]]
    assert [*filter(None, faults)] == []


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("edit", HONEST, ids=lambda edit: edit.__name__)
def test_honest_edits_are_no_differences(quarter: str, edit: Rewording) -> None:
    sample = known(quarter)
    assert sample.check(edit(sample.notice)).differences == ()


@pytest.mark.parametrize("edit", HONEST, ids=lambda edit: edit.__name__)
def test_every_honest_edit_edits(edit: Rewording) -> None:
    assert any(edit(known(quarter).notice) != known(quarter).notice for quarter in QUARTERS)


def test_alterations_are_found_in_tracked_changes() -> None:
    sample, was = known(SAMPLE), docx(known(SAMPLE).notice)
    for each in _every(list(alterations(sample, near=True)), 60):
        content = read_content(tracked(was, docx(each.notice)))
        found = back_check(sample.text, sample.ledger, Edited(content.paragraphs, content.tables))
        assert {item.figure for item in found.differences} == set(each.figures), each.kind
        assert content.insertions
        assert content.deletions


def test_a_document_split_into_runs_of_other_fonts_is_unchanged(tmp_path: Path) -> None:
    sample = known(SAMPLE)
    path = tmp_path / "edited.docx"
    path.write_bytes(in_document(docx(sample.notice), split_runs))
    assert back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_retyped_text_is_unchanged_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    sample = known(SAMPLE)
    path = tmp_path / "edited.txt"
    body = sample.text.splitlines()
    wrapped = "\n".join(
        line if "\t" in line else "\n".join(line[at : at + 28] for at in range(0, len(line), 28)) for line in body
    )
    path.write_bytes(wrapped.encode(encoding))
    assert back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences == ()


def test_a_web_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    sample = known(SAMPLE)
    text = edited(sample.notice)
    tables = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
        for rows in text.tables
    )
    body = "".join(
        f"<p>{paragraph.replace('16', '<b>1</b><i>6</i>')}<del>错 99 个</del></p>" for paragraph in text.paragraphs
    )
    path = tmp_path / "edited.html"
    path.write_text(
        f"<html><head><title>12</title></head><body>{body}{tables}<script>7</script></body></html>", "utf-8"
    )
    assert back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences == ()


@pytest.mark.parametrize("profile", [FILE, LETTER], ids=str)
def test_head_and_imprint_of_an_issued_notice_are_no_numbers_of_its_text(tmp_path: Path, profile: Profile) -> None:
    sample, path = known(SAMPLE), tmp_path / "issued.docx"
    carried = Dispatch(
        mark="某某市政务服务管理局",
        copy_number="000012",
        secrecy="秘密★1年",
        urgency="特急",
        signer="张某",
        annotation="此件公开发布。联系人：张某；联系电话：010-12345678",
        copied_to=("市委办公厅", "市人大常委会办公厅"),
        printer="某某市政务服务管理局办公室",
        printed_on="2021年11月6日",
    )
    path.write_bytes(compose(number_given(sample.notice), build_template(profile), profile, carried))
    assert back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences == ()


def test_page_numbers_between_the_lines_of_a_text_are_left_out() -> None:
    sample = known(SAMPLE)
    lines = sample.text.splitlines()
    for at, number in enumerate(("第 1 页 共 10 页", "— 2 —", "3 / 10", "第4页"), start=1):
        lines.insert(at * len(lines) // 5, number)
    lines.append("（共印50份）")
    assert back_check(sample.text, sample.ledger, Edited(("\n".join(lines),))).differences == ()


def _with_note(data: bytes, text: str) -> bytes:
    """A document with a footnote, beside the line that parts notes from the text."""
    note = element("footnote", element("p", element("r", element("t"))), id=2)
    note.find(f".//{{{W}}}t").text = text
    rule = element("footnote", element("p", element("r", element("separator"))), type="separator", id=0)
    return write_parts({**read_parts(data), "word/footnotes.xml": write(element("footnotes", rule, note))})


def _in_boxes(root: Element) -> None:
    """Every paragraph of the body in a text box of its own, as some programs set a title."""
    for old in [each for each in root[0] if each.tag == f"{{{W}}}p"]:
        box = element("p", element("r", element("pict", element("txbxContent", deepcopy(old)))))
        root[0].replace(old, box)


def test_notes_and_text_boxes_are_read(tmp_path: Path) -> None:
    sample, path = known(SAMPLE), tmp_path / "edited.docx"
    path.write_bytes(_with_note(in_document(docx(sample.notice), _in_boxes), "其中专项网站32个。"))
    (found,) = back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences
    assert (found.verdict, found.now) == (Verdict.UNSOURCED, "32个")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("", []),
        ("　第 3 页 共 9 页", []),
        ("政务服务管理局", []),
        ("　共41个网站", [(Verdict.UNSOURCED, "41个")]),
        ("合格率77.7%", [(Verdict.UNSOURCED, "77.7%")]),
    ],
)
def test_headers_and_footers_are_read_but_for_the_number_of_the_page(
    tmp_path: Path, written: str, due: list[tuple[Verdict, str]]
) -> None:
    sample, path = known(SAMPLE), tmp_path / "edited.docx"
    parts = read_parts(docx(sample.notice))
    footers = {name: data for name, data in parts.items() if name.startswith("word/footer")}
    assert footers
    for name, data in footers.items():
        end, run = b"</w:p>", f"<w:r><w:t>{written}</w:t></w:r>".encode()
        assert end in data
        parts[name] = data.replace(end, run + end)
    path.write_bytes(write_parts(parts))
    found = back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences
    assert [(item.verdict, item.now) for item in found] == due


def _difference(notice: Notice) -> tuple[str, str, str, str]:
    (found,) = known(SAMPLE).check(notice).differences
    return found.verdict, found.figure, found.was, found.now


def _edited_text(was: str, now: str) -> Edited:
    text = edited(known(SAMPLE).notice)
    assert sum(paragraph.count(was) for paragraph in text.paragraphs) == 1
    return Edited(tuple(paragraph.replace(was, now) for paragraph in text.paragraphs), text.tables)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("2021年11月5日", "2021年11月15日", (Verdict.ALTERED, "2021年11月5日", "2021年11月15日")),
        ("〔2019〕19号", "〔2019〕91号", (Verdict.ALTERED, "国办秘函〔2019〕19号", "国办秘函〔2019〕91号")),
        ("截至2021年9月，", "截至2021年8月，", (Verdict.ALTERED, "2021年9月", "2021年8月")),
        ("5个工作日", "3个工作日", (Verdict.ALTERED, "5个工作日", "3个工作日")),
        ("16个区均未扣分", "十五个区均未扣分", (Verdict.ALTERED, "16个", "十五个")),
        ("126分。", "126分。另有3个区得分125分。", (Verdict.UNSOURCED, "", "3个")),
        ("举一反三，", "举一反三，在30日内报送整改情况，", (Verdict.UNSOURCED, "", "30日")),
    ],
)
def test_typed_numbers_are_told_as_text_of_their_own(was: str, now: str, told: tuple[Verdict, str, str]) -> None:
    sample = known(SAMPLE)
    found = back_check(sample.text, sample.ledger, _edited_text(was, now)).differences
    assert told in [(each.verdict, each.was, each.now) for each in found]
    assert all(not each.figure or each.was == "16个" for each in found)


@pytest.mark.parametrize("figure", ["new_media.platforms.weibo.rate", "error_reports.top_share"])
def test_a_number_that_is_gone_does_not_take_that_of_its_neighbour(figure: str) -> None:
    sample = known(SAMPLE)
    place = next(each for each in places(sample.notice) if each.figure == figure)
    (found,) = sample.check(synonyms(put(sample.notice, place, ""))).differences
    assert (found.verdict, found.figure) == (Verdict.MISSING, figure)


@pytest.mark.parametrize("join", ["、", "和", "及", "以及"])
@pytest.mark.parametrize("said", ["得分最高", "获得最高分", "表现突出"])
def test_whatever_is_joined_to_a_list_is_a_name(join: str, said: str) -> None:
    sample = known(SAMPLE)
    (found,) = back_check(
        sample.text, sample.ledger, _edited_text("、顺义区得分最高", f"和顺义区{join}某某公司{said}")
    ).differences
    assert found.figure == "district_sites.standings.1.names"
    assert found.now.startswith("西城区、海淀区、顺义区、")
    assert found.added == (() if said == "表现突出" else ("某某公司",))


@pytest.mark.parametrize("now", ["及时做好监测，得分最高", "和其他3个网站得分最高", "和41个部门网站得分最高"])
def test_what_follows_a_list_and_names_nobody_is_no_name(now: str) -> None:
    sample = known(SAMPLE)
    found = back_check(sample.text, sample.ledger, _edited_text("顺义区得分最高", f"顺义区{now}")).differences
    assert [each.figure for each in found if each.figure.endswith(".names")] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("天津市教育委员会、朝阳区得分", "天津市教育委员会、朝阳区"),
        ("得分最高的有河北省石家庄市教育委员会。", "河北省石家庄市教育委员会"),
        ("朝阳区和天津市教育委员会得分", "朝阳区、天津市教育委员会"),
        ("长春市朝阳区得分", "长春市朝阳区"),
        ("朝阳区教育委员会得分", "朝阳区教育委员会"),
        ("北京市教育委员会、朝阳区得分", "市教育委员会、朝阳区"),
        ("其中，本市教育委员会和朝阳区政府网站得分", "市教育委员会、朝阳区"),
        ("由市教育委员会会同朝阳区落实", "市教育委员会"),
        ("得满分的网站不少，包括市教育委员会、朝阳区等。", "市教育委员会、朝阳区"),
    ],
)
def test_a_name_inside_the_name_of_another_institution_is_not_that_name(text: str, names: str) -> None:
    known_names = Names(["市教育委员会", "朝阳区"], "北京市政务服务管理局")
    assert "、".join(tokenise(text, known_names)[0].value) == names


@pytest.mark.parametrize(
    ("was", "now", "listed"),
    [
        ("其中，市人力资源社会保障局、", "其中，天津市人力资源社会保障局、", "天津市人力资源社会保障局"),
        ("、顺义区得分最高", "、顺义区教育委员会得分最高", "顺义区教育委员会"),
    ],
)
def test_another_institution_in_a_list_is_told(was: str, now: str, listed: str) -> None:
    sample = known(SAMPLE)
    (found,) = back_check(sample.text, sample.ledger, _edited_text(was, now)).differences
    assert found.added == (listed,)


def test_a_change_that_turned_round_is_an_alteration() -> None:
    sample = known("2021Q2")
    text = edited(sample.notice)
    paragraphs = tuple(each.replace("提高0.4分", "下降0.4分") for each in text.paragraphs)
    (found,) = back_check(sample.text, sample.ledger, Edited(paragraphs, text.tables)).differences
    assert (found.figure, found.was, found.now) == ("district_sites.change", "提高0.4分", "下降0.4分")


def test_a_sentence_that_is_gone_is_missing_with_its_figures() -> None:
    sample = known(SAMPLE)
    found = back_check(sample.text, sample.ledger, _edited_text("16个区均未扣分。", "")).differences
    assert [(each.verdict, each.figure) for each in found] == [(Verdict.MISSING, "district_sites.without_deduction")]


def test_an_annex_that_is_gone_is_told_once() -> None:
    sample = known(SAMPLE)
    text = edited(sample.notice)
    (found,) = back_check(sample.text, sample.ledger, Edited(text.paragraphs, text.tables[:1])).differences
    assert found.verdict is Verdict.MISSING
    assert "市级部门" in found.was


def test_what_went_with_an_annex_is_not_counted_as_unchanged() -> None:
    sample = known(SAMPLE)
    text = edited(sample.notice)
    cells = sum(bool(span.figure) for annex in sample.notice.annexes for row in annex.table.rows for span in row)
    found = back_check(sample.text, sample.ledger, Edited(text.paragraphs))
    assert found.changed == cells
    assert found.doubtful
    assert not back_check(sample.text, sample.ledger, Edited(text.paragraphs, text.tables)).doubtful


def test_another_quarter_is_taken_for_what_it_is() -> None:
    assert known(SAMPLE).check(known("2021Q2").notice).doubtful


def test_was_and_is_are_told_as_printed() -> None:
    sample = known(SAMPLE)
    place = next(each for each in places(sample.notice) if each.figure == "district_sites.average")
    told = _difference(put(sample.notice, place, "125.5"))
    assert told == (Verdict.ALTERED, "district_sites.average", "125.4分", "125.5分")


@pytest.mark.parametrize(
    "text",
    [
        "近125.4", "不超过125.4", "约为125.4", "大约是125.4", "接近达到125.4", "-125.4",
        "125.4分以上，即125.4", "125.4分左右，约125.4",
    ],
)  # fmt: skip
def test_words_beside_a_number_make_it_another_one(text: str) -> None:
    sample = known(SAMPLE)
    place = next(each for each in places(sample.notice) if each.figure == "district_sites.average")
    found = sample.check(put(sample.notice, place, text)).differences
    assert "district_sites.average" in {each.figure for each in found}
    assert all(each.was != each.now for each in found)


def test_the_same_bound_in_other_words_is_the_same() -> None:
    one, same, other, closed, counted, opened = (
        tokenise(text, Names(["甲区", "乙区"]))[0]
        for text in (
            "共超过300个",
            "共300余个",
            "共300个",
            "甲区、乙区得满分",
            "甲区、乙区等2个区",
            "甲区、乙区等9个区",
        )
    )
    assert one.same(same) and not one.same(other) and not other.same(one)
    assert closed.same(counted) and opened.same(closed) and not closed.same(opened)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_more_alterations_are_found_after_rewording(way: Rewording) -> None:
    for quarter in QUARTERS:
        sample = known(quarter)
        faults = [fault(sample, each, way) for each in list(alterations(sample, near=way is not as_it_is))[::25]]
        assert [*filter(None, faults)] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf", "html", "txt", "pdf"])
def test_other_formats_tell_the_same(tmp_path: Path, kind: str) -> None:
    sample = known(SAMPLE)
    place = next(each for each in places(sample.notice) if each.figure == "new_media.rate")
    notices = {"honest.docx": synonyms(sample.notice), "altered.docx": put(sample.notice, place, "99.9%")}
    saved = convert({name: docx(notice) for name, notice in notices.items()}, kind, tmp_path)
    for data, figures in zip(saved, ([], ["new_media.rate"]), strict=True):
        path = tmp_path / f"edited.{kind}"
        path.write_bytes(data)
        found = back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences
        assert [each.figure for each in found] == figures


@pytest.mark.slow
def test_the_fullest_sheet_is_one_page(tmp_path: Path) -> None:
    sample = known(SAMPLE)
    rules = load_rules(CODE_ROOT / "data" / "reference")
    remarks = check_wording([rule.wrong for rule in rules] * 3, rules, sample.roster)
    assert {remark.rule for remark in remarks} == {rule.id for rule in rules}
    names = {key: figure.name for key, figure in sample.ledger.figures.items()}
    another, gone = sample.check(known("2021Q2").notice), sample.check(Notice(()))
    sheets = [
        Typesetter(INTERNAL).write(sheet("2021年第三季度", found, names, remarks, Edited((), (), 120, 120)))
        for found in (another, gone, Comparison(another.figures, another.differences[-4:]))
    ]
    for data in render_pdfs(sheets, tmp_path):
        path = tmp_path / "sheet.pdf"
        path.write_bytes(data)
        told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Pages:\s+1\n", told)


@pytest.mark.slow
def test_saving_through_another_program_changes_nothing(tmp_path: Path) -> None:
    for quarter in QUARTERS:
        sample = known(quarter)
        [old] = convert({"notice.docx": docx(sample.notice)}, "odt", tmp_path)
        [new] = convert({"notice.odt": old}, "docx", tmp_path)
        path = tmp_path / "edited.docx"
        path.write_bytes(new)
        assert back_check(sample.text, sample.ledger, read_edited(path, tmp_path)).differences == ()
