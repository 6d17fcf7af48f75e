"""The registry read and cross-checked, and its view of one quarter (登记数据的读取).

What lives here: ``load_registry`` and ``Roster``. What must not: raw sheets, DuckDB.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import RegistryError
from pipeline.quarter import Quarter
from pipeline.reference.faults import form_faults
from pipeline.reference.layouts import Layout, layout_faults
from pipeline.reference.models import (
    Dated,
    ErrorStatus,
    ErrorType,
    Function,
    NumberPattern,
    Office,
    Population,
    Quantifier,
    Recipient,
    RuleBook,
    SensitiveKind,
    Site,
    SiteGroup,
    Statement,
    Supplement,
    Taxonomy,
    Unit,
    UnitName,
    YearCalendar,
    office_faults,
)
from pipeline.reference.names import name_index, nearest
from pipeline.reference.rule_books import period_faults, rule_book_faults
from pipeline.settings import CODE_ROOT

_OUTLINES = CODE_ROOT / "templates" / "notice"
_AT = re.compile(r"line (\d+), column (\d+)")
T = TypeVar("T")
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Registry:
    """Everything under `data/reference/`, for all quarters (登记数据)."""

    office: Office
    units: tuple[Unit, ...]
    sites: tuple[Site, ...]
    recipients: tuple[Recipient, ...]
    rule_books: tuple[RuleBook, ...]
    taxonomies: tuple[Taxonomy, ...]
    functions: tuple[Function, ...]
    supplements: tuple[Supplement, ...]
    error_types: tuple[ErrorType, ...]
    error_statuses: tuple[ErrorStatus, ...]
    limit_workdays: int
    statements: tuple[Statement, ...]
    words: Mapping[str, Mapping[str, str]]
    absent: Mapping[str, str]  # by form of conditions: when a statement is not said
    figure_names: Mapping[str, str]
    typed_numbers: tuple[NumberPattern, ...]
    plain_numbers: tuple[NumberPattern, ...]
    quantifiers: tuple[Quantifier, ...]
    populations: tuple[Population, ...]
    sensitive_kinds: tuple[SensitiveKind, ...]
    layouts: tuple[Layout, ...]
    holidays: Mapping[int, YearCalendar]
    outlines: tuple[str, ...]  # those that the code has words for

    def at(self, quarter: Quarter) -> Roster:
        """The registry as it holds in one quarter. Raises ``RegistryError`` where no rule book or platforms hold."""
        book = _only(self.rule_books, quarter, "检查指标（rule-books）")
        units = tuple(unit for unit in self.units if unit.holds(quarter))
        sites = tuple(site for site in self.sites if site.holds(quarter))
        _unique(sites, lambda site: site.code, f"sites.toml（{quarter}）")
        for site in sites:
            if all(site.owner != unit.id for unit in units):
                raise RegistryError(
                    "site_owner_expired",
                    f"sites.toml（{quarter}）：{site.name} 的主办单位 {site.owner} 已不在名录之中。",
                )
            if all(site.kind not in group.kinds for group in book.group):
                raise RegistryError(
                    "site_kind",
                    f"sites.toml（{quarter}）：{site.name} 的类别 {site.kind} 不属于检查指标 {book.id} 的任何分组。",
                )
        return Roster(
            quarter=quarter,
            registry=self,
            units=units,
            unit_names={unit.id: _only(unit.name, quarter, f"单位 {unit.id} 的名称（units.toml）") for unit in units},
            sites=sites,
            rule_book=book,
            taxonomy=_only(
                (item for item in self.taxonomies if item.id in book.platforms), quarter, "平台口径（platforms.toml）"
            ),
        )


@dataclass(frozen=True)
class Roster:
    """The registry as it holds in one quarter (名录): units and sites in roster order, the rule book, the platforms."""

    quarter: Quarter
    registry: Registry
    units: tuple[Unit, ...]
    unit_names: Mapping[str, UnitName]
    sites: tuple[Site, ...]
    rule_book: RuleBook
    taxonomy: Taxonomy

    @cached_property
    def office(self) -> Office:
        """The issuing office by its name of the quarter (发文机关)."""
        return self.registry.office.at(self.quarter)

    def group_of(self, site: Site) -> SiteGroup:
        """The group that a site is scored in (分组)."""
        return next(group for group in self.rule_book.group if site.kind in group.kinds)

    def asks_for(self, layout: Layout) -> bool:
        """Whether a table can be filled (适用的表式): one of indicators cannot where the rule book knows totals only."""
        return self.rule_book.detail == "indicators" or all(column.kind != "indicator" for column in layout.column)

    @cached_property
    def unit_index(self) -> dict[str, str]:
        """Every name that a unit may be called by in this quarter (单位名称索引)."""
        return name_index(
            "units.toml",
            (
                (name, unit.id)
                for unit in self.units
                for name in (*unit.aliases, *(part for entry in unit.name for part in (entry.full, entry.short)))
            ),
        )

    @cached_property
    def platform_index(self) -> dict[str, str]:
        """Every name of a platform (平台名称索引)."""
        return name_index(
            "platforms.toml",
            ((name, item.id) for item in self.taxonomy.platform for name in (item.name, *item.aliases)),
        )

    @cached_property
    def indicator_index(self) -> dict[str, str]:
        """Every level-2 indicator name (指标名称索引)."""
        return name_index("rule-books", ((item.name, item.id) for item in self.rule_book.indicator))

    @cached_property
    def function_index(self) -> dict[str, str]:
        """Every function name (网站功能名称索引)."""
        return name_index("functions.toml", ((item.name, item.id) for item in self.registry.functions))

    @cached_property
    def error_type_index(self) -> dict[str, str]:
        """Every name of a type of message (留言类型索引)."""
        return name_index(
            "error-reports.toml",
            ((name, item.id) for item in self.registry.error_types for name in (item.name, *item.aliases)),
        )

    @cached_property
    def error_status_index(self) -> dict[str, str]:
        """Every name of a handling state (办理状态索引)."""
        return name_index("error-reports.toml", ((item.name, item.id) for item in self.registry.error_statuses))

    @cached_property
    def statement_index(self) -> dict[str, str]:
        """Every label of a statement (语句名称索引)."""
        return name_index("statements.toml", ((item.label, item.id) for item in self.registry.statements))

    @cached_property
    def supplement_index(self) -> dict[str, str]:
        """Every item of 统计补充表 (统计补充项目索引)."""
        return name_index("supplements.toml", ((item.label, item.id) for item in self.registry.supplements))

    @cached_property
    def site_index(self) -> dict[str, str]:
        """Every site code (网站标识码索引)."""
        return {site.code: site.code for site in self.sites}


def _only(entries: Iterable[D], quarter: Quarter, what: str) -> D:
    found = [entry for entry in entries if entry.holds(quarter)]
    if len(found) != 1:
        raise RegistryError(
            "registry_validity", f"{quarter} 的{what}有 {len(found)} 项有效，应当恰有一项。", "请核对登记数据的有效期。"
        )
    return found[0]


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file, tolerating a BOM. Raises ``RegistryError`` that names the file and what is wrong."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        told = f"{path.name} 无法读取：{_unreadable(error)}。"
        raise RegistryError("registry_file", told, "请核对该文件。") from error


def _unreadable(error: OSError | UnicodeDecodeError | tomllib.TOMLDecodeError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, OSError):
        return error.strerror or "读取失败"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码"
    at = _AT.search(str(error))
    return f"第 {at[1]} 行第 {at[2]} 列不合 TOML 格式" if at else "末尾不完整"


def _parse(place: str, model: type[T], content: object) -> T:
    """An entry of a file. Raises ``RegistryError`` with all that is wrong with its form."""
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as error:
        told = "；".join(form_faults(error))
        raise RegistryError("registry_form", f"{place} 的 {told}。", "请核对该处。") from error


def load_registry(folder: Path) -> Registry:
    """Read and cross-check `data/reference/` (读取登记数据).

    Raises ``RegistryError`` that names the file and the entry.
    """

    def part(name: str, key: str, model: type[T], otherwise: object = None) -> T:
        return _parse(f"{name}“{key}”", model, read_toml(folder / name).get(key, otherwise))

    def table(name: str, key: str, model: type[T]) -> tuple[T, ...]:
        entries = enumerate(part(name, key, tuple[Any, ...], ()), start=1)
        return tuple(_parse(f"{name} 第 {number} 个 {key}", model, entry) for number, entry in entries)

    def files(name: str, model: type[T]) -> dict[str, T]:
        paths = sorted((folder / name).glob("*.toml"))
        return {path.stem: _parse(f"{name}/{path.name}", model, read_toml(path)) for path in paths}

    words = "statements.toml"
    registry = Registry(
        office=_parse("office.toml", Office, read_toml(folder / "office.toml")),
        units=table("units.toml", "unit", Unit),
        sites=table("sites.toml", "site", Site),
        recipients=table("recipients.toml", "recipient", Recipient),
        rule_books=tuple(files("rule-books", RuleBook).values()),
        taxonomies=table("platforms.toml", "taxonomy", Taxonomy),
        functions=table("functions.toml", "function", Function),
        supplements=table("supplements.toml", "supplement", Supplement),
        error_types=table("error-reports.toml", "type", ErrorType),
        error_statuses=table("error-reports.toml", "status", ErrorStatus),
        limit_workdays=part("error-reports.toml", "limit_workdays", int),
        statements=table(words, "statement", Statement),
        words=part(words, "subject", dict[str, dict[str, str]]),
        absent=part(words, "absent", dict[str, str], {}),
        figure_names=part(words, "figure_names", dict[str, str]),
        typed_numbers=table("quantifiers.toml", "typed", NumberPattern),
        plain_numbers=table("quantifiers.toml", "plain", NumberPattern),
        quantifiers=table("quantifiers.toml", "quantifier", Quantifier),
        populations=table("quantifiers.toml", "population", Population),
        sensitive_kinds=table("sensitive.toml", "kind", SensitiveKind),
        layouts=tuple(files("layouts", Layout).values()),
        holidays={_year(name): days for name, days in files("holidays", YearCalendar).items()},
        outlines=tuple(sorted(path.name.partition(".")[0] for path in _OUTLINES.glob("*.txt.j2"))),
    )
    _cross_check(registry)
    return registry


def _year(name: str) -> int:
    if not re.fullmatch(r"\d{4}", name, re.ASCII):
        raise RegistryError("registry_form", f"holidays/{name}.toml 的文件名不是年份。", "请改为 2024.toml 的形式。")
    return int(name)


def _cross_check(registry: Registry) -> None:
    units = {unit.id for unit in registry.units}
    wrong = office_faults({"mark": registry.office.mark, "addressees": registry.office.addressees})
    _sound("office", "office.toml", (f"{name} {fault}" for name, fault in wrong))
    _unique(registry.units, lambda unit: unit.id, "units.toml")
    _unique(registry.sites, lambda site: f"{site.code} {site.valid_from}", "sites.toml")
    for site in registry.sites:
        if site.owner not in units:
            raise RegistryError("registry_owner", f"sites.toml：{site.name} 的主办单位 {site.owner} 未登记。")
    for recipient in registry.recipients:
        if recipient.unit is not None and recipient.unit not in units:
            raise RegistryError("registry_recipient", f"recipients.toml：{recipient.unit} 未登记。")
    for book in registry.rule_books:
        faults = (*rule_book_faults(book, registry.taxonomies), *_outline_faults(book, registry.outlines))
        _sound("rule_book", f"检查指标 {book.id}", faults)
    _unique(registry.rule_books, lambda book: book.id, "rule-books")
    _sound("rule_book", "检查指标", period_faults(registry.rule_books))
    for layout in registry.layouts:
        _sound("layout", f"表式 {layout.id}", layout_faults(layout, registry.layouts))


def _outline_faults(book: RuleBook, known: tuple[str, ...]) -> Iterator[str]:
    """An outline that the code has no words for (通报结构没有模板)."""
    if book.outline.notice not in known:
        yield f"没有名为“{book.outline.notice}”的通报结构，最接近的是“{nearest(book.outline.notice, known)}”"


def _sound(code: str, what: str, faults: Iterable[str]) -> None:
    """Raise ``RegistryError`` with all faults of one thing, if there are any."""
    told = "；".join(faults)
    if told:
        raise RegistryError(code, f"{what}：{told}。", f"请核对 {code.replace('_', '-')}s 文件夹中的文件。")


def _unique(entries: Iterable[T], key: Callable[[T], str], where: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if key(entry) in seen:
            raise RegistryError("registry_duplicate", f"{where}：{key(entry)} 重复。")
        seen.add(key(entry))
