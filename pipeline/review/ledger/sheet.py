"""The ledger as people read it, `review/figures.xlsx` (数字台账工作簿).

What lives here: entries and other numbers as rows with Chinese headings. What must not: values.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.bulletin.catalogue import name_of_list
from pipeline.bulletin.tables import DataTable
from pipeline.document.tablebook import table_workbook
from pipeline.quarter import Quarter
from pipeline.review.ledger.book import Derivation, Entry, Ledger, Part

_HEADINGS = ("序号", "数字", "印作", "所在句子", "精确值", "单位", "修约规则", "分子", "分母", "构成", "测算表", "复算",
             "来源单元格", "更正", "标识")  # fmt: skip
_OTHERS = ("文字", "类别", "录入于")


def ledger_workbook(ledger: Ledger) -> bytes:
    """The ledger as a workbook in Chinese (数字台账工作簿)."""
    entries = DataTable("数字台账", _HEADINGS, tuple(_rows(ledger)), frozen=3)
    others = DataTable("非统计数字", _OTHERS, tuple((item.text, item.kind, item.place) for item in ledger.others))
    return table_workbook(f"{Quarter.parse(ledger.quarter).label}数字台账", (entries, others))


def _rows(ledger: Ledger) -> Iterator[tuple[str | int, ...]]:
    for entry in ledger.entries:
        yield _row(entry, ledger.figures[entry.of])


def _row(entry: Entry, made: Derivation) -> tuple[str | int, ...]:
    return (
        entry.number, name_of_list(entry.figure, made.name), entry.printed, entry.sentence, shown(made.exact), made.unit, made.rounding,
        told(made.numerator), told(made.denominator), "、".join(made.members), made.measure, made.sql,
        source_text(made), corrections_text(made), entry.figure,
    )  # fmt: skip


def shown(exact: str) -> str:
    """An exact value as people write it (精确值): a whole number without its denominator; ``—`` where there is none."""
    return exact.removesuffix("/1") or "—"


def told(part: Part | None) -> str:
    """A numerator or denominator with what it means, e.g. 41（合格账号数） (分子、分母)."""
    return f"{part.value}（{part.meaning}）" if part and part.value else ""


def source_text(made: Derivation) -> str:
    """The sources of a figure, a sheet a line, or why there are none (来源)."""
    return "\n".join(map(str, made.sources)) or made.given


def corrections_text(made: Derivation) -> str:
    """The corrections behind a figure, one a line (更正)."""
    return "\n".join(
        f"{item.file}!{item.sheet}!{item.cell}：{item.delivered}→{item.corrected}（{item.reason}）"
        for item in made.corrections
    )
