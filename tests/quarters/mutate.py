"""Seeded faults of templates and conditions (语句变异).

What lives here: applying one of `mutants.toml` to the code of this process or to a copy of the templates, and undoing
it. What must not: pytest, judging.
"""

from __future__ import annotations

import importlib
import shutil
import tomllib
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.settings import CODE_ROOT, Paths
from tests.quarters.enter import PATHS


@dataclass(frozen=True)
class Mutant:
    """A fault (变异): a fragment of a file that is replaced; the seed, and how many of its quarters, that show it."""

    file: str
    old: str
    new: str
    seed: int
    quarters: int

    def __str__(self) -> str:
        return f"{Path(self.file).name}：{self.old.strip()} → {self.new.strip()}"


def mutants() -> list[Mutant]:
    """Every fault of mutants.toml (全部变异)."""
    listed = tomllib.loads((Path(__file__).parent / "mutants.toml").read_text("utf-8"))
    return [Mutant(**entry) for entry in listed["mutant"]]


@contextmanager
def applied(mutant: Mutant, work: Path) -> Iterator[Paths]:
    """The project with a fault in it (变异之后); ``work`` takes a copy of the templates.

    Raises ``LookupError`` where the fragment does not stand in its file exactly once.
    """
    source = (CODE_ROOT / mutant.file).read_text("utf-8")
    if source.count(mutant.old) != 1:
        raise LookupError(f"{mutant.file} 中应恰有一处：{mutant.old}（有 {source.count(mutant.old)} 处）")
    changed = source.replace(mutant.old, mutant.new)
    if mutant.file.startswith("templates/"):
        shutil.copytree(CODE_ROOT / "templates", work / "templates")
        (work / mutant.file).write_text(changed, "utf-8")
        yield Paths(work, PATHS.data)
        return
    module = importlib.import_module(mutant.file.removesuffix(".py").replace("/", "."))
    other = types.ModuleType(module.__name__)
    other.__file__ = module.__file__
    exec(compile(changed, mutant.file, "exec"), vars(other))
    before = dict(_functions(vars(module)))
    kept = {function: function.__code__ for function in before.values()}
    constants = {name: value for name, value in vars(module).items() if isinstance(value, int | str | tuple)}
    for name, function in _functions(vars(other)):
        if name in before and before[name].__code__ is not function.__code__:
            before[name].__code__ = function.__code__
    for name in constants:
        if not name.startswith("__"):
            setattr(module, name, getattr(other, name))
    try:
        yield PATHS
    finally:
        for function, code in kept.items():
            function.__code__ = code
        for name, value in constants.items():
            setattr(module, name, value)


def _functions(space: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, types.FunctionType]]:
    """Functions of a module, of its classes and of its tables of functions, by name (函数)."""
    own = space.get("__name__", space.get("__module__"))
    for name, value in space.items():
        value = getattr(value, "fget", value)
        if isinstance(value, types.FunctionType) and value.__module__ == own:
            yield prefix + name, value
        elif isinstance(value, staticmethod | classmethod):
            yield prefix + name, value.__func__
        elif isinstance(value, type) and value.__module__ == own and not prefix:
            yield from _functions(dict(vars(value)), f"{name}.")
        elif isinstance(value, dict) and name.isupper() and not prefix:
            yield from ((f"{name}[{key}]", item) for key, item in value.items()
                        if isinstance(item, types.FunctionType) and item.__module__ == own and item.__name__ == "<lambda>")  # fmt: skip
