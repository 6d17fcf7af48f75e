"""Checks of the letters (文字): fonts, sizes, lines and characters of a page, colour, empty lines.

What must not live here: elements with a clause of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.document.conformance.elements import is_red
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import Paragraph, Piece, Table
from pipeline.document.conformance.words import family, lines, points, shown_font, size_name

_LEAST_TABLE, _MOST_TABLE = 18, 32  # half-points
_TABLE_FACES = {"仿宋", "宋体", "黑体", "楷体"}
_ABOVE_TITLE, _ABOVE_CLOSING = 2, 4  # empty lines
_COLORS = {"": "黑色", "000000": "黑色", "FF0000": "红色", "0000FF": "蓝色", "FFFFFF": "白色"}


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character (汉字)."""
    return any("\u4e00" <= sign <= "\u9fff" or sign == "〇" for sign in text)


def fonts(pieces: Iterable[Piece], expected: str, place: str) -> Iterator[Measure]:
    """The fonts of Chinese pieces against the one expected (字体)."""
    for piece in pieces:
        if is_chinese(piece.text):
            face = family(piece.letters.east)
            yield Measure(face == family(expected), shown_font(piece.letters.east), shown_font(expected), place)


def sizes(pieces: Iterable[Piece], expected: int, place: str) -> Iterator[Measure]:
    """The sizes of pieces against the one expected (字号)."""
    for piece in pieces:
        half_points = piece.letters.half_points
        yield Measure(half_points == expected, size_name(half_points), size_name(expected), place)


@check("7.3.3", "正文字体", Weight.HARD)
def body_font(subject: Subject) -> Iterator[Measure]:
    """Body text is 仿宋; headings are checked by their level."""
    headings = {heading.paragraph: heading.length for heading in subject.elements.headings}
    for paragraph in subject.elements.body:
        yield from fonts(paragraph.part(headings.get(paragraph, 0)), subject.profile.fonts.body, paragraph.place)


@check("7.3.3", "正文字号", Weight.HARD)
def body_size(subject: Subject) -> Iterator[Measure]:
    """Body text and headings are 3号."""
    for paragraph in subject.elements.body:
        yield from sizes(paragraph.part(), subject.profile.text.body_half_points, paragraph.place)


@check("5.2.2", "其他要素的字体字号", Weight.HARD)
def element_letters(subject: Subject) -> Iterator[Measure]:
    """What has no font of its own is 3号 仿宋: number, addressee, attachments, signature, date, remark."""
    found = subject.elements
    singles = [found.addressee, *found.signatures, found.date, found.remark, *([] if found.signer else [found.number])]
    for paragraph in [*(each for each in singles if each), *(entry.paragraph for entry in found.attachments)]:
        yield from fonts(paragraph.part(), subject.profile.fonts.body, paragraph.place)
        yield from sizes(paragraph.part(), subject.profile.text.body_half_points, paragraph.place)


def _pitch(paragraph: Paragraph) -> int:
    """The distance of lines in twips; 0 where it hangs on the font."""
    layout, section = paragraph.layout, paragraph.section
    if layout.rule == "exact":
        return layout.line
    if section.grid in {"lines", "linesAndChars"} and section.line_pitch:
        return (
            section.line_pitch * layout.line // 240 if layout.rule == "auto" else max(section.line_pitch, layout.line)
        )
    return layout.line if layout.rule == "atLeast" and layout.line > paragraph.size * 10 else 0


@check("5.2.3", "每面行数", Weight.SOFT)
def lines_of_a_page(subject: Subject) -> Iterator[Measure]:
    """How many lines of the body's pitch the type area holds."""
    for paragraph in subject.elements.body:
        pitch = _pitch(paragraph)
        count = paragraph.section.text_height // pitch if pitch else 0
        measured = f"{count}行（行距{points(pitch)}）" if pitch else "行距随字体变化"
        wanted = subject.profile.text.lines
        yield Measure(count == wanted, measured, f"{wanted}行", paragraph.place)


