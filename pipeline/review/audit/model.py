"""The form of an audit file: printed figures and what the notice says of each (复核文件).

What lives here: the TOML form (`docs/guide-audit.md`), and names that point from one figure to another.
What must not: files, questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.measure.rounding import Mode
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.printed import Printed

LevelKind = Literal["count", "rate", "score", "?"]
_RANGE = re.compile(r"(?P<open>[\[(])(?P<low>\d+(?:\.\d+)?|),(?P<high>\d+(?:\.\d+)?|)(?P<close>[\])])")
_KINDS: dict[str, LevelKind] = {"%": "rate", "分": "score", "": "?"}
_UNBOUNDED = Fraction(10**9)


def _text(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError('小数要写在引号中，如 "99.7"，以免失真')
    return str(value) if isinstance(value, int) else value


def _decimal(value: object) -> object:
    value = _text(value)
    if isinstance(value, str) and not re.fullmatch(r"\d+(\.\d+)?", value):
        raise ValueError(f"“{value}”不是一个数")
    return value


def _readable(text: str) -> str:
    Printed.read(text)
    return text


Cite = Annotated[str, BeforeValidator(_text), Field(min_length=1)]  # the name of a figure, or a printed number
Text = Annotated[Cite, AfterValidator(_readable)]
Number = Annotated[Decimal, BeforeValidator(_decimal)]
Step = Annotated[Number, Field(gt=0)]


class Form(BaseModel):
    """Base of all tables of an audit file (表的基类): frozen, no other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(Form):
    """A printed count (个数), and the count that it is part of."""

    name: str
    printed: Text
    of: Cite | None = None


class Rate(Form):
    """A printed rate or share (比率、占比): part over whole; ``rest`` is the whole less the part."""

    name: str
    printed: Text
    part: Cite | None = None
    rest: Cite | None = None
    whole: Cite | None = None
    decimals: int = 0


class Top(Form):
    """A tie group of the highest scores (名次): its score and the number of units."""

    score: Number
    units: int = Field(gt=0)


class Average(Form):
    """A printed average (平均分): units, total of their scores, the step of one score, the highest scores."""

    name: str
    printed: Text
    units: Cite | None = None
    total: Number | None = None
    step: Step | None = None
    full_mark: Number | None = None
    bonus: Number | None = None
    tops: tuple[Top, ...] = ()
    decimals: int = 0


class Change(Form):
    """A printed change (变化) and the two printed values that it lies between."""

    name: str
    printed: Text
    now: Cite | None = None
    before: Cite | None = None
    decimals: int | None = None  # declared; else as many as the change or a level shows


class Sum(Form):
    """A printed total (合计): what is added, what is taken off."""

    total: Cite
    parts: tuple[Cite, ...] = Field(min_length=1)
    less: tuple[Cite, ...] = ()


class Band(Form):
    """A band of scores (分数段): ``[100,110)`` has its lower end and not its upper one."""

    range: str
    count: Cite | None = None

    @property
    def interval(self) -> Interval:
        """The band as an interval. Raises ``ValueError``."""
        match = _RANGE.fullmatch(self.range.replace(" ", ""))
        if match is None:
            raise ValueError(f"“{self.range}”不是分数段，应如 [100,110) 或 [110,)")
        low, high = Fraction(match["low"] or 0), Fraction(match["high"]) if match["high"] else _UNBOUNDED
        found = Interval(low, high, match["open"] == "(", match["close"] == ")")
        if found.empty:
            raise ValueError(f"分数段 {self.range} 中没有数")
        return found


class Bands(Form):
    """Bands of scores with their counts (分数段): disjoint, without gaps, adding up to a total."""

    name: str
    band: tuple[Band, ...] = Field(min_length=2)
    total: Cite | None = None
    step: Step | None = None
    within: str | None = None


class Overall(Form):
    """A rate or average of all, and those of the groups that make up the whole (总体与分组)."""

    total: str
    groups: tuple[str, ...] = Field(min_length=2)


Entry = Count | Rate | Average | Change


@dataclass(frozen=True)
class Level:
    """A printed value that others cite (被引用的数): what it is, and its exact value where that is known."""

    name: str
    printed: Printed
    kind: LevelKind
    decimals: int
    exact: Fraction | None

    def interval(self, mode: Mode, decimals: int = 0) -> Interval:
        """All exact values that it can stand for (取值范围), printed with at least so many decimals."""
        if self.exact is not None:
            return Interval(self.exact, self.exact)
        return Interval.printing(self.printed.value, max(self.decimals, decimals), mode)


