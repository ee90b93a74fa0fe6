"""The JSON shapes other programs rely on (the command line contract), numbers written exactly from Decimal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.edition import Edition, FormEntry
from greenforms.place import origin_json
from greenforms.read.extraction import Extraction, FieldReading
from greenforms_extractors.origin import Origin

#: What a terminal obeys and a file cannot keep: it stands escaped in JSON, which is the same text to every reader.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any) -> str:
    """Indented JSON, Chinese as it is; a Decimal is written as the number it is, with all its digits."""
    import simplejson

    text: str = simplejson.dumps(value, ensure_ascii=False, indent=2, use_decimal=True, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding; write it out with `json_text`, for values are Decimals."""
    shape: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "places": [_place_json(place) for place in finding.places],
        "citation": asdict(finding.citation) if finding.citation else None,
        "fix": finding.fix,
    }
    if finding.suggestion is not None:
        shape["suggestion"] = finding.suggestion
    return shape


def evidence_json(origin: Origin | None) -> dict[str, Any] | None:
    """Where something stands; null where nobody knows."""
    return origin_json(origin) if origin is not None else None


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "document": place.document,
        "path": place.path,
        "label": place.label,
        "value": place.value,
        "evidence": evidence_json(place.evidence),
    }


def severity_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, the gravest first, none left out."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts


def findings_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """A list of findings with their count by severity."""
    listed = list(findings)
    return {"findings": [finding_json(finding) for finding in listed], "summary": severity_counts(listed)}


def field_json(field: FieldReading) -> dict[str, Any]:
    """One field as read, `evidence` being the first of its `places`; `doubt` only where there is one."""
    return {
        "path": field.path,
        "label": field.label,
        "value": field.value,
        "raw": field.raw,
        "unit": field.unit,
        "confidence": round(field.confidence, 4),
        "grade": field.grade,
        "source": field.source,
        "evidence": evidence_json(field.evidence),
        "places": [origin_json(place) for place in field.places],
        **({"doubt": field.doubt} if field.doubt else {}),
    }


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """One file as read: data, evidence per field, what is missing, findings."""
    return {
        "file": extraction.file,
        "sha256": extraction.sha256,
        "form": extraction.form,
        "form_confidence": extraction.form_confidence,
        "data": extraction.data,
        "fields": [field_json(field) for field in extraction.fields],
        "missing": [{"path": field.path, "label": field.label} for field in extraction.missing],
        "findings": [finding_json(finding) for finding in extraction.findings],
    }


def catalogue_json(edition: Edition, entry: FormEntry) -> dict[str, Any]:
    """One form of the catalogue, by its edition."""
    return {
        "form": f"{edition.id}/{entry.name}",
        "title": entry.title,
        "edition": edition.id,
        "edition_title": edition.title,
        "authority": edition.authority,
        "annex": entry.annex,
        "grade": entry.grade,
        "grade_note": entry.grade_note,
        "outputs": list(entry.outputs),
        "filled_by": entry.filled_by,
        "received_by": entry.received_by,
    }
