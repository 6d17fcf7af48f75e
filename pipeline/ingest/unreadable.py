"""Why bytes are no table, and how much is read at most (不可读取与读取上限).

What lives here: ``Unreadable`` and the limits. What must not: reading.
"""

from __future__ import annotations

# docs/limits.md lists these values and what they hold memory to; a test compares them.
MAX_FILE = 50 * 2**20  # bytes of a delivered file
MAX_PART = 100 * 2**20  # bytes of one part of a package, unpacked
MAX_PACKAGE = 200 * 2**20  # bytes of all its parts, unpacked
MAX_RATIO = 300  # unpacked to packed, of parts larger than RATIO_FROM
RATIO_FROM = 10 * 2**20
MAX_PARTS = 10_000
MAX_SHEETS = 1_000
MAX_ROWS = 100_000  # of a sheet: the last row that holds anything
MAX_COLUMNS = 1_000
MAX_CELLS = 1_000_000  # of a file: rows by columns of every sheet, as calamine holds them
MAX_TEXT = 50 * 2**20  # characters of all cells of a workbook, every use of a shared text counted
MAX_FIELD = 32_767  # characters of one field of a text; a cell of a workbook holds no more
MAX_FILES = 2_000  # files of a delivery that are opened
MAX_DELIVERED = 500_000  # cells of all records of a delivery
MAX_EARLIER = 20 * 2**20  # bytes of a facts file of an earlier quarter


class Unreadable(Exception):
    """The bytes are no table: the code of the finding and the places of its message."""

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code)
        self.code, self.places = code, places


def beyond(detail: str) -> Unreadable:
    """A limit is exceeded (超出读取上限)."""
    return Unreadable("F116", detail=detail)


class Extent:
    """How much the sheets of one workbook hold together; raises ``Unreadable`` beyond a limit (数据范围)."""

    def __init__(self) -> None:
        self.cells = self.text = 0

    def sheet(self, rows: int, columns: int, text: int = 0) -> None:
        """Add a sheet by its last row and column, 1-based."""
        if rows > MAX_ROWS:
            raise beyond(f"一张工作表超过 {MAX_ROWS} 行")
        if columns > MAX_COLUMNS:
            raise beyond(f"一张工作表超过 {MAX_COLUMNS} 列")
        self.cells, self.text = self.cells + rows * columns, self.text + text
        if self.cells > MAX_CELLS:
            raise beyond(f"全部工作表超过 {MAX_CELLS} 个单元格")
        if self.text > MAX_TEXT:
            raise beyond(f"全部文字超过 {MAX_TEXT} 字")


def sheet_count(count: int) -> None:
    """Raise ``Unreadable`` for a workbook of too many sheets (工作表数)."""
    if count > MAX_SHEETS:
        raise beyond(f"超过 {MAX_SHEETS} 张工作表")
