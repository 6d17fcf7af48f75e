"""Corrections of delivered cells, declared in 季度信息 (更正).

What lives here: what a correction is, applying corrections to grids of texts, and everything that can be wrong with
one. A correction holds only while the delivered cell still says what it was when the correction was written down.
What must not: reading files, layouts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.errors import Finding, Where
from pipeline.findings import INFO_FILE, finding, without_hidden
from pipeline.ingest.container import Grid, address, column_number
from pipeline.reference.names import nearest, normalise

LAYOUT = "info_correction"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)  # 0110 is no number: it has a digit that 110 lost
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms alone: ² is no digit
_NEEDED = {"cell": "单元格", "reason": "理由", "reported_by": "提出者", "on": "日期"}
_BLANK = "（空）"


@dataclass(frozen=True)
class Correction:
    """A row of 更正 (更正): this cell says ``expected`` and is to be read as ``corrected``; ``where`` is the row itself."""

    file: str
    sheet: str
    cell: str
    expected: str
    corrected: str
    reason: str
    reported_by: str
    on: str
    where: Where

    @property
    def place(self) -> str:
        """What the row says about the place, for messages."""
        return str(Where(self.file, self.sheet, self.cell))


@dataclass(frozen=True)
class Applied:
    """A correction that was applied (已作的更正): the place as delivered, and the text that stood there."""

    correction: Correction
    where: Where
    delivered: str


def read_corrections(cells: Iterable[Mapping[str, object]]) -> list[Correction]:
    """Corrections from the records of ``raw/cell`` of the sheet 更正, in its order (读取更正).

    A cell that could not be read counts as filled: its own finding tells it. A row without a file is told likewise.
    """
    rows: dict[tuple[object, object, object], dict[object, Mapping[str, object]]] = {}
    for cell in cells:
        if cell["layout"] == LAYOUT:
            rows.setdefault((cell["file"], cell["sheet"], cell["row_no"]), {})[cell["field"]] = cell
    return [_correction(row) for row in rows.values() if "file" in row and _text(row["file"])]


def _correction(row: Mapping[object, Mapping[str, object]]) -> Correction:
    texts = {field: _text(cell) for field, cell in row.items()}
    own = row["file"]
    return Correction(
        file=texts["file"],
        sheet=texts.get("sheet", ""),
        cell=texts.get("cell", ""),
        expected=texts.get("expected", ""),
        corrected=texts.get("corrected", ""),
        reason=texts.get("reason", ""),
        reported_by=texts.get("reported_by", ""),
        on=texts.get("on", ""),
        where=Where(str(own["file"]), str(own["sheet"]), str(own["cell"])),
    )


def _text(cell: Mapping[str, object]) -> str:
    """What a row of 更正 says; of a cell with hidden characters, which has its finding, what can be seen."""
    return str(cell["value"]) if cell["state"] == "ok" else without_hidden(str(cell["text"]))


def correction_rows(quarter: str, applied: Iterable[Applied]) -> Iterator[dict[str, object]]:
    """Records of ``raw/correction`` (更正登记)."""
    for item in applied:
        correction = item.correction
        yield {
            "quarter": quarter,
            "file": item.where.file,
            "sheet": item.where.sheet,
            "cell": item.where.cell,
            "delivered": item.delivered,
            "corrected": correction.corrected,
            "reason": correction.reason,
            "reported_by": correction.reported_by,
            "reported_on": _iso_day(correction.on),
            "row_cell": correction.where.cell,
        }


def apply_corrections(
    file: str,
    grids: Sequence[Grid],
    corrections: Sequence[Correction],
    guarded: Collection[str] = (),
    closed: Collection[str] = (),
) -> tuple[list[Grid], list[Applied], list[Finding]]:
    """Replace the texts that corrections of this file name (应用更正).

    ``guarded`` are headers of columns that hold personal data or evidence, normalised, and ``closed`` are sheets where a
    record is a column: nothing that stands below such a header or in such a sheet is shown or replaced. A correction
    that lacks its reason is applied all the same: its finding stops the run, and what it corrects is not told again as
    a consequence.
    """
    grids, applied, findings = list(grids), list[Applied](), list[Finding]()
    if _is_info(file):
        return grids, applied, findings
    done: dict[Where, Correction] = {}
    own = [correction for correction in corrections if _same_file(correction.file, file)]
    tops = _guarded_columns(file, grids, own, guarded)
    for correction in own:
        findings.extend(_form(correction))
        if not correction.cell.strip():
            continue
        try:
            at, row, column = _locate(file, grids, correction)
        except _Nowhere as nowhere:
            findings.append(finding("I522", correction.where, correction.place, detail=nowhere.detail))
            continue
        where = Where(file, grids[at].sheet, address(row, column))
        delivered = _cell(grids[at], row, column)
        if where in done:
            findings.append(finding("I523", correction.where, where, first=done[where].where))
            continue
        done[where] = correction
        if where.sheet in closed or row > tops.get((where.sheet, column), row):
            findings.append(finding("I527", correction.where, where))
            continue
        if correction.corrected.strip() == correction.expected.strip():
            value = correction.expected.strip() or _BLANK
            findings.append(finding("I525", correction.where, value, place=correction.place))
        if not same_text(delivered, correction.expected):
            expected = correction.expected or _BLANK
            findings.append(
                finding("I521", correction.where, delivered.strip() or _BLANK, place=where, expected=expected)
            )
        else:
            grids[at] = _replaced(grids[at], row, column, correction.corrected)
            applied.append(Applied(correction, where, delivered))
    return grids, applied, findings


def _guarded_columns(
    file: str, grids: Sequence[Grid], corrections: Iterable[Correction], guarded: Collection[str]
) -> dict[tuple[str, int], int]:
    """The row of the first guarded header of a column, by sheet and column; a header may come from a correction too."""
    tops: dict[tuple[str, int], int] = {}
    for grid in grids:
        for row, texts in enumerate(grid.rows, start=1):
            for column, text in enumerate(texts, start=1):
                if text and normalise(without_hidden(text)) in guarded:
                    tops.setdefault((grid.sheet, column), row)
    for correction in corrections:
        if normalise(correction.corrected) in guarded:
            with contextlib.suppress(_Nowhere):  # told where it is applied
                at, row, column = _locate(file, grids, correction)
                tops[grids[at].sheet, column] = min(row, tops.get((grids[at].sheet, column), row))
    return tops


def unmatched(files: Iterable[str], corrections: Iterable[Correction]) -> list[Finding]:
    """Findings about corrections that belong to no delivered file, or to more than one (没有着落的更正).

    One file that was not delivered is one finding, however many of its cells were to be corrected.
    """
    names = list(files)
    findings: list[Finding] = []
    lost: dict[tuple[str, str], list[Correction]] = {}
    for correction in corrections:
        fitting = [name for name in names if _same_file(correction.file, name)]
        if _is_info(correction.file):
            lost.setdefault(("I526", _folded(correction.file)), []).append(correction)
        elif len(fitting) != 1:
            lost.setdefault(("I522", _folded(correction.file)), []).append(correction)
            if not fitting:
                findings.extend(_form(correction))
    for (code, _), rows in lost.items():
        first = rows[0]
        fitting = [name for name in names if _same_file(first.file, name)]
        detail = f"有 {len(fitting)} 个文件的名称与此相符" if fitting else _no_file(first.file, names)
        findings.append(finding(code, first.where, first.file, count=len(rows), detail=detail))
    return sorted(findings)


def same_text(delivered: str, expected: str) -> bool:
    """Whether a cell still says what was expected (原值是否仍然成立): width and white space do not matter.

    Numbers are compared as numbers, days as days: a spreadsheet turns what is typed into either.

    >>> same_text("３.0", "3"), same_text("2021/9/3", "2021-09-03"), same_text("0110", "110")
    (True, True, False)
    """
    numbers = _number(delivered), _number(expected)
    if numbers != (None, None):
        return numbers[0] == numbers[1]
    days = _day(delivered), _day(expected)
    if None not in days:
        return days[0] == days[1]
    return normalise(delivered) == normalise(expected)


def _number(text: str) -> Decimal | None:
    folded = text.strip().translate(_WIDE)
    return Decimal(folded) if _NUMBER.fullmatch(folded) else None


def _day(text: str) -> tuple[int, ...] | None:
    day = _DAY.fullmatch(normalise(text))
    return tuple(map(int, day.groups())) if day else None


def _iso_day(text: str) -> dt.date | None:
    """The day of a correction; one that cannot be read has its own finding."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _form(correction: Correction) -> Iterator[Finding]:
    """What a correction lacks, whatever was delivered."""
    lacks = "、".join(name for field, name in _NEEDED.items() if not getattr(correction, field).strip())
    if lacks:
        yield finding("I524", correction.where, correction.place, lacks=lacks)


