"""Blocks of a notice: paragraphs, tables and annexes, before they become a file (公文要素).

What lives here: frozen types only. A span may carry the id of the figure it prints; the ledger,
the comments and the review page follow that id. What must not: fonts, sizes, files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Role of a paragraph in an official document (公文要素). Source: GB/T 9704-2012, clause 7."""

    NUMBER = "number"  # 发文字号
    TITLE = "title"  # 标题
    ADDRESSEE = "addressee"  # 主送机关
    BODY = "body"  # 正文
    HEADING = "heading"  # 一级标题（一、），自成一段
    ATTACHMENT = "attachment"  # 附件说明, one paragraph per attachment
    SIGNATURE = "signature"  # 发文机关署名
    DATE = "date"  # 成文日期
    REMARK = "remark"  # 附注
    DRAFT = "draft"  # 草稿标记: a mark of a draft, never in an issued notice


class Face(StrEnum):
    """Typeface of a span inside a body paragraph (层次序数): level 2 is 楷体, the rest is body."""

    BODY = "body"
    LEVEL2 = "level2"  # （一）……。
    LEVEL3 = "level3"  # 1. ……。


class Align(StrEnum):
    """Alignment of a table column (对齐)."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Span:
    """A stretch of text, and the id of the figure it prints, if any (文字)."""

    text: str
    figure: str | None = None
    face: Face = Face.BODY


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its role (段落)."""

    role: Role
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text of all spans, joined."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Column:
    """A column of an annex table (栏): heading, width in tenths of a millimetre, alignment."""

    heading: str
    width: int
    align: Align = Align.CENTER


@dataclass(frozen=True)
class Table:
    """A table of an annex (表): columns, and rows of as many spans."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Annex:
    """An annex of the notice (附件): its number, the words of its title, an optional lead-in and its table."""

    number: int
    words: tuple[str, ...]  # a title is broken between words only
    table: Table
    lead: tuple[Paragraph, ...] = ()
    landscape: bool = False

    @property
    def title(self) -> str:
        """The title of the annex (附件标题)."""
        return "".join(self.words)


@dataclass(frozen=True)
class Notice:
    """A whole notice as blocks (通报): paragraphs in order, then annexes."""

    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = field(default=())


@dataclass(frozen=True)
class Report:
    """Paragraphs and tables as they follow each other (带表文稿): a feedback sheet, a note for the person who signs."""

    content: tuple[Paragraph | Table, ...]


@dataclass(frozen=True)
class Dispatch:
    """What an issued document carries besides its notice (印发要素): head, annotation, imprint. Empty means not given."""

    mark: str  # 发文机关标志, e.g. 某某局文件; in a letter the name alone
    copy_number: str = ""  # 份号, six digits
    secrecy: str = ""  # 密级和保密期限
    urgency: str = ""  # 紧急程度
    signer: str = ""  # 签发人, of an upward document alone (上行文)
    sealed: bool = True  # 加盖印章
    annotation: str = ""  # 附注, without its brackets
    copied_to: tuple[str, ...] = ()  # 抄送
    printer: str = ""  # 印发机关
    printed_on: str = ""  # 印发日期, e.g. 2021年11月5日
