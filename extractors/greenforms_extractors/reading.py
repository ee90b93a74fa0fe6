"""Reading any supported file: look at it, then give it to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import LegacyKind, ReadableKind, inspect
from greenforms_extractors.model import Document, Notice
from greenforms_extractors.office.instance import Job
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.bounds import within_bounds

#: Stock words of the papers that are expected: they settle what is recognised unsurely.
Words = tuple[str, ...]


def _docx(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.word.document import read_docx

    return read_docx(path)


def _xlsx(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.sheet.workbook import read_xlsx

    return read_xlsx(path)


def _pdf(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.pdf.document import read_pdf

    return read_pdf(path, progress, words)


def _image(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.scan.reader import read_image

    return read_image(path, progress, words)


@dataclass(frozen=True, slots=True)
class Frozen:
    """An old file, ready to be converted, and what is to be known of it."""

    kind: LegacyKind
    job: Job
    notices: tuple[Notice, ...] = ()


#: Reads one kind of file; an old one as far as it can be read unconverted.
Reader = Callable[[Path, Progress, Words], Document | Frozen]


def _legacy(kind: LegacyKind) -> Reader:
    """The reader of an old format, as far as the file itself is to be read."""

    def freeze(path: Path, progress: Progress, words: Words) -> Frozen:
        from greenforms_extractors.legacy.modern import frozen

        return Frozen(kind, frozen(path, kind))

    return freeze


READERS: dict[ReadableKind, Reader] = {
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
    "ods": _legacy("ods"),
}


def read(path: Path, progress: Progress = silent, words: Words = ()) -> Document:
    """Read a file by its content, within bounds; raise `UnreadableFile` if it must not or cannot be read.

    Files that are read page by page say to `progress` which page they have begun. `words` are stock words of the papers
    that are expected: in pages that are pictures they settle what is recognised unsurely.
    """
    with opened(path, progress, words) as (document, _):
        return document


@contextmanager
def opened(path: Path, progress: Progress = silent, words: Words = ()) -> Iterator[tuple[Document, Path]]:
    """Read a file as `read` does; gives with it the file it was read from, of a format of today, while it lasts."""
    found = within_bounds(partial(read_here, words=words), path, progress)
    if isinstance(found, Document):
        yield found, path
        return
    from greenforms_extractors.legacy.modern import modernised

    with modernised(path, found.job) as modern:
        yield _converted(path, modern, found, progress, words), modern


def read_here(path: Path, progress: Progress = silent, words: Words = ()) -> Document | Frozen:
    """Read a file in this process, however long that takes; an old one as far as it can be read unconverted."""
    inspection = inspect(path)
    found = READERS[inspection.kind](path, progress, words)
    return replace(found, notices=inspection.notices + found.notices)


def _converted(path: Path, modern: Path, old: Frozen, progress: Progress, words: Words) -> Document:
    """An old file by way of a new one, which is looked at as closely as a file from outside."""
    from greenforms_extractors.legacy.modern import notice

    try:
        document = read(modern, progress, words)
    except UnreadableFile as error:
        raise error.about(path) from error
    return replace(document, notices=(*old.notices, notice(old.kind), *document.notices))
