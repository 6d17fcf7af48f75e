"""How measures are worded, and which names mean one font (计量用语).

What lives here: millimetres, names of sizes, families of fonts. What must not: measuring.
"""

from __future__ import annotations

from collections.abc import Iterable

_TWIPS_PER_MM = 1440 / 25.4
_SIZES = {
    84: "初号", 72: "小初", 52: "1号", 48: "小1号", 44: "2号", 36: "小2号", 32: "3号", 30: "小3号", 28: "4号",
    24: "小4号", 21: "5号", 18: "小5号",
}  # fmt: skip
# A face has other names on other machines; the first is how people call it.
_FAMILIES = (
    ("小标宋", "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    ("仿宋", "仿宋_GB2312", "FangSong", "FangSong_GB2312", "方正仿宋简体", "方正仿宋_GBK"),
    ("楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312", "方正楷体简体", "方正楷体_GBK"),
    ("黑体", "SimHei", "方正黑体简体", "方正黑体_GBK"),
    ("宋体", "SimSun", "NSimSun", "新宋体", "方正书宋简体", "方正书宋_GBK"),
)
_FAMILY = {name: family[0] for family in _FAMILIES for name in family}


def family(font: str) -> str:
    """The face that a font name means (字体)."""
    return _FAMILY.get(font.strip(), font.strip()) or "未指定"


def shown_font(font: str) -> str:
    """A font for people: its face, and its name where that differs (字体名称)."""
    face = family(font)
    return face if face in {font, "未指定"} else f"{face}（{font}）"


def size_name(half_points: int) -> str:
    """A size as offices call it (字号).

    >>> size_name(32), size_name(25)
    ('3号', '12.5磅')
    """
    return _SIZES.get(half_points, points(half_points * 10))


def points(twips: int) -> str:
    """Twips as points (磅)."""
    return f"{twips / 20:g}磅"


def mm(twips: int) -> float:
    """Twips as millimetres (毫米)."""
    return twips / _TWIPS_PER_MM


def millimetres(twips: int) -> str:
    """Twips as millimetres in words (毫米).

    >>> millimetres(2098)
    '37毫米'
    """
    return f"{mm(twips):.1f}".removesuffix(".0") + "毫米"


def characters(count: float) -> str:
    """A distance in characters (字数)."""
    return f"{count:.1f}".removesuffix(".0") + "字"


def lines(count: float) -> str:
    """A distance in lines (行数)."""
    return f"{count:.1f}".removesuffix(".0") + "行"


def join(values: Iterable[str]) -> str:
    """Names in a row (列举)."""
    return "、".join(values)
