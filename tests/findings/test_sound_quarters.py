"""The deliveries as they are: nothing to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.quarter import Delivered


@pytest.mark.parametrize("quarter", ["2021Q2", "2021Q3"])
def test_a_sound_quarter_has_no_findings(tmp_path: Path, quarter: str) -> None:
    assert Delivered.copy(tmp_path, quarter).findings() == []


def test_the_list_for_the_agency_has_its_chinese_header_even_when_empty(tmp_path: Path) -> None:
    delivered = Delivered.copy(tmp_path)
    delivered.findings()
    text = (tmp_path / "work" / "2021Q3" / "findings.csv").read_bytes().decode("utf-8-sig")
    assert text == "序号,级别,代码,文件,工作表,单元格,发现的内容,说明,处理办法,处数\n"
