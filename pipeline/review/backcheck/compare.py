"""An edited text against the record of a notice (改后核对): a pure function.

What lives here: paragraphs of an edited text, and which differences are told. What must not: files, screens, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.review.backcheck.align import Spot, align
from pipeline.review.backcheck.differences import Comparison, Difference, Verdict
from pipeline.review.backcheck.grids import compare_grid, take_tables
from pipeline.review.backcheck.reading import Edited
from pipeline.review.backcheck.record import Record, record_of, sentences
from pipeline.review.backcheck.tokens import Kind, Token, normal
from pipeline.review.ledger.book import Ledger

_PAGE_NUMBER = re.compile(r"[—–―－-]+\d{1,3}[—–―－-]+|第\d{1,3}页(?:，?[共/]\d{1,3}页)?|\d{1,3}/\d{1,3}")
# 份号、密级、附注中的联系方式、版记、附件序号: they belong to the form
_FORM = re.compile(
    r"\d{6}|(?:绝密|机密|秘密)(?:★.*)?|（.*(?:联系人|联系电话).*）|.*\d{4}年\d{1,2}月\d{1,2}日印发|（?共印\d+份）?|附件\d*"
)
_COPY_NUMBER = re.compile(r"^\d{6}(?=[\u4e00-\u9fff]+〔)")  # in a letter it stands before the document number
_BEGINS = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}(?:、|[.．](?!\d)|[.．](?=\d{4}年))|附件"
)
_ENDS = re.compile(r"[。！？：]$")
_FEW = 10  # a number in Chinese up to this is a word like any other


def back_check(text: str, ledger: Ledger, edited: Edited) -> Comparison:
    """An edited text against a notice as plain text and its ledger (改后核对)."""
    return compare(record_of(text, ledger), edited)


def texts_of(edited: Edited) -> list[str]:
    """The paragraphs and cells of an edited text as they are written (原样文字): lines that only wrap are joined."""
    joined: list[str] = []
    for line in (line.strip() for paragraph in edited.paragraphs for line in (*paragraph.splitlines(), "")):
        if joined and line and joined[-1] and not (_ENDS.search(joined[-1]) or _BEGINS.match(line)):
            joined[-1] += line
        else:
            joined.append(line)
    return [*filter(None, joined), *(cell for table in edited.tables for row in table for cell in row if cell)]


def compare(record: Record, edited: Edited) -> Comparison:
    """Every number and list of a notice in an edited text (逐数核对).

    Sentences may be moved, reworded, split and joined; nothing in the file marks a figure. Differences come in the order
    of the notice, then what has no source.
    """
    lines = [
        line for paragraph in edited.paragraphs for line in (*paragraph.splitlines(), "\f") if not _numbers_page(line)
    ]
    tables, others = take_tables(record.grids, edited.tables, lines)
    cells = (cell for table in others for row in table for cell in row)
    paragraphs = [*_paragraphs(lines), *(cell for cell in cells if not _FORM.fullmatch(cell))]
    told = list(sentences(((text, ()) for text in paragraphs), record.names))
    alignment = align(record.sentences, told)
    ours = {id(token): at for at, token in enumerate(each for sentence in record.sentences for each in sentence.tokens)}
    changed = [(ours[id(was.token)], _altered(was, now)) for was, now in alignment.pairs if _tells(was, now)]
    changed += [(ours[id(spot.token)], _missing(spot)) for spot in alignment.missing if _counts(spot.token)]
    differences = [difference for _, difference in sorted(changed, key=lambda pair: pair[0])]
    differences += [
        each for grid, table in zip(record.grids, tables, strict=True) for each in compare_grid(grid, table)
    ]
    differences += [_unsourced(spot) for spot in alignment.extra if _counts(spot.token)]
    return Comparison(_figures(record), tuple(differences))


def _figures(record: Record) -> int:
    printed = sum(bool(token.figure) for sentence in record.sentences for token in sentence.tokens)
    return printed + sum(bool(cell.figure) for grid in record.grids for row in grid.rows for cell in row)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines as paragraphs in their one spelling (分段): a line goes on where nothing says that it ends.

    A form feed ends a paragraph of a file that knows paragraphs. What belongs to the form is left out.
    """
    text = ""
    for line in [*lines, "\f"]:
        shown = _COPY_NUMBER.sub("", normal(line))
        if _FORM.fullmatch(shown):
            if text:
                yield text
                text = ""
            continue
        if text and (line == "\f" or _ENDS.search(text) or (shown and _BEGINS.match(shown))):
            yield text
            text = ""
        text += shown
    if text:
        yield text


def _numbers_page(line: str) -> bool:
    return _PAGE_NUMBER.fullmatch(normal(line)) is not None


def _tells(was: Spot, now: Spot) -> bool:
    """Whether a pair is a difference: a name that is mentioned, outside lists, only where all else is as it was."""
    if was.token.same(now.token):
        return False
    if was.token.kind is Kind.NAMES and not was.token.figure:
        return _frame(was) == _frame(now)
    return True


def _frame(spot: Spot) -> str:
    text, token = spot.sentence.text, spot.token
    return text[: token.start] + "#" + text[token.end :]


def _counts(token: Token) -> bool:
    """Whether it is told when it has no partner (单独出现时是否报告)."""
    if token.figure:
        return True
    if token.kind is Kind.NUMBER:
        return not token.worded or token.unit == "%" or float(token.value[0]) > _FEW
    return token.kind in {Kind.DATE, Kind.DOCUMENT}


def _altered(was: Spot, now: Spot) -> Difference:
    return Difference(
        Verdict.ALTERED,
        was.token.kind,
        was.token.figure,
        _shown(was),
        _shown(now),
        was.sentence.text,
        now.sentence.text,
    )


def _missing(spot: Spot) -> Difference:
    return Difference(Verdict.MISSING, spot.token.kind, spot.token.figure, _shown(spot), "", spot.sentence.text, "")


def _unsourced(spot: Spot) -> Difference:
    return Difference(Verdict.UNSOURCED, spot.token.kind, "", "", _shown(spot), "", spot.sentence.text)


def _shown(spot: Spot) -> str:
    """A token as it is told, with the words beside it that count: names joined anew, the words of a change before it."""
    token = spot.token
    if token.kind is Kind.NAMES:
        before, after = (word.replace("、", sign) for word, sign in ((token.before, "…、"), (token.after, "、…")))
        return f"{before}{'、'.join(token.value)}{after}"
    after = token.after if token.after not in token.text else ""
    if not token.direction:
        return f"{token.before}{token.text}{after}"
    before = spot.sentence.text[max(token.start - 3, 0) : token.start]
    return (
        re.sub(
            r"^.*?(?=提高|提升|上升|增长|增加|上涨|高出|升高|多出|下降|降低|减少|回落|下滑|低于|下跌|.$)", "", before
        )
        + token.text
        + after
    )
