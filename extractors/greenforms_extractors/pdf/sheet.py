"""One page of a PDF as it looks: what it is drawn with, and its picture, made only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from greenforms_extractors.pdf.annotations import Annotation, laid_over
from greenforms_extractors.text_lines import Box

if TYPE_CHECKING:
    from greenforms_extractors.scan.raster import PageImage, Pixels

#: The library keeps the streams of every page it has seen until the file is closed.
_PAGES_IN_MEMORY = 20
#: A picture that covers this share of the page can hide what was drawn before it.
HALF = 0.5
#: Text drawn neither filled nor stroked (ISO 32000-1, 9.3.6): invisible, or only a clipping path.
_INVISIBLE = (3, 7)
#: How much lighter than ink the paper around it is, in levels of 255.
_CONTRAST = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many pieces of text are `shown` and `hidden`, and how many more lie `under` a large picture drawn later.

    `strokes` counts the segments of lines and outlines, `others` what is left: shading, notes.
    """

    shown: int
    hidden: int
    under: int
    strokes: int
    pictures: int
    others: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn at all."""
        return not (self.shown or self.hidden or self.under or self.strokes or self.pictures or self.others)


class NoSheet(Exception):
    """A page that cannot be opened, or of which nothing is to be seen."""


class Sheets:
    """The pages of a file as they look, one at a time; it is opened anew now and then, or would come to lie in memory.

    Form fields are drawn with what is filled in.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._seen = 0
        self._document = self._opened()
        self._page: Any = None
        self.count = len(self._document)

    def _opened(self) -> Any:
        import pypdfium2

        document = pypdfium2.PdfDocument(self._content)
        document.init_forms()
        return document

    def turn_to(self, number: int) -> Sheet:
        """A page, counted from 1; the one before can no longer be used. Raises NoSheet for one not to be seen."""
        import pypdfium2

        self._put_away()
        if self._seen == _PAGES_IN_MEMORY:
            self._document.close()
            self._document, self._seen = self._opened(), 0
        self._seen += 1
        try:
            self._page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise NoSheet from error
        if min(self._page.get_size()) <= 0:
            raise NoSheet
        return Sheet(self._page, number)

    def _put_away(self) -> None:
        if self._page is not None:
            self._page.close()
            self._page = None

    def close(self) -> None:
        """Close the page and the file."""
        self._put_away()
        self._document.close()


class Sheet:
    """A page of a document opened with pypdfium2. Boxes are in points from the top left of what is seen of it."""

    def __init__(self, page: Any, number: int) -> None:
        self._page, self.number = page, number

    @cached_property
    def drawn(self) -> Drawn:
        """What the page is drawn with."""
        import pypdfium2.raw as pdfium

        shown = hidden = under = strokes = pictures = 0
        others = max(0, pdfium.FPDFPage_GetAnnotCount(self._page))
        for found in self._page.get_objects():
            if found.type == pdfium.FPDF_PAGEOBJ_TEXT:
                invisible = pdfium.FPDFTextObj_GetTextRenderMode(found) in _INVISIBLE
                hidden, shown = hidden + invisible, shown + (not invisible)
            elif found.type == pdfium.FPDF_PAGEOBJ_PATH:
                strokes += max(0, pdfium.FPDFPath_CountSegments(found))
            elif found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures += 1
                if self._share(found) > HALF:
                    under, shown = under + shown, 0
            elif found.type != pdfium.FPDF_PAGEOBJ_FORM:
                others += 1
        return Drawn(shown, hidden, under, strokes, pictures, others)

    @cached_property
    def annotations(self) -> list[Annotation]:
        """What is laid over the print."""
        return laid_over(self._page)

    @property
    def characters(self) -> int:
        """How many characters are drawn."""
        text = self._page.get_textpage()
        try:
            return int(text.count_chars())
        finally:
            text.close()

    def _share(self, found: Any) -> float:
        """The share of the page that an object covers; the place of a nested one is only known from the outermost."""
        while found.container is not None:
            found = found.container
        left, bottom, right, top = found.get_bounds()
        width, height = self._page.get_size()
        return float((right - left) * (top - bottom) / max(width * height, 1.0))

    @cached_property
    def image(self) -> PageImage:
        """The page as a picture."""
        from greenforms_extractors.scan.raster import rendered

        return rendered(self._page, self.number)

    def part(self, box: Box, scale: float) -> Any:
        """A part of the page as a Pillow image, with so many pixels per point."""
        width, height = self._page.get_size()
        left, top, right, bottom = box
        cut = (max(0.0, left), max(0.0, height - bottom), max(0.0, width - right), max(0.0, top))
        return self._page.render(scale=scale, crop=cut).to_pil().convert("RGB")

    def crop(self, box: Box) -> Pixels:
        """The pixels of a box, at least one."""
        points, (height, width) = self.image.points, self.image.pixels.shape[:2]
        left, right = (min(width - 1, max(0, int(edge / points))) for edge in (box[0], box[2]))
        top, bottom = (min(height - 1, max(0, int(edge / points))) for edge in (box[1], box[3]))
        return self.image.pixels[top : bottom + 1, left : right + 1]

    def has_ink(self, box: Box) -> bool:
        """Whether anything is seen in a box."""
        found = self.crop(box)
        return int(found.max()) - int(found.min()) > _CONTRAST

    def says(self, box: Box) -> str:
        """What recognition reads in the box of one line."""
        from greenforms_extractors.scan.ocr import recognise

        return next(recognise([self.crop(box)])).text

    def unaccounted(self, glyphs: Sequence[Box]) -> float:
        """The share of the text seen on the page, counted in characters, that these glyphs do not account for."""
        from greenforms_extractors.scan.ocr import text_boxes

        points, seen, missed = self.image.points, 0.0, 0.0
        for rect in text_boxes(self.image.pixels):
            left, top, right, bottom = (edge * points for edge in rect)
            short, long = sorted((right - left, bottom - top))
            inside = [
                max(glyph[2] - glyph[0], glyph[3] - glyph[1])
                for glyph in glyphs
                if left <= (glyph[0] + glyph[2]) / 2 <= right and top <= (glyph[1] + glyph[3]) / 2 <= bottom
            ]
            count = long / max(short, 1.0)
            seen += count
            missed += count * max(0.0, 1 - 2 * sum(inside) / max(long, 1.0))
        return missed / seen if seen else 0.0
