"""What a PDF carries besides its pages: embedded files, form fields; and how its tables lie on a grid."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Control, PageOrigin

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

#: Unpacked size of all compressed streams but pictures together, as for an Office package, and of any picture.
MAX_UNPACKED = 300 * 1024 * 1024
#: What the pictures of a page may come to on average: A4 in colour at 350 dots per inch.
_PICTURES_OF_A_PAGE = 35 * 1024 * 1024
_CHUNK = 1 << 20
#: Pixels of a picture that is unpacked line by line, and of one that is (or may be) unpacked whole: JPEG, JPEG 2000.
_MOST_PIXELS, _MOST_WHOLE = 1_000_000_000, 100_000_000


def attachments(reader: PdfReader) -> dict[str, bytes]:
    """The embedded files by name (the last one where names repeat)."""
    return {name: contents[-1] for name, contents in reader.attachments.items() if contents}


def fields(reader: PdfReader) -> Iterator[Control]:
    """The form fields that show on a page: AcroForm widgets (ISO 32000-1, clause 12.7)."""
    for number, page in enumerate(reader.pages, start=1):
        corner_left, corner_top = float(page.cropbox.left), float(page.cropbox.top)
        for reference in page.get("/Annots") or ():
            widget = reference.get_object()
            if widget.get("/Subtype") != "/Widget":
                continue
            name = ".".join(reversed([str(node["/T"]) for node in _ancestors(widget) if "/T" in node]))
            left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
            if name:
                box = (left - corner_left, corner_top - top, right - corner_left, corner_top - bottom)
                yield Control(name, _value(widget), PageOrigin(number, box))


def _ancestors(widget: DictionaryObject) -> Iterator[DictionaryObject]:
    node: Any = widget
    for _ in range(32):
        yield node
        if "/Parent" not in node:
            return
        node = node["/Parent"].get_object()


def _value(widget: DictionaryObject) -> str:
    nodes = list(_ancestors(widget))
    kind = next((node["/FT"] for node in nodes if "/FT" in node), "")
    value = next((node["/V"] for node in nodes if "/V" in node), "")
    if kind == "/Btn":
        return "☑" if str(widget.get("/AS", value) or "/Off") != "/Off" else "□"
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def refuse_bomb(path: Path, reader: PdfReader) -> None:
    """Unpack every compressed stream piece by piece, keeping nothing, and stop when it grows beyond reason.

    Pictures are used one page at a time, so they count for themselves.
    """
    from pypdf.generic import StreamObject

    unpacked = {True: 0, False: 0}
    limits = {True: MAX_UNPACKED + len(reader.pages) * _PICTURES_OF_A_PAGE, False: MAX_UNPACKED}
    for found in _objects(reader):
        if not isinstance(found, StreamObject):
            continue
        pictured = found.get("/Subtype") == "/Image"
        if pictured:
            _refuse_huge(path, found)
        size = _unpacked(found, MAX_UNPACKED)
        unpacked[pictured] += size
        if size >= MAX_UNPACKED or unpacked[pictured] >= limits[pictured]:
            raise _bomb(path, limits[pictured] if size < MAX_UNPACKED else MAX_UNPACKED)


def _bomb(path: Path, limit: int) -> UnreadableFile:
    return UnreadableFile(
        "pdf-bomb",
        path,
        what=f"解压后超过 {limit >> 20} MB",
        why="异常的压缩内容会耗尽内存，正常的申报文件不会如此",
        remedy="请确认文件来源，用原软件重新导出 PDF 后再提交",
    )


def _refuse_huge(path: Path, picture: Any) -> None:
    """Refuse a picture with so many pixels that drawing its page would use up the memory."""
    packed = str(picture.get("/Filter", ""))
    whole = "/DCT" in packed or "/JPX" in packed
    sizes = [(_number(picture, "/Width"), _number(picture, "/Height"))]
    if whole:
        sizes.append(_own_size(picture._data))
    for width, height in sizes:
        if width * height > (_MOST_WHOLE if whole else _MOST_PIXELS):
            raise UnreadableFile(
                "image-too-large",
                path,
                what=f"内有过大的图片：{width}×{height} 像素",
                why="正常的扫描件和照片没有这样大，读取会耗尽内存",
                remedy="请按 200 至 300 dpi 重新扫描，或用原软件重新导出 PDF，导出时压缩图片",
            )


def _number(picture: Any, key: str) -> int:
    """A number of a picture's dictionary, 0 where there is none."""
    try:
        return int(picture[key])
    except (KeyError, TypeError, ValueError):
        return 0


def _own_size(content: bytes) -> tuple[int, int]:
    """The size that a JPEG or JPEG 2000 picture itself states, whatever the file says of it."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # nothing is decoded; the limit is ours
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (OSError, SyntaxError, ValueError):
        return 0, 0


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file that can be read; one that cannot is left to the page that needs it.

    Pictures are forgotten at once, or the whole file would come to lie in memory.
    """
    from pypdf.errors import PyPdfError
    from pypdf.generic import IndirectObject, StreamObject

    for generation, numbers in list(reader.xref.items()):
        for number in sorted(numbers):
            try:
                found = reader.get_object(IndirectObject(number, generation, reader))
            except (PyPdfError, ValueError):
                continue
            yield found
            if isinstance(found, StreamObject) and found.get("/Subtype") == "/Image":
                reader.resolved_objects.pop((generation, number), None)


def _unpacked(found: Any, limit: int) -> int:
    """The unpacked size of a stream, counted up to the limit."""
    from pypdf.errors import LimitReachedError, PyPdfError

    filters = str(found.get("/Filter", "")).strip("[]'")
    if filters != "/FlateDecode":
        try:
            # pypdf has limits of its own for each filter; pictures stay packed.
            return len(found.get_data()) if "/Fl" in filters or "/LZW" in filters or "/Run" in filters else 0
        except LimitReachedError:
            return limit
        except (PyPdfError, ValueError):
            return 0
    stream = zlib.decompressobj()
    total, rest = 0, found._data
    try:
        while rest and total < limit:
            total += len(stream.decompress(rest, _CHUNK))
            rest = stream.unconsumed_tail
    except zlib.error:
        return total
    return total


def forget_pictures(pdf: Any) -> None:
    """Drop the pictures of pages already read, which the library behind pdfplumber keeps for good."""
    from pdfminer.pdftypes import PDFStream

    kept = pdf.doc._cached_objs
    for number, (found, _) in list(kept.items()):
        if isinstance(found, PDFStream) and str(found.get("Subtype")) == "/'Image'":
            del kept[number]


def ticks(edges: Sequence[float], tolerance: float = 2.0) -> list[float]:
    """The grid lines that a table's edges lie on."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > tolerance:
            found.append(edge)
    return found


def nearest(grid: Sequence[float], edge: float) -> int:
    """The grid line an edge lies on."""
    return min(range(len(grid)), key=lambda index: abs(grid[index] - edge))
