"""Mutations of a delivery: what people and programs do to sheets, and what neither should (变异).

What lives here: files as rows of values that are cheap to write, one mutation per mutant drawn from a seed, writing the
bytes. What must not: expectations.
"""

from __future__ import annotations

import copy
import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlsxwriter

Rows = list[list[Any]]
Book = dict[str, Rows]  # a text file is a book of one sheet without a name
_VALUES: tuple[Any, ...] = (
    "", None, 0, 1, -1, 0.5, 2.5, 3, 99.995, 1e10, "3", "３", "3分", "扣1分", "−1", "0.3", "1e3", "NaN", "inf",
    "无", "—", "不涉及", "/", "是", "否", "合格", "不合格", "不 合 格", "N/A", "#REF!", "=1+1", "@sum", "+1", "-1",
    "\t1", "1\u200b", "\u202e13", "１１０１０１０００１", "1101010001", "1100000001", "9999999999", "东城区",
    "东城", "北京市东城区", "西城区", "市教委", "市公安局", "没有这个单位", "微信", "公众号", "抖音", "ＡＰＰ",
    "2021-08-01", "2021年8月1日", "2021.8.1", "2021-13-01", "2020-01-01", "44440", "已办结", "不予受理", "重复",
    "受理", "错别字", "其他", "合计", "平均分", "注：", "备注", "{{ x }}", "<w:p>", "a,b", 'a"b', "a\nb", "x" * 300,
    "㈱", "\ufeff3", True, False,
)  # fmt: skip
_LAWFUL: dict[str, dict[str, tuple[str, ...]]] = {
    "新媒体": {
        "检查结果": ("合格", "不合格", "不 合格", "合格 "),
        "平台类型": ("微博", "微信公众号", "公众号", "ＡＰＰ", "移动客户端（APP）", "抖音", "其他"),
        "归口单位": ("东城区", "东城", "北京市西城区", "海淀区 ", "市公安局", "北京市公安局", "市文物局"),
    },
    "功能建设": dict.fromkeys(("无障碍", "移动端适配", "站内搜索", "智能问答"), ("是", "否", " 是", "否\u3000")),
    "留言": {"问题类型": ("错别字", "错字", "其它", "死链"), "办理状态": ("已办结", "受理", "重复", "不属实")},
}
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5", "latin-1")


@dataclass(frozen=True)
class Mutant:
    """A changed delivery: what was done, to which file, and its bytes; None for a file that is gone."""

    told: str
    files: dict[str, bytes | None]


def load(files: dict[str, bytes]) -> dict[str, Book]:
    """Files as rows of values."""
    return {name: _load(data) for name, data in files.items()}


def _load(data: bytes) -> Book:
    if data.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    return {"": list(csv.reader(io.StringIO(data.decode("gb18030"), newline="")))}


def write(book: Book, encoding: str = "gb18030", separator: str = ",") -> bytes:
    """Rows of values as the bytes of a workbook, or of a text."""
    if "" in book:
        text = io.StringIO()
        csv.writer(text, delimiter=separator).writerows(book[""])
        return text.getvalue().encode(encoding, "replace")
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as written:
        for title, rows in book.items():
            sheet = written.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif value is not None:
                        sheet.write(at, column, value)
    return data.getvalue()


