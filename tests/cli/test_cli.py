"""What `bulletin …` says and how it ends, without running the flow (命令行)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.cli import run as cli
from pipeline.cli.run import Outcome
from pipeline.cli.shell import choose_quarter
from pipeline.errors import RunError
from pipeline.output import MANIFEST
from pipeline.settings import CODE_ROOT, Paths, dagster_home
from pipeline.steps import publication
from pipeline.warehouse.store import Warehouse

HEADINGS = "序号,级别,代码,文件,工作表,单元格,发现的内容,说明,处理办法,处数"
Refuse = Callable[..., Outcome]


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """An office with one declared quarter that nothing can be made of: it has no registry."""
    folder = tmp_path / "data" / "raw" / "2021Q3"
    folder.mkdir(parents=True)
    (folder / "季度信息.xlsx").write_bytes(b"")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
    return Paths(CODE_ROOT, tmp_path / "data")


def bulletin(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def ends(monkeypatch: pytest.MonkeyPatch, outcome: Outcome | Exception) -> None:
    """Let the job end in a given way."""

    def run_job(paths: Paths, quarter: str) -> Outcome:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(cli, "run_job", run_job)


def publish(paths: Paths, *findings: str, facts: bytes = b"{}", **more: str) -> Path:
    out = paths.out("2021Q3")
    (out / "machine").mkdir(parents=True)
    (out / MANIFEST).write_text(json.dumps({"outputs": {"bulletin.docx": "0123456789abcdef" * 4}}))
    (out / "machine" / "findings.csv").write_text("\n".join((HEADINGS, *findings, "")), "utf-8-sig")
    (out / "machine" / "facts.json").write_bytes(facts)
    for name, text in more.items():
        (out / "machine" / f"{name}.csv").write_text(text, "utf-8")
    return out


# ---- success ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [b"{}", b"", b"\xff\x00", b"[1]", b'{"version": 0}'])
def test_success_lists_warnings_corrections_and_outputs(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, facts: bytes
) -> None:
    """Earlier facts that cannot be read are no earlier figures."""
    row = '1,提示,F118,甲.xlsx,旧表,B2,x,"说明,甲\n[b]续",办法,1'
    out = publish(paths, row, "2,提示,I509,,,,x,说明乙,办法,1", facts=facts, corrections="file,cell\na,b\nc,d\n")
    ends(monkeypatch, Outcome())
    result = bulletin("run", "2021Q3")
    assert result.exit_code == 0, result.output
    assert "提示 2 项" in result.output
    assert "○ 甲.xlsx!旧表!B2：说明,甲" in result.output
    assert "[b]续" in result.output
    assert "○ 说明乙" in result.output
    assert str(out / "review" / "findings.xlsx") in result.output
    assert "已作的更正 2 处" in result.output
    assert "0123456789ab" in result.output
    assert "0123456789abc" not in result.output
    assert "与上次运行相比" not in result.output


def test_a_proof_that_cannot_be_made_is_said_and_is_no_failure(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    (publish(paths) / "bulletin.docx").write_bytes(b"")
    old = paths.work("2021Q3") / "bulletin.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"of an earlier run")
    ends(monkeypatch, Outcome())
    monkeypatch.setenv("PATH", "")
    result = bulletin("run", "2021Q3", "--proof")
    assert result.exit_code == 0, result.output
    assert "没有 LibreOffice" in result.output
    assert not old.exists()
    assert "校样" not in bulletin("run", "2021Q3").output


# ---- failure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [True, False])
@pytest.mark.parametrize("published", [True, False])
def test_failure_speaks_of_findings_and_output_only_where_there_are_any(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, found: bool, published: bool
) -> None:
    if published:
        publish(paths)
    ends(monkeypatch, Outcome(("甲[/]：说明",), found))
    result = bulletin("run")
    assert result.exit_code == 1
    assert "● 甲[/]：说明" in result.output
    assert ("findings.xlsx" in result.output) is found
    assert ("上一次输出保持不变" in result.output) is published
    assert "未完成：2021Q3 没有生成通报。" in result.output
    assert "处理办法：" in result.output


def test_an_unexpected_exception_is_one_line_and_status_2(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    ends(monkeypatch, ValueError("x\n[/]y"))
    result = bulletin("run")
    assert result.exit_code == 2
    assert result.output == "程序内部错误，请告知维护人员：ValueError: x [/]y\n"
    result = bulletin("--debug", "run")
    assert result.exit_code == 2
    assert "Traceback" in result.output


def test_an_unknown_option_is_left_to_click(paths: Paths) -> None:
    assert "No such option" in bulletin("run", "--other").output
    assert bulletin("--help").exit_code == 0


def test_full_width_digits_are_no_quarter(paths: Paths) -> None:
    folder = paths.raw("２０２２Q1")
    folder.mkdir()
    (folder / "季度信息.xlsx").write_bytes(b"")
    assert choose_quarter(paths, None) == "2021Q3"
    assert "季度写法不对" in bulletin("run", "２０２２Q1").output


def test_a_refusal_before_any_step_is_told_once_in_its_own_words(paths: Paths) -> None:
    """The registry is missing: the quarter's resource refuses. The run carries the data root as a tag."""
    result = bulletin("run")
    assert result.exit_code == 1, result.output
    assert "程序内部错误" not in result.output
    assert "dagster" not in result.output
    assert "findings.xlsx" not in result.output
    (line,) = re.findall("●.*", result.output)
    assert "（registry" in line
    with dg.DagsterInstance.get() as instance:
        (run,) = instance.get_runs()
    assert run.tags["bulletin/data"] == str(paths.data)


