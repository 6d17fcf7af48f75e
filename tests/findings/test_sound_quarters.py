"""The deliveries as they are: nothing to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.flow import open_context
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import Delivered, run_to_gate


@pytest.mark.parametrize("quarter", ["2021Q2", "2021Q3", "2023Q3"])
def test_a_sound_quarter_has_no_findings(tmp_path: Path, quarter: str) -> None:
    Delivered.copy(tmp_path, quarter)
    context = open_context(Paths(CODE_ROOT, tmp_path), quarter)
    with context.warehouse:
        assert run_to_gate(context) == []


def test_a_thinned_quarter_has_no_findings_and_an_empty_list_with_a_chinese_header(
    delivered: Delivered, tmp_path: Path
) -> None:
    assert delivered.findings() == []
    text = (tmp_path / "work" / "2021Q3" / "findings.csv").read_bytes().decode("utf-8-sig")
    assert text == "序号,级别,代码,文件,工作表,单元格,发现的内容,说明,处理办法,处数\n"
