"""What everybody may read: nothing closed, no contacts, every figure as it was issued (公开文本)."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.bulletin.blocks import Notice, Paragraph, Role, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.dispatch.approved import printed_entries, squeezed
from pipeline.dispatch.public import Openness, Publicity, load_publicity, public_notice
from pipeline.dispatch.records import read_notice
from pipeline.document.conformance.checker import conform
from pipeline.document.reading import read_docx
from pipeline.document.text import plain_text
from pipeline.errors import DispatchError, RegistryError
from pipeline.review.ledger.printed import printed
from pipeline.settings import CODE_ROOT
from tests.dispatch.desk import FACTS, NUMBER, Desk

TEMPLATES = CODE_ROOT / "templates"
AVERAGE = "district_average"


def facts(publicity: str = "主动公开") -> BulletinFacts:
    made = BulletinFacts.from_json(FACTS.read_bytes())
    return replace(made, brief=replace(made.brief, publicity=publicity))


def words(path: Path) -> str:
    return html.unescape(re.sub(r"<(style|title).*?</\1>|<[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL))


def test_the_public_version_says_what_was_issued(desk: Desk) -> None:
    desk.produce(facts())
    desk.sign()
    made = desk.issue()
    folder = desk.folder() / "public"
    document = (folder / "通报.docx").read_bytes()
    assert conform(document).failures == ()
    printed = read_docx(document)
    assert printed[0] == NUMBER and not any(text.startswith("抄送") for text in printed)
    approved = [
        text for role, text in printed_entries(read_notice(desk.folder())) if role not in (Role.NUMBER, Role.DATE)
    ]
    shown = squeezed("".join(printed))
    assert all(squeezed(text) in shown for text in approved)
    assert all(squeezed(text) in squeezed(words(folder / "通报.html")) for text in approved)
    assert {"public/通报.docx", "public/通报.html"} <= set(made.files)
    assert not re.search(r"<script|https?:|可见的问题证据", (folder / "通报.html").read_text("utf-8"))


@pytest.mark.parametrize("publicity", ["", "依申请公开", "不予公开"])
def test_no_public_version_unless_it_is_to_be_published(desk: Desk, publicity: str) -> None:
    desk.produce(facts(publicity))
    desk.sign()
    desk.issue()
    assert not (desk.folder() / "public").exists()


def test_closed_statements_annexes_and_columns_are_left_out() -> None:
    notice = write_notice(facts(), TEMPLATES)
    closed = Publicity(
        statement={AVERAGE: Openness.INTERNAL},
        annex={"区政府门户网站检查得分情况": Openness.INTERNAL},
        column={"名次": Openness.OWN},
    )
    made, faults = public_notice(notice, facts(), TEMPLATES, closed)
    assert faults == []
    text = plain_text(made)
    assert "平均得分为125.3分" in plain_text(notice) and "平均得分为125.3分" not in text and "平均得分为98.8分" in text
    assert [annex.title[9:] for annex in made.annexes] == ["市级部门政府网站检查得分情况"]
    assert [column.heading for column in made.annexes[0].table.columns] == ["序号", "主办单位", "网站名称", "得分"]
    assert "附件：2021年第二季度市级部门政府网站检查得分情况" in text and "附件1" not in text
    issued, shown = (Counter((item.figure, item.text) for item in printed(each)) for each in (notice, made))
    assert shown and shown <= issued


def test_a_closed_statement_that_was_reworded_needs_a_person() -> None:
    notice = write_notice(facts(), TEMPLATES)
    edited = tuple(
        replace(item, spans=(*item.spans, Span("另行通知。"))) if "平均得分为125.3分" in item.text else item
        for item in notice.paragraphs
    )
    closed = Publicity(statement={AVERAGE: Openness.INTERNAL})
    _, faults = public_notice(Notice(edited, notice.annexes), facts(), TEMPLATES, closed)
    assert len(faults) == 1 and "经过改写" in faults[0]


def test_a_closed_statement_nobody_knows_is_refused() -> None:
    notice = write_notice(facts(), TEMPLATES)
    _, faults = public_notice(notice, facts(), TEMPLATES, Publicity(statement={"averages": Openness.INTERNAL}))
    assert faults == ["publicity.toml 的语句 averages 没有登记"]


def test_contacts_do_not_go_public() -> None:
    notice = write_notice(facts(), TEMPLATES)
    remark = Paragraph(Role.REMARK, (Span("（联系人：某某；联系电话：010-12345678）"),))
    made, faults = public_notice(
        replace(notice, paragraphs=(*notice.paragraphs, remark)), facts(), TEMPLATES, Publicity()
    )
    assert faults == [] and made == notice
    body = Paragraph(Role.BODY, (Span("有疑问的请发邮件至 a.b@example.org。"),))
    _, faults = public_notice(replace(notice, paragraphs=(*notice.paragraphs, body)), facts(), TEMPLATES, Publicity())
    assert faults == ["文中有联系方式“a.b@example.org”"]


def test_the_issue_waits_for_that_person(desk: Desk) -> None:
    (desk.paths.reference / "publicity.toml").write_text(f'[statement]\n{AVERAGE} = "内部"\n', "utf-8")
    desk.produce(facts())
    desk.sign(("得分最高", "得分居前"))
    with pytest.raises(DispatchError, match="不能形成公开文本"):
        desk.issue()
    assert not desk.folder().exists()


def test_the_register_of_publicity(desk: Desk) -> None:
    known = load_publicity(desk.paths.reference)
    assert known.closed("statement") == {"accountability", "silent_units"}
    (desk.paths.reference / "publicity.toml").write_text('[annex]\n"某表" = "保密"\n', "utf-8")
    with pytest.raises(RegistryError, match=r"publicity\.toml 的 annex\.某表"):
        load_publicity(desk.paths.reference)
