"""The files of an evidence folder, each read as far as it tells what it is, numbered and counted into one bundle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from greenforms.dossier.dossier import Unread
from greenforms.evidence.telling import kind_of, rows_of, value_of
from greenforms.form.evidence import EvidenceKind, EvidenceRules
from greenforms.pack.listing import sources_of
from greenforms.pack.unread import unread_of
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import run
from greenforms.scheduling.task import Refusal, Task
from greenforms_extractors.reading import read

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file: `kind` is None where its text tells none, texts are empty where it has none.

    `pages` is None for what has no pages before it is printed; `first` is its first page in the bundle, in which such a
    file counts as one, `exact` whether none stands before it. `unread` says why it was not read.
    """

    name: str
    kind: EvidenceKind | None = None
    holder: str = ""
    until: str = ""
    id_number: str = ""
    pages: int | None = None
    scanned: bool = False
    unread: Unread | None = None
    number: int = 0
    first: int = 0
    exact: bool = True

    @property
    def title(self) -> str:
        """Its kind in words."""
        return self.kind.title if self.kind is not None else ""


def read_evidence(
    rules: EvidenceRules, folder: Path, apart: Sequence[Path], progress: Progress
) -> tuple[EvidenceFile, ...]:
    """All files below a folder in natural order of their names, not yet counted; but not those set `apart`.

    Raises InputError for an empty folder.
    """
    reading = _Reading(progress)
    others = {each.resolve() for each in apart}
    sources = (each for each in sources_of([folder]) if each.path.resolve() not in others)
    tasks = [Task(each.name, each.name, each.path) for each in sources]
    run(MemoryLedger(tasks), InPlace(lambda task: _read(rules, task)), reading)
    return tuple(reading.files)


def _read(rules: EvidenceRules, task: Task) -> EvidenceFile:
    document = read(task.given)
    rows = tuple(rows_of(document))
    kind = kind_of(rows, rules)
    found = EvidenceFile(task.name, kind, pages=document.pages, scanned=bool(document.scanned))
    if kind is None:
        return found
    holder, until, number = (value_of(rows, labels) for labels in (kind.holder, kind.until, kind.number))
    return replace(found, holder=holder, until=until, id_number=number)


def counted(files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """The files with their numbers and first pages, in the order in which they are bound."""
    bundle: list[EvidenceFile] = []
    first, exact = 1, True
    for number, each in enumerate(files, 1):
        bundle.append(replace(each, number=number, first=first, exact=exact))
        first, exact = first + (each.pages or 1), exact and each.pages is not None
    return tuple(bundle)


@dataclass(slots=True)
class _Reading:
    """What the files gave."""

    progress: Progress
    files: list[EvidenceFile] = field(default_factory=list)

    def begun(self, task: Task, number: int, total: int) -> None:
        """Say which file is read."""
        self.progress(number, total, task.name)

    def given(self, task: Task, value: EvidenceFile) -> str:
        """Keep a file that was read."""
        self.files.append(value)
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        """Keep the place of one that was not."""
        self.files.append(EvidenceFile(task.name, unread=unread_of(task.name, error)))
        return ""
