"""Required fields that a scan was not found to fill: a fault, or a question where unread text stands nearby."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.pack.unfound import asked
from greenforms.read.extraction import Extraction, FieldReading
from greenforms_extractors.model import PageOrigin

LACKING = Finding(
    "schema/required", Severity.FIX, "缺少必填项“传真”。", (Place("扫描.pdf", "/enterprise/fax", "传真"),)
)


def read(path: str, page: int, source: Any = "ocr") -> FieldReading:
    place = PageOrigin(page, (0.0, 0.0, 1.0, 1.0))
    return FieldReading(path, "某栏", "甲", "甲", None, 0.9, source, (place,))


def scan(unread_page: int, source: Any = "ocr") -> Extraction:
    unread = Finding(
        "read/unread",
        Severity.ASK,
        "未读取",
        (Place("扫描.pdf", "", "", "0471", PageOrigin(unread_page, (0.0, 0.0, 1.0, 1.0))),),
    )
    fields = (read("/unit", 1, source), read("/enterprise/name", 2, source))
    return Extraction("扫描.pdf", "nm-2024/cultivation-plan", 1.0, {}, fields, (), (unread,))


def test_unread_text_beside_it_makes_a_question() -> None:
    """this test ensures that what may be the lacking field is looked at before the applicant is asked to fill it"""
    finding = asked(LACKING, scan(2))
    assert finding.severity is Severity.ASK
    assert "请先对照原件确认" in finding.message


def test_unread_text_elsewhere_does_not() -> None:
    """this test ensures that text on a page where nothing of the field's group stands says nothing of it"""
    assert asked(LACKING, scan(1)) == LACKING


def test_what_stands_as_text_is_a_fault() -> None:
    """this test ensures that a paper that is no scan lacks what it lacks"""
    assert asked(LACKING, scan(2, "structure")) == LACKING


def test_other_faults_stay() -> None:
    """this test ensures that only what is lacking is asked for"""
    other = replace(LACKING, rule="value/phone")
    assert asked(other, scan(2)) == other
