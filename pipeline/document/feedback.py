"""Files that go to a unit: its feedback sheet, and the workbook that it returns (反馈单与整改回执).

What lives here: names of the files, the columns of the reply. What must not: facts, wording of the sheet. Of evidence that
must not be spread a reply holds the kind alone: it is copied and passed on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.bulletin.facts import Brief
from pipeline.bulletin.feedback.facts import Problem, UnitFeedback
from pipeline.bulletin.feedback.sheet import Evidence, write_sheet
from pipeline.document.compose import Typesetter
from pipeline.document.forms import Cell, Field, Look, OneOf, Sheet, Since, State, form_workbook
from pipeline.document.geometry import MANUSCRIPT, TableGeometry
from pipeline.quarter import Quarter

SHEET = replace(MANUSCRIPT, table=TableGeometry(half_points=21, line_twips=300, row_twips=397, cell_above_twips=28))
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST = 60  # characters of a name within a file name
_DONE = ("已整改", "正在整改", "已关停注销", "不属实", "其他（请在说明中写明）")
_APPEAL = ("否", "是")


def feedback_files(
    units: Sequence[UnitFeedback], brief: Brief, evidence: Evidence, templates: Path
) -> dict[str, bytes]:
    """Every feedback sheet, and a reply workbook for whoever has something to mend (反馈单、整改回执), by file name."""
    typesetter, files = Typesetter(SHEET), dict[str, bytes]()
    for unit in units:
        name = f"feedback/{unit.number}-{_UNSAFE.sub('_', unit.unit)[:_LONGEST]}"
        files[f"{name}.docx"] = typesetter.write(write_sheet(unit, brief, evidence, templates))
        if unit.problems:
            files[f"{name}-整改回执.xlsx"] = reply_workbook(unit)
    return files


def reply_workbook(unit: UnitFeedback) -> bytes:
    """The workbook in which a unit says what it has done about every problem (整改回执)."""
    quarter = Quarter.parse(unit.quarter)
    title = f"{quarter.label}检查问题整改回执（{unit.unit}）"
    fields = (
        Field("问题编号", width=11),
        Field("网站（账号）", width=26),
        Field("问题", width=52),
        Field("整改情况", "从下拉选项中选取。", rule=OneOf(_DONE), width=18),
        Field("说明", "整改的做法和结果；没有整改的，写明原因和打算。", width=36),
        Field("链接", "整改后页面的网址。", width=30),
        Field("完成日期", "整改完成的日期，例如 2021-11-30。", rule=Since(dt.date(quarter.year, 3 * quarter.number - 2, 1)),
              look=Look.DAY, width=13),
        Field("是否申诉", "对检查结果有异议的选“是”。", rule=OneOf(_APPEAL), width=10),
        Field("申诉理由", "选“是”的须写明理由和依据。", width=36),
    )  # fmt: skip
    rules = [
        "本回执与反馈单一并发给你单位，问题编号与反馈单一致。灰色单元格已锁定，不必填写；请逐行填写其余各列，不增减行。",
        f"请于{unit.deadline}前报送。" if unit.deadline else "请及时整改，完成后报送。",
        "申诉须逐项提出，写明理由并附依据；未申诉的问题视为无异议。",
    ]
    rows = tuple(_row(problem, len(fields)) for problem in unit.problems)
    return form_workbook(title, rules, [Sheet("整改回执", fields, title=title, note="一行一个问题。", rows=rows)])


def _row(problem: Problem, width: int) -> tuple[Cell, ...]:
    text = f"{problem.text}{problem.page and ' '}{problem.page}"
    if problem.withheld:
        text = f"{problem.text}原文见反馈单"
    if problem.points is not None:
        text = f"{problem.item}：{text}"
    printed = (problem.number, problem.subject, text)
    return (*(Cell(each, State.PRINTED) for each in printed), *(Cell() for _ in range(width - len(printed))))
