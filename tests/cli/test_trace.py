"""``bulletin trace``: every kind of question, refusals, and what is said where nothing answers."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.settings import CODE_ROOT, Paths
from tests.review.ledger.quarters import known


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A data root with the output of a quarter, made from other inputs than lie there now."""
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "400")
    (tmp_path / "reference").symlink_to(CODE_ROOT / "data" / "reference")
    (tmp_path / "raw").symlink_to(CODE_ROOT / "data" / "raw")
    paths = Paths(CODE_ROOT, tmp_path)
    machine = paths.out("2021Q3") / "machine"
    machine.mkdir(parents=True)
    (machine / "figures.json").write_bytes(known("2021Q3").ledger.to_json())
    (machine.parent / "manifest.json").write_text('{"inputs": {"甲.xlsx": "1"}, "outputs": {}}')
    return paths


def trace(*question: str) -> Result:
    return CliRunner().invoke(main, ["trace", "2021Q3", *question])


@pytest.mark.usefixtures("paths")
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ((), ("印出的数字", "95.3%", "new_media.platforms.app.rate")),
        (
            ("new_media.platforms.app.rate",),
            ("4100/43", "41（该平台的合格账号数）", "sql/reconcile/new_media.sql", "检查情况!B62"),
        ),
        (("95.3%",), ("移动客户端合格率",)),
        (("按期办结率为100%",), ("error_reports.on_time",)),
        (("3",), ("district_sites.average", "2007/16")),
        (("#3",), ("district_sites.average",)),
        (("district_sites.standings.1.names",), ("西城区、海淀区、顺义区", "district_sites.standings.1")),
        (("评分表!区政府门户网站!$H$5",), ("可能影响的数字", "district_sites.average", "另有")),
        (("评分表!区政府门户网站!C5",), ("不影响任何数字",)),
        (("前期/2021Q2.facts.json",), ("没有印出的数字", "另有")),
        (
            ("2021Q2.facts.json!new_media.rate",),
            ("前期/2021Q2.facts.json!new_media.rate", "政务新媒体总体合格率与上季度相比的变化"),
        ),
        (("new_media.rate_change",), ("前期/2021Q2.facts.json!new_media.rate",)),
        (("sites.registered",), ("由网站名录规定", "本期通报没有印出")),
    ],
)
def test_questions(question: tuple[str, ...], told: tuple[str, ...]) -> None:
    result = trace(*question)
    assert result.exit_code == 0, result.output
    assert all(words in result.output for words in told), result.output
    assert "有变动" in result.output  # since the output was made


@pytest.mark.usefixtures("paths")
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("95.4%", ("没有“95.4%”", "95.3%")),
        ("new_media.rat", ("new_media.rate",)),
        ("没有的表.xlsx!甲!A1", ("已知的来源", "检查情况")),
        ("2021年第三季度!检查情况!A1", ("已知的来源",)),
        ("2021Q2.facts.json!new_media.rat", ("已知的来源", "2021Q2.facts.json!new_media.rate")),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_near(question: str, told: tuple[str, ...]) -> None:
    result = trace(question)
    assert result.exit_code == 1
    assert all(words in result.output for words in told), result.output


def test_a_change_leads_to_the_figure_of_the_earlier_quarter(paths: Paths) -> None:
    """Where the run of that quarter wrote the very facts file; else the place inside the file is all that is told."""
    machine = paths.out("2021Q2") / "machine"
    machine.mkdir(parents=True)
    (machine / "figures.json").write_bytes(known("2021Q3").ledger.to_json())  # any ledger that has the figure
    for digest, follows in (("2", True), ("3", False)):
        told = json.dumps({"inputs": {"前期/2021Q2.facts.json": "2"}, "outputs": {}})
        (paths.out("2021Q3") / "manifest.json").write_text(told)
        (machine.parent / "manifest.json").write_text(json.dumps({"outputs": {"machine/facts.json": digest}}))
        assert ("bulletin trace 2021Q2 new_media.rate" in trace("new_media.rate_change").output) is follows


@pytest.mark.usefixtures("paths")
def test_json_has_the_derivation() -> None:
    answer: dict[str, Any] = json.loads(trace("new_media.rate", "--json").output)
    (figure,) = answer["figures"]
    made = known("2021Q3").ledger.figures["new_media.rate"]
    assert made.denominator is not None
    assert (figure["numerator"]["value"], figure["denominator"]["value"]) == (
        made.numerator.value,
        made.denominator.value,
    )
    assert Fraction(figure["exact"]) == 100 * Fraction(made.numerator.value) / Fraction(made.denominator.value)
    assert [entry["printed"] for entry in answer["entries"]] == ["99.6%"]


def test_no_ledger_and_a_damaged_one(paths: Paths) -> None:
    assert "还没有数字台账" in CliRunner().invoke(main, ["trace", "2021Q2"]).output
    (paths.out("2021Q3") / "machine" / "figures.json").write_text("{}")
    result = trace("3")
    assert result.exit_code == 1
    assert "请重新运行" in result.output
