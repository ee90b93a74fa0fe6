"""What checking a folder gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.dossier.about import About
from greenforms.dossier.copies import Copies
from greenforms.dossier.dossier import Unread
from greenforms.errors import Fault
from greenforms.fact.statement import Fact
from greenforms.finding import Finding, Severity
from greenforms.pack.paper import Paper
from greenforms.report import evidence_json, finding_json, severity_counts

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One paper of the folder: what it is and whom it is about; a list is about nobody in particular.

    `same_as` names the file it is a copy of. `data` and `facts` are what it says, in the form's and in shared terms;
    a file that repeats the bytes of another was not read for itself and has none.
    """

    file: str
    form: str
    title: str
    subject: str | None
    confidence: float
    same_as: str = ""
    data: Any = None
    facts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PackReport:
    """All papers, all findings by severity and then paper, and the files that were no papers."""

    papers: tuple[PaperEntry, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return severity_counts(self.findings)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The bugs of ours that kept files from being read."""
        return tuple(each.fault for each in self.unread if each.fault is not None)

    def to_json(self) -> dict[str, Any]:
        """The report as the command line writes it; write it out with `greenforms.report.json_text`."""
        return {
            "findings": [finding_json(finding) for finding in self.findings],
            "summary": {
                **self.counts,
                "papers": [_listed(paper) for paper in self.papers],
                "unread": [
                    {"file": each.file, "message": each.message, "kind": each.kind, "act": each.act}
                    for each in self.unread
                ],
            },
            "papers": [
                {**_listed(paper), "data": paper.data, "facts": list(paper.facts)}
                for paper in self.papers
                if paper.data is not None
            ],
        }


def _listed(paper: PaperEntry) -> dict[str, Any]:
    listed = {key: getattr(paper, key) for key in ("file", "form", "title", "subject", "confidence")}
    return {**listed, "same_as": paper.same_as} if paper.same_as else listed


def entries(papers: Sequence[Paper], about: About, copies: Copies) -> tuple[PaperEntry, ...]:
    """The papers as the report lists them, each followed by the files that repeat its bytes."""
    listed: list[PaperEntry] = []
    for paper in papers:
        read = paper.extraction
        facts = tuple(_fact(fact, about.subject_in(fact)) for fact in paper.facts)
        subject, same_as = about.subject_of(paper.said), copies.original(paper.file)
        entry = PaperEntry(
            paper.file, paper.form.id, paper.form.title, subject, read.form_confidence, same_as, read.data, facts
        )
        listed.append(entry)
        repeating = [copy for copy, original in copies.repeated.items() if original == paper.file]
        listed += [replace(entry, file=copy, same_as=paper.file, data=None, facts=()) for copy in repeating]
    return tuple(listed)


def _fact(fact: Fact, subject: str) -> dict[str, Any]:
    """One statement in shared terms: who, what, when, how much, and where it stands."""
    return {
        "subject": subject,
        "fact": fact.fact,
        "item": fact.item or None,
        "application": fact.application or None,
        "period": fact.period or None,
        "value": fact.value,
        "unit": fact.unit,
        "printed": fact.printed,
        "listed": fact.listed,
        "entity": fact.entity,
        "boundary": fact.boundary or None,
        "decimals": fact.decimals,
        "as_of": fact.as_of or None,
        "path": fact.path,
        "label": fact.label,
        "evidence": evidence_json(fact.evidence),
    }


def in_order(findings: Iterable[Finding], files: Iterable[str]) -> tuple[Finding, ...]:
    """Findings by severity, then in the order of the papers they first name."""
    rank = {file: number for number, file in enumerate(files)}

    def key(finding: Finding) -> tuple[int, int]:
        first = finding.places[0].document if finding.places else ""
        return _GRAVITY[finding.severity], rank.get(first, len(rank))

    return tuple(sorted(findings, key=key))
