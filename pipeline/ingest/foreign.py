"""What delivered bytes are, if they are no table (非表格文件的识别).

What lives here: signatures of other formats. What must not: reading a table; packages and OLE files are told apart
by their parts, in ``markup`` and ``binary``.
"""

from __future__ import annotations

import re

from pipeline.ingest.unreadable import Unreadable

_HEAD = 4096
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "F111", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "F111", "7z"),
    (b"PK\x05\x06", "F111", "ZIP，空包"),
    (b"PK\x07\x08", "F111", "ZIP，分卷"),
    (b"\x1f\x8b\x08", "F111", "gzip"),
    (b"BZh", "F111", "bzip2"),
    (b"\xfd7zXZ\x00", "F111", "xz"),
    (b"MSCF\x00", "F111", "CAB"),
    (b"%PDF-", "F112", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "F113", "PNG"),
    (b"\xff\xd8\xff", "F113", "JPEG"),
    (b"GIF87a", "F113", "GIF"),
    (b"GIF89a", "F113", "GIF"),
    (b"II*\x00", "F113", "TIFF"),
    (b"MM\x00*", "F113", "TIFF"),
    (b"{\\rtf", "F114", "文字文档（RTF）"),
    (b"\x09\x00\x04\x00", "F115", "Excel 2"),
    (b"\x09\x02\x06\x00", "F115", "Excel 3"),
    (b"\x09\x04\x06\x00", "F115", "Excel 4"),
    (b"\x09\x08\x08\x00", "F115", "Excel 5"),
    (b"\x09\x08\x10\x00", "F115", "没有容器的 Excel 97 数据"),
)
_HTML = re.compile(r"<(!doctype\s+html|(html|head|meta|body|table|style|script|div|center|form|p|title)\b)", re.I)
_XML_TABLE = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|<(\w+:)?Workbook\b")
_XML = re.compile(r"<(\?xml\b|!--|!doctype\b)", re.I)
_MHTML = re.compile(r"MIME-Version:.*multipart/related", re.I | re.S)


def refuse_foreign(data: bytes) -> None:
    """Raise ``Unreadable`` for a known format that holds no cells; pass over everything else (识别非表格文件)."""
    bare = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare and not data[_HEAD:].strip():
        raise Unreadable("F108")
    for magic, code, kind in _MAGIC:
        if data.startswith(magic) or (code in ("F112", "F114") and bare.startswith(magic)):
            raise Unreadable(code, kind=kind)
    kind = _image(data) or ("TAR" if data[257:262] == b"ustar" else "")
    if kind:
        raise Unreadable("F111" if kind == "TAR" else "F113", kind=kind)
    markup = _markup(data)
    if markup:
        raise Unreadable("F110", kind=markup)


def _image(data: bytes) -> str:
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "BMP"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return "HEIC"
    return ""


def _markup(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:_HEAD].decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()
    if _MHTML.match(head):
        return "单个文件网页（MHTML）"
    if not head.startswith("<"):
        return ""
    if _XML_TABLE.search(head):
        return "XML 表格"
    if _HTML.match(head) or (_XML.match(head) and _HTML.search(head)):
        return "网页（HTML）"
    return "XML 文件" if _XML.match(head) else ""
