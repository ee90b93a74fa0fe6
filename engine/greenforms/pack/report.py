"""What checking a folder gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from greenforms.errors import Fault
from greenforms.finding import Finding, Severity
from greenforms.pack.folder import Unread
from greenforms.report import finding_json, severity_counts

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One paper of the folder: what it is and whom it is about; a list is about nobody in particular."""

    file: str
    form: str
    title: str
    subject: str | None
    confidence: float


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
                "papers": [asdict(paper) for paper in self.papers],
                "unread": [{"file": each.file, "message": each.message} for each in self.unread],
            },
        }


def in_order(findings: Iterable[Finding], files: Iterable[str]) -> tuple[Finding, ...]:
    """Findings by severity, then in the order of the papers they first name."""
    rank = {file: number for number, file in enumerate(files)}

    def key(finding: Finding) -> tuple[int, int]:
        first = finding.places[0].document if finding.places else ""
        return _GRAVITY[finding.severity], rank.get(first, len(rank))

    return tuple(sorted(findings, key=key))
