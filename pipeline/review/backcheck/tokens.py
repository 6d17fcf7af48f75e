"""A text as tokens: numbers with their units, dates, document numbers, ordinals, lists of names (数字与名单的识别).

What lives here: one spelling for all ways of writing, and the recognition of tokens in it. What must not: alignment, files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """Kind of a token (类别)."""

    NUMBER = "数字"
    DATE = "日期"
    DOCUMENT = "文号"
    ORDINAL = "序数"
    NAMES = "名单"
    TABLE = "附件表"


# Words beside a number that make it another one, and what they make of it.
_BEFORE = {
    "": "", "约": "约", "大约": "约", "大概": "约", "近": "不到", "将近": "不到", "接近": "不到", "不足": "不到", "不到": "不到",
    "不满": "不到", "超": "多于", "超过": "多于", "逾": "多于", "不少于": "至少", "不低于": "至少", "至少": "至少", "不超过": "至多",
    "不多于": "至多", "不高于": "至多", "至多": "至多", "-": "负", "－": "负", "−": "负", "负": "负",
}  # fmt: skip
_AFTER = {
    "": "", "余": "多于", "多": "多于", "左右": "约", "上下": "约", "以上": "至少", "以下": "至多", "以内": "至多", "之内": "至多",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A stretch of text that is compared as a whole (核对单元).

    ``value`` is its one spelling: the digits, year and month, the names in order. ``unit`` stands for all words that count
    alike, ``direction`` is the + or - of a change in words, ``figure`` the id of what it prints, if it prints a figure.
    ``before`` and ``after`` are words beside it that make it another one: 约, 余, 以上; of a list what leaves it open.
    """

    kind: Kind
    text: str
    value: tuple[str, ...]
    start: int
    end: int
    unit: str = ""
    direction: str = ""
    before: str = ""
    after: str = ""
    worded: bool = False  # written in Chinese numerals
    figure: str = ""

    def same(self, other: Token) -> bool:
        """Whether both say the same (相同): names in any order, a number in any writing, but with the same decimals."""
        if self.kind is Kind.NAMES:
            opened = (other.before or other.after) and not (self.before or self.after)
            return sorted(self.value) == sorted(other.value) and not opened
        if self.kind is Kind.DOCUMENT:
            blank = not self.value[2] and not self.figure  # the number is given when the notice is issued
            return (
                self.value[1] == other.value[1]
                and other.value[0].endswith(self.value[0])
                and (blank or self.value[2] == other.value[2])
            )
        opposed = {self.direction, other.direction} == {"+", "-"}
        return self.value == other.value and self.like(other) and not opposed and self._bounds == other._bounds

    @property
    def _bounds(self) -> set[str]:
        """What the words beside a number make of it: about, under, over, at least, at most, below zero."""
        return {_BEFORE[self.before], _AFTER[self.after]} - {""}

    def like(self, other: Token) -> bool:
        """Whether both have the same unit (单位相同); a counting word may be left out."""
        return self.unit == other.unit or (self.kind is Kind.NUMBER and {self.unit, other.unit} == {"", "个"})


@dataclass(frozen=True)
class Mark:
    """Where a text prints a figure (数字所在)."""

    start: int
    end: int
    figure: str


# ---- one spelling ----------------------------------------------------------------------------------------------

_WIDE = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = str.maketrans("％．,;:?!()[]﹪", "%.，；：？！（）〔〕%")
_DROPPED = {ord(sign): None for sign in '"“”＂\u200b\u200c\u200d\u2060\ufeff\u00ad'}
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """A text in its one spelling (统一写法): no white space, no quotes, half-width digits, full-width marks.

    >>> normal("共有 １６３１ 个, 合格率“９９．６％”")
    '共有1631个，合格率99.6%'
    """
    return _SPACE.sub("", text.translate(_WIDE).translate(_SIGNS).translate(_DROPPED))


