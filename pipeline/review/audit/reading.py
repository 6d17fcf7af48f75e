"""Reading an audit file: TOML to figures, or one refusal that names every place (读复核文件).

What lives here: ``load``. What must not: the form itself, questions.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import SourceError
from pipeline.review.audit.model import Figures

_ERRORS = {"missing": "没有填写", "extra_forbidden": "不是可用的字段", "too_short": "写的项数不够"}


def load(path: Path) -> Figures:
    """Read an audit file (读复核文件). Raises ``SourceError`` that names the line or the field."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _figures(path.name, text, tomllib.loads(text))
    except FileNotFoundError as error:
        raise SourceError("audit_file", f"没有文件 {path}。", "请检查文件名。") from error
    except OSError as error:
        raise SourceError("audit_file", f"{path} 无法读取，或者不是文件。", "请检查文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise SourceError("audit_file", f"{path.name} 不是 UTF-8 文本。", "请以 UTF-8 编码另存。") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else len(text.splitlines())
        raise _unusable(f"{path.name} 第 {line} 行不合 TOML 格式。") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise _unusable(f"{path.name} 中有过长的数字或者过深的嵌套。") from error


def _figures(file: str, text: str, content: dict[str, Any]) -> Figures:
    try:
        figures = Figures.model_validate(content)
        wrong = list(figures.problems())
    except ValidationError as error:
        told = [_told(file, text, content, item) for item in error.errors()]
        raise _unusable("".join(dict.fromkeys(told))) from None
    if wrong:
        told = [f"{_place(file, text, content, (table, at))}：{message}。" for table, at, message in wrong]
        raise _unusable("".join(told))
    if not figures.named and not figures.sum and not figures.bands:
        raise _unusable(f"{file} 中没有数字。")
    return figures


def _unusable(message: str) -> SourceError:
    return SourceError("audit_file", message, "请对照 docs/guide-audit.md 修改；文字和小数两边用半角引号。")


def _told(file: str, text: str, content: dict[str, Any], error: Any) -> str:
    cause = str(error.get("ctx", {}).get("error", ""))
    message = cause or _ERRORS.get(error["type"], "写法不对")
    return f"{_place(file, text, content, error['loc'])}：{message}。"


def _place(file: str, text: str, content: dict[str, Any], where: tuple[str | int, ...]) -> str:
    """The file, the line of the table, the name of the figure and the field (位置)."""
    table, *rest = where
    place, name = "", ""
    at = rest[0] if rest else None
    if isinstance(at, int):
        del rest[0]
        lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
        place = f" 第 {lines[at]} 行" if at < len(lines) else ""
        entry = content[str(table)][at]
        name = f"“{entry['name']}”" if isinstance(entry, dict) and isinstance(entry.get("name"), str) else ""
        table = f"[[{table}]] 第 {at + 1} 项"
    fields = ".".join(str(part) for part in rest)
    return f"{file}{place} {table}{name}{' 的 ' if fields else ''}{fields}"
