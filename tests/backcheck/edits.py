"""Edits of a notice, as people make them: alterations that must be found, and honest edits that must not be told.

What lives here: edits of the blocks of a notice. What must not: files, assertions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.bulletin.blocks import Annex, Notice, Paragraph, Role, Span, Table

_UNITS = {"个": "条", "家": "条", "项": "分", "分": "%", "条": "个"}
STRANGER = "清河新区"


@dataclass(frozen=True)
class Alteration:
    """An edited notice, and the figures that it does not print any more (改动)."""

    kind: str
    figures: frozenset[str]
    notice: Notice


@dataclass(frozen=True)
class Place:
    """Where a notice prints a figure (数字所在)."""

    paragraph: int
    span: int
    figure: str
    text: str


def places(notice: Notice) -> list[Place]:
    """Every figure and list of the text, in order."""
    return [
        Place(at, place, span.figure, span.text)
        for at, paragraph in enumerate(notice.paragraphs)
        for place, span in enumerate(paragraph.spans)
        if span.figure
    ]


def is_list(place: Place) -> bool:
    return place.figure.endswith(".names")


def put(notice: Notice, place: Place, text: str, after: str | None = None) -> Notice:
    """The notice with another text in a place; ``after`` replaces what follows it."""
    spans = list(notice.paragraphs[place.paragraph].spans)
    spans[place.span] = replace(spans[place.span], text=text)
    if after is not None:
        spans[place.span + 1] = replace(spans[place.span + 1], text=after)
    paragraphs = list(notice.paragraphs)
    paragraphs[place.paragraph] = replace(paragraphs[place.paragraph], spans=tuple(spans))
    return replace(notice, paragraphs=tuple(paragraphs))


def following(notice: Notice, place: Place) -> str:
    spans = notice.paragraphs[place.paragraph].spans
    return spans[place.span + 1].text if place.span + 1 < len(spans) else ""


# ---- alterations -----------------------------------------------------------------------------------------------


def number_alterations(notice: Notice) -> Iterator[Alteration]:
    """Every number: each digit, the decimal point, the unit, words beside it that turn it, the number gone."""
    for place in places(notice):
        if is_list(place):
            continue
        figure, number = frozenset({place.figure}), place.text.rstrip("%")
        sign = place.text[len(number) :]
        for at, digit in enumerate(number):
            if digit.isdigit():
                other = str((int(digit) + 1 + at % 3) % 10)
                if at == 0 and other == "0" and number[1:2] != ".":
                    other = "9" if digit != "9" else "8"
                yield Alteration("digit", figure, put(notice, place, number[:at] + other + number[at + 1 :] + sign))
        moved = (
            number.replace(".", "")
            if "." in number
            else f"{number}.5"
            if len(number) < 2
            else f"{number[:-1]}.{number[-1]}"
        )
        yield Alteration("decimal", figure, put(notice, place, moved + sign))
        yield Alteration("decimals", figure, put(notice, place, number + ("0" if "." in number else ".0") + sign))
        after = following(notice, place)
        if sign:
            yield Alteration("unit", figure, put(notice, place, number + "分"))
            yield Alteration("unit", figure, put(notice, place, number + "个百分点"))
        elif after[:1] in _UNITS:
            yield Alteration("unit", figure, put(notice, place, number, _UNITS[after[0]] + after[1:]))
        yield Alteration("turned", figure, put(notice, place, f"约{place.text}"))
        if after[:1] in _UNITS and "." not in number:
            yield Alteration("turned", figure, put(notice, place, f"{number}余"))
        yield Alteration("dropped", figure, put(notice, place, ""))


def swaps(notice: Notice, *, near: bool) -> Iterator[Alteration]:
    """Pairs of numbers, or of lists, that changed places; ``near`` keeps those that follow each other."""
    for kind in (is_list, lambda place: not is_list(place)):
        found = [place for place in places(notice) if kind(place)]
        for at, (one, other) in ((a, (found[a], found[b])) for a, b in combinations(range(len(found)), 2)):
            close = found.index(other) - at <= 1
            if one.text == other.text or (near and not close):
                continue
            if ("%" in one.text) != ("%" in other.text):
                continue
            edited = put(put(notice, one, other.text), other, one.text)
            yield Alteration("swap", frozenset({one.figure, other.figure}), edited)


def list_alterations(notice: Notice, names: Sequence[str]) -> Iterator[Alteration]:
    """Every list: a name added at each end, known and unknown, each name dropped, each replaced, the list left open."""
    for place in places(notice):
        if not is_list(place):
            continue
        figure, listed = frozenset({place.figure}), place.text.split("、")
        kin = [name for name in names if name not in listed and name[-1] == listed[0][-1]] or list(names)
        known = next(name for name in kin if name not in listed)
        for name in (known, STRANGER):
            for at in {0, 1, len(listed)}:
                yield Alteration("added", figure, put(notice, place, "、".join([*listed[:at], name, *listed[at:]])))
            for at in range(len(listed)):
                if len(listed) == 1 and name == STRANGER:
                    continue
                yield Alteration(
                    "replaced", figure, put(notice, place, "、".join([*listed[:at], name, *listed[at + 1 :]]))
                )
        if not following(notice, place).startswith("等"):
            yield Alteration("turned", figure, put(notice, place, f"{place.text}等"))
            yield Alteration("turned", figure, put(notice, place, f"{place.text}、某公司"))
            yield Alteration("joined", figure, put(notice, place, f"{place.text}和某某公司"))
        for at in range(len(listed)):
            if len(listed) > 1:
                yield Alteration(
                    "dropped name", figure, put(notice, place, "、".join([*listed[:at], *listed[at + 1 :]]))
                )


def cell_alterations(notice: Notice) -> Iterator[Alteration]:
    """Every number of the annexes, one off."""
    for number, annex in enumerate(notice.annexes):
        for row, cells in enumerate(annex.table.rows):
            for column, span in enumerate(cells):
                if span.figure and span.text[-1:].isdigit():
                    text = span.text[:-1] + str((int(span.text[-1]) + 1) % 10)
                    yield Alteration("cell", frozenset({span.figure}), put_cell(notice, number, row, column, text))


def put_cell(notice: Notice, number: int, row: int, column: int, text: str) -> Notice:
    annex = notice.annexes[number]
    rows = [list(cells) for cells in annex.table.rows]
    rows[row][column] = replace(rows[row][column], text=text)
    return with_rows(notice, number, [tuple(cells) for cells in rows])


def with_rows(notice: Notice, number: int, rows: Sequence[tuple[Span, ...]]) -> Notice:
    annexes: list[Annex] = list(notice.annexes)
    table: Table = replace(annexes[number].table, rows=tuple(rows))
    annexes[number] = replace(annexes[number], table=table)
    return replace(notice, annexes=tuple(annexes))


# ---- honest edits: words around the figures --------------------------------------------------------------------

_SYNONYMS = (
    ("平均得分为", "平均分达到"), ("得分最高，为", "得分居首，达"), ("全市共有", "全市现有"), ("合格率为", "合格率达"),
    ("共收到", "累计接收"),
    ("涉及", "覆盖"), ("未扣分", "没有扣分"), ("得满分", "获得满分"), ("合计占", "共占"), ("问题主要集中在", "网民反映的问题主要有"),
    ("政务新媒体总体", "全市政务新媒体整体"), ("比上季度提高", "较上季度上升"), ("进行了全覆盖检查", "开展了全面检查"), ("均为", "都是"),
    ("已具备", "已经拥有"), ("收到的留言较为集中", "留言数量较多"), ("按期办结率", "按时办结率"), ("各区政府门户网站", "区级政府门户网站"),
    ("要", "应当"), ("有的", "部分"), ("检查", "抽查"), ("其中", "具体来看，"), ("市级部门", "市直部门"),
)  # fmt: skip


def _texts(notice: Notice, edit: Callable[[str], str]) -> Notice:
    """The notice with the words between its figures edited."""
    return _paragraphs(
        notice,
        lambda each: replace(
            each, spans=tuple(span if span.figure else replace(span, text=edit(span.text)) for span in each.spans)
        ),
    )


def _paragraphs(notice: Notice, edit: Callable[[Paragraph], Paragraph]) -> Notice:
    return replace(
        notice, paragraphs=tuple(edit(each) if each.role is Role.BODY else each for each in notice.paragraphs)
    )


def synonyms(notice: Notice) -> Notice:
    """Other words for the same."""

    def edit(text: str) -> str:
        for word, other in _SYNONYMS:
            text = text.replace(word, other)
        return text

    return _texts(notice, edit)


def opened(notice: Notice) -> Notice:
    """A phrase before sentences, another at their ends."""
    return _texts(notice, lambda text: re.sub("。(?!$)", "，总体情况较好。据统计，", text))


def joined(notice: Notice) -> Notice:
    """Sentences joined."""
    return _texts(notice, lambda text: re.sub("。(?!$)", "；", text))


def split(notice: Notice) -> Notice:
    """Sentences split."""
    return _texts(notice, lambda text: re.sub("[，；](?=其中|各|按期|合计|未发现)|；", "。", text))


def _segments(paragraph: Paragraph, ends: str) -> list[list[Span]]:
    """Spans of a paragraph in segments that end with a sign."""
    made: list[list[Span]] = [[]]
    for span in paragraph.spans:
        if span.figure:
            made[-1].append(span)
            continue
        for part in re.split(f"(?<=[{ends}])", span.text):
            made[-1].append(replace(span, text=part))
            if part.endswith(tuple(ends)):
                made.append([])
    return [segment for segment in made if "".join(span.text for span in segment)]


def sentences_reversed(notice: Notice) -> Notice:
    """Sentences of every paragraph from last to first; the heading stays."""

    def edit(paragraph: Paragraph) -> Paragraph:
        first, *rest = _segments(paragraph, "。")
        return replace(paragraph, spans=tuple(span for segment in [first, *rest[::-1]] for span in segment))

    return _paragraphs(notice, edit)


def clauses_reversed(notice: Notice) -> Notice:
    """Parts that semicolons divide, the other way round, their ends mended."""

    def edit(paragraph: Paragraph) -> Paragraph:
        spans: list[Span] = []
        for sentence in _segments(paragraph, "。"):
            parts = _segments(replace(paragraph, spans=tuple(sentence)), "；。")
            if len(parts) > 1:
                parts = [[*part[:-1], replace(part[-1], text=part[-1].text.rstrip("；。"))] for part in parts[::-1]]
                parts = [[*part, Span("；")] for part in parts[:-1]] + [[*parts[-1], Span("。")]]
            spans += [span for part in parts for span in part]
        return replace(paragraph, spans=tuple(spans))

    return _paragraphs(notice, edit)


def platforms_reversed(notice: Notice) -> Notice:
    """Items that 、 divides, each with its own number, the other way round."""

    def edit(paragraph: Paragraph) -> Paragraph:
        spans: list[Span] = []
        for clause in _segments(paragraph, "，。；"):
            items = _segments(replace(paragraph, spans=tuple(clause)), "、")
            numbered = all(any(span.figure and not span.figure.endswith(".names") for span in item) for item in items)
            if len(items) > 2 and numbered:
                end = items[-1][-1].text[-1]
                items = [[*item[:-1], replace(item[-1], text=item[-1].text.rstrip("、，。；"))] for item in items[::-1]]
                head = "其中" if items[-1][0].text.startswith("其中") else ""
                items[-1][0] = replace(items[-1][0], text=items[-1][0].text.removeprefix(head))
                spans.append(Span(head))
                spans += [span for item in items[:-1] for span in (*item, Span("、"))]
                spans += [*items[-1], Span(end)]
            else:
                spans += clause
        return replace(paragraph, spans=tuple(spans))

    return _paragraphs(notice, edit)


def paragraphs_reversed(notice: Notice) -> Notice:
    """Body paragraphs from last to first."""
    body = iter([each for each in notice.paragraphs if each.role is Role.BODY][::-1])
    return replace(
        notice, paragraphs=tuple(next(body) if each.role is Role.BODY else each for each in notice.paragraphs)
    )


def more_paragraphs(notice: Notice) -> Notice:
    """New paragraphs without figures, one of them with a unit and words like 一个."""
    new = (
        "总的来看，各区、各部门重视程度不断提高，网站建设管理取得了新的进展。",
        "朝阳区、市教委等单位开展了专题培训，为一线工作人员提供了一个交流平台，第一时间回应群众关切。",
    )
    paragraphs: list[Paragraph] = []
    for at, each in enumerate(notice.paragraphs):
        paragraphs.append(each)
        if each.role is Role.BODY and at % 4 == 1:
            paragraphs += [Paragraph(Role.BODY, (Span(text),)) for text in new]
    return replace(notice, paragraphs=tuple(paragraphs))


def paragraphs_merged(notice: Notice) -> Notice:
    """Body paragraphs that follow each other made one."""
    paragraphs: list[Paragraph] = []
    for each in notice.paragraphs:
        if paragraphs and each.role is paragraphs[-1].role is Role.BODY:
            paragraphs[-1] = replace(each, spans=(*paragraphs[-1].spans, *each.spans))
        else:
            paragraphs.append(each)
    return replace(notice, paragraphs=tuple(paragraphs))


def paragraphs_split(notice: Notice) -> Notice:
    """A paragraph for each sentence."""
    paragraphs: list[Paragraph] = []
    for each in notice.paragraphs:
        parts = _segments(each, "。") if each.role is Role.BODY else [list(each.spans)]
        paragraphs += [replace(each, spans=tuple(part)) for part in parts]
    return replace(notice, paragraphs=tuple(paragraphs))


def counted_before(notice: Notice) -> Notice:
    """得分 after the number: 127分的有西城区…, a list and its number change places."""

    def edit(paragraph: Paragraph) -> Paragraph:
        spans = list(paragraph.spans)
        for at in range(len(spans) - 3):
            names, words, number, after = spans[at : at + 4]
            listed = (names.figure or "").endswith(".names") and words.text == "得分" and after.text.startswith("分")
            if listed and number.figure:
                spans[at : at + 4] = [Span("得"), number, Span("分的有"), names, replace(after, text=after.text[1:])]
        return replace(paragraph, spans=tuple(spans))

    return _paragraphs(notice, edit)


def rows_reversed(notice: Notice) -> Notice:
    """Annex rows in another order, numbered anew."""
    for number, annex in enumerate(notice.annexes):
        rows = [
            tuple(replace(cell, text=str(at)) if place == 0 else cell for place, cell in enumerate(row))
            for at, row in enumerate(annex.table.rows[::-1], start=1)
        ]
        notice = with_rows(notice, number, rows)
    return notice


def chinese_digits(notice: Notice) -> Notice:
    """Small counts in Chinese numerals: 十六个区."""
    words = "零一二三四五六七八九"

    def edit(span: Span, after: str) -> Span:
        if not span.figure or not re.fullmatch(r"\d{1,2}", span.text) or after[:1] not in {"个", "项", "家"}:
            return span
        tens, ones = divmod(int(span.text), 10)
        text = ("" if not tens else "十" if tens == 1 else words[tens] + "十") + (
            words[ones] if ones or not tens else ""
        )
        return replace(span, text=text)

    return _paragraphs(
        notice,
        lambda each: replace(
            each,
            spans=tuple(
                edit(span, next_.text) for span, next_ in zip(each.spans, (*each.spans[1:], Span("")), strict=True)
            ),
        ),
    )


def number_given(notice: Notice) -> Notice:
    """The document number, which is given when the notice is issued."""
    return replace(
        notice,
        paragraphs=tuple(
            Paragraph(Role.NUMBER, (Span(re.sub(r"〕\s*号", "〕12号", each.text)),))
            if each.role is Role.NUMBER
            else each
            for each in notice.paragraphs
        ),
    )


# ---- honest edits: ways of writing -----------------------------------------------------------------------------


def _written(notice: Notice, edit: Callable[[str], str]) -> Notice:
    """Every text of the notice, figures too, written another way."""
    paragraphs = tuple(
        replace(each, spans=tuple(replace(span, text=edit(span.text)) for span in each.spans))
        for each in notice.paragraphs
    )
    annexes = tuple(
        replace(
            annex,
            table=replace(
                annex.table,
                rows=tuple(tuple(replace(cell, text=edit(cell.text)) for cell in row) for row in annex.table.rows),
            ),
        )
        for annex in notice.annexes
    )
    return replace(notice, paragraphs=paragraphs, annexes=annexes)


def full_width(notice: Notice) -> Notice:
    """全角 digits and marks."""
    table = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
    return _written(notice, lambda text: text.translate(table))


def half_width(notice: Notice) -> Notice:
    """Half-width punctuation."""
    return _written(notice, lambda text: text.translate(str.maketrans("，；：（）", ",;:()")))


def thin_spaces(notice: Notice) -> Notice:
    """A thin space for thousands, spaces around numbers."""
    return _written(
        notice,
        lambda text: re.sub(
            r"\d+(?:\.\d+)?",
            lambda found: f"\u00a0{re.sub(r'(?<=[0-9])(?=[0-9]{3}$)', chr(0x2009), found[0])}\u2009",
            text,
        ),
    )


def thousands(notice: Notice) -> Notice:
    """A comma for thousands."""
    return _written(notice, lambda text: re.sub(r"^(\d)(\d{3})$", r"\1,\2", text))


def broken_lines(notice: Notice) -> Notice:
    """A line break inside every number."""
    return _written(
        notice, lambda text: re.sub(r"(?<=\d)(?=\d)(?!\d*[.、])", "\n", text, count=1) if len(text) < 8 else text
    )


def dated_with_zeros(notice: Notice) -> Notice:
    """Dates with leading zeros, and the quarter in Arabic digits."""
    return _written(
        notice,
        lambda text: (
            re.sub(r"(?<=年)(\d)(?=月)", r"0\1", text).replace("第二季度", "第2季度").replace("第三季度", "第3季度")
        ),
    )


def names_joined(notice: Notice) -> Notice:
    """甲、乙和丙 for 甲、乙、丙."""
    paragraphs = tuple(
        replace(
            each,
            spans=tuple(
                replace(span, text="和".join(span.text.rsplit("、", 1)))
                if (span.figure or "").endswith(".names")
                else span
                for span in each.spans
            ),
        )
        for each in notice.paragraphs
    )
    return replace(notice, paragraphs=paragraphs)


def names_reversed(notice: Notice) -> Notice:
    """The names of each list in another order."""
    paragraphs = tuple(
        replace(
            each,
            spans=tuple(
                replace(span, text="、".join(span.text.split("、")[::-1]))
                if (span.figure or "").endswith(".names")
                else span
                for span in each.spans
            ),
        )
        for each in notice.paragraphs
    )
    return replace(notice, paragraphs=paragraphs)


REWORDINGS: tuple[Callable[[Notice], Notice], ...] = (
    synonyms, opened, joined, split, sentences_reversed, clauses_reversed, platforms_reversed, paragraphs_reversed,
    more_paragraphs, paragraphs_merged, paragraphs_split, counted_before,
)  # fmt: skip
HONEST = (
    *REWORDINGS, rows_reversed, chinese_digits, number_given, full_width, half_width, thin_spaces, thousands, broken_lines,
    dated_with_zeros, names_joined, names_reversed,
)  # fmt: skip
