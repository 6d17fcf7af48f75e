"""Forms of the registry files (登记数据的格式).

What lives here: one frozen model per TOML table; pydantic refuses unknown fields and wrong types at the boundary.
What must not: reading files, looking things up.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.quarter import Quarter

Group = Literal["district", "department"]
SiteKind = Literal["portal", "department", "special"]


class Entry(BaseModel):
    """Base of every registry entry: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Entry):
    """An entry with validity by quarter (有效期): both ends inclusive, an absent end is open."""

    valid_from: str
    valid_to: str | None = None

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
    """Gates of a rule book (计分规则). Source: 国办秘函〔2019〕19号 附件, general rules."""

    pass_line: Decimal
    bonus_above: Decimal
    scaled_decimals: int
    score_step: Decimal
    swing: Decimal  # a site's total may change by so much from quarter to quarter before it is asked about


class NoService(Entry):
    """Rule for sites without services (无服务事项的规则): their level-1 group is not checked, the rest is scaled."""

    mode: Literal["scale"]
    level1: str
    factor: str
    start: Decimal


class Veto(Entry):
    """Result of a vetoed site (单项否决的结果): ``none`` means no score."""

    result: Literal["none"]


class Rounding(Entry):
    """Rounding policy (修约规则): the half goes up, as in the offices' spreadsheets."""

    mode: Literal["half_up", "half_even"]


class Decimals(Entry):
    """Printed decimals (小数位数)."""

    score: int
    rate: int
    trailing_zeros: bool


class Outline(Entry):
    """Which outline of a notice belongs to the rule book (通报结构)."""

    notice: str


class SiteGroup(Entry):
    """A group of sites that is scored alike (分组): base points 100 and bonus points."""

    id: Group
    label: str
    kinds: tuple[SiteKind, ...]
    base: Decimal
    bonus: Decimal


class VetoIndicator(Entry):
    """A veto indicator (单项否决指标)."""

    id: str
    name: str
    applies: Literal["site", "account"]


class Indicator(Entry):
    """A deduction or bonus indicator (扣分、加分指标); file order is catalogue order."""

    id: str
    level1: str
    name: str
    part: Literal["deduct", "bonus"]
    points: Decimal
    report_as: str
    provenance: str = ""


class RuleBook(Dated):
    """A rule book (检查指标): indicators, points, gates, rounding, outline."""

    id: str
    name: str
    document: str
    scoring: Scoring
    no_service: NoService
    veto: Veto
    rounding: Rounding
    decimals: Decimals
    outline: Outline
    group: tuple[SiteGroup, ...]
    veto_indicator: tuple[VetoIndicator, ...]
    indicator: tuple[Indicator, ...]


class Function(Entry):
    """A function that a site may have (网站功能)."""

    id: str
    name: str


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


class SensitiveKind(Entry):
    """A kind of evidence that must not be spread (不宜扩散的内容), and the patterns that show it."""

    name: str
    patterns: tuple[str, ...]


class Office(Entry):
    """The issuing office (发文机关)."""

    name: str
    city: str
    mark: str
    addressees: str
    region: str


class Statement(Entry):
    """A statement kind with its default policy (语句): on or off, list form, names before 等, tie groups."""

    id: str
    label: str
    enabled: bool = True
    list_form: Literal["all", "first", "count"] = "all"
    list_count: int = 3
    groups: int = 1
    decimals: int | None = None  # of a rate; None is the rule book's
