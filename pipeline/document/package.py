"""The package of a .docx: its parts in one canonical zip (文件包).

What lives here: reading and writing parts, the order, dates and attributes that never change, the core properties.
What must not: what the parts say.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from pipeline.document.xml import parse, write
from pipeline.errors import DocumentError

CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
MAIN = "word/document.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = "1980-01-01T00:00:00Z"
_UNIX = 3
_MODE = 0o100644 << 16
_DROPPED = ("docProps/thumbnail", "docProps/custom.xml", "customXml/")
_CORE_NAMESPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name (部件). Raises ``DocumentError`` when it is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise DocumentError(
            "package", "文件不是完好的 .docx 文档。", "请用 Word 或 WPS 打开后另存为 .docx。"
        ) from error


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a canonical zip (规范打包): the same parts give the same bytes, on any day and machine.

    Parts are stored, not deflated: what deflate writes depends on the zlib of the machine.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, parts[name], zipfile.ZIP_STORED)
    return stream.getvalue()


def canonical(data: bytes, title: str, creator: str) -> bytes:
    """A package without what differs between runs or tells about its maker (规范化).

    Thumbnail, custom parts and revision ids go; the core properties are the notice's title and its issuer.
    """
    kept = {name: part for name, part in read_parts(data).items() if not name.startswith(_DROPPED)}
    parts = {name: _cleaned(name, part) for name, part in kept.items()}
    return write_parts({**parts, CORE: core_properties(title, creator)})


def core_properties(title: str, creator: str) -> bytes:
    """The core properties (文档属性): title, issuer and constant dates; never a person."""
    ns = _CORE_NAMESPACES
    root = etree.Element(f"{{{ns['cp']}}}coreProperties", nsmap=ns)
    etree.SubElement(root, f"{{{ns['dc']}}}title").text = title
    etree.SubElement(root, f"{{{ns['dc']}}}creator").text = creator
    etree.SubElement(root, f"{{{ns['dc']}}}language").text = "zh-CN"
    for name in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{ns['dcterms']}}}{name}")
        stamp.set(f"{{{ns['xsi']}}}type", "dcterms:W3CDTF")
        stamp.text = _STAMP
    return write(root)


def _cleaned(name: str, part: bytes) -> bytes:
    """A part without revision ids, and without references to parts that are dropped."""
    references = name == CONTENT_TYPES or name.endswith(".rels")
    if not references and b"rsid" not in part:
        return part
    root = parse(part)
    for node in list(root.iter(etree.Element)):
        target = (node.get("PartName") or node.get("Target") or "").lstrip("./")
        if etree.QName(node).localname == "rsids" or (references and target.startswith(_DROPPED)):
            node.getparent().remove(node)
        for attribute in [key for key in node.attrib if etree.QName(key).localname.startswith("rsid")]:
            del node.attrib[attribute]
    return write(root)
