"""Checks of the file itself (文件包): parts, relationships, ids, order of elements, styles, fonts, leftovers.

What must not live here: the form of a document.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.document.conformance.letters import is_chinese
from pipeline.document.conformance.report import Measure, Subject, Weight, check
from pipeline.document.conformance.source import resolve
from pipeline.document.conformance.words import join
from pipeline.document.package import CONTENT_TYPES, MAIN
from pipeline.document.xml import Element, R, W

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_DRAWN_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# Elements with an id, and the attribute that holds it; ids of one group are unique within a part.
_IDS = (
    ("bookmarkStart", f"{{{W}}}id"), ("comment", f"{{{W}}}id"), ("footnote", f"{{{W}}}id"),
    ("style", f"{{{W}}}styleId"), ("num", f"{{{W}}}numId"), ("abstractNum", f"{{{W}}}abstractNumId"),
)  # fmt: skip
# The order that the schema prescribes (ECMA-376, part 1, annex A).
_BORDER_SIDES = "top left start bottom right end insideH insideV tl2br tr2bl"
_ORDERS: Mapping[str, tuple[str, ...]] = {
    name: tuple(order.split())
    for name, order in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath rPrChange",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
        "headers cellIns cellDel cellMerge tcPrChange",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
        "sectPrChange",
        "tblBorders": _BORDER_SIDES,
        "tcBorders": _BORDER_SIDES,
        "pBdr": "top left bottom right between bar",
    }.items()
}
_EQUAL = {"footerReference": "headerReference"}  # these two may alternate


def _package(passed: bool, measured: str, expected: str, place: str = "文件包") -> Measure:
    return Measure(passed, measured, expected, place)


@check("", "内容类型", Weight.HARD)
def content_types(subject: Subject) -> Iterator[Measure]:
    """Every part has a declared type."""
    root = subject.source.roots.get(CONTENT_TYPES)
    if root is None:
        root = etree.fromstring(subject.source.parts[CONTENT_TYPES])
    extensions = {node.get("Extension", "").lower() for node in root}
    named = {node.get("PartName", "").lstrip("/").lower() for node in root}
    untyped = [
        name
        for name in subject.source.parts
        if name != CONTENT_TYPES and not name.endswith("/")
        and name.lower() not in named and posixpath.splitext(name)[1].lstrip(".").lower() not in extensions
    ]  # fmt: skip
    yield _package(not untyped, join(untyped) or "齐全", "每个部件都有内容类型")
    main = [node.get("ContentType", "") for node in root if node.get("PartName", "").lstrip("/") == MAIN]
    sound = any("main+xml" in each for each in main)
    yield _package(sound, "正文类型齐全" if sound else "正文没有内容类型", "正文是文字文档")
    missing = sorted(each for each in named - {name.lower() for name in subject.source.parts} if each)
    yield _package(not missing, join(missing) or "没有多余的声明", "没有指向不存在部件的声明")


@check("", "部件关系", Weight.HARD)
def relationships(subject: Subject) -> Iterator[Measure]:
    """Every target exists, every id that a part cites is declared."""
    roots = subject.source.roots
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for node in root.iterchildren(etree.Element):
            target = resolve(folder, node.get("Target", "").partition("#")[0])
            found = node.get("TargetMode") == "External" or target in subject.source.parts
            yield _package(found, f"目标{target}不存在" if not found else "齐全", "关系目标都在文件中")
        owner = roots.get(posixpath.join(folder, posixpath.basename(name).removesuffix(".rels")))
        declared = [node.get("Id", "") for node in root.iterchildren(etree.Element)]
        doubled = [each for each, count in Counter(declared).items() if count > 1]
        yield _package(not doubled, f"关系编号重复：{join(doubled)}" if doubled else "不重复", "关系编号不重复")
        if owner is not None:
            cited = {
                shown
                for node in owner.iter(etree.Element)
                for key, shown in node.attrib.items()
                if key.startswith(f"{{{R}}}")
            }
            unknown = sorted(cited - set(declared) - {""})
            yield _package(not unknown, f"没有声明的关系{join(unknown)}" if unknown else "齐全", "引用的关系都有声明")
    bare = [name for name in _citing(roots) if not _relations(name) & roots.keys()]
    yield _package(not bare, f"没有关系文件：{join(bare)}" if bare else "齐全", "引用关系的部件有关系文件")


def _citing(roots: Mapping[str, Element]) -> Iterator[str]:
    for name, root in roots.items():
        if any(key.startswith(f"{{{R}}}") for node in root.iter(etree.Element) for key in node.attrib):
            yield name


def _relations(name: str) -> set[str]:
    folder, file = posixpath.split(name)
    return {posixpath.join(folder, "_rels", f"{file}.rels")}


@check("", "编号唯一", Weight.HARD)
def unique_ids(subject: Subject) -> Iterator[Measure]:
    """Ids of bookmarks, comments, styles, lists and drawings are given once."""
    for name, root in subject.source.roots.items():
        for tag, attribute in (*((f"{{{W}}}{tag}", attribute) for tag, attribute in _IDS), (_DRAWN_ID, "id")):
            given = [node.get(attribute, "") for node in root.iter(tag) if not _doubled_by_design(node)]
            if given:
                doubled = [each for each, count in Counter(given).items() if count > 1]
                shown = f"{etree.QName(tag).localname} {join(doubled)}重复" if doubled else "不重复"
                yield _package(not doubled, shown, "编号不重复", name)


def _doubled_by_design(node: Element) -> bool:
    return any(etree.QName(above).localname == "Fallback" for above in node.iterancestors())


@check("", "元素次序", Weight.HARD)
def element_order(subject: Subject) -> Iterator[Measure]:
    """Properties stand in the order of the schema; Word refuses some files where they do not."""
    for name, root in subject.source.roots.items():
        for kind, order in _ORDERS.items():
            ranks = {f"{{{W}}}{each}": order.index(_EQUAL.get(each, each)) for each in order}
            for node in root.iter(f"{{{W}}}{kind}"):
                found = [ranks[each.tag] for each in node if each.tag in ranks]
                if found != sorted(found):
                    shown = join(etree.QName(each).localname for each in node if each.tag in ranks)
                    yield _package(False, f"{kind}中为{shown}", "按规定次序", name)
    yield _package(True, "符合规定", "按规定次序")


@check("", "引用的样式", Weight.HARD)
def styles_exist(subject: Subject) -> Iterator[Measure]:
    """Every style that is cited is declared."""
    known = subject.source.styles.nodes
    cited = {
        node.get(f"{{{W}}}val", "")
        for root in subject.source.roots.values()
        for node in root.iter(*(f"{{{W}}}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn")))
    }
    unknown = sorted(cited - known.keys())
    yield _package(not unknown, f"没有样式{join(unknown)}" if unknown else "齐全", "引用的样式都有定义")


@check("", "汉字字体", Weight.HARD)
def chinese_fonts(subject: Subject) -> Iterator[Measure]:
    """Every Chinese character has a font for Chinese, by itself or by its style."""
    margins = (paragraph for part in subject.source.margins.values() for paragraph in part)
    for paragraph in (*subject.source.paragraphs, *margins):
        for piece in paragraph.part():
            if is_chinese(piece.text):
                named = bool(piece.letters.east)
                yield Measure(named, "已指定" if named else "没有指定中文字体", "指定中文字体", paragraph.place)


@check("", "模板残留", Weight.HARD)
def leftovers(subject: Subject) -> Iterator[Measure]:
    """Nothing of a template's own signs is left."""
    margins = (paragraph for part in subject.source.margins.values() for paragraph in part)
    for paragraph in (*subject.source.paragraphs, *margins):
        if match := _LEFT_OVER.search(paragraph.text):
            yield Measure(False, match[0], "没有模板标记", paragraph.place)
    yield Measure(True, "没有", "没有模板标记")


CHECKS = (content_types, relationships, unique_ids, element_order, styles_exist, chinese_fonts, leftovers)
