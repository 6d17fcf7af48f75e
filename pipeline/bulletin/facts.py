"""The facts of a notice: one frozen, typed object whose leaves are figures (通报事实).

What lives here: figures, the tree of facts, JSON both ways. Every figure has an id that is its path. What must not:
rounding, wording, frames.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pydantic import TypeAdapter

from pipeline.measure.rounding import Mode


@dataclass(frozen=True)
class Reckoned:
    """What a figure is made of (构成): exact numerator, denominator (0 where there is none), members in order."""

    numerator: Decimal
    denominator: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Average:
    """Average score of a group (平均分), in points: an exact total over a count."""

    id: str
    total: Decimal
    count: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.total) / self.count

    def reckoned(self) -> Reckoned:
        return Reckoned(self.total, self.count, ())


@dataclass(frozen=True)
class Rate:
    """A share of a whole (比率), printed in per cent: part over whole."""

    id: str
    part: int
    whole: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.part, self.whole) * 100

    def reckoned(self) -> Reckoned:
        return Reckoned(Decimal(self.part), self.whole, ())


@dataclass(frozen=True)
class Count:
    """A count out of a population (个数), and the names it counts, in printing order."""

    id: str
    value: int
    of: int
    members: tuple[str, ...] = ()

    def reckoned(self) -> Reckoned:
        return Reckoned(Decimal(self.value), self.of, self.members)


@dataclass(frozen=True)
class Points:
    """Points that a rule sets (分值), e.g. a full mark."""

    id: str
    value: Decimal

    def reckoned(self) -> Reckoned:
        return Reckoned(self.value, 0, ())


@dataclass(frozen=True)
class Standing:
    """A tie group (名次): its place, its score and the units that share it, in roster order."""

    id: str
    place: int
    score: Decimal
    members: tuple[str, ...]

    def reckoned(self) -> Reckoned:
        return Reckoned(self.score, self.place, self.members)


@dataclass(frozen=True)
class Change:
    """Change of a printed value from an earlier quarter (变化): the difference of the two printed values."""

    id: str
    now: Decimal
    before: Decimal
    earlier: str

    @property
    def value(self) -> Decimal:
        return self.now - self.before

    def reckoned(self) -> Reckoned:
        return Reckoned(self.value, 0, ())


Figure = Average | Rate | Count | Points | Standing | Change


@dataclass(frozen=True)
class SiteRow:
    """A row of a score table (得分表的一行): a site, its points, its place; no score where it was vetoed."""

    id: str
    owner: str
    site: str
    base_score: Decimal | None
    bonus: Decimal | None
    score: Decimal | None
    place: int | None

    def parts(self) -> dict[str, Reckoned]:
        """The numbers of the row by id; a number that is not given is left out."""
        named = {"base_score": self.base_score, "bonus": self.bonus, "score": self.score, "place": self.place}
        return {
            f"{self.id}.{name}": Reckoned(Decimal(value), 0, (self.owner, self.site))
            for name, value in named.items()
            if value is not None
        }


@dataclass(frozen=True)
class SiteGroupFacts:
    """Facts of a group of sites (网站分组): portals of districts, or sites of departments."""

    sites: Count
    unqualified: Count
    average: Average | None  # None when every site is vetoed
    full_mark: Points
    bonus_mark: Points
    change: Change | None
    standings: tuple[Standing, ...]
    full: Count
    without_deduction: Count
    clean_indicators: Count
    accessible: Count
    rows: tuple[SiteRow, ...]


@dataclass(frozen=True)
class PlatformFacts:
    """Accounts of one platform (平台)."""

    name: str
    accounts: Count
    rate: Rate | None


@dataclass(frozen=True)
class OwnerFacts:
    """Accounts of districts, or of departments (归口)."""

    rate: Rate | None
    units_at_100: Count


@dataclass(frozen=True)
class NewMediaFacts:
    """Facts of new-media accounts (政务新媒体)."""

    accounts: Count
    rate: Rate | None
    platforms: tuple[PlatformFacts, ...]
    districts: OwnerFacts
    departments: OwnerFacts


@dataclass(frozen=True)
class ErrorReportFacts:
    """Facts of 我为政府网站找错 (找错留言)."""

    messages: Count
    districts: Count
    departments: Count
    types: Count
    on_time: Rate | None
    top: Count  # units with the most messages; ``value`` of them, named by count
    top_share: Rate | None
    top_on_time: Rate | None


@dataclass(frozen=True)
class Policy:
    """How figures are printed (数字印制规则): rounding once, decimals, trailing zeros."""

    rounding: Mode
    score_decimals: int
    rate_decimals: int
    trailing_zeros: bool


@dataclass(frozen=True)
class Choice:
    """The editorial choice for one statement (语句选择)."""

    enabled: bool
    list_form: str
    list_count: int
    groups: int
    decimals: int | None


@dataclass(frozen=True)
class Practice:
    """A practice worth naming (典型做法): ``subject`` is a unit, or a quoted account with its platform."""

    section: str
    subject: str
    content: str


@dataclass(frozen=True)
class Passage:
    """A titled paragraph of problems or requirements (问题、要求)."""

    title: str
    content: str


@dataclass(frozen=True)
class Brief:
    """What people of the office filled in for the quarter (季度信息)."""

    issuer: str
    addressees: str
    city: str
    quarter_label: str
    document_number: str
    date: str
    basis: str
    consent: str  # the authority that agreed, or empty
    accounts_as_of: str
    reports_from: str
    reports_from_note: str
    reports_until: str
    closing: str
    publicity: str
    choices: dict[str, Choice]
    practices: tuple[Practice, ...]
    problems: tuple[Passage, ...]
    requirements: tuple[Passage, ...]


@dataclass(frozen=True)
class BulletinFacts:
    """Everything a notice says (通报事实)."""

    quarter: str
    rule_book: str
    outline: str
    policy: Policy
    brief: Brief
    district_sites: SiteGroupFacts
    department_sites: SiteGroupFacts
    new_media: NewMediaFacts
    error_reports: ErrorReportFacts

    def to_json(self) -> bytes:
        """Canonical JSON: exact decimals as text, sorted nothing, two-space indent (事实文件)."""
        return _ADAPTER.dump_json(self, indent=2) + b"\n"

    @staticmethod
    def from_json(data: bytes) -> BulletinFacts:
        """Read `facts.json`. Raises pydantic's ``ValidationError`` for another form."""
        return _ADAPTER.validate_json(data)

    def reckoned(self) -> dict[str, Reckoned]:
        """What every printed number is made of, by id, for the comparison with SQL (构成总表)."""
        found: dict[str, Reckoned] = {}
        for leaf in _walk(self):
            found |= leaf.parts() if isinstance(leaf, SiteRow) else {leaf.id: leaf.reckoned()}
        return found

    def figures(self) -> Iterator[Figure]:
        """Every figure, in the order of the tree (全部数字)."""
        return (leaf for leaf in _walk(self) if not isinstance(leaf, SiteRow))


_ADAPTER = TypeAdapter(BulletinFacts)


def _walk(node: object) -> Iterator[Figure | SiteRow]:
    if isinstance(node, Figure | SiteRow):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _walk(item)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for item in dataclasses.fields(node):
            yield from _walk(getattr(node, item.name))
