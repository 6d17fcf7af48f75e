"""The library has one named statement, or more, for every kind that published notices use (语句种类)."""

from __future__ import annotations

from pipeline.bulletin.statements import FORMS
from pipeline.reference.registry import load_registry, read_toml
from pipeline.settings import CODE_ROOT

# The kinds found in 89 published notices of 2016 to 2025.
_LISTED = """
    SCOPE NOFAIL FAILCNT FAILLIST REASONS RATE CITY100 STREAK RECHECK AVG DELTA FLAT YOY UNITDELTA TOP TIES LOW BAND
    FULLSC ZEROUNIT ZEROIND DED BONUS BONUSSTAGE FEAT BEST NMBEST TOPIC SPECIAL NMCNT NMOWNER NMPLAT NMRATE NMGRP NM100
    NMSCORE NMDELTA NMRDELTA ERRCNT ERRRATE ERRTOP CONC PROB PROBN PROBCNT CLEAN RECTIFY REGISTER CLEANUP LASTFIX NOREPLY
    REPEAT ORDER PERIOD METHOD VISITS FORWARD SUPERIOR CROSS NEWCLOSED IPV6 REQ DEADLINE ACCOUNT ATT
"""
KINDS = _LISTED.split()
UNFAVOURABLE = {"LOW", "FAILLIST", "PROBN", "NOREPLY", "REPEAT"}
STATEMENTS = load_registry(CODE_ROOT / "data" / "reference").statements


def test_every_kind_has_a_statement_and_no_other_is_made_up() -> None:
    assert len(set(KINDS)) == len(KINDS) == 65
    assert {kind for item in STATEMENTS for kind in item.kind} == set(KINDS)


def test_the_handbook_says_of_every_form_when_it_is_left_out() -> None:
    assert set(read_toml(CODE_ROOT / "data" / "reference" / "statements.toml")["absent"]) == set(FORMS)


def test_labels_and_ids_are_unique() -> None:
    assert len({item.id for item in STATEMENTS}) == len({item.label for item in STATEMENTS}) == len(STATEMENTS)


def test_what_is_unfavourable_names_nobody_unless_it_is_decided() -> None:
    assert {item.naming for item in STATEMENTS if UNFAVOURABLE & set(item.kind)} == {"none"}
