"""Every form that a sheet can take, from hand-made facts; and evidence on its way into it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.bulletin.blocks import Paragraph, Report, Role, Table
from pipeline.bulletin.feedback.facts import UnitFeedback, from_json, to_json
from pipeline.bulletin.feedback.sheet import write_sheet
from pipeline.document.compose import Typesetter
from pipeline.document.conformance.checker import conform
from pipeline.document.feedback import SHEET, feedback_files
from pipeline.document.reading import read_docx
from pipeline.settings import CODE_ROOT
from tests.feedback.conftest import DEADLINE, Made
from tests.feedback.handmade import SITE, UNIT, VETOED, problem

TEMPLATES = CODE_ROOT / "templates"


def written(made: Made, unit: UnitFeedback = UNIT, **evidence: str) -> Report:
    return write_sheet(unit, made.facts.brief, {("扣分明细.xlsx", "明细", 1): evidence}, TEMPLATES)


def prose(report: Report, role: Role = Role.BODY) -> str:
    return "\n".join(item.text for item in report.content if isinstance(item, Paragraph) and item.role is role)


def cells(report: Report) -> list[list[str]]:
    return [[span.text for span in row] for item in report.content if isinstance(item, Table) for row in item.rows]


def test_two_sites_are_told_of_one_after_the_other(made: Made) -> None:
    text = prose(written(made))
    assert (
        "（一）某某市某某局。网站标识码为9901010001，扣分项得分98.67分，总分98.67分（满分100分），检查结果为合格，"
        in text
    )
    assert (
        "（二）某某专项网站。网站标识码为9901010002，因“站点无法访问”被单项否决，检查结果为不合格，不计总分。" in text
    )


def test_headings_are_numbered_without_gaps(made: Made) -> None:
    no_accounts = replace(UNIT, accounts=(), failed=())
    assert prose(written(made), Role.HEADING).split("\n") == [
        "一、政府网站检查情况", "二、政务新媒体检查情况", "三、“我为政府网站找错”留言办理情况", "四、整改要求",
    ]  # fmt: skip
    assert prose(written(made, no_accounts), Role.HEADING).split("\n")[1:] == [
        "二、“我为政府网站找错”留言办理情况",
        "三、整改要求",
    ]


def test_not_checked_is_said_and_a_bonus_is_no_deduction(made: Made) -> None:
    rows = cells(written(made))
    assert ["办事服务", "办事指南", "8", "不涉及", "—"] in rows
    assert ["发布解读", "概况信息", "3", "2.5", "0.5"] in rows


def test_messages_late_and_open_are_listed(made: Made) -> None:
    rows = cells(written(made))
    assert ["ZC1", "错别字", "2021-08-09", "2021-08-12", "2021-08-20", "逾期办结"] in rows
    assert ["ZC2", "其他问题", "2021-08-09", "2021-08-12", "—", "逾期未办结（05-004）"] in rows
    assert ["ZC3", "其他问题", "2021-08-09", "—", "—", "尚未到期"] in rows


def test_accounts_bear_the_number_under_which_the_reply_lists_them(made: Made) -> None:
    rows = cells(written(made))
    assert ["1", "微信", "某某发布", "不合格", "内容不更新（05-003）"] in rows
    assert ["2", "微博", "某某发布", "合格", "—"] in rows


@pytest.mark.parametrize("deadline", ["", DEADLINE])
def test_a_day_is_printed_only_where_one_is_set(made: Made, deadline: str) -> None:
    text = prose(written(made, replace(UNIT, deadline=deadline)))
    assert (f"于{DEADLINE}前" in text) == bool(deadline)
    assert "以上共有4项问题需要整改（编号05-001至05-004）" in text


def test_where_no_problem_is_listed_it_is_not_said_that_there_is_none(made: Made) -> None:
    totals = replace(UNIT, sites=(replace(SITE, problems=()),), failed=(), unanswered=())
    messages = replace(UNIT.messages, lines=())
    for unit in (replace(totals, messages=messages), replace(totals, sites=())):
        text = prose(written(made, unit))
        assert "未发现该网站" not in text and "未发现你单位" not in text and "请对照上述情况查找原因" in text


def test_nothing_wrong_is_told_truthfully(made: Made) -> None:
    site, messages = replace(SITE, base_score=Decimal(100), problems=()), replace(UNIT.messages, lines=())
    sound = replace(UNIT, sites=(site,), accounts=UNIT.accounts[1:], failed=(), unanswered=(), messages=messages)
    text = prose(written(made, sound))
    assert (
        "未发现该网站存在扣分问题" in text and "未发现不合格账号" in text and "未发现你单位存在需要整改的问题" in text
    )
    assert list(files(made, sound)) == ["feedback/05-市某某局.docx"]


def files(made: Made, unit: UnitFeedback) -> dict[str, bytes]:
    return feedback_files([unit], made.facts.brief, {}, TEMPLATES)


def test_evidence_takes_the_place_of_its_kind_in_tables_alone(made: Made) -> None:
    hidden = replace(problem(1, text="（不宜扩散：暗链）"), page="（不宜扩散：暗链）", withheld=True)
    unit = replace(UNIT, sites=(replace(SITE, problems=(hidden,)), VETOED))
    report = written(made, unit, problem="原文\n{{ x }}", page="http://a.example/y")
    assert any("原文{{ x }} http://a.example/y" in row for row in cells(report))
    assert "原文" not in prose(report)
    assert b"\xe5\x8e\x9f\xe6\x96\x87\xe2" not in to_json((unit,))


def test_every_form_is_a_sound_document(made: Made) -> None:
    setter = Typesetter(SHEET)
    for unit in (UNIT, replace(UNIT, sites=(VETOED,)), replace(UNIT, sites=()), replace(UNIT, accounts=(), failed=())):
        data = setter.write(written(made, unit))
        assert conform(data).failures == ()
        assert data == setter.write(written(made, unit))


def test_paragraphs_and_cells_of_the_document_are_those_of_the_blocks(made: Made) -> None:
    report = written(made)
    expected = []
    for item in report.content:
        if isinstance(item, Paragraph):
            expected.append(item.text)
        else:
            expected += [column.heading for column in item.columns]
            expected += [span.text for row in item.rows for span in row]
    assert ["".join(text.split()) for text in read_docx(Typesetter(SHEET).write(report))] == [
        "".join(text.split()) for text in expected
    ]


def test_names_that_no_file_can_have_are_changed_and_cut(made: Made) -> None:
    odd = replace(UNIT, unit="甲/乙 丙:" + "丁" * 80, failed=())
    (docx, reply) = files(made, odd)
    assert docx == f"feedback/05-甲_乙_丙_{'丁' * 54}.docx"
    assert len(reply.rpartition("/")[2].encode()) < 255


def test_facts_come_back_from_json() -> None:
    assert from_json(to_json((UNIT,))) == (UNIT,)
