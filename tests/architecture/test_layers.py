"""Layers and bans: who may import what, and what nobody may call (分层与禁用)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import CODE_ROOT

PACKAGE = CODE_ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
# An external package, and the only modules and packages of ours that know it.
ALONE = {
    "dagster": {"defs", "definitions", "cli"},
    "duckdb": {"warehouse"},
    "docx": {"document"},
    "lxml": {"document", "ingest"},
    "xlsxwriter": {"document"},
    "jinja2": {"bulletin", "document"},
    "dataframely": {"contracts"},
    "click": {"cli"},
    "rich": {"cli"},
    "python_calamine": {"ingest"},
    "chinese_calendar": {"reference"},
}
BANNED_IMPORTS = {"random", "secrets", "uuid", "time", "numpy"}
ALLOWED_IMPORTS = {"run.py": {"uuid"}, "journal.py": {"pipeline.settings.now"}}
CLOCKS = {"dt.datetime", "dt.date", "datetime.datetime", "datetime.date", "datetime", "date", "settings"}
CLOCK = {"now", "utcnow", "today", "utcfromtimestamp", "fromtimestamp"}


def owner(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def banned(tree: ast.AST, name: str, scores: bool) -> Iterator[str]:
    """What a module does that only settings may, or nobody; ``scores`` adds the ban of floats."""
    for found in imports(tree):
        if found.partition(".")[0] in BANNED_IMPORTS - ALLOWED_IMPORTS.get(name, set()):
            yield f"imports {found}"
        if found in {"os.environ", "os.getenv", "pipeline.settings.now"} - ALLOWED_IMPORTS.get(name, set()):
            yield f"imports {found}"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=value, attr=attr) if attr in CLOCK and ast.unparse(value) in CLOCKS:
                yield f"{node.lineno}: clock .{attr}"
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv" | "urandom" as attr):
                yield f"{node.lineno}: os.{attr}"
            case ast.Name(id="round"):
                yield f"{node.lineno}: built-in round"
            case ast.Name(id="float") if scores:
                yield f"{node.lineno}: float"
            case ast.Constant(value=float()) if scores:
                yield f"{node.lineno}: float"
            case ast.Attribute(attr="Float32" | "Float64" | "mean" as attr) if scores:
                yield f"{node.lineno}: .{attr}"
            case _:
                pass


def test_layers() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=CODE_ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "Contracts: 1 kept, 0 broken." in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_external_packages_are_known_to_one_layer_alone(path: Path) -> None:
    found = {name.partition(".")[0] for name in imports(ast.parse(path.read_text("utf-8")))}
    assert {name for name in found if owner(path) not in ALONE.get(name, {owner(path)})} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_banned(path: Path) -> None:
    if path.name != "settings.py":
        scores = owner(path) in {"measure", "bulletin", "contracts"}
        assert list(banned(ast.parse(path.read_text("utf-8")), path.name, scores)) == []


def test_settings_alone_gives_clock_and_environment() -> None:
    found = list(banned(ast.parse((PACKAGE / "settings.py").read_text("utf-8")), "settings.py", scores=False))
    assert {entry.partition(" ")[2] for entry in found} == {"os.environ", "clock .now"}


@pytest.mark.parametrize(
    "code",
    [
        "import random", "from uuid import uuid4", "import time", "from os import environ", "import os\nos.environ['A']",
        "import os\nos.getenv('A')", "import datetime as dt\ndt.datetime.now()", "dt.date.today()", "round(1)", "x = 0.5",
        "float('1')", "map(round, [])", "pl.col('a').mean()", "from pipeline.settings import now",
    ],
)  # fmt: skip
def test_the_ban_sees(code: str) -> None:
    assert list(banned(ast.parse(code), "x.py", scores=True))


# ---- form of the code ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "module"
    public = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert public == []


def test_asset_bodies_are_thin() -> None:
    """At most eight lines, no branch, no SQL, no polars."""
    bodies = [
        node
        for path in (PACKAGE / "defs").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any("asset" in ast.dump(decorator) for decorator in node.decorator_list)
    ]
    assert len(bodies) >= 2
    for body in bodies:
        lines = (body.end_lineno or 0) - body.body[0].lineno + 1
        assert lines <= 8, f"{body.name}: {lines} lines"
        assert not [
            node for node in ast.walk(body) if isinstance(node, ast.If) or ast.dump(node).startswith("Name(id='pl'")
        ]
