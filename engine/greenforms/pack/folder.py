"""Reads every paper among files and folders. A file that cannot be read is noted and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from greenforms.dossier.dossier import Unread
from greenforms.errors import AmbiguousForm, InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.library import Library
from greenforms.pack.listing import Source, sources_of
from greenforms.pack.pages import are_one, called, counted, numbered
from greenforms.pack.paper import Paper, paper_of
from greenforms.pack.unread import unread_of
from greenforms.readings.taking_up import kept_in
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import run
from greenforms.scheduling.task import Refusal, Task
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.origin import PageOrigin
from greenforms_extractors.progress import Progress as Pages
from greenforms_extractors.progress import silent

#: Called before each file with its number, the number of files and its name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read: the papers, the files that are none, and the files with the bytes of another paper, by name."""

    papers: tuple[Paper, ...]
    unread: tuple[Unread, ...]
    repeated: Mapping[str, str]


def read_papers(
    library: Library,
    arguments: Sequence[Path],
    progress: Progress,
    edition: str | None = None,
    pages: Pages = silent,
    *,
    beside: bool = False,
) -> Batch:
    """All papers among files and below folders, each folder in natural order of its names.

    Raises InputError when a source does not exist, or nothing in them can be read; the latter is no error `beside`
    papers that were read otherwise.
    """
    reading = _Reading(library, progress, edition, pages)
    sources = {source.name: source for source in _there(arguments)}
    run(MemoryLedger(Task(name, name, source) for name, source in sources.items()), InPlace(reading.read), reading)
    papers, unread, asked = reading.papers, reading.unread, reading.asked
    if (folder_edition := _edition_of(papers, asked)) is not None:
        papers += (each for name in asked for each in _assumed(library, sources[name], folder_edition, pages))
        unread = [each for each in unread if each.file not in asked]
    papers, unread = _with_pages(library, sources.values(), papers, unread, edition, pages)
    if not papers and not beside and all(each.kind == "unreadable" for each in unread):
        raise next(
            (each.fault for each in unread if each.fault),
            InputError("没有一份能识别的材料，无法核对：", tuple(each.message for each in unread)),
        )
    return Batch(tuple(papers), tuple(unread), reading.repeated)


@dataclass(slots=True)
class _Reading:
    """The files while they are read, one after the other: it receives the papers."""

    library: Library
    progress: Progress
    edition: str | None
    pages: Pages
    papers: list[Paper] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    repeated: dict[str, str] = field(default_factory=dict)
    #: The files that do not say which edition they are of.
    asked: dict[str, AmbiguousForm] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def begun(self, task: Task, number: int, total: int) -> None:
        """Say which file is read."""
        self.progress(number, total, task.name)

    def read(self, task: Task) -> tuple[Paper, ...]:
        """Read a file, unless its bytes are those of one that is read; what was read before is taken up."""
        from greenforms.read.paper import digest_of

        digest = digest_of(task.given.path)
        if digest in self.known:
            self.repeated[task.name] = self.known[digest]
            return ()
        kept = kept_in(self.library, task.given.path, task.name)
        papers = tuple(paper_of(self.library.form(each.form), each) for each in kept or ())
        if kept is None:
            papers = _papers(self.library, task.given.path, task.name, self.edition, self.pages)
        self.known[digest] = task.name
        return papers

    def given(self, task: Task, value: tuple[Paper, ...]) -> str:
        """Keep the papers of a file."""
        self.papers += value
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        """Note a file that is none."""
        self.unread.append(unread_of(task.name, error))
        if isinstance(error, AmbiguousForm):
            self.asked[task.name] = error
        return ""


def _there(arguments: Sequence[Path]) -> tuple[Source, ...]:
    for argument in arguments:
        if not argument.exists():
            raise InputError(f"没有目录或文件“{argument}”。请给出存放申报材料的目录，或要核对的文件。")
    return sources_of(arguments)


