"""What a PDF carries besides its pages: embedded files, form fields; and how its tables lie on a grid."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Control, PageOrigin

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

#: Unpacked size of all compressed streams together, as for an Office package.
MAX_UNPACKED = 300 * 1024 * 1024
_CHUNK = 1 << 20


def attachments(reader: PdfReader) -> dict[str, bytes]:
    """The embedded files by name (the last one where names repeat)."""
    return {name: contents[-1] for name, contents in reader.attachments.items() if contents}


def fields(reader: PdfReader) -> Iterator[Control]:
    """The form fields that show on a page: AcroForm widgets (ISO 32000-1, clause 12.7)."""
    for number, page in enumerate(reader.pages, start=1):
        height = float(page.mediabox.top)
        for reference in page.get("/Annots") or ():
            widget = reference.get_object()
            if widget.get("/Subtype") != "/Widget":
                continue
            name = ".".join(reversed([str(node["/T"]) for node in _ancestors(widget) if "/T" in node]))
            left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
            if name:
                yield Control(name, _value(widget), PageOrigin(number, (left, height - top, right, height - bottom)))


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
    """Unpack every compressed stream piece by piece, keeping nothing, and stop when it grows beyond reason."""
    from pypdf.generic import StreamObject

    total = 0
    for found in _objects(reader):
        if isinstance(found, StreamObject):
            total += _unpacked(found, MAX_UNPACKED - total)
        if total >= MAX_UNPACKED:
            raise UnreadableFile(
                "pdf-bomb",
                path,
                what=f"解压后超过 {MAX_UNPACKED >> 20} MB",
                why="异常的压缩内容会耗尽内存，正常的申报文件不会如此",
                remedy="请确认文件来源，用原软件重新导出 PDF 后再提交",
            )


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file that can be read; one that cannot is left to the page that needs it."""
    from pypdf.errors import PyPdfError
    from pypdf.generic import IndirectObject

    for generation, numbers in list(reader.xref.items()):
        for number in sorted(numbers):
            try:
                yield reader.get_object(IndirectObject(number, generation, reader))
            except (PyPdfError, ValueError):
                continue


def _unpacked(found: Any, limit: int) -> int:
    """The unpacked size of a stream, counted up to the limit."""
    from pypdf.errors import LimitReachedError, PyPdfError

    filters = str(found.get("/Filter", ""))
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