# ---- numbers ---------------------------------------------------------------------------------------------------

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CN = "零〇○一二两三四五六七八九十百千万"
_UNIT_WORDS = {
    "百分点": ("个百分点", "百分点"), "%": ("%",), "分": ("分",), "条": ("条", "件"), "工作日": ("个工作日", "工作日"),
    "个月": ("个月",), "季度": ("个季度",), "日": ("日", "天"), "周": ("周", "个星期"), "年": ("年",), "小时": ("小时",), "分钟": ("分钟",),
    "次": ("次",), "倍": ("倍",), "元": ("元", "万元"), "人": ("人",),
    "个": ("个", "家", "项", "名", "户", "所", "款", "处", "类"),
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True)).replace("|分|", "|分(?![别之])|")
_MANY = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_ARABIC = r"\d{1,3}(?:，\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_RISES = "提高|提升|上升|增长|增加|上涨|高出|升高|多出|增|高|升"
_FALLS = "下降|降低|减少|回落|下滑|低于|下跌|减|降|低"
_DIRECTION = re.compile(rf"(?:(?P<up>{_RISES})|(?P<down>{_FALLS}))了?$")
_YEAR = r"(?:\d{4}|[零〇○一二三四五六七八九]{4})年"
_DAY = rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})"
_PATTERN = re.compile(
    rf"(?P<document>(?P<prefix>[\u4e00-\u9fff]{{0,8}})[〔【（](?P<docyear>\d{{4}})[〕】）]第?(?P<docnumber>\d*)号)"
    rf"|(?P<date>(?P<year>{_YEAR})(?:(?P<season>第?[一二三四1-4]季度|[上下]半年)|(?P<month>{_DAY})月(?:(?P<day>{_DAY})[日号])?)?"
    rf"|(?P<month2>{_DAY})月(?P<day2>{_DAY})[日号]|(?<!个)(?P<month3>\d{{1,2}})月(?!份?度)"
    rf"|(?P<iso>\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}))"
    rf"|第(?P<ordinal>\d+|[{_CN}]+)"
    rf"|(?P<hundredth>百分之(?P<hundredths>{_ARABIC}|[{_CN}]+(?:点[{_CN}]+)?))"
    rf"|(?<![A-Za-z0-9.])(?!\d{{1,2}}\.[\u4e00-\u9fff])(?P<number>{_ARABIC})(?P<many>[万亿](?!元))?(?P<loose>余|多(?={_UNIT}))?(?P<unit>{_UNIT})?(?![A-Za-z])"
    rf"|(?P<worded>[{_CN}]+(?:点[{_CN}]+)?)(?P<wordloose>[余多])?(?P<wordunit>{_UNIT})"
)
_MORE = re.compile(
    rf"(?<!\d)(?P<word>{'|'.join(sorted(filter(None, _BEFORE), key=len, reverse=True))})(?:了|为|是|有|达到?)?$"
)
_LESS = re.compile("|".join(sorted(filter(None, _AFTER), key=len, reverse=True)))


def chinese_number(text: str) -> str:
    """A number in Chinese as digits (汉字数字).

    >>> [chinese_number(text) for text in ("十六", "两百零五", "一千六百三十一", "九十九点六", "二〇二一")]
    ['16', '205', '1631', '99.6', '2021']
    """
    whole, _, part = text.partition("点")
    if len(whole) > 1 and not any(sign in _TENS for sign in whole):
        value = "".join(str(_DIGITS[sign]) for sign in whole)
    else:
        total = section = digit = 0
        for sign in whole:
            if sign == "万":
                total, section, digit = (total + section + digit) * _TENS[sign], 0, 0
            elif sign in _TENS:
                section, digit = section + (digit or 1) * _TENS[sign], 0
            else:
                digit = _DIGITS[sign]
        value = str(total + section + digit)
    return value + ("." + "".join(str(_DIGITS.get(sign, "")) for sign in part) if part else "")


def _digits(text: str) -> str:
    return text if text.isascii() else chinese_number(text)


def _plain(text: str) -> str:
    """The digits of a number, without signs of thousands and leading zeros."""
    whole, point, part = text.replace("，", "").partition(".")
    return (whole.lstrip("0") or "0") + point + part


def _numbers(text: str, start: int, end: int) -> Iterator[Token]:
    return (_token(match, text) for match in _PATTERN.finditer(text, start, end))


