"""Facts to blocks through the templates (成文).

What lives here: the Jinja environment (strict, sandboxed), the words templates may use, and the parser of outlines.
What must not: figures typed as text, files other than templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from pipeline.bulletin.annexes import score_annexes
from pipeline.bulletin.blocks import Notice, Paragraph, Role, Span
from pipeline.bulletin.facts import BulletinFacts, Choice, Count, Rate, Standing
from pipeline.bulletin.phrasing import Printer, lead, marked, one_line, spans
from pipeline.bulletin.statements import form_of
from pipeline.errors import TemplateError as WordingError

_ORDINALS = "一二三四五六七八九"
_WORD_END = "｜"
_ALL = Choice(enabled=True, list_form="all", list_count=1, groups=1, decimals=None)


def write_notice(facts: BulletinFacts, templates: Path) -> Notice:
    """The whole notice as blocks (通报全文).

    Raises ``TemplateError`` that names the template where the wording asks for something that the facts lack.
    """
    facts = one_line(facts)
    annexes = tuple(score_annexes(facts))
    try:
        text = Wording(facts, templates).outline(tuple(f"{annex.number}.{annex.title}" for annex in annexes))
    except (TemplateError, UndefinedError, ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise WordingError(
            "wording", f"通报模板 {facts.outline} 无法成文：{error}", "请维护人员核对 templates/。"
        ) from error
    return Notice(tuple(parse_outline(text)), annexes)


class Wording:
    """The templates at work on the facts of one notice (措辞)."""

    def __init__(self, facts: BulletinFacts, templates: Path) -> None:
        self._facts = facts
        self._env = SandboxedEnvironment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        printer = Printer(facts.policy)
        self._env.filters |= {
            "number": printer.number,
            "share": lambda rate, choice: marked(rate.id, printer.percent(rate, choice.decimals)),
            "names": printer.names,
            "all_names": lambda figure: printer.names(figure, _ALL, ""),
            "top_names": self._top_names,
        }
        self._env.globals |= {"facts": facts, "brief": facts.brief, "lead": lead, "ordinal": _ordinal}
        self._env.globals |= {"sentence": self.sentence, "practices": self.practices}
        self._env.globals["full_rate"] = printer.percent(Rate("full_rate", 1, 1), None)
        self._macros = self._env.get_template("statements.txt.j2").module

    def outline(self, annexes: tuple[str, ...]) -> str:
        """The whole outline as marked text (通报正文)."""
        return self._env.get_template(f"notice/{self._facts.outline}.txt.j2").render(annexes=annexes)

    def say(self, statement: str) -> str:
        """A statement's words, or nothing where it may not be said or is switched off (语句)."""
        form = form_of(statement, self._facts)
        return str(getattr(self._macros, statement)(form, self._facts.brief.choices[statement])) if form else ""

    def sentence(self, *statements: str) -> str:
        """Statements as one sentence: joined by commas, closed by a full stop; nothing if none is said."""
        said = [words for words in map(self.say, statements) if words]
        return "，".join(said) + "。" if said else ""

    def practices(self, section: str) -> str:
        """The practices of a section, each a sentence that begins with its unit or account (典型做法)."""
        chosen = (item for item in self._facts.brief.practices if item.section == section)
        return "".join(f"{item.subject}{item.content}" for item in chosen)

    @staticmethod
    def _top_names(figure: Count | Standing, choice: Choice) -> str:
        """The first names of a list, or all, closed by 等 where it goes on; never a count (主要类型)."""
        shown = figure.members if choice.list_form == "all" else figure.members[: choice.list_count]
        return marked(f"{figure.id}.names", "、".join(shown)) + ("等" if len(shown) < len(figure.members) else "")


def _ordinal(number: int) -> str:
    """（一）, （二） …, up to （九十九）(层次序数)."""
    tens, ones = divmod(number, 10)
    text = (_ORDINALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_ORDINALS[ones - 1] if ones else "")
    return f"（{text}）"


def _paragraph(role: Role, text: str) -> Paragraph:
    """A paragraph of marked text; the words of a title are spans of their own, so that lines break between them."""
    if role is Role.TITLE:
        return Paragraph(role, tuple(Span(word) for word in text.split(_WORD_END)))
    return Paragraph(role, tuple(spans(text)))


def parse_outline(text: str) -> Iterator[Paragraph]:
    """An outline's text as paragraphs: ``@role`` begins one, further lines belong to it (解析)."""
    role, lines = None, list[str]()
    for line in [*text.split("\n"), "@"]:
        if line.startswith("@"):
            if role is not None and any(lines):
                yield _paragraph(Role(role), "".join(lines))
            role, _, first = line[1:].partition(" ")
            lines = [first.strip()]
        else:
            lines.append(line.strip())
