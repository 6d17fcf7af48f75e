"""Who receives what was issued (分发对象).

What lives here: the recipients of a quarter in the order of the registry, and everything that is wrong with them. What must
not: packages, sending.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.dispatch.records import problems
from pipeline.errors import DispatchError
from pipeline.reference.registry import Roster

_ADDRESSEE, _COPIED = "主送", "抄送"
_CATEGORIES = {"addressee": _ADDRESSEE, "copied_to": _COPIED}
# What a name of a file may hold on any system.
_FILE_NAME = re.compile(r'[^\\/:*?"<>|\x00-\x1f\x7f-\x9f\u2028\u2029]{1,60}')


@dataclass(frozen=True)
class Recipient:
    """A recipient in one quarter (分发对象): ``key`` is the id of a unit, or the name of another body."""

    number: int
    key: str
    name: str
    full_name: str
    category: str
    address: str
    unit: str | None

    @property
    def copied(self) -> bool:
        """Whether it receives a copy (抄送)."""
        return self.category == _COPIED


def recipients_of(roster: Roster) -> tuple[Recipient, ...]:
    """The recipients of a quarter, numbered (全部分发对象). Raises ``DispatchError`` with all that is wrong."""
    faults, found = list[str](), list[Recipient]()
    for number, entry in enumerate(roster.registry.recipients, start=1):
        category = _CATEGORIES[entry.category]
        if (entry.unit is None) is (entry.name is None):
            faults.append(f"第 {number} 项应当写明 unit 或者 name，二者取一")
        elif entry.unit is not None and entry.unit not in roster.unit_names:
            faults.append(f"{entry.unit} 在 {roster.quarter} 不在单位名录之中")
        elif entry.unit is not None:
            names = roster.unit_names[entry.unit]
            found.append(Recipient(number, entry.unit, names.short, names.full, category, entry.address, entry.unit))
        else:
            name = entry.name or ""
            found.append(Recipient(number, name, name, name, category, entry.address, None))
    faults += [f"“{item.name}”不能用作文件名" for item in found if not _FILE_NAME.fullmatch(item.name.strip())]
    for what in ("key", "name"):
        counted = Counter(getattr(item, what) for item in found)
        faults += [f"{name} 列了 {times} 次" for name, times in counted.items() if times > 1]
    problems(
        DispatchError("recipients", "recipients.toml 的分发对象有误", "请维护人员改正后再印发。"),
        [*dict.fromkeys(faults)],
    )
    return tuple(found)


def choose(known: Iterable[Recipient], names: Iterable[str]) -> tuple[Recipient, ...]:
    """The recipients of these names (指定分发对象). Raises ``DispatchError`` for unknown and repeated ones, all at once."""
    index = {name: item for item in known for name in (item.name, item.full_name, item.key)}
    found = [(name, index.get(name)) for name in names]
    faults = [f"没有分发对象“{name}”" for name, item in found if item is None]
    counted = Counter(item.name for _, item in found if item is not None)
    faults += [f"{name} 写了 {times} 次" for name, times in counted.items() if times > 1]
    problems(DispatchError("recipient_unknown", "抄送单位有误", "名称以 recipients.toml 的登记为准。"), faults)
    return tuple(item for _, item in found if item is not None)
