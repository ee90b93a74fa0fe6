"""Checks papers: each by itself, then every one against every other. One paper alone is the smallest folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.dossier.about import About
from greenforms.dossier.copies import Copies, copies_among
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.given import GivenList
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.paper import Paper, paper_of
from greenforms.pack.unfound import asked
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.read.trust.doubts import DIFFERS, hedged
from greenforms.read.trust.form import doubts_form
from greenforms_extractors.origin import Origin
from greenforms_extractors.progress import Progress as Pages
from greenforms_extractors.progress import silent

if TYPE_CHECKING:
    from greenforms.pack.folder import Batch, Progress
    from greenforms.pack.report import PackReport


def _silent(number: int, total: int, name: str) -> None:
    """Report no progress."""


def check_folder(library: Library, folder: Path, as_of: date | None = None, progress: Progress = _silent) -> PackReport:
    """Read and check every paper below a folder. `as_of` is the day deadlines are judged by.

    Raises InputError when there is nothing to check.
    """
    return check_files(library, (folder,), as_of, progress)


def check_files(
    library: Library,
    sources: Sequence[Path],
    as_of: date | None = None,
    progress: Progress = _silent,
    edition: str | None = None,
    answers: tuple[Answer, ...] = (),
    pages: Pages = silent,
    lists: tuple[GivenList, ...] = (),
) -> PackReport:
    """Read and check files, and every paper below the folders among them, as one folder.

    `edition` is that of papers that do not say whose they are; without it, that of the folder's other papers.
    `answers` are what people said where no paper does, `lists` what was handed in beside the papers; `pages` is told
    the pages of long papers.
    Raises InputError when there is nothing to check.
    """
    from greenforms.pack.folder import read_papers

    return check_batch(library, read_papers(library, sources, progress, edition, pages), as_of, answers, lists)


def check_batch(
    library: Library,
    batch: Batch,
    as_of: date | None = None,
    answers: tuple[Answer, ...] = (),
    lists: tuple[GivenList, ...] = (),
) -> PackReport:
    """Check papers that are read, or are going to be printed, as one folder."""
    from greenforms.pack.report import PackReport, entries, in_order

    said = tuple(paper.said for paper in batch.papers)
    dossier = Dossier(library, said, as_of, answers, batch.unread, copies_among(said, batch.repeated), lists)
    papers = _weighed(library, batch.papers, dossier.about)
    own = [named for paper in papers for named in _named(paper, dossier.copies, _own_findings(paper, dossier))]
    findings = [*_out_of_force(papers, as_of), *own, *_between_findings(papers, dossier)]
    return PackReport(
        papers=entries(papers, dossier.about, dossier.copies),
        findings=in_order(findings, [paper.file for paper in papers]),
        unread=batch.unread,
    )


def check_paper(
    form: Form,
    extraction: Extraction,
    as_of: date | None = None,
    answers: tuple[Answer, ...] = (),
    lists: tuple[GivenList, ...] = (),
) -> tuple[Finding, ...]:
    """Everything to say of one paper by itself: of its reading, its values, the rules, and what it says in two ways."""
    read = paper_of(form, extraction)
    dossier = Dossier(form.library, (read.said,), as_of, answers, lists=lists)
    papers = _weighed(form.library, [read], dossier.about)
    own = _own_findings(papers[0], dossier)
    return (*_out_of_force(papers, as_of), *own, *_between_findings(papers, dossier))


def check_data(
    form: Form,
    data: Any,
    document: str = "",
    as_of: date | None = None,
    noticed: Sequence[Finding] = (),
    answers: tuple[Answer, ...] = (),
    lists: tuple[GivenList, ...] = (),
) -> tuple[Finding, ...]:
    """The same of a data set that stands on no paper; `noticed` is what came up when it was read."""
    return check_paper(form, Extraction(document, form.id, 1.0, data, (), (), tuple(noticed)), as_of, answers, lists)


def _weighed(library: Library, papers: Sequence[Paper], about: About) -> tuple[Paper, ...]:
    """The papers with their recognised fields weighed by what the others state."""
    if not any(field.source == "ocr" for paper in papers for field in paper.extraction.fields):
        return tuple(papers)
    from greenforms.pack.weighing import assess_together

    assessed = assess_together(library, [paper.extraction for paper in papers], about.statements())
    return tuple(replace(paper, extraction=each) for paper, each in zip(papers, assessed, strict=True))


def _between_findings(papers: Sequence[Paper], dossier: Dossier) -> Iterator[Finding]:
    from greenforms.check.rules import across

    doubtful = _doubtful(papers)
    return (hedged(finding, doubtful) for result in across(dossier) for finding in result.findings)


def _doubtful(papers: Sequence[Paper]) -> dict[tuple[str, str], FieldReading]:
    return {
        (paper.file, field.path): field
        for paper in papers
        for field in paper.extraction.fields
        if field.grade != "green" and (field.source == "ocr" or doubts_form(field))
    }


def _out_of_force(papers: Sequence[Paper], as_of: date | None) -> Iterator[Finding]:
    """What is to be said of the editions of the papers, once of each form."""
    from greenforms.check.edition import out_of_force

    for first in {paper.form.id: paper for paper in reversed(papers)}.values():
        yield from out_of_force(first.form, as_of, first.file)


def _own_findings(paper: Paper, dossier: Dossier) -> tuple[Finding, ...]:
    """What is wrong with one paper by itself. What is wrong with its data is said of the first of its copies."""
    from greenforms.check.causes import once
    from greenforms.check.validation import validate

    # What one paper says in two ways is said again, with all other papers, by the check between them.
    read = [finding for finding in paper.extraction.findings if finding.rule != DIFFERS]
    if dossier.copies.original(paper.file):
        return tuple(read)
    places = places_of(paper.extraction)
    doubtful = _doubtful([paper])
    faults = validate(paper.form, paper.extraction.data, paper.file, dossier.day, dossier.answers)
    found_in = (asked(finding, paper.extraction) for finding in faults)
    return once(paper.form, (*read, *(hedged(_located(finding, places), doubtful) for finding in found_in)))


def places_of(extraction: Extraction) -> dict[str, Origin | None]:
    """Where each field stands, or should stand, by pointer."""
    blank = {missing.path: missing.places[0] for missing in extraction.missing if missing.places}
    return {**blank, **{field.path: field.evidence for field in extraction.fields}}


def _located(finding: Finding, evidence: Mapping[str, Origin | None]) -> Finding:
    """A finding on values with the places where they stand on the paper."""
    places = tuple(replace(place, evidence=evidence.get(place.path)) for place in finding.places)
    return replace(finding, places=places)


def _named(paper: Paper, copies: Copies, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings on one paper among several, each with the names of the files it holds for."""
    others = copies.of(paper.file)
    same = f"（{'、'.join(f'“{other}”' for other in others)}同）" if others else ""
    for finding in findings:
        if finding.message.startswith(paper.file):  # what came up in reading names its file itself
            yield finding
            continue
        places = [replace(place, document=other, evidence=None) for other in others for place in finding.places]
        message = f"“{paper.file}”{same}{finding.message}"
        yield replace(finding, message=message, places=(*finding.places, *places))
