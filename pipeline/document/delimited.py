"""Tables as CSV (逗号分隔文件).

What lives here: CSV for machines and the list of findings; people open both, so no cell is one that a sheet would execute.
What must not: which tables are written, looking for findings.
"""

from __future__ import annotations

import polars as pl

_FINDING_HEADINGS = {
    "number": "序号", "severity": "级别", "code": "代码", "file": "文件", "sheet": "工作表", "cell": "单元格",
    "value": "发现的内容", "message": "说明", "action": "处理办法", "places": "处数",
}  # fmt: skip
_FORMULA, _SIGNED = r"^([=+\-@\t\r＝＋－＠])", r"^[+-]\d+(\.\d+)?$"  # a number with a sign runs nothing


def findings_csv(findings: pl.DataFrame) -> bytes:
    """The list that goes back to the agency (退回修改清单): Chinese headings, BOM, no cell that a sheet would execute."""
    words = pl.col("severity").replace_strict({"error": "错误", "warning": "提示"})
    table = _inert(findings.with_columns(words).select(*_FINDING_HEADINGS)).rename(_FINDING_HEADINGS)
    return table.write_csv(include_bom=True).encode()


def csv_bytes(table: pl.DataFrame) -> bytes:
    """A table as CSV in UTF-8 (表格原文), no cell of which a sheet would execute."""
    return _inert(table).write_csv().encode()


def _inert(table: pl.DataFrame) -> pl.DataFrame:
    """Texts that a sheet would take for a formula begin with an apostrophe (防公式注入)."""
    text = pl.selectors.string()
    return table.with_columns(
        pl.when(text.str.contains(_SIGNED)).then(text).otherwise(text.str.replace(_FORMULA, "'$1"))
    )
