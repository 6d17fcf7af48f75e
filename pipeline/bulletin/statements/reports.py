"""Statements about messages of 我为政府网站找错 (找错留言部分的语句).

What lives here: conditions and forms of statements about the facts of messages. What must not: wording, numbers.
"""

from __future__ import annotations

from pipeline.bulletin.facts import ErrorReportFacts
from pipeline.bulletin.figures import Count
from pipeline.bulletin.statements.common import Forms, how_many


def _messages(reports: ErrorReportFacts) -> str:
    if not reports.messages.value:
        return "none"
    both = bool(reports.departments.value) and bool(reports.districts.value)
    return "both" if both else "departments" if reports.departments.value else "districts"


def _on_time(reports: ErrorReportFacts) -> str | None:
    """Units are praised only where nothing was late."""
    return None if reports.on_time is None else "all" if reports.on_time.complete else "some"


def _concentration(reports: ErrorReportFacts) -> str | None:
    if not reports.top_share or reports.top.value == reports.top.of:
        return None
    rate = reports.top_on_time
    if rate is None:
        return "plain"
    return "all_on_time" if rate.complete and reports.top.value > 1 else "with_on_time"


def _concerned(units: Count) -> str | None:
    return how_many(units) if units.value else None


FORMS: Forms = {
    "error_reports": _messages,
    "error_report_units": _concerned,
    "error_report_types": lambda reports: "plain" if reports.types.value else None,
    "error_report_on_time": _on_time,
    "error_report_concentration": _concentration,
    "error_report_late": lambda reports: how_many(reports.late),
    "error_report_late_units": lambda reports: _concerned(reports.late_units),
}
