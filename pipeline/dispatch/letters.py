"""The short documents that go with an issued notice (随附文件).

What lives here: the covering letter, the sheet of corrections, the packing list. What must not: figures, files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.bulletin.blocks import Align, Column, Paragraph, Report, Role, Span, Table
from pipeline.dispatch.recipients import Recipient
from pipeline.output import sha256

LETTER, LIST, CORRECTIONS = "送达函.docx", "材料清单.txt", "更正说明.docx"
_COLUMNS = (
    Column("序号", 120),
    Column("所在处", 480, Align.LEFT),
    Column("原为", 290),
    Column("更正为", 290),
    Column("更正原因", 380, Align.LEFT),
)


@dataclass(frozen=True)
class Reference:
    """How a document is referred to (引用): its title, number, day and issuer."""

    title: str
    number: str
    day: str
    issuer: str

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


@dataclass(frozen=True)
class Correction:
    """A figure or a passage that was corrected (更正): where it stands, was, is, and why."""

    place: str
    was: str
    now: str
    reason: str


def covering_letter(recipient: Recipient, document: Reference, enclosed: Sequence[str], inspected: bool) -> Report:
    """The letter in front of a package (送达函)."""
    asked = "请对照反馈单核实问题、落实整改，并按整改回执的要求按时反馈。" if inspected else ""
    body = f"现将{document}送达你单位，请查收。{asked}随函材料共{len(enclosed)}件：{'、'.join(enclosed)}；校验值见《材料清单》。"
    return Report(
        (
            _paragraph(Role.TITLE, "关于送达", "检查情况", "通报的函"),
            _paragraph(Role.ADDRESSEE, f"{recipient.full_name}："),
            _paragraph(Role.BODY, body),
            _paragraph(Role.SIGNATURE, document.issuer),
            _paragraph(Role.DATE, document.day),
        )
    )


def correction_sheet(document: Reference, corrected: Reference, rows: Sequence[Correction]) -> Report:
    """The sheet that lists what a re-issue corrects (更正说明), naming the document that it corrects."""
    cells = (
        (str(number), row.place, row.was or "（无）", row.now or "（删去）", row.reason)
        for number, row in enumerate(rows, start=1)
    )
    body = (
        f"{corrected.day}印发的{corrected}中有{len(rows)}处需要更正，现以{document.number}重新印发，"
        f"以本次印发的文本为准，原文同时停止使用。更正内容如下："
    )
    return Report(
        (
            _paragraph(Role.TITLE, "关于更正", "检查情况", "通报的说明"),
            _paragraph(Role.BODY, body),
            Table(_COLUMNS, tuple(tuple(map(Span, row)) for row in cells)),
            _paragraph(Role.SIGNATURE, document.issuer),
            _paragraph(Role.DATE, document.day),
        )
    )


def packing_list(recipient: Recipient, document: Reference, files: Mapping[str, bytes]) -> bytes:
    """What a package holds, with SHA-256 (材料清单): text that opens rightly in any editor of Windows."""
    lines = [f"材料清单　{recipient.name}", f"{document.number}　{document.day}", "", "文件\t字节数\tSHA-256"]
    lines += [f"{name}\t{len(data)}\t{sha256(data)}" for name, data in sorted(files.items())]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _paragraph(role: Role, *words: str) -> Paragraph:
    return Paragraph(role, tuple(map(Span, words)))


def names_of(names: Iterable[str]) -> list[str]:
    """Names of files as a letter lists them, without their suffix (材料名称)."""
    return [name.rpartition(".")[0] for name in names]
