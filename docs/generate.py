"""The generated pages (自动生成的文档): ``python docs/generate.py`` rewrites them; a test says that they are up to date.

What lives here: codes, tables and statements of the code itself, as pages in Chinese. What must not: text that the
code does not hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import errors
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import spans
from pipeline.bulletin.prose import Wording
from pipeline.bulletin.statements import form_of, sampled
from pipeline.bulletin.statements.choices import CUT, GROUPED, ROUNDED
from pipeline.contracts.contract import contract, describe, primary_key, sql_type
from pipeline.contracts.tables import CONTRACTS
from pipeline.document.conformance.checker import GROUPS
from pipeline.document.conformance.report import WEIGHTS
from pipeline.errors import BulletinError, Severity
from pipeline.findings import CODES, FAMILIES
from pipeline.flow import STEPS
from pipeline.reference.frames import citable_messages
from pipeline.reference.models import Statement
from pipeline.reference.registry import Registry, load_registry, read_toml
from tests.bulletin.variants import VARIANTS, chosen

ROOT = Path(__file__).resolve().parent.parent
_NOTE = "> 本页由 `python docs/generate.py` 根据程序自动生成，请勿手工修改。"
_EXAMPLE = ROOT / "data" / "raw" / "2021Q3" / "前期" / "2021Q2.facts.json"
_FORMS = {"all": "全部", "first": "前若干", "count": "只列个数"}
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提示"}
_LAYERS = {
    "reference": "登记数据",
    "raw": "原始单元格",
    "core": "规范化的行",
    "mart": "测算结果",
    "bulletin": "成文提示",
}


def _yes(holds: bool) -> str:
    return "是" if holds else ""


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(headings)
    yield _row(*names)
    yield "|" + "---|" * len(names)
    yield from (_row(*row) for row in rows)


# ---- errors.md ------------------------------------------------------------------------------------------------------


def errors_page() -> str:
    """Every code of a finding, and every code of a failure (错误与检查发现)."""
    return "\n".join([*_findings(), *_failures()]) + "\n"


def _findings() -> Iterator[str]:
    yield from ("# 错误与检查发现", "", _NOTE, "")
    yield "检查发现汇总在 `findings.csv`，退回检测机构修改；有一项“错误”即不生成通报，“提示”不影响生成。代码不重复使用。"
    for letter, (name, title) in FAMILIES.items():
        yield from ("", f"## {letter}　{title}（{name}）", "")
        codes = sorted(code for code in CODES if code.startswith(letter))
        yield from _table(
            ("代码", "名称", "级别", "说明", "为什么检查", "处理办法"),
            (
                (item.code, item.title, _SEVERITIES[item.severity], _blanks(item.message), item.why, item.action)
                for item in (CODES[code] for code in codes)
            ),
        )


def _blanks(message: str) -> str:
    """The places of a message shown as 〈value〉."""
    return re.sub(r"\{(\w+)\}", r"〈\1〉", message)


def _failures() -> Iterator[str]:
    kinds = {
        name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, BulletinError)
    }
    raised = sorted({entry for path in (ROOT / "pipeline").rglob("*.py") for entry in _raised(path, set(kinds))})
    yield from ("", "## 运行中的失败", "")
    yield "失败时只显示一条中文说明和处理办法，上一次的输出保持不变。"
    for kind in sorted({entry[0] for entry in raised}, key=list(kinds).index):
        yield from ("", f"### {kind}：{(kinds[kind].__doc__ or '').strip().splitlines()[0]}", "")
        yield from _table(("代码", "说明", "处理办法"), (entry[1:] for entry in raised if entry[0] == kind))


def _raised(path: Path, kinds: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """Class, code, message and hint of every failure that a module words."""
    tree = ast.parse(path.read_text("utf-8"))
    renamed = {
        alias.asname: alias.name
        for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "pipeline.errors"
        for alias in node.names if alias.asname
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) >= 2:
            kind = renamed.get(node.func.id, node.func.id)
            if kind in kinds:
                code, message, *hint = map(_words, node.args)
                yield kind, code, message, hint[0] if hint else "请报告维护人员。"


def _words(node: ast.expr) -> str:
    """The words of a string expression; what is filled in is shown as 〈name〉."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _words(node.value)
    return f"〈{re.findall('[A-Za-z_]+', ast.unparse(node))[-1]}〉"


