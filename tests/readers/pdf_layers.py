"""PDFs whose text layer is not what is seen on the page, made of sound ones."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from PIL import Image
from pypdf import PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
)

#: A line of a character table: the code and the character it stands for, in hexadecimal.
_ENTRY = re.compile(r"^<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*$", re.MULTILINE | re.IGNORECASE)


def exchanged(characters: list[str]) -> list[str]:
    """Each character for another one of the same paper."""
    mixed = characters[:]
    Random(3).shuffle(mixed)  # noqa: S311 - test data
    return mixed


def shifted(characters: list[str]) -> list[str]:
    """Each character for its seventh neighbour in Unicode."""
    return [f"{int(each[:4], 16) + 7:04X}" for each in characters]


def western(characters: list[str]) -> list[str]:
    """Chinese read as a Western code page."""
    return [f"{0xC0 + number % 60:04X}" for number in range(len(characters))]


def latin(characters: list[str]) -> list[str]:
    """Chinese as letters and figures, as where only the place in the font is known."""
    return [f"{0x21 + number % 90:04X}" for number in range(len(characters))]


def private(characters: list[str]) -> list[str]:
    """Code points of the private area."""
    return [f"{0xE000 + number:04X}" for number in range(len(characters))]


def with_characters(pdf: bytes, change: Callable[[list[str]], list[str]] | None) -> bytes:
    """The same pages whose fonts name their characters otherwise, or not at all."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    fonts = {id(found := font.get_object()): found for page in writer.pages for font in _fonts(page)}
    for font in fonts.values():
        table = font.pop("/ToUnicode").get_object().get_data().decode("ascii")
        if change:
            names = iter(change([entry[2] for entry in _ENTRY.finditer(table)]))
            new = _ENTRY.sub(lambda entry, names=names: f"<{entry[1]}> <{next(names)}>\n", table)
            font[NameObject("/ToUnicode")] = writer._add_object(_stream(new.encode("ascii")))
    return _written(writer)


def with_text(pdf: bytes, lines: Sequence[tuple[float, float, str]]) -> bytes:
    """Latin text typed on every page: from the left and from the bottom in points."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        said = "".join(f"1 0 0 1 {left} {bottom} Tm ({text}) Tj " for left, bottom, text in lines)
        _draw(writer, page, "/Font", "/Typed", _helvetica(), f"BT /Typed 12 Tf {said}ET")
    return _written(writer)


def with_picture(pdf: bytes, picture: Image.Image, box: Sequence[float], *, alpha: int | None = None) -> bytes:
    """A grey picture drawn over every page in a box from the bottom left; `alpha` lets through what is under it."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    stream = _picture(picture.convert("L"))
    if alpha is not None:
        stream[NameObject("/SMask")] = writer._add_object(_picture(Image.new("L", picture.size, alpha)))
    left, bottom, right, top = box
    operators = f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /Over Do Q"
    for page in writer.pages:
        _draw(writer, page, "/XObject", "/Over", stream, operators)
    return _written(writer)


def lying(pdf: bytes) -> bytes:
    """Every page with its text running up the page, as a wide table is put on a tall sheet."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.add_transformation(Transformation().rotate(90).translate(height, 0))
        page.mediabox = page.cropbox = RectangleObject((0, 0, height, width))
    return _written(writer)


def cropped(pdf: bytes, left: float, top: float) -> bytes:
    """Every page with a strip cut off on the left and at the top, in points."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        page.cropbox = RectangleObject((left, 0, page.mediabox.width, float(page.mediabox.height) - top))
    return _written(writer)


def scaled(pdf: bytes, factor: float) -> bytes:
    """Every page so many times as large, drawn in the units that it had."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        page.scale_by(factor)
    return _written(writer)


def with_attachment(pdf: bytes, name: str, content: bytes) -> bytes:
    """The same pages with an embedded file."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.add_attachment(name, content)
    return _written(writer)


def blank_pdf(pages: int = 1) -> bytes:
    """Empty pages of A4."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _written(writer)


def _fonts(page: Any) -> list[Any]:
    return list(page["/Resources"]["/Font"].values())


def _draw(writer: PdfWriter, page: Any, kind: str, name: str, resource: Any, operators: str) -> None:
    """Add operators behind what the page draws already, with the one resource they use."""
    own = page.get("/Resources", DictionaryObject()).get_object()
    page[NameObject("/Resources")] = own = DictionaryObject(own)
    own[NameObject(kind)] = DictionaryObject(own.get(kind, DictionaryObject()).get_object())
    own[kind][NameObject(name)] = writer._add_object(resource)
    before, after = _stream(b"q "), _stream(f" Q {operators}".encode("ascii"))
    drawn = [] if page.get_contents() is None else [writer._add_object(_stream(page.get_contents().get_data()))]
    parts = [writer._add_object(before), *drawn, writer._add_object(after)]
    page[NameObject("/Contents")] = ArrayObject(parts)


def _helvetica() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def _picture(picture: Image.Image) -> DecodedStreamObject:
    found = _stream(picture.tobytes())
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/ColorSpace", "/DeviceGray")):
        found[NameObject(key)] = NameObject(value)
    for key, number in (("/Width", picture.width), ("/Height", picture.height), ("/BitsPerComponent", 8)):
        found[NameObject(key)] = NumberObject(number)
    return found


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
