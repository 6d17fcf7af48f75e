"""The blank workbooks of a quarter, as the layouts and the registry declare them (空白表的内容).

What lives here: which sheets a workbook has, what their columns ask for and offer, what stands in them already.
What must not: names of columns, options, limits; a new layout or indicator is a new column here by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.document.forms import Between, Cell, Field, Look, OneOf, Rule, Sheet, Since, State, form_workbook
from pipeline.document.workbook import text_width
from pipeline.reference.layouts import Column, Layout, Printed, Reading
from pipeline.reference.models import Indicator, Site, SiteGroup
from pipeline.reference.registry import Roster

WINDOWS = "info_window"
_MOST = Decimal(9999)  # no number of a sheet is higher
_EARLIEST = dt.date(2015, 1, 1)
_WIDEST = 48
_FILLED = "已经填好，不要改动。"
_AS_TOLD = "各项按“说明”一列的要求填写。"
_LOOKS = {"number": Look.NUMBER, "date": Look.DAY, "time": Look.TIME}
_DELIVERED = (
    "灰色单元格和表头已经锁定，不要改动；其余单元格按各列说明填写。带下拉箭头的，从选项中选取，全部选项见工作表“可填内容”。",
    "不要增加、删除或者合并列，不要隐藏行列，不要填写公式。清单行数不够时接着往下填。",
    "本页的举例只作说明，不会被当作数据读取。",
    "填好以后保存为 .xlsx 交回，文件名可以改动。交回之前可以用 bulletin precheck 自查。",
)
_OFFICE = (
    "表头和灰色单元格已经锁定，不要改动；其余单元格按各列说明填写。带下拉箭头的，从选项中选取，全部选项见工作表“可填内容”。",
    "黄色单元格是程序预填的，或者沿用以前季度的内容，请逐项核对，不对的直接改正。",
    "本页的举例只作说明，不会被当作数据读取。",
)


def delivered_forms(roster: Roster) -> dict[str, bytes]:
    """The blank workbooks that go to the agency, by name of file (发给检测机构的空白表)."""
    forms = {}
    for layout in _asked_tables(roster):
        title = f"{roster.quarter.label}{layout.title}"
        forms[f"{title}.xlsx"] = form_workbook(f"{title}填表说明", _DELIVERED, list(_delivered(layout, roster)))
    return forms


@dataclass(frozen=True)
class Carried:
    """What an earlier quarter had, and the form of a new one proposes (沿用): whose it is, the content of its items, and
    rows of its lists by layout, as they were written."""

    origin: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def info_form(roster: Roster, carried: Carried) -> bytes:
    """The blank 季度信息 (空白季度信息)."""
    layouts = sorted((item for item in roster.registry.layouts if item.sheet), key=lambda item: item.order)
    sheets = [_info(layout, roster, carried) for layout in layouts]
    return form_workbook(f"{roster.quarter.label}季度信息填表说明", _OFFICE, sheets)


def office_form(title: str, layouts: Sequence[Layout], roster: Roster) -> bytes:
    """The blank workbook that an office is founded from (空白机构信息)."""
    return form_workbook(title, _OFFICE, [_info(layout, roster, Carried()) for layout in layouts])


# ---- sheets ---------------------------------------------------------------------------------------------------------


def _delivered(layout: Layout, roster: Roster) -> Iterator[Sheet]:
    """The sheets of a delivered workbook: one per group where indicators differ by group, rows where sites are known."""
    label = roster.quarter.label
    if layout.members is None:
        fields = tuple(_fields(layout, roster, None))
        yield Sheet(layout.title, fields, f"{label}{layout.title}", layout.note)
        return
    by_group = layout.members.registry == "indicator"
    for group in roster.rule_book.group if by_group else (None,):
        sites = [site for site in _in_order(roster) if group is None or roster.group_of(site) == group]
        fields = tuple(_fields(layout, roster, group))
        rows = tuple(tuple(_site_cells(layout, roster, group, site)) for site in sites)
        name = group.label if group else layout.title
        title = f"{label}{layout.title}" + (f"（{group.label}）" if group else "")
        yield Sheet(name, _fitted(fields, rows), title, layout.note, rows)


def _info(layout: Layout, roster: Roster, carried: Carried) -> Sheet:
    """A sheet of what the office fills itself: its printed rows have a further column that says what is expected."""
    fields = tuple(_fields(layout, roster, None))
    rows: tuple[tuple[Cell, ...], ...] = ()
    if layout.row:
        name, content = fields
        fields = (name, replace(content, help=_AS_TOLD), Field("说明"))
        rows = tuple(_item_cells(item, roster, carried) for item in layout.row)
    elif layout.id == WINDOWS:
        rows = tuple(_padded(names, len(fields)) for names in _dated(roster))
    else:
        rows = tuple(tuple(_carried_cells(layout, row)) for row in carried.rows.get(layout.id, ()))
    return Sheet(layout.sheet, _fitted(fields, rows), note=layout.note, rows=rows)


def _fitted(fields: Iterable[Field], rows: tuple[tuple[Cell, ...], ...]) -> tuple[Field, ...]:
    """Columns as wide as what stands in them; one that the form has filled asks for nothing."""
    fitted = []
    for at, item in enumerate(fields):
        cells = [row[at] for row in rows]
        if cells and all(cell.state is State.PRINTED for cell in cells):
            item = replace(item, help=_FILLED, rule=None)
        width = max([item.width, *(text_width(cell.text) + 2 for cell in cells)])
        fitted.append(replace(item, width=min(width, _WIDEST)))
    return tuple(fitted)


def _asked_tables(roster: Roster) -> Iterator[Layout]:
    """The layouts that agencies are asked to deliver, in their native form (应交表式)."""
    return (item for item in roster.registry.layouts if not (item.sheet or item.feeds) and roster.asks_for(item))


def _in_order(roster: Roster) -> list[Site]:
    order = {unit.id: number for number, unit in enumerate(roster.units)}
    return sorted(roster.sites, key=lambda site: (order[site.owner], site.kind == "special", site.code))


def _dated(roster: Roster) -> Iterator[tuple[str, str]]:
    """The columns of delivered sheets whose dates must lie in a window: table and column."""
    for layout in _asked_tables(roster):
        for column in layout.column:
            if column.kind in ("date", "time"):
                yield layout.title, column.headers[0]


# ---- columns --------------------------------------------------------------------------------------------------------


def _fields(layout: Layout, roster: Roster, group: SiteGroup | None) -> Iterator[Field]:
    columns = [column for column in layout.column if _asked(column, roster, group)]
    split = next((at for at, column in enumerate(columns) if column.kind == "number"), len(columns))
    yield from (_field(column, roster, group) for column in columns[:split])
    yield from _member_fields(layout, roster, group)
    yield from (_field(column, roster, group) for column in columns[split:])


def _asked(column: Column, roster: Roster, group: SiteGroup | None) -> bool:
    """Whether a blank form asks for a column: not for optional personal data, nor for what the rule book has no points for."""
    return not (column.personal and not column.required) and _most(column, roster, group) > 0


def _most(column: Column, roster: Roster, group: SiteGroup | None) -> Decimal:
    """The highest number that a column may hold (数值上限)."""
    scored = roster.rule_book.account_score
    limits = {"score": scored.full_mark if scored else Decimal(0)}
    if group is not None:
        limits |= {"printed_base": group.base, "printed_bonus": group.bonus, "printed_total": group.base + group.bonus}
    return limits.get(column.field, Decimal(column.below - 1))


def _field(column: Column, roster: Roster, group: SiteGroup | None) -> Field:
    rule = _rule(column, roster, _most(column, roster, group))
    look = _LOOKS.get(column.kind, Look.TEXT)
    shown = max(text_width(column.headers[0]) + 4, text_width(_filled(column.example, roster)) + 2, 12)
    return Field(column.headers[0], _help(column, rule, roster), rule=rule, look=look, width=min(shown, _WIDEST))


def _member_fields(layout: Layout, roster: Roster, group: SiteGroup | None) -> Iterator[Field]:
    members = layout.members
    if members is None:
        return
    if members.registry == "function":
        for item in roster.registry.functions:
            rule = _rule(members, roster, _MOST)
            yield Field(item.name, _demand(members, rule), rule=rule, width=max(12, text_width(item.name) + 4))
        return
    for indicator in _indicators(roster, group):
        rule = Between(Decimal(0), indicator.points, members.decimals, members.not_applicable)
        yield Field(
            f"{indicator.name}\n（{indicator.points}分）",
            f"必填。填得分，不是扣分，不超过表头所列的分值，以 {roster.rule_book.scoring.score_step} 分为最小单位；"
            f"单项否决的网站填“{members.not_applicable[-1]}”。",
            above=indicator.level1,
            rule=rule,
            look=Look.NUMBER,
            width=max(11, text_width(indicator.name) + 2),
        )


def _indicators(roster: Roster, group: SiteGroup | None) -> list[Indicator]:
    if roster.rule_book.detail == "totals":
        return []
    return [item for item in roster.rule_book.indicator if item.part == "deduct" or (group and group.bonus > 0)]


def _rule(reading: Reading, roster: Roster, most: Decimal) -> Rule | None:
    """What a cell may hold, by the kind of its column (可填内容)."""
    registry, book = roster.registry, roster.rule_book
    match reading.kind:
        case "number":
            return Between(Decimal(reading.least), most, reading.decimals, reading.empty)
        case "date" | "time":
            return Since(_EARLIEST)
        case "choice":
            return OneOf(tuple(spellings[0] for spellings in reading.choices.values()))
        case "veto":
            none = tuple(spellings[0] for spellings in reading.choices.values())
            return OneOf((*none, *(item.name for item in book.vetoes("site"))))
        case "unit":
            return OneOf(tuple(roster.unit_names[unit.id].short for unit in roster.units)) if roster.units else None
        case "code":
            return OneOf(tuple(site.code for site in _in_order(roster)))
        case "platform":
            return OneOf(tuple(item.name for item in roster.taxonomy.platform))
        case "indicator":
            names = tuple(item.name for item in book.indicator if item.part == "deduct")
            return OneOf(names) if names else None
        case "error_type":
            return OneOf(tuple(item.name for item in registry.error_types))
        case "error_status":
            return OneOf(tuple(item.name for item in registry.error_statuses))
        case "supplement":
            return OneOf(tuple(item.label for item in registry.supplements))
        case "statement":
            return OneOf(tuple(item.label for item in registry.statements))
        case _:
            return None


def _help(column: Column | Printed, rule: Rule | None, roster: Roster) -> str:
    example = _filled(column.example, roster)
    return _demand(column, rule) + _filled(column.note, roster) + (f"例：{example}" if example else "")


def _demand(reading: Reading, rule: Rule | None) -> str:
    """What every column of a kind asks for, in words (填写要求)."""
    demand = "必填。" if not reading.blank else "" if reading.empty else "可以不填。"
    match rule:
        case OneOf(values) if len(values) <= 4:
            demand += f"从下拉选项中选取：{'、'.join(values)}。"
        case OneOf(_):
            demand += "从下拉选项中选取。"
        case Between(least, most, decimals, words):
            whole = f"最多 {decimals} 位小数" if decimals else "整数"
            limits = f"{least} 至 {most}" if most < _MOST else f"不小于 {least}"
            demand += f"填数字，{limits}，{whole}" + "".join(f"；没有的填“{word}”" for word in words) + "。"
        case Since(_):
            demand += "填日期和时间。" if reading.kind == "time" else "填日期。"
        case None:
            pass
    return demand


def _filled(text: str, roster: Roster) -> str:
    """A text of a layout with the quarter's own words in it: {quarter}, {month}, {document} and so on."""
    quarter = roster.quarter
    return text.format(
        quarter=quarter.label,
        key=quarter.previous.key,
        month=f"{quarter.year}年{quarter.number * 3}月",
        day=f"{quarter.year}-{quarter.number * 3:02}-08",
        document=roster.rule_book.document,
        update_days=roster.rule_book.update_days,
    )


