"""Where the fields of a printed form stand on its pages, found by reading the PDF from which the scan was made."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from greenforms.api import load_form
from greenforms.recognise.extraction import Extraction
from scans.truth import normalised, score

Box = tuple[float, float, float, float]

#: A text of more characters than this may go over several paragraphs and pages.
_LONG = 40
#: So many characters of a line are enough to know the text it belongs to.
_TELLING = 4


def field_boxes(form_id: str, pdf: bytes) -> dict[str, tuple[int, Box]]:
    """Page, from 1, and box in points from the top left of every field that the PDF's own text holds."""
    boxes: dict[str, tuple[int, Box]] = {}
    for field in _read(form_id, pdf).fields:
        if field.evidence and "box" in field.evidence:
            left, top, right, bottom = field.evidence["box"]
            boxes[field.path] = field.evidence["page"], (left, top, right, bottom)
    return boxes


def fields_under(form_id: str, pdf: bytes, page: int, box: Box, dpi: int) -> frozenset[str]:
    """The fields that a box, in pixels of a page (from 1) at that resolution, touches."""
    mark = tuple(side * 72 / dpi for side in box)
    touched = {
        pointer
        for pointer, (where, place) in field_boxes(form_id, pdf).items()
        if where == page and _overlap(place, mark)
    }
    return frozenset(touched | _texts_under(form_id, pdf, page, mark))


def lost_in_print(form_id: str, data: Any, pdf: bytes) -> frozenset[str]:
    """The fields that the PDF itself says otherwise: LibreOffice now and then drops a mark at the end of a line."""
    found = score(form_id, data, _read(form_id, pdf).data)
    return frozenset(detail.pointer for detail in found.details)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _texts_under(form_id: str, pdf: bytes, page: int, mark: tuple[float, ...]) -> set[str]:
    """Long texts with a line under the mark: their evidence is where they begin, which may be pages before."""
    document = pdfium.PdfDocument(pdf)
    try:
        height = document[page - 1].get_height()
        left, top, right, bottom = mark
        words = document[page - 1].get_textpage().get_text_bounded(left, height - bottom, right, height - top)
    finally:
        document.close()
    lines = [line for line in map(normalised, words.splitlines()) if len(line) >= _TELLING]
    return {
        field.path
        for field in _read(form_id, pdf).fields
        if len(field.raw) > _LONG
        and (field.evidence or {}).get("page", page) <= page
        and any(line in normalised(field.raw) for line in lines)
    }


@lru_cache(maxsize=8)
def _read(form_id: str, pdf: bytes) -> Extraction:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        return load_form(form_id).extract(file)
