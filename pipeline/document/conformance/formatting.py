"""Effective formatting: what a reader sees, whichever of many places says it (有效格式).

What lives here: document defaults, style chains, numbering, direct formatting, theme fonts, merged in the order of
Word. What must not: judging. Not followed: conditional formatting of table styles (首行 and the like).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from pipeline.document.xml import Element, W

Props = dict[str, Any]
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_DEPTH = 30  # of a style chain; longer ones are circles
_HUNDRED = 100
_SCRIPTS = {"zh-CN": "Hans", "zh-SG": "Hans", "zh-TW": "Hant", "zh-HK": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
# attributes of w:ind: the name here, names there; later editions say start and end
_INDENTS = {
    "left": ("left", "start"), "right": ("right", "end"), "first": ("firstLine",), "hanging": ("hanging",),
    "left_chars": ("leftChars", "startChars"), "right_chars": ("rightChars", "endChars"),
    "first_chars": ("firstLineChars",), "hanging_chars": ("hangingChars",),
}  # fmt: skip
_SPACINGS = {
    "before": "before", "after": "after", "before_lines": "beforeLines", "after_lines": "afterLines",
}  # fmt: skip
_ALIGNMENTS = {"start": "left", "end": "right", "distribute": "both"}


@dataclass(frozen=True)
class Letters:
    """Effective formatting of a run (字符格式). Distances are twips."""

    east: str  # the font of Chinese characters
    latin: str
    half_points: int
    color: str  # "" is automatic
    spacing: int
    hidden: bool


@dataclass(frozen=True)
class Layout:
    """Effective formatting of a paragraph (段落格式). Distances are twips."""

    align: str
    left: int
    right: int
    first: int  # of the first line, from ``left``; negative where it hangs
    before: int
    after: int
    line: int
    rule: str  # auto, exact or atLeast
    new_page: bool
    edges: tuple[Edge, ...]
    right_tabs: tuple[int, ...]


@dataclass(frozen=True)
class Edge:
    """A line beside a paragraph or around a table (边线): its side, kind, width in eighths of a point, colour, distance in points."""

    side: str
    kind: str
    width: int
    color: str
    space: int


def edges(node: Element | None) -> tuple[Edge, ...]:
    """The lines that a borders element draws (边线)."""
    drawn = () if node is None else node.iterchildren(etree.Element)
    return tuple(
        Edge(
            etree.QName(each).localname,
            value(each),
            number(value(each, "sz")),
            value(each, "color").upper(),
            number(value(each, "space")),
        )
        for each in drawn
        if value(each) not in {"", "nil", "none"}
    )


def child(node: Element | None, *path: str) -> Element | None:
    """The first element on a path of names (下级元素)."""
    for name in path:
        node = None if node is None else node.find(f"{{{W}}}{name}")
    return node


def value(node: Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of an element that may be absent (属性值)."""
    return default if node is None else str(node.get(f"{{{W}}}{name}", default))


def number(text: str) -> int:
    """A measure as a whole number: ``12``, ``12.0`` or ``12pt`` (数值); 0 for none."""
    digits = text.strip()
    try:
        if digits.endswith("pt"):
            return int(float(digits[:-2]) * 20)
        return int(float(digits))
    except (ValueError, OverflowError):
        return 0


def is_on(node: Element | None) -> bool:
    """Whether a switch stands and is on (开关)."""
    return node is not None and value(node, default="1") not in _OFF


