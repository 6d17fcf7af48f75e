"""Quarter: the period that everything is partitioned by (季度).

What lives here: parsing, order and wording of one quarter. What must not: today's date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import SourceError

_KEY = re.compile(r"(\d{4})Q([1-4])", re.ASCII)
_ORDINALS = ("一", "二", "三", "四")


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a year (季度), ordered by time."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Parse a key such as ``2021Q3`` (季度编号).

        Raises ``SourceError`` for any other form.

        >>> Quarter.parse("2021Q3").label
        '2021年第三季度'
        """
        match = _KEY.fullmatch(text)
        if match is None:
            raise SourceError("quarter_key", f"季度写法不对：{text}", "请写成 2021Q3 这样的形式。")
        return cls(int(match[1]), int(match[2]))

    @property
    def key(self) -> str:
        """The key of the folder and the partition, ``2021Q3``."""
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        """The words of a notice, ``2021年第三季度``."""
        return f"{self.year}年第{_ORDINALS[self.number - 1]}季度"

    @property
    def previous(self) -> Quarter:
        """The quarter before (上季度)."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def year_before(self) -> Quarter:
        """The same quarter of the year before (上年同期)."""
        return Quarter(self.year - 1, self.number)

    def __str__(self) -> str:
        return self.key
