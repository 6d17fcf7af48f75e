"""The facts of a feedback sheet (反馈单事实): typed, one object a unit.

What lives here: the tree of facts and JSON both ways. What must not: frames, wording. What must not be spread stands here
as its kind alone; where its text was delivered is kept with it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter


@dataclass(frozen=True)
class IndicatorLine:
    """A site's score under one indicator against its points (指标得分); no score where it was not checked."""

    level1: str
    name: str
    bonus: bool
    points: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class Problem:
    """Something to mend (问题): its number, what it concerns, and the evidence.

    ``file``, ``sheet`` and ``row_no`` are where it was delivered; ``withheld`` says that problem and page are not given
    here but their kind.
    """

    number: str
    subject: str  # a site, or an account with its platform
    item: str  # the indicator, the veto situation, the number of a message
    points: Decimal | None  # of a deduction
    text: str
    page: str
    found_on: dt.date | None
    file: str
    sheet: str
    row_no: int
    withheld: bool = False


@dataclass(frozen=True)
class SiteResult:
    """A site of the unit (网站): scores, place in its group, deductions with their evidence."""

    code: str
    name: str
    group: str
    level: str
    veto: str  # empty: none
    base_score: Decimal | None
    bonus: Decimal | None
    score: Decimal | None
    full_mark: Decimal
    bonus_mark: Decimal
    place: int | None
    ranked: int  # sites of the group that have a place
    indicators: tuple[IndicatorLine, ...]
    problems: tuple[Problem, ...]

    @property
    def flawless(self) -> bool:
        """Whether the site has neither a problem nor a deduction (没有扣分): a book that tells totals lists no problems."""
        return not self.problems and self.base_score == self.full_mark - self.bonus_mark


@dataclass(frozen=True)
class AccountResult:
    """An account of the unit (政务新媒体账号)."""

    platform: str
    name: str
    passed: bool
    score: Decimal | None
    veto: str


@dataclass(frozen=True)
class MessageLine:
    """A message that was closed late or is open (逾期或者未办结的留言)."""

    number: str
    type: str
    created_on: dt.date
    due_on: dt.date | None
    closed_on: dt.date | None
    state: str


@dataclass(frozen=True)
class Messages:
    """The 找错 messages of the unit (找错留言)."""

    number: int
    accepted: int
    due: int
    on_time: int
    open: int
    lines: tuple[MessageLine, ...]


@dataclass(frozen=True)
class UnitFeedback:
    """Everything a unit is told (一个单位的反馈)."""

    quarter: str
    number: str  # in the roster, padded
    unit: str
    full_name: str
    sites: tuple[SiteResult, ...]
    accounts: tuple[AccountResult, ...]
    failed: tuple[Problem, ...]  # accounts that are unqualified
    messages: Messages
    unanswered: tuple[Problem, ...]  # messages that are open
    deadline: str  # empty: none is set

    @property
    def passed(self) -> tuple[AccountResult, ...]:
        """The accounts that are qualified (合格账号)."""
        return tuple(account for account in self.accounts if account.passed)

    @property
    def flawless(self) -> bool:
        """Whether nothing was found that could be better (没有问题): no deduction, no failed account, no late message."""
        return not self.problems and not self.messages.lines and all(site.flawless for site in self.sites)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to mend, in the order of the numbers (全部问题)."""
        return (*(each for site in self.sites for each in site.problems), *self.failed, *self.unanswered)


_ADAPTER = TypeAdapter(tuple[UnitFeedback, ...])


def to_json(feedback: tuple[UnitFeedback, ...]) -> bytes:
    """Facts of all sheets as JSON (反馈单事实文件)."""
    return _ADAPTER.dump_json(feedback)


def from_json(data: bytes) -> tuple[UnitFeedback, ...]:
    """Read them again. Raises pydantic's ``ValidationError`` for another form."""
    return _ADAPTER.validate_json(data)
