"""The review copy: a comment on every figure, the text of the notice untouched (核稿本)."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from pipeline.bulletin.blocks import Notice
from pipeline.document.annotate import annotate
from pipeline.flow import notice_of
from tests.page.conftest import Reviewed


@pytest.fixture(scope="module")
def copy(reviewed: Reviewed) -> Path:
    return reviewed.file.with_name("bulletin-review.docx")


def test_every_entry_of_the_ledger_has_its_comment(reviewed: Reviewed, copy: Path) -> None:
    comments = list(Document(str(copy)).comments)
    entries = reviewed.ledger.entries
    assert [item.text.partition("\n")[0] for item in comments] == [
        reviewed.ledger.figures[each.of].name for each in entries
    ]
    app = next(text for text in (item.text for item in comments) if text.startswith("移动客户端合格率"))
    for told in ("分子：41", "分母：43", "精确值：4100/43%", "取自：", "上季度："):
        assert told in app


def test_a_comment_stands_on_the_text_that_it_explains(reviewed: Reviewed, copy: Path) -> None:
    body = Document(str(copy)).element.body
    commented: dict[str, str] = {}
    current: list[str] = []
    for node in body.iter():
        kind = node.tag.rpartition("}")[2]
        if kind == "commentRangeStart":
            current.append(node.values()[0])
            commented[current[-1]] = ""
        elif kind == "commentRangeEnd":
            current.remove(node.values()[0])
        elif kind == "t":
            for mark in current:
                commented[mark] += node.text or ""
    assert list(commented.values()) == [entry.printed for entry in reviewed.ledger.entries]


def test_the_text_is_that_of_the_notice_and_no_clock_is_in_the_file(reviewed: Reviewed, copy: Path) -> None:
    plain = reviewed.file.parents[1] / "bulletin.docx"
    texts = [[line.text for line in Document(str(path)).paragraphs] for path in (plain, copy)]
    assert texts[0] == texts[1]
    assert b"w:date=" not in copy.read_bytes()


def test_there_must_be_one_comment_for_each_figure(reviewed: Reviewed) -> None:
    notice: Notice = notice_of(reviewed.context)
    document = reviewed.context.warehouse.get("bulletin/document")
    with pytest.raises(ValueError, match="zip"):
        annotate(document, notice, ["一"])
