"""A quarter from its sheets to the packages: evidence reaches the unit that it concerns and nobody else (全程)."""

from __future__ import annotations

import logging
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pytest

from pipeline.dispatch.approved import read_approved
from pipeline.dispatch.issuing import Order, issue
from pipeline.dispatch.records import Approval, issue_folder
from pipeline.dispatch.sending import Wish, dispatch, open_transport
from pipeline.dispatch.signing import examine, read_made, sign
from pipeline.document.package import read_parts
from pipeline.flow import open_context, run_flow
from pipeline.settings import CODE_ROOT, Paths
from tests.dispatch.desk import QUARTER, Desk
from tests.support.quarter import LEDGER, Delivered

pytestmark = pytest.mark.slow

PLANTED = "zq7planted"


def holds(data: bytes) -> bool:
    """Whether the planted string is in a file, packages within it opened."""
    if is_zipfile(BytesIO(data)):
        return any(holds(part) for part in read_parts(data).values())
    return PLANTED.encode() in data


@pytest.mark.parametrize("text", [f"栏目长期不更新 {PLANTED}", f"页面底部存在暗链 http://{PLANTED}.invalid"])
def test_evidence_of_one_unit_is_in_its_package_alone(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    delivered = Delivered.copy(tmp_path / "data")
    with delivered.edit(LEDGER) as book:
        sheet = book["扣分明细"]
        site, sheet["G6"] = str(sheet["B6"].value), text  # a confirmed problem
    paths, quarter = Paths(CODE_ROOT, delivered.root), delivered.quarter
    context = open_context(paths, quarter)
    with context.warehouse:
        for _ in run_flow(context):
            pass
    owner = next(item for item in context.roster.sites if site in (item.code, item.name)).owner
    examined = examine(paths, quarter, paths.out(quarter) / "bulletin.docx")
    sign(paths, quarter, examined, Approval("局长", "2021-11-03", "批件"), {})
    made = issue(paths, quarter, Order("京政服发〔2021〕12号", "2021-11-05"))
    dispatch(paths, quarter, open_transport(paths, quarter, "folder"), Wish())
    folder = issue_folder(paths, quarter, made.number)
    assert [item.key for item in made.packages if holds((folder / item.zip).read_bytes())] == [owner]
    name = made.package(owner).zip.removesuffix(".zip").partition("/")[2]
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and holds(path.read_bytes())}
    assert found and {path for path in found if name not in str(path)} == set()
    assert PLANTED not in caplog.text


def test_a_text_saved_by_another_program_reads_the_same(desk: Desk, tmp_path: Path) -> None:
    path = desk.edited(("得分最高", "得分居前"), name="saved.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "saved.docx").read_bytes()
    assert saved != path.read_bytes()
    notice = read_made(desk.paths, QUARTER).notice
    assert read_approved(saved, notice) == read_approved(path.read_bytes(), notice)
    assert desk.sign_file(tmp_path / "saved.docx").accepted == ()
