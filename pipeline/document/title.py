"""The shape of a title (标题排列): lines in a trapezoid or a diamond, never broken inside a word.

What lives here: the choice of lines. The words come with the blocks. What must not: fonts, XML.
Source: GB/T 9704-2012, clause 7.3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from pipeline.document.geometry import quarter_ems


def shape_title(words: Sequence[str], capacity: int) -> tuple[str, ...]:
    """The words of a title as the fewest balanced lines of at most so many characters (标题分行).

    A middle line is never the shortest (梯形或菱形). Words that cannot be fitted stand a line each.

    >>> shape_title(["某某管理局", "关于2021年第三季度", "全市政府网站", "与政府系统", "政务新媒体", "检查情况的通报"], 19)
    ('某某管理局关于2021年第三季度', '全市政府网站与政府系统政务新媒体', '检查情况的通报')
    """
    for count in range(len(words)):
        cuts = ((0, *chosen, len(words)) for chosen in combinations(range(1, len(words)), count))
        shapes = [tuple("".join(words[a:b]) for a, b in pairwise(cut)) for cut in cuts]
        fitting = [lines for lines in shapes if max(map(quarter_ems, lines)) <= 4 * capacity]
        if fitting:
            return min(fitting, key=_ugliness)
    return tuple(words)


def _ugliness(lines: tuple[str, ...]) -> tuple[int, int]:
    """Hourglasses last, then the sum of squared widths: it is least where lines are alike."""
    widths = [quarter_ems(line) for line in lines]
    waists = sum(before > middle < after for before, middle, after in zip(widths, widths[1:], widths[2:], strict=False))
    return waists, sum(width * width for width in widths)
