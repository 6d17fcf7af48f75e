"""The base document says what the declared numbers say (底版)."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.document.base import TEMPLATE, build_template
from pipeline.document.geometry import FILE, LETTER, MANUSCRIPT, Profile, twips
from pipeline.document.package import read_parts
from pipeline.document.xml import NAMESPACES, W, parse


def attributes(node: Any) -> dict[str, str]:
    """Attributes of an element without their namespace."""
    return {name.partition("}")[2]: value for name, value in node.attrib.items()}


@pytest.fixture(scope="module")
def parts(template: bytes) -> dict[str, Any]:
    return {name: parse(data) for name, data in read_parts(template).items()}


def find(node: Any, path: str) -> list[Any]:
    found: list[Any] = node.xpath(path, namespaces=NAMESPACES)
    return found


def test_committed_template_is_a_rebuild() -> None:
    assert TEMPLATE.read_bytes() == build_template()


def test_type_area_is_156_by_225_mm() -> None:
    assert abs(MANUSCRIPT.page.text_width_twips - twips(1560)) <= 2
    assert abs(MANUSCRIPT.page.text_height_twips - twips(2250)) <= 2


def test_exact_line_fills_the_page_with_22_lines() -> None:
    assert MANUSCRIPT.page.text_height_twips // MANUSCRIPT.text.line_twips == 22
    assert MANUSCRIPT.page.text_height_twips // (MANUSCRIPT.text.line_twips + 1) == 21


def test_section_has_the_declared_geometry(parts: dict[str, Any]) -> None:
    section = find(parts["word/document.xml"], "//w:sectPr")[0]
    assert attributes(find(section, "w:pgSz")[0]) == {"w": "11906", "h": "16838"}
    margins = attributes(find(section, "w:pgMar")[0])
    sides = ("top", "right", "bottom", "left", "footer")
    assert [margins[side] for side in sides] == ["2098", "1474", "1984", "1587", "1420"]
    assert attributes(find(section, "w:docGrid")[0]) == {"type": "lines", "linePitch": "579"}


def test_normal_is_set_for_28_characters(parts: dict[str, Any]) -> None:
    normal = find(parts["word/styles.xml"], "//w:style[@w:styleId='Normal']")[0]
    assert attributes(find(normal, "w:pPr/w:spacing")[0])["line"] == "579"
    assert attributes(find(normal, "w:pPr/w:spacing")[0])["lineRule"] == "exact"
    assert attributes(find(normal, "w:rPr/w:spacing")[0]) == {"val": "-5"}
    assert attributes(find(normal, "w:rPr/w:sz")[0]) == {"val": "32"}
    off = ("widowControl", "autoSpaceDE", "autoSpaceDN")
    assert {attributes(find(normal, f"w:pPr/w:{name}")[0])["val"] for name in off} == {"0"}
    assert {attributes(find(normal, f"w:pPr/w:{name}")[0])["val"] for name in ("kinsoku", "overflowPunct")} == {"1"}


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", None),
        ("Level2", "楷体_GB2312", None),
        ("AnnexLabel", "黑体", None),
        ("AnnexTitle", "方正小标宋简体", "44"),
        ("Mark", "方正小标宋简体", None),
        ("Secrecy", "黑体", None),
        ("Signer", "楷体_GB2312", None),
        ("PageOdd", "宋体", "28"),
        ("PageEven", "宋体", "28"),
    ],
)
def test_style_has_its_chinese_font(parts: dict[str, Any], style: str, font: str, size: str | None) -> None:
    letters = find(parts["word/styles.xml"], f"//w:style[@w:styleId='{style}']/w:rPr")[0]
    assert attributes(find(letters, "w:rFonts")[0])["eastAsia"] == font
    assert [attributes(node)["val"] for node in find(letters, "w:sz")] == ([size] if size else [])


def test_every_font_is_declared_and_none_comes_from_a_theme(parts: dict[str, Any]) -> None:
    fonts = [attributes(node) for node in find(parts["word/styles.xml"], "//w:rFonts")]
    assert all({"ascii", "hAnsi", "eastAsia", "cs"} == set(font) for font in fonts)
    assert {font["eastAsia"] for font in fonts} <= set(MANUSCRIPT.fonts.names)
    assert not [name for name in parts if "theme" in name]


def test_language_is_chinese(parts: dict[str, Any]) -> None:
    languages = find(parts["word/styles.xml"], "//w:lang")
    assert {attributes(node)["eastAsia"] for node in languages} == {"zh-CN"}
    assert {attributes(node)["val"] for node in languages} == {"en-US"}  # as Chinese, lines break within 99.7%


@pytest.mark.parametrize(("kind", "style"), [("default", "PageOdd"), ("even", "PageEven")])
def test_page_number_is_a_complete_field_on_the_outer_side(parts: dict[str, Any], kind: str, style: str) -> None:
    section = find(parts["word/document.xml"], f"//w:footerReference[@w:type='{kind}']")[0]
    relation = attributes(section)["id"]
    target = next(node.get("Target") for node in parts["word/_rels/document.xml.rels"] if node.get("Id") == relation)
    footer = parts[f"word/{target}"]
    assert find(footer, "//w:pStyle/@w:val") == [style]
    assert find(footer, "//w:fldChar/@w:fldCharType") == ["begin", "separate", "end"]
    assert "".join(footer.itertext()) == "—  PAGE 1 —"
    layout = find(parts["word/styles.xml"], f"//w:style[@w:styleId='{style}']/w:pPr")[0]
    side = "right" if kind == "default" else "left"
    assert find(layout, "w:jc/@w:val") == [side]
    assert attributes(find(layout, "w:ind")[0]) == {side: "280"}
    assert find(parts["word/settings.xml"], "//w:evenAndOddHeaders")


@pytest.mark.parametrize("profile", [MANUSCRIPT, FILE], ids=str)
def test_only_a_letter_has_a_first_page_of_its_own(profile: Profile) -> None:
    sections = {
        each.name: find(parse(read_parts(build_template(each))["word/document.xml"]), "//w:sectPr")[0]
        for each in (profile, LETTER)
    }
    own = {
        name: (
            find(node, "w:titlePg"),
            find(node, "*[@w:type='first']"),
            attributes(find(node, "w:pgMar")[0])["footer"],
        )
        for name, node in sections.items()
    }
    assert own[profile.name] == ([], [], "1420")
    assert [len(part) for part in own["信函格式"]] == [1, 2, 4]
    assert own["信函格式"][2] == str(twips(200))  # the second double line, 20 mm above the edge


def test_template_holds_no_prose(parts: dict[str, Any]) -> None:
    assert not find(parts["word/document.xml"], "//w:p")


def test_elements_stand_in_the_order_of_the_schema(parts: dict[str, Any]) -> None:
    order = [
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "kinsoku"),
        *(
            "wordWrap",
            "overflowPunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "jc",
            "outlineLvl",
        ),
    ]
    for layout in find(parts["word/styles.xml"], "//w:pPr"):
        places = [order.index(child.tag.removeprefix(f"{{{W}}}")) for child in layout]
        assert places == sorted(places)
