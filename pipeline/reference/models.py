"""Forms of the registry files (登记数据的格式).

What lives here: one frozen model per TOML table; pydantic refuses unknown fields and wrong types at the boundary.
What must not: reading files, looking things up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.errors import SourceError
from pipeline.quarter import Quarter

Group = Literal["district", "department"]
SiteKind = Literal["portal", "department", "special"]


_MARK = re.compile(r"[\u4e00-\u9fff]{2,14}")  # as `dispatch/` reads document numbers
Number = Annotated[Decimal, Field(max_digits=8, decimal_places=4)]  # of points; larger ones are slips


def _quarter(key: str) -> str:
    try:
        return Quarter.parse(key).key
    except SourceError as error:
        raise ValueError("季度应写成 2021Q3 的形式") from error


QuarterKey = Annotated[str, AfterValidator(_quarter)]


class Entry(BaseModel):
    """Base of every registry entry: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Entry):
    """An entry with validity by quarter (有效期): both ends inclusive, an absent end is open."""

    valid_from: QuarterKey
    valid_to: QuarterKey | None = None

    def holds(self, quarter: Quarter) -> bool:
        """Whether the entry is valid in this quarter."""
        end = Quarter.parse(self.valid_to) if self.valid_to else quarter
        return Quarter.parse(self.valid_from) <= quarter <= end


class UnitName(Dated):
    """Names of a unit in one period (单位名称): full, and the official short name that a notice prints."""

    full: str
    short: str


class Unit(Dated):
    """A district or municipal department (单位); file order is roster order."""

    id: str
    group: Group
    name: tuple[UnitName, ...]
    aliases: tuple[str, ...] = ()


class Site(Dated):
    """A government website (政府网站): an entity of its own, owned by a unit."""

    code: str
    name: str
    kind: SiteKind
    owner: str
    serves_public: bool = True


class Recipient(Entry):
    """Who receives the notice (主送、抄送单位): a unit by id, or another body by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    unit: str | None = None
    name: str | None = None
    category: Literal["addressee", "copied_to"]
    address: str = ""  # for e-mail; not needed where packages are handed over as files


class Platform(Entry):
    """A platform of new-media accounts (平台类型)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    last: bool = False


class Taxonomy(Dated):
    """The platforms of a period and their order in a sentence (平台口径)."""

    id: str
    order: Literal["fixed", "count_desc"]
    platform: tuple[Platform, ...]


class Scoring(Entry):
    """Gates and scale of a rule book (计分规则). Source: 国办秘函〔2019〕19号 附件, general rules.

    The level of a site (等次) follows from its base score before rounding: 合格 from ``pass_line`` on, 基本合格 from
    ``basic_line`` on where the rule book has three levels, else 不合格.
    """

    pass_line: Number
    basic_line: Number | None = None  # absent: two levels
    bonus_above: Number  # a base score strictly above it goes on to the bonus indicators
    scaled_decimals: int  # of the score of a site without services
    score_step: Number  # scores of indicators and accounts are multiples of it
    veto_score: Number | None = None  # of a vetoed site or account; absent: it has no score
    swing: Number  # a site's total may change by so much from quarter to quarter before it is asked about


class NoService(Entry):
    """Rule for sites without services (无服务事项的规则): the indicators of ``level1`` are not checked.

    ``scale`` (按系数换算): ``start`` is what the other indicators are worth, and the result is multiplied up to the
    full base, e.g. 75 and 4/3. ``redistribute`` (分值分摊): the points are spread over the other indicators, ``start`` is
    the full base, and what is lost is lost unscaled.
    """

    mode: Literal["scale", "redistribute"]
    level1: str
    start: Number


class AccountScore(Entry):
    """Scores of new-media accounts (政务新媒体计分): out of how many points, and the printed decimals of a mean."""

    full_mark: Number
    decimals: int


class Rounding(Entry):
    """Rounding policy (修约规则): where the half goes. Offices' spreadsheets round it up."""

    mode: Literal["half_up", "half_even"]


class Decimals(Entry):
    """Printed decimals of scores of sites and of rates (小数位数)."""

    score: int
    rate: int
    trailing_zeros: bool


