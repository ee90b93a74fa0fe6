"""The door: an evidence folder read, brought into the order of its report's list, and held against the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greenforms.carry.material import Progress, material_of
from greenforms.dossier.paper import Paper
from greenforms.errors import UsageError
from greenforms.evidence.faults import faults_of_report, own_faults
from greenforms.evidence.folder import counted, read_evidence
from greenforms.evidence.index import Index
from greenforms.evidence.listed import entries_of, in_list_order
from greenforms.finding import Finding
from greenforms.form.evidence import evidence_rules
from greenforms.form.library import Library


@dataclass(frozen=True, slots=True)
class Report:
    """The report that a folder belongs to, and where its charts do not show its figures."""

    file: Path
    paper: Paper
    findings: Sequence[Finding]


def report_of(
    library: Library, file: Path, progress: Progress, form: str | None = None, edition: str | None = None
) -> Report:
    """The report in a file; `form` and `edition` are ids, where it does not say them.

    Raises UsageError where several stand in the file, or it has no list of evidence.
    """
    material = material_of(library, (file,), progress, form, edition)
    if len(material.papers) != 1:
        raise UsageError(f"“{file.name}”里有 {len(material.papers)} 份材料，不知道同哪一份核对。请只写一份报告。")
    (paper,) = material.papers
    rules = evidence_rules(library)
    if not entries_of(paper, rules):
        raise UsageError(
            f"《{paper.form.title}》没有填证明材料清单，不能同目录核对。请换成有清单的报告，或不写是哪份报告。"
        )
    return Report(file, paper, [each for each in material.findings if each.rule in rules.noticed])


def indexed(
    library: Library, folder: Path, report: Report | None, day: date, progress: Progress, apart: Sequence[Path] = ()
) -> Index:
    """The index of a folder as of a day, and all that is found about it; files set `apart` are none of it.

    Raises InputError for an empty folder.
    """
    rules = evidence_rules(library)
    others = [*apart, *([report.file] if report else [])]
    files = read_evidence(rules, folder, others, progress)
    if report is None:
        bundle = counted(files)
        return Index(bundle, tuple(own_faults(bundle, rules, day)))
    bundle = counted(in_list_order(files, entries_of(report.paper, rules)))
    of_report = faults_of_report(library, bundle, rules, report.paper, day)
    return Index(bundle, (*own_faults(bundle, rules, day), *report.findings, *of_report))
