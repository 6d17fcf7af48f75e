"""The generated pages are those that the code gives, and complete (生成的文档)."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from pipeline.contracts.contract import contract
from pipeline.contracts.tables import CONTRACTS
from pipeline.findings import CODES
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT

DOCS = CODE_ROOT / "docs"
NAMES = ["errors.md", "data-dictionary.md", "statements.md", "conformance.md"]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_committed_page_is_the_generated_one(name: str, generate: ModuleType) -> None:
    assert list(generate.PAGES) == NAMES
    assert (DOCS / name).read_text("utf-8") == generate.PAGES[name](), "run: python docs/generate.py"


def test_errors_page_is_complete() -> None:
    page = (DOCS / "errors.md").read_text("utf-8")
    for code, entry in CODES.items():
        assert re.search(rf"^\| {code} \| {re.escape(entry.title)} \|", page, re.M)
    wording = "".join(path.read_text("utf-8") for path in (CODE_ROOT / "pipeline").rglob("*.py"))
    raised = set(re.findall(r'\b\w*Error\(\s*"([a-z_]+)",', wording))
    assert len(raised) > 20
    assert {code for code in raised if f"| {code} |" not in page} == set()


def test_dictionary_is_complete() -> None:
    page = (DOCS / "data-dictionary.md").read_text("utf-8")
    for key in CONTRACTS:
        section = page.partition(f"### {key}\n")[2].partition("\n#")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == contract(key).column_names()


def test_statements_page_is_complete() -> None:
    page = (DOCS / "statements.md").read_text("utf-8")
    registry = load_registry(CODE_ROOT / "data" / "reference")
    told = re.split(r"^### ", page.partition("## 可以引用的数字")[0], flags=re.M)[1:]
    assert set(re.findall(r"标识 `(\w+)`。", page)) == {item.id for item in registry.statements}
    assert all(re.search(r"^- \S", each, re.M) or "文字由“季度信息”填写" in each for each in told)
    assert set(re.findall(r"^\| (\w+) \| `[\w.]+` \|$", page, re.M)) == set(registry.figure_names)
    assert "- 各区政府门户网站平均得分为125.3分" in page


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_sound_markdown(name: str) -> None:
    """Every row of a table has as many cells as its heading; nothing of Python shows."""
    lines = (DOCS / name).read_text("utf-8").splitlines()
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = 0 if not line.startswith("|") else width or cells
        assert not line.startswith("|") or cells == width, line
        assert not re.search("[\ue000-\uf8ff]", line)
        assert "None" not in line