@check("5.2.3", "每行字数", Weight.SOFT)
def characters_of_a_line(subject: Subject) -> Iterator[Measure]:
    """How many Chinese characters of the body a line holds, by grid or by character spacing."""
    for paragraph in subject.elements.body:
        section, (*_, piece) = paragraph.section, paragraph.part()
        pitch = piece.letters.half_points * 10 + piece.letters.spacing
        if section.grid in {"linesAndChars", "snapToChars"}:
            pitch = paragraph.size * 10 + section.char_space * 20 // 4096
        count = section.text_width // max(pitch, 1)
        wanted = subject.profile.text.characters
        yield Measure(count == wanted, f"{count}字", f"{wanted}字", paragraph.place)


@check("5.2.4", "文字颜色", Weight.HARD)
def colour(subject: Subject) -> Iterator[Measure]:
    """Black; red only for the mark of the issuer."""
    marks = () if subject.manuscript else subject.elements.marks
    for paragraph in (*subject.source.paragraphs, *(each for part in subject.source.margins.values() for each in part)):
        for piece in paragraph.part():
            color = piece.letters.color
            passed = color in {"", "000000"} or (paragraph in marks and is_red(color))
            yield Measure(passed, _COLORS.get(color, f"颜色{color}"), "黑色", paragraph.place)


@check("", "数字字体", Weight.SOFT)
def digits_font(subject: Subject) -> Iterator[Measure]:
    """Digits in the body are in one font: that of the profile or of the Chinese text."""
    allowed = {subject.profile.fonts.latin, family(subject.profile.fonts.body)}
    for paragraph in subject.elements.body:
        for piece in paragraph.part():
            if any(sign in "0123456789" for sign in piece.text):
                font = piece.letters.latin
                passed = font in allowed or family(font) in allowed
                yield Measure(passed, font or "未指定", "或".join(sorted(allowed)), paragraph.place)


@check("", "表格文字", Weight.SOFT)
def table_letters(subject: Subject) -> Iterator[Measure]:
    """Tables of annexes are in a font of official documents, between 小5号 and 3号."""
    for block in subject.elements.flow:
        if isinstance(block, Table):
            for paragraph in block.paragraphs:
                for piece in paragraph.part():
                    font, size = piece.letters.east, piece.letters.half_points
                    known = family(font) in _TABLE_FACES or not is_chinese(piece.text)
                    shown = f"{size_name(size)}{shown_font(font)}"
                    expected = "小5号至3号，仿宋、宋体、黑体或楷体"
                    yield Measure(known and _LEAST_TABLE <= size <= _MOST_TABLE, shown, expected, paragraph.place)


@check("", "连续空行", Weight.HARD)
def empty_lines(subject: Subject) -> Iterator[Measure]:
    """Empty lines stand only where the standard prescribes them, and no more than it does."""
    found = subject.elements
    wanted: dict[Paragraph | Table | None, int] = dict.fromkeys((*found.signatures[:1], found.date), _ABOVE_CLOSING)
    wanted |= dict.fromkeys((found.addressee, *(entry.paragraph for entry in found.attachments[:1])), 1)
    wanted |= {title: 1 for annex in found.annexes for title in annex.title[:1]}
    wanted |= dict.fromkeys(found.body, 0)
    above_title = bool(found.title)
    blanks: list[Paragraph] = []
    for block in (*found.flow, None):
        if isinstance(block, Paragraph) and block.blank:
            blanks.append(block)
            continue
        if blanks:
            allowed = _ABOVE_TITLE if above_title else wanted.get(block, 1)
            yield Measure(len(blanks) <= allowed, lines(len(blanks)), f"至多{lines(allowed)}", blanks[0].place)
        blanks = []
        above_title = above_title and block is not found.title[0]


CHECKS = (
    body_font, body_size, element_letters, lines_of_a_page, characters_of_a_line, colour, digits_font, table_letters,
    empty_lines,
)  # fmt: skip
