"""How far down a table the rows under a heading may go: to any row that says what the form prints there.

No other anchor of a layout stands among these rows, though their texts may be those of other labels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from greenforms_extractors.match.layout import Grid, Row
from greenforms_extractors.match.spelling import Lexicon, leading, trailing
from greenforms_extractors.match.units import Unit, is_number

#: So many rows that somebody added may stand together among those that the form prints.
_STRANGE = 3

#: Where the columns of a grid stand in a table, by number: the first grid column and the one behind the last.
_Spans = Mapping[int, tuple[int, int]]
#: A row of a document: its table's block and its number there.
_Place = tuple[int, int]


class Reach:
    """The rows of a document's tables, searched for those that a form prints."""

    def __init__(self, units: Sequence[Unit], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._blocks: dict[int, dict[int, list[Unit]]] = {}
        self._by_key: dict[str, list[Unit]] = {}
        self._saying: dict[int, frozenset[_Place]] = {}
        self._under: dict[int, tuple[list[frozenset[_Place]], frozenset[_Place]]] = {}
        for unit in units:
            if unit.cell is not None:
                self._blocks.setdefault(unit.block, {}).setdefault(unit.cell.row, []).append(unit)
                if unit.key:
                    self._by_key.setdefault(unit.key, []).append(unit)
        self._order = list(self._blocks)

    def below(self, grid: Grid, heading: Sequence[tuple[int, Unit]]) -> Iterator[int]:
        """The last unit of each row that says so, downwards; the heading is given by column and unit."""
        lowest = max(heading, key=lambda each: each[1].index)[1]
        if grid.rows.loops:
            yield from self._of_lists(grid, lowest, {number: _span(unit) for number, unit in heading})
            return
        patterns, said = self._patterns(grid)
        strange, turn = 0, 0
        for row in self._below(lowest):
            strange += 1
            if (place := _place(row[0])) in said:
                known = next((number for number in range(turn, len(patterns)) if place in patterns[number]), None)
                if known is not None:
                    turn, strange = known + 1, 0
                    yield row[-1].index
            if strange > _STRANGE or turn == len(patterns):
                break

    def _patterns(self, grid: Grid) -> tuple[list[frozenset[_Place]], frozenset[_Place]]:
        """The rows of the document that say what each row of a grid prints, and all of them together."""
        if id(grid) not in self._under:
            patterns = [self._places_saying(row) for row in grid.rows.members if row.labelled]
            self._under[id(grid)] = patterns, frozenset().union(*patterns)
        return self._under[id(grid)]

    def _of_lists(self, grid: Grid, heading: Unit, spans: _Spans) -> Iterator[int]:
        """As long as rows are shaped as those of the grid, for another item may always follow."""
        for row in self._below(heading):
            shaped = [each for each in grid.rows.members if _shaped(each, row, spans)]
            if not shaped or row[0].block != heading.block:
                break
            if any(each.labelled and self._says(each, row) for each in shaped):
                yield row[-1].index

    def _below(self, heading: Unit) -> Iterator[list[Unit]]:
        """The rows below a heading, on in the tables behind its own."""
        assert heading.cell is not None
        for block in self._order[bisect_left(self._order, heading.block) :]:
            yield from (
                units
                for row, units in self._blocks[block].items()
                if block > heading.block or row >= heading.cell.row + heading.cell.rows
            )

    def _says(self, pattern: Row, row: Sequence[Unit]) -> bool:
        """Whether a row says the longest text that the form prints in it."""
        return _place(row[0]) in self._places_saying(pattern)

    def _places_saying(self, pattern: Row) -> frozenset[_Place]:
        if id(pattern) not in self._saying:
            self._saying[id(pattern)] = frozenset(map(_place, self._units_saying(pattern)))
        return self._saying[id(pattern)]

    def _units_saying(self, pattern: Row) -> Iterator[Unit]:
        """The cells of the document that say the longest text of a row of the form."""
        cell = max((cell for cell in pattern.cells if cell.text), key=lambda cell: len(cell.text))
        for text in cell.texts:
            for key in self._lexicon.whole(text):
                yield from self._by_key.get(key, ())
            if cell.slot is not None and cell.before:
                yield from (unit for units in self._by_key.values() for unit in units if trailing(text, unit.text))
            elif cell.slot is not None:
                near = (unit for key in self._lexicon.leading(text) for unit in self._by_key.get(key, ()))
                yield from (unit for unit in near if leading(text, unit.text))


def _place(unit: Unit) -> _Place:
    assert unit.cell is not None
    return unit.block, unit.cell.row


def _span(unit: Unit) -> tuple[int, int]:
    assert unit.cell is not None
    return unit.cell.column, unit.cell.column + unit.cell.columns


def _shaped(pattern: Row, row: Sequence[Unit], spans: _Spans) -> bool:
    """Whether the cells of a row are those of the pattern; a sheet does not have every empty cell.

    A number in a column that the pattern leaves free only numbers the row.
    """
    wanted = {
        (spans[cell.first][0], spans[cell.last - 1][1])
        for cell in pattern.cells
        if cell.first in spans and cell.last - 1 in spans
    }
    covered = {number for cell in pattern.cells for number in range(cell.first, cell.last)}
    free = {span for number, span in spans.items() if number not in covered}
    filled = {_span(unit) for unit in row if unit.text.strip() and not (_span(unit) in free and is_number(unit))}
    wide = {(start, end) for start, end in wanted if end > start + 1}
    return bool(wanted) and filled <= wanted and wide <= {_span(unit) for unit in row}
