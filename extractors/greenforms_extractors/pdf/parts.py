"""What a PDF carries besides its pages: embedded files, form fields; and how its tables lie on a grid.

A file whose fields or embedded files are broken is read without them, which a notice says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from greenforms_extractors.model import Control, Notice, PageOrigin

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject


class Carried:
    """The form fields and the embedded files of a PDF, and what is to be known about them."""

    def __init__(self, reader: PdfReader) -> None:
        self._broken_fields = 0
        self._notices: list[Notice] = []
        self.fields = tuple(self._fields(reader))
        self.attachments = self._attachments(reader)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be read."""
        if not self._broken_fields:
            return tuple(self._notices)
        message = (
            f"文件中有 {self._broken_fields} 个填写域（可填写的空格）已损坏，其中填的内容未读取；"
            "页面上的文字照常读取，请对照原件核对"
        )
        return (*self._notices, Notice("broken-fields", message))

    def _attachments(self, reader: PdfReader) -> dict[str, bytes]:
        """The embedded files by name (the last one where names repeat)."""
        try:
            return {name: contents[-1] for name, contents in reader.attachments.items() if contents}
        except Exception:  # the library has no one kind of error for what it cannot parse
            message = "文件中嵌入的附件已损坏，未读取；页面上的文字照常读取。附件要紧的，请单独提交"
            self._notices.append(Notice("broken-attachments", message))
            return {}

    def _fields(self, reader: PdfReader) -> Iterator[Control]:
        """The form fields that show on a page: AcroForm widgets (ISO 32000-1, clause 12.7)."""
        for number, page in enumerate(_pages(reader), start=1):
            for widget in _widgets(page):
                try:
                    control = _control(widget, page, number)
                except Exception:  # as for embedded files
                    self._broken_fields += 1
                    continue
                if control:
                    yield control


def _pages(reader: PdfReader) -> Iterator[Any]:
    """The pages as far as they can be found."""
    try:
        yield from reader.pages
    except Exception:  # as for embedded files; that a page is missing is seen when it is drawn
        return


def _widgets(page: Any) -> Iterator[DictionaryObject]:
    """The annotations of a page that are form fields; what is no annotation is nothing to be seen either."""
    from pypdf.generic import ArrayObject, DictionaryObject

    found = page.get("/Annots")
    notes = found.get_object() if found is not None else None
    for reference in notes if isinstance(notes, ArrayObject) else ():
        widget = reference.get_object()
        if isinstance(widget, DictionaryObject) and widget.get("/Subtype") == "/Widget":
            yield widget


def _control(widget: DictionaryObject, page: Any, number: int) -> Control | None:
    """A form field with its name, value and place; None for one without a name. Raises what the library does."""
    name = ".".join(reversed([str(node["/T"]) for node in _ancestors(widget) if "/T" in node]))
    if not name:
        return None
    corner_left, corner_top = float(page.cropbox.left), float(page.cropbox.top)
    place: Any = widget["/Rect"]
    left, bottom, right, top = (float(edge) for edge in place)
    box = (left - corner_left, corner_top - top, right - corner_left, corner_top - bottom)
    if not all(map(isfinite, box)):
        raise ValueError("a field without a place")
    return Control(name, _value(widget), PageOrigin(number, box))


def _ancestors(widget: DictionaryObject) -> Iterator[DictionaryObject]:
    node: Any = widget
    seen = set[int]()
    while id(node) not in seen and len(seen) < 32:
        seen.add(id(node))
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
