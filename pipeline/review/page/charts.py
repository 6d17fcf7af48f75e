"""Charts of the review page, as whole coordinates of a drawing (核稿页图表).

What lives here: facts of this quarter and of earlier ones to dots, bars and lines. What must not: colours, SVG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.bulletin.facts import BulletinFacts, SiteGroupFacts
from pipeline.bulletin.figures import Average, Count, Rate
from pipeline.bulletin.phrasing import Printer, decimal_text
from pipeline.quarter import Quarter

WIDTH = 600  # of the area that is drawn on, in units of the drawing
HEIGHT = 120  # of a trend
_TICK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_TICKS = 8
_MARGIN = Fraction(1, 4)  # of the span of a trend, left free above and below


@dataclass(frozen=True)
class Mark:
    """A value of a chart (图中一项): its label, how it is printed, how far from the left."""

    label: str
    printed: str
    at: int


@dataclass(frozen=True)
class Scores:
    """Scores as dots on a scale that need not begin at 0 (得分分布), and the average as a line."""

    title: str
    marks: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    average: Mark | None


@dataclass(frozen=True)
class Bars:
    """Counts as bars that begin at 0, each with a rate beside it (数量)."""

    title: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A value of one quarter in a trend (一个季度)."""

    quarter: str
    printed: str
    x: int
    y: int


@dataclass(frozen=True)
class Trend:
    """A figure over quarters (各季度变化); a line joins quarters that follow each other under one rule book."""

    title: str
    points: tuple[Point, ...]
    lines: tuple[tuple[Point, ...], ...]


def scores(facts: BulletinFacts) -> Iterator[Scores]:
    """Scores of both groups of sites, the best first (各单位得分)."""
    printer = Printer(facts.policy)
    for path, group in (("district_sites", facts.district_sites), ("department_sites", facts.department_sites)):
        rows = sorted((row for row in group.rows if row.score is not None), key=lambda row: row.place or 0)
        if rows:
            owners = Counter(row.owner for row in rows)
            named = [(row.owner if owners[row.owner] == 1 else row.site, row.score) for row in rows]
            yield _scores(facts.brief.words[path]["result"], group, named, printer)


def _scores(name: str, group: SiteGroupFacts, rows: list[tuple[str, Decimal | None]], printer: Printer) -> Scores:
    values = [value for _, value in rows if value is not None]
    low, high, step = _scale(min(values), max(values))

    def at(value: Decimal | Fraction) -> int:
        return int((Fraction(value) - low) * WIDTH / (high - low))

    average = group.average
    return Scores(
        f"{name}得分",
        tuple(Mark(label, decimal_text(value), at(value)) for label, value in rows if value is not None),
        tuple(Mark("", str(tick), at(Decimal(tick))) for tick in range(low, high + 1, step)),
        Mark("平均得分", printer.text(average), at(average.value)) if average else None,
    )


def _scale(least: Decimal, most: Decimal) -> tuple[int, int, int]:
    """Whole ends that enclose the values, and the step of its ticks (坐标范围)."""
    for step in _TICK_STEPS:
        low = int(least // step) * step
        high = -int(-most // step) * step
        if high == low:
            high += step
        if (high - low) // step <= _MOST_TICKS:
            break
    return low, high, step


def accounts(facts: BulletinFacts) -> Bars:
    """Accounts by platform, with the pass rate of each (平台分布)."""
    printer = Printer(facts.policy)
    platforms = facts.new_media.platforms
    most = max((item.accounts.value for item in platforms), default=0) or 1
    marks = (Mark(item.name, str(item.accounts.value), item.accounts.value * WIDTH // most) for item in platforms)
    notes = (f"合格率{printer.text(item.rate)}" if item.rate else "" for item in platforms)
    return Bars("政务新媒体账号数", tuple(marks), tuple(notes))


def trends(facts: BulletinFacts, earlier: Iterable[BulletinFacts]) -> Iterator[Trend]:
    """Figures that every quarter has, over the quarters at hand (趋势); none of a single quarter."""
    quarters = sorted((*earlier, facts), key=lambda each: Quarter.parse(each.quarter))
    words = facts.brief.words
    of_group = [f"{words[path]['everyone']}平均得分" for path in ("district_sites", "department_sites")]
    told: tuple[tuple[str, list[Average | Rate | Count | None]], ...] = (
        (of_group[0], [each.district_sites.average for each in quarters]),
        (of_group[1], [each.department_sites.average for each in quarters]),
        ("政务新媒体总体合格率", [each.new_media.rate for each in quarters]),
        ("政务新媒体账号数", [each.new_media.accounts for each in quarters]),
    )
    for title, figures in told:
        known = [(each, figure) for each, figure in zip(quarters, figures, strict=True) if figure is not None]
        if len(known) > 1:
            yield _trend(title, known)


def _trend(title: str, known: Sequence[tuple[BulletinFacts, Average | Rate | Count]]) -> Trend:
    values = [Fraction(figure.value) for _, figure in known]
    least, most = min(values), max(values)
    spread = (most - least) or Fraction(1)
    low, whole = least - spread * _MARGIN, spread * (1 + 2 * _MARGIN)
    points, lines = list[Point](), list[list[Point]]()
    for place, ((facts, figure), value) in enumerate(zip(known, values, strict=True)):
        x = WIDTH * (2 * place + 1) // (2 * len(known))
        y = HEIGHT - int((value - low) * HEIGHT / whole)
        points.append(Point(facts.quarter, Printer(facts.policy).text(figure), x, y))
        if not place or not _comparable(known[place - 1][0], facts):
            lines.append([])
        lines[-1].append(points[-1])
    return Trend(title, tuple(points), tuple(tuple(line) for line in lines if len(line) > 1))


def _comparable(earlier: BulletinFacts, facts: BulletinFacts) -> bool:
    follows = Quarter.parse(facts.quarter).previous.key == earlier.quarter
    return follows and earlier.rule_book == facts.rule_book
