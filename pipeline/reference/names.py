"""Matching of names: exact after normalisation, never by guess (名称匹配).

What lives here: normalisation and the nearest known names for a message. What must not: fuzzy acceptance.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from pipeline.errors import RegistryError

_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Fold width and drop white space, so that 全角 and 半角 spellings of one name are equal (名称规范化).

    >>> normalise("ＡＰＰ　（安卓）")
    'APP(安卓)'
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def name_index(file: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Index of normalised names to ids (名称索引). A name that means two ids raises ``RegistryError``."""
    index: dict[str, str] = {}
    for name, identity in pairs:
        key = normalise(name)
        if index.setdefault(key, identity) != identity:
            raise RegistryError("registry_ambiguous", f"{file} 中“{name}”同时指向 {index[key]} 和 {identity}。")
    return index


def nearest(text: str, known: Iterable[str] | Mapping[str, str], count: int = 3) -> str:
    """The nearest known names, joined for a message (相近名称); 无 when nothing is near."""
    found = difflib.get_close_matches(normalise(text), list(known), n=count, cutoff=0.4)
    return "、".join(found) or "无"
