"""Validation of one data set: structure, single values and the edition's rules, all at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from greenforms.check.causes import once
from greenforms.check.complaint import Complaint
from greenforms.check.condense import condensed
from greenforms.check.pointers import form_order, label
from greenforms.check.rules import run_rules
from greenforms.check.sentence import sentence
from greenforms.check.severities import schema_severity
from greenforms.check.structure import complaints
from greenforms.check.values import value_findings
from greenforms.dossier.dossier import Answer
from greenforms.finding import Finding, Place
from greenforms.form.form import Form


def validate(
    form: Form, data: Any, document: str = "", as_of: date | None = None, answers: tuple[Answer, ...] = ()
) -> tuple[Finding, ...]:
    """Everything wrong with a data set, each problem once, in the order of the form and then of the rules.

    `document` is what places call the data set; `as_of` is the day the verdict is for, `answers` what people said where
    no paper does. Nothing in the data raises.
    """
    found = complaints(form, data)
    missing = frozenset(complaint.pointer for complaint in found if complaint.kind == "required")
    of_structure = (_finding(form, document, complaint) for complaint in found)
    of_values = value_findings(form, data, document, missing)
    of_rules = (finding for result in run_rules(form, data, document, as_of, answers) for finding in result.findings)
    kept = once(form, (*of_structure, *of_values, *of_rules))
    return condensed(form, sorted(kept, key=lambda finding: form_order(form.root, finding.places[0].path)))


def _finding(form: Form, document: str, complaint: Complaint) -> Finding:
    pointers = (complaint.pointer, *([complaint.meant] if complaint.meant else []))
    values = (complaint.value, None)
    return Finding(
        rule=f"schema/{complaint.kind}",
        severity=schema_severity(complaint.kind),
        message=sentence(complaint.where, complaint.what, complaint.fix),
        places=tuple(
            Place(document, pointer, label(form, pointer), value)
            for pointer, value in zip(pointers, values, strict=False)
        ),
        fix=complaint.fix,
        suggestion=complaint.suggestion,
    )
