"""A paper as it is drawn on the screen: lines and tables with the cells of the official form, inputs in its slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from greenforms.station.filing.entry import Entry


@dataclass(frozen=True, slots=True)
class Words:
    """Text as it is printed."""

    text: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Echo:
    """What is typed elsewhere on this paper, or follows from it: it is printed here, too. `pointer` is that place."""

    text: str
    pointer: str = ""
    kind: Literal["echo"] = "echo"


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture of a field: the names of its two inputs begin with `pointer`."""

    pointer: str
    file: str
    caption: str


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """A field that holds pictures, with a row to spare."""

    pointer: str
    label: str
    rows: tuple[PictureRow, ...]
    kind: Literal["pictures"] = "pictures"


Piece = Words | Echo | Entry | PictureEntry


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A paragraph."""

    pieces: tuple[Piece, ...]
    kind: Literal["line"] = "line"

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen in it."""
        return all(isinstance(piece, Words) and not piece.text.strip() for piece in self.pieces)

    @property
    def static(self) -> bool:
        """Whether nothing is typed in it."""
        return all(isinstance(piece, Words) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell with its spans."""

    lines: tuple[DrawnLine, ...]
    rows: int
    columns: int

    @property
    def static(self) -> bool:
        """Whether it holds text alone."""
        return all(line.static for line in self.lines)


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row of cells; `item` is the item of a list that begins with it."""

    cells: tuple[DrawnCell, ...]
    item: str = ""
    kind: Literal["row"] = "row"


@dataclass(frozen=True, slots=True)
class More:
    """Behind the last item of a list: another one can be added. `columns` is its breadth in a table.

    `empty`: the list is there and holds nothing, which is another thing than no list.
    """

    pointer: str
    title: str
    columns: int = 1
    empty: bool = False
    kind: Literal["more"] = "more"


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table."""

    rows: tuple[DrawnRow | More, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """What not everybody fills in, with the words that say who does; `barred` where what was chosen forbids it."""

    pointer: str
    title: str
    need: str
    barred: bool
    body: tuple[Drawn, ...]
    kind: Literal["part"] = "part"


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """One item of a list that stands outside tables."""

    pointer: str
    title: str
    body: tuple[Drawn, ...]
    kind: Literal["item"] = "item"


Drawn = DrawnLine | DrawnTable | DrawnPart | DrawnItem | More


def pieces_in(body: Sequence[Drawn]) -> Iterator[Piece]:
    """Everything that stands in lines and cells, in reading order."""
    for node in body:
        match node:
            case DrawnLine():
                yield from node.pieces
            case DrawnTable():
                cells = (cell for row in node.rows if isinstance(row, DrawnRow) for cell in row.cells)
                yield from (piece for cell in cells for line in cell.lines for piece in line.pieces)
            case DrawnPart() | DrawnItem():
                yield from pieces_in(node.body)
            case More():
                pass


def names_in(body: Sequence[Drawn]) -> Iterator[str]:
    """The pointers of all fields that are typed, in reading order."""
    return (piece.pointer for piece in pieces_in(body) if isinstance(piece, Entry | PictureEntry))


def tables_in(body: Sequence[Drawn]) -> Iterator[DrawnTable]:
    """Every table, in reading order."""
    for node in body:
        if isinstance(node, DrawnTable):
            yield node
        elif isinstance(node, DrawnPart | DrawnItem):
            yield from tables_in(node.body)