# ---- data-dictionary.md ---------------------------------------------------------------------------------------------


def dictionary_page() -> str:
    """Every table and column, from the contracts (数据字典)."""
    return "\n".join(_dictionary()) + "\n"


def _dictionary() -> Iterator[str]:
    needs = {output: step.needs for step in STEPS for output in step.outputs}
    yield from ("# 数据字典", "", _NOTE, "")
    yield "每季度一个 DuckDB 文件；行的次序即主键次序。类型为 DECIMAL 的数值均为精确小数。"
    for layer, title in _LAYERS.items():
        yield from ("", f"## {layer}　{title}")
        for key in (key for key in CONTRACTS if key.startswith(f"{layer}/")):
            yield from ("", f"### {key}", "", describe(key), "")
            made_from = "、".join(f"`{need}`" for need in needs[key])
            if made_from and layer in ("core", "mart"):
                yield from (f"来源：{made_from}", "")
            keys = primary_key(key)
            yield from _table(
                ("列", "说明", "类型", "可空", "主键"),
                (
                    (f"`{name}`", column.description, sql_type(column), _yes(column.nullable), _yes(name in keys))
                    for name, column in contract(key).columns().items()
                ),
            )


# ---- statements.md --------------------------------------------------------------------------------------------------


def statements_page() -> str:
    """Every statement by section: its kinds, its default policy, and an example of each of its forms (语句)."""
    return "\n".join(_statements()) + "\n"


_SECTIONS = {
    "sites": "政府网站", "district_sites": "区政府门户网站", "department_sites": "市级部门政府网站", "new_media": "政务新媒体",
    "error_reports": "“我为政府网站找错”平台留言", "work": "其他工作情况", "problems": "存在的问题（段首）",
    "requirements": "工作要求（段末）", "": "编辑段落和附件",
}  # fmt: skip
_NAMINGS = {"none": "不点名", "count": "只列个数", "named": "点名"}
_EDITORIAL = "文字由“季度信息”填写，不采用即不印。"


def _statements() -> Iterator[str]:
    registry = load_registry(ROOT / "data" / "reference")
    absent = read_toml(ROOT / "data" / "reference" / "statements.toml")["absent"]
    examples = _examples(registry.statements)
    yield from ("# 通报语句", "", _NOTE, "")
    yield "季度信息“语句选择”按名称改变一条语句；没有填写的，按下列默认方式。“次序”用于各部分的语句。"
    yield "填写的列没有作用时，程序提示（E608）；选用的语句没有可写的，也提示（E607）。"
    yield "没有数据可说的语句自动略去，不会印出空的名单。"
    yield "“前若干”是先列若干名称再写“等N个”；至少能省去两个名称时才省略，否则全部列出。“点名”一栏有内容的，是不利于有关单位的语句："
    yield "默认不写，改为“只列个数”或者“点名”才写；设为点名须填写点名决定人的职务。例句中的数字和名称仅作示意。"
    for section, title in _SECTIONS.items():
        yield from ("", f"## {title}")
        for item in (each for each in registry.statements if each.section == section):
            yield from ("", f"### {item.label}", "")
            yield f"{'默认采用' if item.enabled else '默认不采用'}。种类 {'、'.join(item.kind)}，标识 `{item.id}`。{_columns(item)}"
            if item.needs:
                needed = next(other.label for other in registry.statements if other.id == item.needs)
                yield f"只在写了“{needed}”时才写。"
            if not item.form:
                yield _EDITORIAL
            elif absent[item.form]:
                yield f"不写的情形：{absent[item.form]}。"
            yield from ("", *(f"- {text}" for text in examples[item.id])) if item.form else ()
    yield from ("", "## 可以引用的数字", "")
    yield "“典型做法”“存在的问题”“工作要求”的文字中，在花括号内写名称，程序换成本季度的数字，例如 `平均得分{区门户平均分}分`。"
    yield "比率自带百分号，其他单位自行写在后面。"
    yield ""
    yield from _table(("名称", "数字标识"), ((name, f"`{figure}`") for name, figure in registry.figure_names.items()))
    yield from ("", "## 数量词", "")
    yield "问题段落中的数量词，按有确认记录的网站、账号、留言或者单位所占的比例核对；“涉及指标”决定以哪些记录为依据。"
    yield ""
    yield from _table(
        ("数量词", "比例"),
        (
            (item.word, f"{item.low}%" if item.low == item.high else f"高于{item.low}%，不高于{item.high}%")
            for item in registry.quantifiers
        ),
    )
    yield from ("", "留言的问题，“涉及指标”可写下列名称；不予受理、不属实、重复的留言不作依据，也不计入留言总数。", "")
    yield from _table(
        ("依据的留言", "可写的名称"),
        ((words, "、".join(dict.fromkeys(names))) for words, names in _cited_messages(registry)),
    )


