"""The data root of another office, apart from the code (新单位).

What lives here: the blank 机构信息, and the root that a filled one makes: its own registry, complete, so that an update of
the code changes none of it. What must not: checks of the workbook; they are in `ingest/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
from pydantic import BaseModel, TypeAdapter

from pipeline.errors import RunError
from pipeline.ingest.institution import WORKBOOK, Institution, read_institution
from pipeline.office.blanks import office_form
from pipeline.office.folder import place
from pipeline.quarter import Quarter
from pipeline.reference.layouts import Layout
from pipeline.reference.registry import Roster, load_registry, read_toml
from pipeline.settings import Paths
from pipeline.warehouse.checks import findings_frame

_TITLE = "机构信息填表说明"
_MADE = f"# 由 bulletin init 根据{WORKBOOK}生成；此后由维护人员按季度修改有效期。\n"
_OWN = ("office.toml", "recipients.toml", "sites.toml", "units.toml")  # an office's; all other files are shared


def write_form(paths: Paths, folder: Path) -> Path:
    """Write the blank 机构信息 of an office that is not yet founded (空白机构信息). Raises ``RunError``."""
    _refuse_founded(folder)
    target = folder / WORKBOOK
    data = office_form(_TITLE, load_forms(paths), _anyone(paths))
    if folder.is_dir():
        try:
            with target.open("xb") as stream:
                stream.write(data)
        except OSError as error:
            raise RunError("form_write", f"{target} 无法写入：{error.strerror}。", "请检查写入权限。") from error
    else:
        place(folder, {WORKBOOK: data})
    return target


def found_office(paths: Paths, folder: Path, workbook: Path) -> pl.DataFrame:
    """Make the data root that a filled workbook describes (建立数据根目录), unless something is wrong with the workbook.

    ``paths`` names the installation whose shared reference data are copied. Returns the findings as ``core/finding``;
    with any, nothing is made. Raises ``RunError`` where a root is already.
    """
    _refuse_founded(folder)
    try:
        data = workbook.read_bytes()
    except OSError as error:
        raise RunError("form_read", f"{workbook} 无法读取：{error.strerror}。", "请核对文件名称和权限。") from error
    anyone = _anyone(paths)
    institution, findings = read_institution(workbook.name, data, load_forms(paths), anyone)
    found = findings_frame(anyone.quarter.key, findings)
    if institution is None:
        return found
    for name in ("raw", "out"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shared = {
        path.relative_to(_shared(paths)).as_posix(): path.read_bytes()
        for path in sorted(_shared(paths).rglob("*.toml"))
        if path.relative_to(_shared(paths)).as_posix() not in _OWN
    }
    place(folder / "reference", shared | _own(institution), check=load_registry)
    return found


def _refuse_founded(folder: Path) -> None:
    if (folder / "reference").exists():
        raise RunError(
            "office_exists", f"{folder} 已经是数据根目录，没有改动。", "单位和网站的增减，请维护人员在登记数据中修改。"
        )


def _shared(paths: Paths) -> Path:
    """Reference data that come with the code."""
    return paths.code / "data" / "reference"


def load_forms(paths: Paths) -> tuple[Layout, ...]:
    """The sheets of 机构信息 (机构信息的表式)."""
    path = paths.templates / "office.toml"
    return TypeAdapter(tuple[Layout, ...]).validate_python(read_toml(path)["sheet"])


def _anyone(paths: Paths) -> Roster:
    """A registry of nobody, in the first quarter that any rule book holds in: the entries of a new office begin there."""
    shared = load_registry(_shared(paths))
    first = min(Quarter.parse(book.valid_from) for book in shared.rule_books)
    return replace(shared, units=(), sites=(), recipients=()).at(first)


def _own(institution: Institution) -> dict[str, bytes]:
    """The files that are the office's own."""
    return {
        "office.toml": _file(_pairs(institution.office)),
        "recipients.toml": _file(_tables("recipient", institution.recipients)),
        "sites.toml": _file(_tables("site", institution.sites)),
        "units.toml": _file(_tables("unit", institution.units)),
    }


def _file(lines: Iterable[str]) -> bytes:
    return (_MADE + "\n".join(lines) + "\n").encode()


def _tables(name: str, entries: Iterable[BaseModel]) -> Iterator[str]:
    """Entries as TOML arrays of tables; of tables within them likewise."""
    for entry in entries:
        yield from ("", f"[[{name}]]")
        yield from _pairs(entry)
        for key, value in entry:
            if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                yield from list(_tables(f"{name}.{key}", value))[1:]


def _pairs(entry: BaseModel) -> Iterator[str]:
    """The plain values of an entry; strings are written as JSON does, which TOML reads alike."""
    for key, value in entry:
        if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            continue
        if value is not None:
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
