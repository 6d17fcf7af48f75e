"""Declared numbers of a document profile (版式参数): the one place for sizes, distances and font names.

What lives here: frozen numbers with their unit in the name, and the width of a text that follows from them.
What must not: XML, files, text of a notice. Source of the numbers: GB/T 9704-2012, clauses 5 and 7; where Word needs
another number than the standard prints, the comment says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from unicodedata import east_asian_width

_TENTHS_OF_MM_PER_INCH = 254
_TWIPS_PER_INCH = 1440
_FACE_ABOVE, _FACE_BELOW = 83, 8  # a Chinese character above and below its baseline, in percent of its size


class Form(StrEnum):
    """The form of a document (公文形式): what stands above its title and below its date."""

    MANUSCRIPT = "正文稿"  # neither head nor imprint
    FILE = "文件格式"
    LETTER = "信函格式"


@dataclass(frozen=True)
class FontSet:
    """Font names of a profile (字体), and the name under which newer systems ship the same face."""

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    level1: str = "黑体"
    level2: str = "楷体_GB2312"
    page_number: str = "宋体"
    latin: str = "Times New Roman"  # digits in the text
    alternatives: tuple[tuple[str, str], ...] = (("仿宋_GB2312", "仿宋"), ("楷体_GB2312", "楷体"))

    @property
    def names(self) -> tuple[str, ...]:
        """Every font of the profile, once each (全部字体)."""
        return tuple(dict.fromkeys((self.body, self.title, self.level1, self.level2, self.page_number, self.latin)))


@dataclass(frozen=True)
class PageGeometry:
    """Paper, margins and footer (页面): A4, 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm."""

    width_twips: int = 11906
    height_twips: int = 16838
    top_twips: int = 2098
    right_twips: int = 1474
    bottom_twips: int = 1984
    left_twips: int = 1587
    header_twips: int = 851
    footer_twips: int = 1420  # puts the dash 7 mm below the type area
    landscape: bool = False

    @property
    def text_width_twips(self) -> int:
        """Width of the type area (版心宽度)."""
        return self.width_twips - self.left_twips - self.right_twips

    @property
    def text_height_twips(self) -> int:
        """Height of the type area (版心高度)."""
        return self.height_twips - self.top_twips - self.bottom_twips

    def rotated(self) -> PageGeometry:
        """The same sheet turned for a wide table (横排): the head of the table lies at the binding edge."""
        return replace(
            self,
            width_twips=self.height_twips,
            height_twips=self.width_twips,
            top_twips=self.left_twips,
            right_twips=self.top_twips,
            bottom_twips=self.right_twips,
            left_twips=self.bottom_twips,
            landscape=not self.landscape,
        )


@dataclass(frozen=True)
class TextGeometry:
    """Sizes and distances of running text (文字): 22 lines a page, 28 characters a line."""

    body_half_points: int = 32  # 3号
    title_half_points: int = 44  # 2号
    title_line_twips: int = 680
    page_number_half_points: int = 28  # 4号
    line_twips: int = 579  # 580 gives 21 lines
    spacing_twips: int = -5  # -4 gives 27 characters
    lines: int = 22
    characters: int = 28

    @property
    def em_twips(self) -> int:
        """One character of body text, as indents count it (一字)."""
        return self.body_half_points * 10

    def width_twips(self, text: str) -> int:
        """Width of a body text as it is set, with its character spacing (文字宽度)."""
        return quarter_ems(text) * self.em_twips // 4 + len(text) * self.spacing_twips


@dataclass(frozen=True)
class TableGeometry:
    """Sizes and distances of annex tables (表格). The standard leaves them open."""

    half_points: int = 24  # 小四
    line_twips: int = 340
    row_twips: int = 454
    cell_margin_twips: int = 57
    cell_above_twips: int = 0  # above and below the text of a cell
    border_eighth_points: int = 4


@dataclass(frozen=True)
class HeadGeometry:
    """The red head (版头). Source: GB/T 9704-2012, clauses 7.2 and 10.1."""

    mark_half_points: int = 72  # 小初, the most; a longer name is set smaller
    mark_least_half_points: int = 44  # never smaller than the title
    mark_top_tenths_mm: int = 350  # 文件: below the upper edge of the type area
    mark_top_letter_tenths_mm: int = 300  # 信函: below the upper edge of the page
    line_gap_tenths_mm: int = 40
    line_eighth_points: int = 12
    thick_eighth_points: int = 24
    thin_eighth_points: int = 6
    letter_line_tenths_mm: int = 1700
    letter_bottom_tenths_mm: int = 200  # the second double line, above the lower edge of the page
    letter_gap_eighths: int = 7  # of a character, between the first double line and the text below it
    red: str = "FF0000"


@dataclass(frozen=True)
class ImprintGeometry:
    """The imprint (版记). Source: GB/T 9704-2012, clause 7.4: lines of 0.35 mm and 0.25 mm."""

    half_points: int = 28  # 4号
    line_twips: int = 400
    row_twips: int = 579
    cell_margin_twips: int = 57
    outer_eighth_points: int = 8
    inner_eighth_points: int = 6


@dataclass(frozen=True)
class Profile:
    """A document form with all of its numbers (版式)."""

    name: str
    form: Form = Form.MANUSCRIPT
    standard: str = "GB/T 9704-2012"  # empty for a local variant, which claims no standard
    page: PageGeometry = field(default_factory=PageGeometry)
    text: TextGeometry = field(default_factory=TextGeometry)
    table: TableGeometry = field(default_factory=TableGeometry)
    fonts: FontSet = field(default_factory=FontSet)
    head: HeadGeometry = field(default_factory=HeadGeometry)
    imprint: ImprintGeometry = field(default_factory=ImprintGeometry)

    @property
    def footer_twips(self) -> int:
        """From the lower edge of the page to the footer (页脚): in a letter it is the second double line."""
        letter = self.form is Form.LETTER
        return twips(self.head.letter_bottom_tenths_mm) if letter else self.page.footer_twips


MANUSCRIPT, FILE, LETTER = (Profile(form.value, form) for form in Form)
# What is read inside the office, on one page (内部材料): smaller letters and lines, and no claim to the standard.
INTERNAL = Profile(
    "内部材料",
    standard="",
    text=TextGeometry(
        body_half_points=24, title_half_points=36, title_line_twips=560, line_twips=364, lines=35, characters=37
    ),
    table=TableGeometry(half_points=21, line_twips=290, row_twips=340),
)
FONT_SETS = {
    "GB2312": FontSet(),
    "GBK": FontSet(
        body="仿宋",
        title="方正小标宋_GBK",
        level2="楷体",
        alternatives=(("仿宋", "仿宋_GB2312"), ("方正小标宋_GBK", "方正小标宋简体"), ("楷体", "楷体_GB2312")),
    ),
}


def quarter_ems(text: str) -> int:
    """Width of a text in quarters of a character (文字宽度): Chinese and its marks 4, a digit 2, a point 1.

    >>> quarter_ems("99.5分")
    11
    """
    return sum(4 if east_asian_width(sign) in "WFA" else 1 if sign in ".,:;" else 2 for sign in text)


def face_top_twips(half_points: int, line_twips: int) -> int:
    """From the upper edge of an exact line to that of its characters (字面上缘): Word puts 80 % above the baseline."""
    return (line_twips * 80 - half_points * 10 * _FACE_ABOVE) // 100


def face_bottom_twips(half_points: int, line_twips: int) -> int:
    """From the lower edge of the characters to that of their exact line (字面下缘)."""
    return (line_twips * 20 - half_points * 10 * _FACE_BELOW) // 100


def twips(tenths_of_mm: int) -> int:
    """Tenths of a millimetre as twips, rounded half up (毫米换算)."""
    return (tenths_of_mm * _TWIPS_PER_INCH * 2 + _TENTHS_OF_MM_PER_INCH) // (2 * _TENTHS_OF_MM_PER_INCH)
