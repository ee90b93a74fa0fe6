"""Reads every paper among files and folders. A file that cannot be read is noted and the others go on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from greenforms.dossier.dossier import Unread
from greenforms.dossier.paper import Paper as Said
from greenforms.errors import InputError, UnknownForm
from greenforms.fact.statement import Fact
from greenforms.finding import Finding
from greenforms.form.package import Form, load_form
from greenforms.pack.collect import said_by
from greenforms.pack.paper import read_paper
from greenforms.recognise.extraction import Extraction
from greenforms_extractors.errors import UnreadableFile

#: Called before each file with its number, the number of files and its name.
Progress = Callable[[int, int, str], None]

#: What operating systems and office programs leave beside the papers.
_LITTER = re.compile(r"[.~].*|.*\.tmp|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]+)")


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


def read_papers(sources: Sequence[Path], progress: Progress) -> Batch:
    """All papers among files and below folders, each folder in natural order of its names.

    Raises InputError when a source does not exist, or nothing in them can be read.
    """
    files = files_of(sources)
    papers: list[Paper] = []
    unread: list[Unread] = []
    known: dict[bytes, str] = {}
    repeated: dict[str, str] = {}
    for number, (name, path) in enumerate(files.items(), 1):
        progress(number, len(files), name)
        try:
            digest = _digest(path)
            if digest in known:
                repeated[name] = known[digest]
                continue
            papers.append(_paper(path, name))
            known[digest] = name
        except UnknownForm:
            unread.append(_unrecognised(name))
        except (UnreadableFile, InputError) as error:
            unread.append(Unread(name, str(error), act=error.remedy if isinstance(error, UnreadableFile) else ""))
    if not papers and all(each.kind == "unreadable" for each in unread):
        reasons = "\n".join(f"  {each.message}" for each in unread)
        raise InputError(f"{_shown(sources)}里没有一份能识别的材料，无法核对：\n{reasons}")
    return Batch(tuple(papers), tuple(unread), repeated)


def _unrecognised(name: str) -> Unread:
    act = "请确认它是不是要核对的表；不是的（如营业执照、证明材料）不用处理"
    message = f"“{name}”暂不能识别：读到了文字，但不是现有的任何一种表单，没有核对其中的内容。{act}。"
    return Unread(name, message, "unrecognised", act)


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return str(path).encode("utf-8", "surrogateescape")  # the reader says what is the matter with it


def files_of(sources: Sequence[Path]) -> dict[str, Path]:
    """The files to read by the names they go by, without what systems and office programs leave about.

    A file of the only folder goes by its place in it, one of several folders by the folder's name, too; a file goes by
    its own name, and by its path where two have the same. Raises InputError when a source is not there or all are
    empty.
    """
    found: dict[str, Path] = {}
    seen: set[Path] = set()
    for source in sources:
        if not source.exists():
            raise InputError(f"没有目录或文件“{source}”。请给出存放申报材料的目录，或要核对的文件。")
        for name, path in _below(source, alone=len(sources) == 1):
            if (real := path.resolve()) not in seen:
                seen.add(real)
                found[str(path) if name in found else name] = path
    if not found:
        raise InputError(f"{_shown(sources)}是空的。请把要核对的材料（docx、xlsx、pdf）放进去。")
    return found


def _below(source: Path, *, alone: bool) -> list[tuple[str, Path]]:
    if not source.is_dir():
        return [] if _is_litter(source.name) else [(source.name, source)]
    names = [
        (path.relative_to(source).as_posix(), path)
        for path in source.rglob("*")
        if path.is_file() and not any(map(_is_litter, path.relative_to(source).parts))
    ]
    head = "" if alone else f"{source.name}/"
    return [(head + name, path) for name, path in sorted(names, key=lambda each: _natural(each[0]))]


def _is_litter(name: str) -> bool:
    return _LITTER.fullmatch(name) is not None


def _shown(sources: Sequence[Path]) -> str:
    kind = "目录" if all(source.is_dir() for source in sources) else ""
    return kind + "、".join(f"“{source.name or source}”" for source in sources)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The order people count in: 2 before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(name) if part]


def _paper(path: Path, name: str) -> Paper:
    extraction = _named(read_paper(path), name)
    return paper_of(load_form(extraction.form), extraction)


def paper_of(form: Form, extraction: Extraction) -> Paper:
    """A paper as read, with the facts it states."""
    return Paper(extraction.file, form, extraction, said_by(form, extraction))


def _named(extraction: Extraction, name: str) -> Extraction:
    """Name the file by its place in the folder: two subfolders may hold files of one name."""
    if name == extraction.file:
        return extraction
    findings = tuple(_renamed(finding, extraction.file, name) for finding in extraction.findings)
    return replace(extraction, file=name, findings=findings)


def _renamed(finding: Finding, old: str, new: str) -> Finding:
    places = tuple(replace(place, document=new) for place in finding.places)
    return replace(finding, places=places, message=finding.message.replace(old, new, 1))
