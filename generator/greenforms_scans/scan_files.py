"""The files in which scans are sent: PNG, JPEG, TIFF and PDF, the same bytes for the same pages."""

from __future__ import annotations

import io
import time
from random import Random
from typing import Any, Literal

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image as Picture
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from greenforms_scans.sheets import Image

Depth = Literal["colour", "grey", "palette", "bilevel"]

#: EXIF 2.3, 4.6.4: the camera was held upright, its sensor lay on its side.
_ORIENTATION, _TURN_CLOCKWISE = 0x0112, 6
#: Ink is what is darker than this on a bilevel scan.
_THRESHOLD = 165
_DAY = time.gmtime(1_767_225_600)
_NONSENSE = "il1!|:;.,'~^-_*&%$#@()[]/\\JjtfrIlLTKYkxXzZ7320oOeEcCaw"


def png(page: Image, dpi: int, depth: Depth = "grey") -> bytes:
    """A PNG; a palette of 16 colours is what scanners with small files write."""
    return _saved([_picture(page, depth)], "PNG", dpi=(dpi, dpi), optimize=True)


def jpeg_file(page: Image, dpi: int, quality: int = 75, *, sideways: bool = False) -> bytes:
    """A JPEG in colour; `sideways` stores it as a camera does, to be turned by its EXIF orientation 6."""
    if not sideways:
        return _saved([_picture(page, "colour")], "JPEG", dpi=(dpi, dpi), quality=quality)
    exif = Picture.Exif()
    exif[_ORIENTATION] = _TURN_CLOCKWISE
    stored = _picture(np.rot90(page), "colour")
    return _saved([stored], "JPEG", dpi=(dpi, dpi), quality=quality, exif=exif.tobytes())


def tiff(pages: list[Image], dpi: int) -> bytes:
    """A bilevel TIFF of several pages, Group 4, as copiers send it."""
    pictures = [_picture(page, "bilevel") for page in pages]
    return _saved(pictures, "TIFF", dpi=(dpi, dpi), compression="group4")


def image_pdf(pages: list[Image], dpi: int, depth: Depth = "grey", quality: int = 60) -> bytes:
    """A PDF of pictures and nothing else."""
    pictures = [_picture(page, depth) for page in pages]
    options: dict[str, Any] = {"creationDate": _DAY, "modDate": _DAY, "producer": "Copier", "title": ""}
    if depth != "bilevel":
        options["quality"] = quality
    return _saved(pictures, "PDF", resolution=float(dpi), **options)


def joined_pdf(*parts: tuple[bytes, int]) -> bytes:
    """A PDF of single pages, from 0, of other PDFs."""
    writer = PdfWriter()
    for content, number in parts:
        writer.add_page(PdfReader(io.BytesIO(content)).pages[number])
    return _written(writer)


def with_nonsense_text(scan: bytes, printed: bytes, seed: int) -> bytes:
    """A scanned PDF with an invisible text layer of a recogniser that took Chinese for English.

    `printed` is the PDF the scan was made of: the nonsense stands where its text does.
    """
    rng = Random(seed)  # noqa: S311 - test data
    writer = PdfWriter(clone_from=io.BytesIO(scan))
    document = pdfium.PdfDocument(printed)
    try:
        for page, source in zip(writer.pages, document, strict=True):
            _add_text(writer, page, _nonsense(source, rng))
    finally:
        document.close()
    return _written(writer)


def _nonsense(source: Any, rng: Random) -> bytes:
    """Drawing operators: text in rendering mode 3, neither filled nor stroked (ISO 32000-1, 9.3.6)."""
    text = source.get_textpage()
    lines = ["BT", "3 Tr"]
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        size = max(4.0, (top - bottom) * 0.9)
        count = max(1, round((right - left) / size * 1.8))
        said = "".join(rng.choices(f"{_NONSENSE} ", k=count))
        escaped = said.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        lines += [f"/Nonsense {size:.1f} Tf", f"1 0 0 1 {left:.1f} {bottom:.1f} Tm", f"({escaped}) Tj"]
    return "\n".join([*lines, "ET"]).encode("ascii")


def _add_text(writer: PdfWriter, page: Any, operators: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(operators)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    contents = page.raw_get("/Contents")
    page[NameObject("/Contents")] = ArrayObject([contents, writer._add_object(stream)])
    fonts = DictionaryObject({NameObject("/Nonsense"): writer._add_object(font)})
    page["/Resources"][NameObject("/Font")] = fonts


def _picture(page: Any, depth: Depth) -> Picture.Image:
    colour = Picture.fromarray(np.ascontiguousarray(page[..., ::-1]))
    if depth == "palette":
        return colour.quantize(16, dither=Picture.Dither.NONE)
    grey = Picture.fromarray(cv2.cvtColor(np.ascontiguousarray(page), cv2.COLOR_BGR2GRAY))
    if depth == "bilevel":
        return grey.point(lambda value: 255 if value > _THRESHOLD else 0, "1")
    return grey if depth == "grey" else colour


def _saved(pictures: list[Picture.Image], kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    if len(pictures) > 1:
        options |= {"save_all": True, "append_images": pictures[1:]}
    pictures[0].save(target, kind, **options)
    return target.getvalue()


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
