"""Declared numbers of the page (版面参数).

What lives here: one frozen profile; every length says its unit. What must not: XML.
Source: GB/T 9704-2012, clauses 5 and 7. 579 twips a line gives 22 lines in 225 mm (580 gives 21); a character spacing
of −5 twentieths of a point gives 28 characters in 156 mm (−4 gives 27).
"""

from __future__ import annotations

from dataclasses import dataclass

TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True)
class FontSet:
    """Fonts by name (字体): offices' machines differ, so the names are one set that a profile may exchange."""

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    heading: str = "黑体"
    subheading: str = "楷体_GB2312"
    page_number: str = "宋体"
    latin: str = "Times New Roman"


@dataclass(frozen=True)
class Profile:
    """A page profile (版式); 正文稿: no red head, no 版记."""

    name: str = "正文稿"
    fonts: FontSet = FontSet()
    page_width_twips: int = 11906
    page_height_twips: int = 16838
    top_twips: int = 2098
    right_twips: int = 1474
    bottom_twips: int = 1984
    left_twips: int = 1587
    footer_twips: int = 1304
    line_twips: int = 579
    characters_per_line: int = 28
    spacing_twentieths: int = -5
    body_half_points: int = 32  # 三号
    title_half_points: int = 44  # 二号
    table_half_points: int = 24  # 小四
    page_number_half_points: int = 28  # 四号
    table_row_twips: int = 454

    @property
    def text_width_twips(self) -> int:
        """Width of the type area, 156 mm (版心宽)."""
        return self.page_width_twips - self.left_twips - self.right_twips

    @property
    def character_twips(self) -> float:
        """Pitch of one body character (字距)."""
        return self.text_width_twips / self.characters_per_line


DRAFT = Profile()
