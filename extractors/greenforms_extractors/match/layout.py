"""The layout of a blank form, free of forms and schemas: static texts in reading order and the slots they name.

A `Part` is a run of anchors that stand or fall together (a table, or the paragraphs between two tables): a document
that holds only one of two alternative tables leaves the other part unmatched as a whole. A `Repeat` is what the blank
prints once for each item of a list: parts of the text, anchors of a table, or rows under a heading.

Paths are pointer patterns with `*` for each list that is repeated around them (`/groups/*/items/*/name`); a place in a
document is a pattern with a tuple of indices, one for each `*`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from greenforms_extractors.match.chain import Loop
from greenforms_extractors.match.flow import Flow

#: The step of a pattern that stands for the items of a list.
EACH = "*"

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled. `path` is a pointer pattern (`/rows/*/name`); `blank` is what the empty form prints there.

    `accepts` says whether a text may be this slot's value (the field type as a prior); it never reads the value.
    `prefix` and `suffix` are fixed words around the slot in its cell, such as a unit.
    """

    path: str
    label: str
    blank: str = ""
    flow: Flow = Flow.TEXT
    accepts: Callable[[str], bool] = lambda text: True
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A static text with its other spellings and the slots it names, in order.

    `after` are slots that follow the label (to its right in a table, behind it or below it in text); `before` is a
    slot printed in front of the text on the same line, as in `{city}2024年度…汇总表`. `cell`: the label fills a cell of
    a table and its slots stand in cells of their own; `inline`: label and slots share a cell with other text.
    `pattern`: the static texts and slots of a sentence with slots in its midst, which is known as a whole.
    """

    text: str
    aliases: tuple[str, ...] = ()
    after: tuple[Slot, ...] = ()
    before: Slot | None = None
    cell: bool = False
    inline: bool = False
    pattern: tuple[str | Slot, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The printed text and its other spellings."""
        return (self.text, *self.aliases)


@dataclass(frozen=True, slots=True)
class Column:
    """One column under a heading row. `above` are the headings over it where those have levels, outermost first."""

    label: Label
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row pattern, under the columns from `first` up to, not including, `last`.

    `text` is static: a row's label, an attribute of a catalogue's row, a word beside the slot. A cell has one slot or
    none; `before` tells that the slot stands in front of the text.
    """

    first: int
    last: int
    text: str = ""
    aliases: tuple[str, ...] = ()
    slot: Slot | None = None
    before: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The static text and its other spellings; empty where the cell has none."""
        return (self.text, *self.aliases) if self.text else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a table under a heading. A row with static texts is known by them, another by its columns."""

    cells: tuple[RowCell, ...]

    @property
    def labelled(self) -> bool:
        """Whether the row prints a text by which it is known."""
        return any(cell.text for cell in self.cells)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of the row from left to right."""
        return tuple(cell.slot for cell in self.cells if cell.slot is not None)


