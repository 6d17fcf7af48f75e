"""A unit's facts to its feedback sheet (反馈单成文).

What lives here: the tables of a sheet, and the template at work. What must not: fonts, files, other units' facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipeline.bulletin.blocks import Align, Column, Report, Span, Table
from pipeline.bulletin.facts import Brief
from pipeline.bulletin.feedback.facts import Problem, SiteResult, UnitFeedback
from pipeline.bulletin.phrasing import decimal_text, one_line
from pipeline.bulletin.report import write_report

Evidence = Mapping[tuple[str, str, int], Mapping[str, str]]  # texts by file, sheet and record, then by field
_NONE = "—"
_INDICATORS = (
    Column("一级指标", 280),
    Column("二级指标", 440),
    Column("分值", 240, Align.RIGHT),
    Column("得分", 240, Align.RIGHT),
    Column("扣分", 240, Align.RIGHT),
)
_PROBLEMS = (
    Column("编号", 180),
    Column("指标", 220),
    Column("扣分", 120, Align.RIGHT),
    Column("问题及页面", 780, Align.LEFT),
    Column("发现日期", 250),
)
_ACCOUNTS = (
    Column("序号", 140),
    Column("平台", 300),
    Column("账号名称", 540, Align.LEFT),
    Column("结果", 180),
    Column("否决情形", 390),
)
_SCORED_ACCOUNTS = (
    Column("序号", 130),
    Column("平台", 270),
    Column("账号名称", 500, Align.LEFT),
    Column("结果", 160),
    Column("得分", 160, Align.RIGHT),
    Column("否决情形", 330),
)
_MESSAGES = (
    Column("留言编号", 340),
    Column("问题类型", 270),
    Column("留言日期", 245),
    Column("应办结日期", 245),
    Column("办结日期", 245),
    Column("办理情况", 215),
)


def with_evidence(feedback: UnitFeedback, evidence: Evidence) -> UnitFeedback:
    """The same facts with the texts of what is withheld elsewhere (载入证据原文): for the unit's own sheet alone."""
    sites = tuple(replace(site, problems=_shown(site, evidence)) for site in feedback.sites)
    failed = feedback.accounts[: len(feedback.failed)]  # the unqualified come first, in the order of their problems
    accounts = (
        replace(account, veto=_texts(problem, evidence).get("veto", account.veto))
        for account, problem in zip(failed, feedback.failed, strict=True)
    )
    return replace(feedback, sites=sites, accounts=(*accounts, *feedback.accounts[len(failed) :]))


def _shown(site: SiteResult, evidence: Evidence) -> tuple[Problem, ...]:
    def shown(problem: Problem) -> Problem:
        texts = _texts(problem, evidence)
        return replace(problem, text=texts.get("problem", problem.text), page=texts.get("page", problem.page))

    return tuple(map(shown, site.problems))


def _texts(problem: Problem, evidence: Evidence) -> Mapping[str, str]:
    return evidence[problem.file, problem.sheet, problem.row_no] if problem.withheld else {}


def write_sheet(feedback: UnitFeedback, brief: Brief, evidence: Evidence, templates: Path) -> Report:
    """A unit's sheet as blocks (反馈单).

    ``evidence`` goes into the tables alone, never through the template. Raises ``TemplateError``.
    """
    values = {"sheet": one_line(feedback), "brief": one_line(brief)}
    return write_report("feedback.txt.j2", values, _tables(one_line(with_evidence(feedback, evidence))), templates)


def _tables(feedback: UnitFeedback) -> dict[str, Table]:
    tables = {f"indicators.{at}": _indicators(site) for at, site in enumerate(feedback.sites)}
    tables |= {f"problems.{at}": _problems(site.problems) for at, site in enumerate(feedback.sites)}
    return tables | {"accounts": _accounts(feedback), "messages": _messages(feedback)}


def _indicators(site: SiteResult) -> Table:
    return _table(
        _INDICATORS,
        (
            (line.level1, line.name, _points(line.points), "不涉及" if line.score is None else _points(line.score),
             _NONE if line.score is None or line.bonus else _points(line.points - line.score))
            for line in site.indicators
        ),
    )  # fmt: skip


def _problems(problems: tuple[Problem, ...]) -> Table:
    return _table(
        _PROBLEMS,
        (
            (item.number, item.item, _points(item.points), f"{item.text}{item.page and ' '}{item.page}", _day(item.found_on))
            for item in problems
        ),
    )  # fmt: skip


def _accounts(feedback: UnitFeedback) -> Table:
    """Unqualified accounts come first, each with the number under which the reply lists it."""
    accounts, numbers = feedback.accounts, (problem.number for problem in feedback.failed)
    scored = any(item.score is not None for item in accounts)
    return _table(
        _SCORED_ACCOUNTS if scored else _ACCOUNTS,
        (
            (str(number), item.platform, item.name, "合格" if item.passed else "不合格",
             *([_points(item.score)] if scored else []), _NONE if item.passed else _numbered(item.veto, next(numbers, "")))
            for number, item in enumerate(accounts, start=1)
        ),
    )  # fmt: skip


def _messages(feedback: UnitFeedback) -> Table:
    numbers = {problem.item: problem.number for problem in feedback.unanswered}
    return _table(
        _MESSAGES,
        (
            (
                line.number,
                line.type,
                _day(line.created_on),
                _day(line.due_on),
                _day(line.closed_on),
                _numbered(line.state, numbers.get(line.number, "")),
            )
            for line in feedback.messages.lines
        ),
    )


def _numbered(text: str, number: str) -> str:
    return f"{text}（{number}）" if number else text


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(columns, tuple(tuple(map(Span, row)) for row in rows))


def _points(value: Decimal | None) -> str:
    return _NONE if value is None else decimal_text(value)


def _day(value: dt.date | None) -> str:
    return _NONE if value is None else value.isoformat()
