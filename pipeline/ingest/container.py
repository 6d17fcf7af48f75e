"""Bytes to grids: workbooks and delimited text, told apart by content, not by suffix (文件容器).

What lives here: sniffing, calamine, csv; a grid keeps every address, so row 5 column H is ``rows[4][7]``.
What must not: meaning of cells.

Read: .xlsx, .xlsm, .xls (BIFF8, and BIFF5 as far as calamine can), .ods, .xlsb, .et that holds one of them, and text
separated by commas, tabs or semicolons in UTF-8 or GB18030. Everything else raises ``Unreadable`` with a code of its own.

Not checked: formulas without a value of .xls and .xlsb, where every formula has one; an uncalculated formula whose
program stored a 0; cell formats, comments, pictures, links to other files, merged cells; the length of shared texts of
.xls and .xlsb against ``MAX_TEXT``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipeline.ingest.binary import OLE, vet_ole
from pipeline.ingest.foreign import refuse_foreign
from pipeline.ingest.marks import Marks
from pipeline.ingest.markup import ZIP, vet_package
from pipeline.ingest.unreadable import MAX_CELLS, MAX_COLUMNS, MAX_FIELD, MAX_FILE, MAX_ROWS, Extent, Unreadable, beyond

__all__ = ["Grid", "Unreadable", "address", "column_number", "letters", "read_grids", "spans"]

_DAMAGED = "不是完整的工作簿"
_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = ",\t;"
_PLAIN_WITHIN = 30  # rows by which the separator is told


@dataclass(frozen=True)
class Grid:
    """A sheet as a grid of texts (工作表). A text file is one grid with an empty name.

    ``hidden_rows`` and ``hidden_columns`` are 1-based and within the grid; filtered rows are hidden too. ``unvalued``
    (addresses of formulas without a stored value, within the grid) are known of .xlsx and .ods: in .xls and .xlsb every
    formula has a value. An uncalculated formula whose program stored a 0 cannot be told from a calculated one.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unvalued: tuple[str, ...] = ()


def read_grids(data: bytes) -> list[Grid]:
    """Read every sheet of a workbook, or a delimited text (读取工作表).

    Numbers become their shortest decimal text, dates ISO text. Raises ``Unreadable`` and nothing else.
    """
    if len(data) > MAX_FILE:
        raise beyond(f"文件超过 {MAX_FILE >> 20} MB")
    if data.startswith((ZIP, OLE[:4])):
        return _read_workbook(data)
    refuse_foreign(data)
    return [Grid("", _read_delimited(data))]


def _read_workbook(data: bytes) -> list[Grid]:
    modern = True
    try:
        if data.startswith(ZIP):
            vetted, marks = vet_package(data)
        else:
            vetted, marks, modern = vet_ole(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(vetted))
        return [
            _grid(
                sheet.name,
                book.get_sheet_by_index(at).to_python(skip_empty_area=False),
                marks.get(sheet.name, Marks()),
                sheet.visible is not SheetVisibleEnum.Visible,
            )
            for at, sheet in enumerate(book.sheets_metadata)
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]
    except Unreadable:
        raise
    except PasswordError as error:
        raise Unreadable("F109") from error
    except Exception as error:
        raise _damaged(modern) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise _damaged(modern) from error  # calamine panicked


def _damaged(modern: bool) -> Unreadable:
    return Unreadable("F104", detail=_DAMAGED) if modern else Unreadable("F115", kind="Excel 5.0/95")


def _grid(name: str, values: Iterable[Iterable[object]], marks: Marks, hidden: bool) -> Grid:
    rows = [list(map(_text, row)) for row in values]
    placed = [*marks.errors, *marks.unvalued]
    height = max((row for row, _ in placed), default=0)
    width = max((*(column for _, column in placed), *map(len, rows[:1])), default=0)
    rows += [[] for _ in range(height - len(rows))]
    for texts in rows:
        texts += [""] * (width - len(texts))
    for (row, column), error in marks.errors.items():
        rows[row - 1][column - 1] = error
    return Grid(
        name,
        tuple(map(tuple, rows)),
        hidden,
        frozenset(row for row in marks.hidden_rows if row <= len(rows)),
        frozenset(at for first, last in marks.hidden_columns for at in range(first, min(last, width) + 1)),
        tuple(address(row, column) for row, column in sorted(marks.unvalued)),
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def _read_delimited(data: bytes) -> tuple[tuple[str, ...], ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("F103", line=1)  # UTF-16
    if b"\x00" in data:
        raise Unreadable("F104", detail="不是表格文件")
    line = 0  # how far the better of the encodings came
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding).rstrip("\x1a")  # DOS wrote it at the end
        except UnicodeDecodeError as error:
            line = max(line, data[: error.start].count(b"\n") + 1)
            continue
        try:
            return _split(text, max(_SEPARATORS, key=lambda separator: _plainness(text, separator)))
        except csv.Error as error:
            if "field larger" in str(error):
                raise beyond(f"有超过 {MAX_FIELD} 字的单元格") from error
            raise Unreadable("F104", detail="分隔文本的引号不成对") from error
    raise Unreadable("F103", line=line)


def _plainness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have the same number of fields, and that number: a text is plainly separated."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            widths[len(row)] += len(row) > 1
            if widths.total() >= _PLAIN_WITHIN:
                break
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if count), default=(0, 0))


def _split(text: str, separator: str) -> tuple[tuple[str, ...], ...]:
    rows, extent, cells = [], Extent(), 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        rows.append(tuple(row))
        cells += len(row)
        if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
            extent.sheet(len(rows), len(row))
        if cells > MAX_CELLS:
            raise beyond(f"超过 {MAX_CELLS} 个单元格")
        if any(len(field) > MAX_FIELD for field in row):
            raise beyond(f"第 {len(rows)} 行有超过 {MAX_FIELD} 字的单元格")
    return tuple(rows)


def spans(numbers: Iterable[int], name: Callable[[int], str] = str) -> str:
    """Rows or columns as text, neighbours drawn together (行列区间).

    >>> spans({5, 7, 8, 9}), spans({2, 3, 28}, letters)
    ('5、7—9', 'B—C、AB')
    """
    ends: list[list[int]] = []
    for number in sorted(numbers):
        if ends and ends[-1][1] == number - 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return "、".join(name(first) if first == last else f"{name(first)}—{name(last)}" for first, last in ends)


def letters(column: int) -> str:
    """The letters of a 1-based column (列标).

    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_number(letters_: str) -> int:
    """The 1-based column of its letters (列号).

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters_:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """The address of a cell from 1-based row and column, ``H3`` (单元格地址).

    >>> address(3, 8), address(1, 28)
    ('H3', 'AB1')
    """
    return f"{letters(column)}{row}"
