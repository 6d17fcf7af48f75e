"""What a broken delivery must be told: exactly these findings, each with its place, value and Chinese message.

What lives here: one assertion. What must not: breaking deliveries.
"""

from __future__ import annotations

import re

from tests.support.quarter import Delivered

Told = tuple[str, str, str, str, str, int]  # code, part of the file's name, sheet, cell, value, places
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}.*。")


def assert_told(delivered: Delivered, *expected: Told) -> str:
    """The findings of a delivery are exactly the expected ones: one cause, one finding, no consequences.

    Returns their messages, for tests that look at more of the wording.
    """
    findings = delivered.findings()
    told = {(item["code"], item["sheet"], item["cell"], item["value"], item["places"]): item for item in findings}
    assert sorted(told) == sorted(
        (code, sheet, cell, value, places) for code, _, sheet, cell, value, places in expected
    )
    assert len(told) == len(findings)
    for code, file, sheet, cell, value, places in expected:
        item = told[code, sheet, cell, value, places]
        assert file in item["file"] and bool(file) == bool(item["file"])
        assert item["severity"] == "error"
        assert value in item["message"] or code == "C206"  # a hidden character is not printed
        assert _CHINESE.search(item["message"]) and _CHINESE.search(item["action"])
        assert "{" not in item["message"] and "None" not in item["message"]
        assert (f"共 {places} 处" in item["message"]) == (places > 1)
    return "\n".join(item["message"] for item in findings)
