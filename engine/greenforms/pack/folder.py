"""Reads every paper among files and folders. A file that cannot be read is noted and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from greenforms.dossier.dossier import Unread
from greenforms.dossier.paper import Paper as Said
from greenforms.errors import AmbiguousForm, FormPackageError, GreenformsError, InputError
from greenforms.fact.statement import Fact
from greenforms.fault import guarded
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.listing import Source, sources_of
from greenforms.pack.unread import unread_of
from greenforms.read.extraction import Extraction
from greenforms.read.said import said_by
from greenforms_extractors.errors import UnreadableFile

#: Called before each file with its number, the number of files and its name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file read as a form. `file` is its name below the folder, `said` what it is checked by."""

    file: str
    form: Form
    extraction: Extraction
    said: Said

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it states."""
        return self.said.facts


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read: the papers, the files that are none, and the files with the bytes of another paper, by name."""

    papers: tuple[Paper, ...]
    unread: tuple[Unread, ...]
    repeated: Mapping[str, str]


def read_papers(library: Library, arguments: Sequence[Path], progress: Progress, edition: str | None = None) -> Batch:
    """All papers among files and below folders, each folder in natural order of its names.

    Raises InputError when a source does not exist, or nothing in them can be read.
    """
    from greenforms.read.paper import digest_of

    sources = _there(arguments)
    papers: list[Paper] = []
    unread: list[Unread] = []
    known: dict[str, str] = {}
    repeated: dict[str, str] = {}
    asked: dict[str, tuple[Source, AmbiguousForm]] = {}
    for number, source in enumerate(sources, 1):
        name = source.name
        progress(number, len(sources), name)
        try:
            with guarded(name):
                digest = digest_of(source.path)
                if digest in known:
                    repeated[name] = known[digest]
                    continue
                papers.append(_paper(library, source.path, name, edition))
                known[digest] = name
        except FormPackageError:  # no file is to blame, and none can be read
            raise
        except (GreenformsError, UnreadableFile) as error:
            unread.append(unread_of(name, error))
            if isinstance(error, AmbiguousForm):
                asked[name] = (source, error)
    if (folder_edition := _edition_of(papers, asked)) is not None:
        papers += (_assumed(library, source, folder_edition) for source, _ in asked.values())
        unread = [each for each in unread if each.file not in asked]
    if not papers and all(each.kind == "unreadable" for each in unread):
        raise next(
            (each.fault for each in unread if each.fault),
            InputError("没有一份能识别的材料，无法核对：", tuple(each.message for each in unread)),
        )
    return Batch(tuple(papers), tuple(unread), repeated)


def _there(arguments: Sequence[Path]) -> tuple[Source, ...]:
    for argument in arguments:
        if not argument.exists():
            raise InputError(f"没有目录或文件“{argument}”。请给出存放申报材料的目录，或要核对的文件。")
    return sources_of(arguments)


def _edition_of(papers: Sequence[Paper], asked: Mapping[str, tuple[Source, AmbiguousForm]]) -> str | None:
    """The one edition of the folder's other papers that has the forms of those that do not say whose they are."""
    editions = {paper.form.edition.id for paper in papers}
    for _, error in asked.values():
        editions &= set(error.editions)
    return next(iter(editions)) if asked and len(editions) == 1 else None


def _assumed(library: Library, source: Source, edition: str) -> Paper:
    """A paper taken for the folder's edition, which is said."""
    paper = _paper(library, source.path, source.name, edition)
    title = paper.form.edition.title
    act = "请核对；不是这个版本的，用 --edition 指明"
    message = f"{source.name}：纸面上看不出是哪一个版本的，按同一目录里其他材料的版本（{title}）读取。{act}。"
    finding = Finding("read/edition-assumed", Severity.ASK, message, (Place(source.name, "", ""),), fix=act)
    extraction = replace(paper.extraction, findings=(finding, *paper.extraction.findings))
    return paper_of(paper.form, extraction)


def _paper(library: Library, path: Path, name: str, edition: str | None) -> Paper:
    from greenforms.read.paper import named, read_paper

    extraction = named(read_paper(library, path, edition=edition), name)
    return paper_of(library.form(extraction.form), extraction)


def paper_of(form: Form, extraction: Extraction) -> Paper:
    """A paper as read, with the facts it states."""
    return Paper(extraction.file, form, extraction, said_by(form, extraction))
