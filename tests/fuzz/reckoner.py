"""The figures of a delivery, reckoned a third time from its files alone (独立复算).

What lives here: openpyxl, csv, the calendar and the registry's TOML read plainly, and sums in fractions. What must not: any code of the
product, and any of its intermediate tables: what this module says would otherwise say nothing.

Understood: the layouts of the samples. A file that it does not understand raises ``NotUnderstood``; the caller then knows
that the product must not have understood it either, or must have told what is wrong.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar
import openpyxl

Table = list[list[str]]
Figures = dict[str, tuple[Decimal, int]]  # id of the figure -> numerator, denominator
SCORES, ACCOUNTS, REPORTS, FUNCTIONS = "检查评分表", "政务新媒体检查情况表", "留言台账", "功能建设情况表"
COVERED = re.compile(
    r"(district|department)_sites\.(sites|rate|average|full|unqualified|scored|bonus|functions\..*)"
    r"|(district|department)_sites\.(standings|bonuses|rows)\..*"
    r"|new_media\.(accounts|rate|unqualified|platforms\..*\.(accounts|rate))"
    r"|new_media\.(districts|departments)\.(accounts|share|rate|units_at_100|units_below)"
    r"|error_reports\.(messages|districts|departments|on_time|late)"
)
_SUMMARY = ("合计", "总计", "小计", "共计", "平均", "注:", "备注", "说明", "填表人", "审核人")


class NotUnderstood(Exception):
    """A cell or a file that says nothing certain."""


def reckon(files: dict[str, bytes], registry: Path, quarter: str) -> Figures:
    """The figures of a delivery: files by name."""
    return _Reckoner(registry, quarter).reckon(files)


def plain(text: str) -> str:
    """A text without width and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def number(text: str) -> Decimal:
    """A number in points."""
    try:
        value = Decimal(plain(text).removesuffix("分").replace("—", "-"))
    except InvalidOperation as error:
        raise NotUnderstood(text) from error
    if not value.is_finite():
        raise NotUnderstood(text)
    return value


def moment(text: str) -> dt.datetime:
    """A day or a time, as people write them."""
    parts = [int(part) for part in re.findall(r"\d+", plain(text).replace("T", " "))]
    folded = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"\d{4}\D\d{1,2}\D\d{1,2}日?([ T]+\d{1,2}:\d{2}(:\d{2}(\.0+)?)?)?", folded):
        raise NotUnderstood(text)
    parts = [int(part) for part in re.findall(r"\d+", folded)]
    try:
        return dt.datetime(*parts[:6])  # type: ignore[arg-type]
    except ValueError as error:
        raise NotUnderstood(text) from error


