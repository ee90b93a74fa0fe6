"""Draws a paper from the program of its official template: the same cells, spans and labels, inputs in the slots.

What the blank form alone prints is left out; a part that not everybody fills in is drawn for all, and says who does. A
field that is printed twice is typed where it stands first. What the template has no place for follows in a plain list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from greenforms.form.derive import derived_text
from greenforms.form.form import Form
from greenforms.form.layout import template_program
from greenforms.form.template.program import Each, Given, Line, Node, Ordinal, Piece, RowNode, Slot, TableNode, Text
from greenforms.form.tree import Group, Leaf, Rows, at
from greenforms.station.filing.drawn import (
    Drawn,
    DrawnCell,
    DrawnItem,
    DrawnLine,
    DrawnPart,
    DrawnRow,
    DrawnTable,
    Echo,
    More,
    PictureEntry,
    PictureRow,
    Words,
)
from greenforms.station.filing.drawn import Piece as DrawnPiece
from greenforms.station.filing.entry import Content, Entries
from greenforms.station.filing.parts import Parts
from greenforms.station.filing.spans import Placed, rows_under
from greenforms_extractors.match.flow import Flow


@cache
def _entries(form: Form) -> Entries:
    return Entries(form)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A paper: `body` as the authority prints it, `rest` what stands nowhere in it."""

    body: tuple[Drawn, ...]
    rest: tuple[Drawn, ...]


def drawing_of(form: Form, content: Content) -> Drawing:
    """Draw a paper with what it holds."""
    pen = _Pen(form, content)
    body = tuple(pen.drawn(template_program(form, "docx").body, ()))
    return Drawing(body, tuple(pen.rest(form.root, "")))