# ---- rows -----------------------------------------------------------------------------------------------------------


def _site_cells(layout: Layout, roster: Roster, group: SiteGroup | None, site: Site) -> Iterator[Cell]:
    known = {"site_code": site.code, "site_name": site.name, "owner": roster.unit_names[site.owner].short}
    exempt = {
        f"{item.name}\n（{item.points}分）"
        for item in _indicators(roster, group)
        if roster.rule_book.exempts(item) and not site.serves_public
    }
    headings = {column.headers[0]: known[column.field] for column in layout.column if column.field in known}
    for item in _fields(layout, roster, group):
        if item.heading in headings:
            yield Cell(headings[item.heading], State.PRINTED)
        elif item.heading in exempt and layout.members is not None:
            yield Cell(layout.members.not_applicable[0], State.PRINTED)
        else:
            yield Cell()


def _carried_cells(layout: Layout, row: Mapping[str, str]) -> Iterator[Cell]:
    for column in layout.column:
        text = row.get(column.field, "") if column.carried else ""
        yield Cell(text, State.CARRIED if text else State.OPEN)


def _item_cells(item: Printed, roster: Roster, carried: Carried) -> tuple[Cell, ...]:
    content = carried.items.get(item.name, "") if item.carried else ""
    rule = _rule(item, roster, _MOST)
    told = _help(item, rule, roster)
    if content:
        told = f"沿用{carried.origin}，请核对。{told}"
    content = content or _filled(item.initial, roster)
    state = State.CARRIED if content else State.OPEN
    return Cell(item.name, State.PRINTED), Cell(content, state, rule), Cell(told, State.PRINTED)


def _padded(names: Sequence[str], count: int) -> tuple[Cell, ...]:
    return (*(Cell(name, State.PRINTED) for name in names), *(Cell() for _ in range(count - len(names))))