class Figures(Form):
    """An audit file (复核文件): the printed figures of a notice."""

    title: str = ""
    rounding: Mode = "half_up"
    changes: Literal["printed", "exact"] = "printed"
    flat: Number | None = None  # the greatest change that is worded 基本持平
    count: tuple[Count, ...] = ()
    rate: tuple[Rate, ...] = ()
    average: tuple[Average, ...] = ()
    change: tuple[Change, ...] = ()
    sum: tuple[Sum, ...] = ()
    bands: tuple[Bands, ...] = ()
    overall: tuple[Overall, ...] = ()

    @cached_property
    def named(self) -> dict[str, Entry]:
        """Every figure by its name (数字索引)."""
        entries: tuple[Entry, ...] = (*self.count, *self.rate, *self.average, *self.change)
        return {entry.name: entry for entry in entries}

    @cached_property
    def counts(self) -> dict[str, int]:
        """Every count by its name (个数索引)."""
        return {entry.name: int(Printed.read(entry.printed).value) for entry in self.count}

    def level(self, cite: str) -> Level:
        """The value that a name or a printed number stands for (引用). Raises ``ValueError``."""
        entry = self.named.get(cite)
        if entry is None:
            try:
                printed = Printed.read(cite)
            except ValueError:
                raise ValueError(f"没有名为“{cite}”的数字，它本身也不是一个数") from None
            if printed.unit not in ("%", "分", ""):
                return Level(cite, printed, "count", 0, Fraction(printed.value))
            return Level(cite, printed, _KINDS[printed.unit], printed.decimals, None)
        printed = Printed.read(entry.printed)
        match entry:
            case Count():
                return Level(cite, printed, "count", 0, Fraction(printed.value))
            case Rate():
                part, whole = self.share(entry)
                exact = None if part is None or not whole else Fraction(part * 100, whole)
                return Level(cite, printed, "rate", max(printed.decimals, entry.decimals), exact)
            case Average():
                total, units = self.scores(entry)
                exact = None if total is None or not units else total / units
                return Level(cite, printed, "score", max(printed.decimals, entry.decimals), exact)
            case Change():
                return Level(cite, printed, "?", printed.decimals, None)

    def whole_number(self, cite: str | None) -> int | None:
        """The count that a name or number stands for (个数). Raises ``ValueError``."""
        if cite is None:
            return None
        entry = self.named.get(cite)
        if entry is not None and not isinstance(entry, Count):
            raise ValueError(f"“{cite}”不是个数")
        value = self.level(cite).printed.value
        if value != int(value) or value < 0:
            raise ValueError(f"“{cite}”不是个数")
        return int(value)

    def share(self, rate: Rate) -> tuple[int | None, int | None]:
        """Part and whole of a rate, as far as they are given (分子与分母)."""
        part, rest, whole = map(self.whole_number, (rate.part, rate.rest, rate.whole))
        if whole is None and part is not None and rest is not None:
            whole = part + rest
        if part is None and rest is not None and whole is not None:
            part = whole - rest
        return part, whole

    def scores(self, average: Average) -> tuple[Fraction | None, int | None]:
        """Total and number of units of an average; the total is known where the tie groups are all units (总分与个数)."""
        units = self.whole_number(average.units)
        if average.total is not None:
            return Fraction(average.total), units
        if average.tops and sum(top.units for top in average.tops) == units:
            return sum((Fraction(top.score) * top.units for top in average.tops), Fraction(0)), units
        return None, units

    def problems(self) -> Iterator[tuple[str, int, str]]:
        """What keeps the figures from being read (引用错误): table, place in it, message."""
        seen = set[str]()
        for table in type(self).model_fields:
            entries = getattr(self, table)
            if not isinstance(entries, tuple):
                continue
            for place, entry in enumerate(entries):
                if isinstance(entry, Count | Rate | Average | Change):
                    if entry.name in seen:
                        yield table, place, f"名称“{entry.name}”重复"
                    seen.add(entry.name)
                try:
                    self._resolve(entry)
                except ValueError as error:
                    yield table, place, str(error)

    def _resolve(self, entry: object) -> None:
        match entry:
            case Count():
                self.whole_number(entry.printed)
                self.whole_number(entry.of)
            case Rate():
                if None not in (entry.part, entry.rest, entry.whole):
                    raise ValueError("part、rest、whole 至多写两项")
                part, whole = self.share(entry)
                if whole == 0 or (part is not None and whole is not None and not 0 <= part <= whole):
                    raise ValueError("分母应大于零，且不小于分子")
            case Average():
                if self.scores(entry)[1] == 0:
                    raise ValueError("单位数应大于零")
            case Change():
                for cite in filter(None, (entry.now, entry.before)):
                    self.level(cite)
                    if cite == entry.name:
                        raise ValueError("本期数、上期数不能是这个变化本身")
            case Sum():
                for cite in (entry.total, *entry.parts, *entry.less):
                    self.level(cite)
            case Bands():
                self.whole_number(entry.total)
                for band in (*entry.band, *([Band(range=entry.within)] if entry.within else [])):
                    _ = band.interval, self.whole_number(band.count)
            case Overall():
                kinds = {type(self.named.get(name)) for name in (entry.total, *entry.groups)}
                if kinds not in ({Rate}, {Average}):
                    raise ValueError("total、groups 应当全是文件中的比率，或者全是平均分")
                if len({entry.total, *entry.groups}) <= len(entry.groups):
                    raise ValueError("total、groups 应当互不相同")
