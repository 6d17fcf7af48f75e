"""Facts of the confirmed problems, and of the paragraphs about them (存在的问题的事实).

What lives here: from problem measures to ``ProblemFacts``. What must not: wording.
"""

from __future__ import annotations

import polars as pl

from pipeline.bulletin.assemble.desk import Desk
from pipeline.bulletin.facts import ProblemFacts
from pipeline.bulletin.figures import Count


def problems(desk: Desk) -> ProblemFacts:
    """Facts of the confirmed problems (存在的问题)."""
    concerned = _concerned(desk)
    if desk.roster.rule_book.detail == "totals":
        return ProblemFacts(None, None, None, concerned)
    ledger, scores = desk.measures.problem_site, desk.measures.site_score.sort("roster_no")
    rows = int(ledger["rows"].sum())
    faulty = scores.filter(pl.col("lost").is_null() | (pl.col("lost") > 0))["unit_id"].to_list()
    clean = desk.names(unit for unit in scores["unit_id"] if unit not in faulty)
    return ProblemFacts(
        rows=Count("problems.rows", rows, rows),
        sites=Count("problems.sites", ledger.height, scores.height),
        clean_units=Count("problems.clean_units", len(clean), scores["unit_id"].n_unique(), clean),
        concerned=concerned,
    )


def _concerned(desk: Desk) -> tuple[Count, ...]:
    """The units that each paragraph of problems concerns, in roster order (问题涉及单位)."""
    found = desk.measures.problem_unit.sort("number", "roster_no")
    paragraphs = desk.info.info_paragraph.filter(pl.col("section") == "problem")["number"].sort()
    return tuple(
        Count(f"problems.concerned.{number}", units.height, len(desk.roster.units), desk.names(units["unit_id"]))
        for number in paragraphs
        for units in [found.filter(pl.col("number") == number)]
    )