class Styles:
    """The styles of a document, and the formatting that follows from them (样式)."""

    def __init__(self, parts: Mapping[str, Element | None]) -> None:
        """``parts`` are the roots of the styles, theme, settings and numbering parts, where there are any."""
        root = parts.get("styles")
        nodes = [] if root is None else root.findall(f"{{{W}}}style")
        self.nodes: dict[str, Element] = {value(node, "styleId"): node for node in nodes}
        self._fonts = _theme_fonts(parts.get("theme"), parts.get("settings"))
        self._default = {
            value(node, "type"): value(node, "styleId")
            for node in nodes
            if value(node, "default") in {"1", "true", "on"}
        }
        defaults = child(root, "docDefaults")
        self._base = (
            _paragraph_props(child(defaults, "pPrDefault", "pPr")),
            self._letter_props(child(defaults, "rPrDefault", "rPr")),
        )
        self._levels = _numbering_levels(parts.get("numbering"))
        self.styled = cache(self._styled)
        self._chained = cache(self._chain)

    def name(self, style: str) -> str:
        """The name of a paragraph's style, lower case (样式名称)."""
        node = self.nodes.get(style or self._default.get("paragraph", ""))
        return value(child(node, "name")).lower()

    def layout(self, node: Element | None, style: str, em: int, table: str = "") -> Layout:
        """The formatting of a paragraph whose own properties are ``node`` (段落格式); ``em`` is its character."""
        props = {**self.styled(style, table)[0]}
        level = self.numbering_of(node, style)
        _merge(props, self._levels.get(level, {}) if level else {})
        _merge(props, _paragraph_props(node))
        return _layout(props, em)

    def letters(self, node: Element | None, style: str, table: str = "") -> Letters:
        """The formatting of a run whose own properties are ``node``, in a paragraph of a style (字符格式)."""
        props = {**self.styled(style, table)[1]}
        run_style = value(child(node, "rStyle"))
        if run_style:
            props |= self._chained(run_style)[1]
        if node is not None:
            props |= self._letter_props(node)
        return Letters(
            props.get("east", ""), props.get("latin", ""), props.get("size", 20), props.get("color", ""),
            props.get("spacing", 0), props.get("hidden", False),
        )  # fmt: skip

    def numbering_of(self, node: Element | None, style: str) -> tuple[str, str] | None:
        """List and level of a paragraph that is numbered automatically (自动编号)."""
        own = child(node, "numPr")
        inherited: Props = self.styled(style, "")[0]
        number_id = value(child(own, "numId")) or inherited.get("num_id", "")
        level = value(child(own, "ilvl")) or inherited.get("num_level", "0")
        return (number_id, level) if number_id not in {"", "0"} else None

    def _styled(self, style: str, table: str) -> tuple[Props, Props]:
        layout, letters = ({**props} for props in self._base)
        for chosen in (table, style or self._default.get("paragraph", "")):
            more_layout, more_letters = self._chained(chosen)
            _merge(layout, more_layout)
            letters |= more_letters
        return layout, letters

    def _chain(self, style: str) -> tuple[Props, Props]:
        layout: Props = {}
        letters: Props = {}
        for node in reversed(list(self._ancestors(style))):
            _merge(layout, _paragraph_props(child(node, "pPr")))
            letters |= self._letter_props(child(node, "rPr"))
        return layout, letters

    def _ancestors(self, style: str) -> Iterator[Element]:
        for _ in range(_DEPTH):
            node = self.nodes.get(style)
            if node is None:
                return
            yield node
            style = value(child(node, "basedOn"))

    def _letter_props(self, node: Element | None) -> Props:
        props: Props = {}
        if node is None:
            return props
        fonts = child(node, "rFonts")
        for slot, name in (("east", "eastAsia"), ("latin", "ascii")):
            theme = self._fonts.get(value(fonts, f"{name}Theme"), "")
            if found := theme or value(fonts, name):
                props[slot] = found
        if size := number(value(child(node, "sz"))):
            props["size"] = size
        color = child(node, "color")
        if color is not None:
            props["color"] = _color(color)
        if child(node, "spacing") is not None:
            props["spacing"] = number(value(child(node, "spacing")))
        if child(node, "vanish") is not None:
            props["hidden"] = is_on(child(node, "vanish"))
        return props


def _color(node: Element) -> str:
    theme, shown = value(node, "themeColor"), value(node).upper()
    return "" if shown in {"AUTO", ""} or theme in {"text1", "dark1"} else shown


