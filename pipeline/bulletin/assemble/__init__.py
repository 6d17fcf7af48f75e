"""Measures to facts (汇编): names of the roster, order of lists, changes against earlier facts.

What lives here: a module per part of the facts, and ``assemble_facts``. What must not: scoring, wording, SQL.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.bulletin.assemble.accounts import new_media
from pipeline.bulletin.assemble.all_sites import all_sites
from pipeline.bulletin.assemble.annexes import annexes
from pipeline.bulletin.assemble.brief import brief
from pipeline.bulletin.assemble.desk import Desk, Info, Measures
from pipeline.bulletin.assemble.earlier import Earlier
from pipeline.bulletin.assemble.problems import problems
from pipeline.bulletin.assemble.reports import error_reports
from pipeline.bulletin.assemble.sites import site_group
from pipeline.bulletin.assemble.work import work
from pipeline.bulletin.facts import BulletinFacts, Policy
from pipeline.reference.registry import Roster

__all__ = ["Info", "Measures", "assemble_facts"]


def assemble_facts(measures: Measures, info: Info, earlier: Iterable[bytes], roster: Roster) -> BulletinFacts:
    """All facts of a notice from the measures (汇编通报事实).

    ``earlier`` are facts files of earlier quarters; a change is taken within one rule book only.
    """
    book = roster.rule_book
    desk = Desk(measures, info, roster, Earlier.of(earlier, info.info_earlier, roster))
    return BulletinFacts(
        quarter=roster.quarter.key,
        rule_book=book.id,
        outline=desk.item("通报结构") or book.outline.notice,
        policy=Policy(book.rounding.mode, book.decimals.trailing_zeros),
        brief=brief(info, roster),
        sites=all_sites(desk),
        district_sites=site_group(desk, "district"),
        department_sites=site_group(desk, "department"),
        new_media=new_media(desk),
        error_reports=error_reports(desk),
        work=work(desk),
        problems=problems(desk),
        annexes=annexes(desk),
    )