class ChangeRule(Entry):
    """What a change from an earlier quarter is (变化的算法).

    ``printed``: the difference of the two printed values; ``exact``: the difference of the exact ones, rounded once. A
    change of at most ``flat``, as printed, is worded 基本持平.
    """

    policy: Literal["printed", "exact"]
    flat: Number


class Outline(Entry):
    """Which outline of a notice belongs to the rule book, and how it sets out practices (通报结构).

    ``inline`` (随文): after the figures of their part; ``paragraphs`` (单列成段): in paragraphs of their own, a part each;
    ``departments_first`` (部门在前): the same, departments before districts; ``topics`` (按主题): a topic each.
    """

    notice: str
    practices: Literal["inline", "paragraphs", "departments_first", "topics"]


AnnexTable = Literal["district_scores", "department_scores", "unqualified_accounts", "error_reports"]
ANNEX_COLUMNS: dict[AnnexTable, tuple[str, ...]] = {
    "district_scores": ("number", "owner", "base_score", "bonus", "score", "place"),
    "department_scores": ("number", "owner", "site", "base_score", "bonus", "score", "place"),
    "unqualified_accounts": ("number", "owner", "platform", "account", "veto"),
    "error_reports": ("number", "owner", "messages", "due", "on_time", "rate"),
}
ANNEX_NAMES: dict[str, AnnexTable] = {
    "区得分表": "district_scores",
    "部门得分表": "department_scores",
    "不合格账号名单": "unqualified_accounts",
    "留言办理情况表": "error_reports",
}


class AnnexPolicy(Entry):
    """An annex (附件): a table, its order, and which of its columns it has, all of them where none is named.

    Without a bonus, a table of scores has one column of points where none is named.
    ``score`` puts the highest score, or rate, first; the list of unqualified accounts is in roster order always.
    """

    table: AnnexTable
    order: Literal["roster", "score"] = "roster"
    columns: tuple[str, ...] = ()


class SiteGroup(Entry):
    """A group of sites that is scored alike (分组): kinds of sites, base points, the cap of the bonus, and ``bands``.

    Bands of scores (分数段) are given by their lower limits, highest first: 120, 110 means 120 and more, 110 and more
    but less than 120, less than 110.
    """

    id: Group
    label: str
    kinds: tuple[SiteKind, ...]
    base: Number
    bonus: Number
    bands: tuple[Number, ...] = ()


class VetoIndicator(Entry):
    """A veto indicator (单项否决指标)."""

    id: str
    name: str
    applies: Literal["site", "account"]


class Indicator(Entry):
    """A deduction or bonus indicator (扣分、加分指标); file order is catalogue order, ``points`` the cap of deductions."""

    id: str
    level1: str
    name: str
    part: Literal["deduct", "bonus"]
    points: Number
    report_as: str = ""  # what a notice calls it; absent: its name

    @property
    def printed_name(self) -> str:
        """The name that a notice prints (通报中的名称)."""
        return self.report_as or self.name


class RuleBook(Dated):
    """A rule book (检查指标): everything that changes from place to place and over the years.

    What is absent does not exist: no ``account_score`` means accounts only pass or fail. `docs/guide-rule-books.md`
    explains every field.
    """

    id: str
    document: str  # title of the document that prescribes it, as a notice cites it
    detail: Literal["indicators", "totals"]  # what the score sheets hold of a site
    coverage: Literal["census", "sample"]  # every registered site is inspected, or some
    update_days: int  # a new-media account without an update for so many days is vetoed
    platforms: tuple[str, ...]  # taxonomies in use, one after the other
    scoring: Scoring
    no_service: NoService | None = None
    account_score: AccountScore | None = None
    rounding: Rounding
    decimals: Decimals
    change: ChangeRule
    outline: Outline
    group: tuple[SiteGroup, ...]
    veto_indicator: tuple[VetoIndicator, ...]
    indicator: tuple[Indicator, ...] = ()
    annex: tuple[AnnexPolicy, ...] = (AnnexPolicy(table="district_scores"), AnnexPolicy(table="department_scores"))

    def exempts(self, indicator: Indicator) -> bool:
        """Whether an indicator is not checked at sites without services (免检指标)."""
        return self.no_service is not None and indicator.level1 == self.no_service.level1

    def vetoes(self, applies: Literal["site", "account"]) -> tuple[VetoIndicator, ...]:
        """The veto indicators of sites, or of accounts (单项否决指标)."""
        return tuple(item for item in self.veto_indicator if item.applies == applies)


