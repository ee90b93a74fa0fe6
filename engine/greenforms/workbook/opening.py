"""Opens a workbook that came back, in whatever format it was saved: its cells and, where it is left, its marker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenforms.workbook.marker import Marker, read_marker
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Document
from greenforms_extractors.progress import Progress
from greenforms_extractors.reading import opened
from greenforms_extractors.supervised.bounds import within_bounds

COMMA_TEXT = ".csv"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as a document, and its marker."""

    document: Document
    marker: Marker | None = None


def open_book(path: Path) -> Book:
    """Open a workbook. Raises UnreadableFile, and InputError for a marker that is not whole."""
    if path.suffix.lower() == COMMA_TEXT:
        return Book(within_bounds(_comma_text, path))
    with opened(path) as (document, modern):
        try:
            return Book(document, read_marker(modern, path.name))
        except UnreadableFile as error:
            raise error.about(path) from error


def _comma_text(path: Path, progress: Progress) -> Document:
    from greenforms_extractors.sheet.comma_text import read_comma_text

    return read_comma_text(path)
