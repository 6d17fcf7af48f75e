"""Bands of scores: disjoint, without gaps, adding up (分数段的核对).

What lives here: the questions about bands. What must not: other figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.interval import Interval
from pipeline.review.audit.model import Band, Bands, Figures
from pipeline.review.audit.printed import expansion


def ask_bands(figures: Figures, entry: Bands) -> Iterator[Answer]:
    """Whether bands are disjoint and add up (分数段)."""
    step = None if entry.step is None else Fraction(entry.step)
    bands = sorted(entry.band, key=lambda band: (band.interval.low, band.interval.high))
    shared, gaps = _overlaps(bands, step), _gaps(bands, entry.within, step)
    text = "、".join(band.range for band in entry.band)
    causes = tuple(Cause(Kind.OVERLAP, told) for told in shared)
    verdict = Verdict.WRONG if shared else Verdict.RIGHT
    yield Answer(entry.name, "各段是否互不重叠", text, verdict, "同一得分不能归入两段", causes)
    counts = [figures.whole_number(band.count) for band in entry.band]
    total = figures.whole_number(entry.total)
    given = [count for count in counts if count is not None]
    added, question = sum(given), "各段个数是否等于总数"
    if total is None or len(given) < len(counts):
        reason = f"没有印出{'总数' if total is None else '各段的个数'}"
        if gaps:
            reason += f"；{gaps[0]}不属于任何一段，那里有没有单位不得而知"
        yield Answer(entry.name, question, text, Verdict.UNDECIDED, reason)
    elif added == total:
        yield Answer(entry.name, question, text, Verdict.RIGHT, f"各段共{added}")
    else:
        found = [Cause(Kind.SUM, f"相差{abs(added - total)}")]
        if added < total:
            found += [Cause(Kind.GAP, f"{gap}不属于任何一段") for gap in gaps]
        yield Answer(entry.name, question, text, Verdict.WRONG, f"各段共{added}，总数{total}", tuple(found))


def _overlaps(bands: Sequence[Band], step: Fraction | None) -> list[str]:
    found = []
    for at, band in enumerate(bands):
        for other in bands[at + 1 :]:
            both = band.interval & other.interval
            if not both.empty and (step is None or both.multiples(step)):
                shown = expansion(both.low) if both.low == both.high else f"{expansion(both.low)}以上"
                found.append(f"{shown}分既在{band.range}中，也在{other.range}中")
    return found


def _gaps(bands: Sequence[Band], within: str | None, step: Fraction | None) -> list[str]:
    """Scores between the bands, and beyond them in the whole range, that belong to none."""
    first, last = bands[0].interval, bands[-1].interval
    whole = Interval(first.low, last.high, first.low_open, last.high_open)
    if within is not None:
        whole = Band(range=within).interval
    found, end, covered = [], whole.low, whole.low_open  # ``covered``: whether the end itself is in a band
    for band in (*(item.interval for item in bands), Interval(whole.high, whole.high, not whole.high_open)):
        gap = Interval(end, band.low, covered, not band.low_open)
        if not gap.empty and (step is None or gap.multiples(step)):
            found.append(f"{expansion(gap.low)}分至{expansion(gap.high)}分之间")
        end, covered = max((end, covered), (band.high, not band.high_open))
    return found
