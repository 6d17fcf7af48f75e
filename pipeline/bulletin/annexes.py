"""Annexes of a notice: score tables, unqualified accounts, handling of messages (附件).

What lives here: facts to tables of blocks, by the policies that stand in the facts. What must not: which annexes there
are (`assemble/annexes.py`), fonts, borders, page breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.bulletin.blocks import Align, Annex, Column, Span, Table
from pipeline.bulletin.facts import AnnexFacts, BulletinFacts, MessagesRow, SiteRow
from pipeline.bulletin.phrasing import Printer, decimal_text

_NO_SCORE = "—"
_WIDEST = 1560  # tenths of a millimetre: the type area
_TITLES = {
    "district_scores": ("{district_sites}", "检查得分情况"),
    "department_scores": ("{department_sites}", "检查得分情况"),
    "unqualified_accounts": ("政务新媒体", "检查不合格账号", "名单"),
    "error_reports": ("“我为政府网站找错”", "平台留言", "办理情况"),
}
_COLUMNS = {
    "district_scores": {
        "number": Column("序号", 140),
        "owner": Column("区", 260),
        "base_score": Column("扣分项得分", 320, Align.RIGHT),
        "bonus": Column("加分项得分", 320, Align.RIGHT),
        "score": Column("总分", 280, Align.RIGHT),
        "place": Column("名次", 240),
    },
    "department_scores": {
        "number": Column("序号", 110),
        "owner": Column("主办单位", 460, Align.LEFT),
        "site": Column("网站名称", 670, Align.LEFT),
        "score": Column("得分", 200, Align.RIGHT),
        "place": Column("名次", 120),
    },
    "department_parts": {
        "number": Column("序号", 110),
        "owner": Column("主办单位", 335, Align.LEFT),
        "site": Column("网站名称", 415, Align.LEFT),
        "base_score": Column("扣分项得分", 180, Align.RIGHT),
        "bonus": Column("加分项得分", 180, Align.RIGHT),
        "score": Column("总分", 220, Align.RIGHT),
        "place": Column("名次", 120),
    },
    "unqualified_accounts": {
        "number": Column("序号", 120),
        "owner": Column("归口单位", 390, Align.LEFT),
        "platform": Column("平台", 250),
        "account": Column("账号名称", 440, Align.LEFT),
        "veto": Column("否决情形", 360, Align.LEFT),
    },
    "error_reports": {
        "number": Column("序号", 130),
        "owner": Column("单位", 470, Align.LEFT),
        "messages": Column("留言数", 230, Align.RIGHT),
        "due": Column("应办结数", 230, Align.RIGHT),
        "on_time": Column("按期办结数", 250, Align.RIGHT),
        "rate": Column("按期办结率", 250, Align.RIGHT),
    },
}
_IN_PARTS = {"department_scores": "department_parts"}  # where a score is told with its parts


def annexes_of(facts: BulletinFacts) -> Iterator[Annex]:
    """The annexes of a notice in their order (附件), numbered."""
    for number, annex in enumerate(facts.annexes, start=1):
        table = _IN_PARTS.get(annex.table, annex.table) if {"base_score", "bonus"} & {*annex.columns} else annex.table
        known = _COLUMNS[table]
        columns = tuple(known[name] for name in annex.columns)
        assert sum(column.width for column in columns) <= _WIDEST
        rows = tuple(
            tuple(cells[name] if name in cells else Span(str(place)) for name in annex.columns)
            for place, cells in enumerate(_rows(annex, facts), start=1)
        )
        groups = {name: facts.brief.words[name]["result"] for name in ("district_sites", "department_sites")}
        words = (facts.brief.quarter_label, *(word.format_map(groups) for word in _TITLES[annex.table]))
        yield Annex(number, words, Table(columns, rows))


def _rows(annex: AnnexFacts, facts: BulletinFacts) -> Iterator[dict[str, Span]]:
    """The cells of every row by the names of the columns."""
    match annex.table:
        case "district_scores":
            yield from map(_site, _ordered(annex, facts.district_sites.rows))
        case "department_scores":
            yield from map(_site, _ordered(annex, facts.department_sites.rows))
        case "unqualified_accounts":
            for account in annex.accounts:
                told = {name: Span(getattr(account, name)) for name in ("owner", "platform", "veto")}
                yield told | {"account": Span(account.account, figure=f"{facts.new_media.unqualified.id}.names")}
        case "error_reports":
            printer = Printer(facts.policy)
            yield from (_messages(row, printer) for row in annex.messages)


def _ordered(annex: AnnexFacts, rows: tuple[SiteRow, ...]) -> list[SiteRow]:
    """By score, those without one last, or as they stand in the roster."""
    return sorted(rows, key=lambda row: row.place or len(rows) + 1) if annex.order == "score" else list(rows)


def _site(row: SiteRow) -> dict[str, Span]:
    points = {"base_score": row.base_score, "bonus": row.bonus, "score": row.score}
    place = _NO_SCORE if row.place is None else str(row.place)
    return {
        "owner": Span(row.owner),
        "site": Span(row.site),
        **{name: Span(_points(value), figure=f"{row.id}.{name}") for name, value in points.items()},
        "place": Span(place, figure=f"{row.id}.place"),
    }


def _points(value: Decimal | None) -> str:
    return _NO_SCORE if value is None else decimal_text(value)


def _messages(row: MessagesRow, printer: Printer) -> dict[str, Span]:
    counts = {name: getattr(row, name) for name in ("messages", "due", "on_time")}
    rate = Span(_NO_SCORE) if row.rate is None else Span(printer.text(row.rate), figure=row.rate.id)
    told = {name: Span(printer.text(count), figure=count.id) for name, count in counts.items()}
    return {"owner": Span(row.owner), **told, "rate": rate}
