"""What a template says, parsed: static text, slots, repeats and conditions, each with its place.

One program serves all who need to know a template: the matcher's layout, the content controls, both fillers, the
check of packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from greenforms.form.tree import Leaf
from greenforms_extractors.model import Cell, Origin


@dataclass(frozen=True, slots=True)
class Text:
    """Static text."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that prints a field. `name` is the tag's, `path` the pattern of the place, with `*` for open loops."""

    name: str
    path: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place that prints the number of a row."""

    name: str


Piece = Text | Slot | Ordinal


@dataclass(frozen=True)
class Line:
    """A paragraph, in the text or in a cell."""

    pieces: tuple[Piece, ...]
    origin: Origin

    @cached_property
    def static(self) -> str:
        """The static text alone."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Text)).strip()

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots from left to right."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))


@dataclass(frozen=True)
class Box:
    """A cell of a table: its place in the grid and its lines. Rows of statements do not count in `cell.row`."""

    cell: Cell
    lines: tuple[Line, ...]

    @cached_property
    def static(self) -> str:
        """The static text of all lines."""
        return "\n".join(line.static for line in self.lines if line.static)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of all lines."""
        return tuple(slot for line in self.lines for slot in line.slots)

    @property
    def left(self) -> int:
        """The first grid column."""
        return self.cell.column

    @property
    def right(self) -> int:
        """The grid column behind the last."""
        return self.cell.column + self.cell.columns


@dataclass(frozen=True, slots=True)
class RowNode:
    """A row of a table, with the cells that begin in it. `source` is its number in the template, from 0.

    `number` counts without the rows that hold a statement.
    """

    number: int
    source: int
    boxes: tuple[Box, ...]

    @property
    def static_only(self) -> bool:
        """Whether the row prints texts and no field."""
        return any(box.static for box in self.boxes) and not any(box.slots for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Each:
    """What is printed once for each item of the list at `path`."""

    variable: str
    name: str
    path: str
    body: tuple[Node, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Given:
    """What is printed only when the data have `name`; `path` is "" for what the empty form alone prints."""

    name: str
    path: str
    body: tuple[Node, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table: rows, with repeats and conditions around some of them."""

    body: tuple[Node, ...]
    origin: Origin


Node = Line | RowNode | TableNode | Each | Given


@dataclass(frozen=True, slots=True)
class Program:
    """A parsed template; `errors` are complete sentences without the file's name."""

    body: tuple[Node, ...]
    errors: tuple[str, ...]

    @property
    def slots(self) -> Iterator[Slot]:
        """Every slot in reading order."""
        return slots_in(self.body)

    @property
    def printed(self) -> frozenset[str]:
        """The patterns of the fields that are printed."""
        return frozenset(slot.leaf.pattern for slot in self.slots)


_NodeKind = TypeVar("_NodeKind", bound=Node)


def walk(body: tuple[Node, ...], *, blank: bool = True) -> Iterator[Node]:
    """Every node in reading order, those of repeats and conditions behind the node itself.

    `blank`: what the empty form alone prints is walked, too.
    """
    for node in body:
        if isinstance(node, Given) and not node.path and not blank:
            continue
        yield node
        if isinstance(node, Each | Given | TableNode):
            yield from walk(node.body, blank=blank)


def opened(body: Iterable[Node]) -> Iterator[Node]:
    """Nodes with conditions opened up, without what the blank form alone prints."""
    for node in body:
        if not isinstance(node, Given):
            yield node
        elif node.path:
            yield from opened(node.body)


def rows_in(body: tuple[Node, ...]) -> Iterator[tuple[RowNode, tuple[Each, ...]]]:
    """Every row below some nodes with the repeats around it, outermost first."""
    for node in body:
        if isinstance(node, RowNode):
            yield node, ()
        elif isinstance(node, Each):
            yield from ((row, (node, *around)) for row, around in rows_in(node.body))
        elif isinstance(node, Given | TableNode):
            yield from rows_in(node.body)


def first_row(node: Node) -> int:
    """The number of a node's first row in the template; that of its opening statement, if it has one."""
    if isinstance(node, RowNode):
        return node.source
    if isinstance(node, Each | Given) and node.body:
        return first_row(node.body[0]) - 1
    return 0


def last_row(node: Node) -> int:
    """The number of a node's last row in the template; that of its closing statement, if it has one."""
    if isinstance(node, RowNode):
        return node.source
    if isinstance(node, Each | Given):
        return max(map(last_row, node.body), default=-1) + 1
    return -1


def statement_rows(body: tuple[Node, ...]) -> frozenset[int]:
    """The numbers, from 1, of the rows of a table's template that hold a statement."""
    blocks = [node for node in walk(body) if isinstance(node, Each | Given)]
    return frozenset(number + 1 for node in blocks for number in (first_row(node), last_row(node)))


def slots_in(body: tuple[Node, ...]) -> Iterator[Slot]:
    """Every slot below some nodes, in reading order."""
    for node in walk(body):
        if isinstance(node, Line):
            yield from node.slots
        elif isinstance(node, RowNode):
            yield from (slot for box in node.boxes for slot in box.slots)
