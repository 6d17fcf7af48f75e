"""Notices made up for the auditor: right ones by chance, and wrong ones made of them (随机通报与播种的错误).

Rounding, differences and sums are reckoned here a second time, by ``decimal``, never by the code under test.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from random import Random
from typing import Any

from pipeline.review.audit.answers import Kind

Content = dict[str, Any]


def rounded(value: Fraction, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding)


def text(value: Decimal | Fraction) -> str:
    shown = format(value if isinstance(value, Decimal) else rounded(value, 2), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def percent(part: int, whole: int, decimals: int) -> str:
    while rounded(Fraction(100 * part, whole), decimals) in (0, 100) and 0 < part < whole:
        decimals += 1
    return f"{text(rounded(Fraction(100 * part, whole), decimals))}%"


@dataclass
class Truth:
    """What a figure really is: its exact value, its decimals."""

    exact: Fraction
    decimals: int
    part: int = 0
    whole: int = 0


@dataclass
class Made:
    """A right notice: the content of its file, and the truth of every quotient by name."""

    content: Content
    truths: dict[str, Truth] = field(default_factory=dict)

    def entry(self, table: str, name: str) -> Content:
        found: Content = next(item for item in self.content[table] if item.get("name", item.get("total")) == name)
        return found


def right_notice(rng: Random) -> Made:
    """A notice all of whose figures are right, some told with much, some with little (随机的正确通报)."""
    made = Made({"count": [], "rate": [], "average": [], "change": [], "sum": [], "bands": [], "overall": []})
    for part in rng.sample([_accounts, _owners, _averages, _bands, _balances], rng.randint(2, 5)):
        part(rng, made)
    return made


def _rate(rng: Random, made: Made, name: str, part: int, whole: int, told: Content) -> None:
    decimals = rng.choice((1, 1, 2))
    made.content["rate"].append({"name": name, "printed": percent(part, whole, decimals), "decimals": decimals, **told})
    made.truths[name] = Truth(Fraction(100 * part, whole), decimals, part, whole)


def _accounts(rng: Random, made: Made) -> None:
    """Counts by platform, their total, their rates, the rate of all."""
    sizes = {f"平台{n}": rng.choice((rng.randint(8, 60), rng.randint(60, 1500))) for n in range(rng.randint(2, 5))}
    passed = {name: size - rng.randint(0, max(1, size // 20)) for name, size in sizes.items()}
    total, ok = sum(sizes.values()), sum(passed.values())
    for name, size in {**sizes, "账号": total}.items():
        made.content["count"].append({"name": name, "printed": f"{size}个", "of": "账号"})
    made.content["sum"].append({"total": "账号", "parts": list(sizes)})
    for name, size in sizes.items():
        told = ({}, {"part": passed[name]}, {"rest": size - passed[name]})[rng.randint(0, 2)]
        _rate(rng, made, f"{name}合格率", passed[name], size, {"whole": name, **told})
    _rate(rng, made, "总体合格率", ok, total, {"whole": "账号"})
    made.content["overall"].append({"total": "总体合格率", "groups": [f"{name}合格率" for name in sizes]})
    before = rounded(made.truths["总体合格率"].exact, 3).quantize(Decimal("0.1")) - Decimal(rng.randint(-9, 9)) / 10
    _change(rng, made, "总体合格率", f"{before}%", "个百分点")


def _owners(rng: Random, made: Made) -> None:
    """A rate of all, and those of two groups whose sizes are not printed."""
    first, second = rng.randint(20, 900), rng.randint(20, 900)
    lost = rng.randint(0, first // 10), rng.randint(0, second // 10)
    _rate(rng, made, "全市合格率", first + second - sum(lost), first + second, {"whole": first + second})
    _rate(rng, made, "各区合格率", first - lost[0], first, {})
    _rate(rng, made, "部门合格率", second - lost[1], second, {})
    made.content["overall"].append({"total": "全市合格率", "groups": ["各区合格率", "部门合格率"]})


def _averages(rng: Random, made: Made) -> None:
    """Averages of scores: by all tie groups, by the total, by the first groups, by the number of units."""
    step = Decimal(rng.choice(("1", "0.5", "0.1", "0.01")))
    for told in ("tops", "total", "few", "units"):
        name, units = f"平均分{told}", rng.randint(5, 60)
        scores = sorted((100 - step * rng.randint(0, int(8 / step)) for _ in range(units)), reverse=True)
        total, decimals = sum(scores), rng.choice((1, 2))
        exact = Fraction(total) / units
        groups = [{"score": text(score), "units": scores.count(score)} for score in sorted(set(scores), reverse=True)]
        entry: Content = {"name": name, "units": units, "step": str(step), "full_mark": 100, "decimals": decimals}
        entry |= {"tops": {"tops": groups}, "few": {"tops": groups[:3]}, "total": {"total": str(total)}}.get(told, {})
        made.content["average"].append({**entry, "printed": f"{text(rounded(exact, decimals))}分"})
        made.truths[name] = Truth(exact, decimals, whole=units)
        before = rounded(exact, decimals) - rng.randint(-30, 30) * Decimal(1).scaleb(-decimals)
        _change(rng, made, name, f"{text(before)}分", "分")


def _change(rng: Random, made: Made, name: str, before: str, unit: str) -> None:
    now = Decimal(made.entry("rate" if unit != "分" else "average", name)["printed"].rstrip("%分"))
    difference = now - Decimal(before.rstrip("%分"))
    words = rng.choice(("比上季度", "")) + ("提高" if difference > 0 else "下降")
    printed = f"{words}{text(abs(difference))}{unit}" if difference else "与上季度基本持平"
    made.content["change"].append({"name": f"{name}变化", "printed": printed, "now": name, "before": before})


def _bands(rng: Random, made: Made) -> None:
    edges = sorted(rng.sample(range(50, 120, 5), rng.randint(2, 4)))
    ranges = [f"[{low},{high})" for low, high in zip([0, *edges], edges, strict=False)] + [f"[{edges[-1]},)"]
    counts = [rng.randint(0, 40) for _ in ranges]
    if not sum(counts):
        counts[0] = 1
    rows = [{"range": span, "count": count} for span, count in zip(ranges, counts, strict=True)]
    rng.shuffle(rows)
    made.content["bands"].append({"name": "分数段", "total": sum(counts), "step": "0.5", "band": rows})
    _rate(rng, made, "最高一段占比", counts[-1], sum(counts), {"part": counts[-1], "whole": sum(counts)})


def _balances(rng: Random, made: Made) -> None:
    """Base less deductions plus bonus is the score: of one site exactly, of averages within their rounding."""
    base, lost, bonus = Decimal(100), Decimal(rng.randint(0, 40)) / 2, Decimal(rng.randint(0, 30))
    parts = [f"{text(base)}分", f"{text(bonus)}分"]
    made.content["sum"].append({"total": f"{text(base - lost + bonus)}分", "parts": parts, "less": [f"{text(lost)}分"]})
    units = rng.randint(5, 60)
    totals = [Fraction(rng.randint(0, units * 1000), 100) for _ in range(3)]
    exact = dict(zip(("基础分", "扣分", "加分"), totals, strict=True))
    exact["总分"] = exact["基础分"] - exact["扣分"] + exact["加分"]
    if exact["总分"] < 0:
        return
    for name, total in exact.items():
        entry = {"name": name, "units": units, "step": "0.01", "printed": f"{rounded(total / units, 2)}分"}
        made.content["average"].append(entry)
    made.content["sum"].append({"total": "总分", "parts": ["基础分", "加分"], "less": ["扣分"]})


# ---- errors --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seeded:
    """A wrong notice: its content, the figure that is wrong, how, and the right print where only one is right."""

    content: Content
    figure: str
    kind: Kind
    right: str | None


Seed = Callable[[Random, Made], Seeded | None]
SEEDS: dict[str, Seed] = {}


def _seed(function: Seed) -> Seed:
    SEEDS[function.__name__] = function
    return function


def _printed(made: Made, table: str, name: str, wrong: str, kind: Kind, right: str | None) -> Seeded | None:
    made = copy.deepcopy(made)
    entry = made.entry(table, name)
    if entry["printed"] == wrong:
        return None
    entry["printed"] = wrong
    return Seeded(made.content, name, kind, right)


def _known(made: Made) -> list[tuple[str, str, str, Truth]]:
    """Quotients whose exact value the file gives: table, name, unit, truth."""
    rates = [("rate", item["name"], "%") for item in made.content["rate"] if "part" in item or "rest" in item]
    totals = [("average", item["name"], "分") for item in made.content["average"]
              if "total" in item or item["name"] == "平均分tops"]  # fmt: skip
    return [(table, name, unit, made.truths[name]) for table, name, unit in rates + totals]


def _misrounded(rng: Random, made: Made, kind: Kind, wrongly: Callable[[Truth], Decimal]) -> Seeded | None:
    found = []
    for table, name, unit, truth in _known(made):
        wrong, right = wrongly(truth), made.entry(table, name)["printed"]
        if f"{text(wrong)}{unit}" != right and wrong not in (0, 100):
            found.append(_printed(made, table, name, f"{text(wrong)}{unit}", kind, right))
    return rng.choice(found) if found else None


@_seed
def double_rounding(rng: Random, made: Made) -> Seeded | None:
    def twice(truth: Truth) -> Decimal:
        first = rounded(truth.exact, truth.decimals + 1)
        return first.quantize(Decimal(1).scaleb(-truth.decimals), ROUND_HALF_UP)

    return _misrounded(rng, made, Kind.DOUBLE_ROUNDING, twice)


@_seed
def truncation(rng: Random, made: Made) -> Seeded | None:
    return _misrounded(rng, made, Kind.TRUNCATION, lambda truth: rounded(truth.exact, truth.decimals, ROUND_DOWN))


@_seed
def half_even(rng: Random, made: Made) -> Seeded | None:
    return _misrounded(rng, made, Kind.OTHER_MODE, lambda truth: rounded(truth.exact, truth.decimals, ROUND_HALF_EVEN))


@_seed
def double_rounding_without_part(rng: Random, made: Made) -> Seeded | None:
    """As the notice of 2021Q3 did: the whole is printed, the part is not, and no whole number gives the rate."""
    for item in made.content["rate"]:
        truth = made.truths[item["name"]]
        wrong = rounded(truth.exact, truth.decimals + 1).quantize(Decimal(1).scaleb(-truth.decimals), ROUND_HALF_UP)
        if item["printed"] == f"{text(wrong)}%" or "whole" not in item or "part" in item or "rest" in item:
            continue
        if all(percent(part, truth.whole, truth.decimals) != f"{text(wrong)}%" for part in range(truth.whole + 1)):
            return _printed(made, "rate", item["name"], f"{text(wrong)}%", Kind.DOUBLE_ROUNDING, item["printed"])
    return None


@_seed
def impossible_rate(rng: Random, made: Made) -> Seeded | None:
    for item in made.content["rate"]:
        truth = made.truths[item["name"]]
        if "whole" in item and "part" not in item and "rest" not in item and truth.whole < 300:
            given = {percent(part, truth.whole, truth.decimals) for part in range(truth.whole + 1)}
            tried = [f"{text(Decimal(rng.randint(1, 9999)) / 100)}%" for _ in range(20)]
            wrong = [one for one in tried if one not in given and len(one.partition(".")[2]) <= truth.decimals + 1]
            if wrong:
                return _printed(made, "rate", item["name"], wrong[0], Kind.IMPOSSIBLE, None)
    return None


@_seed
def complement(rng: Random, made: Made) -> Seeded | None:
    for table, name, _, truth in _known(made):
        if table == "rate" and 0 < truth.part < truth.whole:
            wrong = percent(truth.whole - truth.part, truth.whole, truth.decimals)
            return _printed(made, table, name, wrong, Kind.COMPLEMENT, made.entry(table, name)["printed"])
    return None


@_seed
def other_denominator(rng: Random, made: Made) -> Seeded | None:
    """A rate over another population of the notice."""
    wholes = {item["name"]: int(item["printed"].rstrip("个")) for item in made.content["count"]}
    for table, name, _, truth in _known(made):
        others = [whole for whole in wholes.values() if whole > truth.whole] if table == "rate" else []
        if others and truth.part:
            wrong = percent(truth.part, rng.choice(others), truth.decimals)
            return _printed(made, table, name, wrong, Kind.OTHER_DENOMINATOR, made.entry(table, name)["printed"])
    return None


@_seed
def other_state(rng: Random, made: Made) -> Seeded | None:
    """55 of 88 beside 63.6 %, which is 56 of 88."""
    for table, name, _, truth in _known(made):
        if table == "rate" and truth.part + 1 < truth.whole:
            wrong = percent(truth.part + 1, truth.whole, truth.decimals)
            seeded = _printed(made, table, name, wrong, Kind.OTHER_NUMERATOR, made.entry(table, name)["printed"])
            if seeded and _sounds_like_no_rounding(truth, wrong):
                return seeded
    return None


def _sounds_like_no_rounding(truth: Truth, wrong: str) -> bool:
    return abs(Fraction(wrong.rstrip("%")) - truth.exact) > Fraction(1, 10**truth.decimals)


@_seed
def not_all_as_all(rng: Random, made: Made) -> Seeded | None:
    name = "几乎全部"
    whole = rng.randint(2100, 9000)
    made = copy.deepcopy(made)
    right = percent(whole - 1, whole, 1)
    made.content["rate"].append({"name": name, "printed": "100%", "decimals": 1, "part": whole - 1, "whole": whole})
    return Seeded(made.content, name, Kind.NOT_ALL, right)


@_seed
def transposed_digits(rng: Random, made: Made) -> Seeded | None:
    for table, name, unit, truth in _known(made):
        right = made.entry(table, name)["printed"]
        digits = right.rstrip("%分")
        for at in range(len(digits) - 1):
            one, two = digits[at : at + 2]
            swapped = digits[:at] + two + one + digits[at + 2 :]
            within = one.isdigit() and two.isdigit() and one != two and two != "0" and swapped[-1] != "0"
            if within and Fraction(swapped) <= 100 and _sounds_like_no_rounding(truth, swapped):
                return _printed(made, table, name, f"{swapped}{unit}", Kind.SLIP, right)
    return None


@_seed
def misplaced_point(rng: Random, made: Made) -> Seeded | None:
    for table, name, unit, _ in _known(made):
        right = made.entry(table, name)["printed"]
        whole, _, rest = right.rstrip("%分").partition(".")
        if len(whole) == 2 and rest and whole[-1] != "0":
            return _printed(made, table, name, f"{whole[0]}.{whole[1]}{rest}{unit}", Kind.SLIP, None)
    return None


@_seed
def exact_change(rng: Random, made: Made) -> Seeded | None:
    """0.22 between two averages 0.23 apart: the difference was taken before rounding."""
    made = copy.deepcopy(made)
    totals = [rng.randint(900_000, 999_999) for _ in range(2)]
    units = rng.randint(30, 99)
    now, before = (Fraction(total, 100 * units) for total in totals)
    right = rounded(now, 2) - rounded(before, 2)
    wrong = rounded(now - before, 2)
    if right == wrong or not wrong or not right:
        return None
    for name, total, value in (("本期", totals[0], now), ("上期", totals[1], before)):
        made.content["average"].append({"name": name, "printed": f"{rounded(value, 2)}分", "units": units,
                                        "total": str(Decimal(total) / 100)})  # fmt: skip
    word = "提高" if wrong > 0 else "下降"
    told = {"name": "两期变化", "printed": f"{word}{abs(wrong)}分", "now": "本期", "before": "上期"}
    made.content["change"].append(told)
    return Seeded(made.content, "两期变化", Kind.EXACT_CHANGE, f"{word}{text(abs(right))}分")


def _changed(made: Made) -> list[Content]:
    return [item for item in made.content["change"] if "持平" not in item["printed"]]


@_seed
def wrong_direction(rng: Random, made: Made) -> Seeded | None:
    found = _changed(made)
    if not found:
        return None
    item = rng.choice(found)
    words = ("提高", "下降") if "提高" in item["printed"] else ("下降", "提高")
    wrong = item["printed"].replace(*words)
    return _printed(made, "change", item["name"], wrong, Kind.DIRECTION, None)


@_seed
def per_cent_for_points(rng: Random, made: Made) -> Seeded | None:
    found = _changed(made)
    if not found:
        return None
    item = rng.choice(found)
    wrong = item["printed"].replace("个百分点", "%") if "百分点" in item["printed"] else item["printed"][:-1] + "%"
    return _printed(made, "change", item["name"], wrong, Kind.UNIT, item["printed"])


@_seed
def wrong_unit_of_a_level(rng: Random, made: Made) -> Seeded | None:
    table = rng.choice(("rate", "average", "count"))
    if not made.content[table]:
        return None
    item = rng.choice(made.content[table])
    unit = {"rate": "个百分点", "average": "%", "count": "分"}[table]
    return _printed(made, table, item["name"], item["printed"].rstrip("%分个") + unit, Kind.UNIT, item["printed"])


@_seed
def parts_of_a_count(rng: Random, made: Made) -> Seeded | None:
    made = copy.deepcopy(made)
    for item in made.content["sum"]:
        if item["total"] == "账号":
            total = made.entry("count", "账号")["printed"]
            item["parts"] = [f"{int(made.entry('count', name)['printed'][:-1])}个" for name in item["parts"]]
            item["parts"][0] = f"{int(item['parts'][0][:-1]) + rng.choice((1, 9, -1))}个"
            added = sum(int(part[:-1]) for part in item["parts"])
            return None if f"{added}个" == total else Seeded(made.content, "账号", Kind.SUM, None)
    return None


@_seed
def identity_of_a_score(rng: Random, made: Made) -> Seeded | None:
    """Base less deductions plus bonus, off by a hundredth."""
    made = copy.deepcopy(made)
    for item in made.content["sum"]:
        if item["total"].endswith("分") and "less" in item and item["total"] != "总分":
            right = item["total"]
            item["total"] = f"{text(Decimal(right[:-1]) + rng.choice((Decimal('0.01'), Decimal('0.5'))))}分"
            return Seeded(made.content, f"{item['parts'][0]}等的合计", Kind.SUM, right)
    return None


@_seed
def identity_of_averages(rng: Random, made: Made) -> Seeded | None:
    """Further off than four roundings can explain."""
    if not any(item["name"] == "总分" for item in made.content["average"]):
        return None
    printed = made.entry("average", "总分")["printed"]
    wrong = f"{Decimal(printed[:-1]) + rng.choice((Decimal('0.05'), Decimal('1')))}分"
    return _printed(made, "average", "总分", wrong, Kind.SUM, None)


@_seed
def overlapping_bands(rng: Random, made: Made) -> Seeded | None:
    """110 in 110分及以上 and in 100—110分."""
    made = copy.deepcopy(made)
    for item in made.content["bands"]:
        band = rng.choice([band for band in item["band"] if not band["range"].endswith(",)")])
        band["range"] = band["range"].replace(")", "]")
        return Seeded(made.content, item["name"], Kind.OVERLAP, None)
    return None


@_seed
def gap_between_bands(rng: Random, made: Made) -> Seeded | None:
    made = copy.deepcopy(made)
    for item in made.content["bands"]:
        inner = sorted(item["band"], key=lambda band: int(band["range"][1:].partition(",")[0]))[1:-1]
        lost = [band for band in inner if band["count"]]
        if lost:
            item["band"].remove(rng.choice(lost))
            return Seeded(made.content, item["name"], Kind.GAP, None)
    return None


@_seed
def average_beyond_its_tops(rng: Random, made: Made) -> Seeded | None:
    """The named scores and the rest below them cannot have so high an average."""
    made = copy.deepcopy(made)
    for item in made.content["average"]:
        if (
            item["name"] == "平均分few"
            and len(item["tops"]) > 1
            and sum(top["units"] for top in item["tops"]) < item["units"]
        ):
            named = sum(Fraction(top["score"]) * top["units"] for top in item["tops"])
            rest = item["units"] - sum(top["units"] for top in item["tops"])
            most = (named + rest * (Fraction(item["tops"][-1]["score"]) - Fraction(item["step"]))) / item["units"]
            wrong = rounded(most, item["decimals"]) + Decimal(2).scaleb(-item["decimals"])
            if wrong > 100 or "平均分few" not in made.truths:
                return None
            item["printed"] = f"{text(wrong)}分"
            step, units = Fraction(item["step"]), item["units"]
            near = Fraction(wrong) * units / step
            fits = any(rounded(step * (int(near) + more) / units, item["decimals"]) == wrong for more in (-1, 0, 1, 2))
            return Seeded(made.content, item["name"], Kind.TOPS, None) if fits else None
    return None


@_seed
def more_units_than_there_are(rng: Random, made: Made) -> Seeded | None:
    made = copy.deepcopy(made)
    for item in made.content["average"]:
        if item["name"] == "平均分few":
            item["tops"][0]["units"] += item["units"]
            return Seeded(made.content, item["name"], Kind.TOPS, None)
    return None


@_seed
def overall_outside_its_groups(rng: Random, made: Made) -> Seeded | None:
    made = copy.deepcopy(made)
    for item in made.content["overall"]:
        if item["total"] == "全市合格率":
            truth = made.truths["全市合格率"]
            best = max(Fraction(made.entry("rate", name)["printed"].rstrip("%")) for name in item["groups"])
            for lost in range(truth.whole):
                value = percent(truth.whole - lost, truth.whole, truth.decimals)
                if best + Fraction(2, 10) < Fraction(value.rstrip("%")) < 100:
                    return _printed(made, "rate", "全市合格率", value, Kind.GROUPS, None)
    return None


@_seed
def count_above_its_whole(rng: Random, made: Made) -> Seeded | None:
    made = copy.deepcopy(made)
    for item in made.content["count"]:
        if item["name"] == "账号":
            whole = int(item["printed"].rstrip("个"))
            made.content["count"].append(
                {"name": "合格账号", "printed": f"{whole + rng.randint(1, 9)}个", "of": "账号"}
            )
            return Seeded(made.content, "合格账号", Kind.OUT_OF_RANGE, None)
    return None


@_seed
def rate_above_all(rng: Random, made: Made) -> Seeded | None:
    if not made.content["rate"]:
        return None
    item = rng.choice(made.content["rate"])
    return _printed(made, "rate", item["name"], f"{rng.randint(1001, 1100) / 10}%", Kind.OUT_OF_RANGE, None)