def _cited_messages(registry: Registry) -> Iterator[tuple[str, Iterable[str]]]:
    """What a problem may cite of messages, and by which names (留言作为依据)."""
    words = {"all": "受理的全部留言", "late": "应办结而没有按期办结的", "open": "受理而尚未办结的"}
    kinds = {"type": "按问题类型", "status": "按办理状态"}
    told: dict[str, list[str]] = {}
    for item, names in citable_messages(registry).items():
        told.setdefault(words.get(item) or kinds[item.partition(" ")[0]], []).extend(names)
    yield from told.items()


def _columns(item: Statement) -> str:
    """The columns of 语句选择 that change a statement, and what they are by default."""
    told = [f"列名方式：{_FORMS[item.list_form]}（前若干列{item.list_count}个）"] if item.form in CUT else []
    told += [f"并列组数：{item.groups}"] if item.form in GROUPED else []
    told += [f"小数位数：{'按检查指标' if item.decimals is None else item.decimals}"] if item.form in ROUNDED else []
    told += [f"措辞：{'、'.join(item.wordings)}"] if item.wordings else []
    told += [f"点名：{_NAMINGS[item.naming]}"] if item.naming != "free" else []
    return f"可改的列：{'；'.join(['采用', *told])}。"


def _examples(listed: Iterable[Statement]) -> dict[str, list[str]]:
    """What every statement says in each of its forms, from the facts that its tests are made with."""
    facts = BulletinFacts.from_json(_EXAMPLE.read_bytes())
    said: dict[str, dict[str, str]] = {item.id: {} for item in listed}
    for vary in VARIANTS.values():
        for naming in ("named", "count"):
            varied = vary(chosen(facts, enabled=True, naming=naming))
            wording = Wording(varied, ROOT / "templates")
            for item in (each for each in listed if each.form):
                if naming == "named" or item.naming != "free":
                    form = form_of(varied.choice(item.id), varied)
                    text = _said(wording, varied, item) if form else ""
                    if text:
                        said[item.id].setdefault(f"{naming} {form} {sampled(varied.choice(item.id), varied)}", text)
    return {name: list(dict.fromkeys(forms.values())) for name, forms in said.items()}


def _said(wording: Wording, facts: BulletinFacts, item: Statement) -> str:
    """A statement's words; those about the units of a paragraph of problems are what follows the paragraph."""
    if item.id == "problem_units":
        _, told = wording.problem_parts()[0]
        return (
            "".join(span.text for span in spans(told)).removeprefix(facts.brief.problems[0].content).removesuffix("。")
        )
    return "".join(span.text for span in spans(wording.say(facts.choice(item.id))))


# ---- conformance.md -------------------------------------------------------------------------------------------------


def conformance_page() -> str:
    """Every check of a document's form (版式核查)."""
    return "\n".join(_conformance()) + "\n"


def _conformance() -> Iterator[str]:
    yield from ("# 版式核查", "", _NOTE, "")
    yield "`bulletin conform 文件.docx` 逐条核查一份公文，条款号是 GB/T 9704-2012 的条款；没有条款号的，标准没有规定，是本程序的要求。"
    yield "“必须”有一项不符，即不符合版式；“建议”只提示。版头各要素的位置按文件声明的行距、字号和间距推算；画成图形的线不量。"
    yield "按地方版式核查时，结果写“地方版式”，不写条款号。"
    for group, checks in GROUPS.items():
        yield from ("", f"## {group}", "")
        yield from _table(
            ("条款", "核查项", "分量", "标识"),
            ((item.clause or "—", item.name, WEIGHTS[item.weight], f"`{item.key}`") for item in checks),
        )


PAGES = {
    "errors.md": errors_page,
    "data-dictionary.md": dictionary_page,
    "statements.md": statements_page,
    "conformance.md": conformance_page,
}


def main() -> None:
    """Rewrite every page (重新生成)."""
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
