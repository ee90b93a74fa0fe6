"""Reads every paper of a folder. A file that cannot be read is noted and the others go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from greenforms.errors import Fault, FormPackageError, GreenformsError, InputError
from greenforms.fact.statement import Fact
from greenforms.fault import guarded
from greenforms.finding import Finding
from greenforms.form.package import Form, load_form
from greenforms.pack.collect import collect
from greenforms.pack.paper import read_paper
from greenforms.recognise.extraction import Extraction
from greenforms_extractors.errors import UnreadableFile

#: Called before each file with its number, the number of files and its name.
Progress = Callable[[int, int, str], None]

#: What operating systems and office programs leave beside the papers.
_LITTER = re.compile(r"[.~].*|.*\.tmp|thumbs\.db|desktop\.ini", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Paper:
    """One file read as a form, with the facts it states. `file` is its name below the folder."""

    file: str
    form: Form
    extraction: Extraction
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no readable paper, and why; `fault` is set where the reason is a bug of ours."""

    file: str
    message: str
    fault: Fault | None = None


def read_folder(folder: Path, progress: Progress) -> tuple[tuple[Paper, ...], tuple[Unread, ...]]:
    """All papers below a folder in natural order of their names, and the files that are none.

    Raises InputError when there is no folder or no paper in it.
    """
    files = _files(folder)
    papers: list[Paper] = []
    unread: list[Unread] = []
    for number, path in enumerate(files, 1):
        name = path.relative_to(folder).as_posix()
        progress(number, len(files), name)
        try:
            with guarded(name):
                papers.append(_paper(path, name))
        except FormPackageError:  # no file is to blame, and none can be read
            raise
        except (UnreadableFile, GreenformsError) as error:
            unread.append(Unread(name, str(error), error if isinstance(error, Fault) else None))
    if not papers:
        if faults := [each.fault for each in unread if each.fault]:
            raise faults[0]
        reasons = "\n".join(f"  {each.message}" for each in unread)
        raise InputError(f"目录“{folder.name}”里没有一份能识别的材料，无法核对：\n{reasons}")
    return tuple(papers), tuple(unread)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"没有目录“{folder}”。请给出存放申报材料的目录。")
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(_LITTER.fullmatch(part) for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise InputError(f"目录“{folder}”是空的。请把要核对的材料（docx、xlsx、pdf）放进去。")
    return sorted(found, key=lambda path: _natural(path.relative_to(folder).as_posix()))


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The order people count in: 2 before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(name) if part]


def _paper(path: Path, name: str) -> Paper:
    extraction = _named(read_paper(path), name)
    form = load_form(extraction.form)
    return Paper(name, form, extraction, collect(form, extraction))


def _named(extraction: Extraction, name: str) -> Extraction:
    """Name the file by its place in the folder: two subfolders may hold files of one name."""
    if name == extraction.file:
        return extraction
    findings = tuple(_renamed(finding, extraction.file, name) for finding in extraction.findings)
    return replace(extraction, file=name, findings=findings)


def _renamed(finding: Finding, old: str, new: str) -> Finding:
    places = tuple(replace(place, document=new) for place in finding.places)
    return replace(finding, places=places, message=finding.message.replace(old, new, 1))
