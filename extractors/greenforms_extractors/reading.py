"""Reading any supported file: look at it, then give it to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import LegacyKind, ReadableKind, inspect
from greenforms_extractors.model import Document
from greenforms_extractors.progress import Progress, silent

#: Stock words of the papers that are expected: they settle what is recognised unsurely.
Words = tuple[str, ...]
Reader = Callable[[Path, Progress, Words], Document]


def _docx(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.docx import read_docx

    return read_docx(path)


def _xlsx(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.xlsx import read_xlsx

    return read_xlsx(path)


def _pdf(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.pdf import read_pdf

    return read_pdf(path, progress, words)


def _image(path: Path, progress: Progress, words: Words) -> Document:
    from greenforms_extractors.scan.reader import read_image

    return read_image(path, progress, words)


def _legacy(kind: LegacyKind) -> Reader:
    """The reader of an old format: by way of a new one, which is looked at as closely as a file from outside."""

    def read_legacy(path: Path, progress: Progress, words: Words) -> Document:
        from greenforms_extractors.legacy.modern import modernised, notice

        with modernised(path, kind) as modern:
            try:
                document = read(modern, progress, words)
            except UnreadableFile as error:
                raise error.about(path) from error
        return replace(document, notices=(notice(kind), *document.notices))

    return read_legacy


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
}


def read(path: Path, progress: Progress = silent, words: Words = ()) -> Document:
    """Read a file by its content; raise `UnreadableFile` if it must not or cannot be read.

    Files that are read page by page say to `progress` which page they have begun. `words` are stock words of the papers
    that are expected: in pages that are pictures they settle what is recognised unsurely.
    """
    inspection = inspect(path)
    document = READERS[inspection.kind](path, progress, words)
    return replace(document, notices=inspection.notices + document.notices)
