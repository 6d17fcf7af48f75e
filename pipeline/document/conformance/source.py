"""A document as a sequence of paragraphs and tables with their effective formatting (文档内容).

What lives here: one walk over the body, sections, footers, numbers that Word makes by itself. What must not: knowing
which paragraph is which element (`elements.py`), judging.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from unicodedata import east_asian_width

from lxml import etree

from pipeline.document.conformance.formatting import Layout, Letters, Styles, child, is_on, number, value
from pipeline.document.conformance.opening import open_parts
from pipeline.document.package import MAIN
from pipeline.document.xml import Element, R, W, parse

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {f"{{{W}}}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tblGrid")} | {
    f"{MC}Fallback"
}
_P, _TABLE, _ROW, _CELL, _RUN = (f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
_TEXT, _BREAK = f"{{{W}}}t", f"{{{W}}}br"
_SIGNS = {f"{{{W}}}tab": "\t", f"{{{W}}}cr": "\n", f"{{{W}}}noBreakHyphen": "-"}
_TEXT_BOX = f"{{{W}}}txbxContent"
_SHOWN = 12  # characters of a paragraph that name its place
_NUMERALS = "〇一二三四五六七八九"
_CHINESE_FORMATS = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
    "japaneseCounting", "taiwaneseCountingThousand", "taiwaneseCounting",
}  # fmt: skip
_SPACES = " \u3000\u00a0"
_HAIRLINE = 160  # twips: an exact line this low shows nothing


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one format (文字)."""

    text: str
    letters: Letters


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph with its effective formatting (段落). ``place`` says where it stands, for people."""

    place: str
    pieces: tuple[Piece, ...]
    layout: Layout
    style: str
    section: Section
    node: Element
    mark: Letters  # of the paragraph mark

    @cached_property
    def text(self) -> str:
        """The text as it stands, breaks included."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def bare(self) -> str:
        """The text without white space at its ends (文字)."""
        return self.text.strip()

    def part(self, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """The printed pieces of a part of the text, white space left out (部分文字)."""
        at, end = 0, len(self.text) if end is None else end
        for piece in self.pieces:
            shown = piece.text[max(start - at, 0) : max(end - at, 0)]
            at += len(piece.text)
            if shown.strip():
                yield Piece(shown, piece.letters)

    @property
    def blank(self) -> bool:
        """Whether it is an empty line (空行): nothing printed, no page or section ends in it, not a hairline."""
        ends_section = child(self.node, "pPr", "sectPr") is not None
        hairline = self.layout.rule == "exact" and self.layout.line <= _HAIRLINE
        return not self.bare and "\f" not in self.text and not ends_section and not hairline

    @property
    def size(self) -> int:
        """Half-points of the first printed character, of the mark where there is none."""
        return next((piece.letters.half_points for piece in self.pieces if piece.text.strip()), self.mark.half_points)

    @property
    def lines(self) -> int:
        """How many lines it fills, if every character is as wide as its size declares (行数)."""
        room = max(self.section.text_width - self.layout.left - self.layout.right, 1)
        lengths, first = [0], self.layout.first
        for piece in self.pieces:
            for sign in piece.text:
                if sign == "\n":
                    lengths.append(0)
                else:
                    lengths[-1] += _width(sign, piece.letters)
        lengths[0] += first
        return sum(max(-(-length // room), 1) for length in lengths)

    @property
    def extent(self) -> tuple[int, int]:
        """Where its text begins and how far from the right edge it ends, in twips (左右位置); one line is assumed."""
        lead = len(self.text) - len(self.text.lstrip(_SPACES))
        trail = len(self.text.rstrip(_SPACES))
        widths = [_width(sign, piece.letters) for piece in self.pieces for sign in piece.text]
        left, line = self.layout.left + self.layout.first, sum(widths)
        spare = self.section.text_width - left - self.layout.right - line
        left += {"right": spare, "center": spare // 2}.get(self.layout.align, 0)
        return left + sum(widths[:lead]), self.section.text_width - left - sum(widths[:trail])


@dataclass(frozen=True, eq=False)
class Table:
    """A table: its rows of cells of paragraphs (表格)."""

    place: str
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    node: Element

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of every cell."""
        return (paragraph for row in self.rows for cell in row for paragraph in cell)

    @property
    def text(self) -> str:
        """Texts of all cells."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, eq=False)
class Section:
    """A section's paper, margins, grid and footers (节). Distances are twips."""

    place: str
    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    grid: str
    line_pitch: int
    char_space: int
    first_differs: bool
    new_page: bool
    headers: Mapping[str, str]  # kind to part name
    footers: Mapping[str, str]

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom


class Source:
    """A file that is looked at (被核查的文件). Raises ``DocumentError`` when it cannot be read."""

    def __init__(self, data: bytes) -> None:
        self.parts = open_parts(data)
        self.roots: dict[str, Element] = {
            name: parse(part) for name, part in self.parts.items() if name.lower().endswith((".xml", ".rels"))
        }
        self.targets = self._targets(MAIN)
        named = {kind.rpartition("/")[2]: self.roots.get(target) for kind, target in self.targets.values()}
        self.settings = named.get("settings")
        self.styles = Styles(named)
        self._numbers = _Numbers(named.get("numbering"))
        self.odd_and_even = is_on(child(self.settings, "evenAndOddHeaders"))
        self.body = child(self.roots[MAIN], "body")
        self.sections = tuple(self._sections())
        self._section_of = {id(self._section_nodes[at]): section for at, section in enumerate(self.sections)}
        self.flow: tuple[Paragraph | Table, ...] = tuple(self._flow())

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph of the body, those in tables included."""
        return tuple(
            paragraph
            for block in self.flow
            for paragraph in (block.paragraphs if isinstance(block, Table) else (block,))
        )

    @cached_property
    def margins(self) -> Mapping[str, tuple[Paragraph, ...]]:
        """The paragraphs of every header and footer that a section uses, by part name; those in text boxes too."""
        return {
            name: tuple(self._margin(name, section))
            for section in self.sections
            for name in (*section.headers.values(), *section.footers.values())
        }

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship ids of a part: type and target."""
        folder, name = posixpath.split(part)
        root = self.roots.get(f"{folder}/_rels/{name}.rels")
        return {
            node.get("Id", ""): (node.get("Type", ""), resolve(folder, node.get("Target", "")))
            for node in (() if root is None else root.iterchildren(etree.Element))
        }

    def _sections(self) -> Iterator[Section]:
        self._section_nodes = [
            node for node in ([] if self.body is None else self.body.iter(f"{{{W}}}sectPr"))
            if node.getparent().tag != f"{{{W}}}sectPrChange"
        ] or [etree.Element(f"{{{W}}}sectPr")]  # fmt: skip
        headers: dict[str, str] = {}
        footers: dict[str, str] = {}
        for at, node in enumerate(self._section_nodes, start=1):
            headers = headers | self._referred(node, "headerReference")
            footers = footers | self._referred(node, "footerReference")
            paper, margins, grid = (child(node, name) for name in ("pgSz", "pgMar", "docGrid"))
            gutter = number(value(margins, "gutter"))
            yield Section(
                place=f"第{at}节" if len(self._section_nodes) > 1 else "全文",
                width=number(value(paper, "w", "12240")),
                height=number(value(paper, "h", "15840")),
                top=abs(number(value(margins, "top", "1440"))),
                right=number(value(margins, "right", "1440")),
                bottom=abs(number(value(margins, "bottom", "1440"))),
                left=number(value(margins, "left", "1440")) + gutter,
                header=number(value(margins, "header", "720")),
                footer=number(value(margins, "footer", "720")),
                grid=value(grid, "type"),
                line_pitch=number(value(grid, "linePitch")),
                char_space=number(value(grid, "charSpace")),
                first_differs=is_on(child(node, "titlePg")),
                new_page=value(child(node, "type"), default="nextPage") != "continuous",
                headers=headers,
                footers=footers,
            )

    def _referred(self, node: Element, name: str) -> dict[str, str]:
        return {
            value(each, "type", "default"): self.targets.get(each.get(f"{{{R}}}id", ""), ("", ""))[1]
            for each in node.findall(f"{{{W}}}{name}")
        }

    def _flow(self) -> Iterator[Paragraph | Table]:
        blocks = list(_blocks(self.body)) if self.body is not None else []
        at = 0
        paragraphs = tables = 0
        for block in blocks:
            section = self.sections[min(at, len(self.sections) - 1)]
            if block.tag == _P:
                paragraphs += 1
                yield self._paragraph(block, f"第{paragraphs}段", section)
                at += child(block, "pPr", "sectPr") is not None
            else:
                tables += 1
                yield self._table(block, f"第{tables}个表", section)

    def _table(self, node: Element, place: str, section: Section) -> Table:
        style = value(child(node, "tblPr", "tblStyle"))
        rows = tuple(
            tuple(
                tuple(
                    self._paragraph(each, f"{place}第{at}行", section, style)
                    for each in cell.iter(_P)
                    if not _dropped(each, cell)
                )
                for cell in _inside(row, _CELL)
            )
            for at, row in enumerate(_inside(node, _ROW), start=1)
        )
        return Table(place, rows, node)

    def _margin(self, name: str, section: Section) -> Iterator[Paragraph]:
        root = self.roots.get(name)
        if root is None:
            return
        for node in root.iter(_P):
            if not _dropped(node, root):
                yield self._paragraph(node, "页眉" if name in section.headers.values() else "页脚", section)

    def _paragraph(self, node: Element, place: str, section: Section, table: str = "") -> Paragraph:
        own = child(node, "pPr")
        style = value(child(own, "pStyle"))
        mark = self.styles.letters(child(own, "rPr"), style, table)
        label = self._numbers.label(self.styles.numbering_of(own, style))
        pieces = [Piece(label, mark)] if label else []
        for run in _runs(node):
            letters = self.styles.letters(child(run, "rPr"), style, table)
            shown = "" if letters.hidden else "".join(_signs(run))
            if shown:
                pieces.append(Piece(shown, letters))
        size = next((piece.letters.half_points for piece in pieces if piece.text.strip()), mark.half_points)
        layout = self.styles.layout(own, style, size * 10, table)
        text = " ".join("".join(piece.text for piece in pieces).split())
        place += f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else "（空行）"
        return Paragraph(place, tuple(pieces), layout, self.styles.name(style), section, node, mark)


class _Numbers:
    """Numbers that Word makes by itself, in the order of the text (自动编号)."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else root.findall(f"{{{W}}}abstractNum")
        lists = {value(node, "abstractNumId"): node for node in nodes}
        used = [] if root is None else root.findall(f"{{{W}}}num")
        self._lists = {value(node, "numId"): lists.get(value(child(node, "abstractNumId"))) for node in used}
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)

    def label(self, chosen: tuple[str, str] | None) -> str:
        """The number of the next paragraph of a list and level; nothing for bullets and for no list."""
        node = self._lists.get(chosen[0]) if chosen else None
        if node is None or chosen is None:
            return ""
        levels = {number(value(level, "ilvl")): level for level in node.findall(f"{{{W}}}lvl")}
        depth, counts = number(chosen[1]), self._counts[id(node)]
        start = number(value(child(levels.get(depth), "start"), default="1"))
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        shown = value(child(levels.get(depth), "lvlText"))
        if value(child(levels.get(depth), "numFmt")) in {"bullet", "none"}:
            return ""
        for level, count in counts.items():
            chinese = value(child(levels.get(level), "numFmt")) in _CHINESE_FORMATS
            shown = shown.replace(f"%{level + 1}", chinese_numeral(count) if chinese else str(count))
        return shown


def chinese_numeral(count: int) -> str:
    """A whole number below a hundred in Chinese (汉字数字).

    >>> [chinese_numeral(count) for count in (3, 10, 12, 21)]
    ['三', '十', '十二', '二十一']
    """
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens % 10]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def resolve(folder: str, target: str) -> str:
    """The part that a relationship names (关系目标)."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def text_width(text: str) -> int:
    """Width of a text in quarters of a character (文字宽度): Chinese 4, others 2."""
    return sum(4 if _wide(sign) else 2 for sign in text)


def _wide(sign: str) -> bool:
    return east_asian_width(sign) in "WFA"


def _width(sign: str, letters: Letters) -> int:
    return letters.half_points * (10 if _wide(sign) else 5) + letters.spacing


def _blocks(node: Element) -> Iterator[Element]:
    for each in node.iterchildren(etree.Element):
        if each.tag in {_P, _TABLE}:
            yield each
        elif each.tag not in _GONE:
            yield from _blocks(each)


def _inside(node: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also within content controls."""
    for each in node.iterchildren(etree.Element):
        if each.tag == tag:
            yield each
        elif each.tag not in _GONE:
            yield from _inside(each, tag)


def _runs(node: Element) -> Iterator[Element]:
    for each in node.iterchildren(etree.Element):
        if each.tag == _RUN:
            yield each
        elif each.tag not in _GONE:
            yield from _runs(each)


def _signs(run: Element) -> Iterator[str]:
    for each in run.iterchildren(etree.Element):
        if each.tag == _TEXT:
            yield each.text or ""
        elif each.tag == _BREAK:
            yield "\f" if value(each, "type") == "page" else "\n"
        elif each.tag in _SIGNS:
            yield _SIGNS[each.tag]


def _dropped(node: Element, within: Element) -> bool:
    """Whether a paragraph stands in what an older program would show instead."""
    return any(above.tag == f"{MC}Fallback" for above in _up(node, within))


def _up(node: Element, within: Element) -> Iterable[Element]:
    for above in node.iterancestors():
        if above is within:
            return
        yield above
