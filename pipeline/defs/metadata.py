"""What a reviewer reads in the UI about an output or a check (元数据).

What lives here: row counts, hashes, previews. What must not: personal data; it is masked when read.
"""

from collections.abc import Mapping, Sequence

import dagster as dg
import polars as pl

from pipeline.document.text import plain_text
from pipeline.flow import DIFFERENCE, Context, notice_of
from pipeline.output import sha256

_PREVIEW_ROWS = 8
_SHOWN_PROBLEMS = 50


def describe_output(output: str, content: pl.DataFrame | bytes, context: Context) -> Mapping[str, dg.MetadataValue]:
    """Metadata of a table (rows, hash, coverage, preview) or an artifact (size, hash, link, text) (元数据)."""
    if isinstance(content, bytes):
        return _describe_artifact(output, content, context)
    facts: dict[str, dg.MetadataValue] = {
        "dagster/row_count": dg.MetadataValue.int(content.height),
        "SHA-256": dg.MetadataValue.text(sha256(content.write_csv().encode())),
        "预览": dg.MetadataValue.md(_preview(content)),
    }
    if "site_code" in content.columns and not output.startswith("reference/"):
        facts["网站覆盖"] = dg.MetadataValue.text(f"{content['site_code'].n_unique()}/{len(context.roster.sites)}")
    return facts


def describe_problems(problems: Sequence[str], context: Context) -> Mapping[str, dg.MetadataValue]:
    """Metadata of a check (quarter, count, what is wrong) (核对结果)."""
    listed = "\n".join(f"- {text}" for text in problems[:_SHOWN_PROBLEMS])
    return {
        "季度": dg.MetadataValue.text(context.quarter),
        "问题数": dg.MetadataValue.int(len(problems)),
        "首项": dg.MetadataValue.text(problems[0] if problems else "无"),
        "问题": dg.MetadataValue.md(listed or "无"),
    }


def _describe_artifact(output: str, content: bytes, context: Context) -> dict[str, dg.MetadataValue]:
    facts: dict[str, dg.MetadataValue] = {
        "字节数": dg.MetadataValue.int(len(content)),
        "SHA-256": dg.MetadataValue.text(sha256(content)),
    }
    if output == "bulletin/notice":
        facts["全文"] = dg.MetadataValue.md(plain_text(notice_of(context)).replace("\n", "\n\n"))
    if output == "bulletin/publication":
        document = context.paths.out(context.quarter) / "bulletin.docx"
        facts["通报"] = dg.MetadataValue.path(document)
        facts["链接"] = dg.MetadataValue.url(document.as_uri())
        difference = context.paths.work(context.quarter) / DIFFERENCE
        facts["与上次成功运行的差异"] = dg.MetadataValue.md(difference.read_text("utf-8"))
    return facts


def _preview(table: pl.DataFrame) -> str:
    head = table.head(_PREVIEW_ROWS)
    lines = ["| " + " | ".join(head.columns) + " |", "|" + "---|" * head.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in head.iter_rows()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"
