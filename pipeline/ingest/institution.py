"""The workbook that an office is founded from: issuer, roster, sites, recipients (机构信息).

What lives here: its rows as registry entries, and everything that can be wrong with them, all at once. What must not:
writing the registry, shared reference data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pipeline.errors import Finding, Where
from pipeline.findings import finding
from pipeline.ingest.form import Filled, Record, read_form
from pipeline.ingest.values import BadValue, read_site_code
from pipeline.reference.layouts import Layout
from pipeline.reference.models import Office, Recipient, Site, Unit, UnitName, office_faults
from pipeline.reference.names import nearest, normalise
from pipeline.reference.registry import Roster

WORKBOOK = "机构信息.xlsx"
_SEPARATORS = str.maketrans("，,；;\n", "、、、、、")
_OWNED = {"portal": "district", "department": "department"}  # special sites may be of either group
_KINDS = {"portal": "门户网站", "department": "部门网站"}
_GROUPS = {"district": "区", "department": "市级部门"}


@dataclass(frozen=True)
class Institution:
    """An office as its workbook describes it (机构): entries of its own registry."""

    office: Office
    units: tuple[Unit, ...]
    sites: tuple[Site, ...]
    recipients: tuple[Recipient, ...]


def read_institution(
    name: str, data: bytes, layouts: Sequence[Layout], roster: Roster
) -> tuple[Institution | None, tuple[Finding, ...]]:
    """Read 机构信息 (读取机构信息): the office, or all that is wrong with the workbook.

    ``roster`` gives the quarter from which its entries are valid.
    """
    form = read_form(name, data, layouts, roster)
    reading = _Reading(roster.quarter.key, list(form.findings))
    units = [reading.unit(record) for record in form.records.get("unit", ())]
    sites = [reading.site(record) for record in form.records.get("site", ())]
    recipients = [reading.recipient(record) for record in form.records.get("recipient", ())]
    offices = form.records.get("office", ())
    for record in offices:
        reading.office(record)
    told = {item.where.sheet for item in form.findings}
    for layout in layouts:
        rows = len(form.records.get(layout.id, ()))
        wrong = layout.required and (rows == 0 or (layout.id == "office" and rows > 1))
        if wrong and not told & {"", layout.sheet}:
            reading.findings.append(finding("I550", Where(name, layout.sheet), layout.sheet, rows=rows))
    if reading.findings:
        return None, tuple(sorted(reading.findings))
    if all(item["category"] != "addressee" for item in recipients):
        recipients = [{"unit": unit["id"], "category": "addressee"} for unit in units] + recipients
    institution = Institution(
        Office(**{key: cell.value for key, cell in offices[0].items()}),
        tuple(Unit(**unit) for unit in units),
        tuple(Site(**site) for site in sites),
        tuple(Recipient(**recipient) for recipient in recipients),
    )
    return institution, ()


@dataclass
class _Reading:
    valid_from: str
    findings: list[Finding]
    names: dict[str, tuple[str, str, Where]] = field(default_factory=dict)  # of a name: unit, group, first place
    codes: dict[str, Where] = field(default_factory=dict)
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def office(self, record: Record) -> None:
        """Words that a notice would print twice or wrongly; an empty cell is told already."""
        for name, fault in office_faults({key: cell.value for key, cell in record.items() if cell.value}):
            self.findings.append(finding("I563", record[name].where, record[name].value, fault=fault))

    def unit(self, record: Record) -> dict[str, Any]:
        group = record["group"].value
        identity = f"{group}_{next(self.numbers.setdefault(group, count(1))):02}"
        aliases = tuple(filter(None, map(str.strip, record["aliases"].value.translate(_SEPARATORS).split("、"))))
        for cell, names in (
            (record["short"], (record["short"].value,)),
            (record["full"], (record["full"].value,)),
            (record["aliases"], aliases),
        ):
            for name in filter(None, names):
                known = self.names.setdefault(normalise(name), (identity, group, cell.where))
                if known[0] != identity:
                    self._repeated(cell.where, name, known[2])
        named = UnitName(full=record["full"].value, short=record["short"].value, valid_from=self.valid_from)
        return {"id": identity, "group": group, "name": (named,), "aliases": aliases, "valid_from": self.valid_from}

    def site(self, record: Record) -> dict[str, Any]:
        return {
            "code": self._code(record["code"]),
            "name": record["name"].value,
            "kind": record["kind"].value,
            "owner": self._owner(record["owner"], record["kind"].value),
            "serves_public": record["serves_public"].value == "true",
            "valid_from": self.valid_from,
        }

    def _code(self, cell: Filled) -> str:
        if not cell.value:
            return ""
        try:
            code = read_site_code(cell.value, "网站标识码")
        except BadValue as error:
            self.findings.append(finding(error.code, cell.where, cell.value, count=1, **error.places))
            return ""
        first = self.codes.setdefault(code, cell.where)
        if first != cell.where:
            self._repeated(cell.where, code, first)
        return code

    def _owner(self, cell: Filled, kind: str) -> str:
        if not cell.value:
            return ""
        unit, group, _ = self.names.get(normalise(cell.value), ("", "", cell.where))
        if not unit:
            self.findings.append(finding("N301", cell.where, cell.value, nearest=nearest(cell.value, self.names)))
        elif kind in _OWNED and group in _GROUPS and group != _OWNED[kind]:
            self.findings.append(finding("I552", cell.where, cell.value, kind=_KINDS[kind], group=_GROUPS[group]))
        return unit

    def recipient(self, record: Record) -> dict[str, Any]:
        name = record["name"].value
        unit = self.names.get(normalise(name), ("",))[0]
        return {"unit" if unit else "name": unit or name, "category": record["category"].value}

    def _repeated(self, where: Where, value: str, first: Where) -> None:
        self.findings.append(finding("I551", where, value, first=f"{first.sheet}!{first.cell}"))
