"""The ledger of the sample quarters: complete, exact, the same every time; and its small parts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pipeline.bulletin.blocks import Role, Span
from pipeline.bulletin.catalogue import KINDS, kind_of, namer
from pipeline.bulletin.facts import Choice
from pipeline.bulletin.figures import Average, Rate
from pipeline.bulletin.phrasing import spans
from pipeline.bulletin.prose import write_notice
from pipeline.bulletin.remarks import remarks
from pipeline.document.compose import compose
from pipeline.document.reading import read_docx
from pipeline.measure.rounding import round_once
from pipeline.review.ledger.book import Ledger, keep_ledger, typed_texts
from pipeline.review.ledger.lineage import matched
from pipeline.review.ledger.numbers import account
from pipeline.review.ledger.places import fold, holds, unfold
from pipeline.review.ledger.printed import Line, Printed, lines, printed
from pipeline.review.ledger.sheet import ledger_workbook
from pipeline.settings import CODE_ROOT
from tests.review.ledger.quarters import Known, known

_SAMPLES = ["2021Q3", *(pytest.param(key, marks=pytest.mark.slow) for key in ("2021Q2", "2023Q3"))]
_DIGITS = re.compile(r"\d+")


@pytest.fixture(params=_SAMPLES)
def quarter(request: pytest.FixtureRequest) -> Known:
    return known(request.param)


def test_every_number_is_accounted_for(quarter: Known) -> None:
    assert quarter.ledger.unaccounted == ()
    assert quarter.ledger.entries and quarter.ledger.others


def test_a_dropped_entry_is_found(quarter: Known) -> None:
    typed = typed_texts(quarter.context.warehouse, quarter.facts)
    by_number = {line.number: line for line in lines(quarter.notice)}
    entries = list(printed(quarter.notice))
    for entry in entries:
        kept = [other for other in entries if other != entry]
        _, unknown = account([by_number[entry.line]], kept, typed)
        assert any(told.at == entry.at for told in unknown), entry


def test_the_document_prints_no_other_numbers(quarter: Known) -> None:
    template = (CODE_ROOT / "templates/bulletin.docx").read_bytes()
    document = "\n".join(read_docx(compose(quarter.notice, template)))
    told = "\n".join(line.text for line in lines(quarter.notice))
    assert Counter(_DIGITS.findall(document)) == Counter(_DIGITS.findall(told))


def test_exact_values_give_what_is_printed(quarter: Known) -> None:
    mode, checked = quarter.facts.policy.rounding, 0
    for figure in quarter.facts.figures():
        made = quarter.ledger.figures[figure.id]
        if isinstance(figure, Rate | Average):
            scale = 100 if isinstance(figure, Rate) else 1
            assert made.denominator is not None
            assert Fraction(made.exact) == Fraction(made.numerator.value) / Fraction(made.denominator.value) * scale
            shown = [entry for entry in quarter.ledger.entries if entry.figure == figure.id]
            wanted = round_once(Fraction(made.exact), figure.decimals, mode)
            assert all(Fraction(entry.printed.rstrip("%")) == Fraction(wanted) for entry in shown)
            checked += len(shown)
    assert checked > 3


def test_every_figure_has_sources_or_says_why_not(quarter: Known) -> None:
    for made in quarter.ledger.figures.values():
        assert made.sources or made.given, made.id
        assert made.sql or not made.exact, made.id
        assert made.name and "{" not in made.name and made.numerator.meaning


def test_sources_are_of_the_tables_that_the_catalogue_names(quarter: Known) -> None:
    """A figure rests on the layouts of its kind, besides 语句选择, 时间范围 and facts of earlier quarters."""
    layouts = {place: layout for *place_, layout in quarter.cells.select("file", "sheet", "layout").unique().rows()
               for place in [tuple(place_)]}  # fmt: skip
    for made in quarter.ledger.figures.values():
        kind, _ = kind_of(made.id)
        found = {layouts.get((source.file, source.sheet), "info_earlier") for source in made.sources}
        assert found - {"info_choice", "info_window"} <= set(kind.tables), made.id


def test_the_workbook_shows_whole_sentences(quarter: Known) -> None:
    """Not every office program finds the height of a row by itself: lines would lie on each other."""
    book = load_workbook(BytesIO(ledger_workbook(quarter.ledger)))
    sheet = book["数字台账"]
    long = [row for row in range(2, sheet.max_row + 1) if len(sheet[f"D{row}"].value) > 48]
    assert long and all((sheet.row_dimensions[row].height or 0) > 30 for row in long)
    assert [cell.value for cell in sheet[1]][:4] == ["序号", "数字", "印作", "所在句子"]
    names = [(sheet[f"B{row}"].value, sheet[f"D{row}"].value, sheet[f"C{row}"].value) for row in range(2, 40)]
    assert len({*names}) == len(names)


def test_reading_back(quarter: Known) -> None:
    assert Ledger.from_json(quarter.ledger.to_json()) == quarter.ledger


def test_people_are_told_names_and_no_ids(quarter: Known) -> None:
    names = {made.name for made in quarter.ledger.figures.values()}
    assert len(names) == len(quarter.ledger.figures)
    assert not [name for name in names if re.search(r"[a-z]_|\.[a-z]", name)]
    noted = remarks(quarter.facts, [], quarter.context.table("raw/cell"), quarter.context.roster.registry)
    assert {item.value for item in noted if item.code == "E601"} <= names
    named = namer(quarter.facts, quarter.context.roster)
    assert named("new_media.unqualified.names") == "不合格政务新媒体账号的名单"
    assert named("sites.unheard_of") == "sites.unheard_of"


def test_patterns_are_told_apart() -> None:
    ids = known("2021Q3").ledger.figures
    for figure in ids:
        assert sum(kind.parts(figure) is not None for kind in KINDS) == 1, figure
    with pytest.raises(KeyError):
        kind_of("sites.unheard_of")


def test_a_number_that_nothing_prints_is_found() -> None:
    body = [Line(1, (Span("（一）检查"), Span("12", figure="a"), Span("个网站，其中3个，三家，占２％。")), Role.BODY)]
    others, unknown = account(body, [], [])
    assert [told.text for told in unknown] == ["12", "3", "三", "２％"]
    assert [told.kind for told in others] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("截至2021年9月30日", ["日期"]),
        ("2021年第三季度", ["季度"]),
        ("国办秘函〔2019〕19号", ["文号"]),
        ("1.区政府门户网站。", ["层次序数"]),
        ("合格率达到100%", ["全数"]),
        ("合格率为100%", None),
        ("支持IPv6访问", ["名称"]),
        ("IPv6网站30个", None),
        ("共30条", None),
        ("2021个", None),
    ],
)
def test_what_is_no_figure(text: str, kinds: list[str] | None) -> None:
    others, unknown = account([Line(1, (Span(text),), Role.BODY)], [], [])
    assert (unknown == []) is (kinds is not None)
    assert not kinds or {told.kind for told in others} == set(kinds)


def test_ranges_hold_their_cells_and_no_others() -> None:
    cells = {"B2", "B3", "B4", "C2", "C3", "D3", "AA10", "AB10"}
    folded = fold(cells)
    assert sorted(cell for area in folded for cell in unfold(area)) == sorted(cells)
    assert all(holds(area, cell) for area in folded for cell in unfold(area))
    assert not any(holds(area, "B5") for area in folded)
    assert fold([]) == ()


def test_the_same_notice_gives_the_same_ledger() -> None:
    q = known("2021Q3")
    again = keep_ledger(q.context.warehouse, q.facts, q.notice, q.context.roster)
    assert again.to_json() == q.ledger.to_json()


def test_statements_name_the_figures_that_they_print() -> None:
    """Every statement switched on, with names: what it prints is what `sql/schema/printed.sql` says of it."""
    q = known("2021Q3")
    uses = dict(q.context.warehouse.run("draft/printed").group_by("statement_id").agg("figure").rows())
    shown: dict[str, set[str]] = {}

    def said(choice: Choice, words: str) -> str:
        shown.setdefault(choice.id, set()).update(
            Printed(0, 0, span.figure, "", "").of for span in spans(words) if span.figure
        )
        return words

    choices = tuple(
        replace(choice, enabled=True, naming="named" if choice.naming != "free" else "free", list_form="first")
        for choice in q.facts.brief.statements
    )
    for facts in (q.facts, replace(q.facts, brief=replace(q.facts.brief, statements=choices))):
        write_notice(facts, CODE_ROOT / "templates", said)
    for statement, figures in shown.items():
        named = matched(figures, uses.get(statement, []))
        assert not [figure for figure, patterns in named.items() if not patterns], statement
    assert sum(map(bool, shown.values())) > 40
    without = {item.id for item in q.context.roster.registry.statements} - {*uses}
    told = {"inspection_period", "inspection_method", "inspection_topic", "special_inspection", "deadline"}
    assert without == told | {"requirements", "practices"}
