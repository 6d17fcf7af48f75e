"""The package is canonical (规范打包)."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.document.package import CONTENT_TYPES, CORE, canonical, core_properties, read_parts, write_parts
from pipeline.errors import DocumentError


def entries(data: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.infolist()


def test_order_dates_and_attributes_are_fixed() -> None:
    infos = entries(write_parts({"word/b.xml": b"1", "a.xml": b"2", CONTENT_TYPES: b"3"}))
    assert [info.filename for info in infos] == [CONTENT_TYPES, "a.xml", "word/b.xml"]
    assert {(info.date_time, info.create_system, info.external_attr >> 16) for info in infos} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }


def test_order_of_insertion_does_not_matter() -> None:
    assert write_parts({"a": b"1", "b": b"2"}) == write_parts({"b": b"2", "a": b"1"})


def test_thumbnail_custom_parts_and_revision_ids_go() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        CONTENT_TYPES: b'<Types><Override PartName="/customXml/item1.xml"/><Override PartName="/word/a.xml"/></Types>',
        "_rels/.rels": b'<R><X Id="1" Target="docProps/thumbnail.jpeg"/><X Id="2" Target="word/a.xml"/></R>',
        "word/_rels/a.xml.rels": b'<R><X Id="1" Target="../customXml/item1.xml"/></R>',
        "docProps/thumbnail.jpeg": b"picture",
        "customXml/item1.xml": b"<x/>",
        "word/a.xml": f'<w:p xmlns:w="{space}" w:rsidR="00AB"><w:rsids><w:rsid/></w:rsids><w:r/></w:p>'.encode(),
        CORE: core_properties("旧题", "某人"),
    }
    kept = read_parts(canonical(write_parts(parts), "题", "某局"))
    assert set(kept) == {CONTENT_TYPES, "_rels/.rels", "word/_rels/a.xml.rels", "word/a.xml", CORE}
    whole = b"".join(kept.values()).decode()
    assert not [word for word in ("thumbnail", "customXml", "rsid", "某人", "旧题") if word in whole]
    assert all(word in whole for word in ("<w:r/>", 'PartName="/word/a.xml"', "某局"))


def test_core_properties_escape_the_title() -> None:
    assert b"&lt;a&gt; &amp;" in core_properties("<a> &", "")


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_package_is_a_plain_message(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"不是完好的 \.docx"):
        read_parts(data)
