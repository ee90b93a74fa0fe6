"""Old one-file formats: RTF, Word and Excel 2003 XML, and web pages that Office and others call .doc or .xls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from greenforms_extractors.legacy.fields import without_field, without_rtf_fields
from greenforms_extractors.refusals import damaged, macros, unknown
from greenforms_extractors.safe_xml import root_of

FlatKind = Literal["rtf", "word-xml", "excel-xml", "html"]

_WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"
_FLAT_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
#: How much of the end is looked at to see whether the file was cut off.
_TAIL = 4096


def flat_kind(path: Path, head: bytes) -> FlatKind | None:
    """Which old one-file format begins like this, None for none.

    Raises UnreadableFile for what is cut off, holds macros or declares entities.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{\\rtf"):
        _check_end(path, rb"\}\s*\0*\s*$")
        return "rtf"
    if re.match(rb"(?i)mime-version:", start):
        raise unknown(path, "是“单个文件网页”（.mht）")
    if b"urn:schemas-microsoft-com:office" in start and re.search(rb"(?i)<html", start):
        _check_end(path, rb"(?i)</html>\s*$")
        return "html"
    return _xml_kind(path) if start.startswith((b"<?xml", b"<w:wordDocument", b"<Workbook")) else None


def _check_end(path: Path, ending: bytes) -> None:
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - _TAIL, 0))
        if re.search(ending, stream.read()) is None:
            raise damaged(path)


def _xml_kind(path: Path) -> FlatKind | None:
    root = root_of(path)
    if root.tag == f"{_WORD}wordDocument":
        if root.get(f"{_WORD}macrosPresent") == "yes":
            raise macros(path)
        return "word-xml"
    if root.tag == f"{_EXCEL}Workbook":
        return "excel-xml"
    if root.tag == f"{_FLAT_PACKAGE}package":
        raise unknown(path, "是“Word XML 文档”（.xml）")
    return None


def frozen_flat(path: Path, content: bytes, kind: FlatKind) -> bytes:
    """The file with fields or formulas replaced by their saved results. Raises UnreadableFile for broken XML."""
    match kind:
        case "rtf":
            return without_rtf_fields(content)
        case "html":
            return content
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(path) from error
    for node in root.iter(f"{_WORD}instrText"):
        node.text = without_field(node.text or "")
    for node in root.iter(f"{_WORD}fldSimple"):
        node.set(f"{_WORD}instr", without_field(node.get(f"{_WORD}instr", "")))
    for node in root.iter(f"{_EXCEL}Cell"):
        node.attrib.pop(f"{_EXCEL}Formula", "")
        node.attrib.pop(f"{_EXCEL}ArrayRange", "")
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
