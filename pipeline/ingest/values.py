"""Cell texts to canonical values (单元格取值).

What lives here: one reader per kind of column. A reader returns the canonical text, or raises ``BadValue`` with the
code of the finding. What must not: addresses, files.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from pipeline.reference.layouts import Reading
from pipeline.reference.names import nearest, normalise
from pipeline.reference.registry import Roster

_NUMBER = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
_CODE = re.compile(r"^(\d{10}|bm\d{8})$", re.ASCII)
_DATE = re.compile(r"^(\d{4})(?:年(\d{1,2})月(\d{1,2})日?|([-./])(\d{1,2})\4(\d{1,2}))$", re.ASCII)
_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$", re.ASCII)
_FORMULA_ERROR = re.compile(r"^#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)$")
_PERSONAL = re.compile(r"(?<!\d)(1[3-9]\d(-?\d{4}){2}|0\d{2,3}-\d{7,8}|\d{17}[\dXx])(?!\d)", re.ASCII)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms alone: ² and ① are no digits
_MINUS = dict.fromkeys(map(ord, "－−–—"), ord("-"))


class BadValue(Exception):
    """A text that cannot be read: the finding's code and the places of its message."""

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code)
        self.code, self.places = code, places


def has_control(text: str) -> bool:
    """Whether a text holds control, format or private-use characters (不可见字符); line breaks and tabs are fine."""
    return not text.isprintable() and any(
        (unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") and char not in "\r\n\t")
        or ord(char) & 0xFFFE == 0xFFFE
        for char in text
    )


def is_personal(text: str) -> bool:
    """Whether a text holds what looks like a number of a telephone or of an identity card (疑似个人信息).

    >>> is_personal("１３８-0013-8000"), is_personal("010-88880000"), is_personal("1101010001")
    (True, True, False)
    """
    return bool(_PERSONAL.search(normalise(text)))


def read_number(text: str, decimals: int, column: str, unit: str = "分", below: int = 10_000) -> str:
    """A decimal in points, width and unit folded: ``３．５分`` is ``3.5`` (数值).

    >>> read_number("３．５ 分", 2, "得分")
    '3.5'
    """
    folded = text.strip().translate(_WIDE | _MINUS).removesuffix(unit).rstrip()
    if not _NUMBER.match(folded):
        raise BadValue("C201", column=column)
    number = Decimal(folded)
    if number < 0:
        raise BadValue("C208", column=column)
    if len(folded.partition(".")[2].rstrip("0")) > decimals:
        raise BadValue("C205", column=column, decimals=decimals)
    if number >= below:
        raise BadValue("C201", column=column)
    return format(number.copy_abs(), "f")


def read_date(text: str, column: str) -> str:
    """A day as ``2021-09-03`` from 2021-09-03, 2021.9.3, 2021/9/3 or 2021年9月3日 (日期)."""
    return _moment(text, column).date().isoformat()


def read_time(text: str, column: str) -> str:
    """A local time as ``2021-09-03 10:20:30``; a bare day is midnight (时间)."""
    return _moment(text, column).isoformat(" ")


def _moment(text: str, column: str) -> dt.datetime:
    day, _, clock = unicodedata.normalize("NFKC", text).strip().replace("T", " ").partition(" ")
    date, time = _DATE.match(day), _TIME.match(clock.strip() or "00:00")
    if date is None or time is None:
        raise BadValue("C202", column=column)
    try:
        year, month, of_month = (int(part) for part in date.groups() if part and part.isdigit())
        hour, minute, second = (int(part or 0) for part in time.groups())
        return dt.datetime(year, month, of_month, hour, minute, second)
    except ValueError as error:
        raise BadValue("C202", column=column) from error


def read_site_code(text: str, column: str) -> str:
    """A site code in its form, known or not (网站标识码的写法).

    >>> read_site_code("１１０１０５００６９", "网站标识码")
    '1101050069'
    """
    code = normalise(text)
    if not _CODE.match(code):
        raise BadValue("C207", column=column)
    return code


def read_code(text: str, column: str, roster: Roster) -> str:
    """A site code that the roster knows (网站标识码)."""
    code = read_site_code(text, column)
    if code not in roster.site_index:
        raise BadValue("N302", nearest=nearest(code, roster.site_index))
    return code


def read_name(text: str, kind: str, column: str, roster: Roster) -> str:
    """The id behind a registered name (登记名称): unit, platform, indicator, type or state of a message."""
    index, code = {
        "unit": (roster.unit_index, "N301"),
        "platform": (roster.platform_index, "N303"),
        "indicator": (roster.indicator_index, "N304"),
        "error_type": (roster.error_type_index, "N306"),
        "error_status": (roster.error_status_index, "N306"),
        "statement": (roster.statement_index, "I503"),
        "supplement": (roster.supplement_index, "N309"),
    }[kind]
    key = normalise(text)
    if key not in index:
        raise BadValue(code, nearest=nearest(text, index), column=column, rule_book=roster.rule_book.id)
    return index[key]


def read_choice(text: str, choices: dict[str, tuple[str, ...]], column: str) -> str:
    """The canonical value of one of the declared spellings (可填内容)."""
    folded = normalise(text)
    for value, spellings in choices.items():
        if folded in map(normalise, spellings):
            return value
    raise BadValue("C203", column=column, allowed="、".join(spellings[0] for spellings in choices.values()))


def _read_worded(text: str, column: Reading, label: str) -> str:
    """A number that may be a word (未扣分) or stand inside a sentence (发现5处，扣0.5分)."""
    folded = normalise(text)
    for number, spellings in column.words.items():
        if folded in map(normalise, spellings):
            return number
    found = re.search(column.pattern, folded) if column.pattern else None
    number = read_number(found["value"] if found else text, column.decimals, label, column.unit, column.below)
    if Decimal(number) < column.least:
        raise BadValue("C211", column=label, least=column.least)
    return number


def read_value(text: str, column: Reading, label: str, roster: Roster) -> str:
    """Read one filled cell by the kind of its column (读取单元格). Raises ``BadValue``."""
    if has_control(text):
        raise BadValue("C206", column=label)
    if _FORMULA_ERROR.match(text):
        raise BadValue("C209", column=label)
    match column.kind:
        case "text":
            return text.strip()
        case "number":
            return _read_worded(text, column, label)
        case "date":
            return read_date(text, label)
        case "time":
            return read_time(text, label)
        case "code":
            return read_code(text, label, roster)
        case "choice":
            return read_choice(text, column.choices, label)
        case "veto":
            vetoes = {item.id: (item.name,) for item in roster.rule_book.vetoes("site")}
            return read_choice(text, column.choices | vetoes, label)
        case kind:
            return read_name(text, kind, label, roster)
