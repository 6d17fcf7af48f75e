"""The shape of a title (标题分行).

What lives here: breaking a title between its words into lines of a good shape. A word is never split.
Source: GB/T 9704-2012, clause 7.3.1: several lines, words whole, 梯形 or 菱形.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction


def shape_title(words: Sequence[str], width: int) -> list[str]:
    """Words to lines no wider than ``width`` characters: as few lines as fit, even, and never narrow in the middle.

    >>> shape_title(["某市某局关于", "某年某季度", "政府网站检查情况的通报"], 12)
    ['某市某局关于某年某季度', '政府网站检查情况的通报']
    """
    for count in range(1, len(words) + 1):
        fitting = [lines for lines in _splits(words, count) if max(map(_em, lines)) <= width]
        if fitting:
            return min(fitting, key=_badness)
    return list(words)


def _splits(words: Sequence[str], count: int) -> list[list[str]]:
    cuts = itertools.combinations(range(1, len(words)), count - 1)
    return [["".join(words[a:b]) for a, b in itertools.pairwise((0, *cut, len(words)))] for cut in cuts]


def _em(text: str) -> Fraction:
    """Width in characters: a Latin letter or digit is half a character."""
    return sum((Fraction(1, 2) if char.isascii() else Fraction(1) for char in text), Fraction(0))


def _badness(lines: list[str]) -> tuple[bool, Fraction]:
    widths = [_em(line) for line in lines]
    waist = any(left > middle < right for left, middle, right in zip(widths, widths[1:], widths[2:], strict=False))
    return waist, max(widths) - min(widths)