class _Nowhere(Exception):
    """A place that is not there, and why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def _locate(file: str, grids: Sequence[Grid], correction: Correction) -> tuple[int, int, int]:
    """The grid, row and column of a correction, the latter two from 1. Raises ``_Nowhere``."""
    at = _sheet(file, grids, correction.sheet)
    cell = _CELL.fullmatch(unicodedata.normalize("NFKC", correction.cell).strip().upper())
    if cell is None:
        raise _Nowhere("单元格应写作 H3 的形式")
    row, column = int(cell[2]), column_number(cell[1])
    rows = grids[at].rows
    if row > len(rows) or column > max(map(len, rows)):
        last = address(len(rows), max(1, max(map(len, rows)))) if rows else ""
        raise _Nowhere(f"表中最后一个单元格是 {last}" if last else "该工作表没有内容")
    return at, row, column


def _sheet(file: str, grids: Sequence[Grid], wanted: str) -> int:
    names = [grid.sheet for grid in grids]
    if wanted in names:
        return names.index(wanted)
    fitting = [at for at, name in enumerate(names) if normalise(name) == normalise(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if names == [""]:
        raise _Nowhere(f"“{file}”是文本表格，没有工作表，“工作表”一栏应当留空")
    if not wanted.strip():
        raise _Nowhere(f"没有填写工作表，“{file}”有：{'、'.join(names)}")
    raise _Nowhere(f"“{file}”有工作表：{'、'.join(names)}")


def _cell(grid: Grid, row: int, column: int) -> str:
    texts = grid.rows[row - 1]
    return texts[column - 1] if column <= len(texts) else ""


def _replaced(grid: Grid, row: int, column: int, text: str) -> Grid:
    texts = list(grid.rows[row - 1])
    texts.extend([""] * (column - len(texts)))
    texts[column - 1] = text
    unvalued = tuple(cell for cell in grid.unvalued if cell != address(row, column))
    return replace(grid, rows=(*grid.rows[: row - 1], tuple(texts), *grid.rows[row:]), unvalued=unvalued)


def _folded(file: str) -> str:
    return normalise(file).replace("\\", "/").removeprefix("./")


def _same_file(written: str, file: str) -> bool:
    return _folded(written) == _folded(file)


def _is_info(file: str) -> bool:
    return _folded(file) == INFO_FILE


def _no_file(file: str, names: Sequence[str]) -> str:
    return f"没有提交这个文件，相近的有：{nearest(file, names)}"
