"""A run after the issue, beside what was issued (印发以后的变化).

What lives here: figures that a later run prints otherwise. What must not: judging whether a re-issue is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.dispatch.records import (
    FACTS,
    Deviation,
    figure_names,
    issue_folder,
    issues,
    read_facts,
    read_issue,
    reprinted,
)
from pipeline.review.backcheck.report import figure_named
from pipeline.settings import Paths


@dataclass(frozen=True)
class Later:
    """A figure that a later run prints otherwise than it was issued (与印发件不同的数字); of its list the names that differ."""

    figure: str
    name: str
    issued: str
    now: str


def changes_since_issue(paths: Paths, quarter: str) -> list[Later]:
    """Figures of the last run that are not those issued last (与印发件不同的数字).

    Nothing where nothing was issued, or the output is of another version.
    """
    done = issues(paths, quarter)
    if not done:
        return []
    try:
        now = printed_figures(BulletinFacts.from_json((paths.out(quarter) / FACTS).read_bytes()))
    except (OSError, ValidationError):
        return []
    folder = issue_folder(paths, quarter, done[-1])
    was, names = printed_figures(read_facts(folder)), figure_names(folder)
    for item in read_issue(paths, quarter, done[-1]).accepted:
        if item.of in was:
            was[item.of] = _deviating(was[item.of], item)
    changed = (key for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key))
    told = ((key, *_apart(was.get(key) or "无", now.get(key, "无"))) for key in changed)
    return [Later(key, figure_named(key, names), issued, now) for key, issued, now in told]


def _apart(was: str, now: str) -> tuple[str, str]:
    """Two printed figures with their lists, without the names that both have."""
    one, other = was.split("、"), now.split("、")
    first, second = ("、".join([own[0], *(name for name in own[1:] if name not in them[1:])])
                     for own, them in ((one, other), (other, one)))  # fmt: skip
    return first, second


def _deviating(text: str, item: Deviation) -> str:
    """A figure with its list as the approved text prints it."""
    value, comma, names = text.partition("、")
    if item.figure.endswith(".names"):
        return value + comma + reprinted(names, item.was, item.now)
    return reprinted(value, item.was, item.now) + comma + names
