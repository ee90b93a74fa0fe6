"""Puts the record into a finished paper and takes out everything that depends on when and where it was made.

A docx or xlsx gets the record as a custom XML data storage part (ISO/IEC 29500-1, 15.2.5 and 15.2.6), related to the
main part so that Word, WPS and Excel keep it; a PDF gets an attachment. The same data then give the same bytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from greenforms.record import ATTACHMENT_NAME, NAMESPACE, Record
from greenforms.render.package import Parts, deflated, packed

if TYPE_CHECKING:
    from lxml import etree
    from pypdf import PdfWriter

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = f"{_PACKAGE}/relationships"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

#: The earliest moment a zip entry can name; every date inside a paper of ours is this one.
_ISO_MOMENT = "1980-01-01T00:00:00Z"
_PDF_MOMENT = "D:19800101000000Z"
_PROGRAM = "greenforms"


def seal_package(content: bytes, record: Record) -> bytes:
    """Embed the record in a docx or xlsx, in place of any record already there, and fix dates, names and order."""
    parts = parts_of(content)
    parts[seal_parts(parts, record.form)] = record.to_xml().encode()
    return packed({name: deflated([part]) for name, part in parts.items()})


def seal_parts(parts: dict[str, bytes], form: str) -> str:
    """Give the parts of a package a place for the record of a form, and fix their dates; the name of that place."""
    number = _part_number(parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    parts[properties] = _item_properties(form).encode()
    relate(parts, item, f"{_OFFICE}/relationships/customXmlProps", properties)
    relate(parts, main_part(parts), f"{_OFFICE}/relationships/customXml", item)
    _declare(parts, properties)
    _fix_core_properties(parts)
    return item


def with_place(parts: dict[str, bytes], form: str) -> tuple[Parts, Parts]:
    """The parts of all papers of a form: without a place for a record, and with one."""
    sealed = dict(parts)
    place = seal_parts(sealed, form)
    return Parts(parts), Parts(sealed, place)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def seal_pdf(content: bytes, record: Record) -> bytes:
    """Attach the record to a PDF as LibreOffice exported it, and fix dates and identifiers."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    from greenforms.render.type1 import number_fonts

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    attached = writer.add_attachment(ATTACHMENT_NAME, record.to_json().encode())
    attached.associated_file_relationship = NameObject("/Data")
    attached.subtype = NameObject("/application/json")
    attached.alternative_name = TextStringObject(ATTACHMENT_NAME)
    writer.add_metadata({"/CreationDate": _PDF_MOMENT, "/ModDate": _PDF_MOMENT})
    _fix_xmp(writer)
    number_fonts(writer)
    _fix_identifier(writer, record)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _part_number(parts: Mapping[str, bytes]) -> int:
    """The number of the record already there, else the next free one."""
    names = (re.fullmatch(r"customXml/item(?:Props)?(\d+)\.xml", name) for name in parts)
    taken = {int(match[1]) for match in names if match}
    for number in sorted(taken):
        if f'xmlns="{NAMESPACE}"'.encode() in parts.get(f"customXml/item{number}.xml", b""):
            return number
    return max(taken, default=0) + 1


