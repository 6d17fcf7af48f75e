"""What changed since the last good run of a quarter (与上次运行的差异): figures, names, sentences, and which inputs did it.

What lives here: comparing two runs by their ledgers, texts and manifests, and saying it in Markdown. What must not: reading
figures anew; nothing in an output depends on a difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.bulletin.catalogue import name_of_list
from pipeline.errors import RunError
from pipeline.output import Changes, compare, read_manifest
from pipeline.review.ledger.book import Ledger

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_PARTS = {"inputs": "原始表", "reference": "登记数据", "templates": "模板"}
_SINGLE = {"code": "程序", "rule_book": "检查指标", "rounding": "修约方式"}
_WORDS = {"missing": "减少", "extra": "增加", "changed": "有改动"}
_NOTHING = "（无）"


@dataclass(frozen=True)
class Run:
    """What is compared of a run (一次运行): its ledger, the text of its notice, and what the manifest says it follows from."""

    ledger: Ledger
    text: str
    origin: Mapping[str, object]


@dataclass(frozen=True)
class Moved:
    """A figure or list of names that is printed otherwise (变动的数字、名单); nothing printed is an empty text.

    ``inputs`` are the files behind it that are not what they were.
    """

    figure: str
    name: str
    before: str
    after: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What changed between two runs (差异)."""

    moved: tuple[Moved, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    causes: tuple[str, ...]


def last_run(folder: Path) -> Run | None:
    """What an output folder holds of a run (上次运行); nothing where there is none, or another version wrote it."""
    try:
        ledger = Ledger.from_json((folder / "machine" / "figures.json").read_bytes())
        return Run(ledger, (folder / "machine" / "bulletin.txt").read_text("utf-8"), read_manifest(folder))
    except (OSError, ValueError, RunError):
        return None


def differ(before: Run, after: Run) -> Difference:
    """Everything that changed between two runs (比较两次运行)."""
    old, new = _sentences(before.text), _sentences(after.text)
    return Difference(
        moved=tuple(_moved(before, after)),
        removed=tuple((old - new).elements()),
        added=tuple((new - old).elements()),
        causes=tuple(_causes(before.origin, after.origin)),
    )


def _moved(before: Run, after: Run) -> Iterator[Moved]:
    ledgers = before.ledger, after.ledger
    old, new = map(_printed, ledgers)
    names = {made.id: made.name for ledger in ledgers for made in ledger.figures.values()}
    of = {entry.figure: entry.of for ledger in ledgers for entry in ledger.entries}
    changes = _compared("inputs", before.origin, after.origin)
    touched = {*changes.missing, *changes.extra, *changes.changed}
    for figure in {**new, **old}:
        if old.get(figure) != new.get(figure):
            own = (ledger.figures[of[figure]] for ledger in ledgers if of[figure] in ledger.figures)
            files = touched & {source.file for made in own for source in made.sources}
            name = name_of_list(figure, names[of[figure]])
            yield Moved(figure, name, old.get(figure, ""), new.get(figure, ""), tuple(sorted(files)))


def _printed(ledger: Ledger) -> dict[str, str]:
    return {entry.figure: entry.printed for entry in ledger.entries}


def _sentences(text: str) -> Counter[str]:
    return Counter(match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip())


def _causes(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for part, word in _PARTS.items():
        yield from (f"{word}{text}" for text in _told(_compared(part, before, after)))
    yield from (f"{word}有改动" for part, word in _SINGLE.items() if before.get(part) != after.get(part))


def _compared(part: str, before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    """What changed in one part of the files that the two runs follow from."""
    told, found = before.get(part), after.get(part)
    return compare(told, found) if isinstance(told, dict) and isinstance(found, dict) else Changes()


def _told(changes: Changes) -> Iterator[str]:
    for kind, word in _WORDS.items():
        yield from (f"{word}：{name}" for name in getattr(changes, kind))


def to_markdown(quarter: str, difference: Difference | None) -> str:
    """The difference as `diff.md` (差异说明); ``None`` is the first run."""
    return "\n".join((f"# {quarter} 与上次成功运行的差异", "", *told(difference))) + "\n"


def told(difference: Difference | None) -> Iterator[str]:
    """The difference as lines of Markdown (差异说明)."""
    if difference is None:
        yield "这是第一次成功运行，没有可以比较的结果。"
        return
    yield from _section("变动的数字和名单", (_line(item) for item in difference.moved))
    yield from _section("不再出现的句子", difference.removed)
    yield from _section("新出现的句子", difference.added)
    yield from _section("变动的原因", difference.causes)


def _line(item: Moved) -> str:
    cause = f"（来源有变动：{'、'.join(item.inputs)}）" if item.inputs else ""
    return f"{item.name}：{item.before or _NOTHING} → {item.after or _NOTHING}{cause}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from (f"## {title}（{len(listed)}）", "")
    yield from (f"- {line}" for line in listed or ("没有",))
    yield ""
