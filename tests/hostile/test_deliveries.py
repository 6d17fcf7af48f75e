"""Hostile texts, names and files in a delivery: a named finding, or carried through as text to every output."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner
from lxml import etree

from pipeline.cli import main
from pipeline.document.delimited import csv_bytes, findings_csv
from pipeline.errors import SourceError
from pipeline.flow import STEPS, Context, execute
from pipeline.ingest import delivery as reading
from pipeline.ingest import unreadable
from pipeline.output import MANIFEST
from pipeline.settings import CODE_ROOT, Paths
from pipeline.warehouse.checks import findings_frame
from tests.support.quarter import ACCOUNTS, INFO, REPORTS, SCORES, Delivered, _in_memory

NAMES = (
    "=cmd|' /C calc'!A0",
    "@东城",
    "+86东城",
    "-东城",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "<w:p>东城</w:p>",
    "甲&乙;amp",
    "../../东城",
    "东/城",
    "〈甲〉",
)
EARLIER = "前期/2021Q2.facts.json"


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    return Delivered.copy(tmp_path_factory.mktemp("thinned")).thin()


@pytest.fixture
def delivered(tmp_path: Path, thinned: Delivered) -> Delivered:
    return Delivered.copy(tmp_path, data=thinned.root)


def codes(delivered: Delivered) -> list[tuple[str, str]]:
    return sorted({(item["code"], item["file"]) for item in delivered.findings() if item["severity"] == "error"})


def run(delivered: Delivered) -> Path:
    """Run the whole flow without Dagster in the shared warehouse; the output folder."""
    context: Context = replace(_in_memory(delivered.quarter), paths=Paths(CODE_ROOT, delivered.root))
    for step in STEPS[1:]:
        execute(step, context)
    return context.paths.out(delivered.quarter)


@pytest.mark.slow
def test_hostile_texts_reach_every_output_as_text(delivered: Delivered) -> None:
    """Names of failed accounts are printed in the notice, listed in CSV and in workbooks."""
    with delivered.edit(ACCOUNTS) as book:
        sheet = book["检查情况"]
        for at, name in enumerate(NAMES):
            sheet.append(["1", None, "微博", "东城区财政局", "东城区", "不合格", "内容不更新", "2021-08-01"])
            sheet.cell(sheet.max_row, 2).value = name
            sheet.cell(sheet.max_row, 2).data_type = "s"
            assert at < len(NAMES)
    with delivered.edit(INFO) as book:
        book["存在的问题"].delete_rows(6)  # it counts the accounts that failed in words
        book["工作要求"]["C2"] = "要落实<w:p>和&amp;的要求。"
    assert codes(delivered) == []
    out = run(delivered)
    with zipfile.ZipFile(out / "bulletin.docx") as archive:
        printed = "".join(etree.fromstring(archive.read("word/document.xml")).itertext())
    assert "要落实<w:p>和&amp;的要求。" in printed
    listed = csv.DictReader(io.StringIO((out / "machine/tables/unqualified_account.csv").read_text("utf-8")))
    accounts = {row["account"] for row in listed}
    assert {name if name[0] not in "=+-@" else f"'{name}" for name in NAMES} <= accounts
    for path in out.rglob("*"):
        if path.suffix == ".csv":
            cells = [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
            assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not _is_number(cell)] == [], path
        if path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path):
                assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == [], (
                    path
                )
    outputs = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {MANIFEST}
    assert outputs == set(json.loads((out / MANIFEST).read_bytes())["outputs"])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_braces_in_a_text_of_the_office_name_no_figure(delivered: Delivered) -> None:
    with delivered.edit(INFO) as book:
        book["工作要求"]["C2"] = "要落实{{ 7*7 }}的要求。"
    assert codes(delivered) == [("I553", INFO)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("东城\u202e财政", "C206"),
        ("东城\u0001财政", "C206"),
        ("东城\u200b", "C206"),
        ("东城\ue000", "C206"),
        ("東城" + "长" * 32_765, ""),
        ("東城\ufa0e", ""),
    ],
    ids=["bidi", "control", "zero-width", "private", "longest", "compatibility"],
)
def test_an_account_of_odd_characters_is_told_or_kept(delivered: Delivered, text: str, code: str) -> None:
    path = delivered.file(REPORTS)
    rows = list(csv.reader(io.StringIO(path.read_text("gb18030"), newline="")))
    at = rows[0].index("问题描述")
    rows[1][at] = text
    number = rows[1][0]
    rows[1][0] = number if not code else text
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    path.write_bytes(made.getvalue().encode("utf-8"))
    assert codes(delivered) == ([(code, path.name)] if code else [])


@pytest.mark.slow
@pytest.mark.parametrize(
    "kanji",
    ["⼀", "㈱", "丨", "ﬁ", "Ａ", "東\ufe00城"],
    ids=["radical", "enclosed", "stroke", "ligature", "wide", "variant"],
)
def test_a_unit_written_in_look_alikes_is_not_guessed(delivered: Delivered, kanji: str) -> None:
    with delivered.edit(ACCOUNTS) as book:
        book["检查情况"]["E5"] = f"{kanji}城区"
    ((code, _),) = codes(delivered)
    assert code in ("N301", "C206")


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"1" * 100_000, b"NaN", b'{"quarter": NaN}',
        b" " * (unreadable.MAX_EARLIER + 1),
    ],
    ids=["empty", "null", "list", "object", "bytes", "deep-list", "deep-object", "digits", "nan", "nan-inside", "large"],
)  # fmt: skip
def test_hostile_facts_of_an_earlier_quarter_are_told(delivered: Delivered, content: bytes) -> None:
    (delivered.folder / EARLIER).write_bytes(content)
    assert codes(delivered) == [("I509", EARLIER)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("district_sites", "average", "total"), "1E+999999999"),
        (("district_sites", "average", "total"), "NaN"),
        (("district_sites", "average", "total"), "1E-999999999"),
        (("district_sites", "average", "count"), 10**30),
        (("district_sites", "average", "count"), 1.5),
        (("quarter",), "2021Q2\u202e"),
        (("quarter",), ["2021Q2"]),
    ],
)
def test_earlier_facts_with_a_number_that_cannot_be_are_told(
    delivered: Delivered, path: tuple[str, ...], value: Any
) -> None:
    file = delivered.folder / EARLIER
    facts = json.loads(file.read_bytes())
    *above, last = path
    target = facts
    for name in above:
        target = target[name]
    assert last in target
    target[last] = value
    file.write_text(json.dumps(facts))
    assert codes(delivered) == [("I509", EARLIER)]


def test_links_pipes_and_unreadable_names_stop_the_quarter_and_nothing_hangs(delivered: Delivered) -> None:
    os.mkfifo(delivered.folder / "管道.xlsx")
    (delivered.folder / "链接.xlsx").symlink_to("/etc/passwd")
    (delivered.folder / "设备").symlink_to("/dev/zero")
    Path(os.fsdecode(os.fsencode(delivered.folder) + b"/\xbc\xd7.xlsx")).write_bytes(b"x")
    found = codes(delivered)
    assert [code for code, _ in found] == ["F122", "F122", "F122", "F123"]
    assert all(file.isprintable() and file.encode() for _, file in found)


def test_a_device_is_not_read(delivered: Delivered) -> None:
    """Where the tests may make one."""
    path = delivered.folder / "设备.xlsx"
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))
    assert codes(delivered) == [("F122", "设备.xlsx")]


def test_a_folder_of_too_many_files_is_refused(delivered: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILES", 3)
    with pytest.raises(SourceError, match="超过读取上限 3 个"):
        delivered.findings()


def test_a_delivery_of_too_many_cells_is_a_finding(delivered: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_DELIVERED", 2_000)
    assert "F116" in {code for code, _ in codes(delivered)}


def test_a_file_of_markup_in_its_name_is_told_as_it_is(delivered: Delivered) -> None:
    for name in ("{{ x }}.csv", "=cmd.csv", "[red]甲.csv", "<w:p>&.csv"):
        (delivered.folder / name).write_bytes(name.encode())
    findings = delivered.findings()
    assert {item["file"] for item in findings} == {"{{ x }}.csv", "=cmd.csv", "[red]甲.csv", "<w:p>&.csv"}
    listed = findings_csv(findings_frame(delivered.quarter, []).vstack(_frame(findings)))
    assert "'=cmd.csv" in listed.decode("utf-8-sig")


def _frame(findings: list[dict[str, Any]]) -> Any:
    return pl.DataFrame(findings, schema=findings_frame("2021Q3", []).schema)


def test_numbers_with_a_sign_stay_numbers_in_csv() -> None:
    table = pl.DataFrame({"a": ["-1", "+0.5", "-1+1", "=1", "\t1", "＝1", "", None, "甲"]})
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode())))[1:]
    assert [row[0] if row else "" for row in rows] == ["-1", "+0.5", "'-1+1", "'=1", "'\t1", "'＝1", "", "", "甲"]


@pytest.mark.parametrize(
    "content", [b"a = " + b"[" * 100_000, b"a = " + b"9" * 100_000, b"a = " + b"{ a = " * 5_000, b"\xff"]
)
def test_a_hostile_audit_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "a.toml")])
    assert result.exit_code == 2
    assert "未完成" in result.output and "处理办法" in result.output


@pytest.mark.slow
@pytest.mark.parametrize("name", ["区政府门户网站", "评分 & <b>"])
def test_a_sheet_named_like_markup_is_a_finding_or_read(delivered: Delivered, name: str) -> None:
    with delivered.edit(SCORES) as book:
        book["区政府门户网站"].title = name
    assert codes(delivered) == []
