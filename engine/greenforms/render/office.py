"""Lets LibreOffice print a finished docx or xlsx as a PDF."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, Literal

from greenforms.errors import OfficeError
from greenforms.render.contents import without_contents_field
from greenforms.render.whole_tables import lost_letters, otherwise_laid_out
from greenforms_extractors.office.instance import Job, OfficeFailure
from greenforms_extractors.office.program import HOW_TO_GET
from greenforms_extractors.office.supervisor import TIMEOUT, convert

if TYPE_CHECKING:
    from lxml import etree

Suffix = Literal[".docx", ".xlsx"]

#: Tags keep tables and reading order, so that the PDF can be read back and read aloud (ISO 32000-1, 14.8).
_OPTIONS = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TARGETS = {".docx": f"pdf:writer_pdf_Export:{_OPTIONS}", ".xlsx": f"pdf:calc_pdf_Export:{_OPTIONS}"}


def to_pdf(content: bytes, suffix: Suffix, *, timeout: float = TIMEOUT) -> bytes:
    """Print a docx or xlsx as a tagged PDF, with all rows of its tables.

    Raises OfficeError when LibreOffice is missing, too slow or refuses.
    """
    try:
        return _printed(for_print(content), suffix, timeout)
    except OfficeFailure as failure:
        raise OfficeError(_message(failure, timeout)) from failure


def _printed(source: bytes, suffix: Suffix, timeout: float) -> bytes:
    """The PDF of a file, of a Word file the first that has all its texts, else the one that lacks least."""
    printed = convert(Job(source, suffix, _TARGETS[suffix]), timeout)
    if suffix == ".xlsx" or not (lost := lost_letters(source, printed)):
        return printed
    for other in otherwise_laid_out(source):
        again = convert(Job(other, suffix, _TARGETS[suffix]), timeout)
        if (lacking := lost_letters(source, again)) < lost:
            printed, lost = again, lacking
        if not lost:
            break
    return printed


def _message(failure: OfficeFailure, timeout: float) -> str:
    match failure.code:
        case "no-office":
            return (
                "本机没有安装 LibreOffice，无法生成 PDF。生成 docx 和 xlsx 不需要它。"
                f"安装方法：{HOW_TO_GET}。"
                "也可以用 Word 或 WPS 打开生成的 docx 或 xlsx 后另存为 PDF。"
            )
        case "office-timeout":
            return (
                f"LibreOffice 在 {timeout:g} 秒内没有完成，已停止。"
                "请检查文件是否过大；docx 和 xlsx 文件不受影响，可用 Word 或 WPS 打开后另存为 PDF。"
            )
    return (
        f"LibreOffice 没有生成 PDF（{failure.said or '未说明原因'}）。"
        "docx 和 xlsx 文件不受影响，可用 Word 或 WPS 打开后另存为 PDF。"
    )


def for_print(content: bytes) -> bytes:
    """A copy of a docx or xlsx without relationships that point outside it, hyperlinks excepted, without controls and
    with the entries of a table of contents alone, so that their pages are worked out.

    LibreOffice would fetch linked pictures and templates while it loads the file. The end of a content control is a
    character to it: one behind a 。 that hangs in the margin begins a line of its own, and none is spaced like text.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            copy.writestr(info.filename, _part_for_print(info.filename, package.read(info)))
    return output.getvalue()


def _part_for_print(name: str, part: bytes) -> bytes:
    if name.endswith(".rels"):
        return _internal_only(part)
    if name.startswith("word/") and (b":sdt" in part or b"TOC" in part):
        root = _parsed(part)
        _without_controls(root)
        without_contents_field(root)
        return _written(root)
    return part


def _internal_only(relationships: bytes) -> bytes:
    root = _parsed(relationships)
    for found in list(root):
        kind = posixpath.basename(found.get("Type", ""))
        if found.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            root.remove(found)
    return _written(root)


def _without_controls(root: etree._Element) -> None:
    """Leave what stands in content controls (ISO/IEC 29500-1, 17.5.2), without them."""
    for control in list(root.iter(f"{_W}sdt")):
        parent, inside = control.getparent(), control.find(f"{_W}sdtContent")
        assert parent is not None
        place = parent.index(control)
        parent[place : place + 1] = [] if inside is None else list(inside)


def _parsed(part: bytes) -> etree._Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: etree._Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
