"""Canonical packages: the same parts give the same bytes (规范化打包).

What lives here: zipping in a fixed order with fixed dates and attributes. Parts are stored, not deflated, because the
bytes of deflate depend on the zlib of the machine. What must not: XML.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_CONTENT_TYPES = "[Content_Types].xml"
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts canonically (打包): content types first, then by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda part: (part != _CONTENT_TYPES, part)):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return stream.getvalue()


def canonical(package: bytes) -> bytes:
    """Zip an existing package again, canonically (重新打包)."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return write_package({name: archive.read(name) for name in archive.namelist()})
