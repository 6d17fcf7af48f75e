"""Templates hold wording only: every path exists, nothing is computed, no figure is typed (模板)."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes

from pipeline.bulletin.blocks import Notice, Role
from pipeline.bulletin.facts import Brief, BulletinFacts, Choice, Passage, Practice
from pipeline.bulletin.prose import parse_outline, write_notice
from pipeline.errors import TemplateError
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT
from tests.bulletin.conftest import TEMPLATES

OTHERS = {"feedback.txt.j2", "submission.txt.j2"}  # not of the notice
FILES = [path for path in sorted(TEMPLATES.rglob("*.txt.j2")) if path.name not in OTHERS]
FILTERS = {
    "number",
    "names",
    "named",
    "how_many",
    "direction",
    "all_names",
    "top_names",
    "leaves_out",
    "full",
    "several",
    "last",
}
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)
LOOP = {"index": int, "last": bool}
WORDS = dict[str, str]
GLOBALS = {"facts": BulletinFacts, "brief": Brief, "annexes": tuple[str, ...], "form": str, "choice": Choice}
GLOBALS |= {"words": WORDS}
STATEMENTS = load_registry(CODE_ROOT / "data" / "reference").statements
KNOWN_WORDS = {word for words in load_registry(CODE_ROOT / "data" / "reference").words.values() for word in words}


def parse(path: Path) -> nodes.Template:
    return Environment(autoescape=False).parse(path.read_text("utf-8"))


# ---- paths --------------------------------------------------------------------------------------------------------


def _attribute(owner: object, name: str, place: str) -> object:
    """The type of an attribute; of an optional thing, that of the thing."""
    if owner == WORDS:
        assert name in KNOWN_WORDS, f"{place}: no words {name}"
        return str
    options = typing.get_args(owner) if isinstance(owner, types.UnionType) else (owner,)
    for option in options:
        if isinstance(option, type) and is_dataclass(option):
            hints = typing.get_type_hints(option)
            assert name in hints, f"{place}: {option.__name__} has no {name}"
            return hints[name]
    raise AssertionError(f"{place}: .{name} of {owner}")


def _element(owner: object, place: str) -> object:
    if owner == dict[str, WORDS]:
        return WORDS
    assert typing.get_origin(owner) is tuple, f"{place}: {owner} has no elements"
    return typing.get_args(owner)[0]


def subject_type(path: str) -> object:
    """The type of the part of the facts that a statement speaks of."""
    kind: object = BulletinFacts
    for name in path.split(".") if path else ():
        kind = _attribute(kind, name, path)
    return kind


@dataclass
class Typed:
    """Types of the names of a template; walking it checks every attribute path."""

    path: Path
    seen: set[str] = field(default_factory=set)

    def check(self) -> None:
        tree = parse(self.path)
        for macro in tree.find_all(nodes.Macro):
            for subject in {item.subject for item in STATEMENTS if item.form == macro.name}:
                self.walk(macro.body, dict(GLOBALS) | {"it": subject_type(subject)})
        self.walk([node for node in tree.body if not isinstance(node, nodes.Macro)], dict(GLOBALS))

    def walk(self, body: list[nodes.Node], env: dict[str, object]) -> None:
        for node in body:
            if isinstance(node, nodes.Macro):
                continue
            if isinstance(node, nodes.Assign):
                targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
                kind = self.type_of(node.node, env)
                env |= {target.name: kind for target in targets if isinstance(target, nodes.Name)}
            elif isinstance(node, nodes.For):
                inner = env | {"loop": "loop"}
                each = self.type_of(node.iter, env)
                if isinstance(node.target, nodes.Name):
                    inner[node.target.name] = _element(each, str(node.lineno))
                self.walk([*([node.test] if node.test else []), *node.body, *node.else_], inner)
            elif isinstance(node, nodes.Expr):
                self.type_of(node, env)
            else:
                self.walk(list(node.iter_child_nodes()), env)

    def type_of(self, node: nodes.Node, env: dict[str, object]) -> object:
        place = f"{self.path.name}:{node.lineno}"
        if isinstance(node, nodes.Name):
            return env.get(node.name, str)
        if isinstance(node, nodes.Getattr):
            owner = self.type_of(node.node, env)
            self.seen.add(node.attr)
            return LOOP[node.attr] if owner == "loop" else _attribute(owner, node.attr, place)
        if isinstance(node, nodes.Getitem):
            owner = self.type_of(node.node, env)
            if not isinstance(node.arg, nodes.Slice):
                return _element(owner, place)
            for bound in node.arg.iter_child_nodes():
                self.type_of(bound, env)
            return owner
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.type_of(child, env)
        return str


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_path_exists(path: Path) -> None:
    typed = Typed(path)
    typed.check()
    used = {node.attr for node in parse(path).find_all(nodes.Getattr)}
    assert used == typed.seen  # nothing was passed over


def test_a_wrong_path_is_seen(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "{{ facts.district_sites.averag | number }}",
            "{% set s = facts.district_sites.standings %}{{ s[0].names }}",
            "{% for p in facts.new_media.platforms if p.rat %}{% endfor %}",
            "{% macro average(it, form, choice, words) %}{{ it.mean }}{% endmacro %}",
            "{% macro average(it, form, choice, words) %}{{ words.nothing }}{% endmacro %}",
            "{{ brief.quarter_label.year }}",
        )
    ):
        path = tmp_path / f"{number}.j2"
        path.write_text(text, "utf-8")
        with pytest.raises(AssertionError):
            Typed(path).check()


# ---- nothing computed, nothing typed ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_computed(path: Path) -> None:
    tree = parse(path)
    assert [node.lineno for node in tree.find_all(ARITHMETIC)] == []
    assert {node.name for node in tree.find_all(nodes.Filter)} <= FILTERS
    for compare in tree.find_all(nodes.Compare):
        assert {operand.op for operand in compare.ops} <= {"eq", "in"}
        assert not [const for const in compare.find_all(nodes.Const) if not isinstance(const.value, str)]


def _typed_text(tree: nodes.Template) -> Iterator[str]:
    """All text of a template, the numbers at the start of level-3 leads (1. 2.) left out."""
    leads = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "lead"]
    ordinals = {id(call.args[1]) for call in leads if call.args[0].as_const() == 3}
    for data in tree.find_all(nodes.TemplateData):
        yield data.data
    files = {id(const) for include in tree.find_all(nodes.Include) for const in include.find_all(nodes.Const)}
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in files:
            yield re.sub(r"^\d\.", "", const.value) if id(const) in ordinals else const.value


def _numbers(tree: nodes.Template) -> Iterator[object]:
    """Numbers of expressions, but the level of a lead and the bounds of a slice."""
    leads = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "lead"]
    places = [id(call.args[0]) for call in leads]
    places += [id(const) for item in tree.find_all(nodes.Getitem) for const in item.arg.find_all(nodes.Const)]
    places += [id(item.arg) for item in tree.find_all(nodes.Getitem)]
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, int | float) and not isinstance(const.value, bool) and id(const) not in places:
            yield const.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_figure_is_typed(path: Path) -> None:
    tree = parse(path)
    assert [text for text in _typed_text(tree) if re.search(r"\d|[０-９%％]", text)] == []
    assert list(_numbers(tree)) == []


def test_a_typed_figure_is_seen() -> None:
    seen = Environment(autoescape=False).parse('{{ lead(2, "1.一") }}{{ x if y == 3 }}{{ "99" }}达到１００')
    assert [text for text in _typed_text(seen) if re.search(r"\d|[０-９%％]", text)] == ["达到１００", "1.一", "99"]
    assert list(_numbers(seen)) == [3]


# ---- what people write is text ------------------------------------------------------------------------------------

HOSTILE = (
    "{{ x }}", "{{ facts.quarter }}{% for %}{#", "@title 假标题", "一\n@title 假标题", "一\r\n@heading 二", "一\u2028@body 二",
    "一\u2029@body 二", "一\x85@date 二", "一\x0b@date 二", "<w:p><w:r/></w:p>", "&amp; < > \"'", "\ue000id\ue00199\ue002",
    "\ue0032假标题\ue004", "甲\t乙", "  \n ",
)  # fmt: skip
MARKS = re.compile(r"[\ue000-\ue004]")


def _roles(notice: Notice) -> list[Role]:
    return [paragraph.role for paragraph in notice.paragraphs]


def _visible(text: str) -> str:
    return re.sub(r"[\s\ue000-\ue004]", "", text)


def _hostile(brief: Brief, text: str) -> Brief:
    words = (
        "addressees",
        "document_number",
        "basis",
        "consent",
        "accounts_as_of",
        "reports_from_note",
        "reports_until",
    )
    written: dict[str, Any] = dict.fromkeys((*words, "closing", "date", "issuer", "quarter_label"), f"前{text}后")
    return replace(
        brief,
        **written,
        practices=(Practice("district_sites", "", f"前{text}后", f"前{text}后。"),),
        problems=(Passage(f"前{text}后", f"前{text}后。"),),
        requirements=(Passage(f"前{text}后", f"{text}后。"),),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_plain_text_in_one_paragraph(text: str, facts: BulletinFacts) -> None:
    facts = replace(facts, problems=replace(facts.problems, concerned=facts.problems.concerned[:1]))
    calm = write_notice(replace(facts, brief=_hostile(facts.brief, "甲")), TEMPLATES)
    notice = write_notice(replace(facts, brief=_hostile(facts.brief, text)), TEMPLATES)
    assert _roles(notice) == _roles(calm)
    assert [[(s.figure, s.face) for s in p.spans] for p in notice.paragraphs] == [
        [(s.figure, s.face) for s in p.spans] for p in calm.paragraphs
    ]
    for ours, theirs in zip(notice.paragraphs, calm.paragraphs, strict=True):
        wanted = theirs.text.replace("前甲后", f"前{text}后").replace("甲后。", f"{text}后。")
        assert _visible(ours.text) == _visible(wanted)
        assert len(ours.text.splitlines()) == 1
        assert not MARKS.search(ours.text)


def test_a_role_that_no_document_has_is_a_fault_of_the_template() -> None:
    with pytest.raises(ValueError, match="shout"):
        list(parse_outline("@shout 一"))


@pytest.mark.parametrize(
    "text",
    ["{{ facts.nothing }}", "{{ nothing }}", "{{ section() }}", "{% if %}", "{{ facts.__class__.mro() }}"],
)
def test_a_template_that_asks_for_what_is_not_there_is_named(text: str, facts: BulletinFacts, tmp_path: Path) -> None:
    (tmp_path / "notice").mkdir()
    (tmp_path / "notice" / "2019.txt.j2").write_text(f"@body {text}", "utf-8")
    with pytest.raises(TemplateError, match="2019"):
        write_notice(facts, tmp_path)


def test_an_outline_in_paragraphs() -> None:
    parsed = list(parse_outline("\n@title 甲｜乙\n@body 一，\n  二。\n\n@date \n@heading 三\n"))
    assert [(paragraph.role, [span.text for span in paragraph.spans]) for paragraph in parsed] == [
        (Role.TITLE, ["甲", "乙"]),
        (Role.BODY, ["一，二。"]),
        (Role.HEADING, ["三"]),
    ]
