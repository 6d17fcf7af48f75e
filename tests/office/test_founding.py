"""``bulletin init``: an office elsewhere, from one workbook; its data root stands apart from the code."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.defs.partitions import declared_quarters
from pipeline.ingest.institution import WORKBOOK
from pipeline.office.founding import load_forms
from pipeline.reference.models import Office, Recipient, Site
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT, Paths
from tests.office.test_filled import to_the_measures

DISTRICTS = ("青禾区", "白桦区", "枫林区")
DEPARTMENTS = ("市发展改革委", "市档案馆", "市园林局", "市气象局")
OFFICE = ("云岭市数据局", "云岭市", "全市", "本市", "云数发", "各区人民政府，市政府各部门")
UNITS = [(name, f"云岭市{name}人民政府", "区", f"{name[:2]}、{name}政府") for name in DISTRICTS] + [
    (name, f"云岭{name}", "市级部门", "") for name in DEPARTMENTS
]
SITES = [(f"99010100{at:02}", f"云岭市{name}人民政府", "门户网站", name, "是") for at, name in enumerate(DISTRICTS)]
SITES += [
    (f"bm9901{at:04}", f"云岭{name}", "部门网站", name, "否" if at == 1 else "是")
    for at, name in enumerate(DEPARTMENTS)
]
SITES.append(("9901000099", "云岭市十四运专题", "专项网站", "青禾", "是"))
Rows = Mapping[str, Sequence[Sequence[str]]]
SOUND: Rows = {
    "发文机关": [OFFICE],
    "单位": UNITS,
    "网站": SITES,
    "收文单位": [("市档案馆", "主送"), ("云岭市人民政府办公室", "抄送")],
}


@pytest.fixture
def bulletin(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.delenv("BULLETIN_DATA", raising=False)
    return lambda *arguments: CliRunner().invoke(main, [str(item) for item in arguments])


def fill(path: Path, rows: Rows = SOUND) -> None:
    """Fill a blank 机构信息 by the order of its columns."""
    book: Any = openpyxl.load_workbook(path)
    for name, records in rows.items():
        for at, record in enumerate(records, start=2):
            for column, text in enumerate(record, start=1):
                book[name].cell(at, column).value = text or None
    book.save(path)


def founded(folder: Path, bulletin: Callable[..., Result], rows: Rows = SOUND) -> Result:
    assert bulletin("init", folder).exit_code == 0
    fill(folder / WORKBOOK, rows)
    return bulletin("init", folder)


def test_an_office_in_two_steps(tmp_path: Path, bulletin: Callable[..., Result]) -> None:
    root = tmp_path / "云岭"
    result = founded(root, bulletin)
    assert result.exit_code == 0, result.output
    registry = load_registry(root / "reference")
    assert registry.office == Office(
        **dict(zip(("name", "city", "region", "ours", "mark", "addressees"), OFFICE, strict=True))
    )
    assert [(unit.id, unit.name[0].short, unit.aliases) for unit in registry.units][:2] == [
        ("district_01", "青禾区", ("青禾", "青禾区政府")),
        ("district_02", "白桦区", ("白桦", "白桦区政府")),
    ]
    assert registry.sites[-1] == Site(
        code="9901000099", name="云岭市十四运专题", kind="special", owner="district_01", valid_from="2019Q2"
    )
    assert [site.serves_public for site in registry.sites].count(False) == 1
    assert registry.recipients == (
        Recipient(unit="department_02", category="addressee"),
        Recipient(name="云岭市人民政府办公室", category="copied_to"),
    )
    assert sorted(path.name for path in root.iterdir()) == ["out", "raw", "reference", WORKBOOK]


def test_without_recipients_all_units_are_addressed(tmp_path: Path, bulletin: Callable[..., Result]) -> None:
    founded(tmp_path / "root", bulletin, {**SOUND, "收文单位": [("云岭市人民政府办公室", "抄送")]})
    recipients = load_registry(tmp_path / "root" / "reference").recipients
    assert len(recipients) == len(UNITS) + 1


@pytest.mark.parametrize(
    ("at", "written", "cell", "fault"),
    [
        (5, "各区人民政府：", "F2", "末尾不带冒号"),
        (5, "各区人民政府:", "F2", "末尾不带冒号"),
        (4, "云数发〔2023〕", "E2", "不带括号、年份和序号"),
        (4, "云数发[", "E2", "不带括号、年份和序号"),
        (4, "云数发2023", "E2", "不带括号、年份和序号"),
    ],
)
def test_what_the_notice_adds_itself_is_refused(
    at: int, written: str, cell: str, fault: str, tmp_path: Path, bulletin: Callable[..., Result]
) -> None:
    office = tuple(written if number == at else text for number, text in enumerate(OFFICE))
    result = founded(tmp_path / "root", bulletin, {**SOUND, "发文机关": [office]})
    assert result.exit_code == 1
    told = result.output.replace("\n", "")
    assert f"发文机关!{cell}" in told and f"“{written}”" in told and fault in told and "I563" in told
    assert not (tmp_path / "root" / "reference").exists()


def test_shared_reference_data_are_copied_and_the_code_has_none_of_the_office(
    tmp_path: Path, bulletin: Callable[..., Result]
) -> None:
    before = {path: path.read_bytes() for path in (CODE_ROOT / "data" / "reference").rglob("*.toml")}
    founded(tmp_path / "root", bulletin)
    reference = CODE_ROOT / "data" / "reference"
    own = {"office.toml", "recipients.toml", "sites.toml", "units.toml"}
    for path, data in before.items():
        copied = (tmp_path / "root" / "reference" / path.relative_to(reference)).read_bytes()
        assert (copied == data) == (path.relative_to(reference).as_posix() not in own)
        assert path.read_bytes() == data
    text = "".join((tmp_path / "root" / "reference" / name).read_text("utf-8") for name in own)
    assert not re.search("北京|京政", text)


def test_the_office_opens_a_quarter_fills_it_and_comes_to_its_measures(
    tmp_path: Path, bulletin: Callable[..., Result]
) -> None:
    founded(tmp_path / "root", bulletin)
    paths = Paths(CODE_ROOT, tmp_path / "root")
    assert to_the_measures(paths, "2023Q4", 6) == []
    assert declared_quarters(paths) == ["2023Q4"]


def test_all_problems_come_at_once_with_their_cells(tmp_path: Path, bulletin: Callable[..., Result]) -> None:
    broken: Rows = {
        "发文机关": [OFFICE, OFFICE],
        "单位": [*UNITS, ("青禾区", "青禾新区", "县", ""), ("市体育局", "", "市级部门", "市园林局")],
        "网站": [
            *SITES,
            ("123", "甲", "部门网站", "市档案馆", "是"),
            ("9901010000", "乙", "部门网站", "枫林区", "有"),
            ("9901010077", "丙", "门户网站", "青荷区", "是"),
        ],
    }  # fmt: skip
    result = founded(tmp_path / "root", bulletin, broken)
    assert result.exit_code == 1
    told = re.findall(r"● 机构信息\.xlsx!(\S+?)：.*（([A-Z]\d{3})）", result.output)
    assert told == [
        ("单位!A9", "I551"), ("单位!B10", "C204"), ("单位!C9", "C203"), ("单位!D10", "I551"), ("发文机关", "I550"),
        ("网站!A10", "C207"), ("网站!A11", "I551"), ("网站!D11", "I552"), ("网站!D12", "N301"), ("网站!E11", "C203"),
    ]  # fmt: skip
    assert "需要修改 10 处" in result.output
    assert sorted(path.name for path in (tmp_path / "root").iterdir()) == [WORKBOOK]


def test_a_workbook_from_elsewhere(tmp_path: Path, bulletin: Callable[..., Result]) -> None:
    bulletin("init", tmp_path / "blank")
    filled = tmp_path / "填好的.xlsx"
    shutil.copy(tmp_path / "blank" / WORKBOOK, filled)
    fill(filled)
    assert bulletin("init", tmp_path / "root", "--from", filled).exit_code == 0
    assert (tmp_path / "root" / "reference" / "units.toml").is_file()
    filled.write_bytes(b"PK\x03\x04")
    assert "（F104）" in bulletin("init", tmp_path / "other", "--from", filled).output


def test_an_office_is_founded_once(tmp_path: Path, bulletin: Callable[..., Result]) -> None:
    founded(tmp_path / "root", bulletin)
    before = {path: path.read_bytes() for path in (tmp_path / "root").rglob("*.toml")}
    for _ in range(2):
        result = bulletin("init", tmp_path / "root")
        assert result.exit_code == 1
        assert "代码 office_exists" in result.output
        (tmp_path / "root" / WORKBOOK).unlink(missing_ok=True)
    assert {path: path.read_bytes() for path in (tmp_path / "root").rglob("*.toml")} == before
    assert not (tmp_path / "root" / WORKBOOK).exists()


def test_the_workbook_asks_for_what_the_registry_needs() -> None:
    (office,) = (layout for layout in load_forms(Paths(CODE_ROOT, CODE_ROOT / "data")) if layout.id == "office")
    assert {column.field for column in office.column} == set(Office.model_fields) - {"former"}  # a new office has none
