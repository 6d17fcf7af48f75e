"""What people of the office filled in (季度信息的事实).

What lives here: 季度信息, the registry of the office and the statements to ``Brief``. What must not: figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.bulletin.assemble.desk import Info
from pipeline.bulletin.facts import Brief, Choice, Passage, Practice
from pipeline.reference.models import Statement
from pipeline.reference.names import normalise
from pipeline.reference.registry import Roster

_ORDERS = {"随文": "inline", "单列成段": "paragraphs", "部门在前": "departments_first", "按主题": "topics"}
_DATE = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")


def brief(info: Info, roster: Roster) -> Brief:
    """What people of the office filled in (季度信息)."""
    items = dict(info.info_item.select("item", "content").iter_rows())
    office = roster.office
    return Brief(
        issuer=items.get("发文机关") or office.name,
        addressees=office.addressees,
        city=office.city,
        region=office.region,
        ours=office.ours,
        quarter_label=roster.quarter.label,
        document_number=items.get("发文字号") or f"{office.mark}〔{roster.quarter.year}〕　号",
        date=chinese_date(items.get("成文日期", "")),
        basis=items["检查依据文件"],
        consent=items["同意机关"] if items["同意状态"] == "已同意" else "",
        accounts_as_of=items["新媒体统计截至"],
        reports_from=chinese_date(items["找错起始日期"]),
        reports_from_note=items.get("找错起始说明", ""),
        reports_until=chinese_date(items["找错截止日期"]),
        closing=items["结束语"],
        publicity=items.get("公开方式", ""),
        statements=_statements(info.info_choice, roster),
        words={path: dict(words) for path, words in roster.registry.words.items()},
        figure_names={normalise(name): figure for name, figure in roster.registry.figure_names.items()},
        practice_order=_practice_order(info.info_choice, roster),
        practices=tuple(_practice(row, roster) for row in info.info_practice.iter_rows(named=True)),
        problems=_passages(info.info_paragraph, "problem"),
        requirements=_passages(info.info_paragraph, "requirement"),
        printer=items.get("印发机关", ""),
    )


def chinese_date(text: str) -> str:
    """A day as a notice prints it, 2021年9月3日, from any spelling that 季度信息 may have (日期)."""
    match = _DATE.match(text)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else text


def _practice(row: Mapping[str, Any], roster: Roster) -> Practice:
    subject = roster.unit_names[row["unit_id"]].short
    if row["account"]:
        platform = next((item.name for item in roster.taxonomy.platform if item.id == row["platform_id"]), "")
        subject = f"“{row['account']}”{platform}"
    return Practice(row["section"], row["topic"], subject, row["content"])


def _practice_order(choices: pl.DataFrame, roster: Roster) -> str:
    row = choices.row(by_predicate=pl.col("statement_id") == "practices", named=True)
    return _ORDERS.get(row["wording"], roster.rule_book.outline.practices) if row["enabled"] else "none"


def _passages(paragraphs: pl.DataFrame, section: str) -> tuple[Passage, ...]:
    rows = paragraphs.filter(pl.col("section") == section).sort("number")
    return tuple(Passage(title, content) for title, content in rows.select("title", "content").iter_rows())


def _statements(choices: pl.DataFrame, roster: Roster) -> tuple[Choice, ...]:
    """Every statement with its choice, in the order in which its section says it (语句).

    次序 n puts a statement before the one that stands n-th in its section; one that continues the sentence of the
    statement it needs moves with that.
    """
    known = roster.registry.statements
    chosen = {row["statement_id"]: row for row in choices.iter_rows(named=True)}
    sections: dict[str, list[str]] = {}
    for item in known:
        sections.setdefault(item.section, []).append(item.id)

    def place(item: Statement) -> tuple[int, bool, int, bool]:
        follows = item.joins and bool(item.needs)
        head = item.needs if follows else item.id
        asked, at = chosen[head]["place"], sections[item.section].index(head) + 1
        return asked or at, asked is None, at, follows

    return tuple(_choice(item, chosen[item.id]) for item in sorted(known, key=place))


def _choice(item: Statement, row: Mapping[str, Any]) -> Choice:
    same = ("form", "subject", "section", "joins", "needs")
    made = ("enabled", "list_form", "list_count", "groups", "naming")
    return Choice(
        item.id,
        **{name: getattr(item, name) for name in same},
        **{name: row[name] for name in made},
        wording=tuple(row["wording"].split("…")),
    )
