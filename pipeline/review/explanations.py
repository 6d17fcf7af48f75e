"""What is told of every printed figure to those who review it (数字说明).

What lives here: from an entry of the ledger to lines of Chinese: how it was reckoned, from which cells, what it was last
quarter, what is to be noted. What must not: where the lines are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.review.ledger.book import Derivation, Ledger
from pipeline.review.ledger.lineage import Source
from pipeline.review.ledger.sheet import shown, told

_FEW = 4  # areas of a sheet that are shown before the rest is folded away


@dataclass(frozen=True)
class Cells:
    """Cells behind a figure, in one sheet (来源): all of them, and in brief where they are many."""

    whole: str
    brief: str


@dataclass(frozen=True)
class Explanation:
    """What is told of a figure as printed (数字说明): ``remark`` is the number of a finding about it, 0 for none."""

    number: int
    figure: str
    name: str
    printed: str
    sentence: str
    reckoning: tuple[str, ...]
    checked: str  # by whom it was reckoned twice; empty where it was not
    sources: tuple[Cells, ...]
    notes: tuple[str, ...]
    before: str  # as printed last quarter, where it was printed otherwise
    remark: int


def explain(
    ledger: Ledger, facts: BulletinFacts, findings: pl.DataFrame, last: BulletinFacts | None
) -> tuple[Explanation, ...]:
    """An explanation of every entry of the ledger, in its order (逐项说明).

    ``findings`` has the columns of ``core/finding``, and calls figures by their names; ``last`` are the facts of last
    quarter, where they are known.
    """
    remarks = {row["value"]: row["number"] for row in findings.iter_rows(named=True)}
    now, before = printed_figures(facts), printed_figures(last) if last else {}
    return tuple(
        Explanation(
            number=entry.number,
            figure=entry.figure,
            name=made.name,
            printed=entry.printed,
            sentence=entry.sentence,
            reckoning=tuple(_reckoning(made)),
            checked=f"两次计算一致：{made.measure}、{made.sql}" if made.sql else "",
            sources=tuple(map(_cells, made.sources)),
            notes=tuple(_notes(made)),
            before=before.get(entry.of, "") if before.get(entry.of) != now.get(entry.of) else "",
            remark=remarks.get(made.name, 0),
        )
        for entry in ledger.entries
        for made in [ledger.figures[entry.of]]
    )


def _cells(source: Source) -> Cells:
    few = replace(source, cells=source.cells[:_FEW])
    brief = f"{few}等{len(source.cells)}处" if len(source.cells) > _FEW + 1 else ""
    return Cells(str(source), brief)


def _reckoning(made: Derivation) -> Iterator[str]:
    """How a figure came to be, a line each (算法): its parts, its exact value, its rounding."""
    for label, part in (("分子", made.numerator), ("分母", made.denominator)):
        if told(part):
            yield f"{label}：{told(part)}"
    yield f"精确值：{shown(made.exact)}{made.unit}"
    yield f"修约：{made.rounding}"


def _notes(made: Derivation) -> Iterator[str]:
    if made.given:
        yield made.given
    for item in made.corrections:
        yield f"更正：{item.sheet}!{item.cell} {item.delivered}→{item.corrected}（{item.reason}）"


def comment(item: Explanation) -> str:
    """An explanation as the text of a comment, a line each (批注文字)."""
    sources = (cells.brief or cells.whole for cells in item.sources)
    return "\n".join((
        item.name,
        *item.reckoning,
        *([item.checked] if item.checked else []),
        *(f"取自：{cells}" for cells in sources),
        *([f"上季度：{item.before}"] if item.before else []),
        *item.notes,
        *([f"见检查发现第{item.remark}项"] if item.remark else []),
    ))  # fmt: skip
