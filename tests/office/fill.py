"""Filling the blanks of a quarter by a script, with random values that their own drop-downs and limits allow.

What lives here: one person of the agency and one clerk, played from a seed. What must not: knowledge of the registry beyond
the gates of its rule book: what may stand in a cell is read from the workbook.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.ingest.folder import BLANKS_FOLDER
from pipeline.reference.models import RuleBook
from pipeline.reference.registry import Roster
from tests.support.quarter import INFO

_POINTS = re.compile(r"(.+)\n（([\d.]+)分）")
_VETOED = "—"


@dataclass
class Table:
    """A sheet to be filled: where its columns are, what each may hold."""

    sheet: Any
    header: int
    columns: dict[str, int]

    @classmethod
    def of(cls, book: Any, name: str, first: str) -> Table:
        """The sheet ``name``, whose headings stand in the row that holds ``first`` or in the row below."""
        sheet = book[name]
        header = next(row[0].row for row in sheet.iter_rows(max_row=4) if any(cell.value == first for cell in row))
        below = [cell for cell in sheet[header + 1] if cell.value and _POINTS.fullmatch(str(cell.value))]
        columns = {cell.value: cell.column for cell in sheet[header] if cell.value}
        if below:
            header += 1
            columns = {key: at for key, at in columns.items() if sheet.cell(header, at).value is None}
            columns |= {cell.value: cell.column for cell in sheet[header] if cell.value}
        return cls(sheet, header, columns)

    def options(self, heading: str, row: int | None = None) -> list[str]:
        """What the drop-down of a column offers, read where the workbook keeps it."""
        at = f"{openpyxl.utils.get_column_letter(self.columns[heading])}{row or self.header + 1}"
        (rule,) = (item for item in self.sheet.data_validations.dataValidation if at in item.sqref)
        name, area = rule.formula1.split("!")
        page = self.sheet.parent[name.strip("'")]
        return [cell.value for (cell,) in page[area.replace("$", "")]]

    def rows(self) -> Iterator[int]:
        """The rows that the form has already."""
        return iter(range(self.header + 1, self.sheet.max_row + 1))

    def get(self, row: int, heading: str) -> Any:
        return self.sheet.cell(row, self.columns[heading]).value

    def set(self, row: int, **values: Any) -> None:
        """Fill cells; a locked one is refused, as by the program that people use."""
        for heading, value in values.items():
            cell = self.sheet.cell(row, self.columns[heading])
            locked = (
                cell.protection.locked
                if cell.has_style
                else self.sheet.column_dimensions[cell.column_letter].protection
            )
            assert locked is not True, f"{self.sheet.title}!{cell.coordinate} is locked"
            cell.value = value


@dataclass
class Filler:
    """Fills one quarter's folder (填表)."""

    folder: Path
    roster: Roster
    seed: int
    accounts: int = 60
    messages: int = 40
    wordings: Mapping[str, str] = field(default_factory=dict)  # statements to be said, with their wording
    draw: random.Random = field(init=False)
    praised: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        quarter = self.roster.quarter
        self.first = dt.date(quarter.year, quarter.number * 3 - 2, 1)
        self.last = dt.date(quarter.year, quarter.number * 3, 28)

    def fill(self) -> None:
        """Fill every blank and put it where what comes back lies."""
        losses = self._scores()
        if self.roster.rule_book.detail == "indicators":
            self._ledger(losses)
        self._functions()
        self._accounts()
        self._messages()
        self._supplement()
        self._info(sorted({indicator for _, _, indicator in losses}))

    # ---- the agency -------------------------------------------------------------------------------------------------

    def _scores(self) -> dict[tuple[str, str, str], Decimal]:
        path, book = self._open("政府网站检查评分表")
        losses: dict[tuple[str, str, str], Decimal] = {}
        for name in (item.label for item in self.roster.rule_book.group):
            table = Table.of(book, name, "网站标识码")
            for row in table.rows():
                self._score(table, row, losses)
        book.save(self.folder / path.name)
        return losses

    def _score(self, table: Table, row: int, losses: dict[tuple[str, str, str], Decimal]) -> None:
        scoring, indicators = (
            self.roster.rule_book.scoring,
            {item.name: item for item in self.roster.rule_book.indicator},
        )
        columns = [(heading, match[1]) for heading in table.columns if (match := _POINTS.fullmatch(heading))]
        printed = [heading for heading in ("扣分项得分", "加分", "总分") if heading in table.columns]
        none, *vetoes = table.options("单项否决")
        if self.draw.random() < 0.08:
            table.set(row, 单项否决=self.draw.choice(vetoes))
            for heading, _ in columns:
                if table.get(row, heading) is None:
                    table.set(row, **{heading: _VETOED})
            table.set(row, **dict.fromkeys(printed, _VETOED))
            if scoring.veto_score is not None:
                table.set(row, 总分=_plain(scoring.veto_score))
            return
        table.set(row, 单项否决=none)
        sums = {"deduct": Decimal(0), "bonus": Decimal(0)}
        careless = self.draw.random() < 0.1
        unchecked = Decimal(0)
        for heading, name in columns:
            item = indicators[name]
            if table.get(row, heading) is not None:  # 不涉及
                unchecked += item.points
                continue
            lost = self._some(item.points) if self.draw.random() < (0.7 if careless else 0.1) else Decimal(0)
            score = self._some(item.points) if item.part == "bonus" else item.points - lost
            table.set(row, **{heading: _plain(score)})
            sums[item.part] += score
            if lost and item.part == "deduct":
                losses[table.get(row, "网站标识码"), table.get(row, "网站名称"), name] = lost
        group = next(item for item in self.roster.rule_book.group if item.label == table.sheet.title)
        if not columns:
            sums = {"deduct": self._some(group.base), "bonus": self._some(group.bonus)}
        exact = self._base(sums["deduct"], unchecked)
        base = rounded(exact, scoring.scaled_decimals, self.roster.rule_book)
        bonus = min(sums["bonus"], group.bonus) if exact > scoring.bonus_above else Decimal(0)
        values = {"扣分项得分": base, "加分": bonus, "总分": base + bonus}
        table.set(row, **{heading: _plain(values[heading]) for heading in printed})

    def _base(self, kept: Decimal, unchecked: Decimal) -> Fraction:
        """The score under the deduction indicators: of a site without services scaled, or with the points not checked."""
        no_service = self.roster.rule_book.no_service
        if no_service is None or not unchecked:
            return Fraction(kept)
        if no_service.mode == "redistribute":
            return Fraction(kept + unchecked)
        return Fraction(kept) * 100 / Fraction(no_service.start)

    def _some(self, most: Decimal) -> Decimal:
        step = self.roster.rule_book.scoring.score_step
        return step * self.draw.randint(1, int(most / step)) if most else most

    def _ledger(self, losses: dict[tuple[str, str, str], Decimal]) -> None:
        path, book = self._open("扣分明细")
        table = Table.of(book, "扣分明细", "网站标识码")
        row = table.header
        confirmed, *dropped = table.options("复核状态")
        step = self.roster.rule_book.scoring.score_step
        for (code, name, indicator), lost in losses.items():
            first = step * self.draw.randint(1, int(lost / step))
            pieces = [(first, confirmed), (lost - first, confirmed), (step, self.draw.choice(dropped))]
            for points, state in (piece for piece in pieces if piece[0]):
                row += 1
                assert indicator in table.options("二级指标")
                assert code in table.options("网站标识码")
                table.set(
                    row, 网站标识码=code, 网站名称=name, 二级指标=indicator, 扣分=_plain(points), 复核状态=state,
                    问题描述="栏目内容没有按期更新", 问题页面="https://site.example/1.html", 发现时间=self._day(),
                )  # fmt: skip
        book.save(self.folder / path.name)

    def _functions(self) -> None:
        path, book = self._open("网站功能建设情况表")
        table = Table.of(book, "网站功能建设情况表", "网站标识码")
        for row in table.rows():
            for item in self.roster.registry.functions:
                table.set(row, **{item.name: self.draw.choice(table.options(item.name))})
        book.save(self.folder / path.name)

    def _accounts(self) -> None:
        path, book = self._open("政务新媒体检查情况表")
        table = Table.of(book, "政务新媒体检查情况表", "账号名称")
        units, platforms = table.options("归口单位"), table.options("平台类型")
        passed, failed = table.options("检查结果")
        vetoes = [item.name for item in self.roster.rule_book.vetoes("account")]
        for number, row in enumerate(range(table.header + 1, table.header + 1 + self.accounts)):
            good = self.draw.random() < 0.95
            unit = units[number] if number < len(units) else self.draw.choice(units)
            platform = platforms[number % len(platforms)]
            table.set(
                row, 账号名称=f"账号{number:03}", 平台类型=platform, 主办单位=f"{unit}办公室", 归口单位=unit,
                检查结果=passed if good else failed, 否决情形="" if good else self.draw.choice(vetoes), 检查日期=self._day(),
            )  # fmt: skip
            if "得分" in table.columns:
                mark = self.roster.rule_book.account_score
                assert mark is not None
                table.set(row, 得分=_plain(self._some(mark.full_mark)) if good else _VETOED)
            if good:
                self.praised.append({"单位": unit, "账号": f"账号{number:03}", "平台": platform})
        book.save(self.folder / path.name)

    def _messages(self) -> None:
        path, book = self._open("找错台账")
        table = Table.of(book, "找错台账", "留言编号")
        owners = {site.code: self.roster.unit_names[site.owner].short for site in self.roster.sites}
        closing = {item.name: item.closed and item.accepted for item in self.roster.registry.error_statuses}
        for number, row in enumerate(range(table.header + 1, table.header + 1 + self.messages)):
            code, status = self.draw.choice(table.options("网站标识码")), self.draw.choice(table.options("办理状态"))
            made = dt.datetime.combine(self._day(), dt.time(self.draw.randrange(24), 20, self.draw.randrange(60)))
            closed = made + dt.timedelta(hours=self.draw.randrange(1, 200))
            table.set(
                row, 留言编号=f"ZC{number:05}", 网站标识码=code, 受理单位=owners[code], 留言时间=made, 办理状态=status,
                问题类型=self.draw.choice(table.options("问题类型")), 问题描述="页面有错字",
                办结时间=closed if closing[status] else None,
            )  # fmt: skip
        book.save(self.folder / path.name)

    def _supplement(self) -> None:
        """Some of the items, each as its kind asks."""
        path, book = self._open("统计补充表")
        table = Table.of(book, "统计补充表", "项目")
        kinds = {item.label: item for item in self.roster.registry.supplements}
        assert table.options("项目") == list(kinds)
        parts: dict[str, int] = {}
        row = table.header
        for label, item in kinds.items():
            if self.draw.random() < 0.3 or (item.within and item.within not in parts):
                continue
            for unit in self.draw.sample(table.options("单位"), 2) if item.kind == "units" else [None]:
                row += 1
                most = len(self.roster.sites) if item.sites else 199
                total = parts[item.within] if item.within else self.draw.randint(0, most)
                part = self.draw.randint(0, total)
                table.set(row, 项目=label, 单位=unit, 总数=None if unit else total)
                if item.kind == "share":
                    parts[item.id] = part
                    table.set(row, 其中=part)
        book.save(self.folder / path.name)

    # ---- the clerk --------------------------------------------------------------------------------------------------

    def _info(self, cited: list[str]) -> None:
        """Every sheet of the office; a problem cites indicators under which points were lost."""
        path = self.folder / INFO
        book = openpyxl.load_workbook(path)
        self._items(Table.of(book, "基本信息", "项目"))
        windows = Table.of(book, "时间范围", "表")
        for row in windows.rows():
            late = dt.timedelta(days=9 if windows.get(row, "列") == "办结时间" else 0)
            windows.set(row, 起=self.first, 止=self.last + late)
        choices = Table.of(book, "语句选择", "语句")
        yes, _ = choices.options("采用")
        carried = {choices.get(row, "语句"): row for row in choices.rows() if choices.get(row, "语句")}
        for statement, wording in self.wordings.items():
            assert statement in choices.options("语句")
            row = carried.setdefault(statement, max(carried.values(), default=choices.header) + 1)
            choices.set(row, 语句=statement, 采用=yes, 措辞=wording)
        practices = Table.of(book, "典型做法", "序号")
        section = practices.options("部分")[-1]
        for number, item in enumerate(self.draw.sample(self.praised, 2), start=1):
            practices.set(
                practices.header + number, 序号=number, 部分=section, 主题="信息发布", 做法="及时发布权威信息。", **item
            )
        for name in ("存在的问题", "工作要求"):
            table = Table.of(book, name, "序号")
            table.set(table.header + 1, 序号=1, 标题=f"{name}之一", 内容="有关单位要对照检查，逐项落实。")
            if "涉及指标" in table.columns:
                table.set(table.header + 1, 涉及指标="、".join(cited[:2]))
        book.save(path)

    def _items(self, table: Table) -> None:
        rows = {table.get(row, "项目"): row for row in table.rows()}
        filled = {
            "同意机关": "市政府",
            "同意状态": table.options("内容", rows["同意状态"])[0],
            "检查依据文件": self.roster.rule_book.document,
            "找错起始日期": _chinese(self.first),
            "找错截止日期": _chinese(self.last),
            "结束语": "请各单位认真整改。",
        }
        for item, content in filled.items():
            table.set(rows[item], 内容=content)

    # ---- both -------------------------------------------------------------------------------------------------------

    def _open(self, title: str) -> tuple[Path, Any]:
        (path,) = (path for path in (self.folder / BLANKS_FOLDER).iterdir() if path.stem.endswith(title))
        return path, openpyxl.load_workbook(path)

    def _day(self) -> dt.date:
        return self.first + dt.timedelta(days=self.draw.randrange((self.last - self.first).days + 1))


def rounded(number: Fraction, decimals: int, book: RuleBook) -> Decimal:
    """A fraction rounded once, by the mode of a rule book."""
    modes = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), modes[book.rounding.mode])


def _plain(number: Decimal) -> int | float:
    """A number as a person types it."""
    return int(number) if number == int(number) else float(number)


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
