"""The XML of an .xlsx, for what calamine does not show (工作簿内部标记).

What lives here: one pass over sheet XML, entities and network refused. What must not: values; calamine reads those.
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree
from lxml.etree import XMLSyntaxError

__all__ = ["XMLSyntaxError", "formula_errors"]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formula_errors(package: bytes) -> dict[str, dict[str, str]]:
    """The error cells of an .xlsx by sheet and address (公式错误): calamine reads ``#N/A`` as an empty cell.

    Raises ``XMLSyntaxError``, ``KeyError`` or ``zipfile.BadZipFile`` for a package that is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        broken = {name for name in parts if b't="e"' in archive.read(name)}
        if not broken:
            return {}
        links = _parse(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", "")).lstrip("/") for link in links}
        sheets = _parse(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet")
        names = {targets.get(sheet.get(_RELATION)): sheet.get("name", "") for sheet in sheets}
        return {
            names[part]: {
                cell.get("r", ""): cell.findtext("{*}v", "")
                for cell in _parse(archive.read(part)).iterfind(".//{*}c[@t='e']")
            }
            for part in broken & names.keys()
        }


def _parse(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
