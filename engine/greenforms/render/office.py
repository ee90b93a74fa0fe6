"""Lets LibreOffice print a finished docx or xlsx as a PDF."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Literal

from greenforms.errors import OfficeError
from greenforms_extractors.office.instance import Job, OfficeFailure
from greenforms_extractors.office.program import HOW_TO_GET
from greenforms_extractors.office.supervisor import TIMEOUT, convert

Suffix = Literal[".docx", ".xlsx"]

#: Tags keep tables and reading order, so that the PDF can be read back and read aloud (ISO 32000-1, 14.8).
_OPTIONS = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_TARGETS = {".docx": f"pdf:writer_pdf_Export:{_OPTIONS}", ".xlsx": f"pdf:calc_pdf_Export:{_OPTIONS}"}


def to_pdf(content: bytes, suffix: Suffix, *, timeout: float = TIMEOUT) -> bytes:
    """Print a docx or xlsx as a tagged PDF. Raises OfficeError when LibreOffice is missing, too slow or refuses."""
    try:
        return convert(Job(without_links(content), suffix, _TARGETS[suffix]), timeout)
    except OfficeFailure as failure:
        raise OfficeError(_message(failure, timeout)) from failure


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


def without_links(content: bytes) -> bytes:
    """A copy of a docx or xlsx without relationships that point outside it, hyperlinks excepted.

    LibreOffice would fetch linked pictures and templates while it loads the file.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            part = package.read(info)
            copy.writestr(info.filename, _internal_only(part) if info.filename.endswith(".rels") else part)
    return output.getvalue()


def _internal_only(relationships: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(relationships, etree.XMLParser(resolve_entities=False, no_network=True))
    for found in list(root):
        kind = posixpath.basename(found.get("Type", ""))
        if found.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            root.remove(found)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