def _theme_fonts(theme: Element | None, settings: Element | None) -> dict[str, str]:
    """Names of theme fonts as runs cite them: the one for Chinese follows from the language of the settings."""
    found: dict[str, str] = {}
    script = _SCRIPTS.get(value(child(settings, "themeFontLang"), "eastAsia"), "Hans")
    for kind in ("major", "minor"):
        fonts = None if theme is None else next(theme.iter(f"{_DRAWING}{kind}Font"), None)
        if fonts is None:
            continue
        faces = {node.get("script", etree.QName(node).localname): node.get("typeface", "") for node in fonts}
        found[f"{kind}EastAsia"] = faces.get("ea", "") or faces.get(script, "")
        found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = faces.get("latin", "")
    return found


def _numbering_levels(root: Element | None) -> dict[tuple[str, str], Props]:
    """The indents of every level of every list."""
    if root is None:
        return {}
    lists = {value(node, "abstractNumId"): node for node in root.findall(f"{{{W}}}abstractNum")}
    return {
        (value(used, "numId"), value(level, "ilvl")): _paragraph_props(child(level, "pPr"))
        for used in root.findall(f"{{{W}}}num")
        if (node := lists.get(value(child(used, "abstractNumId")))) is not None
        for level in node.findall(f"{{{W}}}lvl")
    }


def _paragraph_props(node: Element | None) -> Props:
    props: Props = {}
    if node is None:
        return props
    if align := value(child(node, "jc")):
        props["align"] = _ALIGNMENTS.get(align, align)
    indent, spacing = child(node, "ind"), child(node, "spacing")
    for name, names in _INDENTS.items():
        if given := next((shown for each in names if (shown := value(indent, each))), ""):
            props[name] = number(given)
    for name, source in _SPACINGS.items():
        if given := value(spacing, source):
            props[name] = number(given)
    if value(spacing, "line"):
        props["line"] = number(value(spacing, "line"))
        props["rule"] = value(spacing, "lineRule", "auto")
    if child(node, "pageBreakBefore") is not None:
        props["new_page"] = is_on(child(node, "pageBreakBefore"))
    if child(node, "pBdr") is not None:
        props["edges"] = edges(child(node, "pBdr"))
    if (tabs := child(node, "tabs")) is not None:
        stops = [each for each in tabs.iterchildren(etree.Element) if value(each) in {"right", "end"}]
        props["right_tabs"] = tuple(number(value(each, "pos")) for each in stops)
    if own := value(child(node, "numPr", "numId")):
        props["num_id"] = own
        props["num_level"] = value(child(node, "numPr", "ilvl"), default="0")
    return props


def _merge(props: Props, more: Props) -> None:
    """Put a closer level over a farther one: what hangs no longer begins further in, and the other way round."""
    for here, there in (("first", "hanging"), ("hanging", "first")):
        if more.keys() & {here, f"{here}_chars"}:
            for gone in (there, f"{there}_chars"):
                props.pop(gone, None)
    props.update(more)


def _layout(props: Props, em: int) -> Layout:
    def indent(name: str) -> int:
        chars = props.get(f"{name}_chars", 0)
        return int(chars * em // _HUNDRED if chars else props.get(name, 0))

    line, rule = props.get("line", 240), props.get("rule", "auto")
    pitch = line if rule != "auto" else 312  # a line of the usual 12 points grid of Word: 15.6 pt

    def distance(name: str) -> int:
        lines = props.get(f"{name}_lines", 0)
        return int(lines * pitch // _HUNDRED if lines else props.get(name, 0))

    return Layout(
        align=props.get("align", "left"), left=indent("left"), right=indent("right"),
        first=indent("first") - indent("hanging"), before=distance("before"), after=distance("after"),
        line=line, rule=rule, new_page=props.get("new_page", False),
        edges=props.get("edges", ()), right_tabs=props.get("right_tabs", ()),
    )  # fmt: skip
