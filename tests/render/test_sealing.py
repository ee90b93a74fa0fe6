"""Sealed papers: the record is in them, the same data give the same bytes, other programs still open them."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal

import docx
import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from greenforms.record import ATTACHMENT_NAME, Record, read_record
from greenforms.render.sealing import seal_package, seal_pdf

RECORD = Record("nm-2024/cultivation-plan", "nm-2024", {"企业名称": "甲<乙>&丙\x0b", "产值": Decimal("5.00")})
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Description rdf:about="" xmp:ModifyDate="{now}">
<xmp:CreateDate>{now}</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>"""


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("企业名称：甲公司")
    output = io.BytesIO()
    document.core_properties.last_modified_by = str(time.time())
    document.save(output)
    return output.getvalue()


def _xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook["Sheet"]["A1"] = "企业名称"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    now = str(time.time())
    writer.add_metadata({"/CreationDate": now, "/ModDate": now, "/Title": "培育申请表"})
    packet = DecodedStreamObject()
    packet.set_data(XMP.format(now=now).encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    writer.generate_file_identifiers()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("make", "seal"), [(_docx, seal_package), (_xlsx, seal_package), (_pdf, seal_pdf)], ids=["docx", "xlsx", "pdf"]
)
def test_the_same_data_give_the_same_bytes(make: Callable[[], bytes], seal: Callable[[bytes, Record], bytes]) -> None:
    """papers made at different moments are equal to the byte."""
    first = make()
    time.sleep(2.1)  # a zip entry's clock ticks every two seconds
    second = make()
    assert first != second
    assert seal(first, RECORD) == seal(second, RECORD)


@pytest.mark.parametrize("make", [_docx, _xlsx], ids=["docx", "xlsx"])
def test_the_record_is_a_related_part(make: Callable[[], bytes]) -> None:
    """the record is found, is declared, and sealing again replaces it."""
    sealed = seal_package(make(), RECORD)
    parts = _parts(sealed)
    assert next(iter(parts)) == "[Content_Types].xml"
    assert read_record(parts) == RECORD
    assert seal_package(sealed, RECORD) == sealed
    other = Record(RECORD.form, RECORD.edition, {})
    assert read_record(_parts(seal_package(sealed, other))) == other


def test_foreign_custom_parts_stay() -> None:
    """a custom XML part that the template brought along keeps its number and content."""
    parts = _parts(_docx()) | {"customXml/item1.xml": b"<theirs/>", "customXml/itemProps2.xml": b"<theirs/>"}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    sealed = _parts(seal_package(output.getvalue(), RECORD))
    assert sealed["customXml/item1.xml"] == b"<theirs/>"
    assert sealed["customXml/item3.xml"].decode() == RECORD.to_xml()
    assert b"../customXml/item3.xml" in sealed["word/_rels/document.xml.rels"]
    assert b"itemProps3.xml" in sealed["customXml/_rels/item3.xml.rels"]
    assert b"/customXml/itemProps3.xml" in sealed["[Content_Types].xml"]


def test_python_libraries_open_and_keep_it() -> None:
    """python-docx opens a sealed docx and saves the record again; openpyxl opens a sealed xlsx."""
    document = docx.Document(io.BytesIO(seal_package(_docx(), RECORD)))
    assert document.paragraphs[0].text == "企业名称：甲公司"
    assert document.core_properties.last_modified_by == "greenforms"
    saved = io.BytesIO()
    document.save(saved)
    assert read_record(_parts(saved.getvalue())) == RECORD
    workbook = openpyxl.load_workbook(io.BytesIO(seal_package(_xlsx(), RECORD)))
    assert workbook["Sheet"]["A1"].value == "企业名称"
    assert workbook.properties.modified.year == 1980


def test_the_pdf_carries_the_record() -> None:
    """the record is an attachment with a data relationship, and title and pages are untouched."""
    reader = PdfReader(io.BytesIO(seal_pdf(_pdf(), RECORD)))
    attached = {name: contents[0] for name, contents in reader.attachments.items()}
    assert list(attached) == [ATTACHMENT_NAME]
    assert read_record(attached) == RECORD
    assert reader.metadata is not None
    assert reader.metadata.title == "培育申请表"
    assert len(reader.pages) == 1
