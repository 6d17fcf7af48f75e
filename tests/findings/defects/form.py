"""The form of the catalogue: a defect, and the usual ways to make one in a sound delivery.

What lives here: ``Defect`` and changes of cells, rows and files. What must not: defects, assertions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

from tests.support.quarter import REPORTS, Delivered
from tests.support.told import Told

Change = Callable[[Delivered], None]


@dataclass(frozen=True)
class Defect:
    """A defect by its name, how a sound delivery comes to have it, and the one finding that tells it (缺陷)."""

    name: str
    change: Change
    told: Told


def put(file: str, sheet: str, **cells: object) -> Change:
    """Write values into cells; the ledger of messages is a text file, whose sheet is empty."""

    def change(delivered: Delivered) -> None:
        if file == REPORTS:
            with delivered.edit_reports() as rows:
                for cell, value in cells.items():
                    row, column = coordinate_to_tuple(cell)
                    rows[row - 1][column - 1] = str(value)
        else:
            with delivered.edit(file) as book:
                for cell, value in cells.items():
                    book[sheet][cell] = value

    return change


def rework(file: str, edit: Callable[[Any], object]) -> Change:
    """Do something with an opened workbook."""

    def change(delivered: Delivered) -> None:
        with delivered.edit(file) as book:
            edit(book)

    return change


def append(file: str, sheet: str, *values: object) -> Change:
    """Add a row below the last one that holds anything."""

    def add(book: Any) -> None:
        rows = [row[0].row for row in book[sheet].iter_rows() if any(cell.value is not None for cell in row)]
        for at, value in enumerate(values, start=1):
            book[sheet].cell(rows[-1] + 1, at, value)

    return rework(file, add)


def write(name: str, data: bytes) -> Change:
    """Lay a file of these bytes into the folder, or in place of the delivered one whose name holds ``name``."""

    def change(delivered: Delivered) -> None:
        (path,) = [path for path in delivered.folder.iterdir() if name in path.name] or [delivered.folder / name]
        path.write_bytes(data)

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(delivered: Delivered) -> None:
        for part in changes:
            part(delivered)

    return change