@dataclass(frozen=True, slots=True)
class Repeat(Generic[Member]):
    """What is printed once for each item of the list at `path` (`/rows`, without the `*` of its own items)."""

    path: str
    body: tuple[Member | Repeat[Member], ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """A heading row over rows: of lists, of nested lists, of a matrix or of a catalogue, in any order."""

    columns: tuple[Column, ...]
    body: tuple[Row | Repeat[Row], ...]

    @cached_property
    def rows(self) -> Outline[Row]:
        """The row patterns in order, with the lists that repeat them."""
        return outline(self.body)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of every row pattern."""
        return tuple(slot for row in self.rows.members for slot in row.slots)

    @cached_property
    def filled(self) -> frozenset[int]:
        """The columns under which something stands, by number; 序号 and the like are none."""
        return frozenset(number for cell in self._cells for number in range(cell.first, cell.last))

    @cached_property
    def labelled(self) -> Mapping[int, tuple[str, ...]]:
        """The static texts under each column that has any."""
        texts: dict[int, tuple[str, ...]] = {}
        for cell in self._cells:
            if cell.text:
                texts[cell.first] = (*texts.get(cell.first, ()), cell.text)
        return texts

    def slots_under(self, column: int) -> tuple[Slot, ...]:
        """The slots that stand under one column alone."""
        return self._under.get(column, ())

    @cached_property
    def _under(self) -> Mapping[int, tuple[Slot, ...]]:
        under: dict[int, tuple[Slot, ...]] = {}
        for cell in self._cells:
            if cell.slot is not None and cell.last == cell.first + 1:
                under[cell.first] = (*under.get(cell.first, ()), cell.slot)
        return under

    @property
    def _cells(self) -> Iterator[RowCell]:
        return (cell for row in self.rows.members for cell in row.cells)


Anchor = Label | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """Anchors that belong together. `table` tells whether the blank prints them inside a table."""

    body: tuple[Anchor | Repeat[Anchor], ...]
    table: bool


@dataclass(frozen=True, slots=True)
class Outline(Generic[Member]):
    """Members in reading order and the loops around them, the outer before the inner."""

    members: tuple[Member, ...]
    loops: tuple[Loop, ...]

    def around(self, member: int) -> tuple[int, ...]:
        """The numbers of the loops around a member, outermost first."""
        return tuple(number for number, loop in enumerate(self.loops) if loop.start <= member < loop.end)

    def within(self, loop: int) -> tuple[int, ...]:
        """The numbers of the loops around a loop, outermost first."""
        inner = self.loops[loop]
        return tuple(
            number
            for number, each in enumerate(self.loops[:loop])
            if each.start <= inner.start and inner.end <= each.end
        )


def outline(body: tuple[Member | Repeat[Member], ...]) -> Outline[Member]:
    """Lay nested repeats out flat."""
    members: list[Member] = []
    loops: list[Loop] = []
    _lay_out(body, members, loops)
    return Outline(tuple(members), tuple(loops))


def _lay_out(body: tuple[Member | Repeat[Member], ...], members: list[Member], loops: list[Loop]) -> None:
    for node in body:
        if isinstance(node, Repeat):
            place, start = len(loops), len(members)
            loops.append(Loop(start, start, node.path))
            _lay_out(node.body, members, loops)
            loops[place] = Loop(start, len(members), node.path)
        else:
            members.append(node)


@dataclass(frozen=True, slots=True)
class PartSpan:
    """Where the anchors of one part stand among all, and whether the part is a table."""

    start: int
    end: int
    table: bool


@dataclass(frozen=True, eq=False)
class Layout:
    """A blank form as the matcher sees it."""

    parts: tuple[Part | Repeat[Part], ...]
    _flat: Outline[Part] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_flat", outline(self.parts))

    @cached_property
    def outline(self) -> Outline[Anchor]:
        """All anchors in reading order, with the loops around them."""
        anchors: list[Anchor] = []
        inner: list[Loop] = []
        for part in self._flat.members:
            laid: Outline[Anchor] = outline(part.body)
            inner += [Loop(each.start + len(anchors), each.end + len(anchors), each.path) for each in laid.loops]
            anchors += laid.members
        starts = [span.start for span in self.spans] + [len(anchors)]
        outer = [Loop(starts[each.start], starts[each.end], each.path) for each in self._flat.loops]
        return Outline(tuple(anchors), tuple(sorted((*outer, *inner), key=lambda loop: (loop.start, -loop.end))))

    @cached_property
    def spans(self) -> tuple[PartSpan, ...]:
        """The parts by the numbers of their anchors."""
        spans: list[PartSpan] = []
        number = 0
        for part in self._flat.members:
            size = len(outline(part.body).members)
            spans.append(PartSpan(number, number + size, part.table))
            number += size
        return tuple(spans)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All anchors in reading order."""
        return self.outline.members


def texts_of(anchor: Anchor) -> Iterator[Label]:
    """The labels an anchor prints: itself, or its headings."""
    if isinstance(anchor, Grid):
        yield from (column.label for column in anchor.columns)
    else:
        yield anchor


def placed(pattern: str, indices: tuple[int, ...]) -> str:
    """The pointer of a place: a pattern with its indices put in, from the left."""
    for index in indices:
        pattern = pattern.replace(EACH, str(index), 1)
    return pattern


def depth(pattern: str) -> int:
    """How many lists are repeated around a pattern."""
    return pattern.split("/").count(EACH)
