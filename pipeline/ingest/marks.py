"""What a workbook says of a sheet beyond its values (工作表标记).

What lives here: the marks, whatever the format. What must not: finding them; that is done in `markup` and `binary`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Errors = dict[tuple[int, int], str]  # (row, column), both 1-based, to the error as it is shown
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class Marks:
    """Formula errors, formulas without a value, what is hidden. Rows and columns are 1-based."""

    errors: Errors = field(default_factory=dict)
    unvalued: dict[tuple[int, int], None] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last