@dataclass(slots=True)
class _Pen:
    form: Form
    content: Content
    #: Where something is typed already, and the lists that are drawn item by item.
    typed: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        self.parts = Parts(self.form, self.content.data)

    def drawn(self, body: Sequence[Node], loops: tuple[int, ...]) -> Iterator[Drawn]:
        """Nodes outside tables; blank lines that follow each other are one."""
        for node in body:
            match node:
                case Line():
                    yield self._line(node, loops)
                case TableNode():
                    yield DrawnTable(tuple(self._rows(node, loops)))
                case Each():
                    yield from self._items(node, loops)
                case Given(path=path) if path:
                    pointer = _concrete(path, loops)
                    part = self.parts.part(pointer)
                    inside = tuple(self.drawn(node.body, loops))
                    yield DrawnPart(pointer, part.title, part.need, part.barred, inside)
                case _:
                    pass

    def _items(self, node: Each, loops: tuple[int, ...]) -> Iterator[Drawn]:
        pointer, rows, count = self._list(node, loops)
        for number in range(count):
            inside = tuple(self.drawn(node.body, (*loops, number)))
            yield DrawnItem(f"{pointer}/{number}", f"{rows.title}（第{number + 1}项）", inside)
        if not self.content.source_of(pointer):
            yield self._more(pointer, rows.title)

    # -- tables ----------------------------------------------------------------------------------------------------

    def _rows(self, table: TableNode, loops: tuple[int, ...]) -> Iterator[DrawnRow | More]:
        placed = tuple(self._placed(table.body, loops, ""))
        for index, row in enumerate(placed):
            if row.node is None:
                yield self._more(row.item, row.title, row.columns)
                continue
            cells = tuple(
                DrawnCell(
                    tuple(self._line(line, row.loops) for line in box.lines),
                    rows_under(placed, index, box.cell.rows),
                    box.cell.columns,
                )
                for box in row.node.boxes
            )
            removable = row.item and not self.content.source_of(row.item)
            yield DrawnRow(cells, row.item if removable else "")

    def _placed(self, body: Sequence[Node], loops: tuple[int, ...], item: str) -> Iterator[Placed]:
        """The rows as they stand below each other; `item` begins with the first of them."""
        for node in body:
            match node:
                case RowNode():
                    yield Placed(node.number, loops, node, item)
                    item = ""
                case Each():
                    pointer, rows, count = self._list(node, loops)
                    last = None
                    for number in range(count):
                        for last in self._placed(node.body, (*loops, number), f"{pointer}/{number}"):
                            yield last
                    if last is not None and not self.content.source_of(pointer):
                        yield Placed(last.number, loops, None, pointer, rows.title, _breadth(node.body))
                case Given(path=path) if path:
                    yield from self._placed(node.body, loops, item)
                case _:
                    pass

    def _list(self, node: Each, loops: tuple[int, ...]) -> tuple[str, Rows, int]:
        """Where a list stands, what it is, and how many items of it are drawn."""
        pointer = _concrete(node.path, loops)
        rows = self.parts.rows(pointer)
        self.lists.add(pointer)
        return pointer, rows, self._count(rows, pointer)

    def _count(self, rows: Rows, pointer: str) -> int:
        found = at(self.content.data, self.content.source_of(pointer) or pointer)
        there = len(found) if isinstance(found, list) else 0
        return max(self.content.spare.get(pointer, 0), there or rows.blank_rows, 1)

    def _more(self, pointer: str, title: str, columns: int = 1) -> More:
        return More(pointer, title, columns, at(self.content.data, pointer) == [])

    # -- lines -----------------------------------------------------------------------------------------------------

    def _line(self, line: Line, loops: tuple[int, ...]) -> DrawnLine:
        return DrawnLine(tuple(self._piece(piece, loops) for piece in line.pieces))

    def _piece(self, piece: Piece, loops: tuple[int, ...]) -> DrawnPiece:
        match piece:
            case Text():
                return Words(piece.text)
            case Ordinal():
                return Words(str(loops[-1] + 1) if loops else "")
            case Slot():
                return self._slot(piece.leaf, _concrete(piece.path, loops))

    def _slot(self, leaf: Leaf, pointer: str) -> DrawnPiece:
        if leaf.derived is not None:
            return Echo(derived_text(leaf, self.parts.paper_around(pointer)) or leaf.blank)
        source = self.content.source_of(pointer)
        if source or pointer in self.typed:
            place = source or pointer
            return Echo(self.content.text(leaf, place), place)
        self.typed.add(pointer)
        if leaf.codec.flow is Flow.PICTURES:
            return self._pictures(leaf, pointer)
        return _entries(self.form).entry(leaf, pointer, self.content)

    def _pictures(self, leaf: Leaf, pointer: str) -> PictureEntry:
        found = at(self.content.data, pointer)
        listed = found if isinstance(found, list) else []
        rows = [*listed, *[{}] * max(1, self.content.spare.get(pointer, 0) - len(listed))]
        inputs = (
            PictureRow(f"{pointer}/{number}", row.get("file", ""), row.get("caption", ""))
            for number, row in enumerate(rows)
        )
        return PictureEntry(pointer, leaf.title, tuple(inputs))

    # -- what stands nowhere ---------------------------------------------------------------------------------------

    def rest(self, node: Group | Leaf | Rows, pointer: str) -> Iterator[Drawn]:
        """The fields that nothing is typed for yet."""
        match node:
            case Leaf():
                if pointer not in self.typed and not self.content.source_of(pointer):
                    yield DrawnLine((Words(f"{node.title}："), self._slot(node, pointer)))
            case Group():
                for name, child in node.children.items():
                    yield from self.rest(child, f"{pointer}/{name}")
            case Rows():
                for number in range(self._left(node, pointer)):
                    yield from self.rest(node.item, f"{pointer}/{number}")
                if pointer not in self.lists and not self._is_fixed(pointer):
                    yield self._more(pointer, node.title)

    def _left(self, rows: Rows, pointer: str) -> int:
        """How many items of a list are looked through; of one that is drawn in fixed places those that are there."""
        if not self._is_fixed(pointer):
            return self._count(rows, pointer)
        found = at(self.content.data, pointer)
        drawn = {int(place.removeprefix(f"{pointer}/").split("/")[0]) for place in self._inside(pointer)}
        return max(len(found) if isinstance(found, list) else 0, max(drawn) + 1)

    def _is_fixed(self, pointer: str) -> bool:
        return pointer not in self.lists and any(self._inside(pointer))

    def _inside(self, pointer: str) -> Iterator[str]:
        return (place for place in self.typed if place.startswith(f"{pointer}/"))


def _concrete(path: str, loops: tuple[int, ...]) -> str:
    """A pattern at one turn of the open loops."""
    for number in loops:
        path = path.replace("/*", f"/{number}", 1)
    return path


def _breadth(body: Sequence[Node]) -> int:
    """How many columns the first row of a repeat takes."""
    row = next((node for node in body if isinstance(node, RowNode)), None)
    return 1 if row is None else sum(box.cell.columns for box in row.boxes)
