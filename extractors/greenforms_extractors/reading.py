"""Reading any supported file: look at it, then give it to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import LegacyKind, ReadableKind, inspect
from greenforms_extractors.model import Document, Notice
from greenforms_extractors.office.instance import Job
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.bounds import within_bounds


def _docx(path: Path, progress: Progress) -> Document:
    from greenforms_extractors.word.document import read_docx

    return read_docx(path)


def _xlsx(path: Path, progress: Progress) -> Document:
    from greenforms_extractors.sheet.workbook import read_xlsx

    return read_xlsx(path)


def _pdf(path: Path, progress: Progress) -> Document:
    from greenforms_extractors.pdf.document import read_pdf

    return read_pdf(path, progress)


def _image(path: Path, progress: Progress) -> Document:
    from greenforms_extractors.scan.reader import read_image

    return read_image(path, progress)


@dataclass(frozen=True, slots=True)
class Frozen:
    """An old file, ready to be converted, and what is to be known of it."""

    kind: LegacyKind
    job: Job
    notices: tuple[Notice, ...] = ()


def _legacy(kind: LegacyKind) -> Callable[[Path, Progress], Frozen]:
    """The reader of an old format, as far as the file itself is to be read."""

    def freeze(path: Path, progress: Progress) -> Frozen:
        from greenforms_extractors.legacy.modern import frozen

        return Frozen(kind, frozen(path, kind))

    return freeze


READERS: dict[ReadableKind, Callable[[Path, Progress], Document | Frozen]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "image": _image,
    "doc": _legacy("doc"),
    "xls": _legacy("xls"),
    "rtf": _legacy("rtf"),
    "word-xml": _legacy("word-xml"),
    "excel-xml": _legacy("excel-xml"),
    "html": _legacy("html"),
}


def read(path: Path, progress: Progress = silent) -> Document:
    """Read a file by its content, within bounds; raise `UnreadableFile` if it must not or cannot be read.

    Files that are read page by page say to `progress` which page they have begun.
    """
    found = within_bounds(read_here, path, progress)
    return found if isinstance(found, Document) else _converted(path, found, progress)


def read_here(path: Path, progress: Progress = silent) -> Document | Frozen:
    """Read a file in this process, however long that takes; an old one as far as it can be read unconverted."""
    inspection = inspect(path)
    found = READERS[inspection.kind](path, progress)
    return replace(found, notices=inspection.notices + found.notices)


def _converted(path: Path, old: Frozen, progress: Progress) -> Document:
    """An old file by way of a new one, which is looked at as closely as a file from outside."""
    from greenforms_extractors.legacy.modern import modernised, notice

    with modernised(path, old.job) as modern:
        try:
            document = read(modern, progress)
        except UnreadableFile as error:
            raise error.about(path) from error
    return replace(document, notices=(*old.notices, notice(old.kind), *document.notices))
