"""Our own notice, asked the same questions as any other (本通报的数字复核).

What lives here: facts and the printed text of the notice as figures of an audit. What must not: questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.bulletin.blocks import Notice, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.figures import Average, Change, Count, Points, Rate, Standing, Unit
from pipeline.review.audit import model
from pipeline.review.audit.answers import Answer
from pipeline.review.audit.questions import audit

_NUMBER = re.compile(r"\d+(\.\d+)?%?")
_UNIT = re.compile("个?百分点|分|%|个|条|家|项|")
_WORDS = re.compile("(提高|提升|上升|增加|增长|下降|降低|减少|)$")
_TABLES: dict[str, type] = {
    "count": model.Count,
    "rate": model.Rate,
    "average": model.Average,
    "change": model.Change,
    "sum": model.Sum,
}
# What makes up a whole: a figure of each platform, or of districts and departments, and the same figure of all.
_GROUPS = tuple(
    re.compile(rf"(?P<all>.+)\.{members}\.(?P<leaf>accounts|rate)")
    for members in (r"platforms\.\w+", "(?:districts|departments)")
)


def audit_facts(facts: BulletinFacts, notice: Notice, named: Callable[[str], str] = str) -> list[Answer]:
    """All answers about every number that the notice prints (本通报复核): its text against what the facts say.

    ``named`` gives the name under which a figure is told of, by its id; no two have one name.
    """
    return audit(_Adapter(facts, named).figures(notice))


class _Adapter:
    def __init__(self, facts: BulletinFacts, named: Callable[[str], str]) -> None:
        self._facts, self._named = facts, named
        self._figures = {figure.id: figure for figure in facts.figures()}
        self._exact = {key: item.numerator for key, item in facts.reckoned().items()}

    def figures(self, notice: Notice) -> model.Figures:
        """The printed numbers of a notice, each with what it is made of."""
        made: list[model.Entry | model.Sum] = []
        seen = Counter[str]()
        for before, span, after in _printed(notice):
            key = span.figure or ""
            seen[key] += 1
            name = f"{self._named(key)}（第{seen[key]}处）" if seen[key] > 1 else self._named(key)
            made += self._entries(name, key, _WORDS.search(before), span.text, _UNIT.match(after))
        tables = {table: tuple(entry for entry in made if type(entry) is kind) for table, kind in _TABLES.items()}
        sums, overall = self._groups(seen)
        changes = [figure for figure in self._figures.values() if isinstance(figure, Change)]
        exact = any(figure.value != figure.now - figure.before for figure in changes)
        return model.Figures.model_validate(
            tables
            | {
                "rounding": self._facts.policy.rounding,
                "changes": "exact" if exact else "printed",
                "sum": (*tables["sum"], *sums),
                "overall": tuple(overall),
            }
        )

    def _entries(
        self, name: str, key: str, words: re.Match[str] | None, text: str, unit: re.Match[str] | None
    ) -> Iterator[model.Entry | model.Sum]:
        figure = self._figures.get(key) or self._figures.get(key.removesuffix(".count"))
        printed = text + (unit[0] if unit else "")
        match figure:
            case Rate():
                yield model.Rate(name=name, printed=printed, part=str(figure.part), whole=str(figure.whole),
                                 decimals=figure.decimals)  # fmt: skip
            case Average():
                yield self._average(figure, name, printed)
            case Change():
                unit_of_levels = Unit.PERCENT if figure.unit is Unit.PERCENTAGE_POINTS else figure.unit
                yield model.Change(name=name, printed=(words[0] if words else "") + printed,
                                   now=f"{figure.now:f}{unit_of_levels}", before=f"{figure.before:f}{unit_of_levels}",
                                   decimals=len(f"{figure.value:f}".partition(".")[2]))  # fmt: skip
            case Count():
                yield model.Count(name=name, printed=printed, of=str(figure.of))
                yield model.Sum(total=name, parts=(str(figure.value),))
            case Standing() if key.endswith(".count"):
                yield model.Sum(total=text, parts=(str(len(figure.members)),))
            case Standing() | Points():
                yield model.Sum(total=printed, parts=(f"{self._exact[key]:f}",))
            case None if key in self._exact:
                base, bonus = (self._exact.get(f"{key.rpartition('.')[0]}.{part}") for part in ("base_score", "bonus"))
                made = (base, bonus) if key.endswith(".score") and base is not None else (self._exact[key],)
                yield model.Sum(total=text, parts=tuple(f"{part:f}" for part in made if part is not None))

    def _average(self, figure: Average, name: str, printed: str) -> model.Average:
        """An average score by the scores of its table where all are there, any other by its total."""
        section, _, leaf = figure.id.rpartition(".")
        pattern = re.compile(rf"{re.escape(section)}\.rows\.\w+\.score")
        scores = Counter(value for key, value in self._exact.items() if leaf == "average" and pattern.fullmatch(key))
        listed = scores.total() == figure.count
        full = self._figures.get(f"{section}.full_mark") if leaf == "average" else None
        return model.Average(
            name=name,
            printed=printed,
            units=str(figure.count),
            total=None if listed else figure.total,
            full_mark=full.value if isinstance(full, Points) else None,
            tops=tuple(model.Top(score=score, units=scores[score]) for score in sorted(scores, reverse=True) if listed),
            decimals=figure.decimals,
        )

    def _groups(self, printed: Counter[str]) -> tuple[list[model.Sum], list[model.Overall]]:
        """Parts of a whole, where the whole and all its parts are printed; a part of nothing need not be."""
        sums, overall = [], []
        for pattern in _GROUPS:
            parts: dict[str, list[str]] = {}
            for key, figure in self._figures.items():
                if (match := pattern.fullmatch(key)) and isinstance(figure, Rate | Count):
                    parts.setdefault(f"{match['all']}.{match['leaf']}", []).append(key)
            for total, keys in parts.items():
                cited = tuple(key for key in keys if printed[key])
                if not printed[total] or not cited or any(self._exact[key] for key in keys if key not in cited):
                    continue
                whole, own = self._named(total), tuple(map(self._named, cited))
                if isinstance(self._figures[total], Count):
                    sums.append(model.Sum(total=whole, parts=own))
                elif len(cited) == len(keys) > 1:
                    overall.append(model.Overall(total=whole, groups=own))
        return sums, overall


def _printed(notice: Notice) -> Iterator[tuple[str, Span, str]]:
    """Every printed number with its figure, the text before it and the text after it."""
    lines = [paragraph.spans for paragraph in notice.paragraphs]
    lines += [(span,) for annex in notice.annexes for row in annex.table.rows for span in row]
    for spans in lines:
        for at, span in enumerate(spans):
            if span.figure and _NUMBER.fullmatch(span.text):
                before, after = spans[at - 1 : at], spans[at + 1 : at + 2]
                yield "".join(item.text for item in before), span, "".join(item.text for item in after)