def test_reasons_of_a_step_are_listed_once_and_faults_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    error = RunError("output_write", "输出无法写入。", "请检查。")

    @dg.op
    def refused() -> None:
        raise dg.Failure(str(error), allow_retries=False) from error

    @dg.op
    def refused_raw() -> None:
        raise error

    @dg.op
    def broken() -> None:
        raise ValueError("x")

    @dg.job
    def failing() -> None:
        refused()
        refused_raw()
        broken()

    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    result = failing.execute_in_process(raise_on_error=False, run_config=quiet)
    assert sorted(cli._outcome(result.all_events).problems) == [
        "程序内部错误，请告知维护人员：ValueError: x",
        "输出无法写入。 请检查。（output_write）",
    ]


# ---- folders ---------------------------------------------------------------------------------------------------


def test_an_empty_home_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
    assert dagster_home() == CODE_ROOT / "deploy" / "local"


@pytest.mark.parametrize("home", ["nowhere", "home/file", "relative", "yaml"])
def test_a_home_that_cannot_be_used_is_refused(
    paths: Paths, tmp_path: Path, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "file").write_bytes(b"")
    if home == "yaml":
        (tmp_path / "home" / "dagster.yaml").write_text("a: [")
    else:
        monkeypatch.setenv("DAGSTER_HOME", "deploy/local" if home == "relative" else str(tmp_path / home))
    result = bulletin("run")
    assert result.exit_code == 1, result.output
    assert "未完成：运行记录文件夹" in result.output
    assert "处理办法：" in result.output


def test_a_read_only_home_is_refused(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.os, "access", lambda path, mode: False)
    assert "不可写入" in bulletin("run").output


def test_a_second_run_leaves_the_staged_folder_of_the_first_alone(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = paths.out("2021Q3").with_name(".2021Q3.new")
    staged.mkdir(parents=True)

    def held(path: Path, sql: Path) -> Warehouse:
        raise RunError("quarter_busy", "x")

    with monkeypatch.context() as patched:
        patched.setattr(publication, "Warehouse", held)
        publication.finish_outputs(paths)
    assert staged.is_dir()
    publication.finish_outputs(paths)
    assert not staged.exists()
