"""What may be signed, and what of an edited text is kept (签发)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.bulletin.blocks import Face, Paragraph, Role, Span
from pipeline.dispatch.approved import differences, restated
from pipeline.dispatch.records import Approval, read_notice, read_signature, signature_folder, signatures
from pipeline.dispatch.signing import examine, read_made, usable_signature
from pipeline.document.compose import compose
from pipeline.document.package import read_parts, write_parts
from pipeline.errors import DispatchError
from tests.dispatch.desk import APPROVAL, MAIN, QUARTER, Desk, called, tamper

AVERAGE = ('<w:t xml:space="preserve">125.3</w:t>', '<w:t xml:space="preserve">125.4</w:t>')
WORDED = ("我局组织开展了", "我局会同有关单位组织开展了")


def refusal(desk: Desk, path: Path, **accept: str) -> str:
    with pytest.raises(DispatchError) as raised:
        desk.sign_file(path, accept)
    assert signatures(desk.paths, QUARTER) == []
    return raised.value.message


def test_the_text_as_produced_is_signed_and_read_back_as_its_blocks(desk: Desk) -> None:
    signature = desk.sign_file(desk.draft)
    folder = signature_folder(desk.paths, QUARTER, 1)
    assert read_notice(folder) == read_made(desk.paths, QUARTER).notice
    assert signature == read_signature(desk.paths, QUARTER, 1)
    assert signature.approvals == (APPROVAL,) and signature.accepted == ()
    assert signature.figures["district_sites.average"] == "125.3"
    assert (folder / "signed.docx").read_bytes() == desk.draft.read_bytes()
    assert {oct(path.stat().st_mode & 0o777) for path in folder.rglob("*") if path.is_file()} == {"0o444"}


def test_edited_wording_is_kept_with_its_figures_and_faces(desk: Desk) -> None:
    desk.sign(WORDED, ("得分最高", "得分居前"))
    notice = read_notice(signature_folder(desk.paths, QUARTER, 1))
    text = "\n".join(item.text for item in notice.paragraphs)
    assert "我局会同有关单位组织开展了" in text and "得分居前" in text
    edited = next(item for item in notice.paragraphs if "得分居前" in item.text)
    assert edited.spans[0].face is Face.LEVEL3
    assert {span.figure for span in edited.spans if span.text == "125.3"} == {"district_sites.average"}


def test_an_altered_figure_is_refused_until_its_reason_is_given(desk: Desk) -> None:
    path = desk.edited(AVERAGE)
    told = refusal(desk, path)
    assert f"district_sites.average　{called('district_sites.average')}：125.3分 → 125.4分" in told
    assert "不能空缺" in refusal(desk, path, **{"district_sites.average": " "})
    assert "没有这项改动" in refusal(desk, path, **{"district_sites.average": "口径调整", "sites.rate": "多余"})
    signature = desk.sign_file(path, {"district_sites.average": "口径调整"})
    (accepted,) = signature.accepted
    assert (accepted.was, accepted.now, accepted.reason) == ("125.3分", "125.4分", "口径调整")
    assert accepted.name == called("district_sites.average")
    assert signature.figures["district_sites.average"] == "125.4"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (
            "石景山区、平谷区</w:t>",
            "石景山区、平谷区、延庆区</w:t>",
            "（名单）：石景山区、平谷区 → 石景山区、平谷区、延庆区",
        ),
        ("石景山区、平谷区</w:t>", "石景山区、平谷区等</w:t>", "石景山区、平谷区 → 石景山区、平谷区等"),
        ("石景山区、平谷区</w:t>", "石景山区、平谷区、某公司</w:t>", "石景山区、平谷区 → 石景山区、平谷区、某公司"),
        ("个网站得满分", "余个网站得满分", "37个 → 37余个"),
        ("进行了全覆盖检查", "进行了2轮全覆盖检查", "2　新增的数字：无 → 2"),
    ],
)
def test_words_that_turn_a_figure_and_numbers_from_nowhere_are_seen(desk: Desk, was: str, now: str, told: str) -> None:
    assert told in refusal(desk, desk.edited((was, now)))


def test_a_moved_and_reworded_sentence_is_no_alteration_and_prints_the_same_figures(desk: Desk) -> None:
    notice = read_made(desk.paths, QUARTER).notice
    at = next(at for at, item in enumerate(notice.paragraphs) if "平均得分为" in item.text)
    paragraphs = list(notice.paragraphs)
    text = paragraphs[at].text
    sentences = [f"{part}。" for part in text.split("。") if part]
    moved = next(part for part in sentences if "平均得分为" in part)
    paragraphs[at] = Paragraph(Role.BODY, (Span(text.replace(moved, "")),))
    paragraphs.insert(at + 1, Paragraph(Role.BODY, (Span(f"从得分看，{moved}"),)))
    template = (desk.paths.templates / "bulletin.docx").read_bytes()
    path = desk.save(compose(replace(notice, paragraphs=tuple(paragraphs)), template), "移.docx")
    signature = desk.sign_file(path)
    assert signature.accepted == () and signature.figures == desk.sign_file(desk.draft).figures


def test_a_reworded_text_keeps_its_figures_where_they_stood() -> None:
    spans = (Span("平均"), Span("12", figure="a"), Span("分，共"), Span("甲、乙", figure="b.names"), Span("得满分"))
    for text, found in (
        ("平均得到12分，一共甲、乙得满分", ["12", "甲、乙"]),
        ("平均125分，共甲、乙得满分", ["125", "甲、乙"]),
        ("平均12.5分，共甲、丙得满分", ["12.5", "甲、丙"]),
        ("共甲、乙得满分", ["甲、乙"]),
    ):
        kept = restated(spans, text)
        assert [span.text for span in kept if span.figure] == found, text
        assert "".join(span.text for span in kept) == text


def test_a_figure_of_an_annex_and_a_row_taken_out(desk: Desk) -> None:
    parts = read_parts(desk.draft.read_bytes())
    text = parts[MAIN].decode()
    at = text.index("东城区</w:t>", text.index("附件1</w:t>"))
    cell = text.index("<w:t", at + 1)
    changed = text[:cell] + text[cell:].replace(">100<", ">99<", 1)
    told = refusal(desk, desk.save(write_parts({**parts, MAIN: changed.encode()}), "改.docx"))
    assert "base_score" in told and "：100 → 99（" in told and "东城区" in told
    row, end = text.rindex("<w:tr>", 0, at), text.index("</w:tr>", at) + len("</w:tr>")
    shorter = text[:row] + text[end:]
    told = refusal(desk, desk.save(write_parts({**parts, MAIN: shorter.encode()}), "改.docx"))
    assert "附件的表格不能增减行" in told


def test_a_sentence_taken_out_takes_its_figures_along(desk: Desk) -> None:
    notice = read_made(desk.paths, QUARTER).notice
    whole = next(item for item in notice.paragraphs if "找错”平台共收到" in item.text)
    without = replace(notice, paragraphs=tuple(item for item in notice.paragraphs if item is not whole))
    data = compose(without, (desk.paths.templates / "bulletin.docx").read_bytes())
    told = refusal(desk, desk.save(data, "删.docx"))
    assert all(f"{span.figure}　" in told for span in whole.spans if span.figure)
    assert "→ 删去" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("我局组织开展了", "我局【待核】组织开展了"), "还有没有核实的内容"),
        (("我局组织开展了", "我局【待核3、7】组织开展了"), "【待核3、7】"),
        (("京政服发〔2021〕　号", "草稿"), "文件是草稿"),
        (("各区人民政府，市政府各委、办、局，各市属机构：", ""), "缺少主送机关"),
    ],
)
def test_what_is_no_text_to_be_signed(desk: Desk, change: tuple[str, str], told: str) -> None:
    assert told in refusal(desk, desk.edited(change))


def test_a_header_with_words_of_its_own_is_refused_as_it_would_be_lost(desk: Desk) -> None:
    parts = read_parts(desk.draft.read_bytes())
    name = next(name for name in parts if name.startswith("word/footer"))
    parts[name] = parts[name].replace(b"</w:p>", "<w:r><w:t>内部资料</w:t></w:r></w:p>".encode())
    assert "页眉、页脚中的“内部资料”不随通报印发" in refusal(desk, desk.save(write_parts(parts), "页脚.docx"))


def test_every_problem_is_told_at_once(desk: Desk) -> None:
    told = refusal(desk, desk.edited(AVERAGE, ("我局组织开展了", "我局【待核】组织开展了")))
    assert "共 2 项" in told and "【待核】" in told and "125.3分 → 125.4分" in told


def test_tracked_changes_and_comments_are_read_as_accepted(desk: Desk) -> None:
    old = '<w:t xml:space="preserve">一、总体情况</w:t></w:r>'
    new = (
        '<w:t xml:space="preserve">一、总体</w:t></w:r><w:ins w:id="1" w:author="某人"><w:r><w:t>检查</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="某人"><w:r><w:delText>汇总</w:delText></w:r></w:del><w:r><w:t>情况</w:t></w:r>'
    )
    assert "插入 1 处，删除 1 处" in "".join(examine(desk.paths, QUARTER, desk.edited((old, new))).notes)
    desk.sign((old, new))
    notice = read_notice(signature_folder(desk.paths, QUARTER, 1))
    assert "一、总体检查情况" in [item.text for item in notice.paragraphs if item.role is Role.HEADING]


def test_the_same_text_collects_approvals_and_another_begins_anew(desk: Desk) -> None:
    desk.sign_file(desk.draft, approval=Approval("办公室核稿", "2021-08-01", "核稿单第7号"))
    second = desk.sign_file(desk.draft)
    assert [item.role for item in second.approvals] == ["办公室核稿", "主要负责同志"]
    third = desk.sign(WORDED)
    assert third.number == 3 and third.approvals == (APPROVAL,)


def test_what_was_signed_is_not_touched_afterwards(desk: Desk) -> None:
    desk.sign()
    path = signature_folder(desk.paths, QUARTER, 1) / "signed.docx"
    tamper(path, desk.edited(WORDED).read_bytes())
    with pytest.raises(DispatchError, match=r"signed\.docx 与记录的校验值不符"):
        usable_signature(desk.paths, QUARTER)


@pytest.mark.parametrize(
    ("approval", "told"),
    [
        (Approval("", "2021-08-03", "批件"), "批准的角色须是一行文字"),
        (Approval("局长", "2021-08-03", "批件\n第二行"), "同意依据须是一行文字"),
        (Approval("局长", "8月3日", "批件"), "不是日期"),
    ],
)
def test_an_approval_is_complete(desk: Desk, approval: Approval, told: str) -> None:
    with pytest.raises(DispatchError, match=told):
        desk.sign_file(desk.draft, approval=approval)


def test_outputs_must_be_those_of_the_run(desk: Desk) -> None:
    (desk.paths.out(QUARTER) / "machine" / "bulletin.txt").write_text("改动")
    with pytest.raises(DispatchError, match=r"machine/bulletin\.txt 与记录的校验值不符"):
        desk.sign()
    manifest = desk.paths.out(QUARTER) / "manifest.json"
    manifest.write_text(json.dumps({"outputs": {}}))
    (desk.paths.out(QUARTER) / "machine" / "facts.json").write_text("{}")
    with pytest.raises(DispatchError, match="另一版本程序"):
        desk.sign()
    manifest.unlink()
    with pytest.raises(DispatchError, match="没有可用的输出"):
        desk.sign()


def test_differences_are_named(desk: Desk) -> None:
    made = read_made(desk.paths, QUARTER)
    data = desk.edited(WORDED, ("二、存在的问题", "二、存在的主要问题")).read_bytes()
    told = differences(made.notice, data)
    assert len(told) == 2 and "存在的主要问题" in told[1]
    assert differences(made.notice, desk.draft.read_bytes()) == []
    assert examine(desk.paths, QUARTER, desk.save(data, "改.docx")).differences == ()
