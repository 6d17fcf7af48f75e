"""The facts of one unit with everything that can be wrong: two sites, a veto, an unqualified account, open messages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from pipeline.bulletin.feedback.facts import (
    AccountResult,
    IndicatorLine,
    MessageLine,
    Messages,
    Problem,
    SiteResult,
    UnitFeedback,
)

_DAY = dt.date(2021, 8, 9)


def problem(number: int, subject: str = "某网站", points: str | None = "0.5", text: str = "栏目没有更新。") -> Problem:
    return Problem(f"05-{number:03}", subject, "动态要闻", points and Decimal(points), text, "https://a.example/x", _DAY,
                   "扣分明细.xlsx", "明细", number)  # fmt: skip


SITE = SiteResult(
    code="9901010001",
    name="某某市某某局",
    group="市级部门政府网站",
    level="合格",
    veto="",
    base_score=Decimal("98.67"),
    bonus=Decimal(0),
    score=Decimal("98.67"),
    full_mark=Decimal(100),
    bonus_mark=Decimal(0),
    place=3,
    ranked=59,
    indicators=(
        IndicatorLine("发布解读", "概况信息", False, Decimal(3), Decimal("2.5")),
        IndicatorLine("办事服务", "办事指南", False, Decimal(8), None),
    ),
    problems=(problem(1),),
)
VETOED = replace(
    SITE,
    code="9901010002",
    name="某某专项网站",
    level="不合格",
    veto="站点无法访问",
    base_score=None,
    bonus=None,
    score=None,
    place=None,
    indicators=(),
    problems=(replace(problem(2, "某某专项网站", None, "存在单项否决情形：站点无法访问"), page="", found_on=None),),
)
UNIT = UnitFeedback(
    quarter="2021Q3",
    number="05",
    unit="市某某局",
    full_name="某某市某某局",
    sites=(SITE, VETOED),
    accounts=(AccountResult("微信", "某某发布", False, None, "内容不更新"), AccountResult("微博", "某某发布", True, None, "")),
    failed=(problem(3, "“某某发布”微信", None, "检查不合格：内容不更新"),),
    messages=Messages(
        5, 4, 3, 1, 2,
        (
            MessageLine("ZC1", "错别字", _DAY, dt.date(2021, 8, 12), dt.date(2021, 8, 20), "逾期办结"),
            MessageLine("ZC2", "其他问题", _DAY, dt.date(2021, 8, 12), None, "逾期未办结"),
            MessageLine("ZC3", "其他问题", _DAY, None, None, "尚未到期"),
        ),
    ),
    unanswered=(replace(problem(4, "某某市某某局", None, "留言（其他问题）尚未办结"), item="ZC2"),),
    deadline="",
)  # fmt: skip
