"""One submission as it was handed in, and what there is to say of it: by itself and by a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from greenforms.dossier.dossier import Answer, Unread
from greenforms.dossier.given import GivenList
from greenforms.form.library import Library
from greenforms.pack.built import Built, built_in
from greenforms.pack.crosscheck import check_batch
from greenforms.pack.due import Ruling, held_to
from greenforms.pack.folder import Batch, Progress, read_papers
from greenforms.pack.register import Unit
from greenforms.pack.report import PackReport


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The files and folders of a submission; `refused` are members of its archives that could not be taken."""

    places: tuple[Path, ...]
    refused: tuple[Unread, ...]
    built: Built | None

    @property
    def files(self) -> tuple[Path, ...]:
        """What is to be read; of a pack that we built, without its manifest and lists."""
        return self.places if self.built is None else self.built.papers


@dataclass(frozen=True, slots=True)
class Terms:
    """By what submissions are judged: the day, the edition of papers that name none, answers, lists, a procedure."""

    day: date
    edition: str | None = None
    answers: tuple[Answer, ...] = ()
    lists: tuple[GivenList, ...] = ()
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A submission as read, all there is to say of it, and its register where it is held to a procedure."""

    batch: Batch
    report: PackReport
    units: tuple[Unit, ...] | None


def handed_in(places: Sequence[Path], refused: Sequence[Unread]) -> HandedIn:
    """The files of a submission, which may be a pack that we built."""
    return HandedIn(tuple(places), tuple(refused), built_in(places[0]) if len(places) == 1 else None)


def examined(library: Library, given: HandedIn, terms: Terms, progress: Progress) -> Examined:
    """Read and judge a submission. Raises InputError when there is nothing to check."""
    batch = read_papers(library, given.files, progress, terms.edition)
    batch = replace(batch, unread=(*batch.unread, *given.refused))
    report = check_batch(library, batch, terms.day, terms.answers, terms.lists)
    if (built := given.built) is not None:
        kept = (finding for finding in report.findings if not built.knows(finding))
        report = replace(report, findings=(*kept, *built.changed()))
    if terms.ruling is None:
        return Examined(batch, report, None)
    report, units = held_to(library, terms.ruling, batch, report, terms.answers, terms.lists)
    return Examined(batch, report, units)
