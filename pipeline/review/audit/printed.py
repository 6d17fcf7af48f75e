"""Printed texts of numbers: the number, its decimals, its unit, and the words before it (印出的数字).

What lives here: reading a printed number, and writing one in the same manner. What must not: questions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.bulletin.phrasing import decimal_text

_TEXT = re.compile(r"(?P<words>[^\d.-]*)(?P<number>-?\d+(?:\.\d+)?)(?P<unit>[^\d.-]{0,4})")
_RISE = re.compile("提高|提升|上升|增加|增长|上涨")
_FALL = re.compile("下降|降低|减少|回落|下滑|下跌")
_FLAT = re.compile("持平")
_SHOWN_DECIMALS = 4


@dataclass(frozen=True)
class Printed:
    """A number as a notice prints it (印出的数字): ``sign`` is that of a change in words, 0 for none or 持平."""

    text: str
    value: Decimal
    unit: str
    sign: int = 0

    @property
    def decimals(self) -> int:
        return -int(self.value.as_tuple().exponent)

    @classmethod
    def read(cls, text: str) -> Printed:
        """Read ``99.7%``, ``1,631个``, ``比上季度提高0.4分`` or ``基本持平`` (识读). Raises ``ValueError``.

        >>> Printed.read("比上季度下降0.12个百分点")
        Printed(text='比上季度下降0.12个百分点', value=Decimal('0.12'), unit='个百分点', sign=-1)
        """
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
        if _FLAT.search(plain):
            return cls(text, Decimal(0), "")
        match = _TEXT.fullmatch(plain)
        if match is None or re.search("[万亿]", match["unit"]):
            raise ValueError(f"“{text}”不是一个数字")
        sign = bool(_RISE.search(match["words"])) - bool(_FALL.search(match["words"]))
        if match["words"] and not sign:
            raise ValueError(f"“{text}”的数字之前只能写提高、下降等词")
        return cls(text, Decimal(match["number"]), match["unit"], sign)

    def written(self, value: Decimal, unit: str | None = None, sign: int | None = None) -> str:
        """Another number in the manner of this one (按同样写法印出): its words, its unit, its trailing zeros."""
        head, _, _ = self.text.partition(next(iter(re.findall(r"[\d０-９.-]", self.text)), "\0"))
        if sign is not None and sign != self.sign:
            head = "提高" if sign > 0 else "下降"
        keeps = self.decimals and self.decimals == -int(value.as_tuple().exponent)
        return f"{head}{decimal_text(value, bool(keeps))}{self.unit if unit is None else unit}"


def expansion(value: Fraction) -> str:
    """An exact value by its first decimals (小数展开).

    >>> expansion(Fraction(4100, 43)), expansion(Fraction(111, 8))
    ('95.3488…', '13.875')
    """
    whole, rest = divmod(abs(value) * 10**_SHOWN_DECIMALS, 1)
    text = decimal_text(Decimal(int(whole)).scaleb(-_SHOWN_DECIMALS))
    return ("-" if value < 0 else "") + text + ("…" if rest else "")


def slip(printed: Decimal, right: Decimal) -> str | None:
    """The slip of the pen that makes one number of another (笔误), if it is one."""
    ours, theirs = decimal_text(printed), decimal_text(right)
    digits_alone = [text.replace(".", "").strip("0") for text in (ours, theirs)]
    if ours == theirs or not all(digits_alone):
        return None
    if digits_alone[0] == digits_alone[1]:
        return "小数点错位"
    if len(ours) != len(theirs) or ours.find(".") != theirs.find("."):
        return None
    wrong = [at for at, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
    if len(wrong) == 1:
        return f"“{theirs[wrong[0]]}”错成“{ours[wrong[0]]}”"
    digits = [at for at in range(len(ours)) if ours[at] != "."]
    first, last = wrong[0], wrong[-1]
    adjacent = len(wrong) == 2 and digits.index(last) - digits.index(first) == 1
    if adjacent and (ours[first], ours[last]) == (theirs[last], theirs[first]):
        return f"“{theirs[first]}”“{theirs[last]}”两个数字颠倒"
    return None
