"""The outcome of a back-check for people and programs (核对表).

What lives here: lines for the screen, JSON, and 核对表 as blocks. What must not: finding differences, fonts, files.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from pipeline.bulletin.blocks import Align, Column, Paragraph, Report, Role, Span, Table
from pipeline.review.backcheck.differences import Comparison, Difference, Verdict
from pipeline.review.backcheck.reading import Edited
from pipeline.review.backcheck.tokens import Kind
from pipeline.review.wording.rules import Remark

_ON_PAGE = 26  # lines of the table that one page holds
_SIGN = 40  # width of a sign in the table, in tenths of a millimetre
_AROUND = 10  # signs of a sentence on either side of the number
_COLUMNS = (
    Column("结论", 130),
    Column("数字或名单", 360, Align.LEFT),
    Column("原为", 260, Align.LEFT),
    Column("改为", 260, Align.LEFT),
    Column("所在句子或栏目", 550, Align.LEFT),
)


def named(difference: Difference, names: Mapping[str, str]) -> str:
    """What a difference is about, in Chinese (数字名称): the figure's name, or the kind of typed text."""
    if difference.kind is Kind.TABLE:
        return str(difference.kind)
    if not difference.figure:
        return f"{difference.kind}（编辑文字）" if difference.was else str(difference.kind)
    return figure_named(difference.figure, names)


def figure_named(figure: str, names: Mapping[str, str]) -> str:
    """What a figure or a list is called in Chinese (数字名称), by the names of figures."""
    base = figure.removesuffix(".names").removesuffix(".count")
    suffix = "（名单）" if figure.endswith(".names") else ""
    return names.get(base, base) + suffix


def told(difference: Difference) -> tuple[str, str]:
    """Was and is (原为、改为); of a list, the names dropped and added."""
    if not (difference.added or difference.dropped):
        return difference.was or "—", difference.now or "—"
    dropped, added = "、".join(difference.dropped), "、".join(difference.added)
    return f"减少：{dropped}" if dropped else "—", f"增加：{added}" if added else "—"


def where(difference: Difference) -> str:
    """The place of a difference (位置): the cell of an annex, or the words around the number."""
    if difference.place:
        return difference.place
    text, shown = (difference.sentence, difference.was) if difference.sentence else (difference.edited, difference.now)
    at = max(text.find(shown), 0)
    start, end = max(at - _AROUND, 0), at + len(shown) + _AROUND
    if end - start > 4 * _AROUND:  # a long list says enough by its ends
        end = start + 4 * _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def summary(comparison: Comparison) -> str:
    """The outcome in one line (结论)."""
    counted = Counter(each.verdict for each in comparison.differences)
    if not comparison.differences:
        return f"印出的数字和名单共 {comparison.figures} 处，全部未变。"
    parts = "，".join(f"{verdict} {counted[verdict]} 处" for verdict in Verdict)
    doubt = "三分之一以上的数字不同，文件可能是另一季度或者另一件通报，请先确认。" if comparison.doubtful else ""
    return f"印出的数字和名单共 {comparison.figures} 处，未变 {comparison.figures - comparison.changed} 处；{parts}。{doubt}"


def notes(edited: Edited) -> Iterator[str]:
    """What a reader should know of the file (说明): tracked changes are taken as accepted."""
    if edited.insertions or edited.deletions:
        yield f"文件带有修订标记（插入 {edited.insertions} 处，删除 {edited.deletions} 处），按全部接受修订以后的文字核对。"


def to_json(
    comparison: Comparison, names: Mapping[str, str], remarks: Sequence[Remark], edited: Edited
) -> dict[str, object]:
    """The outcome for other programs (核对结果)."""
    return {
        "figures": comparison.figures,
        "unchanged": comparison.figures - comparison.changed,
        "insertions": edited.insertions,
        "deletions": edited.deletions,
        "differences": [
            {
                "verdict": each.verdict,
                "kind": each.kind,
                "figure": each.figure,
                "name": named(each, names),
                "was": each.was,
                "now": each.now,
                "added": each.added,
                "dropped": each.dropped,
                "sentence": each.sentence,
                "edited": each.edited,
                "place": each.place,
            }
            for each in comparison.differences
        ],
        "wording": [remark.model_dump() for remark in remarks],
    }


def dump(told_of: Mapping[str, object]) -> str:
    """The JSON text of an outcome."""
    return json.dumps(told_of, ensure_ascii=False, indent=2)


def _fitting(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The first rows that one page holds."""
    heights = accumulate(
        max(-(-len(cell) * _SIGN // column.width) for cell, column in zip(row, _COLUMNS, strict=True)) for row in rows
    )
    return [row for row, height in zip(rows, heights, strict=True) if height <= _ON_PAGE]


def sheet(
    title: str, comparison: Comparison, names: Mapping[str, str], remarks: Sequence[Remark], edited: Edited
) -> Report:
    """核对表: the outcome on one page, changed figures first; what does not fit is counted."""
    content: list[Paragraph | Table] = [
        Paragraph(Role.TITLE, (Span(f"{title}改后核对表"),)),
        *(Paragraph(Role.BODY, (Span(line),)) for line in (summary(comparison), *notes(edited))),
    ]
    shown = _fitting(
        [(str(each.verdict), named(each, names), *told(each), where(each)) for each in comparison.differences]
    )
    if shown:
        content.append(Table(_COLUMNS, tuple(tuple(map(Span, row)) for row in shown)))
    if rest := len(comparison.differences) - len(shown):
        content.append(Paragraph(Role.BODY, (Span(f"另有 {rest} 处，见屏幕所列或者 JSON。"),)))
    if remarks:
        kinds = Counter(remark.name for remark in remarks)
        listed = "、".join(f"{name} {count} 处" for name, count in kinds.items())
        content.append(Paragraph(Role.BODY, (Span(f"用语提示：{listed}。"),)))
    return Report(tuple(content))
