"""What a cell can move, and what is moved by it: cells are read otherwise, the figures made again and compared."""

from __future__ import annotations

import re

import polars as pl
import pytest

from pipeline.review.ledger.lineage import matched
from tests.review.ledger.quarters import Known, known

_COLUMN, _ROW = ["layout", "field", "member"], ["file", "sheet", "row_no"]
_SAMPLED = (
    ("site_score", "score"),
    ("site_score", "veto"),
    ("site_function", "present"),
    ("account", "platform_id"),
    ("account", "passed"),
    ("account", "unit_id"),
    ("error_report", "status_id"),
    ("error_report", "type_id"),
    ("deduction", "confirmed"),
    ("info_choice", "list_count"),
)
# Figures that no other content of a cell moves in the samples, and why.
UNMOVED = {
    r"\w+_sites\.sites|sites\.(inspected|share)|new_media\.accounts(_change)?|error_reports\.messages": "随行的增减变动",
    r"sites\.(streak|rechecked|recovered|added|closed)": "上季度没有不合格网站，网站没有增减",
    r"(\w+_)?sites\.basic": "改动的网站都没有落在基本合格线与合格线之间",
    r"\w+_sites\.full": "改动的网站都没有得满分，也没有失去满分",
    r"department_sites\.(bonus|bonuses\..*|bonus_stage|rows\.\w+\.bonus)": "市级部门网站没有加分指标",
    r"error_reports\.(districts|departments|types)": "改动的留言都不是该单位或者该类型的唯一一条",
}
# A row whose own bonus cells were not among those read otherwise, or whose place is shared.
ROW_UNMOVED = r"district_sites\.rows\.\w+\.(base_score|bonus|place)"
# A site too many and one too few are R401 and R402; rows told apart by a number or a statement are other rows.
_BLOCKED = {("site_score", "site_code"), ("site_function", "site_code"), ("info_choice", "statement")}
_FALLBACK = {"passed": "false", "confirmed": "false", "present": "false", "enabled": "false", "veto": "内容不更新",
             "groups": "2", "list_count": "1", "list_form": "count", "naming": "count"}  # fmt: skip


def _otherwise(quarter: Known, layout: str, field: str, part: slice) -> pl.DataFrame:
    """Cells of one field as another cell of the same column reads, or as something else that they may say."""
    own = quarter.cells.filter(pl.col("layout") == layout, pl.col("field") == field)
    others = {key: sorted({*rows["value"]} - {""}) for key, rows in own.group_by(_COLUMN)}
    chosen = own.filter(pl.col("state") != "not_applicable").sort("file", "sheet", "row_no", "cell")[part]
    new = [_another(row, others[tuple(row[name] for name in _COLUMN)]) for row in chosen.to_dicts()]
    changed = chosen.with_columns(pl.Series("value", new, pl.String), state=pl.lit("ok"))
    if (layout, field) != ("account", "passed"):
        return changed
    # an account is unqualified for a reason, and without one it is not (R408)
    reason = pl.when(pl.col("passed") == "true").then(pl.lit("")).otherwise(pl.lit("内容不更新"))
    verdicts = changed.select(*_ROW, passed="value")
    vetoes = quarter.cells.filter(pl.col("layout") == layout, pl.col("field") == "veto").join(verdicts, on=_ROW)
    return pl.concat([changed, vetoes.with_columns(value=reason, state=pl.lit("ok")).drop("passed")])


def _another(cell: dict[str, str], others: list[str]) -> str:
    found = [value for value in others if value != cell["value"]]
    if found:
        return found[len(cell["cell"]) % len(found)]
    value = cell["value"]
    return str(int(value) - 1) if re.fullmatch(r"[1-9]\d*", value) else _FALLBACK.get(cell["field"], f"{value}别")


def _moved(quarter: Known, changed: pl.DataFrame) -> set[str]:
    """What these cells move, which is no more than what the lineage names for them."""
    moved = quarter.moved(changed)
    named = matched(moved, quarter.named(changed))
    assert not [figure for figure, patterns in named.items() if not patterns]
    return moved


@pytest.mark.parametrize(("layout", "field"), _SAMPLED)
def test_cells_move_what_is_named_for_them(layout: str, field: str) -> None:
    q = known("2021Q3")
    changed = _otherwise(q, layout, field, slice(3, None, 97))
    moved = _moved(q, changed)
    assert moved
    answered = {
        figure for cell in changed.select("file", "sheet", "cell").rows() for figure in q.ledger.moved_by(*cell)
    }
    assert moved & q.ledger.figures.keys() <= answered
    assert len(answered) < len(q.ledger.figures)


@pytest.mark.slow
def test_every_field_moves_what_is_named_for_it_and_every_figure_moves() -> None:
    q = known("2023Q3")
    named = q.lineage.select("file", "sheet", "cell").unique()
    moved, idle = set[str](), []
    for layout, field in q.cells.select("layout", "field").unique().sort("layout", "field").rows():
        if (layout, field) in _BLOCKED or layout in ("info_item", "info_window", "info_correction"):
            continue
        changed = _otherwise(q, layout, field, slice(0, None, 7))
        if changed.join(named, on=["file", "sheet", "cell"], how="semi").height:
            moved |= _moved(q, changed)
        else:
            idle.append(changed)
    assert q.moved(pl.concat(idle)) == set()  # no figure rests on what the lineage does not name
    still = [made.id for made in q.ledger.figures.values() if made.sources and not made.given and made.id not in moved]
    unexplained = [key for key in still if not any(re.fullmatch(form, key) for form in UNMOVED)]
    rows = [key for key in unexplained if re.fullmatch(ROW_UNMOVED, key)]
    assert [key for key in unexplained if key not in rows] == []
    assert len(rows) < 8
