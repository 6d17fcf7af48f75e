"""The review page: every figure linked to its row, nothing from elsewhere, every text escaped (核稿页)."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.document.page import render_page
from pipeline.flow import facts_of, notice_of
from pipeline.review.explanations import explain
from pipeline.review.page.charts import HEIGHT, WIDTH, scores, trends
from pipeline.review.page.content import page_of
from pipeline.settings import CODE_ROOT
from tests.page.conftest import Reviewed


class Links(HTMLParser):
    """Ids of the page, its links with their text, and the addresses that it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.figures: dict[str, str] = {}
        self.addresses: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.addresses += [given[name] or "" for name in ("href", "src", "action", "data") if name in given]
        self._open = (given.get("href") or "") if (given.get("class") or "").startswith("figure") else ""
        if self._open:
            self.figures[self._open] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.figures[self._open] += data


@pytest.fixture(scope="module")
def links(reviewed: Reviewed) -> Links:
    return Links(reviewed.file.read_text("utf-8"))


def test_every_entry_of_the_ledger_is_a_link_with_the_printed_text(reviewed: Reviewed, links: Links) -> None:
    assert links.figures == {f"#d{entry.number}": entry.printed for entry in reviewed.ledger.entries}
    assert len(reviewed.ledger.entries) > 100


def test_rows_about_the_text_come_first_and_are_told_apart(reviewed: Reviewed) -> None:
    page = reviewed.file.read_text("utf-8")
    rows = re.findall(r'<tr id="d\d+"( class="cell")? data-figure="([^"]+)"', page)
    told = [bool(cell) for cell, _ in rows]
    assert told == sorted(told)
    text = sum(bool(span.figure) for line in notice_of(reviewed.context).paragraphs for span in line.spans)
    assert told.count(False) == text


def test_links_stay_on_the_page_and_lead_somewhere(links: Links) -> None:
    assert len(set(links.ids)) == len(links.ids)
    assert all(address.startswith("#") and address[1:] in links.ids for address in links.addresses)


def test_nothing_comes_from_elsewhere(reviewed: Reviewed) -> None:
    page = reviewed.file.read_text("utf-8")
    assert "default-src 'none'" in page
    assert re.findall(r"url\(|@import|<link|<img|<iframe|fetch\(|XMLHttpRequest", page) == []


def test_the_row_of_a_figure_tells_its_parts_and_cells(reviewed: Reviewed) -> None:
    entry = next(item for item in reviewed.ledger.entries if item.figure == "new_media.platforms.app.rate")
    page = reviewed.file.read_text("utf-8")
    row = page[page.index(f'id="d{entry.number}"') :].partition("</tr>")[0]
    for told in ("95.3%", "分子：41", "分母：43", "mart/account_rate", "政务新媒体检查情况表.xlsx!检查情况!"):
        assert told in row


def test_what_people_typed_is_escaped(reviewed: Reviewed) -> None:
    facts = facts_of(reviewed.context)
    notice = notice_of(reviewed.context)
    first, *rest = notice.paragraphs
    planted = "<script>alert(1)</script>&{{7*7}}"
    hostile = replace(notice, paragraphs=(replace(first, spans=(replace(first.spans[0], text=planted),)), *rest))
    findings = reviewed.context.table("core/finding")
    page = page_of(facts, hostile, explain(reviewed.ledger, facts, findings, None), findings, ())
    shown = render_page(page, CODE_ROOT / "templates").decode()
    assert planted not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{7*7}}" in shown


def test_dots_stand_in_order_on_their_scale(reviewed: Reviewed) -> None:
    districts, departments = scores(facts_of(reviewed.context))
    assert (len(districts.marks), len(departments.marks)) == (16, 59)
    for chart in (districts, departments):
        assert [mark.at for mark in chart.marks] == sorted((mark.at for mark in chart.marks), reverse=True)
        assert all(0 <= mark.at <= WIDTH for mark in (*chart.marks, *chart.ticks))
    assert districts.average is not None
    assert [(tick.printed, tick.at) for tick in districts.ticks] == [
        ("124", 0),
        ("125", 200),
        ("126", 400),
        ("127", 600),
    ]
    assert 280 <= districts.average.at <= 290  # 125.4… of 124 to 127


def trend_of(*facts: BulletinFacts) -> list[tuple[int, int]]:
    """Points and joined points of the first trend."""
    *earlier, now = facts
    return [(len(trend.points), sum(map(len, trend.lines))) for trend in trends(now, earlier)][:1]


def test_a_trend_breaks_at_a_gap_and_between_rule_books(reviewed: Reviewed) -> None:
    now = facts_of(reviewed.context)
    before, long_before = replace(now, quarter="2021Q2"), replace(now, quarter="2020Q4")
    assert trend_of(now) == []
    assert trend_of(before, now) == [(2, 2)]
    assert trend_of(long_before, before, now) == [(3, 2)]
    assert trend_of(replace(before, rule_book="2022"), now) == [(2, 0)]
    assert all(0 <= point.y <= HEIGHT for trend in trends(now, [before]) for point in trend.points)