@cache
def tables(data: bytes) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Every sheet of a file as texts; a text file has one sheet without a name."""
    if data.startswith(b"PK"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what openpyxl leaves out, it only warns of
            try:
                book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            except Exception as error:
                raise NotUnderstood("no workbook") from error
        return tuple((sheet.title, tuple(_texts(row) for row in sheet.iter_rows(values_only=True))) for sheet in book)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NotUnderstood("encoding")
    head = text[:2000]
    separator = max(",\t;", key=head.count)
    return (("", tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)))),)


def _texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(_text(value) for value in row)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return str(value)


class _Reckoner:
    def __init__(self, registry: Path, quarter: str) -> None:
        self.quarter = quarter
        read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in registry.glob("*.toml")}
        books = [tomllib.loads(path.read_text("utf-8")) for path in (registry / "rule-books").glob("*.toml")]
        self.book = next(book for book in books if self.holds(book))
        self.sites = {site["code"]: site for site in read["sites"]["site"] if self.holds(site)}
        self.groups = {}
        self.units: dict[str, str] = {}
        for unit in read["units"]["unit"]:
            if self.holds(unit):
                self.groups[unit["id"]] = unit["group"]
                named = [name[key] for name in unit["name"] for key in ("full", "short")]
                self.units |= {plain(name): unit["id"] for name in (*named, *unit.get("aliases", ()))}
        taxonomy = next(item for item in read["platforms"]["taxonomy"] if self.holds(item))
        self.platforms = {
            plain(name): item["id"] for item in taxonomy["platform"] for name in (item["name"], *item["aliases"])
        }
        self.indicators = {plain(item["name"]): item for item in self.book["indicator"]}
        self.indicators |= {plain(alias): item for item in self.book["indicator"] for alias in item.get("aliases", ())}
        self.functions = {plain(item["name"]): item["id"] for item in read["functions"]["function"]}
        self.limit = read["error-reports"]["limit_workdays"]
        self.statuses = {
            plain(name): item for item in read["error-reports"]["status"] for name in (item["name"], *item.get("aliases", ()))
        }  # fmt: skip

    def holds(self, item: dict[str, Any]) -> bool:
        return bool(item.get("valid_from", "") <= self.quarter <= item.get("valid_to", "9999Q4"))

    def reckon(self, files: dict[str, bytes]) -> Figures:
        found: Figures = {}
        scores: dict[str, tuple[Decimal, Decimal] | None] = {}
        accounts: list[tuple[str, str, bool]] = []
        functions: list[tuple[str, str, bool]] = []
        messages: list[dict[str, str]] = []
        until: dt.datetime | None = None
        for data in files.values():
            for _, rows in tables(data):
                heads = [set(map(_head, row)) for row in rows[:10]]
                known = set().union(*heads)
                if {"单项否决", "总分"} <= known:
                    scores |= dict(self.score(rows))
                elif {"账号名称", "平台类型", "检查结果"} <= known:
                    accounts += self.accounts(rows)
                elif {"留言编号", "办理状态"} <= known:
                    messages += _records(rows, "留言编号")
                elif {"表", "列", "起", "止"} <= known:
                    until = self.until(rows)
                elif set(self.functions) <= known:
                    functions += self.having(rows)
        for group, kinds, full in (("district", ("portal",), 130), ("department", ("department", "special"), 100)):
            found |= self.group(group, kinds, full, scores, functions)
        found |= self.media(accounts)
        return found | self.messages(messages, until)

    # ---- sites

    def score(self, rows: Any) -> Iterator[tuple[str, tuple[Decimal, Decimal] | None]]:
        """Base score and bonus of every site of a sheet; None for a vetoed one."""
        for record in _records(rows, "网站标识码"):
            code = plain(record["网站标识码"])
            if code not in self.sites:
                raise NotUnderstood(code)
            if plain(record["单项否决"]) not in ("无", "否", "—"):
                yield code, None
                continue
            kept = won = Decimal(0)
            exempt = False
            for name, text in record.items():
                item = self.indicators.get(name)
                if item is None:
                    continue
                if plain(text) in ("不涉及", "—"):
                    exempt = True
                elif item["part"] == "deduct":
                    kept += number(text)
                else:
                    won += number(text)
            base = kept
            gate = kept > 80
            if exempt:
                gate = kept * 4 > 80 * 3
                base = Decimal((2 * int(kept * 100) * 4 + 3) // 6) / 100
            yield code, (base, won if gate else Decimal(0))

    def having(self, rows: Any) -> Iterator[tuple[str, str, bool]]:
        for record in _records(rows, "网站标识码"):
            for name, identity in self.functions.items():
                said = plain(record[name])
                if said not in ("是", "否"):
                    raise NotUnderstood(said)
                yield plain(record["网站标识码"]), identity, said == "是"

    def group(
        self, group: str, kinds: tuple[str, ...], full: int, scores: dict[str, Any], functions: list[tuple[str, str, bool]]
    ) -> Figures:  # fmt: skip
        codes = [code for code, site in self.sites.items() if site["kind"] in kinds]
        if not set(codes) <= set(scores):
            raise NotUnderstood("a site without a row")
        scored = {code: scores[code] for code in codes if scores[code] is not None}
        totals = {code: base + bonus for code, (base, bonus) in scored.items()}
        failed = sum(scores[code] is None or scores[code][0] < 60 for code in codes)
        prefix = f"{group}_sites"
        found: Figures = {
            f"{prefix}.sites": (Decimal(len(codes)), len(codes)),
            f"{prefix}.average": (sum(totals.values(), Decimal(0)), len(totals)),
            f"{prefix}.full": (Decimal(sum(total == full for total in totals.values())), len(codes)),
            f"{prefix}.unqualified": (Decimal(failed), len(codes)),
            f"{prefix}.rate": (Decimal(len(codes) - failed), len(codes)),
            f"{prefix}.scored": (Decimal(len(totals)), len(codes)),
            f"{prefix}.bonus": (sum((bonus for _, bonus in scored.values()), Decimal(0)), len(scored)),
        }
        found |= _standings(f"{prefix}.standings", list(totals.values()))
        found |= _standings(f"{prefix}.bonuses", [bonus for _, bonus in scored.values()])
        for code, (base, bonus) in scored.items():
            found[f"{prefix}.rows.{code}.base_score"] = (base, 0)
            found[f"{prefix}.rows.{code}.bonus"] = (bonus, 0)
            found[f"{prefix}.rows.{code}.score"] = (base + bonus, 0)
            found[f"{prefix}.rows.{code}.place"] = (Decimal(_place(base + bonus, totals.values())), 0)
        for identity in self.functions.values():
            here = [have for code, which, have in functions if which == identity and code in codes]
            found[f"{prefix}.functions.{identity}"] = (Decimal(sum(here)), len(here))
        return found

    # ---- accounts

    def accounts(self, rows: Any) -> Iterator[tuple[str, str, bool]]:
        """Platform, unit and verdict of every account."""
        for record in _records(rows, "账号名称"):
            platform, unit = self.platforms.get(plain(record["平台类型"])), self.units.get(plain(record["归口单位"]))
            verdict = plain(record["检查结果"])
            if platform is None or unit is None or verdict not in ("合格", "不合格"):
                raise NotUnderstood(str(record))
            yield platform, unit, verdict == "合格"

    def media(self, accounts: list[tuple[str, str, bool]]) -> Figures:
        total = len(accounts)
        passed = sum(good for _, _, good in accounts)
        found: Figures = {
            "new_media.accounts": (Decimal(total), total),
            "new_media.rate": (Decimal(passed), total),
            "new_media.unqualified": (Decimal(total - passed), total),
        }
        for kind, where in (("platforms", 0), ("groups", 1)):
            of = Counter(self.groups[item[1]] if where else item[0] for item in accounts)
            good = Counter(self.groups[item[1]] if where else item[0] for item in accounts if item[2])
            for key, count in of.items():
                name = f"new_media.{key}s" if where else f"new_media.{kind}.{key}"
                found[f"{name}.accounts"] = (Decimal(count), total)
                found[f"{name}.rate"] = (Decimal(good[key]), count)
                if where:
                    owners = {unit for _, unit, _ in accounts if self.groups[unit] == key}
                    below = {unit for _, unit, fine in accounts if self.groups[unit] == key and not fine}
                    found[f"{name}.share"] = (Decimal(count), total)
                    found[f"{name}.units_at_100"] = (Decimal(len(owners - below)), len(owners))
                    found[f"{name}.units_below"] = (Decimal(len(below)), len(owners))
        return found

    # ---- messages

    def until(self, rows: Any) -> dt.datetime | None:
        """The last day of the declared window of messages."""
        windows = [row for row in _records(rows, "表") if "台账" in row["表"] and plain(row["列"]) == "留言时间"]
        if len(windows) > 1:
            raise NotUnderstood("two windows")
        return moment(windows[0]["止"]) if windows else None

    def messages(self, messages: list[dict[str, str]], until: dt.datetime | None) -> Figures:
        """Messages, the units that they concern, and those answered within the limit of working days."""
        units = {self.units.get(plain(row["受理单位"])) for row in messages}
        if None in units or (messages and until is None):
            raise NotUnderstood("a unit, or the window of messages")
        due = good = 0
        for row in messages:
            status = self.statuses.get(plain(row["办理状态"]))
            if status is None:
                raise NotUnderstood(row["办理状态"])
            last = _workday_after(moment(row["留言时间"]).date(), self.limit)
            if status["accepted"] and until is not None and last <= until.date():
                due += 1
                good += status["closed"] and moment(row["办结时间"]).date() <= last
        total = len(messages)
        found: Figures = {
            "error_reports.messages": (Decimal(total), total),
            "error_reports.on_time": (Decimal(good), due),
            "error_reports.late": (Decimal(due - good), due),
        }
        for group in ("district", "department"):
            here = sum(unit is not None and self.groups[unit] == group for unit in units)
            found[f"error_reports.{group}s"] = (Decimal(here), list(self.groups.values()).count(group))
        return found


def _standings(prefix: str, values: list[Decimal]) -> Figures:
    """The different values, the highest first, each with its place."""
    ordered = sorted(set(values), reverse=True)
    return {f"{prefix}.{at}": (value, _place(value, values)) for at, value in enumerate(ordered, start=1)}


def _place(value: Decimal, values: Iterable[Decimal]) -> int:
    return 1 + sum(other > value for other in values)


@cache
def _workday_after(day: dt.date, days: int) -> dt.date:
    """The working day that is so many working days later, by the official calendar of holidays and working weekends."""
    while days:
        day += dt.timedelta(1)
        days -= chinese_calendar.is_workday(day)
    return day


class _Record(dict[str, str]):
    """A row by header, of the headers that stand once: what stands twice may be there, but says nothing."""

    def __missing__(self, name: str) -> str:
        raise NotUnderstood(name)


def _head(text: str) -> str:
    return re.sub(r"[(].*", "", plain(text))


def _records(rows: Any, key: str) -> Iterator[dict[str, str]]:
    """The rows below the header that holds ``key``, as texts by header; the row of level 2 wins over that of level 1."""
    at = next((at for at, row in enumerate(rows[:10]) if key in map(_head, row)), None)
    if at is None:
        raise NotUnderstood(key)
    names = list(map(_head, rows[at]))
    below = list(map(_head, rows[at + 1])) if at + 1 < len(rows) else []
    double = not below[names.index(key)] if len(below) > names.index(key) else False
    if double:
        names = [lower or upper for upper, lower in zip(names, [*below, *[""] * len(names)], strict=False)]
    heads = (list(map(_head, rows[at])), below if double else [])  # printed again at the top of every page
    doubled = {name for name, times in Counter(names).items() if times > 1}
    for row in rows[at + (2 if double else 1) :]:
        texts = [text.strip() for text in row]
        first = plain(next((text for text in texts if text), ""))
        if not first or list(map(_head, texts)) in heads:
            continue
        cells = zip(names, [*texts, *[""] * len(names)], strict=False)
        record = _Record((name, text) for name, text in cells if name not in doubled)
        named = plain(record[key])  # a row whose key is filled is a record whatever its number says
        amounts = all(re.fullmatch(r"[\d.,%]+", plain(text)) for text in [text for text in texts if text][1:])
        if first.startswith(_SUMMARY) and (not named or named.startswith(_SUMMARY) or amounts):
            continue
        yield record
