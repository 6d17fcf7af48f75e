"""The commands and the jobs, from the draft to the receipts (命令与任务)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any

import dagster as dg
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.definitions import build_definitions
from pipeline.dispatch.journal import JOURNAL
from pipeline.dispatch.records import issues
from pipeline.dispatch.signing import alone, clear_leftovers
from pipeline.dispatch.transports import OUTBOX
from pipeline.settings import CODE_ROOT
from tests.dispatch.desk import APPROVAL, NUMBER, QUARTER, Desk, secret


def run(*command: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(command))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on the data root of the test."""
    name = "issued" if "issued" in request.fixturenames else "desk"
    monkeypatch.setenv("BULLETIN_DATA", str(request.getfixturevalue(name).paths.data))


def test_from_the_draft_to_every_recipient(desk: Desk) -> None:
    path = desk.edited(("我局组织开展了", "截止目前，我局【待核】组织开展了"))
    approval = ("--role", APPROVAL.role, "--on", APPROVAL.on, "--consent", APPROVAL.consent)
    status, told = run("sign", QUARTER, str(path), *approval)
    assert status == 1 and "还有没有核实的内容" in told and "处理办法" in told
    assert "用语提示" in told and "截止" in told  # advice, beside what is refused
    status, told = run("sign", QUARTER, str(desk.draft), *approval)
    assert status == 0 and "已签发" in told and APPROVAL.consent in told
    assert run("issue", QUARTER)[0] == 1
    status, told = run("issue", QUARTER, "--number", NUMBER, "--date", "2021-08-06")
    assert status == 0 and "已印发" in told and "材料包 81 个" in told
    status, told = run("dispatch", QUARTER, "--dry-run")
    assert status == 0 and "将要送出 81 个材料包" in told and not (desk.folder() / JOURNAL).exists()
    status, told = run("dispatch", QUARTER, "--to", "朝阳区", "--to", "东城区")
    assert status == 0 and "未发 79 个，已发 2 个" in told
    status, told = run("receipts", QUARTER, "--json")
    assert status == 0 and json.loads(told)["朝阳区"]["state"] == "已发"
    assert "可见的问题证据" not in told and secret("朝阳区") not in (desk.folder() / JOURNAL).read_text("utf-8")


def test_an_interrupted_hand_over_is_shown_until_it_is_decided(issued: Desk) -> None:
    run("dispatch", QUARTER, "--to", "朝阳区")
    path = issued.folder() / JOURNAL
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")  # the outcome was never written
    status, told = run("receipts", QUARTER)
    assert status == 1 and "待核实 朝阳区" in told and "--confirm 单位" in told
    status, told = run("dispatch", QUARTER, "--confirm", "朝阳区", "--to", "朝阳区")
    assert status == 0 and "待核实" not in told


def test_a_sealed_file_and_a_later_run(issued: Desk) -> None:
    scan = issued.paths.data / "盖章件.pdf"
    scan.write_bytes(b"%PDF-1.4")
    status, told = run("issue", QUARTER, "--register", str(scan))
    assert status == 0 and "已登记 盖章件.pdf" in told
    assert run("sign", QUARTER, str(issued.draft), "--role", "局长", "--on", "x", "--consent", "y")[0] == 1
    wrong = run(
        "sign", QUARTER, str(issued.draft), "--role", "局长", "--on", "2021-08-07", "--consent", "y", "--accept", "a"
    )
    assert wrong[0] == 1 and "请写成 标识=理由" in wrong[1]


def launch(desk: Desk, job: str, config: dict[str, Any]) -> dg.ExecuteInProcessResult:
    found = build_definitions(desk.paths).resolve_job_def(job)
    operation = {"issue": "issue_text", "dispatch": "dispatch_packages"}[job]
    return found.execute_in_process(run_config={"ops": {operation: {"config": config}}}, raise_on_error=False)


def test_the_jobs_do_the_same(desk: Desk) -> None:
    desk.sign()
    refused = launch(desk, "issue", {"quarter": QUARTER, "number": "12号", "date": "2021-08-06"})
    assert not refused.success and issues(desk.paths, QUARTER) == []
    assert launch(desk, "issue", {"quarter": QUARTER, "number": NUMBER, "date": "2021-08-06"}).success
    assert issues(desk.paths, QUARTER) == [1]
    assert launch(desk, "dispatch", {"quarter": QUARTER, "to": ["朝阳区"]}).success
    assert [path.name for path in sorted((desk.folder() / OUTBOX).glob("*.zip"))] == ["03-朝阳区.zip"]


def test_the_job_fails_where_somebody_has_nothing_for_certain(issued: Desk) -> None:
    blocked = issued.folder() / OUTBOX / "03-朝阳区.zip"
    blocked.mkdir(parents=True)
    result = launch(issued, "dispatch", {"quarter": QUARTER, "to": ["朝阳区", "海淀区"]})
    assert not result.success
    told = str(result.failure_data_for_node("dispatch_packages"))
    assert "朝阳区（未送达）" in told and "海淀区" not in told


_CUT_OFF = """
import os, signal, sys
from pathlib import Path
from pipeline.office.folder import place
place(Path(sys.argv[1]), {"packages/1.zip": b"half"}, lambda new: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_what_an_issue_that_was_killed_left_is_removed_by_the_next_command(issued: Desk) -> None:
    folder = issued.paths.issued(QUARTER)
    stood = sorted(folder.rglob("*"))
    for target in (folder / "2", folder / "signed" / "2"):
        done = subprocess.run([sys.executable, "-c", _CUT_OFF, str(target)], cwd=CODE_ROOT, check=False)
        assert done.returncode == -signal.SIGKILL
    left = sorted(folder.rglob("*"))
    assert len(left) > len(stood)
    with alone(issued.paths):
        clear_leftovers(issued.paths)
        assert sorted(folder.rglob("*")) == left, "it may belong to an issue that is being made"
    assert run("receipts", QUARTER)[0] in (0, 1)
    assert sorted(folder.rglob("*")) == stood
