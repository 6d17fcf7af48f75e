"""The register of a dispatch, filled by people and read back (分发登记表).

What lives here: `分发登记表.xlsx`, a row a recipient; what people fill in it. What must not: sending, the journal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dispatch.journal import Receipt
from pipeline.dispatch.records import Issue
from pipeline.document.forms import Cell, Field, Look, Sheet, Since, State, form_workbook
from pipeline.ingest.container import Unreadable, read_grids

REGISTER = "分发登记表.xlsx"
_SHEET = "分发登记表"
_NAME, _HASH, _METHOD, _RECEIVED = "单位", "校验值（SHA-256）", "送达方式", "签收时间"
_TIME = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?)?")
_LONGEST = 40


@dataclass(frozen=True)
class Filled:
    """What people filled in for a recipient (登记内容): how it was delivered, and when it was received."""

    method: str
    received: str


def register_workbook(known: Issue, states: Mapping[str, Receipt], filled: Mapping[str, Filled]) -> bytes:
    """The register of an issue as it stands (分发登记表), what people filled in kept."""
    first = dt.date.fromisoformat(known.date)
    fields = (
        Field("序号", width=6),
        Field(_NAME, width=24),
        Field("类别", width=8),
        Field("材料包", width=30),
        Field(_HASH, width=36),
        Field("状态", width=10),
        Field("发出时间", width=22),
        Field(_METHOD, "实际的送达方式，例如交换系统、机要交换、专人送达。", width=14),
        Field(_RECEIVED, "对方签收的日期，或者日期和时间。", rule=Since(first), look=Look.TIME, width=20),
    )
    rows = []
    for package in known.packages:
        receipt, own = states.get(package.key, Receipt()), filled.get(package.key, Filled("", ""))
        printed = (str(package.number), package.name, package.category, Path(package.zip).name, package.sha256)
        told = (*printed, receipt.state.value, receipt.sent)
        given = (own.method or receipt.transport, own.received or receipt.received_at)
        rows.append((*(Cell(text, State.PRINTED) for text in told), *map(Cell, given)))
    title = f"{known.document_number}分发登记表"
    rules = (
        "灰色单元格由程序填写，请勿改动；每次分发以后程序重写本表，已经填写的内容保留。",
        "请在“签收时间”填写对方签收的时间；送达方式与预填的不同的，请改写。",
        f"填好后保存，运行 bulletin receipts {known.quarter}，签收情况即记入流水。",
    )
    return form_workbook(title, rules, [Sheet(_SHEET, fields, title=title, rows=tuple(rows))])


def read_register(data: bytes, known: Issue) -> tuple[dict[str, Filled], list[str]]:
    """What people filled in, by recipient, and everything that is wrong with it (读回登记表)."""
    try:
        grids = [grid for grid in read_grids(data) if grid.sheet == _SHEET]
    except Unreadable:
        grids = []
    head, rows = _table(grids[0].rows if grids else ())
    if not all(name in head for name in (_NAME, _HASH, _METHOD, _RECEIVED)):
        return {}, [f"{REGISTER} 无法读取，或者缺少表头"]
    packages = {package.name: package for package in known.packages}
    filled, faults = dict[str, Filled](), list[str]()
    for number, row in rows:
        name, digest, method, received = (_cell(row, head[key]) for key in (_NAME, _HASH, _METHOD, _RECEIVED))
        if not any((name, digest, method, received)):
            continue
        package = packages.get(name)
        if package is None:
            faults.append(f"{REGISTER} 第 {number} 行：没有分发对象“{name}”")
        elif package.key in filled:
            faults.append(f"{REGISTER} 第 {number} 行：{name}重复")
        elif digest != package.sha256:
            faults.append(f"{REGISTER} 第 {number} 行：{name}的校验值与印发的不同")
        else:
            time = _time(received)
            if received and not time:
                faults.append(f"{REGISTER} 第 {number} 行：{name}的签收时间“{received[:_LONGEST]}”不是日期")
            elif time and time[:10] < known.date:
                faults.append(f"{REGISTER} 第 {number} 行：{name}的签收时间早于成文日期")
            filled[package.key] = Filled(method[:_LONGEST], time)
    return filled, faults


def _table(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], Iterator[tuple[int, Sequence[str]]]]:
    """The columns by heading, and the rows below them with their numbers."""
    for at, row in enumerate(rows):
        if _NAME in row:
            return {heading: column for column, heading in enumerate(row)}, enumerate(rows[at + 1 :], start=at + 2)
    return {}, iter(())


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _time(text: str) -> str:
    """A day or a moment as ISO text, empty where it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return ""
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    try:
        moment = dt.datetime(year, month, day, hour, minute)
    except ValueError:
        return ""
    return moment.isoformat(" ", "minutes") if match[4] else moment.date().isoformat()
