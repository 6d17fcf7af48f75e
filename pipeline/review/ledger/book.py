"""The ledger itself: figures with what they are made of, entries with where they are printed (数字台账).

What lives here: the types of `machine/figures.json`, making a ledger, reading one back. What must not: sheets for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl
from pydantic import TypeAdapter

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.catalogue import called, kind_of, namer
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.figures import Average, Change, Count, Figure, Points, Rate, Standing, Unit
from pipeline.bulletin.phrasing import decimal_text, plain
from pipeline.reference.registry import Roster
from pipeline.review.ledger.lineage import Source, read_lineage, sources_of
from pipeline.review.ledger.numbers import Told, Typed, account
from pipeline.review.ledger.printed import Printed, lines, printed
from pipeline.warehouse.checks import reckon
from pipeline.warehouse.store import Warehouse

_ROUNDING = {"half_up": "四舍五入", "half_even": "四舍六入五成双"}
_EXACT = "原数，不修约"
_TYPED_FIELDS = {"title", "content", "account"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MESSAGES = re.compile(r"error_reports\.(messages|late|rows\..*)")
_REFERENCE = re.compile("[{｛][^{}｛｝]*[}｝]")  # of a figure, in editorial text: what is printed there is an entry


@dataclass(frozen=True)
class Part:
    """A numerator or denominator (分子、分母): its exact value and what it means."""

    value: str
    meaning: str


@dataclass(frozen=True)
class Correction:
    """A source cell that was read as corrected (更正)."""

    file: str
    sheet: str
    cell: str
    delivered: str
    corrected: str
    reason: str


@dataclass(frozen=True)
class Derivation:
    """What a figure is made of (数字的由来).

    ``exact`` is a fraction num/den in the unit of the figure; empty where there is no value. ``given`` says why there
    are no sources.
    """

    id: str
    name: str
    exact: str
    unit: str
    rounding: str
    numerator: Part
    denominator: Part | None
    members: tuple[str, ...]
    measure: str
    sql: str
    sources: tuple[Source, ...]
    given: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Entry:
    """A figure or a list of names where it is printed (台账条目): its number, and the derivation it is ``of``."""

    number: int
    figure: str
    of: str
    printed: str
    sentence: str
    line: int
    at: int


@dataclass(frozen=True)
class Ledger:
    """Every printed figure of a notice, and every number that is none (数字台账)."""

    quarter: str
    entries: tuple[Entry, ...]
    others: tuple[Told, ...]
    unaccounted: tuple[Told, ...]
    figures: Mapping[str, Derivation]

    def to_json(self) -> bytes:
        """Canonical JSON (台账文件)."""
        return _ADAPTER.dump_json(self, indent=1) + b"\n"

    @staticmethod
    def from_json(data: bytes) -> Ledger:
        """Read `figures.json`. Raises pydantic's ``ValidationError`` for another form."""
        return _ADAPTER.validate_json(data)

    def moved_by(self, file: str, sheet: str, cell: str) -> list[str]:
        """The figures that a cell can move (单元格影响的数字), or a figure in a facts file, named in place of the sheet."""
        return [
            key for key, item in self.figures.items() if any(source.holds(file, sheet, cell) for source in item.sources)
        ]


_ADAPTER = TypeAdapter(Ledger)


def keep_ledger(warehouse: Warehouse, facts: BulletinFacts, notice: Notice, roster: Roster) -> Ledger:
    """The ledger of a notice (编制数字台账), from the quarter's warehouse."""
    found = list(printed(notice))
    derivations = {item.id: item for item in _derivations(warehouse, facts, roster)}
    others, unaccounted = account(lines(notice), found, typed_texts(warehouse, facts))
    return Ledger(facts.quarter, tuple(_entries(found)), tuple(others), tuple(unaccounted), derivations)


def _entries(found: Iterable[Printed]) -> Iterator[Entry]:
    for number, item in enumerate(found, start=1):
        yield Entry(number, item.figure, item.of, item.text, item.sentence, item.line, item.at)


def typed_texts(warehouse: Warehouse, facts: BulletinFacts) -> list[Typed]:
    """Texts of 季度信息 with their cells, then names of the registry (录入文字与登记名称): numbers in them are no figures."""
    cells = warehouse.read("raw/cell").filter(
        pl.col("layout").str.starts_with("info_"), pl.col("field").is_in(_TYPED_FIELDS), pl.col("value") != ""
    )
    typed = [
        Typed(text, "录入文字", str(Source(file, sheet, (cell,))))
        for file, sheet, cell, value in cells.select("file", "sheet", "cell", "value").iter_rows()
        for text in _REFERENCE.split(plain(value).rstrip("。"))
    ]
    return [item for item in (*typed, *registered_names(facts)) if _CHINESE.search(item.text)]


