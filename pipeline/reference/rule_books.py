"""What must hold of rule books, whoever writes them (检查指标的核对).

What lives here: ``rule_book_faults`` and ``period_faults``; all faults of a file are told at once, in Chinese. What must
not: reading files, raising.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.quarter import Quarter
from pipeline.reference.models import ANNEX_COLUMNS, Dated, RuleBook, Taxonomy

_PLACES = 2  # points have two decimals, and no printed value more


def rule_book_faults(book: RuleBook, taxonomies: Sequence[Taxonomy]) -> Iterator[str]:
    """What contradicts itself in a rule book, one Chinese clause per fault (检查指标的矛盾之处)."""
    yield from _group_faults(book)
    yield from _scoring_faults(book)
    yield from _indicator_faults(book) if book.detail == "indicators" else _totals_faults(book)
    yield from _account_faults(book)
    yield from _annex_faults(book)
    decimals = {"decimals.score": book.decimals.score, "decimals.rate": book.decimals.rate}
    for field, value in (decimals | {"scoring.scaled_decimals": book.scoring.scaled_decimals}).items():
        yield from _unless(0 <= value <= _PLACES, f"{field} 为 {value}，应在 0 至 {_PLACES} 之间")
    yield from _unless(book.change.flat >= 0, f"change.flat 为 {book.change.flat}，不应小于 0")
    yield from _unless(book.update_days > 0, f"update_days 为 {book.update_days}，应大于 0")
    yield from _unless("《" in book.document and "》" in book.document, "document 没有用书名号《》标出文件名称")
    yield from _platform_faults(book, taxonomies)


def period_faults(entries: Iterable[Dated]) -> Iterator[str]:
    """Quarters that two entries claim, or that lie unclaimed between two (有效期的重叠与中断)."""
    spans = sorted((_start(entry), _end(entry) or _start(entry), _end(entry) is None) for entry in entries)
    for start, end, _ in spans:
        yield from _unless(start <= end, f"有效期 {start} 至 {end} 首尾颠倒")
    for (_, end, is_open), (start, _, _) in pairwise(spans):
        yield from _unless(not is_open and end < start, f"{start} 起的有效期与前一项重叠")
        yield from _unless(is_open or end >= start.previous, f"{end} 与 {start} 之间没有一项有效")


def _unless(holds: bool, fault: str) -> Iterator[str]:
    if not holds:
        yield fault


def _start(entry: Dated) -> Quarter:
    return Quarter.parse(entry.valid_from)


def _end(entry: Dated) -> Quarter | None:
    return Quarter.parse(entry.valid_to) if entry.valid_to else None


def _twice(items: Iterable[str], what: str) -> Iterator[str]:
    for item, times in Counter(items).items():
        yield from _unless(times == 1, f"{what}“{item}”重复")


def _group_faults(book: RuleBook) -> Iterator[str]:
    yield from _unless(
        sorted(group.id for group in book.group) == ["department", "district"],
        "group 应当恰有 district 和 department 两项",
    )
    yield from _twice((kind for group in book.group for kind in group.kinds), "网站类别")
    for group in book.group:
        yield from _unless(group.base > 0, f"{group.label}的基础分应大于 0")
        yield from _unless(group.bonus >= 0, f"{group.label}的加分上限不应小于 0")
        limits = (group.base + group.bonus, *group.bands, Decimal(0))
        yield from _unless(
            not group.bands or all(high > low for high, low in pairwise(limits)),
            f"{group.label}的 bands 应当由高到低，都在 0 与满分 {limits[0]} 之间",
        )


def _scoring_faults(book: RuleBook) -> Iterator[str]:
    rule = book.scoring
    lowest = rule.pass_line if rule.basic_line is None else rule.basic_line
    yield from _unless(lowest > 0 and lowest <= rule.pass_line, "basic_line 应大于 0、小于 pass_line")
    yield from _unless(rule.basic_line != rule.pass_line, "basic_line 与 pass_line 相同，即没有基本合格一等")
    for group in book.group:
        yield from _unless(
            rule.pass_line <= rule.bonus_above < group.base,
            f"{group.label}：合格线 {rule.pass_line}、加分门槛 {rule.bonus_above}、基础分 {group.base} 应依次递增",
        )
    if rule.veto_score is not None:
        yield from _unless(
            0 <= rule.veto_score < lowest, f"单项否决的得分 {rule.veto_score} 应低于不合格的上限 {lowest}"
        )
    yield from _unless(rule.score_step > 0, f"score_step 为 {rule.score_step}，应大于 0")
    yield from _unless(rule.swing > 0, f"swing 为 {rule.swing}，应大于 0")
    for item in ("site", "account"):
        yield from _unless(
            any(veto.applies == item for veto in book.veto_indicator), f"没有适用于 {item} 的单项否决指标"
        )
    yield from _twice((item.id for item in book.veto_indicator), "单项否决指标")


def _indicator_faults(book: RuleBook) -> Iterator[str]:
    yield from _twice((item.id for item in book.indicator), "指标标识")
    yield from _twice((item.name for item in book.indicator), "指标名称")
    points = {part: _sum(book, part) for part in ("deduct", "bonus")}
    for group in book.group:
        yield from _unless(
            points["deduct"] == group.base,
            f"扣分指标合计 {points['deduct']} 分，{group.label}的基础分是 {group.base} 分",
        )
        yield from _unless(
            group.bonus <= points["bonus"],
            f"加分指标合计 {points['bonus']} 分，{group.label}的加分上限是 {group.bonus} 分",
        )
    for item in book.indicator:
        step = book.scoring.score_step
        yield from _unless(
            item.points > 0 and (step <= 0 or item.points % step == 0),
            f"{item.name}的分值 {item.points} 不是 {step} 的倍数",
        )
    if book.no_service is not None:
        rule, services = book.no_service, sum(item.points for item in book.indicator if book.exempts(item))
        yield from _unless(0 < services < points["deduct"], f"no_service.level1“{rule.level1}”应当是扣分指标的一部分")
        start = points["deduct"] - (services if rule.mode == "scale" else 0)
        yield from _unless(
            rule.start == start, f"无服务事项网站的起始分是 {rule.start} 分，按 {rule.mode} 应为 {start} 分"
        )


def _sum(book: RuleBook, part: str) -> Decimal:
    return sum((item.points for item in book.indicator if item.part == part), Decimal(0))


def _totals_faults(book: RuleBook) -> Iterator[str]:
    yield from _unless(not book.indicator, "只交合计的检查指标不登记各项指标")
    yield from _unless(book.no_service is None, "只交合计的检查指标不登记 no_service，合计已含换算")


def _account_faults(book: RuleBook) -> Iterator[str]:
    if book.account_score is None:
        return
    mark, decimals = book.account_score.full_mark, book.account_score.decimals
    yield from _unless(mark > 0, f"account_score.full_mark 为 {mark}，应大于 0")
    yield from _unless(0 <= decimals <= _PLACES, f"account_score.decimals 为 {decimals}，应在 0 至 {_PLACES} 之间")


def _annex_faults(book: RuleBook) -> Iterator[str]:
    yield from _twice((item.table for item in book.annex), "附件")
    for item in book.annex:
        unknown = [name for name in item.columns if name not in ANNEX_COLUMNS[item.table]]
        yield from _unless(not unknown, f"附件 {item.table} 没有 {'、'.join(unknown)} 栏")
        yield from _twice(item.columns, f"附件 {item.table} 的栏")


def _platform_faults(book: RuleBook, taxonomies: Sequence[Taxonomy]) -> Iterator[str]:
    known = {item.id: item for item in taxonomies}
    for name in book.platforms:
        yield from _unless(name in known, f"平台口径 {name} 未登记")
    used = [known[name] for name in book.platforms if name in known]
    yield from (f"平台口径：{fault}" for fault in period_faults(used))
    if used:
        ends = [_end(item) for item in used]
        last, own = None if None in ends else max(end for end in ends if end), _end(book)
        yield from _unless(
            min(map(_start, used)) <= _start(book) and (last is None or (own is not None and own <= last)),
            "平台口径没有覆盖检查指标的有效期",
        )
