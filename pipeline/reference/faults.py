"""What is wrong with an entry of a registry file, in Chinese (登记文件的格式错误).

What lives here: pydantic's errors as clauses for the person who keeps the registry. What must not: reading files, rules
between entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

_SCALARS = str | int | float | bool
_KINDS = {
    "missing": "没有填写",
    "extra_forbidden": "不是已有的项目",
    "string_type": "应为文字，写在引号内",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或者 false",
    "bool_parsing": "应为 true 或者 false",
    "decimal_type": "应为数字，写在引号内",
    "decimal_parsing": "应为数字，写在引号内",
    "decimal_max_digits": "数字过大，或者小数位数过多",
    "decimal_whole_digits": "数字过大",
    "decimal_max_places": "小数位数过多",
    "finite_number": "应为有限的数字",
    "tuple_type": "应为列表，写在方括号内",
    "dict_type": "应为表",
    "model_type": "应为表",
    "too_short": "至少要有一项",
    "greater_than_equal": "不应小于 {ge}",
    "greater_than": "应大于 {gt}",
    "literal_error": "应为 {expected} 之一",
    "value_error": "{error}",
}
_OTHER = "不符合要求（{type}）"


def form_faults(error: ValidationError) -> Iterator[str]:
    """What an entry does not keep to, one clause per fault: the place in the file, what stands there, what is expected."""
    for fault in error.errors(include_url=False):
        place = ".".join(map(str, fault["loc"]))
        yield f"{place}{_found(fault)}，{_wanted(fault)}" if _found(fault) else f"{place} {_wanted(fault)}"


def _found(fault: Any) -> str:
    shown = fault["type"] != "missing" and isinstance(fault["input"], _SCALARS)
    return f" 写作“{fault['input']}”" if shown else ""


def _wanted(fault: Any) -> str:
    context = {key: str(value) for key, value in fault.get("ctx", {}).items()} | {"type": fault["type"]}
    context["expected"] = context.get("expected", "").replace(" or ", "、").replace(", ", "、").replace("'", "")
    return _KINDS.get(fault["type"], _OTHER).format_map(context)
