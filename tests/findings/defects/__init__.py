"""The catalogue of defects: every one by its name, how a sound delivery comes to have it, and what is told.

What lives here: the catalogue. ``python -m tests.findings.defects FOLDER`` writes it as workbooks to look at. What must
not: assertions; sound oddities, which are in `test_oddities.py`.
"""

from tests.findings.defects.cells import CELLS
from tests.findings.defects.files import FILES
from tests.findings.defects.form import Defect
from tests.findings.defects.names import NAMES
from tests.findings.defects.quarter_info import QUARTER_INFO
from tests.findings.defects.rows import ROWS

__all__ = ["DEFECTS", "Defect"]

DEFECTS: tuple[Defect, ...] = (*FILES, *CELLS, *NAMES, *ROWS, *QUARTER_INFO)
