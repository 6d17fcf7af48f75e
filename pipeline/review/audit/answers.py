"""Answers of the auditor: right, wrong and why, or cannot be decided and why (复核结论).

What lives here: verdicts, causes, answers. What must not: questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an answer says (结论)."""

    RIGHT = "相符"
    WRONG = "有误"
    UNDECIDED = "无法判定"


class Kind(StrEnum):
    """Kind of an error (错误种类)."""

    DOUBLE_ROUNDING = "二次修约"
    TRUNCATION = "截尾"
    OTHER_MODE = "进舍规则不同"
    NOT_ALL = "不是全部而印成全部"
    COMPLEMENT = "印成其余部分的比率"
    OTHER_DENOMINATOR = "分母是另一个总数"
    OTHER_NUMERATOR = "个数与比率不是同一次统计"
    IMPOSSIBLE = "无法由整数得出"
    OUT_OF_RANGE = "超出范围"
    TOPS = "与各名次得分矛盾"
    EXACT_CHANGE = "先求差后修约"
    PRINTED_CHANGE = "先修约后求差"
    DIRECTION = "升降相反"
    DIFFERENCE = "与两个数之差不符"
    UNIT = "单位不对"
    SLIP = "数字笔误"
    SUM = "分项与合计不符"
    OVERLAP = "分段重叠"
    GAP = "分段有空档"
    GROUPS = "总体与分组不符"


@dataclass(frozen=True)
class Cause:
    """A way in which an error can have come about (原因)."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Answer:
    """The answer to one question about one figure (一问一答)."""

    figure: str
    question: str
    printed: str
    verdict: Verdict
    reason: str
    causes: tuple[Cause, ...] = ()
    proposals: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The whole explanation in one text (说明)."""
        causes = "".join(f"{cause.kind}：{cause.text}。" for cause in self.causes)
        proposed = f"应印{'或'.join(self.proposals)}。" if self.proposals else ""
        return f"{self.reason}。{causes}{proposed}"
