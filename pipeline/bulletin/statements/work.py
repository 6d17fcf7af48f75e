"""Statements about the inspection itself and other work (检查工作与其他工作的语句).

What lives here: conditions and forms of statements about what offices and agencies report besides the sheets; what
nobody reported is not said. What must not: wording, numbers.
"""

from __future__ import annotations

from pipeline.bulletin.facts import ShareFacts, WorkFacts
from pipeline.bulletin.figures import Count
from pipeline.bulletin.statements.common import Forms, how_many


def _period(work: WorkFacts) -> str | None:
    return "plain" if work.inspected_from and work.inspected_until else None


def _share(share: ShareFacts | None) -> str | None:
    return how_many(share.part) if share else None


def _some(count: Count | None) -> str | None:
    return "some" if count and count.value else None


def _some_or_none(count: Count | None) -> str | None:
    return None if count is None else "some" if count.value else "none"


FORMS: Forms = {
    "inspection_period": _period,
    "inspection_method": lambda work: "plain" if work.method else None,
    "inspection_topic": lambda work: "plain" if work.topic else None,
    "special_inspection": lambda work: "plain" if work.special else None,
    "visits": _some,
    "reposts": _share,
    "superior_check": _share,
    "cross_sites": _some,
    "cross_problems": _some_or_none,
    "account_register": _some_or_none,
    "ipv6": _share,
    "rectification": _share,
    "rectified_on_time": _share,
    "silent_units": lambda units: how_many(units) if units else None,
}
