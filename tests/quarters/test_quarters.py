"""Whole random quarters: every statement of their notices is true, and none is missing (随机季度逐句核对).

The seed of what fails is in the message; `python -m tests.quarters 种子` runs that seed alone.
"""

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.quarters.draw import LENGTH, history
from tests.quarters.enter import enter, findings, note_of
from tests.quarters.judge import run
from tests.quarters.reader import Claim, UnknownSentence, forms, read_notice, read_sentence
from tests.quarters.reckon import Reckoned

FAST = range(200 // LENGTH)
SLOW = (*range(1000, 1000 + -(-500 // LENGTH)), 1074)  # the last draws the rarest form: one department left at a stage


def faults_of(seed: int) -> str:
    return "\n".join(run(seed)[1])


@pytest.mark.parametrize("seed", FAST)
def test_every_statement_is_true_and_none_is_missing(seed: int) -> None:
    assert not faults_of(seed)


@pytest.mark.slow
def test_every_statement_of_many_quarters_in_every_form() -> None:
    faults, seen = list[str](), set[tuple[str, str, str]]()
    for seed in SLOW:
        read, wrong = run(seed)
        seen |= set(read)
        faults += wrong
    assert not faults, "\n".join(faults)
    assert not forms() - seen, "没有读到的语句形式"


@pytest.mark.parametrize("seed", FAST[:6])
def test_the_note_for_signing_tells_whom_the_notice_names_and_the_rows_behind(seed: int) -> None:
    facts, known = dict[str, bytes](), dict[str, Reckoned]()
    for drawn in history(seed, 4):
        made = enter(drawn, {key: facts[key] for key in drawn.earlier})
        facts[drawn.key], known[drawn.key] = made.facts, Reckoned(drawn, known)
        note, due = note_of(drawn, made), known[drawn.key].named()
        assert len(note.named) + note.unnamed == len(due), drawn
        labels = {item["label"]: item["id"] for item in drawn.world.statements}
        for item in note.named:
            statement = labels[item.statement]
            told = re.fullmatch(r"“(.+)”第([\d、—]+)行等?", item.basis)
            assert told and item.units.split("、")[0].split("等")[0] in due[statement], drawn
            rows = known[drawn.key].behind(statement, told[1])
            for part in told[2].split("、"):
                first, _, last = part.partition("—")
                assert {*range(int(first), int(last or first) + 1)} <= rows, (drawn, item)


def test_a_seed_draws_the_same_quarters_again() -> None:
    assert [drawn.rows for drawn in history(3, 2)] == [drawn.rows for drawn in history(3, 2)]


def test_a_change_follows_its_average_also_where_another_statement_is_put_in_its_place() -> None:
    first, second = history(0, 2)
    places = {"district_average": 1, "district_full": 1}
    choices = {name: row | {"enabled": True, "place": places.get(name)} for name, row in second.choices.items()}
    made = enter(dataclasses.replace(second, choices=choices), {first.key: enter(first, {}).facts})
    kinds = [(claim.kind, claim.subject) for claim in read_notice(made.read)]
    at = kinds.index(("average", "district"))
    assert kinds[at + 1] == ("change", "district") and abs(kinds.index(("full", "district")) - at) <= 2


def test_a_broken_file_of_an_earlier_quarter_stops_at_the_gate() -> None:
    first, second = history(0, 2)
    sound = enter(first, {}).facts
    assert "I509" not in findings(second, {first.key: sound})
    assert "I509" in findings(second, {first.key: sound[: len(sound) // 2]})
    assert "I509" in findings(second, {first.key: sound.replace(first.key.encode(), b"2001Q1")})


@pytest.mark.parametrize(
    "sentence",
    [
        "没有网站得满分",  # of which group?
        "均未发现不合格网站",
        "个区均未发现不合格网站",
        "等3个区未发现不合格网站",
        "各区政府门户网站平均得分为99分",
        "比上季度提高0.1分",  # of what?
        "各区政府门户网站合格率为100%，比上季度提高0.1分",
        "有关单位对留言逐条核实、处理和反馈，按期办结率为100",
        "各单位高度重视",
    ],
)
def test_the_reader_refuses_what_it_does_not_know(sentence: str) -> None:
    with pytest.raises(UnknownSentence):
        read_sentence(sentence)


def test_the_reader_takes_a_sentence_apart() -> None:
    sentence = "各区政府门户网站平均得分为125.4分（满分130分，其中加分指标30分），比上季度提高0.1分，与上年同期基本持平"
    assert read_sentence(sentence) == (
        Claim.of("average", "district", value="125.4", full="130", bonus="30"),
        Claim.of("change", "district", form="rise", since="上季度", words="比", verb="提高", by="0.1", unit="分"),
        Claim.of("change", "district", form="flat", since="上年同期"),
    )
    assert read_sentence("东城区、西城区、朝阳区等7个区未发现不合格网站") == (
        Claim.of("units", "district", who=(("东城区", "西城区", "朝阳区"), True, "7")),
    )


@pytest.mark.parametrize(
    "paragraphs",
    [
        [("heading", "一、总体情况")],
        [("heading", "一、总体情况"), ("body", "（一）其他工作情况。")],
        [("heading", "二、总体情况"), ("body", "（一）其他工作情况。组织互查网站1个。")],
        [("heading", "一、总体情况"), ("body", "（二）其他工作情况。组织互查网站1个。")],
        [("heading", "一、总体情况"), ("body", "（一）其他工作情况。组织互查网站1个")],
        [("heading", "一、总体情况"), ("body", "（一）工作情况。组织互查网站1个。")],
    ],
)
def test_the_reader_refuses_empty_and_misnumbered_parts(paragraphs: list[tuple[str, str]]) -> None:
    with pytest.raises(UnknownSentence):
        read_notice(paragraphs)