class Mutator:
    """Draws mutants of one sound delivery."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.books = files, load(files)

    def draw(self, seed: int) -> Mutant:
        """The mutant of a seed, always the same."""
        drawn = random.Random(seed)
        name = drawn.choice([*sorted(self.books), *(name for name in sorted(self.books) if "季度信息" not in name)])
        cells, lines = [self.swap, self.neighbour, self.copied], [self.rows, self.columns]
        rare = [self.sheets, self.header, self.encoding, self.truncated, self.flipped, self.gone]
        drawers = (
            [self.value] * 9 + cells * 3 + lines * 3 + rare + [self.nudged] * 2 + [self.several] + [self.lawful] * 8
        )
        change: Callable[[str, random.Random], Mutant] = drawn.choice(drawers)
        return change(name, drawn)

    def _open(self, name: str, drawn: random.Random) -> tuple[Book, str, Rows]:
        book = copy.deepcopy(self.books[name])
        sheet = drawn.choice([title for title, rows in book.items() if rows])
        return book, sheet, book[sheet]

    def _done(self, name: str, book: Book, told: str, **options: str) -> Mutant:
        return Mutant(f"{name}: {told}", {name: write(book, **options)})

    def _place(self, rows: Rows, drawn: random.Random) -> tuple[int, int]:
        at = drawn.randrange(len(rows))
        return at, drawn.randrange(len(rows[at]))

    def value(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        at, column = self._place(rows, drawn)
        before, rows[at][column] = rows[at][column], drawn.choice(_VALUES)
        return self._done(name, book, f"{sheet} ({at + 1}, {column + 1}) {before!r} -> {rows[at][column]!r}")

    def lawful(self, name: str, drawn: random.Random) -> Mutant:
        """What may well be: another verdict with its reason, another platform, owner or state, a function more or less."""
        name = drawn.choice([name for name in sorted(self.books) if any(mark in name for mark in _LAWFUL)])
        book, sheet, rows = self._open(name, drawn)
        choices = _LAWFUL[next(mark for mark in _LAWFUL if mark in name)]
        at = drawn.randrange(1, len(rows))
        header = drawn.choice(sorted(choices))
        column = rows[0].index(header)
        before, rows[at][column] = rows[at][column], drawn.choice(choices[header])
        if header == "检查结果":
            rows[at][column + 1] = None if rows[at][column] == "合格" else "内容不更新"
        return self._done(name, book, f"{sheet} {header} ({at + 1}) {before!r} -> {rows[at][column]!r}")

    def several(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        for _ in range(drawn.randint(2, 6)):
            at, column = self._place(rows, drawn)
            rows[at][column] = drawn.choice(_VALUES)
        return self._done(name, book, f"{sheet} several values")

    def nudged(self, name: str, drawn: random.Random) -> Mutant:
        """A number that is another number."""
        book, sheet, rows = self._open(name, drawn)
        places = [(at, column) for at, row in enumerate(rows) for column, text in enumerate(row) if _digit(text)]
        if not places:
            return self.value(name, drawn)
        at, column = drawn.choice(places)
        before = rows[at][column]
        rows[at][column] = str(float(before) + drawn.choice((-1, -0.5, 0.5, 1))).removesuffix(".0")
        return self._done(name, book, f"{sheet} ({at + 1}, {column + 1}) {before!r} -> {rows[at][column]!r}")

    def swap(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        (a, b), (c, d) = self._place(rows, drawn), self._place(rows, drawn)
        rows[a][b], rows[c][d] = rows[c][d], rows[a][b]
        return self._done(name, book, f"{sheet} ({a + 1}, {b + 1}) <-> ({c + 1}, {d + 1})")

    def neighbour(self, name: str, drawn: random.Random) -> Mutant:
        """Two cells of one column change places."""
        book, sheet, rows = self._open(name, drawn)
        a, column = self._place(rows, drawn)
        c = drawn.choice([at for at, row in enumerate(rows) if len(row) > column])
        rows[a][column], rows[c][column] = rows[c][column], rows[a][column]
        return self._done(name, book, f"{sheet} ({a + 1}, {column + 1}) <-> ({c + 1}, {column + 1})")

    def copied(self, name: str, drawn: random.Random) -> Mutant:
        """A cell is filled down from another of its column."""
        book, sheet, rows = self._open(name, drawn)
        a, column = self._place(rows, drawn)
        c = drawn.choice([at for at, row in enumerate(rows) if len(row) > column])
        rows[a][column] = rows[c][column]
        return self._done(name, book, f"{sheet} ({c + 1}, {column + 1}) over ({a + 1}, {column + 1})")

    def rows(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        at, other = drawn.randrange(len(rows)), drawn.randrange(len(rows))
        kind = drawn.choice(("lost", "twice", "swapped", "empty", "shuffled", "title"))
        if kind == "lost":
            del rows[at]
        elif kind == "twice":
            rows.insert(other, list(rows[at]))
        elif kind == "swapped":
            rows[at], rows[other] = rows[other], rows[at]
        elif kind == "empty":
            rows.insert(at, [None] * len(rows[at]))
        elif kind == "title":
            rows.insert(0, ["某某表", *[None] * (len(rows[0]) - 1)])
        else:
            tail = rows[5:-2]
            drawn.shuffle(tail)
            rows[5:-2] = tail
        return self._done(name, book, f"{sheet} row {at + 1} {kind} ({other + 1})")

    def columns(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        width = max(map(len, rows))
        at, other = drawn.randrange(width), drawn.randrange(width)
        kind = drawn.choice(("lost", "twice", "swapped", "empty", "blanked"))
        for row in rows:
            row.extend([None] * (width - len(row)))
            if kind == "lost":
                del row[at]
            elif kind == "twice":
                row.insert(other, row[at])
            elif kind == "swapped":
                row[at], row[other] = row[other], row[at]
            elif kind == "empty":
                row.insert(at, None)
        if kind == "blanked":
            for row in rows[5:]:
                row[at] = None
        return self._done(name, book, f"{sheet} column {at + 1} {kind} ({other + 1})")

    def sheets(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        kind = drawn.choice(("lost", "twice", "renamed", "foreign", "part"))
        if "" in book:
            return self.encoding(name, drawn)
        if kind == "lost" and len(book) > 1:
            del book[sheet]
        elif kind == "renamed":
            book = {("另名" if title == sheet else title): rows for title, rows in book.items()}
        elif kind == "foreign":
            book["其他"] = [["甲", "乙", "丙"], ["1", "2", "3"]]
        elif kind == "part":
            book["复核"] = [list(row) for row in rows[: len(rows) // 2]]
        else:
            book["副本"] = [list(row) for row in rows]
        return self._done(name, book, f"{sheet} sheet {kind}")

    def header(self, name: str, drawn: random.Random) -> Mutant:
        book, sheet, rows = self._open(name, drawn)
        at = drawn.randrange(min(4, len(rows)))
        column = drawn.randrange(len(rows[at]))
        before = rows[at][column]
        rows[at][column] = drawn.choice(
            (None, "其他列", f"{before or ''} ", f"{before or ''}（新）", drawn.choice(rows[at]))
        )
        return self._done(name, book, f"{sheet} header ({at + 1}, {column + 1}) {before!r} -> {rows[at][column]!r}")

    def encoding(self, name: str, drawn: random.Random) -> Mutant:
        book, encoding, separator = copy.deepcopy(self.books[name]), drawn.choice(_ENCODINGS), drawn.choice(",\t;|")
        if "" not in book:
            return self.value(name, drawn)
        return self._done(name, book, f"as {encoding} with {separator!r}", encoding=encoding, separator=separator)

    def truncated(self, name: str, drawn: random.Random) -> Mutant:
        data = self.files[name]
        at = drawn.randrange(len(data))
        return Mutant(f"{name}: first {at} bytes", {name: data[:at]})

    def flipped(self, name: str, drawn: random.Random) -> Mutant:
        """Some bytes are others; in a workbook those of an unpacked part, so that they are read at all."""
        data = bytearray(self.files[name])
        if data.startswith(b"PK") and drawn.random() < 0.7:
            return Mutant(f"{name}: part changed", {name: _flip_part(bytes(data), drawn)})
        for _ in range(drawn.randint(1, 8)):
            data[drawn.randrange(len(data))] = drawn.randrange(256)
        return Mutant(f"{name}: bytes changed", {name: bytes(data)})

    def gone(self, name: str, drawn: random.Random) -> Mutant:
        other = drawn.choice(sorted(self.files))
        if drawn.random() < 0.5:
            return Mutant(f"{name}: gone", {name: None})
        return Mutant(f"{name}: content of {other}", {name: self.files[other]})


def _digit(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 6 and value.replace(".", "", 1).isdecimal() and value.isascii()


def _flip_part(data: bytes, drawn: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[drawn.choice([name for name in parts if name.startswith("xl/")])]
    for _ in range(drawn.randint(1, 3)):
        part[drawn.randrange(len(part))] = drawn.choice(b"0123456789<>&;\"'AZaz\x00\xff")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    return made.getvalue()
