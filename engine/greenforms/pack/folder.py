"""Reads every paper of a folder. A file that cannot be read is noted and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenforms.errors import InputError
from greenforms.fact.statement import Fact
from greenforms.form.package import Form, load_form
from greenforms.pack.collect import collect
from greenforms.pack.listing import files_below
from greenforms.pack.paper import named, read_paper
from greenforms.recognise.extraction import Extraction
from greenforms_extractors.errors import UnreadableFile

#: Called before each file with its number, the number of files and its name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file read as a form, with the facts it states. `file` is its name below the folder."""

    file: str
    form: Form
    extraction: Extraction
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no readable paper, and why."""

    file: str
    message: str


def read_folder(folder: Path, progress: Progress) -> tuple[tuple[Paper, ...], tuple[Unread, ...]]:
    """All papers below a folder in natural order of their names, and the files that are none.

    Raises InputError when there is no folder or no paper in it.
    """
    files = files_below(folder)
    papers: list[Paper] = []
    unread: list[Unread] = []
    for number, path in enumerate(files, 1):
        name = path.relative_to(folder).as_posix()
        progress(number, len(files), name)
        try:
            papers.append(_paper(path, name))
        except (UnreadableFile, InputError) as error:
            unread.append(Unread(name, str(error)))
    if not papers:
        reasons = "\n".join(f"  {each.message}" for each in unread)
        raise InputError(f"目录“{folder.name}”里没有一份能识别的材料，无法核对：\n{reasons}")
    return tuple(papers), tuple(unread)


def _paper(path: Path, name: str) -> Paper:
    extraction = named(read_paper(path), name)
    form = load_form(extraction.form)
    return Paper(name, form, extraction, collect(form, extraction))
