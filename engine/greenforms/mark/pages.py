"""Marks a PDF or an image: its pages as pictures with a numbered box at every place, and the list in front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from greenforms.mark.findings import Numbered
from greenforms.mark.note import Listing, Tint
from greenforms.read.extraction import FieldReading, Grade
from greenforms.show.colours import GREY, INK, PALE, PAPER
from greenforms.show.face import chinese, face
from greenforms.show.marks import Mark, name_of
from greenforms.show.page import marked
from greenforms.show.showing import append_page
from greenforms.show.source import page_pictures
from greenforms_extractors.marks import MARKED_PAGES, PASSED_OVER
from greenforms_extractors.origin import PageOrigin
from greenforms_extractors.progress import Progress

#: A4 in points, pixels per point, and sizes of the list in points.
_WIDE, _HIGH, _DENSITY = 595, 842, 2.0
_MARGIN, _TITLE, _TEXT, _STEP = 40, 16, 9.5, 14
#: How far into the page the text behind a number begins.
_INDENT = 46


def mark_pages(
    draft: Path,
    paper: Path,
    pages: int,
    found: Sequence[Numbered],
    listing: Listing,
    progress: Progress,
    *,
    is_pdf: bool,
) -> None:
    """Write the list and the pages of a paper into a PDF; `progress` is told each page and their number.

    Raises UnreadableFile or InputError for a page that cannot be drawn.
    """
    first = True
    for sheet in _sheets(listing):
        append_page(draft, sheet, _DENSITY, first=first, title=paper.name, keywords=MARKED_PAGES)
        first = False
    marks = marks_by_page(found)
    for page in page_pictures(paper, pages, is_pdf=is_pdf):
        progress(page.number, pages)
        picture, density = marked(page, marks.get(page.number, ()))
        append_page(draft, picture, density, first=first, title=paper.name, keywords=MARKED_PAGES)
        first = False


def marks_by_page(found: Sequence[Numbered]) -> dict[int, list[Mark]]:
    """A numbered box for every place that stands on a page, by page from 1."""
    marks: dict[int, list[Mark]] = {}
    for each in found:
        grade: Grade = "red" if each.tint is Tint.WRONG else "amber"
        for place in each.places:
            if isinstance(origin := place.evidence, PageOrigin):
                label = name_of("", place.label)
                reading = FieldReading(place.path, label, None, "", None, 1.0, "structure", (origin,), grade)
                texts = (label, "") if label and chinese() else ("",)
                mark = Mark(reading, origin.page, (origin.box,), origin.turned, each.number, texts=texts)
                marks.setdefault(origin.page, []).append(mark)
    return marks


def _sheets(listing: Listing) -> Iterator[Image.Image]:
    """The list on as many pages as it takes; none on a computer without a Chinese typeface."""
    if chinese() is None:
        return
    sheet = _Sheet()
    sheet.write(f"{listing.name}{PASSED_OVER}", _TITLE, 0)
    sheet.write(listing.lead, _TEXT, 0, grey=True)
    for line in listing.lines:
        number, word, where, label, said, basis = line.texts
        ending = f"（依据：{basis}）" if basis else ""
        text = f"{word}　{where}　{label}\n{said}{ending}"
        if not sheet.has_room(text):
            yield sheet.picture
            sheet = _Sheet()
        sheet.entry(number, text)
    yield sheet.picture


class _Sheet:
    """One page of the list while it is written from the top down."""

    def __init__(self) -> None:
        self.picture = Image.new("RGB", (round(_WIDE * _DENSITY), round(_HIGH * _DENSITY)), PAPER)
        self._draw = ImageDraw.Draw(self.picture)
        self._down = float(_MARGIN)

    def has_room(self, text: str) -> bool:
        """Whether an entry still fits on the page."""
        lines = len(_wrapped(text, _TEXT, _WIDE - 2 * _MARGIN - _INDENT))
        return self._down + lines * _STEP + _STEP / 2 <= _HIGH - _MARGIN

    def entry(self, number: str, text: str) -> None:
        """An entry behind its number, a thin line above it."""
        right = (_WIDE - _MARGIN) * _DENSITY
        self._draw.line((_MARGIN * _DENSITY, self._down * _DENSITY, right, self._down * _DENSITY), PALE, 2)
        self._down += _STEP / 4
        self._text(_MARGIN, number, _TEXT, grey=False)
        self.write(text, _TEXT, _INDENT)

    def write(self, text: str, size: float, indent: float, *, grey: bool = False) -> None:
        """A text in as many lines as it takes."""
        for line in _wrapped(text, size, _WIDE - 2 * _MARGIN - indent):
            self._text(_MARGIN + indent, line, size, grey=grey)
            self._down += max(_STEP, size * 1.4)
        self._down += _STEP / 4

    def _text(self, left: float, text: str, size: float, *, grey: bool) -> None:
        place = (left * _DENSITY, self._down * _DENSITY)
        self._draw.text(place, text, GREY if grey else INK, face(round(size * _DENSITY)))


def _wrapped(text: str, size: float, wide: float) -> list[str]:
    """A text in lines of at most so many points."""
    type_ = face(round(size * _DENSITY))
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for sign in paragraph:
            if line and type_.getlength(line + sign) > wide * _DENSITY:
                lines.append(line)
                line = ""
            line += sign
        lines.append(line)
    return lines
