"""The facts of a notice: one frozen, typed object whose leaves are figures (通报事实).

What lives here: the tree of facts, JSON both ways. Every figure has an id that is its path. What must not: rounding,
wording, frames.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pydantic import TypeAdapter

from pipeline.bulletin.figures import Average, Change, Count, Figure, Points, Rate, Reckoned, Standing
from pipeline.measure.rounding import Mode


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
    passed: bool

    @property
    def code(self) -> str:
        """The code of the site (网站标识码), the same in every quarter."""
        return self.id.rpartition(".")[2]

    def parts(self) -> dict[str, Reckoned]:
        """The numbers of the row by id; a number that is not given is left out."""
        named = {"base_score": self.base_score, "bonus": self.bonus, "score": self.score, "place": self.place}
        return {
            f"{self.id}.{name}": Reckoned(Decimal(value), 0, (self.owner, self.site))
            for name, value in named.items()
            if value is not None
        }


@dataclass(frozen=True)
class ReasonFacts:
    """Sites that are unqualified for one reason (不合格原因): a veto indicator by its name, or below the line."""

    name: str  # empty: below the line
    sites: Count


@dataclass(frozen=True)
class RepeatFacts:
    """Sites that are unqualified for so many quarters in a row, up to this one (连续不合格)."""

    quarters: Count
    sites: Count


@dataclass(frozen=True)
class SitesFacts:
    """Facts of the sites of both groups together (全部网站); of earlier quarters, what their facts tell."""

    registered: Count
    inspected: Count
    share: Rate | None
    rate: Rate | None
    basic: Count
    unqualified: Count
    reasons: tuple[ReasonFacts, ...]
    streak: Count  # quarters in a row without an unqualified site, up to this one
    rechecked: Count | None  # sites unqualified last quarter and inspected now
    recovered: Count | None  # those of them that passed
    added: Count | None  # against last quarter, where both inspected every registered site
    closed: Count | None
    repeats: tuple[RepeatFacts, ...] = ()  # the longest row first; facts of earlier quarters may not say


@dataclass(frozen=True)
class BandFacts:
    """Sites whose score lies in a band (分数段): from ``low`` on, below ``high``; an open end is absent."""

    low: Points | None
    high: Points | None
    sites: Count
    share: Rate | None


@dataclass(frozen=True)
class FunctionFacts:
    """Sites that have a function (网站功能)."""

    name: str
    reported: bool  # a notice tells of it
    sites: Count


@dataclass(frozen=True)
class SiteGroupFacts:
    """Facts of a group of sites (网站分组): portals of districts, or sites of departments."""

    sites: Count
    rate: Rate | None
    basic: Count
    unqualified: Count
    sound_units: Count  # units without an unqualified site
    faulty_units: Count
    average: Average | None  # None when every site is vetoed
    full_mark: Points
    bonus_mark: Points
    change: Change | None
    year_change: Change | None
    rises: tuple[Standing, ...]  # by points gained since last quarter
    standings: tuple[Standing, ...]
    scored: Count
    unvetoed: Count
    bands: tuple[BandFacts, ...]
    full: Count
    without_deduction: Count
    clean_indicators: Count
    deduction: Average | None  # base points less base score, of the sites that are not vetoed
    bonus: Average | None
    bonuses: tuple[Standing, ...]  # by bonus
    bonus_stage: Count
    functions: tuple[FunctionFacts, ...]
    rows: tuple[SiteRow, ...]
    special: bool = False  # sites of special topics (专项网站) are among them; facts of earlier quarters may not say
    complete: bool = True  # every registered one was inspected; facts of earlier quarters may not say


@dataclass(frozen=True)
class PlatformFacts:
    """Accounts of one platform (平台)."""

    name: str
    accounts: Count
    change: Change | None  # of the number of accounts, under one taxonomy
    rate: Rate | None


@dataclass(frozen=True)
class OwnerFacts:
    """Accounts of districts, or of departments (归口); units are those with accounts."""

    accounts: Count
    share: Rate | None
    rate: Rate | None
    units_at_100: Count
    units_below: Count
    scored: Count
    average: Average | None  # None where the rule book does not score accounts, or none has a score
    full_mark: Points | None
    change: Change | None  # of the average


@dataclass(frozen=True)
class VetoFacts:
    """Unqualified accounts of one veto situation (否决情形)."""

    name: str
    accounts: Count


@dataclass(frozen=True)
class NewMediaFacts:
    """Facts of new-media accounts (政务新媒体)."""

    taxonomy: str
    accounts: Count
    accounts_change: Change | None
    rate: Rate | None
    rate_change: Change | None
    platforms: tuple[PlatformFacts, ...]
    districts: OwnerFacts
    departments: OwnerFacts
    unqualified: Count
    vetoes: tuple[VetoFacts, ...]
    faulty_units: Count  # units with an unqualified account
    worst: Count  # those with the most of them
    worst_share: Rate | None


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
    top_on_time: Rate | None  # None unless each of them has messages due
    late: Count  # messages due and not closed on time
    late_units: Count


@dataclass(frozen=True)
class ShareFacts:
    """A number, how many of it, and the rate (总数与其中)."""

    whole: Count
    part: Count
    rate: Rate | None


@dataclass(frozen=True)
class WorkFacts:
    """Facts of the inspection itself and of other work (检查工作与其他工作); what nobody reported is ``None`` or empty."""

    inspected_from: str
    inspected_until: str
    method: str
    topic: str
    special: str
    visits: Count | None
    reposts: ShareFacts | None  # 转载任务
    superior_check: ShareFacts | None
    cross_sites: Count | None
    cross_problems: Count | None
    accounts_opened: Count | None
    accounts_closed: Count | None
    accounts_unregistered: Count | None
    accounts_cleaned: Count | None
    ipv6: ShareFacts | None
    rectified: ShareFacts | None
    rectified_on_time: ShareFacts | None
    last_rectified: ShareFacts | None
    silent_units: Count | None
    accountability: Count | None  # persons held to account (问责)
    order_by: str  # the day by which what is unqualified is to be closed or rectified (责令整改期限)
    report_by: str  # the day by which rectification is to be reported (整改报送期限)


@dataclass(frozen=True)
class ProblemFacts:
    """Facts of the confirmed problems of sites, and of the paragraphs of problems (存在的问题).

    What a rule book without a ledger of deductions cannot tell is ``None``.
    """

    rows: Count | None  # confirmed rows of the ledger
    sites: Count | None  # sites with one
    clean_units: Count | None  # units all of whose sites have neither a deduction nor a veto
    concerned: tuple[Count, ...]  # of each paragraph, the units with confirmed rows under what it cites


@dataclass(frozen=True)
class Policy:
    """How figures are printed (数字印制规则): rounded once, trailing zeros kept or not."""

    rounding: Mode
    trailing_zeros: bool


@dataclass(frozen=True)
class Choice:
    """A statement as it is to be said in this notice (语句): its default policy and the editorial choices made of it.

    ``form`` names the function and the macro of its kind, ``subject`` the part of the facts that it speaks of;
    ``joins`` continues the sentence before it, ``needs`` is the statement without which it is not said; ``naming`` of an
    unfavourable statement is none, count or named, of any other free.
    """

    id: str
    form: str
    subject: str
    section: str
    joins: bool
    needs: str
    enabled: bool
    list_form: str
    list_count: int
    groups: int
    naming: str
    wording: tuple[str, ...]  # its variant, in parts


@dataclass(frozen=True)
class Practice:
    """A practice worth naming (典型做法): ``subject`` is a unit, or a quoted account with its platform."""

    section: str
    topic: str
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
    region: str
    ours: str
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
    statements: tuple[Choice, ...]  # in the order in which a section says them
    words: dict[str, dict[str, str]]  # what the parts of the facts are called, by their path
    figure_names: dict[str, str]  # what editorial text may call a figure, in braces, and its id
    practice_order: str  # inline, paragraphs, departments_first, topics, or none
    practices: tuple[Practice, ...]
    problems: tuple[Passage, ...]
    requirements: tuple[Passage, ...]
    printer: str = ""  # of the imprint; facts from before this field have none


@dataclass(frozen=True)
class AccountRow:
    """A row of the list of unqualified accounts (不合格账号名单的一行)."""

    owner: str
    platform: str
    account: str
    veto: str


@dataclass(frozen=True)
class MessagesRow:
    """A row of the table of messages by unit (留言办理情况的一行); no rate where nothing was due."""

    id: str
    owner: str
    messages: Count
    due: Count
    on_time: Count
    rate: Rate | None


@dataclass(frozen=True)
class AnnexFacts:
    """An annex by its policies (附件): which table, in which order, with which columns.

    ``accounts`` and ``messages`` are the rows of those two tables.
    """

    table: str
    order: str  # roster or score
    columns: tuple[str, ...]
    accounts: tuple[AccountRow, ...]
    messages: tuple[MessagesRow, ...]


@dataclass(frozen=True)
class BulletinFacts:
    """Everything a notice says (通报事实)."""

    quarter: str
    rule_book: str
    outline: str
    policy: Policy
    brief: Brief
    sites: SitesFacts
    district_sites: SiteGroupFacts
    department_sites: SiteGroupFacts
    new_media: NewMediaFacts
    error_reports: ErrorReportFacts
    work: WorkFacts
    problems: ProblemFacts
    annexes: tuple[AnnexFacts, ...]

    def to_json(self) -> bytes:
        """Canonical JSON: exact decimals as text, sorted nothing, two-space indent (事实文件)."""
        return _ADAPTER.dump_json(self, indent=2) + b"\n"

    @staticmethod
    @lru_cache(maxsize=16)  # a run reads the same files again and again; facts never change
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

    def choice(self, statement: str) -> Choice:
        """The statement of this id (语句). Raises ``KeyError``."""
        return {choice.id: choice for choice in self.brief.statements}[statement]


_ADAPTER = TypeAdapter(BulletinFacts)


def _walk(node: object) -> Iterator[Figure | SiteRow]:
    if isinstance(node, str):
        return
    if isinstance(node, Figure | SiteRow):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _walk(item)
    elif dataclasses.is_dataclass(node):
        for item in vars(node).values():
            yield from _walk(item)
