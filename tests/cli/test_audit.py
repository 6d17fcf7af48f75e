"""``bulletin audit`` says what is wrong, and its exit status is the verdict (数字复核)."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.settings import CODE_ROOT

AUDITS = CODE_ROOT / "tests" / "review" / "audits"


def audit(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "240"}).invoke(main, ("audit", *map(str, arguments)))


def test_something_wrong_ends_with_one() -> None:
    result = audit(AUDITS / "2021Q3.toml")
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if "● 有误" in line]
    assert "移动客户端合格率（95.4%）" in line
    assert "相符 13 项，有误 1 项，无法判定 3 项" in result.output


def test_all_right_ends_with_nought() -> None:
    result = audit(AUDITS / "2021Q2.toml")
    assert (result.exit_code, "有误 0 项" in result.output) == (0, True)


def test_json_carries_every_answer() -> None:
    result = audit(AUDITS / "2021Q3.toml", "--json")
    answers = json.loads(result.output)
    assert result.exit_code == 1
    (found,) = [answer for answer in answers if answer["verdict"] == "有误"]
    assert (found["figure"], found["proposals"]) == ("移动客户端合格率", ["95.3%"])
    assert "二次修约" in [cause["kind"] for cause in found["causes"]]
    assert len(answers) == 17


def test_an_unusable_file_ends_with_two(tmp_path: Path) -> None:
    path = tmp_path / "通报.toml"
    path.write_text('[[rate]]\nname = "合格率"\nprinted = 95.4\n', "utf-8")
    for result in (audit(path), audit(path, "--json"), audit(tmp_path / "没有.toml")):
        assert result.exit_code == 2
        assert "未完成" in result.output and "处理办法" in result.output
        assert "Traceback" not in result.output
    assert "通报.toml 第 1 行 [[rate]] 第 1 项“合格率” 的 printed：小数要写在引号中" in audit(path).output


def test_a_file_without_a_question_says_so(tmp_path: Path) -> None:
    path = tmp_path / "通报.toml"
    path.write_text('[[count]]\nname = "账号"\nprinted = "43个"\n', "utf-8-sig")
    result = audit(path)
    assert (result.exit_code, "没有可以核对之处" in result.output) == (0, True)
