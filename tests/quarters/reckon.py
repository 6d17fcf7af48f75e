"""What a notice must say of a quarter, recomputed from its raw rows in plain Python (由原始数据复算语句).

What lives here: from drawn rows to the claims that a true and complete notice makes: counting, ranking, rounding, working days and
lists of its own. What must not: `pipeline/`, frames, templates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

import chinese_calendar

from tests.quarters.draw import ANNEXES, Drawn, Row, Toml, registered
from tests.quarters.reader import Claim, Listed
from tests.quarters.scoring import Scored, judged, rounded, score

_GROUPS = ("district", "department")
_FEW = 2  # so many exceptions at most to 其他……均
_NOTHING = "—"
# What is said of several, and of one, where that is another word than 均.
_EACH = {
    ("reposts", "all"): ("全部", "已"),
    ("rectified", "all"): ("全部", None),
    ("last_rectified", "all"): ("全部", None),
}
_SUMMARY = (
    "scope", "site_result", "district_average", "district_change", "department_average", "department_change",
    "account_scope", "account_rate", "district_account_average", "district_account_change",
    "department_account_average", "department_account_change", "error_reports", "error_report_on_time",
)  # fmt: skip


@cache
def _is_workday(day: dt.date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def several(number: int, words: str = "均", otherwise: str | None = None) -> str | None:
    """What is said of several only (均、全部)."""
    return words if number > 1 else otherwise


def plain(value: Fraction, decimals: int, zeros: bool) -> str:
    """A value that has so many decimals at most, as printed (数字写法)."""
    scaled = abs(value) * 10**decimals
    assert scaled.denominator == 1, f"{value} has more than {decimals} decimals"
    digits = str(scaled.numerator).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return text if zeros or not decimals else text.rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Level:
    """A figure that may change from quarter to quarter: exact, as printed, with how many decimals (前后可比的数)."""

    exact: Fraction
    printed: Fraction
    decimals: int


@dataclass(frozen=True)
class Site:
    """An inspected site: its owner, its score, or that it was vetoed (网站)."""

    row: Toml
    owner: str
    veto: str
    scored: Scored | None
    total: Fraction | None  # of record

    @property
    def failed(self) -> bool:
        return self.scored is None or self.scored.level == "不合格"


class Reckoned:
    """A quarter recomputed (复算): the claims of its notice; ``history`` holds the quarters before it."""

    def __init__(self, drawn: Drawn, history: Mapping[str, Reckoned]) -> None:
        self.drawn, self.book = drawn, drawn.book
        self._even = drawn.book["rounding"]["mode"] == "half_even"
        self._zeros = drawn.book["decimals"]["trailing_zeros"]
        # a series is not joined across rule books
        self._known = {key: history[key] for key in drawn.earlier if history[key].book["id"] == drawn.book["id"]}
        self._short = {unit["id"]: unit["short"] for unit in drawn.units}
        self._group = {unit["id"]: unit["group"] for unit in drawn.units}
        self._order = {unit["id"]: at for at, unit in enumerate(drawn.units)}
        self._items = {row["item"]: row["content"] for row in drawn.rows["info_item"]}
        self._rules = {group["id"]: group for group in drawn.book["group"]}

    # ---- quarters ---------------------------------------------------------------------------------------------------

    @property
    def _before(self) -> str:
        year, number = self.drawn.year, self.drawn.number
        return f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"

    @property
    def _last(self) -> Reckoned | None:
        return self._known.get(self._before)

    # ---- printing ---------------------------------------------------------------------------------------------------

    def _choice(self, statement: str) -> Row:
        return self.drawn.choices[statement]

    def _decimals(self, statement: str, otherwise: int) -> int:
        chosen = self._choice(statement)["decimals"]
        return otherwise if chosen is None else int(chosen)

    def _print(self, value: Fraction, decimals: int) -> str:
        return plain(rounded(value, decimals, self._even), decimals, self._zeros)

    def _average(self, value: Fraction, decimals: int) -> str:
        """What is not nothing is not printed as 0."""
        while value and not rounded(value, decimals, self._even):
            decimals += 1
        return self._print(value, decimals)

    def _percent(self, part: int, whole: int, statement: str) -> str:
        """A rate; what is not all is not printed as 100 %, what is not nothing not as 0 %."""
        decimals = self._decimals(statement, self.book["decimals"]["rate"])
        value = Fraction(100 * part, whole)
        while 0 < part < whole and rounded(value, decimals, self._even) in (0, 100):
            decimals += 1
        return self._print(value, decimals) + "%"

    def _full(self, statement: str) -> str:
        return self._percent(1, 1, statement)

    def _level(self, value: Fraction, decimals: int) -> Level:
        return Level(value, rounded(value, decimals, self._even), decimals)

    @staticmethod
    def _points(value: Fraction | str) -> str:
        return plain(Fraction(value), 4, False)

    # ---- lists ------------------------------------------------------------------------------------------------------

    def _names(self, units: Iterable[str]) -> tuple[str, ...]:
        """Short names, each once, in the order given."""
        return tuple(dict.fromkeys(self._short[unit] for unit in units))

    def _listed(self, names: Sequence[str], statement: str, count: int | None = None, *, named: bool = False) -> Listed:
        """A list that its count closes; ``named``: of whom the naming of the statement lets be told."""
        choice, number = self._choice(statement), str(len(names) if count is None else count)
        if named:
            return (tuple(names) if choice["naming"] == "named" else (), False, number)
        if choice["list_form"] == "count":
            return (), False, number
        cut = choice["list_form"] == "first" and len(names) - choice["list_count"] >= 2
        return tuple(names[: choice["list_count"]] if cut else names), cut, number

    def _running(self, names: Sequence[str], statement: str, noun: str) -> str:
        """A list in the middle of a sentence: the count only where it is cut, or alone."""
        shown, cut, number = self._listed(names, statement)
        return "、".join(shown) + ("等" if cut else "") + (f"{number}{noun}" if cut or not shown else "")

    @staticmethod
    def _all(kind: str, subject: str, number: int, *, sampled: str | None = None) -> Claim:
        """That something holds of all of so many: of one alone nobody says 均."""
        if number > 1 or sampled:
            return Claim.of(kind, subject, form="all" if number > 1 else "one", count=str(number))
        return Claim.of(kind, subject, who=((), False, str(number)))

    # ---- sites ------------------------------------------------------------------------------------------------------

    @cached_property
    def sites(self) -> list[Site]:
        """Every inspected site in roster order."""
        cells: dict[str, list[Row]] = defaultdict(list)
        for cell in self.drawn.rows["indicator_score"]:
            cells[cell["site_code"]].append(cell)
        results = {row["site_code"]: row for row in self.drawn.rows["site_result"]}
        found = []
        for row in self.drawn.sites:
            result = results.get(row["code"])
            if result is None:
                continue
            scored, rule = None, self._rules[self.group_of(row)]
            floor = self.book["scoring"].get("veto_score")
            if result["veto"] == "none" and self.book["detail"] == "totals":
                base, bonus = Fraction(result["printed_base"]), Fraction(result["printed_bonus"])
                scored = judged(self.book, rule, Fraction(rule["base"]) - base, base, bonus, 2)
            elif result["veto"] == "none":
                scored = score(self.book, rule, cells[row["code"]])
            total = scored.total if scored else Fraction(floor) if floor is not None else None
            found.append(Site(row, row["owner"], result["veto"], scored, total))
        return found

    @property
    def _sampled(self) -> str | None:
        """That what is said of all sites can be said of the inspected ones alone (抽查)."""
        return "受检" if len(self.sites) < len(self.drawn.sites) else None

    def group_of(self, row: Toml) -> str:
        return next(name for name, rule in self._rules.items() if row["kind"] in rule["kinds"])

    def _own(self, group: str) -> list[Site]:
        return [site for site in self.sites if self.group_of(site.row) == group]

    def _tied(self, values: Iterable[tuple[Fraction, str]]) -> list[tuple[Fraction, tuple[str, ...]]]:
        """Tie groups of values of units, the highest first (并列)."""
        groups: dict[Fraction, list[str]] = defaultdict(list)
        for value, unit in values:
            groups[value].append(unit)
        return [(value, self._names(groups[value])) for value in sorted(groups, reverse=True)]

    def average(self, group: str) -> Level | None:
        """The average score of a group of sites (平均分)."""
        totals = [site.total for site in self._own(group) if site.total is not None]
        decimals = self._decimals(f"{group}_average", self.book["decimals"]["score"])
        return self._level(sum(totals, Fraction(0)) / len(totals), decimals) if totals else None

    # ---- changes ----------------------------------------------------------------------------------------------------

    def _change(
        self, now: Level | None, find: Callable[[Reckoned], Level | None], before: str, item: str
    ) -> Level | None:
        """The change since an earlier quarter, by the policy of the rule book; from its facts, or a declared baseline."""
        if now is None:
            return None
        then = find(self._known[before]) if before in self._known else None
        if then is None:
            declared = [
                row["value"]
                for row in self.drawn.rows["info_earlier"]
                if (row["earlier"], row["item"]) == (before, item)
            ]
            if not declared:
                return None
            value = rounded(Fraction(declared[0]), now.decimals, self._even)
            then = Level(value, value, now.decimals)
        if self.book["change"]["policy"] == "printed":
            value = now.printed - then.printed
            return Level(value, value, max(now.decimals, then.decimals))
        return self._level(now.exact - then.exact, now.decimals)

    def _moved(self, statement: str, subject: str, change: Level | None, since: str) -> Iterator[Claim]:
        if change is None:
            return
        before, after = self._choice(statement)["wording"].split("…")
        if abs(change.printed) <= Fraction(self.book["change"]["flat"]):
            yield Claim.of("change", subject, form="flat", since=since)
            return
        by = plain(change.printed, change.decimals, self._zeros)
        if change.printed > 0:
            yield Claim.of("change", subject, form="rise", since=since, words=before, verb=after, by=by, unit="分")
        else:
            yield Claim.of("change", subject, form="fall", since=since, words=before, by=by, unit="分")

    # ---- what is to be said -----------------------------------------------------------------------------------------

    def claims(self) -> list[Claim]:
        """Every claim that the notice must make, and no other (应有语句)."""
        return [*(claim for claims in self._told.values() for claim in claims), *self._opening()]

    def _opening(self) -> Iterator[Claim]:
        """What the outline of 2019 says before the accounts, if there are any and something is said of them."""
        outline = self._items.get("通报结构") or self.book["outline"]["notice"]
        said = {
            item["section"] for item in self.drawn.world.statements if item.get("section") and self._told[item["id"]]
        }
        inline = self._choice("practices")["enabled"] and self._order_of_practices == "inline"
        praised = inline and any(row["section"] == "new_media" for row in self.drawn.rows["info_practice"])
        if outline == "2019" and self.drawn.rows["account"] and ("new_media" in said or praised):
            yield Claim.of("opening")

    @property
    def _order_of_practices(self) -> str:
        known = {"随文": "inline", "单列成段": "paragraphs", "部门在前": "departments_first", "按主题": "topics"}
        return str(known.get(self._choice("practices")["wording"], self.book["outline"]["practices"]))

    def summary(self) -> list[Claim]:
        """Every claim that the summary must make, in order (摘要应有语句)."""
        office = registered("office.toml")
        former = [name["name"] for name in office.get("former", []) if self.drawn.key <= name["valid_to"]]
        who = self._items.get("发文机关") or (former or [office["name"]])[0]
        occasion = Claim.of("occasion", who=who, quarter=self._label)
        return [occasion, *(claim for statement in _SUMMARY for claim in self._told[statement])]

    @cached_property
    def _told(self) -> dict[str, list[Claim]]:
        """The claims of every statement."""
        makers: dict[str, Callable[[], Iterator[Claim]]] = {
            **self._of_all_sites(),
            **{name: make for group in _GROUPS for name, make in self._of_group(group).items()},
            **self._of_accounts(),
            **self._of_messages(),
            **self._of_work(),
            **self._of_problems(),
        }
        told: dict[str, list[Claim]] = {}
        for item in self.drawn.world.statements:  # a statement stands after the one that it needs
            name, choice = item["id"], self._choice(item["id"])
            may = choice["enabled"] and choice["naming"] != "none" and told.get(item.get("needs", ""), [True])
            if item.get("form") and name not in makers:
                raise AssertionError(f"语句“{item['label']}”（{name}）没有复算的办法")
            told[name] = [*makers[name]()] if may and name in makers else []
        return told

    @property
    def _label(self) -> str:
        return f"{self.drawn.year}年第{'一二三四'[self.drawn.number - 1]}季度"

    def _of_all_sites(self) -> dict[str, Callable[[], Iterator[Claim]]]:
        sites, failed = self.sites, [site for site in self.sites if site.failed]
        by_group = {group: [site for site in failed if self.group_of(site.row) == group] for group in _GROUPS}
        last = self._last

        def names(found: Iterable[Site]) -> list[str]:
            return [site.row["name"] for site in found]

        def scope() -> Iterator[Claim]:
            counts = {group: str(len(self._own(group))) for group in _GROUPS}
            registered = len(self.drawn.sites)
            if len(sites) == registered:
                special = any(site.row["kind"] == "special" for site in self._own("department"))
                yield Claim.of("scope", **counts, **({"special": "（含专项网站）"} if special else {}))
            else:
                share = self._percent(len(sites), registered, "scope")
                yield Claim.of(
                    "scope", form="sample", registered=str(registered), inspected=str(len(sites)), share=share, **counts
                )

        def result() -> Iterator[Claim]:
            counts = {group: str(len(found)) for group, found in by_group.items() if found}
            yield Claim.of("result", **counts) if counts else Claim.of("result", form="none")

        def reasons() -> Iterator[Claim]:
            names_ = {item["id"]: item["name"] for item in self.book["veto_indicator"] if item["applies"] == "site"}
            names_["none"] = "得分低于合格标准"
            counted = Counter(site.veto for site in failed)
            found = tuple((name, str(counted[veto])) for veto, name in names_.items() if counted[veto])
            if len(found) == 1:
                yield Claim.of("reasons", form="one", reason=found[0][0])
            elif found:
                yield Claim.of("reasons", reasons=found)

        def rate() -> Iterator[Claim]:
            yield from self._rate("all_rate", "", "site_rate", sites)

        def failures() -> Iterator[Claim]:
            if failed and len(failed) == len(sites):
                yield Claim.of("failures", form="all", count=str(len(failed)), each=several(len(failed)))
            elif failed:
                yield Claim.of("failures", who=self._listed(names(failed), "site_failures", named=True))

        def streak() -> Iterator[Claim]:
            quarters, at = 0, self
            while at is not None and not any(site.failed for site in at.sites):
                quarters += 1
                at = self._known.get(at._before)
            if quarters > 1:
                yield Claim.of("streak", quarters=str(quarters))

        again = [
            site for site in sites if last and site.row["code"] in {old.row["code"] for old in last.sites if old.failed}
        ]

        def recheck() -> Iterator[Claim]:
            passed = sum(not site.failed for site in again)
            if again:
                form = "all" if passed == len(again) else None if passed else "none"
                some = {"passed": str(passed)} if form is None else {}
                each = several(len(again), "全部") if form else None
                yield Claim.of("recheck", form=form, count=str(len(again)), each=each, **some)

        def repeated() -> Iterator[Claim]:
            lasted = defaultdict[int, list[Site]](list)
            for site in failed:
                quarters, at = 1, last
                while at is not None and any(old.failed and old.row["code"] == site.row["code"] for old in at.sites):
                    quarters, at = quarters + 1, self._known.get(at._before)
                lasted[quarters].append(site)
            for quarters in sorted(lasted.keys() - {1}, reverse=True):
                who = self._listed(names(lasted[quarters]), "site_repeated", named=True)
                yield Claim.of("repeated", who=who, quarters=str(quarters))

        def register() -> Iterator[Claim]:
            if last is None or len(sites) < len(self.drawn.sites) or len(last.sites) < len(last.drawn.sites):
                return
            now, then = {site.row["code"] for site in sites}, {site.row["code"] for site in last.sites}
            changed = {
                "added": names(site for site in sites if site.row["code"] not in then),
                # in the order of the score tables of last quarter
                "closed": names(site for group in _GROUPS for site in last._own(group) if site.row["code"] not in now),
            }
            told = {key: self._listed(found, "site_register") for key, found in changed.items() if found}
            if told:
                yield Claim.of("register", **told)

        return {"scope": scope, "site_result": result, "site_reasons": reasons, "site_rate": rate, "site_streak": streak,
                "site_failures": failures, "site_recheck": recheck, "site_repeated": repeated, "site_register": register}  # fmt: skip

    def _rate(self, kind: str, subject: str, statement: str, sites: list[Site]) -> Iterator[Claim]:
        passed = sum(not site.failed for site in sites)
        basic = sum(site.scored is not None and site.scored.level == "基本合格" for site in sites)
        if sites:
            rate = self._percent(passed, len(sites), statement)
            sampled = None if subject else self._sampled
            yield Claim.of(kind, subject, rate=rate, basic=str(basic) if basic else None, sampled=sampled)

    def _of_group(self, group: str) -> dict[str, Callable[[], Iterator[Claim]]]:
        sites, rule = self._own(group), self._rules[group]
        scored = [site for site in sites if site.total is not None]
        unvetoed = [site for site in sites if site.scored is not None]
        bonus_mark, full_mark = Fraction(rule["bonus"]), Fraction(rule["base"]) + Fraction(rule["bonus"])
        owners = self._names(site.owner for site in sites)
        faulty = self._names(site.owner for site in sites if site.failed)
        sound = [name for name in owners if name not in faulty]
        standings = self._tied((site.total, site.owner) for site in scored if site.total is not None)
        some_scored = str(len(scored)) if len(scored) < len(sites) else None
        some_unvetoed = str(len(unvetoed)) if len(unvetoed) < len(sites) else None
        noun, whole = ("个区", "区政府门户网站") if group == "district" else ("个部门", "市级部门政府网站")
        sampled = "受检" if len(sites) < sum(self.group_of(row) == group for row in self.drawn.sites) else None

        def average() -> Iterator[Claim]:
            level = self.average(group)
            if level is not None:
                yield Claim.of("average", group, scored=some_scored, value=self._average(level.exact, level.decimals),
                               full=self._points(full_mark), bonus=self._points(bonus_mark) if bonus_mark else None)  # fmt: skip

        def changed(statement: str, before: str, since: str) -> Callable[[], Iterator[Claim]]:
            item = "区门户平均分" if group == "district" else "部门网站平均分"
            change = self._change(self.average(group), lambda then: then.average(group), before, item)
            return lambda: self._moved(statement, group, change, since)

        def rate() -> Iterator[Claim]:
            yield from self._rate("rate", group, f"{group}_rate", sites)

        def units() -> Iterator[Claim]:
            if sound and not faulty:
                yield self._all("units", group, len(sound), sampled=sampled)
            elif sound:
                yield Claim.of("units", group, who=self._listed(sound, f"{group}_units"))

        def units_except() -> Iterator[Claim]:
            if 0 < len(faulty) <= _FEW and len(sound) > 1:
                who = self._listed(faulty, f"{group}_units_except", named=True)
                yield Claim.of("units_except", group, who=who, others=str(len(sound)))

        def rises() -> Iterator[Claim]:
            then = {site.row["code"]: site.total for site in self._last.sites} if self._last else {}
            gained = [(site.total - old, site.owner) for site in scored
                      if site.total is not None and (old := then.get(site.row["code"])) is not None]  # fmt: skip
            tied = self._tied(gained)
            if len(tied) > 1 and tied[0][0] > 0:
                by, names = self._points(tied[0][0]), tied[0][1]
                who = self._listed(names, f"{group}_rises")
                if len(names) > 1:
                    yield Claim.of("rises", group, who=who, both="均", by=by)
                elif who[0]:
                    yield Claim.of("rises", group, name=names[0], by=by)
                else:
                    yield Claim.of("rises", group, who=who, by=by)

        def standing() -> Iterator[Claim]:
            statement = f"{group}_standings"
            if len(standings) == 1 and some_scored is None:
                yield Claim.of("standings", group, form="tied", score=self._points(standings[0][0]),
                               each=several(len(scored), "相同，均"))  # fmt: skip
            elif standings:
                rest = standings[1 : self._choice(statement)["groups"]]
                told = tuple((self._running(names, statement, noun), self._points(value)) for value, names in rest)
                yield Claim.of("standings", top=standings[0][1], score=self._points(standings[0][0]), rest=told or None,
                               of=whole if sampled else None)  # fmt: skip

        def low() -> Iterator[Claim]:
            if len(standings) > 1:
                value, names = standings[-1]
                who = self._listed(names, f"{group}_low", named=True)
                yield Claim.of("lowest", group, scored=some_scored, who=who, score=self._points(value))

        def bands() -> Iterator[Claim]:
            edges = [*map(Fraction, rule["bands"])]
            if not scored or not edges:
                return
            found = []
            for high, low_ in zip([None, *edges], [*edges, None], strict=True):
                inside = sum(
                    (low_ is None or site.total >= low_) and (high is None or site.total < high) for site in scored
                )
                if inside:
                    ends = ("" if low_ is None else self._points(low_), "" if high is None else self._points(high))
                    found.append((*ends, str(inside), self._percent(inside, len(scored), f"{group}_bands")))
            part, number = "有得分的" if some_scored else None, str(len(scored))
            if len(found) == 1:
                each = several(len(scored), "全部")
                yield Claim.of("bands", group, part=part, scored=number, band=found[0][:2], each=each)
            else:
                yield Claim.of("bands", group, part=part, scored=number, bands=tuple(found))

        def some(kind: str, statement: str, found: list[Site]) -> Iterator[Claim]:
            if len(found) == len(sites):
                yield self._all(kind, group, len(found), sampled=sampled)
            elif found:
                who = self._listed(self._names(site.owner for site in found), statement, len(found))
                yield Claim.of(kind, group, who=who)

        def full() -> Iterator[Claim]:
            found = [site for site in scored if site.scored is not None and site.total == full_mark]
            if found:
                yield from some("full", f"{group}_full", found)
            elif scored:
                yield Claim.of("full", group, form="none")

        def clean() -> Iterator[Claim]:
            found = [site for site in unvetoed if site.scored is not None and not site.scored.lost]
            if found:
                yield from some("clean", f"{group}_without_deduction", found)
            elif some_unvetoed is None:  # of a vetoed site it is not known
                yield Claim.of("clean", group, form="none")

        def stage() -> Iterator[Claim]:
            found = [site for site in unvetoed if site.scored is not None and site.scored.stage]
            if bonus_mark and found:
                yield from some("stage", f"{group}_bonus_stage", found)
            elif bonus_mark:
                yield Claim.of("stage", group, form="none")

        def indicators() -> Iterator[Claim]:
            checked, lost = dict[str, Fraction](), {site.row["code"] for site in unvetoed}
            cells = [
                cell for cell in self.drawn.rows["indicator_score"] if cell["site_code"] in lost and cell["applicable"]
            ]
            for item in self.book["indicator"]:
                own = [cell for cell in cells if cell["indicator_id"] == item["id"]]
                if item["part"] == "deduct" and own:
                    name = item.get("report_as", item["name"])
                    gone = sum((Fraction(item["points"]) - Fraction(cell["score"]) for cell in own), Fraction(0))
                    checked[name] = checked.get(name, Fraction(0)) + gone
            found = [name for name, gone in checked.items() if not gone]
            if found and len(found) == len(checked):
                yield Claim.of("indicators", group, form="all", sites=some_unvetoed, count=str(len(found)),
                               each=several(len(found)))  # fmt: skip
            elif found:
                yield Claim.of("indicators", group, sites=some_unvetoed, who=self._listed(found, f"{group}_indicators"))
            elif checked:
                yield Claim.of("indicators", group, form="none", sites=some_unvetoed)

        def deduction() -> Iterator[Claim]:
            gone = sum((Fraction(rule["base"]) - site.scored.base for site in unvetoed if site.scored), Fraction(0))
            if gone:
                decimals = self._decimals(f"{group}_deduction", self.book["decimals"]["score"])
                yield Claim.of(
                    "deduction", group, sites=some_unvetoed, value=self._average(gone / len(unvetoed), decimals)
                )

        bonuses = self._tied((site.scored.bonus, site.owner) for site in unvetoed if site.scored is not None)

        def bonus() -> Iterator[Claim]:
            if not bonus_mark or not bonuses:
                return
            total = sum((site.scored.bonus for site in unvetoed if site.scored), Fraction(0))
            if not total:
                yield Claim.of("bonus", group, form="none", sites=some_unvetoed, each=several(len(unvetoed)))
            elif len(bonuses) == 1:
                yield Claim.of("bonus", group, form="tied", sites=some_unvetoed, value=self._points(bonuses[0][0]),
                               each=several(len(unvetoed), "相同，均"))  # fmt: skip
            else:
                decimals = self._decimals(f"{group}_bonus", self.book["decimals"]["score"])
                most, names = bonuses[0]
                yield Claim.of("bonus", group, sites=some_unvetoed, value=self._average(total / len(unvetoed), decimals),
                               who=self._listed(names, f"{group}_bonus"), most=self._points(most))  # fmt: skip

        def least() -> Iterator[Claim]:
            if bonus_mark and len(bonuses) > 1:
                who = self._listed(bonuses[-1][1], f"{group}_bonus_least", named=True)
                yield Claim.of("bonus_least", group, who=who, value=self._points(bonuses[-1][0]))

        def functions() -> Iterator[Claim]:
            codes = {site.row["code"] for site in sites}
            for item in self.drawn.world.functions:
                if item["reported"] and sites:
                    have = sum(row["present"] for row in self.drawn.rows["site_function"]
                               if row["function_id"] == item["id"] and row["site_code"] in codes)  # fmt: skip
                    form = "none" if not have else "all" if have == len(sites) > 1 else None
                    yield Claim.of("function", group, form=form, name=item["name"], count=str(have) if have else None)  # fmt: skip

        def spoken(make: Callable[[], Iterator[Claim]]) -> Callable[[], Iterator[Claim]]:
            """Of a sample, what is said of the group is said of the inspected sites alone."""
            told = {"sampled": sampled} if sampled else {}
            return lambda: (
                Claim.of(claim.kind, claim.subject, **dict(claim.says), **told)
                if claim.subject and claim.kind != "change"
                else claim
                for claim in make()
            )

        year_before = f"{self.drawn.year - 1}Q{self.drawn.number}"
        makers = {
            f"{group}_average": average,
            f"{group}_change": changed(f"{group}_change", self._before, "上季度"),
            f"{group}_year_change": changed(f"{group}_year_change", year_before, "上年同期"),
            f"{group}_rate": rate,
            f"{group}_units": units,
            f"{group}_units_except": units_except,
            f"{group}_rises": rises,
            f"{group}_standings": standing,
            f"{group}_low": low,
            f"{group}_bands": bands,
            f"{group}_full": full,
            f"{group}_without_deduction": clean,
            f"{group}_indicators": indicators,
            f"{group}_deduction": deduction,
            f"{group}_bonus": bonus,
            f"{group}_bonus_least": least,
            f"{group}_bonus_stage": stage,
            f"{group}_functions": functions,
        }
        return {name: spoken(make) for name, make in makers.items()}

    # ---- accounts ---------------------------------------------------------------------------------------------------

    def _accounts_of(self, group: str) -> list[Row]:
        return [row for row in self.drawn.rows["account"] if self._group[row["unit_id"]] == group]

    def _platform_counts(self) -> dict[str, int]:
        return Counter(row["platform_id"] for row in self.drawn.rows["account"])

    def account_average(self, group: str) -> Level | None:
        """The average score of the accounts of districts, or of departments (新媒体平均分)."""
        rule, floor = self.book.get("account_score"), self.book["scoring"].get("veto_score")
        scores = [row["score"] if row["passed"] else floor for row in self._accounts_of(group)]
        known = [Fraction(each) for each in scores if each is not None]
        if rule is None or not known:
            return None
        return self._level(
            sum(known, Fraction(0)) / len(known), self._decimals(f"{group}_account_average", rule["decimals"])
        )

    def account_rate(self) -> Level | None:
        """The pass rate as it is printed; none where it is printed with further decimals (合格率)."""
        rows = self.drawn.rows["account"]
        if not rows:
            return None
        passed = sum(row["passed"] for row in rows)
        level = self._level(
            Fraction(100 * passed, len(rows)), self._decimals("account_rate", self.book["decimals"]["rate"])
        )
        return None if 0 < passed < len(rows) and level.printed in (0, 100) else level

    def _of_accounts(self) -> dict[str, Callable[[], Iterator[Claim]]]:
        rows = self.drawn.rows["account"]
        counts, names = self._platform_counts(), {item["id"]: item["name"] for item in self.drawn.platforms["platform"]}
        failed = sorted((row for row in rows if not row["passed"]), key=lambda row: self._order[row["unit_id"]])
        last = self._last

        def in_order() -> list[str]:
            listed = list(self.drawn.platforms["platform"])
            if self.drawn.platforms["order"] == "count_desc":
                ahead = [item for item in listed if not item.get("last")]
                listed = sorted(ahead, key=lambda item: -counts[item["id"]]) + [
                    item for item in listed if item.get("last")
                ]
            return [item["id"] for item in listed]

        def scope() -> Iterator[Claim]:
            day = self._items["新媒体统计截至"]
            yield (
                Claim.of("accounts", day=day, count=str(len(rows)))
                if rows
                else Claim.of("accounts", form="none", day=day)
            )

        def change() -> Iterator[Claim]:
            if rows and last:
                gained = len(rows) - len(last.drawn.rows["account"])
                form = "rise" if gained > 0 else "fall" if gained else "flat"
                yield Claim.of("accounts_change", form=form, by=str(abs(gained)) if gained else None)

        def platforms() -> Iterator[Claim]:
            if rows:
                yield Claim.of(
                    "platforms", platforms=tuple((names[at], str(counts[at])) for at in in_order() if counts[at])
                )

        def platform_changes() -> Iterator[Claim]:
            if not rows or last is None or last.drawn.platforms["id"] != self.drawn.platforms["id"]:
                return
            then = last._platform_counts()
            gained = [(names[at], counts[at] - then[at]) for at in in_order() if counts[at] != then[at]]
            if gained:
                told = tuple((name, "增加" if by > 0 else "减少", str(abs(by))) for name, by in gained)
                yield Claim.of("platform_changes", changes=told)
            else:
                yield Claim.of("platform_changes", form="flat")

        def owners() -> Iterator[Claim]:
            own = {
                section: len(self._accounts_of(section.removesuffix("s"))) for section in ("districts", "departments")
            }
            having = [section for section, number in own.items() if number]
            if len(having) == 1:
                yield Claim.of("owners", form=having[0], **{having[0]: str(len(rows))})
            elif having:
                shares = {
                    f"{section}_share": self._percent(number, len(rows), "account_owners")
                    for section, number in own.items()
                }
                yield Claim.of("owners", **{section: str(number) for section, number in own.items()}, **shares)

        def rate() -> Iterator[Claim]:
            if rows and not failed:
                yield Claim.of("account_rate", form="all")
            elif rows:
                yield Claim.of("account_rate", rate=self._percent(len(rows) - len(failed), len(rows), "account_rate"))

        def platform_rates() -> Iterator[Claim]:
            if failed:
                bad = Counter(row["platform_id"] for row in failed)
                told = [(names[at], self._percent(counts[at] - bad[at], counts[at], "account_platform_rates"))
                        for at in in_order() if counts[at]]  # fmt: skip
                yield Claim.of("platform_rates", platforms=tuple(told))

        def rate_change() -> Iterator[Claim]:
            moved = self._change(self.account_rate(), lambda then: then.account_rate(), self._before, "")
            if moved is not None and not moved.printed:
                yield Claim.of("account_rate_change", form="flat")
            elif moved is not None:
                by = plain(moved.printed, moved.decimals, self._zeros)
                yield Claim.of("account_rate_change", form="rise" if moved.printed > 0 else "fall", by=by)

        def owned(group: str) -> tuple[list[str], list[str]]:
            """Units with accounts: those all of whose accounts passed, and the others."""
            having = sorted({row["unit_id"] for row in self._accounts_of(group)}, key=lambda unit: self._order[unit])
            below = [unit for unit in having if any(row["unit_id"] == unit for row in failed)]
            return [unit for unit in having if unit not in below], below

        def owner_rate(group: str) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                own, statement = self._accounts_of(group), f"{group}_accounts"
                if not own:
                    return
                at_100, below = owned(group)
                share = self._percent(sum(row["passed"] for row in own), len(own), statement)
                if not below:
                    yield Claim.of("account_share", f"{group}s", form="all", rate=share)
                elif at_100:
                    who = self._listed(self._names(at_100), statement)
                    yield Claim.of("account_share", f"{group}s", rate=share, who=who, full=self._full(statement))
                else:
                    yield Claim.of("account_share", f"{group}s", form="none", rate=share, full=self._full(statement))

            return claims

        def owner_below(group: str) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                at_100, below = owned(group)
                if 0 < len(below) <= _FEW and len(at_100) > 1:
                    who = self._listed(self._names(below), f"{group}_accounts_below", named=True)
                    full = self._full(f"{group}_accounts")
                    yield Claim.of("accounts_below", f"{group}s", who=who, others=str(len(at_100)), full=full)

            return claims

        def owner_average(group: str) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                level, own = self.account_average(group), self._accounts_of(group)
                if level is not None:
                    scored = sum(row["passed"] or "veto_score" in self.book["scoring"] for row in own)
                    yield Claim.of("account_average", f"{group}s", scored=str(scored) if scored < len(own) else None,
                                   value=self._average(level.exact, level.decimals),
                                   full=self._points(self.book["account_score"]["full_mark"]))  # fmt: skip

            return claims

        def owner_change(group: str) -> Callable[[], Iterator[Claim]]:
            item = "区新媒体平均分" if group == "district" else "部门新媒体平均分"
            change_ = self._change(
                self.account_average(group), lambda then: then.account_average(group), self._before, item
            )
            return lambda: self._moved(f"{group}_account_change", f"{group}s", change_, "上季度")

        def failures() -> Iterator[Claim]:
            if rows and not failed:
                yield Claim.of("account_failures", form="none")
            elif rows:
                yield Claim.of(
                    "account_failures",
                    form="all" if len(failed) == len(rows) else None,
                    count=str(len(failed)),
                    each=several(len(failed)) if len(failed) == len(rows) else None,
                )

        def failure_list() -> Iterator[Claim]:
            if failed and self._choice("account_failure_list")["naming"] == "named":
                quoted = tuple(f"“{row['account']}”{names[row['platform_id']]}" for row in failed)
                yield Claim.of("account_list", names=quoted, several="分别" if len(quoted) > 1 else None)
            elif failed:
                yield Claim.of("account_list", form="units", units=str(len({row["unit_id"] for row in failed})))

        def reasons() -> Iterator[Claim]:
            found = Counter(
                row["veto"] for row in failed
            ).most_common()  # equal ones in the order of their first account
            if len(found) == 1:
                yield Claim.of("account_reasons", form="one", count=str(found[0][1]), reason=found[0][0])
            elif found:
                yield Claim.of("account_reasons", reasons=tuple((name, str(number)) for name, number in found))

        def concentration() -> Iterator[Claim]:
            found = Counter(row["unit_id"] for row in failed).most_common()
            worst = self._first(found, self._choice("account_concentration")["groups"])
            if worst and len(worst) < len(found):
                share = self._percent(sum(number for _, number in worst), len(failed), "account_concentration")
                who = self._listed(self._names(unit for unit, _ in worst), "account_concentration", named=True)
                yield Claim.of("account_concentration", who=who, share=share)

        return {
            "account_scope": scope, "account_change": change, "account_platforms": platforms,
            "account_platform_changes": platform_changes, "account_owners": owners, "account_rate": rate,
            "account_platform_rates": platform_rates, "account_rate_change": rate_change, "account_failures": failures,
            "account_failure_list": failure_list, "account_failure_reasons": reasons, "account_concentration": concentration,
            **{f"{group}_accounts": owner_rate(group) for group in _GROUPS},
            **{f"{group}_accounts_below": owner_below(group) for group in _GROUPS},
            **{f"{group}_account_average": owner_average(group) for group in _GROUPS},
            **{f"{group}_account_change": owner_change(group) for group in _GROUPS},
        }  # fmt: skip

    @staticmethod
    def _first(found: list[tuple[str, int]], places: int) -> list[tuple[str, int]]:
        """Those that take the first places; who ties with the last of them counts too."""
        return [item for item in found if sum(other > item[1] for _, other in found) < places]

    # ---- messages ---------------------------------------------------------------------------------------------------

    def _due_day(self, row: Row) -> dt.date:
        """The last working day of the limit."""
        day, left = row["created_at"].date(), self.drawn.world.limit
        while left:
            day += dt.timedelta(days=1)
            left -= _is_workday(day)
        return day

    @cached_property
    def _states(self) -> dict[str, Toml]:
        return {item["id"]: item for item in self.drawn.world.statuses}

    @cached_property
    def _due(self) -> list[Row]:
        """Accepted messages whose limit ends within the window (应办结)."""
        (end,) = (row["end_on"] for row in self.drawn.rows["info_window"] if row["layout"] == "error_report")
        rows = (row for row in self.drawn.rows["error_report"] if self._states[row["status_id"]]["accepted"])
        return [row for row in rows if self._due_day(row) <= end]

    @cached_property
    def _on_time(self) -> list[Row]:
        closed = (row for row in self._due if self._states[row["status_id"]]["closed"])
        return [row for row in closed if row["closed_at"].date() <= self._due_day(row)]

    def _of_messages(self) -> dict[str, Callable[[], Iterator[Claim]]]:
        rows, due, on_time = self.drawn.rows["error_report"], self._due, self._on_time
        late = [row for row in due if row not in on_time]
        by_unit = sorted(
            Counter(row["unit_id"] for row in rows).items(), key=lambda item: (-item[1], self._order[item[0]])
        )

        def messages() -> Iterator[Claim]:
            days = {"since": self._items.get("找错起始说明") or _day(self._items["找错起始日期"]),
                    "until": _day(self._items["找错截止日期"])}  # fmt: skip
            if not rows:
                yield Claim.of("messages", form="none", **days)
                return
            units = Counter(self._group[unit] for unit, _ in by_unit)
            told = {f"{group}s": str(units[group]) for group in _GROUPS if units[group]}
            yield Claim.of("messages", count=str(len(rows)), **days, **told)

        def senders(group: str) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                found = sorted(
                    (unit for unit, _ in by_unit if self._group[unit] == group), key=lambda unit: self._order[unit]
                )
                if len(found) == sum(each == group for each in self._group.values()):
                    yield Claim.of("senders", f"{group}s", form="all")
                elif found:
                    who = self._listed(self._names(found), f"error_report_{group}s", named=True)
                    yield Claim.of("senders", f"{group}s", who=who)

            return claims

        def types() -> Iterator[Claim]:
            labels = {item["id"]: item["label"] for item in self.drawn.world.types}
            listed = [item["label"] for item in self.drawn.world.types]
            counted = Counter(labels[row["type_id"]] for row in rows)
            found = sorted(counted, key=lambda label: (-counted[label], listed.index(label)))
            choice = self._choice("error_report_types")
            shown = found if choice["list_form"] == "all" else found[: choice["list_count"]]
            if rows:
                form = None if len(shown) < len(found) else "all"  # the main ones only where there are others
                yield Claim.of("message_types", names=tuple(shown), form=form)

        def rate() -> Iterator[Claim]:
            if due:
                form = {} if late else {"form": "all"}
                yield Claim.of("on_time", rate=self._percent(len(on_time), len(due), "error_report_on_time"), **form)

        def concentration() -> Iterator[Claim]:
            statement = "error_report_concentration"
            top = self._first(by_unit, self._choice(statement)["groups"])
            if not rows or len(top) == len(by_unit):
                return
            units = [unit for unit, _ in top]
            whole = {unit: sum(row["unit_id"] == unit for row in due) for unit in units}
            kept = {unit: sum(row["unit_id"] == unit for row in on_time) for unit in units}
            share = self._percent(sum(number for _, number in top), len(rows), statement)
            rated, each = None, None
            if all(whole.values()):  # a rate of units is one of each of them
                rated = self._percent(sum(kept.values()), sum(whole.values()), "error_report_on_time")
                each = "均" if len(top) > 1 and kept == whole else None
            who = self._listed(self._names(units), statement)
            yield Claim.of("message_concentration", who=who, share=share, rate=rated, each=each)

        def lateness() -> Iterator[Claim]:
            if due and not late:
                yield Claim.of("late", form="none", each=several(len(due)))
            elif due:
                form = "all" if len(late) == len(due) else None
                yield Claim.of("late", form=form, count=str(len(late)), each=several(len(late)) if form else None)

        def late_units() -> Iterator[Claim]:
            found = sorted({row["unit_id"] for row in late}, key=lambda unit: self._order[unit])
            if found:
                yield Claim.of(
                    "late_units", who=self._listed(self._names(found), "error_report_late_units", named=True)
                )

        return {"error_reports": messages, "error_report_districts": senders("district"),
                "error_report_departments": senders("department"), "error_report_types": types, "error_report_on_time": rate,
                "error_report_concentration": concentration, "error_report_late": lateness,
                "error_report_late_units": late_units}  # fmt: skip

    # ---- the inspection, other work, problems -----------------------------------------------------------------------

    def _of_work(self) -> dict[str, Callable[[], Iterator[Claim]]]:
        told: dict[str, list[Row]] = defaultdict(list)
        for row in self.drawn.rows["supplement"]:
            told[row["supplement_id"]].append(row)

        def words(kind: str, item: str, **more: str) -> Callable[[], Iterator[Claim]]:
            text = self._items.get(item, "").rstrip("。")
            return lambda: iter([Claim.of(kind, what=text, **more)] if text else [])

        def number(kind: str, item: str, *, none: bool) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                for row in told[item]:
                    if row["total"]:
                        yield Claim.of(kind, count=str(row["total"]))
                    elif none:
                        yield Claim.of(kind, form="none")

            return claims

        def share(kind: str, *, whole: bool = True) -> Callable[[], Iterator[Claim]]:
            def claims() -> Iterator[Claim]:
                for row in told[kind]:
                    total: dict[str, str | None] = {"whole": str(row["total"])} if whole else {}
                    if row["total"] and row["part"] in (0, row["total"]):
                        form = "all" if row["part"] else "none"
                        words, one = _EACH.get((kind, form), ("均", None))
                        if (kind, form) != ("superior", "none"):
                            total["each"] = several(row["total"], words, one)
                        yield Claim.of(kind, form=form, **total)
                    elif row["total"]:
                        rate = self._percent(row["part"], row["total"], statements[kind])
                        yield Claim.of(kind, part=str(row["part"]), rate=rate, **total)

            return claims

        def period() -> Iterator[Claim]:
            ends = [self._items.get(f"检查{name}日期", "") for name in ("开始", "截止")]
            if all(ends):
                yield Claim.of("period", start=_day(ends[0]), end=_day(ends[1]))

        def silent() -> Iterator[Claim]:
            found = sorted((row["unit_id"] for row in told["silent_units"]), key=lambda unit: self._order[unit])
            if found and len(found) == len(self.drawn.units):
                yield self._all("silent", "", len(found))
            elif found:
                yield Claim.of("silent", who=self._listed(self._names(found), "silent_units", named=True))

        statements = {"superior": "superior_check", "reposts": "reposts", "ipv6": "ipv6", "rectified": "rectified",
                      "rectified_on_time": "rectified_on_time", "last_rectified": "last_rectified"}  # fmt: skip
        told["superior"] = told["superior_check"]
        return {
            "inspection_period": period,
            "inspection_method": words("method", "检查方式"),
            "inspection_topic": words("topic", "本季度主题", quarter=self._label),
            "special_inspection": words("special", "专项检查"),
            "visits": number("visits", "visits", none=False),
            "cross_sites": number("cross_sites", "cross_sites", none=False),
            "cross_problems": number("cross_problems", "cross_problems", none=True),
            "accounts_opened": number("opened", "accounts_opened", none=True),
            "accounts_closed": number("closed", "accounts_closed", none=True),
            "accounts_unregistered": number("unregistered", "accounts_unregistered", none=True),
            "accounts_cleaned": number("cleaned", "accounts_cleaned", none=True),
            "accountability": number("accountability", "accountability", none=False),
            **{name: share(kind, whole=kind != "rectified_on_time") for kind, name in statements.items()},
            "silent_units": silent,
        }

    def _cited_by(self, row: Row) -> set[str]:
        """By which names a problem may cite a message: none where it was not accepted (留言作为依据)."""
        if not self._states[row["status_id"]]["accepted"]:
            return set()
        kind = next(item for item in self.drawn.world.types if item["id"] == row["type_id"])
        named = {"找错留言", "网民留言", f"{kind['name']}留言", f"{kind['label']}留言",
                 f"{self._states[row['status_id']]['name']}留言"}  # fmt: skip
        named |= {"未按期办结留言"} if row in self._due and row not in self._on_time else set()
        return named | ({"未办结留言"} if not self._states[row["status_id"]]["closed"] else set())

    def _of_problems(self) -> dict[str, Callable[[], Iterator[Claim]]]:
        confirmed = [row for row in self.drawn.rows["deduction"] if row["confirmed"]]
        failed = [row for row in self.drawn.rows["account"] if not row["passed"]]
        owners = {site.row["code"]: site.owner for site in self.sites}

        def count() -> Iterator[Claim]:
            if self.book["detail"] == "totals":
                return
            sites = len({row["site_code"] for row in confirmed})
            if confirmed:
                yield Claim.of("problem_count", count=str(len(confirmed)), sites=str(sites))
            elif all(site.scored is not None and not site.scored.lost for site in self.sites):
                yield Claim.of("problem_count", form="none")

        def clean() -> Iterator[Claim]:
            if self.book["detail"] == "totals":
                return
            faulty = {site.owner for site in self.sites if site.scored is None or site.scored.lost}
            inspected = list(dict.fromkeys(site.owner for site in self.sites))
            found = self._names(unit for unit in inspected if unit not in faulty)
            if found and not faulty:
                told = self._all("clean_units", "", len(found))
                yield Claim.of("clean_units", **dict(told.says), sampled=self._sampled)
            elif found:
                yield Claim.of("clean_units", who=self._listed(found, "clean_units"), sampled=self._sampled)

        def concerned() -> Iterator[Claim]:
            if not self._choice("problems")["enabled"]:
                return
            names = {item["id"]: item["name"] for item in self.book["indicator"]}
            vetoes = {item["id"]: item["name"] for item in self.book["veto_indicator"] if item["applies"] == "site"}
            rows = [(owners[row["site_code"]], {names[row["indicator_id"]]}) for row in confirmed]
            rows += [(site.owner, {vetoes[site.veto]}) for site in self.sites if site.veto != "none"]
            rows += [(row["unit_id"], {"政务新媒体", row["veto"]}) for row in failed]
            rows += [(row["unit_id"], self._cited_by(row)) for row in self.drawn.rows["error_report"]]
            for paragraph in self.drawn.rows["info_paragraph"]:
                cited = {*paragraph["indicators"].split("、")} if paragraph["section"] == "problem" else set()
                found = {unit for unit, by in rows if by & cited}
                if found:
                    units = sorted(found, key=lambda unit: self._order[unit])
                    yield Claim.of("problem_units", who=self._listed(self._names(units), "problem_units", named=True))

        def order() -> Iterator[Claim]:
            day, sites = self._items.get("责令整改期限"), sum(site.failed for site in self.sites)
            told = {name: str(number) for name, number in (("sites", sites), ("accounts", len(failed))) if number}
            if day and told:
                yield Claim.of("order", day=_day(day), **told)

        def deadline() -> Iterator[Claim]:
            if "整改报送期限" in self._items:
                yield Claim.of("deadline", day=_day(self._items["整改报送期限"]))

        def practices() -> Iterator[Claim]:
            names = {item["id"]: item["name"] for item in self.drawn.platforms["platform"]}
            for row in self.drawn.rows["info_practice"]:
                quoted = f"“{row['account']}”{names.get(row['platform_id'])}"
                yield Claim.of("practice", who=quoted if row["account"] else self._short[row["unit_id"]],
                               number=str(row["number"]))  # fmt: skip

        return {"problem_count": count, "clean_units": clean, "problem_units": concerned, "closure_order": order,
                "deadline": deadline, "practices": practices}  # fmt: skip

    # ---- whom the notice names for faults -------------------------------------------------------------------------------

    def named(self) -> dict[str, set[str]]:
        """Every name that an unfavourable statement, or an annex in its stead, prints (点名)."""
        found: dict[str, set[str]] = {}
        for item in self.drawn.world.statements:
            if "naming" in item and self._choice(item["id"])["naming"] == "named":
                says = [dict(claim.says) for claim in self._told[item["id"]]]
                names = {name for each in says for name in each.get("names", each.get("who", ((),))[0])}
                found[item["id"]] = names
        rows = [
            dict(claim.says)
            for claim in self.annexes()
            if (claim.kind, claim.subject) == ("row", "unqualified_accounts")
        ]
        if rows and not found["account_failure_list"]:
            platforms = {item["id"]: item["name"] for item in self.drawn.platforms["platform"]}
            found["account_failure_list"] = {
                f"“{row['account']}”{platforms[row['platform_id']]}"
                for row in self.drawn.rows["account"]
                if not row["passed"]
            }
        return {statement: names for statement, names in found.items() if names}

    def behind(self, statement: str, sheet: str) -> set[int]:
        """The rows of a sheet that may stand behind the names of a statement (依据的行)."""
        names, named = self._short, self.named()[statement]
        sites = {site.row["code"]: {site.row["name"], names[site.owner]} for site in self.sites}
        found, places = set[int](), dict[str, int]()
        table = {"评分表": "site_result"}.get(sheet, sheet)
        for number, row in enumerate(self.drawn.rows[table], start=1):
            if table == "site_result":
                fits = bool(sites[row["site_code"]] & named)
            elif table == "deduction":
                fits = row["confirmed"] and bool(sites[row["site_code"]] & named)
            elif table == "error_report":
                late = row in self._due and row not in self._on_time
                fits = names[row["unit_id"]] in named and (late or statement != "error_report_late_units")
            elif table == "account":
                fits = not row["passed"] and (
                    names[row["unit_id"]] in named or any(f"“{row['account']}”" in name for name in named)
                )
            else:
                fits = row["supplement_id"] == statement and names[row["unit_id"]] in named
            place = places.setdefault(row["site_code"], len(places) + 1) if table == "site_result" else number
            found |= {place} if fits else set()
        return found

    # ---- annexes ----------------------------------------------------------------------------------------------------

    def annexes(self) -> Iterator[Claim]:
        """Every annex, and every row of it, that the notice must have, in order (应有附件)."""
        if not self._choice("attachments")["enabled"]:
            return
        policies = self.book.get("annex", [{"table": "district_scores"}, {"table": "department_scores"}])
        if "附件" in self._items:
            known, names = (
                {policy["table"]: policy for policy in policies},
                {name: at for at, (name, _) in ANNEXES.items()},
            )
            asked = [re.fullmatch("(.+?)(（按得分）)?", part) for part in self._items["附件"].split("、")]
            policies = [known.get(names[part[1]], {"table": names[part[1]]}) | {"order": "score" if part[2] else "roster"}
                        for part in asked if part]  # fmt: skip
        rows: dict[str, Callable[[bool], Iterator[dict[str, str]]]] = {
            "district_scores": lambda ranked: self._score_rows("district", ranked),
            "department_scores": lambda ranked: self._score_rows("department", ranked),
            "unqualified_accounts": lambda _: self._account_rows(),
            "error_reports": self._message_rows,
        }
        for policy in policies:
            table, made = policy["table"], [*rows[policy["table"]](policy.get("order") == "score")]
            columns = tuple(policy.get("columns") or self._all_columns(table))
            if made or table.endswith("_scores"):
                yield Claim.of("annex", table, quarter=self._label, columns=columns)
            for number, row in enumerate(made, start=1):
                told = row | {"number": str(number)}
                yield Claim.of("row", table, **{name: told[name] for name in columns})

    def _all_columns(self, table: str) -> Iterator[str]:
        """All columns of an annex; a score that has one part is told without it."""
        bonus = {f"{item['id']}_scores": Fraction(item["bonus"]) for item in self.book["group"]}
        return (name for name in ANNEXES[table][1] if name not in ("base_score", "bonus") or bonus[table])

    def _score_rows(self, group: str, ranked: bool) -> Iterator[dict[str, str]]:
        sites = self._own(group)
        totals = [site.total for site in sites if site.total is not None]
        if ranked:  # equal ones stay in roster order
            sites = sorted(sites, key=lambda site: (site.total is None, -(site.total or 0)))
        for site in sites:
            place = None if site.total is None else 1 + sum(total > site.total for total in totals)
            scored = site.scored
            points = {"base_score": scored.base if scored else None, "bonus": scored.bonus if scored else None,
                      "score": site.total}  # fmt: skip
            yield {
                "owner": self._short[site.owner],
                "site": site.row["name"],
                "place": _NOTHING if place is None else str(place),
                **{name: _NOTHING if value is None else self._points(value) for name, value in points.items()},
            }

    def _account_rows(self) -> Iterator[dict[str, str]]:
        """Unqualified accounts name their units: only where that was decided."""
        if self._choice("account_failure_list")["naming"] != "named":
            return
        names = {item["id"]: item["name"] for item in self.drawn.platforms["platform"]}
        failed = (row for row in self.drawn.rows["account"] if not row["passed"])
        for row in sorted(failed, key=lambda row: self._order[row["unit_id"]]):
            yield {"owner": self._short[row["unit_id"]], "platform": names[row["platform_id"]],
                   "account": row["account"], "veto": row["veto"]}  # fmt: skip

    def _message_rows(self, ranked: bool) -> Iterator[dict[str, str]]:
        of = {name: Counter(row["unit_id"] for row in rows) for name, rows in
              {"messages": self.drawn.rows["error_report"], "due": self._due, "on_time": self._on_time}.items()}  # fmt: skip
        units = sorted(of["messages"], key=lambda unit: self._order[unit])
        if ranked:
            units.sort(
                key=lambda unit: -Fraction(of["on_time"][unit], of["due"][unit]) if of["due"][unit] else Fraction(1)
            )
        for unit in units:
            kept, whole = of["on_time"][unit], of["due"][unit]
            rate = self._percent(kept, whole, "error_report_on_time") if whole else _NOTHING
            yield {
                "owner": self._short[unit],
                "rate": rate,
                **{name: str(counted[unit]) for name, counted in of.items()},
            }


def _day(text: str) -> str:
    """A day as notices print it, from any spelling."""
    year, month, day = map(int, re.findall(r"\d+", text))
    return f"{year}年{month}月{day}日"
