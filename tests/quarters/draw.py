"""Whole random quarters as raw rows (随机季度的原始数据).

What lives here: from a seed to a run of successive quarters of one office, in plain Python data: registry, rule book, rows of every
sheet, editorial choices. What must not: anything of `pipeline/`, recomputing, wording. Policies are data: they are read
from `data/reference/` and varied here.
"""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.quarters.scoring import score

Row = dict[str, Any]
Toml = dict[str, Any]
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
LENGTH = 8  # quarters in a run
_FIRST, _LAST = (2020, 1), (2022, 3)  # of a run: so that it may cross the change of rule books in 2022
_ALL = 0.12  # how often an office is as large as the registry
# Quarters in which everything is as it can be at most, by the moods of scores, accounts and messages.
_EXTREMES = (("vetoed", "failed", "late"), ("full", "sound", "on time"), ("vetoed", "none", "none"),
             ("bonusless", "one", "excluded"), ("poor", "failed", "open"))  # fmt: skip


@dataclass(frozen=True)
class World:
    """The office of a run of quarters (机关): the registry files as data, policies varied, and which sites are drawn from."""

    books: tuple[Toml, ...]
    outlines: tuple[str, ...]
    units: tuple[Toml, ...]
    sites: tuple[Toml, ...]
    platforms: tuple[Toml, ...]
    functions: tuple[Toml, ...]
    supplements: tuple[Toml, ...]
    statements: tuple[Toml, ...]
    types: tuple[Toml, ...]
    statuses: tuple[Toml, ...]
    limit: int  # working days


@dataclass(frozen=True)
class Drawn:
    """A quarter (季度): what is registered in it, the raw rows of its sheets, and its editorial choices."""

    seed: int
    year: int
    number: int
    world: World
    book: Toml
    platforms: Toml
    units: tuple[Toml, ...]  # in roster order
    sites: tuple[Toml, ...]  # registered, in roster order
    rows: dict[str, list[Row]]  # by table
    choices: dict[str, Row]  # by statement, every value
    earlier: tuple[str, ...]  # quarters whose facts are at hand

    @property
    def key(self) -> str:
        return f"{self.year}Q{self.number}"

    def __str__(self) -> str:
        return f"种子 {self.seed} 的 {self.key}"


@cache
def registered(name: str) -> Toml:
    """A registry file (登记文件)."""
    return tomllib.loads((REFERENCE / name).read_text("utf-8"))


def history(seed: int, length: int = LENGTH) -> Iterator[Drawn]:
    """The quarters of a seed, one after the other (一组相继季度)."""
    random = Random(seed)
    world = _world(random)
    year, number = random.choice([(y, n) for y in range(2020, 2023) for n in range(1, 5) if _FIRST <= (y, n) <= _LAST])
    past: list[Drawn] = []
    for _ in range(length):
        drawn = _quarter(random, seed, world, year, number, past)
        past.append(drawn)
        yield drawn
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)


# ---- the office -----------------------------------------------------------------------------------------------------


