"""A run after the issue, beside what was issued (印发以后的变化).

What lives here: figures that a later run prints otherwise. What must not: judging whether a re-issue is needed.
"""

from __future__ import annotations

from pydantic import ValidationError

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.dispatch.records import FACTS, issue_folder, issues, read_facts
from pipeline.settings import Paths


def changes_since_issue(paths: Paths, quarter: str) -> list[tuple[str, str, str]]:
    """Figures of the last run that are not those issued last (与印发件不同的数字): id, as issued, as it would be now.

    Nothing where nothing was issued, or the output is of another version.
    """
    done = issues(paths, quarter)
    if not done:
        return []
    try:
        now = printed_figures(BulletinFacts.from_json((paths.out(quarter) / FACTS).read_bytes()))
    except (OSError, ValidationError):
        return []
    was = printed_figures(read_facts(issue_folder(paths, quarter, done[-1])))
    changed = (key for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key))
    return [(key, was.get(key, "无"), now.get(key, "无")) for key in changed]
