"""`bulletin run` and `dagster job launch`, as a clerk and an engineer use them."""

import json
import time

import dagster as dg
import openpyxl
import pytest

from tests.e2e.conftest import Office
from tests.e2e.hashes import hashes

SCORES = "2021年第三季度政府网站检查评分表.xlsx"
pytestmark = pytest.mark.slow


def break_a_score(office: Office) -> None:
    path = office.raw("2021Q3") / SCORES
    book = openpyxl.load_workbook(path)
    book["区政府门户网站"]["F7"] = "9"
    book.save(path)


def launched_run(office: Office) -> dg.DagsterRun:
    """Wait for the one run of the instance to end."""
    deadline = time.monotonic() + 120
    with dg.DagsterInstance.from_config(str(office.folder / "home")) as instance:
        while time.monotonic() < deadline:
            runs = instance.get_runs()
            if runs and runs[0].is_finished:
                return runs[0]
            time.sleep(0.5)
    raise AssertionError("the run did not end")


def test_run_without_a_quarter_makes_the_latest_notice(office: Office) -> None:
    status, printed = office.run("bulletin", "run")
    assert status == 0, printed
    assert "已生成" in printed
    assert "bulletin.docx" in printed
    manifest = json.loads((office.out("2021Q3") / "manifest.json").read_text("utf-8"))
    assert {
        name: digest for name, digest in hashes(office.out("2021Q3")).items() if name != "manifest.json"
    } == manifest["outputs"]
    assert not office.out("2021Q2").exists()


def test_run_with_a_broken_sheet_fails_names_the_cell_and_keeps_the_last_good_output(office: Office) -> None:
    assert office.run("bulletin", "run", "2021Q3")[0] == 0
    before = hashes(office.out("2021Q3"))
    break_a_score(office)
    status, printed = office.run("bulletin", "run", "2021Q3")
    assert status == 1
    assert f"{SCORES}!区政府门户网站!F7" in printed
    assert "Traceback" not in printed
    assert "dagster." not in printed
    assert "F7" in (office.data / "work" / "2021Q3" / "findings.csv").read_text("utf-8-sig")
    assert hashes(office.out("2021Q3")) == before


def test_run_of_an_unknown_quarter_says_what_to_do(office: Office) -> None:
    status, printed = office.run("bulletin", "run", "2022Q1")
    assert status == 1
    assert "季度信息.xlsx" in printed
    assert "Traceback" not in printed


def test_run_over_a_damaged_warehouse_and_damaged_facts_makes_the_notice(office: Office) -> None:
    (office.data / "warehouse").mkdir()
    (office.data / "warehouse" / "2021Q3.duckdb").write_text("no database, no lock")
    (office.out("2021Q3") / "machine").mkdir(parents=True)
    (office.out("2021Q3") / "machine" / "facts.json").write_text("{")
    status, printed = office.run("bulletin", "run", "2021Q3")
    assert status == 0, printed
    assert "已生成" in printed


def test_personal_and_sensitive_texts_stay_in_the_delivered_sheets(office: Office) -> None:
    planted = "zq7planted"
    accounts = next(office.raw("2021Q3").glob("*政务新媒体检查情况表.xlsx"))
    book = openpyxl.load_workbook(accounts)
    book["检查情况"]["I5"], book["检查情况"]["J6"] = planted, planted
    book.save(accounts)
    ledger = next(office.raw("2021Q3").glob("*扣分明细.xlsx"))
    book = openpyxl.load_workbook(ledger)
    book["扣分明细"]["G3"] = f"页面底部存在暗链 {planted}"
    book["扣分明细"]["I4"] = "2021-01-01"  # a finding beside it, so that findings and logs are written too
    book.save(ledger)
    status, printed = office.run("bulletin", "run", "2021Q3")
    assert status == 1
    assert planted not in printed
    kept = [path for path in office.folder.rglob("*") if path.is_file() and office.raw("2021Q3") not in path.parents]
    assert {"findings.csv", "2021Q3.duckdb"} <= {path.name for path in kept}
    assert any("home" in path.parts for path in kept)
    assert [path for path in kept if planted.encode() in path.read_bytes()] == []


def test_plain_launch_reaches_success_without_a_daemon(office: Office) -> None:
    status, printed = office.run("dagster", "job", "launch", "-j", "quarterly")
    assert status == 0, printed
    run = launched_run(office)
    assert run.status is dg.DagsterRunStatus.SUCCESS
    assert run.tags["dagster/partition"] == "2021Q3"
    assert (office.out("2021Q3") / "bulletin.docx").exists()


def test_plain_launch_of_a_broken_quarter_ends_in_failure(office: Office) -> None:
    break_a_score(office)
    office.run("dagster", "job", "launch", "-j", "quarterly", "--tags", '{"dagster/partition": "2021Q3"}')
    assert launched_run(office).status is dg.DagsterRunStatus.FAILURE
    assert not office.out("2021Q3").exists()


def test_two_quarters_at_once_are_both_right(office: Office) -> None:
    alone = {}
    for quarter in ("2021Q2", "2021Q3"):
        assert office.run("bulletin", "run", quarter)[0] == 0
        alone[quarter] = hashes(office.out(quarter))
    running = [office.start("bulletin", "run", quarter) for quarter in ("2021Q2", "2021Q3")]
    assert [process.communicate(timeout=240) and process.returncode for process in running] == [0, 0]
    assert {quarter: hashes(office.out(quarter)) for quarter in alone} == alone


def test_one_quarter_twice_is_refused_before_any_step(office: Office) -> None:
    held = """
import time, pathlib
from pipeline.flow import open_context
from pipeline.settings import load_paths
context = open_context(load_paths(), "2021Q3")
print("held", flush=True)
time.sleep(60)
"""
    staged = office.data / "out" / ".2021Q3.new" / "bulletin.docx"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"being written")
    holder = office.start("python", "-c", held)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        status, printed = office.run("bulletin", "run", "2021Q3")
    finally:
        holder.kill()
        holder.communicate()
    assert status == 1
    assert printed.count("正在由另一个任务处理") == 1
    assert "程序内部错误" not in printed
    assert "findings.xlsx" not in printed
    assert "上一次输出" not in printed
    assert staged.exists(), "the folder that the first run writes"
    with dg.DagsterInstance.from_config(str(office.folder / "home")) as instance:
        for run in instance.get_runs():
            assert not [
                event
                for event in instance.all_logs(run.run_id)
                if event.dagster_event_type == dg.DagsterEventType.STEP_START
            ]


def test_a_killed_run_is_marked_as_failed_by_the_next_one(office: Office) -> None:
    killed = office.start("bulletin", "run", "2021Q3")
    home = str(office.folder / "home")
    deadline = time.monotonic() + 60
    with dg.DagsterInstance.from_config(home) as instance:
        while not instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])):
            assert time.monotonic() < deadline, "the run never started"
            time.sleep(0.1)
        killed.kill()
        killed.communicate()
        (stale,) = instance.get_runs()
        assert stale.status is dg.DagsterRunStatus.STARTED
        assert office.run("bulletin", "run", "2021Q3")[0] == 0
        stale_after = instance.get_run_by_id(stale.run_id)
        assert stale_after is not None
        assert stale_after.status is dg.DagsterRunStatus.FAILURE