def _token(match: re.Match[str], text: str) -> Token:
    found = match.groupdict()
    token = Token(Kind.NUMBER, match[0], (), match.start(), match.end())
    if found["document"]:
        return replace(token, kind=Kind.DOCUMENT, value=(found["prefix"], found["docyear"], found["docnumber"]))
    if found["date"]:
        return replace(token, kind=Kind.DATE, value=tuple(_date(found)))
    if said := found["ordinal"]:
        return replace(token, kind=Kind.ORDINAL, value=(_digits(said),), worded=not said.isascii())
    rising = _DIRECTION.search(text, max(match.start() - 4, 0), match.start())
    before, after = _MORE.search(text, max(match.start() - 5, 0), match.start()), _LESS.match(text, match.end())
    token = replace(
        token,
        direction="" if rising is None else "+" if rising["up"] else "-",
        before=before["word"] if before else "",
        after=found["loose"] or found["wordloose"] or (after[0] if after else ""),
    )
    if said := found["hundredths"]:
        worded = said[0] in _CN
        return replace(token, value=(chinese_number(said) if worded else _plain(said),), unit="%", worded=worded)
    if said := found["worded"]:
        return replace(token, value=(chinese_number(said),), unit=_UNIT_OF[found["wordunit"]], worded=True)
    value = _plain(found["number"])
    if found["many"]:
        value = format((Decimal(value) * _MANY[found["many"]]).normalize(), "f")
    return replace(token, value=(value,), unit=_UNIT_OF.get(found["unit"] or "", ""))


def _date(found: dict[str, str | None]) -> Iterator[str]:
    """A date as year, month, day, or year and quarter, as far as it is told."""
    if found["iso"]:
        yield from (str(int(part)) for part in re.split(r"\D", found["iso"]))
        return
    yield _digits(found["year"][:-1]) if found["year"] else ""
    if found["season"]:
        season = found["season"].removeprefix("第")
        yield "Q" + _digits(season[0]) if season.endswith("季度") else season
    month = found["month"] or found["month2"] or found["month3"]
    if month:
        yield str(int(_digits(month)))
    if day := found["day"] or found["day2"]:
        yield str(int(_digits(day)))


# ---- names -----------------------------------------------------------------------------------------------------

_JOIN = re.compile(r"、|和|及|与|以及|，")
_BETWEEN = re.compile(r"、([^、，。；：！？（）\d]{2,20}、)+")
# words that a list of names is followed by: what is joined to it before them is a name, whatever it ends with
_SAID = "等|得分|得满分|得到|获|均|都|全部|未|没有|并列|位[列居]|居首|排[名在]|达|为|加分|扣分|提高|收到|进入|合计|共占"
_TAIL = re.compile(
    rf"(?:、|以及|和|及(?!时))([^、，。；：！？（）\d]{{2,20}}?)(?={_SAID})"
    r"|(?:、|以及|[和及与])([^、，。；：！？（）\d]{1,14}?[区县市局委办院厅处所会网站])"
)
_OPEN = re.compile(r"等(\d*)|、|(?:以及|和|及(?!时))(?!(?:其[他它余])?\d)")
_HEAD = re.compile(r"([^、，。；：！？（）\d]{2,14}[区县市局委办院厅处所会网站])、$")
_LEADS = re.compile(r".*(?:其中|分别是|分别为|包括|有|是|为|即|除)")
# what a known name may be a part of: another city's institution before it, a body of its own after it
_NO_CITY = "其中|分别|包括|主要|依次|会同|联合|通报|表扬|督促|例如|比如|尤其|特别|此外|另外|同时|近期|截至"
_CITY = re.compile(
    r"(?:^|[、，。；：！？（）\d]|其中|分别[是为]|包括|[有是为即除和及与])"
    rf"((?!{_NO_CITY})(?:[\u4e00-\u9fff]{{2,3}}(?:省|自治区))?[^\W\d由对向经在从将把被给据按如会要求年月日度前后个的了中本我全各及和与是有为]{{2,4}}市)$"
)
_BODY = re.compile(
    rf"(?:(?!{_SAID})[^、，。；：！？（）\d和及与的等各两三四五六七八九十]){{0,10}}?"
    rf"(?:委员会|委|局|办公室|办|院|所|中心|公司|集团|街道|镇|乡)(?=以及|[、，。；和及与]|{_SAID}|$)"
)


