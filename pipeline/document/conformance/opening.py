"""A file as the parts of a Word package, or one refusal that says what to do (打开文件).

What lives here: telling other formats, damaged, encrypted and oversized files. What must not: what the parts say.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from pipeline.document.package import CONTENT_TYPES, MAIN, read_parts
from pipeline.document.xml import W, parse
from pipeline.errors import DocumentError

_MAX_FILE = 64 << 20
_MAX_PARTS = 4_000
_MAX_PACKAGE, _MAX_MARKUP = 256 << 20, 64 << 20  # unpacked, as the package declares: no more is read
_ENCRYPTED = 1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_KINDS = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (_OLE, "旧版 .doc 或 .wps"),
    (b"<", "网页或 XML"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)
_MARKUP = re.compile(r"\.(xml|rels)$", re.I)
_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再核查。"


def open_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name (部件). Raises ``DocumentError`` for everything that is none."""
    if len(data) > _MAX_FILE:
        raise DocumentError("conform_size", f"文件超过 {_MAX_FILE >> 20} MB。", "请压缩文件中的图片后另存为 .docx。")
    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise DocumentError("conform_encrypted", "文件设有打开密码。", "请去掉密码，另存为 .docx 后再核查。")
    for magic, kind in _KINDS:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            raise DocumentError("conform_kind", f"文件是{kind}，不是 .docx。", _SAVE_AS)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DocumentError("conform_damaged", "文件不是完好的 .docx。", _SAVE_AS) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise DocumentError("conform_encrypted", "文件设有打开密码。", "请去掉密码，另存为 .docx 后再核查。")
    markup = sum(entry.file_size for entry in entries if _MARKUP.search(entry.filename))
    whole = sum(entry.file_size for entry in entries)
    if len(entries) > _MAX_PARTS or whole > _MAX_PACKAGE or markup > _MAX_MARKUP:
        raise DocumentError("conform_bomb", "文件解压后过大，可能是恶意文件，没有打开。", "请核实来源，另存为 .docx。")
    parts = read_parts(data)
    if MAIN not in parts or CONTENT_TYPES not in parts:
        raise DocumentError("conform_kind", "文件是压缩包，但不是 Word 的 .docx。", _SAVE_AS)
    for name, part in parts.items():
        if _MARKUP.search(name):
            _vet(name, part)
    if parse(parts[MAIN]).tag != f"{{{W}}}document":
        raise DocumentError(
            "conform_strict",
            "文件用的是“严格 Open XML”或其他格式，不能核查。",
            "请另存为“Word 文档（.docx）”后再核查。",
        )
    return parts


def _vet(name: str, part: bytes) -> None:
    """Refuse entities and broken XML, whichever encoding hides them."""
    try:
        root = parse(part)
    except DocumentError as error:
        raise DocumentError("conform_xml", f"文件内部的 {name} 已损坏。", _SAVE_AS) from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError("conform_xml", f"文件内部的 {name} 含有 DTD 声明，没有读取。", _SAVE_AS)
