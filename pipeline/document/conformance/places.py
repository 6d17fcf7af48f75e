"""Where a paragraph stands on its page, reckoned from what the file declares (推算位置).

What lives here: heights of lines and paragraphs, distances between characters and what stands above or below them. What must
not: judging. A character is taken to be as wide as its size, and its face to lie in its line as Word puts it: within a
millimetre where line spacing is exact, an estimate where it hangs on the font.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.document.conformance.source import Paragraph, Table
from pipeline.document.geometry import face_bottom_twips, face_top_twips

_NATURAL = 13  # tenths of its size that a line of a Chinese font is high
_GRIDS = {"lines", "linesAndChars", "snapToChars"}
_SINGLE = 240


def line_height(paragraph: Paragraph) -> int:
    """The height of a line in twips (行高)."""
    layout, section = paragraph.layout, paragraph.section
    if layout.rule == "exact":
        return layout.line
    height = max(paragraph.size * _NATURAL, layout.line if layout.rule == "atLeast" else 0)
    if section.grid in _GRIDS and section.line_pitch:
        height = -(-height // section.line_pitch) * section.line_pitch
    return height * layout.line // _SINGLE if layout.rule == "auto" else height


def height(paragraphs: Sequence[Paragraph]) -> int:
    """How high paragraphs are that follow each other, from the first spacing to the last line (高度)."""
    total = after = 0
    for paragraph in paragraphs:
        total += max(after, paragraph.layout.before) + paragraph.lines * line_height(paragraph)
        after = paragraph.layout.after
    return total


def above(flow: Sequence[Paragraph | Table], paragraph: Paragraph) -> list[Paragraph] | None:
    """What stands above a paragraph, itself included (其上段落); nothing is known below a table or a break of the page."""
    found = [*takewhile(lambda block: block is not paragraph, flow), paragraph]
    broken = any(isinstance(block, Table) or "\f" in block.text or block.layout.new_page for block in found)
    return None if broken else [block for block in found if isinstance(block, Paragraph)]


def face_top(paragraph: Paragraph) -> int:
    """From the upper edge of the first line to its characters (字面上缘)."""
    line = line_height(paragraph)
    return face_top_twips(paragraph.size, line) if paragraph.layout.rule == "exact" else _spare(paragraph, line)


def face_bottom(paragraph: Paragraph) -> int:
    """From the characters to the lower edge of the last line (字面下缘)."""
    line = line_height(paragraph)
    return face_bottom_twips(paragraph.size, line) if paragraph.layout.rule == "exact" else _spare(paragraph, line)


def _spare(paragraph: Paragraph, line: int) -> int:
    return (line - paragraph.size * 10) // 2


def characters_top(flow: Sequence[Paragraph | Table], paragraph: Paragraph) -> int | None:
    """From the upper edge of a flow to the characters of a paragraph (字面位置), where that can be told."""
    found = above(flow, paragraph)
    if found is None:
        return None
    return height(found) - paragraph.lines * line_height(paragraph) + face_top(paragraph)