def _with_pages(
    library: Library,
    sources: Iterable[Source],
    papers: list[Paper],
    unread: list[Unread],
    edition: str | None,
    pages: Pages,
) -> tuple[list[Paper], list[Unread]]:
    """The same, with files that are the pages of one paper as that paper."""
    unknown = {each.file for each in unread if each.kind != "unreadable"}
    for files in counted(sources):
        names = {file.name for file in files}
        alone = [paper for paper in papers if paper.file in names]
        if names.isdisjoint(unknown) and not _may_be_one(alone, len(files)):
            continue
        together = _of_pages(library, files, edition, pages)
        if together is not None and are_one(together, alone, len(names & unknown)):
            papers = [together if paper is alone[0] else paper for paper in papers if paper not in alone[1:]]
            papers += [together] * (not alone)
            unread = [each for each in unread if each.file not in names]
    return papers, unread


def _may_be_one(alone: Sequence[Paper], files: int) -> bool:
    """Whether papers that were read file by file can be pages of one: of one form, and each lacks something."""
    alike = len({paper.form.layout for paper in alone}) == 1
    return alike and len(alone) == files and all(paper.extraction.missing for paper in alone)


def _of_pages(library: Library, files: Sequence[Source], edition: str | None, pages: Pages) -> Paper | None:
    """Files read as the pages of one paper, which is said; None where they are none."""
    from greenforms.read.paper import read_pages

    name = called(files)
    try:
        read = read_pages(library, [file.path for file in files], name, pages, edition)
    except (InputError, UnreadableFile):
        return None
    listed = "、".join(f"第{number}个是“{file.name}”" for number, file in enumerate(files, 1))
    message = f"{name}：这些文件是同一份材料的各页，已合起来读取，页码依次连续（{listed}）。请核对次序。"
    finding = Finding("file/one-paper", Severity.ASK, message, (Place(name, "", ""),))
    return _told(paper_of(library.form(read.form), read), finding)


def _edition_of(papers: Sequence[Paper], asked: Mapping[str, AmbiguousForm]) -> str | None:
    """The one edition of the folder's other papers that has the forms of those that do not say whose they are."""
    editions = {paper.form.edition.id for paper in papers}
    for error in asked.values():
        editions &= set(error.editions)
    return next(iter(editions)) if asked and len(editions) == 1 else None


def _assumed(library: Library, source: Source, edition: str, pages: Pages) -> Iterator[Paper]:
    """The papers of a file taken for the folder's edition, which is said."""
    for paper in _papers(library, source.path, source.name, edition, pages):
        name, title = paper.file, paper.form.edition.title
        act = "请核对；不是这个版本的，用 --edition 指明"
        message = f"{name}：纸面上看不出是哪一个版本的，按同一目录里其他材料的版本（{title}）读取。{act}。"
        yield _told(paper, Finding("read/edition-assumed", Severity.ASK, message, (Place(name, "", ""),), fix=act))


def _papers(library: Library, path: Path, name: str, edition: str | None, pages: Pages) -> tuple[Paper, ...]:
    """The papers of a file; several are told apart by their number, which is said."""
    from greenforms.read.paper import named, read_all

    read = read_all(library, path, pages, edition)
    if len(read) == 1:
        return (paper_of(library.form(read[0].form), named(read[0], name)),)
    several = [named(each, numbered(name, number)) for number, each in enumerate(read, 1)]
    papers = [paper_of(library.form(each.form), each) for each in several]
    listed = "、".join(f"第{number}份《{paper.form.title}》{_begins(paper)}" for number, paper in enumerate(papers, 1))
    message = f"{name}：一个文件里有 {len(papers)} 份材料，已分开读取：{listed}。请核对是不是在这里分开。"
    finding = Finding("file/several-papers", Severity.ASK, message, (Place(name, "", ""),))
    return (_told(papers[0], finding), *papers[1:])


def _begins(paper: Paper) -> str:
    """The first page on which something of a paper was read, where its file has pages."""
    pages = [each.evidence.page for each in paper.extraction.fields if isinstance(each.evidence, PageOrigin)]
    return f"（第{min(pages)}页起）" if pages else ""


def _told(paper: Paper, finding: Finding) -> Paper:
    extraction = replace(paper.extraction, findings=(finding, *paper.extraction.findings))
    return paper_of(paper.form, extraction)
