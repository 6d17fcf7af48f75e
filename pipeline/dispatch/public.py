"""The version that everybody may read (公开文本).

What lives here: what is left out of an issued notice, by `data/reference/publicity.toml`, and the two files of the rest. Every figure
that stays is printed as it was issued. What must not: wording of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.bulletin.blocks import Annex, Notice, Paragraph, Role, Span, Table
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.dispatch.approved import printed_entries
from pipeline.document.base import build_template
from pipeline.document.compose import compose
from pipeline.document.text import annex_label, plain_text
from pipeline.errors import RegistryError
from pipeline.reference.models import Entry
from pipeline.reference.registry import read_toml

FOLDER = "public"
PROACTIVE = "主动公开"
_FILE = "publicity.toml"
_CONTACT = re.compile(
    r"联系人|联系电话|联系方式|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}|[\w.]+@[\w-]+\.[\w.]+"
)
_STYLE = (
    "body{max-width:46em;margin:2em auto;font-family:serif;line-height:1.8}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .6em}"
)


class Openness(StrEnum):
    """Who may read something (公开属性)."""

    OPEN = "公开"
    INTERNAL = "内部"
    OWN = "仅本单位"


class Publicity(Entry):
    """What is not open to everybody (公开属性登记), by statement, annex and column."""

    statement: Mapping[str, Openness] = Field(default_factory=dict)
    annex: Mapping[str, Openness] = Field(default_factory=dict)
    column: Mapping[str, Openness] = Field(default_factory=dict)

    def closed(self, kind: str) -> set[str]:
        """The names of a kind that the public version leaves out (不公开项)."""
        return {name for name, openness in getattr(self, kind).items() if openness is not Openness.OPEN}


def load_publicity(reference: Path) -> Publicity:
    """Read `publicity.toml` (公开属性登记). Raises ``RegistryError``."""
    try:
        return Publicity.model_validate(read_toml(reference / _FILE))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RegistryError("publicity", f"{_FILE} 的 {place}：{first['msg']}", "请维护人员改正。") from error


def public_notice(
    issued: Notice, facts: BulletinFacts, templates: Path, publicity: Publicity
) -> tuple[Notice, list[str]]:
    """An issued notice without what is not open (公开文本), and why it cannot be made, if so.

    A closed statement is taken out where its paragraph stands as it was produced; one that was reworded needs a person.
    """
    closed, known = publicity.closed("statement"), {item.id for item in facts.brief.statements}
    faults = [f"{_FILE} 的语句 {name} 没有登记" for name in publicity.statement if name not in known]
    kept = tuple(replace(item, enabled=item.enabled and item.id not in closed) for item in facts.brief.statements)
    whole, rest = (write_notice(item, templates).paragraphs
                   for item in (facts, replace(facts, brief=replace(facts.brief, statements=kept))))  # fmt: skip
    paragraphs = list(issued.paragraphs)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, whole, rest, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        at = next((at for at in range(len(paragraphs)) if paragraphs[at : at + i2 - i1] == list(whole[i1:i2])), None)
        if at is None:
            faults.append(f"“{whole[i1].text[:30]}”一段有不公开的语句，并且经过改写")
        else:
            paragraphs[at : at + i2 - i1] = rest[j1:j2]
    annexes = [
        item for item in issued.annexes if not any(item.title.endswith(name) for name in publicity.closed("annex"))
    ]
    gone = [annex_label(issued, item) for item in issued.annexes if item not in annexes]
    numbered = tuple(
        replace(item, number=number, table=_open_columns(item.table, publicity.closed("column")))
        for number, item in enumerate(annexes, start=1)
    )
    made = Notice(tuple(_relisted(paragraphs, numbered) if gone else paragraphs), numbered)
    made = replace(made, paragraphs=tuple(item for item in made.paragraphs if not _is_contact(item)))
    text = plain_text(made)
    faults += [f"文中提到不公开的{label}" for label in gone if label in text]
    faults += [f"文中有联系方式“{match[0]}”" for match in _CONTACT.finditer(text)]
    return made, faults


def public_files(notice: Notice) -> dict[str, bytes]:
    """The public version as .docx and as plain HTML, by file name (公开文本文件)."""
    return {"通报.docx": compose(notice, build_template()), "通报.html": "\n".join(_html(notice)).encode()}


def _open_columns(table: Table, closed: set[str]) -> Table:
    kept = [at for at, column in enumerate(table.columns) if column.heading not in closed]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _relisted(paragraphs: list[Paragraph], annexes: tuple[Annex, ...]) -> Iterator[Paragraph]:
    """The paragraphs with the list of the attachments that are left."""
    listed = False
    for item in paragraphs:
        if item.role is not Role.ATTACHMENT:
            yield item
        elif not listed:
            listed = True
            yield from (Paragraph(Role.ATTACHMENT, (Span(f"{each.number}.{each.title}"),)) for each in annexes)


def _is_contact(paragraph: Paragraph) -> bool:
    return paragraph.role is Role.REMARK and _CONTACT.search(paragraph.text) is not None


def _html(notice: Notice) -> Iterator[str]:
    title = "".join(item.text for item in notice.paragraphs if item.role is Role.TITLE)
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    tags = {Role.TITLE: "h1", Role.HEADING: "h2"}
    for role, text in printed_entries(Notice(notice.paragraphs)):
        tag = tags.get(role, "p") if role else "p"
        yield f"<{tag}>{escape(text)}</{tag}>"
    for annex in notice.annexes:
        yield f"<h2>{escape(annex_label(notice, annex))}　{escape(annex.title)}</h2>"
        yield from (f"<p>{escape(item.text)}</p>" for item in annex.lead)
        yield (
            "<table>\n<tr>" + "".join(f"<th>{escape(column.heading)}</th>" for column in annex.table.columns) + "</tr>"
        )
        yield from (
            "<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in row) + "</tr>" for row in annex.table.rows
        )
        yield "</table>"
    yield "</body>\n</html>\n"
