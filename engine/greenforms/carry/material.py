"""Earlier papers and data sets of every kind, as what they state and how sure that was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from greenforms import datafile
from greenforms.dossier.dossier import Unread
from greenforms.dossier.paper import Paper
from greenforms.errors import UsageError
from greenforms.fact.statement import Fact
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.built import sources_below
from greenforms.pack.folder import read_papers
from greenforms.pack.listing import Source
from greenforms.pack.paper import Paper as Read
from greenforms.pack.paper import paper_of
from greenforms.pack.unread import unread_of
from greenforms.read.extraction import Extraction
from greenforms.readings.taking_up import kept_in
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import run
from greenforms.scheduling.task import Refusal, Task
from greenforms.workbook.signs import is_readings

Progress = Callable[[int, int, str], None]
_DATA = frozenset({".json", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as an earlier paper states it; `doubt` says why its reading is not certain, else it is empty."""

    fact: Fact
    paper: Paper
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What was read of earlier papers, and the files that gave nothing; `doubts` by file and pointer.

    `findings` are what was noticed while reading.
    """

    papers: tuple[Paper, ...]
    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...]
    doubts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def material_of(
    library: Library,
    arguments: Sequence[Path],
    progress: Progress,
    form_id: str | None,
    edition: str | None,
    option: str = "--form",
) -> Material:
    """Read papers, workbooks, data sets and results of reading, in files, folders and packs that we built.

    `form_id` is the form of data sets, which do not say what they are of; `option` is what the user names it with.
    Raises InputError when nothing can be read.
    """
    sources = sources_below(arguments)
    data = [source for source in sources if source.path.suffix.lower() in _DATA or is_readings(source.path)]
    kept = _Kept()
    tasks = (Task(source.name, source.name, source) for source in data)
    run(MemoryLedger(tasks), InPlace(lambda task: tuple(_of_data(library, task.given, form_id, option))), kept)
    unread = kept.unread
    rest = [source.path for source in sources if source not in data]
    papers = [paper_of(library.form(each.form), each) for each in kept.read]
    if rest or not papers:
        files = rest or [source.path for source in data]
        batch = read_papers(library, files, progress, edition, beside=bool(papers))
        papers += batch.papers
        unread += batch.unread
    return material_from(papers, unread)


def material_from(papers: Sequence[Read], unread: Sequence[Unread] = ()) -> Material:
    """What papers that are read state."""
    doubts = {paper.file: _doubts(paper.extraction) for paper in papers}
    statements = (Statement(f, paper.said, doubts[paper.file].get(f.path, "")) for paper in papers for f in paper.facts)
    findings = tuple(finding for paper in papers for finding in paper.extraction.findings)
    return Material(tuple(paper.said for paper in papers), tuple(statements), tuple(unread), doubts, findings)


@dataclass(slots=True)
class _Kept:
    """What the data sets gave."""

    read: list[Extraction] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def begun(self, task: Task, number: int, total: int) -> None:
        """They are read in no time."""

    def given(self, task: Task, value: Sequence[Extraction]) -> str:
        """Take what one file holds."""
        self.read += value
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        """Note a file that is none."""
        self.unread.append(unread_of(task.name, error))
        return ""


def _doubts(extraction: Extraction) -> dict[str, str]:
    return {each.path: each.doubt or "读得不确定" for each in extraction.fields if each.grade != "green"}


def _of_data(library: Library, source: Source, form_id: str | None, option: str) -> Iterator[Extraction]:
    """The papers in results of reading, with their corrections; or the one data set of a file."""
    kept = kept_in(library, source.path, source.name)
    if kept is not None:
        yield from kept
        return
    dataset = datafile.load(str(source.path))
    yield Extraction(source.name, _form_of(library, source, form_id, option).id, 1.0, dataset.data, (), (), ())


def _form_of(library: Library, source: Source, form_id: str | None, option: str) -> Form:
    if form_id is None:
        raise UsageError(
            f"“{source.name}”是数据，没有写明是哪一种表的。请用 {option} 指明，如 {option} cultivation-plan。"
        )
    return library.form(form_id)