def _item_properties(form: str) -> str:
    identifier = str(uuid5(NAMESPACE_URL, f"{NAMESPACE}:{form}")).upper()
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{{{identifier}}}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that a package begins with."""
    for relationship in _parse(parts["_rels/.rels"]):
        if relationship.get("Type", "").endswith("/relationships/officeDocument"):
            return relationship.get("Target", "").lstrip("/")
    raise ValueError("the package has no main document part")


def relate(parts: dict[str, bytes], source: str, kind: str, target: str) -> str:
    """Relate one part to another, unless it is already; the id of the relationship."""
    from lxml import etree

    folder, name = posixpath.split(source)
    path = f"{folder}/_rels/{name}.rels"
    root = _parse(parts.get(path, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()))
    reference = posixpath.relpath(target, folder)
    for found in root:
        if found.get("Target") in (reference, f"/{target}"):
            return found.get("Id", "")
    used = {found.get("Id") for found in root}
    number = next(number for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=f"rId{number}", Type=kind, Target=reference)
    parts[path] = _serialise(root)
    return f"rId{number}"


def _declare(parts: dict[str, bytes], properties: str) -> None:
    from lxml import etree

    root = _parse(parts[_CONTENT_TYPES])
    prefix = root.tag.rpartition("}")[0] + "}"
    if not any(entry.get("Extension", "").lower() == "xml" for entry in root):
        root.insert(0, etree.Element(f"{prefix}Default", Extension="xml", ContentType="application/xml"))
    if not any(entry.get("PartName") == f"/{properties}" for entry in root):
        etree.SubElement(root, f"{prefix}Override", PartName=f"/{properties}", ContentType=_PROPERTIES_TYPE)
    parts[_CONTENT_TYPES] = _serialise(root)


def declare_part(parts: dict[str, bytes], name: str, kind: str, *, usual: bool) -> None:
    """Say what kind of content a part has, by its extension if that is `usual`; sorted as python-docx sorts them."""
    from lxml import etree

    root = _parse(parts[_CONTENT_TYPES])
    prefix = root.tag.rpartition("}")[0] + "}"
    extension = name.rpartition(".")[2]
    if not usual:
        etree.SubElement(root, f"{prefix}Override", PartName=f"/{name}", ContentType=kind)
    elif not any(entry.get("Extension", "").lower() == extension.lower() for entry in root):
        etree.SubElement(root, f"{prefix}Default", Extension=extension, ContentType=kind)
    root[:] = sorted(root, key=lambda entry: (entry.get("PartName", ""), entry.get("Extension", "")))
    parts[_CONTENT_TYPES] = _serialise(root)


def _fix_core_properties(parts: dict[str, bytes]) -> None:
    path = "docProps/core.xml"
    if path not in parts:
        return
    root = _parse(parts[path])
    for name in ("created", "modified"):
        element = _child(root, f"{{{_TERMS}}}{name}")
        element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        element.text = _ISO_MOMENT
    _child(root, f"{{{_CORE}}}lastModifiedBy").text = _PROGRAM
    parts[path] = _serialise(root)


def _child(root: etree._Element, tag: str) -> etree._Element:
    from lxml import etree

    found = root.find(tag)
    return etree.SubElement(root, tag) if found is None else found


def _parse(content: bytes) -> etree._Element:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _serialise(root: etree._Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fix_xmp(writer: PdfWriter) -> None:
    """Overwrite the dates and identifiers in the XMP packet (ISO 16684-1), as elements and as attributes."""
    from pypdf.generic import StreamObject

    packet = writer.root_object.get("/Metadata")
    stream = packet.get_object() if packet is not None else None
    if not isinstance(stream, StreamObject):
        return
    fixed = stream.get_data()
    for names, value in (
        (rb"xmp:(?:CreateDate|ModifyDate|MetadataDate)", _ISO_MOMENT.encode()),
        (rb"xmpMM:(?:DocumentID|InstanceID)", f"uuid:{uuid5(NAMESPACE_URL, NAMESPACE)}".encode()),
    ):
        fixed = re.sub(rb"(<(" + names + rb")>)[^<]*(</\2>)", rb"\g<1>" + value + rb"\3", fixed)
        fixed = re.sub(rb"(\s" + names + rb"=[\"'])[^\"']*", rb"\g<1>" + value, fixed)
    stream.set_data(fixed)


def _fix_identifier(writer: PdfWriter, record: Record) -> None:
    """Let the file identifier (ISO 32000-1, 14.4) follow from the record alone; pypdf has no public way to set it."""
    from pypdf.generic import ArrayObject, ByteStringObject

    identifier = ByteStringObject(uuid5(NAMESPACE_URL, record.to_json()).bytes)
    writer._ID = ArrayObject((identifier, identifier))
