"""What a broken delivery must be told: exactly these findings, each with its place, value and Chinese message.

What lives here: the expected finding, and one assertion. What must not: breaking deliveries.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.findings import CODES
from tests.support.quarter import Delivered

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}.*。")


class Told(NamedTuple):
    """An expected finding: ``file`` is part of the file's name, ``says`` a word of the message."""

    code: str
    file: str
    sheet: str
    cell: str
    value: str
    places: int = 1
    says: str = ""


def assert_told(delivered: Delivered, *expected: Told) -> None:
    """The findings of a delivery are exactly the expected ones: one cause, one finding, no consequences."""
    findings = delivered.findings()
    told = {(item["code"], item["sheet"], item["cell"], item["value"], item["places"]): item for item in findings}
    assert sorted(told) == sorted((item.code, item.sheet, item.cell, item.value, item.places) for item in expected)
    assert len(told) == len(findings)
    for code, file, sheet, cell, value, places, says in expected:
        item = told[code, sheet, cell, value, places]
        assert file in item["file"] and bool(file) == bool(item["file"])
        assert item["severity"] == CODES[code].severity
        assert value in item["message"] or code == "C206"  # a hidden character is not printed
        assert says in item["message"]
        assert _CHINESE.search(item["message"]) and _CHINESE.search(item["action"])
        assert "{" not in item["message"] and "None" not in item["message"]
        assert (f"共 {places} 处" in item["message"]) == (places > 1)
