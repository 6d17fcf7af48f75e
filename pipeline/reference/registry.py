"""The registry read and cross-checked, and its view of one quarter (登记数据的读取).

What lives here: ``load_registry`` and ``Roster``. What must not: raw sheets, DuckDB.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import RegistryError
from pipeline.quarter import Quarter
from pipeline.reference.layouts import Layout
from pipeline.reference.models import (
    Dated,
    ErrorStatus,
    ErrorType,
    Function,
    Office,
    Recipient,
    RuleBook,
    SensitiveKind,
    Site,
    SiteGroup,
    Statement,
    Taxonomy,
    Unit,
    UnitName,
)
from pipeline.reference.names import name_index

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
    error_types: tuple[ErrorType, ...]
    error_statuses: tuple[ErrorStatus, ...]
    limit_workdays: int
    statements: tuple[Statement, ...]
    sensitive_kinds: tuple[SensitiveKind, ...]
    layouts: tuple[Layout, ...]
    holidays: Mapping[int, Mapping[str, tuple[str, ...]]]

    def at(self, quarter: Quarter) -> Roster:
        """The registry as it holds in one quarter. Raises ``RegistryError`` where no rule book or platforms hold."""
        units = tuple(unit for unit in self.units if unit.holds(quarter))
        sites = tuple(site for site in self.sites if site.holds(quarter))
        _unique(sites, lambda site: site.code, f"sites.toml（{quarter}）")
        for site in sites:
            if all(site.owner != unit.id for unit in units):
                raise RegistryError(
                    "site_owner_expired", f"{quarter}：{site.name} 的主办单位 {site.owner} 已不在名录之中。"
                )
        return Roster(
            quarter=quarter,
            registry=self,
            units=units,
            unit_names={unit.id: _only(unit.name, quarter, f"单位 {unit.id} 的名称") for unit in units},
            sites=sites,
            rule_book=_only(self.rule_books, quarter, "检查指标"),
            taxonomy=_only(self.taxonomies, quarter, "平台口径"),
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

    def group_of(self, site: Site) -> SiteGroup:
        """The group that a site is scored in (分组)."""
        return next(group for group in self.rule_book.group if site.kind in group.kinds)

    @cached_property
    def unit_index(self) -> dict[str, str]:
        """Every name that a unit may be called by in this quarter (单位名称索引)."""
        return name_index(
            (name, unit.id)
            for unit in self.units
            for name in (*unit.aliases, *(part for entry in unit.name for part in (entry.full, entry.short)))
        )

    @cached_property
    def platform_index(self) -> dict[str, str]:
        """Every name of a platform (平台名称索引)."""
        return name_index((name, item.id) for item in self.taxonomy.platform for name in (item.name, *item.aliases))

    @cached_property
    def indicator_index(self) -> dict[str, str]:
        """Every level-2 indicator name (指标名称索引)."""
        return name_index((item.name, item.id) for item in self.rule_book.indicator)

    @cached_property
    def function_index(self) -> dict[str, str]:
        """Every function name (网站功能名称索引)."""
        return name_index((item.name, item.id) for item in self.registry.functions)

    @cached_property
    def error_type_index(self) -> dict[str, str]:
        """Every name of a type of message (留言类型索引)."""
        return name_index((name, item.id) for item in self.registry.error_types for name in (item.name, *item.aliases))

    @cached_property
    def error_status_index(self) -> dict[str, str]:
        """Every name of a handling state (办理状态索引)."""
        return name_index((item.name, item.id) for item in self.registry.error_statuses)

    @cached_property
    def statement_index(self) -> dict[str, str]:
        """Every label of a statement (语句名称索引)."""
        return name_index((item.label, item.id) for item in self.registry.statements)

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
        raise RegistryError("registry_file", f"{path.name} 无法读取：{error}", "请核对该文件。") from error


def _parse(path: Path, model: type[T], content: object) -> T:
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RegistryError("registry_form", f"{path.name} 的 {place}：{first['msg']}", "请核对该处。") from error


def load_registry(folder: Path) -> Registry:
    """Read and cross-check `data/reference/` (读取登记数据).

    Raises ``RegistryError`` that names the file and the entry.
    """

    def table(name: str, key: str, model: type[T]) -> tuple[T, ...]:
        path = folder / name
        return tuple(_parse(path, model, entry) for entry in read_toml(path).get(key, []))

    def files(name: str, model: type[T]) -> tuple[T, ...]:
        return tuple(_parse(path, model, read_toml(path)) for path in sorted((folder / name).glob("*.toml")))

    reports = folder / "error-reports.toml"
    registry = Registry(
        office=_parse(folder / "office.toml", Office, read_toml(folder / "office.toml")),
        units=table("units.toml", "unit", Unit),
        sites=table("sites.toml", "site", Site),
        recipients=table("recipients.toml", "recipient", Recipient),
        rule_books=files("rule-books", RuleBook),
        taxonomies=table("platforms.toml", "taxonomy", Taxonomy),
        functions=table("functions.toml", "function", Function),
        error_types=table("error-reports.toml", "type", ErrorType),
        error_statuses=table("error-reports.toml", "status", ErrorStatus),
        limit_workdays=_parse(reports, int, read_toml(reports).get("limit_workdays")),
        statements=table("statements.toml", "statement", Statement),
        sensitive_kinds=table("sensitive.toml", "kind", SensitiveKind),
        layouts=files("layouts", Layout),
        holidays={int(path.stem): read_toml(path) for path in sorted((folder / "holidays").glob("*.toml"))},
    )
    _cross_check(registry)
    return registry


def _cross_check(registry: Registry) -> None:
    units = {unit.id for unit in registry.units}
    _unique(registry.units, lambda unit: unit.id, "units.toml")
    _unique(registry.sites, lambda site: f"{site.code} {site.valid_from}", "sites.toml")
    for site in registry.sites:
        if site.owner not in units:
            raise RegistryError("registry_owner", f"sites.toml：{site.name} 的主办单位 {site.owner} 未登记。")
    for recipient in registry.recipients:
        if recipient.unit is not None and recipient.unit not in units:
            raise RegistryError("registry_recipient", f"recipients.toml：{recipient.unit} 未登记。")
    for book in registry.rule_books:
        _check_rule_book(book)


def _check_rule_book(book: RuleBook) -> None:
    _unique(book.indicator, lambda item: item.id, f"rule-books {book.id}")
    points = {part: sum(item.points for item in book.indicator if item.part == part) for part in ("deduct", "bonus")}
    for group in book.group:
        if points["deduct"] != group.base or group.bonus not in (0, points["bonus"]):
            raise RegistryError(
                "rule_book_points",
                f"检查指标 {book.id}：扣分指标合计 {points['deduct']}（应为 {group.base}），"
                f"加分指标合计 {points['bonus']}（应为 {group.bonus}）。",
            )
    services = sum(item.points for item in book.indicator if item.level1 == book.no_service.level1)
    if book.no_service.start + services != points["deduct"]:
        raise RegistryError(
            "rule_book_start", f"检查指标 {book.id}：免检办事服务后的起始分应为 {points['deduct'] - services}。"
        )


def _unique(entries: Iterable[T], key: Callable[[T], str], where: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if key(entry) in seen:
            raise RegistryError("registry_duplicate", f"{where}：{key(entry)} 重复。")
        seen.add(key(entry))