def _world(random: Random) -> World:
    units, sites = registered("units.toml")["unit"], registered("sites.toml")["site"]
    if random.random() > _ALL:
        most = 1 if random.random() < 0.1 else 6
        districts = [unit["id"] for unit in units if unit["group"] == "district"]
        departments = [unit["id"] for unit in units if unit["group"] == "department"]
        kept = {
            *random.sample(districts, random.randint(1, most)),
            *random.sample(departments, random.randint(most // 6, most + 1)),
            *random.sample([site["owner"] for site in sites if site["kind"] == "special"], random.randint(0, 1)),
            next(site["owner"] for site in sites if site["kind"] == "department" and "valid_to" not in site),
        }
        units = [unit for unit in units if unit["id"] in kept]
        orphan = random.choice([None, "statistics"])  # a unit that has special sites alone
        sites = [
            site for site in sites if site["owner"] in kept and (site["owner"], site["kind"]) != (orphan, "department")
        ]
    reports, books = registered("error-reports.toml"), REFERENCE / "rule-books"
    originals = [tomllib.loads(path.read_text("utf-8")) for path in sorted(books.glob("*.toml"))]
    return World(
        books=tuple(_varied(random, book) for book in originals),
        outlines=tuple(book["outline"]["notice"] for book in originals),
        units=tuple(units),
        sites=tuple(sites),
        platforms=tuple(registered("platforms.toml")["taxonomy"]),
        functions=tuple(
            item | {"reported": item["reported"] or random.random() < 0.3}
            for item in registered("functions.toml")["function"]
        ),
        supplements=tuple(registered("supplements.toml")["supplement"]),
        statements=tuple(registered("statements.toml")["statement"]),
        types=tuple(reports["type"]),
        statuses=tuple(reports["status"]),
        limit=reports["limit_workdays"],
    )


def _varied(random: Random, book: Toml) -> Toml:
    """A rule book whose policies are those of some other place (换了规则的检查指标)."""
    book = copy.deepcopy(book)

    def perhaps(share: float) -> bool:
        return random.random() < share

    if perhaps(0.2):
        book["rounding"]["mode"] = "half_even"
    if perhaps(0.3):
        book["change"] = {"policy": "exact", "flat": "0"}
    if perhaps(0.4):
        book["change"]["flat"] = random.choice(["0", "0.05", "0.1", "1"])
    if perhaps(0.2):
        book["decimals"]["trailing_zeros"] = True
    if perhaps(0.2):
        book["scoring"] |= {"pass_line": "80", "basic_line": "60"}
    if perhaps(0.15):
        book["scoring"]["veto_score"] = "59"
    if perhaps(0.2):
        book["coverage"] = "sample"
    if perhaps(0.2):
        book["no_service"] |= {"mode": "redistribute", "start": "100"}
    if perhaps(0.1):
        book |= {"detail": "totals", "indicator": []}
        del book["no_service"]
    elif perhaps(0.08):
        only = {item["part"]: item for item in book["indicator"] if item["level1"] != book["no_service"]["level1"]}
        book["indicator"] = [item | {"points": "30" if part == "bonus" else book["group"][0]["base"]}
                             for part, item in only.items()]  # fmt: skip
        book["no_service"] |= {"start": book["group"][0]["base"]}
    if perhaps(0.2):
        for group in book["group"]:
            group["bonus"] = random.choice(["0", group["bonus"]])
    if perhaps(0.1):
        for group in book["group"]:
            group["bands"] = []
    if perhaps(0.3):
        tables = random.sample(sorted(ANNEXES), random.randint(1, len(ANNEXES)))
        book["annex"] = [_annex(random, table) for table in tables]
    return book


# What an annex may be called in 季度信息, and its columns; the first two are always there.
ANNEXES = {
    "district_scores": ("区得分表", ("number", "owner", "base_score", "bonus", "score", "place")),
    "department_scores": ("部门得分表", ("number", "owner", "site", "base_score", "bonus", "score", "place")),
    "unqualified_accounts": ("不合格账号名单", ("number", "owner", "platform", "account", "veto")),
    "error_reports": ("留言办理情况表", ("number", "owner", "messages", "due", "on_time", "rate")),
}


def _annex(random: Random, table: str) -> Toml:
    """An annex as a rule book has it, whole or with some of its columns (附件)."""
    columns = ANNEXES[table][1]
    kept = [name for name in columns if name in columns[:2] or random.random() < 0.7]
    return {"table": table, "order": random.choice(["roster", "score"]), "columns": random.choice([[], kept])}


# ---- a quarter ------------------------------------------------------------------------------------------------------


def _holds(entry: Toml, year: int, number: int) -> bool:
    key = f"{year}Q{number}"
    return str(entry["valid_from"]) <= key <= str(entry.get("valid_to", key))


def _quarter(random: Random, seed: int, world: World, year: int, number: int, past: list[Drawn]) -> Drawn:
    (book,) = (item for item in world.books if _holds(item, year, number))
    (platforms,) = (item for item in world.platforms if _holds(item, year, number) and item["id"] in book["platforms"])
    units = tuple(
        unit | {"short": next(name["short"] for name in unit["name"] if _holds(name, year, number))}
        for unit in world.units
        if _holds(unit, year, number)
    )
    places = {unit["id"]: at for at, unit in enumerate(units)}
    valid = [site for site in world.sites if _holds(site, year, number) and site["owner"] in places]
    sites = _kept(random, sorted(valid, key=lambda site: places[site["owner"]]), book, 0.05)
    inspected = _kept(random, sites, book, 0.4) if book["coverage"] == "sample" else sites
    start, end = _window(random, year, number)
    rows: dict[str, list[Row]] = {"site_result": [], "indicator_score": [], "deduction": []}
    extreme = random.choice(_EXTREMES) if random.random() < 0.12 else ("", "", "")
    for group in book["group"]:
        own = [site for site in inspected if site["kind"] in group["kinds"]]
        _scores(random, rows, own, book, group, end, extreme[0])
    accounts = _accounts(random, book, units, platforms, end, extreme[1])
    last = past[-1] if past else None
    if last and (last.platforms, last.units) == (platforms, units) and random.random() < 0.2:
        accounts = last.rows["account"]  # nothing has changed
    rows |= {
        "account": accounts,
        "error_report": _reports(random, world, valid, start, end, extreme[2]),
        "site_function": _functions(random, world, book, inspected),
        "supplement": _supplement(random, world, units, len(sites)),
        "info_item": [*_items(random, world, book, year, number, start, end)],
        "info_window": [
            {"layout": "error_report", "field": "created_at", "start_on": start, "end_on": end},
            {"layout": "deduction", "field": "found_on", "start_on": start, "end_on": end},
            {"layout": "account", "field": "inspected_on", "start_on": start, "end_on": end},
        ],
        "info_practice": _practices(random, units, platforms, accounts),
        "info_paragraph": [*_paragraphs(random, world, book)],
        "info_earlier": _declared(random, year, number),
    }
    dropped = random.choice([0.0, 0.0, 0.3, 1.0])
    return Drawn(
        seed,
        year,
        number,
        world,
        book,
        platforms,
        units,
        tuple(sites),
        rows,
        {row["statement_id"]: row for row in _choices(random, world)},
        tuple(known.key for known in past if random.random() >= dropped),
    )


def _kept(random: Random, sites: list[Toml], book: Toml, dropped: float) -> list[Toml]:
    """Some of the sites (部分网站): of every group at least one."""
    kept = [site for site in sites if random.random() >= dropped]
    for group in book["group"]:
        if all(site["kind"] not in group["kinds"] for site in kept):
            kept.append(random.choice([site for site in sites if site["kind"] in group["kinds"]]))
    return sorted(kept, key=sites.index)


def _window(random: Random, year: int, number: int) -> tuple[dt.date, dt.date]:
    """The window of the messages ends with the quarter; it may begin long before."""
    end = dt.date(year + number // 4, number % 4 * 3 + 1, 1) - dt.timedelta(days=1)
    return end - dt.timedelta(days=random.choice([0, 10, 88, 200])), end


def _mixed(random: Random, *moods: str) -> str:
    return random.choice([*moods, "mixed", "mixed", "mixed"])


# ---- scores ---------------------------------------------------------------------------------------------------------

_VETOED = {"mixed": 0.1, "vetoed": 1.0, "half": 0.5}


def _scores(
    random: Random, rows: dict[str, list[Row]], sites: list[Toml], book: Toml, group: Toml, end: dt.date, mood: str
) -> None:
    """Rows of the score sheet of a group, and of the ledger of deductions (评分表、扣分明细)."""
    mood = mood or _mixed(random, "full", "tied", "vetoed", "half", "poor", "edge", "clean", "bonusless", "good")
    vetoes = [item["id"] for item in book["veto_indicator"] if item["applies"] == "site"]
    common = random.randrange(1 << 30)  # tied sites are drawn alike
    for site in sites:
        own = Random(common if mood == "tied" or (mood == "mixed" and random.random() < 0.4) else random.random())
        veto = random.choice(vetoes) if random.random() < _VETOED.get(mood, 0) else "none"
        result: Row = {"site_code": site["code"], "site_name": site["name"], "veto": veto}
        if book["detail"] == "totals":
            result |= _totals(own, mood, book, group) if veto == "none" else {}
        else:
            cells = [*_indicators(own, mood, book, site)]
            if veto == "none":
                made = score(book, group, cells)
                result |= _printed(base=made.base, bonus=made.bonus, total=made.total)
            else:
                cells = [cell | {"score": None} for cell in cells]
            rows["indicator_score"] += [{"site_code": site["code"]} | cell for cell in cells]
            rows["deduction"] += [row for cell in cells for row in _ledger(random, book, site, cell, end)]
        rows["site_result"].append(result)


def _printed(**totals: Fraction) -> Row:
    """The totals that the sheet prints beside the indicators (表中合计)."""
    return {f"printed_{name}": (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.01"))
            for name, value in totals.items()}  # fmt: skip


def _totals(random: Random, mood: str, book: Toml, group: Toml) -> Row:
    base = Decimal(group["base"]) - Decimal(random.choice([0, 0, 1, 2, 15, 20, 40, 41])) / 2 * (mood != "full")
    if mood == "poor":
        base -= 30
    most = Decimal(group["bonus"]) if base > Decimal(book["scoring"]["bonus_above"]) else Decimal(0)
    bonus = most if mood == "full" else Decimal(random.randint(0, int(most)))
    return {"printed_base": base, "printed_bonus": bonus, "printed_total": base + bonus}


def _indicators(random: Random, mood: str, book: Toml, site: Toml) -> Iterator[Row]:
    """A site's score under every indicator; deductions and bonuses are whole steps (各指标得分)."""
    step = Decimal(book["scoring"]["score_step"])
    budget = Decimal(random.choice([20, 40, 25, 20]))
    likely = {"full": 0.0, "clean": 0.0, "poor": 0.7, "good": 0.03}.get(mood, random.choice([0.0, 0.08, 0.3]))
    for item in book["indicator"]:
        points = Decimal(item["points"])
        exempt = item["level1"] == book["no_service"]["level1"] and not site.get("serves_public", True)
        if item["part"] == "deduct" and not exempt:
            lost = Decimal(0)
            if mood == "edge":  # exactly so many points, to stand on a gate
                lost, budget = min(points, budget), max(budget - points, Decimal(0))
            elif random.random() < likely:
                lost = step * random.randint(1, int(points / step))
            yield {"indicator_id": item["id"], "applicable": True, "score": points - lost}
        elif item["part"] == "deduct":
            yield {"indicator_id": item["id"], "applicable": False, "score": None}
        else:
            won = step * random.randint(0, int(points / step))
            won = points if mood == "full" else Decimal(0) if mood == "bonusless" else won
            yield {"indicator_id": item["id"], "applicable": True, "score": won}


def _ledger(random: Random, book: Toml, site: Toml, cell: Row, end: dt.date) -> Iterator[Row]:
    """The problem rows behind a deduction: one or two that are confirmed; at times one that is not."""
    item = next(each for each in book["indicator"] if each["id"] == cell["indicator_id"])
    row = {"site_code": site["code"], "site_name": site["name"], "indicator_id": item["id"], "problem": "问题",
           "page": "", "found_on": end}  # fmt: skip
    lost = Decimal(item["points"]) - cell["score"] if cell["score"] is not None and item["part"] == "deduct" else 0
    if lost:
        parts = [lost / 2, lost / 2] if random.random() < 0.2 else [lost]
        yield from (row | {"points": part, "confirmed": True} for part in parts)
    if random.random() < 0.02:
        yield row | {"points": Decimal(1), "confirmed": False}


# ---- accounts, messages, functions, 统计补充表 -------------------------------------------------------------------------


def _accounts(
    random: Random, book: Toml, units: tuple[Toml, ...], platforms: Toml, end: dt.date, mood: str
) -> list[Row]:
    mood = mood or _mixed(random, "none", "sound", "failed", "one", "sound", "few", "districts", "departments")
    only = {"districts": "district", "departments": "department"}.get(mood)
    owners = [unit["id"] for unit in units if only in (None, unit["group"])]
    used = random.sample(platforms["platform"], random.randint(1, len(platforms["platform"])))
    vetoes = [item["name"] for item in book["veto_indicator"] if item["applies"] == "account"]
    failing = {"failed": 1.0, "sound": 0.0, "one": 0.0}.get(mood, random.choice([0.0, 0.02, 0.15, 0.5]))
    step = Decimal(book["scoring"]["score_step"])
    drawn: list[Row] = []
    for number in range(0 if mood == "none" else random.choice([1, 4, 12, 40, 90, 400])):
        passed = random.random() >= failing and not (mood == "one" and number == 0)
        score = 100 - step * random.choice([0, 0, 1, 7, random.randint(0, 300)]) if passed else None
        drawn.append(
            {
                "account": f"账号{number + 1}",
                "platform_id": random.choice(used)["id"],
                "organiser": "",
                "unit_id": random.choice(owners),
                "passed": passed,
                "score": score if "account_score" in book else None,
                "veto": "none" if passed else random.choice(vetoes),
                "inspected_on": end,
            }
        )
    return drawn


def _reports(random: Random, world: World, sites: list[Toml], start: dt.date, end: dt.date, mood: str) -> list[Row]:
    mood = mood or _mixed(random, "none", "on time", "late", "excluded", "fresh", "open", "districts", "few")
    if mood == "districts":
        sites = [site for site in sites if site["kind"] == "portal"]
    sites = random.sample(sites, random.randint(1, len(sites)))
    accepted = [item for item in world.statuses if item["accepted"]]
    states = {
        "on time": [item for item in accepted if item["closed"]],
        "late": [item for item in accepted if item["closed"]],
        "open": [item for item in accepted if not item["closed"]],
        "excluded": [item for item in world.statuses if not item["accepted"]],
    }.get(mood, [*world.statuses, *accepted])
    drawn = []
    for number in range(0 if mood == "none" else random.choice([1, 2, 6, 25, 60])):
        site, status = random.choice(sites), random.choice(states)
        day = end if mood == "fresh" else start + dt.timedelta(days=random.randint(0, (end - start).days))
        created = dt.datetime.combine(day, dt.time(random.randint(0, 23), random.randint(0, 59)))
        days = {"on time": 0, "late": random.randint(9, 20)}.get(mood, random.choice([0, 1, 2, 3, 4, 5, 6, 9, 12]))
        drawn.append(
            {
                "report_no": f"{number + 1:05d}",
                "site_code": site["code"],
                "unit_id": site["owner"],
                "type_id": random.choice(world.types[: random.choice([1, 3, len(world.types)])])["id"],
                "status_id": status["id"],
                "created_at": created,
                "closed_at": created + dt.timedelta(days=days) if status["closed"] else None,
            }
        )
    return drawn


def _functions(random: Random, world: World, book: Toml, sites: list[Toml]) -> list[Row]:
    shares = {(item["id"], group["id"]): random.choice([0, 0.5, 0.9, 1])
              for item in world.functions for group in book["group"]}  # fmt: skip
    kinds = {kind: group["id"] for group in book["group"] for kind in group["kinds"]}
    return [
        {
            "site_code": site["code"],
            "function_id": item["id"],
            "present": random.random() < shares[item["id"], kinds[site["kind"]]],
        }
        for site in sites
        for item in world.functions
    ]


def _supplement(random: Random, world: World, units: tuple[Toml, ...], sites: int) -> list[Row]:
    """统计补充表: none, or some of its items; what continues an item does so."""
    share, rows = random.choice([0, 0.5, 1]), dict[str, list[Row]]()
    for item in world.supplements:
        base = rows.get(item.get("within", ""), [])
        if random.random() >= share or ("within" in item and not base):
            continue
        total = base[0]["part"] if base else random.choice([0, 1, 2, 7, 40, 1234])
        total = min(total, sites) if item.get("sites") else total
        part = random.choice([0, total, random.randint(0, total)])
        row = {"supplement_id": item["id"], "unit_id": "", "total": total, "part": None, "note": ""}
        if item["kind"] == "share":
            rows[item["id"]] = [row | {"part": part}]
        elif item["kind"] == "units":
            named = random.sample(units, random.choice([1, min(3, len(units)), len(units)]))
            rows[item["id"]] = [row | {"unit_id": unit["id"], "total": None} for unit in named]
        else:
            rows[item["id"]] = [row]
    return [row for item in rows.values() for row in item]


# ---- 季度信息 ---------------------------------------------------------------------------------------------------------


def _day(random: Random, day: dt.date) -> str:
    return random.choice(
        [f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}"]
    )


def _items(
    random: Random, world: World, book: Toml, year: int, number: int, start: dt.date, end: dt.date
) -> Iterator[Row]:
    required = {
        "季度": f"{year}Q{number}",
        "同意机关": "市政府",
        "同意状态": random.choice(["已同意", "未同意"]),
        "检查依据文件": book["document"],
        "新媒体统计截至": f"{end.year}年{end.month}月",
        "找错起始日期": _day(random, start),
        "找错截止日期": _day(random, end),
        "结束语": "请抓好整改落实。",
    }
    optional = {
        "发文字号": f"京政服发〔{year}〕{random.randint(1, 30)}号",
        "通报结构": random.choice(world.outlines),
        "成文日期": _day(random, end),
        "找错起始说明": "5月重新上线",
        "检查开始日期": _day(random, start),
        "检查截止日期": _day(random, end),
        "检查方式": "技术监测与人工核查相结合" + random.choice(["", "。"]),
        "本季度主题": "政策解读质量",
        "专项检查": "网站适老化专项检查",
        "责令整改期限": _day(random, end),
        "整改报送期限": _day(random, end),
        "附件": "、".join(
            ANNEXES[table][0] + random.choice(["", "（按得分）"])
            for table in random.sample(sorted(ANNEXES), random.randint(1, len(ANNEXES)))
        ),
    }
    rare = {"附件"}
    chosen = {name: content for name, content in optional.items() if random.random() < (0.4 if name in rare else 0.7)}
    yield from ({"item": name, "content": content} for name, content in (required | chosen).items())


def _practices(random: Random, units: tuple[Toml, ...], platforms: Toml, accounts: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for number in range(random.choice([0, 0, 2, 5])):
        section = random.choice(["district_sites", "department_sites", "new_media"])
        sound = [row for row in accounts if row["passed"]]
        row = {"number": number + 1, "section": section, "topic": random.choice(["政策解读", "互动交流"]), "account": "",
               "platform_id": "", "indicators": "", "content": f"注重实效（做法{number + 1}）。"}  # fmt: skip
        if section == "new_media":
            if sound:
                account = random.choice(sound)
                rows.append(row | {name: account[name] for name in ("account", "platform_id", "unit_id")})
        else:
            owners = [unit["id"] for unit in units if unit["group"] == section.removesuffix("_sites")]
            rows.append(row | {"unit_id": random.choice(owners)})
    return rows


def _paragraphs(random: Random, world: World, book: Toml) -> Iterator[Row]:
    """Problems and requirements; a problem cites some of what it is about (存在的问题、工作要求)."""
    names = random.choice([[item["name"] for item in book["indicator"]], [item["name"] for item in book["veto_indicator"]],
                           [f"{item['label']}留言" for item in world.types],
                           [f"{item['name']}留言" for item in world.statuses if item["accepted"]]])  # fmt: skip
    names = [*names, "政务新媒体", "找错留言", "未按期办结留言", "未办结留言"]
    for section, least in (("problem", 0), ("requirement", 1)):
        for number in range(1, random.randint(least, 3) + 1):
            cited = random.sample(names, min(len(names), random.randint(0, 3))) if section == "problem" else []
            yield {"section": section, "number": number, "title": f"事项{number}", "indicators": "、".join(cited),
                   "content": "有关内容另行说明。"}  # fmt: skip


_DECLARED = ("区门户平均分", "部门网站平均分", "区新媒体平均分", "部门新媒体平均分")


def _declared(random: Random, year: int, number: int) -> list[Row]:
    """Baselines of the quarter before, and of a year before, typed by hand (前期数据)."""
    before = (f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4", f"{year - 1}Q{number}")
    return [
        {"earlier": key, "item": item, "value": Decimal(random.randint(800, 1000)) / 10}
        for key in before
        for item in _DECLARED
        if random.random() < 0.3
    ]


def _choices(random: Random, world: World) -> Iterator[Row]:
    """语句选择 with every value, as the sheet and the defaults leave it."""
    on = random.choice([None, 0.5, 0.9, 1, 1])
    moved = random.choice([0, 0, 0.1])
    for item in world.statements:
        wordings = item.get("wordings", [""])
        naming = item.get("naming", "free")
        named = naming if naming == "free" else random.choice(["none", "count", "named", "named"])
        yield {
            "statement_id": item["id"],
            "enabled": item.get("enabled", True) if on is None else random.random() < on,
            "list_form": random.choice([item.get("list_form", "all"), "all", "first", "count"]),
            "list_count": random.choice([item.get("list_count", 3), 1, 2, 5]),
            "groups": random.choice([item.get("groups", 1), 1, 2, 4]),
            "decimals": random.choice([item.get("decimals"), item.get("decimals"), 0, 1, 2]),
            "place": random.randint(1, 9) if random.random() < moved else None,
            "naming": named,
            "decided_by": "局长" if named == "named" else "",
            "wording": random.choice(wordings),
        }
