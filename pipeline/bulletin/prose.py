"""Facts to blocks through the templates (成文).

What lives here: the Jinja environment (strict, sandboxed), the words templates may use, and the parser of outlines.
What must not: figures typed as text, files other than templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from pipeline.bulletin.annexes import annexes_of
from pipeline.bulletin.blocks import Notice, Paragraph, Role, Span
from pipeline.bulletin.facts import BulletinFacts, Choice, Practice
from pipeline.bulletin.figures import Count, Rate, Standing
from pipeline.bulletin.phrasing import Printer, lead, marked, one_line, several, spans
from pipeline.bulletin.references import References
from pipeline.bulletin.statements import form_of, sampled, subject_of
from pipeline.bulletin.statements.common import direction, how_many
from pipeline.errors import TemplateError as WordingError

_ORDINALS = "一二三四五六七八九"
_WORD_END = "｜"
T = TypeVar("T", bound=tuple[object, ...])
_PRACTICE_SECTIONS = {
    "paragraphs": ("district_sites", "department_sites", "new_media"),
    "departments_first": ("department_sites", "district_sites", "new_media"),
}


Said = Callable[[Choice, str], str]


def _as_is(_: Choice, words: str) -> str:
    return words


def write_notice(facts: BulletinFacts, templates: Path, said: Said = _as_is) -> Notice:
    """The whole notice as blocks (通报全文); a draft passes every statement's words through ``said``.

    Raises ``TemplateError`` that names the template where the wording asks for something that the facts lack.
    """
    annexes = tuple(annexes_of(one_line(facts))) if facts.choice("attachments").enabled else ()
    titles = tuple(f"{annex.number}.{annex.title}" for annex in annexes)
    return Notice(
        tuple(parse_outline(_worded(facts, templates, lambda wording: wording.outline(titles), said))), annexes
    )


def write_summary(facts: BulletinFacts, templates: Path) -> str:
    """The notice in some 300 characters, for the office's web page (摘要). Raises ``TemplateError``."""
    return "".join(span.text for span in spans(_worded(facts, templates, Wording.summary)))