def registered_names(facts: BulletinFacts) -> Iterator[Typed]:
    """Names of the registry that a notice prints (登记名称): numbers in them are no figures."""
    brief = facts.brief
    rows = (*facts.district_sites.rows, *facts.department_sites.rows)
    names = {
        *called(facts).values(), *(word for words in brief.words.values() for word in words.values()),
        *(row.owner for row in rows), *(row.site for row in rows),
        *(word for annex in facts.annexes for row in annex.accounts for word in (row.owner, row.platform, row.veto)),
        brief.issuer, brief.addressees, brief.document_number,
        *(part for choice in brief.statements for part in choice.wording),
    }  # fmt: skip
    yield from (Typed(name, "登记名称") for name in sorted(names))


def _derivations(warehouse: Warehouse, facts: BulletinFacts, roster: Roster) -> Iterator[Derivation]:
    figures = {figure.id: figure for figure in facts.figures()}
    sources = sources_of(figure_ids(facts), read_lineage(warehouse))
    corrections = warehouse.read("raw/correction")
    reckoned = {
        figure: f"sql/{name}.sql"
        for name in warehouse.names("reconcile")
        for figure in reckon(warehouse, name.partition("/")[2])
    }
    named = namer(facts, roster)
    values = facts.reckoned()
    for key, own in sources.items():
        kind, _ = kind_of(key)
        figure = figures.get(key)
        exact, numerator, denominator = _parts(figure, values[key].numerator if key in values else None)
        yield Derivation(
            id=key,
            name=named(key),
            exact=exact,
            unit=_unit(key, figure),
            rounding=_rounding(figure, facts, roster),
            numerator=Part(numerator, kind.numerator),
            denominator=Part(denominator, kind.denominator) if denominator and kind.denominator else None,
            members=values[key].members if key in values else (),
            measure=kind.measure,
            sql=reckoned.get(key, ""),
            sources=own,
            given=kind.given,
            corrections=tuple(_corrections(own, corrections)),
        )


def figure_ids(facts: BulletinFacts) -> Iterator[str]:
    """Every figure, and every number of the score tables, of a vetoed site too, which prints none (全部数字标识)."""
    yield from (figure.id for figure in facts.figures())
    for row in (*facts.district_sites.rows, *facts.department_sites.rows):
        yield from (f"{row.id}.{part}" for part in ("base_score", "bonus", "score", "place"))


def _parts(figure: Figure | None, value: Decimal | None) -> tuple[str, str, str]:
    """Exact value as num/den, numerator, denominator; of a number of a score table the value alone."""
    match figure:
        case Average():
            return _fraction(figure.value), decimal_text(figure.total), str(figure.count)
        case Rate():
            return _fraction(figure.value), str(figure.part), str(figure.whole)
        case Count():
            return _fraction(Fraction(figure.value)), str(figure.value), str(figure.of)
        case Change():
            return _fraction(Fraction(figure.value)), decimal_text(figure.now), decimal_text(figure.before)
        case Standing():
            return _fraction(Fraction(figure.score)), decimal_text(figure.score), str(figure.place)
        case Points():
            return _fraction(Fraction(figure.value)), decimal_text(figure.value), ""
        case None:
            return ("", "", "") if value is None else (_fraction(Fraction(value)), decimal_text(value), "")


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _unit(key: str, figure: Figure | None) -> str:
    match figure:
        case Rate():
            return Unit.PERCENT
        case Change():
            return figure.unit
        case Count():
            return Unit.MESSAGES if _MESSAGES.fullmatch(key) else Unit.ITEMS
        case None if key.endswith(".place"):
            return "位"
        case _:
            return Unit.POINTS


def _rounding(figure: Figure | None, facts: BulletinFacts, roster: Roster) -> str:
    mode = _ROUNDING[facts.policy.rounding]
    zeros = "" if facts.policy.trailing_zeros else "，末尾的0不印"
    match figure:
        case Rate() | Average():
            return f"{mode}，保留{figure.decimals}位小数{zeros}"
        case Change() if roster.rule_book.change.policy == "printed":
            return "两期印出数之差，不再修约"
        case Change():
            return f"两期精确数之差，{mode}一次"
        case _:
            return _EXACT


def _corrections(sources: tuple[Source, ...], corrections: pl.DataFrame) -> Iterator[Correction]:
    for row in corrections.iter_rows(named=True):
        if any(source.holds(row["file"], row["sheet"], row["cell"]) for source in sources):
            yield Correction(**{name: row[name] for name in Correction.__dataclass_fields__})
