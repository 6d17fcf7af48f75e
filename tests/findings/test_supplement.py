"""统计补充表: optional, its items registered, its numbers checked; what it reports is counted (统计补充表)."""

from __future__ import annotations

import openpyxl

from tests.support.quarter import Delivered
from tests.support.told import Told, assert_told

FILE = "统计补充表"
HEADERS = ("项目", "单位", "总数", "其中", "说明")
Cell = str | int | None


def deliver(delivered: Delivered, *rows: tuple[Cell, Cell, Cell, Cell, Cell]) -> None:
    """Lay a sheet of supplements into the folder of the quarter."""
    book = openpyxl.Workbook()
    book.active.title = "补充"
    for row in (HEADERS, *rows):
        book.active.append(row)
    book.save(delivered.folder / f"{FILE}.xlsx")


def test_a_sound_table_and_none_at_all(delivered: Delivered) -> None:
    assert delivered.findings() == []
    deliver(
        delivered,
        ("检查访问次数", None, 123456, None, "含移动端"),
        ("问题整改情况", None, 30, 29, None),
        ("按期整改情况", None, 29, 0, None),
        ("未报送整改情况的单位", "东城区", None, None, None),
        ("未报送整改情况的单位", "市教委", None, None, None),
        ("注：按月统计", None, None, None, None),
    )
    assert delivered.findings() == []


def test_an_unknown_item_and_an_unknown_unit(delivered: Delivered) -> None:
    deliver(
        delivered,
        ("检查次数", None, 12, None, None),
        ("未报送整改情况的单位", "东城新区", None, None, None),
    )
    assert_told(
        delivered,
        Told("N309", FILE, "补充", "A2", "检查次数", says="检查访问次数"),
        Told("N301", FILE, "补充", "B3", "东城新区"),
    )


def test_numbers_that_are_none(delivered: Delivered) -> None:
    deliver(
        delivered,
        ("检查访问次数", None, "约1200", None, None),
        ("互查网站数", None, "12.5", None, None),
        ("互查发现问题数", None, -1, None, None),
        ("新开设账号数", None, 1000000000, None, None),
    )
    assert_told(
        delivered,
        Told("C201", FILE, "补充", "C2", "约1200"),
        Told("C205", FILE, "补充", "C3", "12.5"),
        Told("C208", FILE, "补充", "C4", "-1"),
        Told("C201", FILE, "补充", "C5", "1000000000"),
    )


def test_numbers_that_contradict_each_other(delivered: Delivered) -> None:
    deliver(
        delivered,
        ("转载任务完成情况", None, 12, 13, None),
        ("问题整改情况", None, 30, 29, None),
        ("按期整改情况", None, 28, 27, None),
        ("检查访问次数", None, 120, None, None),
        ("检查访问次数", None, 130, None, None),
        ("支持IPv6的网站", None, 74, None, None),
        ("互查网站数", None, 76, None, None),
    )
    assert_told(
        delivered,
        Told("R440", FILE, "补充", "D2", "13"),
        Told("R443", FILE, "补充", "C4", "28"),
        Told("R441", FILE, "补充", "A6", "检查访问次数"),
        Told("R442", FILE, "补充", "A7", "支持IPv6的网站"),
        Told("R444", FILE, "补充", "C8", "76", says="共 75 个"),
    )
