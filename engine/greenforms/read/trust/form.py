"""How sure the form itself is: no field is surer than the form that it is read as.

A paper that bears a title of the form, or that the caller names, is that form unless most of its blank is missing. One
without a title is known by its layout alone, and one under a title of its own may well be another form.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.read.extraction import Extraction, FieldReading

if TYPE_CHECKING:
    from greenforms.read.take.identify import Identified

RULE = "read/form-unsure"
_UNSURE = "表单本身认得不很有把握"

#: From this share of the blank on, a paper that is named is its form, and one without a title is.
_NAMED, _UNTITLED = 0.65, 0.95
#: What the layout says of a paper under another title is worth so much.
_OTHER_TITLE = 0.75


def with_form(extraction: Extraction, identified: Identified) -> Extraction:
    """The paper with how sure its form is, and the finding where that is not sure."""
    why = _doubt(identified)
    if not why:
        return extraction
    worth = _OTHER_TITLE if identified.other_title else 1.0
    form = identified.form
    return bounded_by_form(
        replace(
            extraction,
            form_confidence=round(identified.share * worth, 3),
            form_doubt=f"{_UNSURE}：{why}",
            findings=(_finding(extraction.file, form, why), *extraction.findings),
        )
    )


def bounded_by_form(extraction: Extraction) -> Extraction:
    """The paper with no field surer than its form. Where that is in doubt nothing is green."""
    if not extraction.form_doubt:
        return extraction
    return replace(extraction, fields=tuple(_bounded(field, extraction) for field in extraction.fields))


def doubts_form(field: FieldReading) -> bool:
    """Whether a field is doubtful because its form is."""
    return field.doubt.startswith(_UNSURE)


def _bounded(field: FieldReading, extraction: Extraction) -> FieldReading:
    confidence = min(field.confidence, extraction.form_confidence)
    if field.grade != "green":
        return replace(field, confidence=confidence)
    return replace(field, confidence=confidence, grade="amber", doubt=extraction.form_doubt)


def _doubt(identified: Identified) -> str:
    """Why a paper may be another form, a Chinese clause; "" where it is sure."""
    found = f"空表的栏目只找到{identified.share:.0%}"
    if identified.named:
        return found if identified.share < _NAMED else ""
    if identified.other_title:
        return f"纸面的标题是“{identified.other_title}”"
    return f"纸面上没有这种表的标题，{found}" if identified.share < _UNTITLED else ""


def _finding(file: str, form: Form, why: str) -> Finding:
    act = f"请核对是不是这种表；确实是的，用 --form {form.id} 指明"
    message = f"{file}按《{form.title}》（{form.id}）读取，但{_UNSURE}：{why}。读到的各栏都要核对。{act}。"
    return Finding(RULE, Severity.ASK, message, (Place(file, "", ""),), fix=act)
