"""The shapes of answers as the description of the interface has them (JSON Schema 2020-12)."""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]

_TEXT: Shape = {"type": "string"}
_TEXT_OR_NONE: Shape = {"type": ["string", "null"]}
_COUNT: Shape = {"type": "integer", "minimum": 0}
_ADDRESS: Shape = {"type": "string", "format": "uri-reference"}


def _object(*, optional: Shape | None = None, **members: Shape) -> Shape:
    """An object that has all members, and may have the optional ones and others that come later."""
    return {"type": "object", "required": list(members), "properties": members | (optional or {})}


def _list(of: Shape) -> Shape:
    return {"type": "array", "items": of}


_CITATION: Shape = {**_object(document=_TEXT, article=_TEXT), "type": ["object", "null"]}
_PLACE = _object(document=_TEXT, path=_TEXT, label=_TEXT_OR_NONE, value={}, evidence={"type": ["object", "null"]})
_FINDING = _object(
    rule=_TEXT,
    severity={"enum": ["block", "fix", "warn", "ask"]},
    message=_TEXT,
    places=_list(_PLACE),
    citation=_CITATION,
    fix=_TEXT_OR_NONE,
    optional={"suggestion": {}},
)

FINDINGS = _object(findings=_list(_FINDING), summary=_object(block=_COUNT, fix=_COUNT, warn=_COUNT, ask=_COUNT))
FORM = _object(
    form=_TEXT,
    title=_TEXT,
    edition=_TEXT,
    edition_title=_TEXT,
    authority=_TEXT,
    annex=_TEXT_OR_NONE,
    grade={"enum": ["A", "B", "C"]},
    grade_note=_TEXT_OR_NONE,
    outputs=_list({"enum": ["docx", "xlsx", "pdf"]}),
    filled_by=_TEXT_OR_NONE,
    received_by=_TEXT_OR_NONE,
)
FORMS = _object(forms=_list(FORM))
SCHEMA: Shape = {"type": "object", "required": ["$schema"]}
EXPLANATION: Shape = {"type": "object"}
PROCEDURE = _object(
    procedure=_TEXT,
    title=_TEXT,
    types=_list(_TEXT),
    citation=_CITATION,
    as_of={"type": "string", "format": "date"},
    deadlines=_list(_object(what=_TEXT, words=_TEXT, last=_TEXT_OR_NONE, citation=_CITATION)),
    papers=_list(_object(form=_TEXT, title=_TEXT, types=_list(_TEXT), citation=_CITATION)),
    attachments=_list(_object(title=_TEXT, citation=_CITATION)),
    not_needed=_list(_object(what=_TEXT, why=_TEXT, citation=_CITATION)),
)
PROCEDURES = _list(PROCEDURE)
RULE = _object(
    rule=_TEXT, title=_TEXT, severity={"enum": ["block", "fix", "warn", "ask"]}, check=_TEXT, citation=_CITATION
)
RULES = _list(RULE)
JOB = _object(
    id=_TEXT,
    kind={"enum": ["extract", "check"]},
    status={"enum": ["waiting", "running", "done", "failed", "cancelled"]},
    created={"type": "string", "format": "date-time"},
    done=_COUNT,
    failed=_COUNT,
    total=_COUNT,
    told=_TEXT_OR_NONE,
    links=_object(self=_ADDRESS, results=_ADDRESS, optional={"facts": _ADDRESS}),
)
RESULTS = _object(
    files=_list(_object(file=_TEXT, state={"enum": ["waiting", "leased", "done", "failed"]}, result=_ADDRESS)),
    tables={"type": "object", "additionalProperties": _ADDRESS},
)
#: What came of one file: a reading, a file that is no form, or the findings on the papers of a unit.
RESULT: Shape = {"type": "object"}


def answers(shape: Shape, status: int = 200, told: str = "做成了") -> dict[int | str, dict[str, Any]]:
    """How an answer in JSON stands in the description of the interface."""
    return {status: {"description": told, "content": {"application/json": {"schema": shape}}}}