class Names:
    """Lists of names in a text, found by the names that are known (名单识别). Cities that ``ours`` names are this one."""

    def __init__(self, known: Iterable[str], ours: str = "") -> None:
        self._ours = ours
        words = sorted({normal(name) for name in known} - {""}, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def find(self, text: str, start: int, end: int) -> Iterator[Token]:
        """Names joined into lists; a name that is not known counts where it stands among known ones."""
        group: list[str] = []
        first = last = start
        for match in self._pattern.finditer(text, start, end):
            if match.start() < last:
                continue
            begin, stop = self._whole(text, start, end, match)
            between = text[last:begin]
            if group and (_JOIN.fullmatch(between) or _BETWEEN.fullmatch(between)):
                group += [name for name in between.split("、") if name and not _JOIN.fullmatch(name)]
            else:
                if group:
                    yield _list(text, start, end, first, last, group)
                group, first = [], begin
            group.append(text[begin:stop])
            last = stop
        if group:
            yield _list(text, start, end, first, last, group)

    def _whole(self, text: str, start: int, end: int, match: re.Match[str]) -> tuple[int, int]:
        """Where the institution begins and ends that a known name is, or is a part of (完整名称)."""
        body = _BODY.match(text, match.end(), end)
        before = match.start() + match[0].startswith("市")  # 天津市教育委员会
        city = _CITY.search(text[start:before])
        begin = match.start() if city is None or city[1] in self._ours else before - len(city[1])
        return begin, body.end() if body else match.end()


def _list(text: str, start: int, end: int, first: int, last: int, names: list[str]) -> Token:
    """A list of names, with unknown names at its ends."""
    while tail := _TAIL.match(text, last, end):
        names, last = [*names, tail[1] or tail[2]], tail.end()
    while head := _HEAD.search(text, start, first):
        name = _LEADS.sub("", head[1])
        names, first = [name, *names], first - len(name) - 1
    before, after = _left_open(text, first, last, len(names))
    return Token(Kind.NAMES, text[first:last], tuple(names), first, last, before=before, after=after)


def _left_open(text: str, first: int, last: int, number: int) -> tuple[str, str]:
    """What beside a list says that it has more names (未尽的名单): 、 or 和, or 等 unless its own number follows."""
    match = _OPEN.match(text, last)
    return (
        "、" if text.endswith("、", 0, first) else "",
        "" if match is None or match[1] == str(number) else "等" if match[1] is not None else "、",
    )


def tokenise(text: str, names: Names, marks: Iterable[Mark] = ()) -> list[Token]:
    """The tokens of a text in its one spelling, in order (识别). What ``marks`` names carries the id of its figure."""
    found: list[Token] = []
    at = 0
    for mark in [*sorted(marks, key=lambda mark: mark.start), Mark(len(text), len(text), "")]:
        found += _free(text, names, at, mark.start)
        at = mark.end
        if mark.figure:
            found.append(_marked(text, mark))
            at = max(at, found[-1].end)
    return found


def _free(text: str, names: Names, start: int, end: int) -> list[Token]:
    lists = list(names.find(text, start, end))
    numbers = [
        token
        for token in _numbers(text, start, end)
        if not any(each.start < token.end and token.start < each.end for each in lists)
    ]
    return sorted([*lists, *numbers], key=lambda token: token.start)


def _marked(text: str, mark: Mark) -> Token:
    """A printed figure: a number with the unit behind it, or a list."""
    number = _PATTERN.match(text, mark.start)
    if number is not None and number["number"] and not mark.figure.endswith(".names"):
        return replace(_token(number, text), figure=mark.figure)
    shown = text[mark.start : mark.end]
    names = tuple(shown.split("、"))
    before, after = _left_open(text, mark.start, mark.end, len(names))
    return Token(Kind.NAMES, shown, names, mark.start, mark.end, before=before, after=after, figure=mark.figure)
