"""The facts files of earlier quarters, as they were delivered (前期数据).

What lives here: reading `前期/`, and judging whether a file can be used. What must not: what a notice takes from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import polars as pl

from pipeline.bulletin.facts import BulletinFacts
from pipeline.contracts.contract import frame
from pipeline.errors import Finding, Where
from pipeline.findings import finding, is_hidden, visible
from pipeline.ingest.folder import EARLIER_FOLDER, survey
from pipeline.ingest.unreadable import MAX_EARLIER
from pipeline.steps.context import Context

_VAST, _FINEST = 10**12, 12  # no number of a quarter is larger, or has more decimals
_EARLIER = re.compile(r"^\d{4}Q[1-4]\.facts\.json$", re.ASCII)
_STRAY_EARLIER = re.compile(rf"^{EARLIER_FOLDER}/(?!\d{{4}}Q[1-4]\.facts\.json$)[^.~].*", re.ASCII)


def earlier_frame(context: Context) -> pl.DataFrame:
    """The facts files that lie in the folder (前期数据), without the text of those that cannot be used."""
    rows = (
        {
            "quarter": context.quarter,
            "earlier": path.name.partition(".")[0],
            "file": f"{EARLIER_FOLDER}/{path.name}",
            "content": _usable_text(path) or " ",
        }
        for path in survey(context.raw, declared=False).earlier
        if _EARLIER.match(path.name)
    )
    return frame("raw/earlier", rows)


def earlier_texts(context: Context) -> Iterator[bytes]:
    """The facts files that were read, as bytes (前期数据原文)."""
    return (text.encode() for text in context.table("raw/earlier")["content"])


def earlier_findings(context: Context) -> Iterator[Finding]:
    """Facts files of earlier quarters that cannot be used (I509)."""
    for name in context.table("raw/file").filter(pl.col("layouts") == "不读取")["file"]:
        if _STRAY_EARLIER.match(name):
            yield finding("I509", Where(name), name, detail="文件名应为 2021Q2.facts.json 的形式")
    for row in context.table("raw/earlier").iter_rows(named=True):
        try:
            quarter = BulletinFacts.from_json(row["content"].encode()).quarter
        except ValueError:
            detail = "不是完整的通报数据文件，或者其中有不合理的数字"
            yield finding("I509", Where(row["file"]), row["file"], detail=detail)
            continue
        if quarter != row["earlier"]:
            yield finding("I509", Where(row["file"]), row["file"], detail=f"文件内容是 {visible(quarter)} 的数据")


def _usable_text(path: Path) -> str:
    """The text of a facts file, nothing of one that is too large or holds what no facts can hold."""
    with path.open("rb") as stream:
        data = stream.read(MAX_EARLIER + 1)
    text = data.decode("utf-8-sig", errors="replace") if len(data) <= MAX_EARLIER else ""
    try:
        return text if _is_plausible(BulletinFacts.from_json(text.encode())) else ""
    except ValueError:
        return ""


def _is_plausible(facts: BulletinFacts) -> bool:
    """Whether every number is one that a quarter can have, and every name can be shown: `facts.json` is not ours alone."""
    return all(
        -_VAST < item.numerator < _VAST
        and -_VAST < item.denominator < _VAST
        and Decimal(item.numerator).as_tuple().exponent in range(-_FINEST, _FINEST)
        and not any(is_hidden(char) for member in item.members for char in member)
        for item in facts.reckoned().values()
    )
