"""What the reconstruction starts from: the registry, the published and chosen figures, the texts.

What lives here: reading the TOML files, and the registry as it holds in one quarter. What must not: randomness, rows.
Reads `data/reference/` by itself: the samples stay independent of the pipeline they test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "data" / "reference"
RAW = ROOT / "data" / "raw"
SEED = 20211105

Table = Mapping[str, Any]


def read(path: Path) -> dict[str, Any]:
    """Read one TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _holds(entry: Table, quarter: str) -> bool:
    return bool(entry["valid_from"] <= quarter <= entry.get("valid_to", quarter))


@dataclass(frozen=True)
class Quarter:
    """Everything needed to write one quarter's sheets; lists are in roster order."""

    key: str
    figures: Table
    texts: Table
    units: tuple[Table, ...]
    sites: tuple[Table, ...]
    book: Table
    platforms: Table
    functions: tuple[Table, ...]
    report_rules: Table

    @property
    def label(self) -> str:
        """The quarter in words, 2021年第三季度."""
        return str(self.figures["label"])

    @property
    def indicators(self) -> tuple[Table, ...]:
        """The indicators of the rule book, in catalogue order."""
        return tuple(self.book["indicator"])

    def name(self, unit: str, form: str = "short") -> str:
        """The name of a unit in this quarter: ``short`` or ``full``."""
        entry = next(item for item in self.units if item["id"] == unit)
        return next(str(item[form]) for item in entry["name"] if _holds(item, self.key))

    def spellings(self, unit: str) -> list[str]:
        """Other names a sheet may use for a unit: its full name, then its aliases, the likeliest first."""
        entry = next(item for item in self.units if item["id"] == unit)
        return [self.name(unit, "full"), *entry.get("aliases", [])]

    def group(self, name: str) -> list[Table]:
        """The units of a group."""
        return [unit for unit in self.units if unit["group"] == name]

    def portals(self) -> list[Table]:
        """The portals of the districts."""
        return [site for site in self.sites if site["kind"] == "portal"]

    def department_sites(self) -> list[Table]:
        """The sites of the departments, special sites last."""
        return [site for site in self.sites if site["kind"] != "portal"]


def load(quarter: str) -> Quarter:
    """Read the registry, the figures and the texts for one quarter; figures are kept by year."""
    figures = read(Path(__file__).parent / "figures" / f"{quarter[:4]}.toml")
    return Quarter(
        key=quarter,
        figures={**figures["shared"], **figures[quarter]},
        texts=read(Path(__file__).with_name("texts.toml")),
        units=tuple(unit for unit in read(REFERENCE / "units.toml")["unit"] if _holds(unit, quarter)),
        sites=tuple(site for site in read(REFERENCE / "sites.toml")["site"] if _holds(site, quarter)),
        book=_valid(map(read, sorted((REFERENCE / "rule-books").glob("*.toml"))), quarter),
        platforms=_valid(read(REFERENCE / "platforms.toml")["taxonomy"], quarter),
        functions=tuple(read(REFERENCE / "functions.toml")["function"]),
        report_rules=read(REFERENCE / "error-reports.toml"),
    )


def _valid(entries: Iterable[Table], quarter: str) -> Table:
    """The one entry that holds in a quarter."""
    (found,) = (entry for entry in entries if _holds(entry, quarter))
    return found


def plain(number: Decimal) -> str:
    """A number as a clerk types it, without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def hundredths(number: Decimal) -> Decimal:
    """Rounded half up to two decimals."""
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def page(owner: str, part: str, number: int) -> str:
    """An address under the reserved domain `.example`: no such page exists."""
    return f"https://{owner.replace('_', '-')}.beijing.example/{part}/{number}.html"
