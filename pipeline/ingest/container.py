"""Bytes to grids: workbooks and delimited text, told apart by content, not by suffix (文件容器).

What lives here: sniffing, calamine, csv; a grid keeps every address, so row 5 column H is ``rows[4][7]``.
What must not: meaning of cells.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pipeline.ingest.markup import XMLSyntaxError, formula_errors

_ZIP = b"PK\x03\x04"
_WORKBOOK_MAGIC = (_ZIP, b"\xd0\xcf\x11\xe0")
_ENCODINGS = ("utf-8-sig", "gb18030")


class Unreadable(Exception):
    """The bytes are no table: the code of the finding and the places of its message."""

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code)
        self.code, self.places = code, places


@dataclass(frozen=True)
class Grid:
    """A sheet as a grid of texts (工作表). A text file is one grid with an empty name."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]


def read_grids(data: bytes) -> list[Grid]:
    """Read every sheet of a workbook, or a delimited text (读取工作表).

    Numbers become their shortest decimal text, dates ISO text. Raises ``Unreadable``.
    """
    if data.startswith(_WORKBOOK_MAGIC):
        return _read_workbook(data)
    return [Grid("", _read_delimited(data))]


def _read_workbook(data: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
        errors = formula_errors(data) if data.startswith(_ZIP) else {}
        return [
            Grid(sheet.name, _rows(sheet.to_python(skip_empty_area=False), errors.get(sheet.name, {})))
            for sheet in sheets
        ]
    except PasswordError as error:
        raise Unreadable("F104", detail="文件已加密") from error
    except (CalamineError, ValueError, OSError, KeyError, XMLSyntaxError, zipfile.BadZipFile) as error:
        raise Unreadable("F104", detail="不是完整的工作簿") from error


def _rows(rows: Iterable[Iterable[object]], errors: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    if not errors:
        return tuple(tuple(map(_text, row)) for row in rows)
    return tuple(
        tuple(errors.get(address(at, column), _text(value)) for column, value in enumerate(row, start=1))
        for at, row in enumerate(rows, start=1)
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
    if b"\x00" in data:
        raise Unreadable("F104", detail="不是表格文件")
    line = 0  # how far the better of the encodings came
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = max(line, data[: error.start].count(b"\n") + 1)
            continue
        try:
            return tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise Unreadable("F104", detail="分隔文本的引号不成对") from error
    raise Unreadable("F103", line=line)


def address(row: int, column: int) -> str:
    """The address of a cell from 1-based row and column, ``H3`` (单元格地址).

    >>> address(3, 8), address(1, 28)
    ('H3', 'AB1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
