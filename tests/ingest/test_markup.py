"""What the XML of a workbook says beyond values: hidden rows and columns, formulas without a value, limits."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from pipeline.ingest import markup, unreadable
from pipeline.ingest.container import Grid, Unreadable, read_grids, spans

SHEET = "xl/worksheets/sheet1.xml"


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as bytes."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def plain() -> bytes:
    """A workbook of two rows."""
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.active.append([1, 2])
    return saved(book)


def patched(data: bytes, part: str, pattern: str, text: str) -> bytes:
    """A package with a pattern of a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            if name == part:
                changed = re.sub(pattern, lambda _: text, held.decode(), count=1)
                assert changed != held.decode()
                held = changed.encode()
            new.writestr(name, held)
    return out.getvalue()


def code(data: bytes) -> str:
    """The code with which bytes are refused."""
    with pytest.raises(Unreadable) as error:
        read_grids(data)
    return error.value.code


def test_a_plain_sheet_has_no_marks() -> None:
    assert read_grids(plain()) == [Grid("Sheet", (("甲", "乙"), ("1", "2")))]


@pytest.mark.parametrize(("state", "hidden"), [("visible", False), ("hidden", True), ("veryHidden", True)])
def test_a_hidden_sheet_is_marked(state: str, hidden: bool) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("旧稿")["A1"] = "甲"
    book["旧稿"].sheet_state = state
    assert [grid.hidden for grid in read_grids(saved(book))] == [False, hidden]


def test_hidden_rows_and_columns_are_those_within_the_grid() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for row in range(6):
            sheet.write_row(row, 0, ["甲", 1, 2, 3])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(4, 0)
        sheet.set_row(20, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("E:XFD", None, None, {"hidden": True})
    (grid,) = read_grids(data.getvalue())
    assert (grid.hidden_rows, grid.hidden_columns) == ({2, 5}, {2, 3})
    assert spans(grid.hidden_rows) == "2、5"


def test_filtered_rows_are_hidden_rows() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write_column("A1", ["类别", "甲", "乙"])
        sheet.autofilter("A1:A3")
        sheet.filter_column("A", "x == 甲")
        sheet.set_row(2, None, None, {"hidden": True})
    assert read_grids(data.getvalue())[0].hidden_rows == {3}


def test_a_formula_without_a_value_is_marked_within_the_grid() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲", "合计"])
    book.active.append([1, "=A2*2"])
    book.active["C4"] = "=A2"
    (grid,) = read_grids(saved(book))
    assert grid.unvalued == ("B2", "C4")
    assert grid.rows == (("甲", "合计", ""), ("1", "", ""), ("", "", ""), ("", "", ""))


@pytest.mark.parametrize(
    ("cell", "unvalued"),
    [
        ('<c r="B2"><f>A2</f></c>', ("B2",)),
        ('<c r="B2"><f>A2</f><v></v></c>', ("B2",)),
        ("<c><f>A2</f></c>", ("B2",)),
        ('<c r="B2" t="str"><f>A2</f></c>', ("B2",)),
        ('<c r="B2" t="str"><f>A2</f><v></v></c>', ()),  # a formula that gives an empty text
        ('<c r="B2"><f t="shared" si="0"/><v>2</v></c>', ()),
        ('<c r="B2"><f>A2</f><v>0</v></c>', ()),
    ],
)
def test_which_formulas_have_a_value(cell: str, unvalued: tuple[str, ...]) -> None:
    data = patched(plain(), SHEET, r'<c r="B2".*?</c>', cell)
    assert read_grids(data)[0].unvalued == unvalued


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        "<!-- a --> <?p q?>\n<!DOCTYPE x>",
    ],
)
def test_a_declaration_of_entities_is_refused(part: str, declared: str) -> None:
    assert code(patched(plain(), part, r"<(?=[A-Za-z])", f"{declared}<")) == "F117"


def test_a_declaration_inside_a_text_is_a_text() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "<!DOCTYPE html><!ENTITY a>"
    assert read_grids(saved(book))[0].rows == (("<!DOCTYPE html><!ENTITY a>",),)


@pytest.mark.parametrize(
    ("name", "limit"),
    [("MAX_PART", 500), ("MAX_PACKAGE", 2000), ("MAX_PARTS", 3)],
)
def test_a_package_beyond_a_limit_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    monkeypatch.setattr(markup, name, limit)
    assert code(plain()) == "F116"


def test_a_part_that_unpacks_out_of_proportion_is_refused() -> None:
    blanks = " " * (unreadable.RATIO_FROM + 1)
    assert code(patched(plain(), SHEET, "<sheetData>", f"{blanks}<sheetData>")) == "F116"


def test_many_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreadable, "MAX_SHEETS", 2)
    book = openpyxl.Workbook()
    for _ in range(2):
        book.create_sheet()
    assert code(saved(book)) == "F116"


@pytest.mark.parametrize("limit", ["MAX_CELLS", "MAX_TEXT"])
def test_sheets_are_measured_together(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    book = openpyxl.Workbook()
    for _ in range(2):
        book.create_sheet()["A1"] = "甲乙"
    assert len(read_grids(saved(book))) == 3
    monkeypatch.setattr(unreadable, limit, 1 if limit == "MAX_CELLS" else 3)
    assert code(saved(book)) == "F116"


def test_pictures_are_not_unpacked() -> None:
    data = io.BytesIO(plain())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG")
    vetted, _ = markup.vet_package(data.getvalue())
    assert not [name for name in zipfile.ZipFile(io.BytesIO(vetted)).namelist() if "media" in name]


def ods(rows: str) -> bytes:
    """An .ods of one sheet."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="表">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return data.getvalue()


CELL = '<table:table-cell office:value-type="string"{}><text:p>甲</text:p></table:table-cell>'


def test_repeated_cells_of_an_open_workbook_are_measured_before_they_are_made() -> None:
    row = "<table:table-row{}>{}</table:table-row>"
    assert read_grids(ods(row.format("", CELL.format(' table:number-columns-repeated="2"'))))[0].rows == (("甲", "甲"),)
    far = row.format(' table:number-rows-repeated="1048575"', "<table:table-cell/>")
    assert read_grids(ods(row.format("", CELL.format("")) + far))[0].rows == (("甲",),)
    assert code(ods(far + row.format("", CELL.format("")))) == "F116"
    assert code(ods(row.format("", CELL.format(' table:number-columns-repeated="4000000000"')))) == "F116"
    assert code(ods(row.format(' table:number-rows-repeated="4000000000"', CELL.format("")))) == "F116"


def test_a_formula_of_an_open_workbook_without_a_value_is_marked() -> None:
    row = '<table:table-row>{}<table:table-cell table:formula="of:=1+2"/></table:table-row>'
    (grid,) = read_grids(ods(row.format(CELL.format(""))))
    assert (grid.rows, grid.unvalued) == ((("甲", ""),), ("B1",))


@pytest.mark.parametrize("twice", [r'(<c r="A2".*?</c>)', r'(<row r="2".*?</row>)'])
def test_a_cell_that_stands_twice_is_not_guessed(twice: str) -> None:
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        found = re.search(twice, archive.read(SHEET).decode())
    assert found
    assert code(patched(plain(), SHEET, twice, found[0] * 2)) == "F104"
