"""Every rule finds its wrong example and passes its right one; our own notices pass all (用语核查)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RegistryError
from pipeline.review.backcheck.compare import texts_of
from pipeline.review.wording.rules import Rule, check_wording, load_rules
from pipeline.settings import CODE_ROOT
from tests.backcheck.texts import QUARTERS, edited, known

RULES = load_rules(CODE_ROOT / "data" / "reference")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_what_is_wrong_and_nothing_else(rule: Rule) -> None:
    roster = known("2021Q3").roster
    found = check_wording([rule.wrong], [rule], roster)
    assert [remark.rule for remark in found] == [rule.id]
    assert found[0].instead
    assert check_wording([rule.right], RULES, roster) == []


@pytest.mark.parametrize("quarter", QUARTERS)
def test_our_own_notices_have_no_remark(quarter: str) -> None:
    sample = known(quarter)
    assert check_wording(texts_of(edited(sample.notice)), RULES, sample.roster) == []


def test_a_name_that_is_not_official_is_told_with_the_official_one() -> None:
    (found,) = check_wording(["市发改委、市教委等单位"], RULES, known("2021Q3").roster)
    assert (found.found, found.instead) == ("市发改委", "市发展改革委")


def test_a_rule_that_is_no_rule_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wording.toml").write_text('[[rule]]\nid = "x"\nname = "x"\npattern = "("\nmessage = "x"\n', "utf-8")
    with pytest.raises(RegistryError, match=r"wording\.toml"):
        load_rules(tmp_path)