class Function(Entry):
    """A function that a site may have (网站功能); a notice tells of those that are ``reported``."""

    id: str
    name: str
    reported: bool


class Supplement(Entry):
    """An item of 统计补充表 (统计补充项目): a total, a total and a part of it, or units by name.

    ``within`` is the item whose part is the total of this one; ``sites`` says that the total counts websites.
    """

    id: str
    label: str
    kind: Literal["count", "share", "units"]
    within: str = ""
    sites: bool = False


class ErrorType(Entry):
    """A type of 找错 message: name in the ledger, and name in the notice (留言问题类型)."""

    id: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()


class ErrorStatus(Entry):
    """A handling state of a 找错 message (办理状态)."""

    id: str
    name: str
    accepted: bool
    closed: bool


class YearCalendar(Entry):
    """Days of a year by decree (放假安排): weekdays off, and days at weekends that are worked; ISO dates."""

    holidays: tuple[str, ...]
    workdays: tuple[str, ...]


class SensitiveKind(Entry):
    """A kind of evidence that must not be spread (不宜扩散的内容), and the patterns that show it."""

    name: str
    patterns: tuple[str, ...]


class FormerOffice(Entry):
    """What the office was called up to a quarter (曾用名称), and its mark in document numbers then."""

    name: str
    mark: str
    valid_to: QuarterKey


class Office(Entry):
    """The issuing office (发文机关): what it is called, and in ``former`` what it was called before it was renamed."""

    name: str
    city: str
    mark: str
    addressees: str
    region: str  # 全市
    ours: str  # 本市
    former: tuple[FormerOffice, ...] = ()

    def at(self, quarter: Quarter) -> Office:
        """The office by its name of a quarter (某季度的发文机关)."""
        then = [item for item in self.former if quarter <= Quarter.parse(item.valid_to)]
        if not then:
            return self
        first = min(then, key=lambda item: Quarter.parse(item.valid_to))
        return self.model_copy(update={"name": first.name, "mark": first.mark})


def office_faults(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a notice would print twice or wrongly of the office's own words (发文机关的写法): the field, and a clause."""
    if words.get("addressees", "").rstrip().endswith(("：", ":", "。", "，", "、")):
        yield "addressees", "末尾不带冒号和其他标点，冒号由程序加上"
    if "mark" in words and not _MARK.fullmatch(words["mark"]):
        yield "mark", "只写年份以前的汉字，不带括号、年份和序号"


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"正则表达式“{pattern}”有误（{error}）") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class NumberPattern(Entry):
    """What a number looks like in editorial text, or what has digits and is none (文字中的数字)."""

    name: str
    pattern: Pattern


class Quantifier(Entry):
    """A word for how many, and the share of a population it may stand for (数量词), in per cent: above ``low``, up to ``high``.

    ``pattern`` finds it in a text; ``{noun}`` in it stands for what is counted.
    """

    word: str
    pattern: Pattern
    low: int
    high: int


class Population(Entry):
    """What editorial text counts, and what it calls that (数量词的范围)."""

    of: Literal["district_site", "department_site", "site", "account", "message", "unit", "district", "department"]
    nouns: tuple[str, ...]


class Statement(Entry):
    """A statement of a notice with its default policy (语句).

    ``kind`` are the kinds of statement that its forms are, as published notices use them, ``form`` names its conditions and its wording,
    ``subject`` the part of the facts it speaks of, ``section`` where an outline says it. ``naming`` is free, or what an
    unfavourable statement says of units: nothing, how many, or their names.
    """

    id: str
    kind: tuple[str, ...]
    label: str
    form: str = ""  # absent: an outline words it itself
    section: str = ""
    subject: str = ""
    joins: bool = False
    needs: str = ""
    enabled: bool = True
    list_form: Literal["all", "first", "count"] = "all"
    list_count: int = 3
    groups: int = 1
    decimals: int | None = None  # of its figure; None is the rule book's
    naming: Literal["free", "none", "count", "named"] = "free"
    wordings: tuple[str, ...] = ()  # variants, the first is the default
