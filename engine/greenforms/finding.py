"""Findings: what a check says, as data. The Chinese sentence is part of the record, so every reporter agrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from greenforms_extractors.origin import Origin


class Severity(StrEnum):
    """How much a finding matters (submission practice: 必须改, 应改, 提示, 请确认)."""

    BLOCK = "block"
    FIX = "fix"
    WARN = "warn"
    ASK = "ask"


#: What people are told of a severity.
SEVERITY_WORDS = {
    Severity.BLOCK: "必须改",
    Severity.FIX: "应改",
    Severity.WARN: "提示",
    Severity.ASK: "请确认",
}


class Outcome(StrEnum):
    """What became of one check on one subject."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"
    NOT_EVALUATED = "not-evaluated"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the document, the field's JSON Pointer and official label, the value, the evidence."""

    document: str
    path: str
    label: str
    value: Any = None
    evidence: Origin | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The document and article a rule rests on."""

    document: str
    article: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome of one check that somebody must see. `message` says where, what, why and what to do."""

    rule: str
    severity: Severity
    message: str
    places: tuple[Place, ...] = ()
    citation: Citation | None = None
    fix: str = ""
    #: A value offered as correction; never applied.
    suggestion: Any | None = field(default=None)
