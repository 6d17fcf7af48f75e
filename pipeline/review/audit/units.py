"""Units of printed figures and of their changes (计量单位的核对).

What lives here: which unit a kind of figure may have. What must not: values.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.review.audit.answers import Answer, Cause, Kind, Verdict
from pipeline.review.audit.model import LevelKind
from pipeline.review.audit.printed import Printed

_POINTS = {"个百分点", "百分点"}
_NO_COUNTS = {"%", "分", *_POINTS}
_LEVELS: dict[LevelKind, str] = {"count": "个", "rate": "%", "score": "分"}
_CHANGES: dict[LevelKind, str] = {"count": "个", "rate": "个百分点", "score": "分"}
_NAMES: dict[LevelKind, str] = {"count": "个数", "rate": "比率", "score": "得分"}


def right_unit(unit: str, kind: LevelKind, change: bool = False) -> str:
    """The unit itself where it may be used, else the one to print (应印的单位)."""
    if not unit or kind == "?":
        return unit
    fits = {
        "count": unit not in _NO_COUNTS,
        "rate": unit in (_POINTS if change else {"%"}),
        "score": unit == "分",
    }
    return unit if fits[kind] else (_CHANGES if change else _LEVELS)[kind]


def ask_unit(name: str, printed: Printed, kind: LevelKind, change: bool = False) -> Iterator[Answer]:
    """An answer where the printed unit is wrong, and none where it is right (单位是否正确)."""
    unit = right_unit(printed.unit, kind, change)
    if unit != printed.unit:
        what = f"两个{_NAMES[kind]}之差" if change else _NAMES[kind]
        told = Cause(Kind.UNIT, f"{what}的单位是“{unit}”，不是“{printed.unit}”")
        yield Answer(
            figure=name,
            question="单位是否正确",
            printed=printed.text,
            verdict=Verdict.WRONG,
            reason=f"印作“{printed.unit}”",
            causes=(told,),
            proposals=(printed.written(printed.value, unit),),
        )
