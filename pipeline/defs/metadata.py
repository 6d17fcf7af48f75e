"""What a reviewer reads in the UI about an output (元数据).

What lives here: row counts, hashes, previews. What must not: personal data; it is masked when read.
"""

from collections.abc import Mapping

import dagster as dg
import polars as pl

from pipeline.flow import sha256

_PREVIEW_ROWS = 8


def describe_output(content: pl.DataFrame | bytes) -> Mapping[str, dg.MetadataValue]:
    """Metadata of a table or artifact: rows, columns and a preview, or size, hash and text (元数据)."""
    if isinstance(content, bytes):
        facts: dict[str, dg.MetadataValue] = {"字节数": dg.MetadataValue.int(len(content))}
        return facts | {"SHA-256": dg.MetadataValue.text(sha256(content))}
    digest = sha256(content.write_csv().encode())
    return {
        "dagster/row_count": dg.MetadataValue.int(content.height),
        "SHA-256": dg.MetadataValue.text(digest),
        "预览": dg.MetadataValue.md(_preview(content)),
    }


def _preview(table: pl.DataFrame) -> str:
    head = table.head(_PREVIEW_ROWS)
    lines = ["| " + " | ".join(head.columns) + " |", "|" + "---|" * head.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in head.iter_rows()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"
