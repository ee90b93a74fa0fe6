"""Required fields that were not found on a scan: with unread text nearby the paper may well say them."""

from __future__ import annotations

from dataclasses import replace

from greenforms.check.pointers import parent
from greenforms.finding import Finding, Severity
from greenforms.read.extraction import Extraction
from greenforms_extractors.origin import PageOrigin

_REQUIRED, _UNREAD = "schema/required", "read/unread"


def asked(finding: Finding, extraction: Extraction) -> Finding:
    """A question instead of a fault, where a required field is lacking and text on the same page was not read."""
    if finding.rule != _REQUIRED or all(field.source != "ocr" for field in extraction.fields):
        return finding
    unread = {
        place.evidence.page
        for other in extraction.findings
        if other.rule == _UNREAD
        for place in other.places
        if isinstance(place.evidence, PageOrigin)
    }
    if unread.isdisjoint(_pages_near(finding.places[0].path, extraction)):
        return finding
    remark = "这份文件由扫描件识别，附近有没能归入栏目的文字，可能就是这一栏，请先对照原件确认。"
    return replace(finding, severity=Severity.ASK, message=f"{finding.message}{remark}")


def _pages_near(pointer: str, extraction: Extraction) -> set[int]:
    """The pages of the fields that stand around one."""
    around = parent(pointer)
    while True:
        fields = [field for field in extraction.fields if field.path.startswith(f"{around}/")]
        pages = {place.page for field in fields for place in field.places if isinstance(place, PageOrigin)}
        if pages or not around:
            return pages
        around = parent(around)
