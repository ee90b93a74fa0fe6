"""Reading any supported file: look at it, then give it to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from greenforms_extractors.guard import ReadableKind, inspect
from greenforms_extractors.model import Document


def _docx(path: Path) -> Document:
    from greenforms_extractors.docx import read_docx

    return read_docx(path)


def _xlsx(path: Path) -> Document:
    from greenforms_extractors.xlsx import read_xlsx

    return read_xlsx(path)


def _pdf(path: Path) -> Document:
    from greenforms_extractors.pdf import read_pdf

    return read_pdf(path)


READERS: dict[ReadableKind, Callable[[Path], Document]] = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}


def read(path: Path) -> Document:
    """Read a file by its content; raise `UnreadableFile` if it must not or cannot be read."""
    inspection = inspect(path)
    document = READERS[inspection.kind](path)
    return replace(document, notices=inspection.notices + document.notices)
