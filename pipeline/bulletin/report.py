"""A template at work on a report: paragraphs, and tables where it names them (带表文稿成文).

What lives here: the parser of such templates. What must not: facts, tables of a particular report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from jinja2 import TemplateError
from jinja2.exceptions import UndefinedError

from pipeline.bulletin.blocks import Paragraph, Report, Role, Span, Table
from pipeline.bulletin.phrasing import decimal_text, lead
from pipeline.bulletin.prose import environment, ordinal, parse_outline
from pipeline.errors import TemplateError as WordingError

_TABLE = re.compile(r"^@table (\S+)$", re.M)


def write_report(name: str, values: Mapping[str, object], tables: Mapping[str, Table], templates: Path) -> Report:
    """A report by its template (带表文稿). Raises ``TemplateError`` that names the template."""
    env = environment(templates)
    env.filters["points"] = decimal_text
    env.globals |= {"lead": lead, "ordinal": ordinal}
    try:
        text = env.get_template(name).render(values)
    except (TemplateError, UndefinedError, ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise WordingError("wording", f"模板 {name} 无法成文：{error}", "请维护人员核对 templates/。") from error
    return Report(tuple(_content(text, tables)))


def _content(text: str, tables: Mapping[str, Table]) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in the order of the template's text, headings numbered as they come."""
    numerals = iter("一二三四五六七八九")
    for place, part in enumerate(_TABLE.split(text)):
        if place % 2:
            yield tables[part]
            continue
        for item in parse_outline(part):
            number = (Span(f"{next(numerals)}、"),) if item.role is Role.HEADING else ()
            yield replace(item, spans=(*number, *item.spans))
