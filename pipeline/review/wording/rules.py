"""Rules of wording and what they find in a text (用语规则).

What lives here: the form of a rule, its application to paragraphs. What must not: the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pipeline.errors import RegistryError
from pipeline.reference.registry import Roster, read_toml

_FILE = "wording.toml"
_AROUND = 12  # signs on either side that are shown
_LEAST = 4  # a shorter alias, 东城, is a word like any other
_SPACE = re.compile(r"\s+")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"不是正则表达式：{error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Rule(BaseModel):
    """A rule of wording (用语规则): a pattern, spellings that exclude each other, or names that are not official."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    pattern: Pattern = ""
    together: tuple[Pattern, ...] = ()
    names: bool = False
    outside: str = Field(default="", pattern="^(..)?$")
    message: str
    instead: str
    wrong: str
    right: str

    @model_validator(mode="after")
    def _of_one_kind(self) -> Rule:
        if sum(map(bool, (self.pattern, self.together, self.names))) != 1:
            raise ValueError("pattern、together、names 应当恰有一项")
        return self


class Remark(BaseModel):
    """A place where the wording should be looked at (用语提示)."""

    model_config = ConfigDict(frozen=True)

    rule: str
    name: str
    found: str
    around: str
    message: str
    instead: str


def load_rules(reference: Path) -> tuple[Rule, ...]:
    """The rules of the office (读取用语规则). Raises ``RegistryError`` that names the entry."""
    try:
        return TypeAdapter(tuple[Rule, ...]).validate_python(read_toml(reference / _FILE).get("rule", []))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RegistryError("wording_form", f"{_FILE} 的 {place}：{first['msg']}", "请核对该处。") from error


def check_wording(paragraphs: Iterable[str], rules: Sequence[Rule], roster: Roster) -> list[Remark]:
    """What the rules find in paragraphs (用语核查), rule by rule, in the order of the text."""
    texts = [_SPACE.sub("", paragraph) for paragraph in paragraphs]
    aliases, names = _aliases(roster), _names(roster)
    found: list[Remark] = []
    for rule in rules:
        if rule.names:
            found += [remark for text in texts for remark in _misnamed(rule, text, names, aliases)]
        elif rule.together:
            found += _mixed(rule, texts)
        else:
            found += [
                _remark(rule, text, match) for text in texts for match in re.finditer(rule.pattern, _seen(rule, text))
            ]
    return found


def _seen(rule: Rule, text: str) -> str:
    """The text that a rule looks at: what stands between its signs is blanked."""
    if not rule.outside:
        return text
    closing = rule.outside[1]
    return re.sub(f"{rule.outside[0]}[^{closing}]*{closing}", lambda match: "■" * len(match[0]), text)


def _mixed(rule: Rule, texts: Sequence[str]) -> Iterator[Remark]:
    """The first place of each spelling, where the text has more than one."""
    firsts = [
        next(((text, match) for text in texts if (match := re.search(pattern, text))), None)
        for pattern in rule.together
    ]
    present = [first for first in firsts if first is not None]
    if len(present) > 1:
        yield from (_remark(rule, text, match) for text, match in present[1:])


def _official(roster: Roster) -> set[str]:
    """Full and short names of units, and names of sites, in the quarter (规范名称)."""
    names = {name for names in roster.unit_names.values() for name in (names.full, names.short)}
    return names | {site.name for site in roster.sites}


def _aliases(roster: Roster) -> dict[str, str]:
    """Names that are not official in the quarter, and the official short name (非规范名称)."""
    official = _official(roster)
    return {
        alias: roster.unit_names[unit].short
        for alias, unit in roster.unit_index.items()
        if len(alias) >= _LEAST and alias not in official
    }


def _names(roster: Roster) -> re.Pattern[str]:
    """Official and other names of units and sites, the longest first, so that no name is found inside a longer one."""
    known = {*_official(roster), *_aliases(roster)}
    return re.compile("|".join(map(re.escape, sorted(known, key=lambda name: (-len(name), name)))) or "(?!)")


def _misnamed(rule: Rule, text: str, names: re.Pattern[str], aliases: dict[str, str]) -> Iterator[Remark]:
    for match in names.finditer(text):
        if match[0] in aliases:
            yield _remark(rule, text, match, f"“{match[0]}”{rule.message}", aliases[match[0]])


def _remark(rule: Rule, text: str, match: re.Match[str], message: str = "", instead: str = "") -> Remark:
    around = text[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
    found = text[match.start() : match.end()]
    return Remark(
        rule=rule.id, name=rule.name, found=found, around=around, message=message or rule.message,
        instead=instead or rule.instead,
    )  # fmt: skip
