"""Time what goes to units, with more and more of them: feedback sheets, replies, tables (文件计时).

What lives here: invented units of growing number, and the time per unit. Equal times per unit mean no quadratic step; the
seconds depend on the machine. ``python -m benchmarks.documents``.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from benchmarks.quarterly import clock
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.tables import DataTable
from pipeline.document.feedback import feedback_files
from pipeline.document.tablebook import table_workbook
from pipeline.settings import CODE_ROOT
from tests.feedback.handmade import SITE, UNIT, problem

COUNTS = (50, 100, 200, 400)
PROBLEMS = 8  # of a unit
FACTS = CODE_ROOT / "data" / "raw" / "2021Q3" / "前期" / "2021Q2.facts.json"


def write_sheets(units: int) -> None:
    """Sheets and replies of so many units, each with eight problems and names of sixty characters."""
    brief = BulletinFacts.from_json(FACTS.read_bytes()).brief
    problems = tuple(problem(number, "名" * 60, text="问题" * 60) for number in range(1, PROBLEMS + 1))
    unit = replace(UNIT, sites=(replace(SITE, name="名" * 60, problems=problems),))
    every = [replace(unit, number=f"{number:03}", unit=f"单位{number}") for number in range(units)]
    feedback_files(every, brief, {}, CODE_ROOT / "templates")


def write_tables(units: int) -> None:
    """A table with twenty rows a unit."""
    rows = tuple(("名" * 60, "1100000001", Decimal("98.67"), number) for number in range(units * 20))
    table_workbook("表", [DataTable("表", ("单位", "标识码", "得分", "名次"), rows)])


def main() -> None:
    """Print seconds, and milliseconds per unit."""
    table = Table(title="time by number of units", title_justify="left", box=None)
    for heading in ("units", "sheets, s", "per unit, ms", "tables, s", "per unit, ms"):
        table.add_column(heading, justify="right")
    for units in COUNTS:
        sheets = clock(lambda units=units: write_sheets(units))
        tables = clock(lambda units=units: write_tables(units))
        shown = (sheets, sheets * 1000 / units, tables, tables * 1000 / units)
        table.add_row(str(units), *(f"{value:.2f}" for value in shown))
    Console().print(table)


if __name__ == "__main__":
    main()
