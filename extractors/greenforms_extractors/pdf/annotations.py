"""Annotations that a PDF viewer lays over the print: typed text, white boxes, lines through text, stamps.

ISO 32000-1, 12.5.6. pdfium gives them, for it reads the broken ones too.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from greenforms_extractors.text_lines import Box, Glyph

#: text: typed over the print. box: a filled figure. strike: a line through text. other: a stamp, drawing or note, which
#: says nothing that could be read.
Kind = Literal["text", "box", "strike", "other"]

#: Hidden, or not to be seen on the screen (ISO 32000-1, 12.5.3).
_UNSEEN_FLAGS = 2 | 32
_LIGHT = 150
_FINE = 100
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:pt|Tf)")
_USUAL_SIZE, _LARGEST_SIZE, _LEADING, _MARGIN = 12.0, 72.0, 1.2, 2.0
#: An appearance that begins by filling a rectangle with something light.
_FILLED = re.compile(
    r"(?:\b1(?:\.0*)? 1(?:\.0*)? 1(?:\.0*)? rg|\b1(?:\.0*)? g)\b[^T]*?\bre\b\s+(?:f|B)\*?\b", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: its boxes in points from the top left of the seen page, what it says, whether it hides print."""

    kind: Kind
    boxes: tuple[Box, ...]
    text: str
    size: float
    opaque: bool

    def glyphs(self) -> Iterator[Glyph]:
        """Its text, laid out in its box as viewers do: from the left, wrapped, in the middle if it is one line."""
        left, top, right, bottom = self.boxes[0]
        lines = list(self._wrapped(right - left - 2 * _MARGIN))
        height = len(lines) * _LEADING * self.size
        start = top + (max(0.0, bottom - top - height) / 2 if len(lines) == 1 else _MARGIN)
        for number, line in enumerate(lines):
            x, y = left + _MARGIN, start + number * _LEADING * self.size
            for char in line:
                width = _width(char) * self.size
                yield Glyph(char, (x, y, x + width, y + self.size), self.size, None)
                x += width

    def _wrapped(self, room: float) -> Iterator[str]:
        for paragraph in re.split(r"\r\n?|\n", self.text):
            line, used = "", 0.0
            for char in paragraph:
                if line and used + _width(char) * self.size > room + self.size / 2:
                    yield line
                    line, used = "", 0.0
                line, used = line + char, used + _width(char) * self.size
            yield line


def _width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def laid_over(page: Any) -> list[Annotation]:
    """The annotations to be seen on a page opened with pdfium."""
    import pypdfium2.raw as pdfium

    found = []
    for number in range(max(0, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                read = _read(page, annotation)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
            found += [read] if read is not None else []
    return found


def _read(page: Any, annotation: Any) -> Annotation | None:
    import pypdfium2.raw as pdfium

    kinds: dict[int, Kind] = {
        pdfium.FPDF_ANNOT_FREETEXT: "text",
        pdfium.FPDF_ANNOT_SQUARE: "box",
        pdfium.FPDF_ANNOT_STRIKEOUT: "strike",
        pdfium.FPDF_ANNOT_LINE: "strike",
        pdfium.FPDF_ANNOT_STAMP: "other",
        pdfium.FPDF_ANNOT_INK: "other",
        pdfium.FPDF_ANNOT_TEXT: "other",
    }
    kind = kinds.get(pdfium.FPDFAnnot_GetSubtype(annotation))
    rect = pdfium.FS_RECTF()
    if kind is None or pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN_FLAGS:
        return None
    if not pdfium.FPDFAnnot_GetRect(annotation, rect):
        return None
    box = _on_sheet(page, (rect.left, rect.bottom, rect.right, rect.top))
    boxes = tuple(_quads(page, annotation)) if kind == "strike" else ()
    text = _string(annotation, b"Contents").strip()
    sizes = _SIZE.findall(_string(annotation, b"DS")) or _SIZE.findall(_string(annotation, b"DA"))
    size = float(sizes[0]) if sizes and 0 < float(sizes[0]) <= _LARGEST_SIZE else _USUAL_SIZE
    if kind == "text" and not text:
        return None
    opaque = kind in {"text", "box"} and _is_opaque(annotation, b"C" if kind == "text" else b"IC")
    return Annotation(kind, boxes or (box,), text, size, opaque)


def _is_opaque(annotation: Any, key: bytes) -> bool:
    """Whether an annotation has a light ground, by its colour or by how its appearance begins."""
    import pypdfium2.raw as pdfium

    if _FILLED.search(_appearance(annotation)):
        return True
    if not pdfium.FPDFAnnot_HasKey(annotation, key):
        return False
    levels = [ctypes.c_uint() for _ in range(4)]
    which = pdfium.FPDFANNOT_COLORTYPE_InteriorColor if key == b"IC" else pdfium.FPDFANNOT_COLORTYPE_Color
    known = pdfium.FPDFAnnot_GetColor(annotation, which, *levels)
    return bool(known) and min(level.value for level in levels[:3]) > _LIGHT


def _quads(page: Any, annotation: Any) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield _on_sheet(page, (min(across), min(up), max(across), max(up)))


def _on_sheet(page: Any, rect: Box) -> Box:
    """A rectangle of the page's own space in points from the top left of the page as it is seen."""
    import pypdfium2.raw as pdfium

    width, height = (round(_FINE * side) for side in page.get_size())
    corners = []
    for x, y in (rect[:2], rect[2:]):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((across.value / _FINE, down.value / _FINE))
    (one, top), (other, bottom) = corners
    return min(one, other), min(top, bottom), max(one, other), max(top, bottom)


def _string(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _appearance(annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    normal = pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    length = pdfium.FPDFAnnot_GetAP(annotation, normal, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetAP(annotation, normal, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
