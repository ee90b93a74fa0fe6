"""The rows of a compiled sheet: ready-made XML with the number of the row and its values between it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.form.tree import ABSENT
from greenforms.render.cell_styles import Variant
from greenforms.render.writing import Step, Writing


@dataclass(slots=True)
class Run:
    """Rows of the paper that one row of the template was printed as, evenly apart, for items that follow each other.

    `outer`: the pointers of the items around the innermost one, as far as the row prints anything of theirs.
    """

    row: int
    above: str
    number: int
    outer: tuple[str, ...]
    count: int = 1
    stride: int = 0
    #: The row and the item that would be the next ones; row 0 while the stride is not known.
    next_row: int = 0
    next_number: int = 0

    @property
    def last(self) -> int:
        """The last row."""
        return self.row + (self.count - 1) * self.stride


@dataclass(slots=True, init=False)
class SheetWriting(Writing):
    """A sheet being written."""

    #: The row that is written, and how high its texts are, in points.
    row: int
    height: float
    #: What each row of the template was printed as, by its number.
    runs: defaultdict[int, list[Run]]
    formats: Formats

    def __init__(self, data: Any, blank: bool, sink: Callable[[str], None], formats: Formats) -> None:
        Writing.__init__(self, data, blank, sink)
        self.row, self.height = 0, 0
        self.runs = defaultdict(list)
        self.formats = formats


class Formats(dict[Variant, int]):
    """The styles of numbers by what they vary; each is made when it is first needed."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, key: Variant) -> int:
        self[key] = number = self._first + len(self)
        return number


#: The data of an item that has none.
_NOTHING: dict[str, Any] = {}

Cell = Callable[[SheetWriting], str]


@dataclass(frozen=True, slots=True)
class Member:
    """A cell that prints a member of the item its row is printed for.

    `known`: what it is for the latest texts and whole numbers; `write` makes it of what the data have.
    """

    name: str
    known: dict[Any, str]
    write: Callable[[SheetWriting, Any], str]


@dataclass(frozen=True, slots=True)
class RowXml:
    """What a row of the template is printed with.

    `pieces`: its XML between the places where its number stands. `cells`, `members`: what writes the pieces with values
    in them, by place; `outer`: the same for what stands once beside several rows, with the loop it is of. `height`: how
    high the row is at least where that is fixed, and `start`: its second piece, without that height.
    """

    number: int
    pieces: Sequence[str]
    cells: Sequence[tuple[int, Cell]]
    members: Sequence[tuple[int, Member]]
    outer: Sequence[tuple[int, int, Cell]]
    #: The loops around the innermost one of which the row prints something.
    loops: Sequence[int]
    height: float | None
    start: Callable[[float], str]


def row_step(xml: RowXml) -> Step:
    """What prints a row."""
    number, pieces, cells, loops, height = xml.number, list(xml.pieces), tuple(xml.cells), xml.loops, xml.height
    members = [(at, member.name, member.known, member.write) for at, member in xml.members]
    outer, start = [(at, loops.index(loop), cell) for at, loop, cell in xml.outer], xml.start

    def step(writing: SheetWriting) -> None:
        writing.row = row = writing.row + 1
        writing.height = 0
        found = pieces.copy()
        item = writing.items[-1]
        runs = writing.runs[number]
        run = runs[-1] if runs else None
        if run and row == run.next_row and item.number == run.next_number and item.above is run.above:
            run.count += 1
            run.next_row += run.stride
            run.next_number += 1
        else:
            around = _begin(writing, runs, loops)
            for at, which, cell in outer:
                if around is None or around.outer[which] != runs[-1].outer[which]:
                    found[at] = cell(writing)
        for at, cell in cells:
            found[at] = cell(writing)
        data = item.data
        if data.__class__ is not dict:
            data = _NOTHING
        for at, name, known, write in members:
            given = data.get(name, ABSENT)
            kind = given.__class__
            piece = known.get(given) if kind is str or kind is int else None
            found[at] = write(writing, given) if piece is None else piece
        if height is not None and writing.height > height:
            found[1] = start(writing.height)
        writing.xml.append(str(row).join(found))

    return step


def _begin(writing: SheetWriting, runs: list[Run], loops: Sequence[int]) -> Run | None:
    """Note that a row is printed; the run before, unless it is the first."""
    item, row = writing.items[-1], writing.row
    last = runs[-1] if runs else None
    if last and last.count == 1 and item.number == last.number + 1 and item.above is last.above:
        last.count, last.stride = 2, row - last.row
        last.next_row, last.next_number = row + last.stride, item.number + 1
        return last
    runs.append(Run(row, item.above, item.number, tuple([writing.items[loop].pointer for loop in loops])))
    return last