def _worded(facts: BulletinFacts, templates: Path, render: Callable[[Wording], str], said: Said = _as_is) -> str:
    try:
        return render(Wording(one_line(facts), templates, said))
    except (TemplateError, UndefinedError, ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise WordingError(
            "wording", f"通报模板 {facts.outline} 无法成文：{error}", "请维护人员核对 templates/。"
        ) from error


class _Compiled(BytecodeCache):
    """Templates compiled by this process, by name and content (已编译的模板): compiling takes longer than writing."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def environment(templates: Path) -> SandboxedEnvironment:
    """Templates at work (模板环境): what is missing is an error, nothing runs that they do not need."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(templates),
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Wording:
    """The templates at work on the facts of one notice (措辞)."""

    def __init__(self, facts: BulletinFacts, templates: Path, said: Said = _as_is) -> None:
        self._facts, self._said = facts, said
        self._env = environment(templates)
        printer = Printer(facts.policy)
        references = References(facts)
        self._filled: Callable[[str], str] = lambda text: references.filled(text, printer.number)
        self._env.filters |= {
            "number": printer.number,
            "names": printer.names,
            "named": printer.named,
            "how_many": how_many,
            "direction": direction,
            "several": several,
            "all_names": lambda figure: marked(f"{figure.id}.names", "、".join(figure.members)),
            "top_names": self._top_names,
            "leaves_out": self._leaves_out,
            "full": lambda rate: printer.text(Rate("full", 1, 1, rate.decimals)),
        }
        self._env.globals |= {"facts": facts, "brief": facts.brief, "lead": lead, "ordinal": ordinal, "parts": _parts}
        self._env.globals |= {"section": self.section, "sentence": self.sentence}
        self._env.globals |= {"practices": self.practices, "practice_parts": self.practice_parts}
        chapters = iter(_ORDINALS)
        self._env.globals |= {"chapter": lambda: next(chapters)}  # of the headings that are printed
        self._env.globals |= {"problem_parts": self.problem_parts, "requirement_parts": self.requirement_parts}
        self._env.globals |= {"alone": self.alone}
        names = self._env.list_templates(filter_func=lambda name: name.startswith("statements/"))
        modules = [vars(self._env.get_template(name).module) for name in names]
        self._macros = {name: macro for module in modules for name, macro in module.items()}

    def outline(self, annexes: tuple[str, ...]) -> str:
        """The whole outline as marked text (通报正文)."""
        return self._env.get_template(f"notice/{self._facts.outline}.txt.j2").render(annexes=annexes)

    def say(self, choice: Choice) -> str:
        """A statement's words, or nothing where it may not be said or is switched off (语句)."""
        form = form_of(choice, self._facts)
        if form is None:
            return self._said(choice, "")
        it, words = subject_of(choice, self._facts), self._words(choice)
        return self._said(choice, str(self._macros[choice.form](it, form, choice, words)))

    def _words(self, choice: Choice) -> dict[str, str]:
        """What a statement calls its subject (称谓): of a sample, words that speak of the inspected sites alone."""
        words, name = self._facts.brief.words, choice.subject
        return words.get(name, {}) | (words.get(f"{name}.sampled", {}) if sampled(choice, self._facts) else {})

    def section(self, name: str) -> str:
        """The statements of a section in their order, as sentences (一部分的语句); nothing if none is said.

        One that joins continues the sentence before it, with a comma.
        """
        text = ""
        for choice in self._facts.brief.statements:
            words = self.say(choice) if choice.section == name else ""
            if words:
                text += ("，" if choice.joins else "。") * bool(text) + words
        return text + "。" * bool(text)

    def practices(self, section: str) -> str:
        """The practices of a section that follow its figures, each beginning with its unit or account (随文的做法)."""
        brief = self._facts.brief
        return self._told(
            item for item in brief.practices if item.section == section and brief.practice_order == "inline"
        )

    def practice_parts(self) -> list[tuple[str, str]]:
        """The practices in paragraphs of their own, with titles (单列的做法): by part, or by topic as first named."""
        brief = self._facts.brief
        if brief.practice_order == "topics":
            topics = dict.fromkeys(item.topic for item in brief.practices)
            return _parts(
                *((topic, self._told(item for item in brief.practices if item.topic == topic)) for topic in topics)
            )
        sections = _PRACTICE_SECTIONS.get(brief.practice_order, ())
        return _parts(
            *((brief.words[name]["practices"], self._told(each for each in brief.practices if each.section == name))
              for name in sections)
        )  # fmt: skip

    def _told(self, practices: Iterable[Practice]) -> str:
        return "".join(f"{item.subject}{self._filled(item.content)}" for item in practices)

    def alone(self, told: str | list[tuple[str, str]]) -> str:
        """The text of a part that has no subparts, or one alone whose title is no topic; nothing of any other (独段)."""
        if isinstance(told, str):
            return told
        return told[0][1] if len(told) == 1 and self._facts.brief.practice_order != "topics" else ""

    def problem_parts(self) -> list[tuple[str, str]]:
        """The problems with their titles, each followed by the units it concerns where they are to be told of (问题)."""
        choice = self._facts.choice("problem_units")
        form = form_of(choice, self._facts)

        def concerned(units: Count) -> str:
            return f"{self._macros[choice.form](units, form, choice, {})}。" if form and units.value else ""

        told = self._editorial("problems")
        units = self._facts.problems.concerned if told else ()
        return [(title, text + concerned(count)) for (title, text), count in zip(told, units, strict=True)]

    def requirement_parts(self) -> list[tuple[str, str]]:
        """The requirements with their titles (工作要求)."""
        return self._editorial("requirements")

    def _editorial(self, name: str) -> list[tuple[str, str]]:
        """The paragraphs of problems or of requirements, none where the notice leaves them out (编辑段落)."""
        if not self._facts.choice(name).enabled:
            return []
        return [(passage.title, self._filled(passage.content)) for passage in getattr(self._facts.brief, name)]

    def summary(self) -> str:
        """The notice in brief, as marked text (摘要)."""
        return self._env.get_template("summary.txt.j2").render()

    def sentence(self, *statements: str) -> str:
        """Statements by id as one sentence, wherever their sections stand; nothing if none is said (选用的语句)."""
        said = [words for words in map(self.say, map(self._facts.choice, statements)) if words]
        return "，".join(said) + "。" * bool(said)

    @staticmethod
    def _top(figure: Count | Standing, choice: Choice) -> tuple[str, ...]:
        """The first names of a list, or all (主要类型)."""
        return figure.members if choice.list_form == "all" else figure.members[: choice.list_count]

    def _top_names(self, figure: Count | Standing, choice: Choice) -> str:
        """These names, closed by 等 where the list goes on; never a count."""
        names = marked(f"{figure.id}.names", "、".join(self._top(figure, choice)))
        return names + "等" * self._leaves_out(figure, choice)

    def _leaves_out(self, figure: Count | Standing, choice: Choice) -> bool:
        """Whether names are left out: only then are those told of the main ones (主要)."""
        return len(self._top(figure, choice)) < len(figure.members)


def _parts(*titled: T) -> list[T]:
    """The titled parts that hold something, so that no heading is bare and numbering has no gaps (有内容的部分)."""
    return [part for part in titled if any(part[1:])]


def ordinal(number: int) -> str:
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
