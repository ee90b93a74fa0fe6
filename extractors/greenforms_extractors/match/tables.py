"""Follows the rows under a heading row, through repeated headings, page breaks and the tables that go on with it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from greenforms_extractors.folding import fold_label, without_space
from greenforms_extractors.match.align import Aligner, Pair
from greenforms_extractors.match.layout import Grid, Slot
from greenforms_extractors.match.units import Unit, is_number
from greenforms_extractors.model import Table

#: A row of these says "and so on" on the blank; it is no data.
_PLACEHOLDER = re.compile(r"[.…·。]+")
_ORDINALS = frozenset({"序号", "编号"})
#: A heading may stand below a title in its table, but not further down than this.
_ROWS_ABOVE = 5
#: A table without a heading continues the last one when this share of its texts fits the columns.
_FITTING_SHARE = 0.7

#: So many columns that do not take any text tell a list without its heading.
_CHOOSY = 2
#: A text that only a field of free text takes.
ANYTHING = "某某"

#: Edges of one column on two pages stand this near each other, in points, once both tables are drawn to one scale; two
#: photos are taken from as different distances as this.
_NEAR = 4
_STRETCH = 0.25
#: Headings have no more levels than this.
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A column of the grid as it stands in one table: its heading's text and its grid columns from `start` to `end`."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Start:
    """Where the rows of one table begin, under which columns (by number), and the heading units above them."""

    block: int
    row: int
    columns: dict[int, Span]
    heading: set[int]
    #: Where the first column of values begins; ordinals stand to its left.
    first_column: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a document under a heading: the units covering it, those merged from above included."""

    number: int
    units: tuple[Unit, ...]
    table: Start
    #: Whether it stands right below a heading.
    first: bool = False
    _covering: dict[tuple[int, int], Unit | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def own(self) -> tuple[Unit, ...]:
        """The units that begin in this row."""
        return tuple(unit for unit in self.units if unit.cell and unit.cell.row == self.number)

    def covering(self, first: int, last: int) -> Unit | None:
        """The cell that shares most with the columns from `first` up to `last`."""
        if (first, last) not in self._covering:
            self._covering[first, last] = self._found_covering(first, last)
        return self._covering[first, last]

    def _found_covering(self, first: int, last: int) -> Unit | None:
        spans = [self.table.columns[number] for number in range(first, last) if number in self.table.columns]
        if not spans:
            return None
        return _most_covering(self.units, min(span.start for span in spans), max(span.end for span in spans))

    def heading(self, column: int) -> str:
        """The heading over a column as the document writes it."""
        span = self.table.columns.get(column)
        return span.heading if span else ""

    @property
    def ordinals(self) -> set[int]:
        """The units that only number the row."""
        return {unit.index for unit in self.units if _is_ordinal(unit, self.table)}


class TableFollower:
    """The rows of one grid, from its heading to the next anchor, over as many tables as it continues in."""

    def __init__(self, grid: Grid, labels: set[int], aligner: Aligner) -> None:
        self._grid = grid
        self._units = aligner.units
        self._labels = labels
        self._aligner = aligner
        #: Headings, ordinals' headings and rows that are no data.
        self.used: set[int] = set()
        self._blocks = aligner.blocks.units
        #: The table columns under headings such as 序号.
        self._numbering: set[int] = set()
        #: Headings taken for a column by their place, with the form's own.
        self.strange: dict[int, str] = {}
        #: The first units of tables before the heading that were taken for parts of the list.
        self.headless: list[Unit] = []

    def rows(self, pair: Pair) -> Iterator[TableRow]:
        """The rows that may hold data."""
        heading = self._units[pair.start]
        assert heading.cell is not None
        self.used |= self._beside_heading(heading.block, [unit for _, unit in pair.columns])
        tables = [self._start(heading.block, max(self._below(unit) for _, unit in pair.columns), pair.columns)]
        for before in self._headless(tables[0]):
            self.headless.append(self._blocks[before.block][0])
            yield from (TableRow(row, tuple(cells), before) for row, cells in self._table_rows(before.block, 0))
        for table in tables:
            complete, first = True, bool(table.heading)
            for row, cells in self._table_rows(table.block, table.row):
                if any(unit.index in self._labels for unit in cells if unit.cell and unit.cell.row == row):
                    complete = False
                    break
                found = TableRow(row, tuple(cells), table, first)
                first = self._aligner.is_heading(self._grid, found.own)
                if first or _is_placeholder(found.own):
                    self.used |= {unit.index for unit in cells}
                else:
                    yield found
            if complete and (following := self._continuation(table)):
                self.used |= following.heading
                tables.append(following)

    def numbers(self, row: TableRow) -> set[int]:
        """The units that only number the row, wherever 序号 stands among the headings."""
        return row.ordinals | {
            unit.index for unit in row.units if unit.cell and unit.cell.column in self._numbering and is_number(unit)
        }

    def _start(self, block: int, row: int, places: Sequence[tuple[int, int]]) -> Start:
        return self._started(block, row, self._columns(block, row, places), {index for _, index in places})

    def _started(self, block: int, row: int, columns: dict[int, Span], heading: set[int]) -> Start:
        starts = [span.start for number, span in columns.items() if self._grid.slots_under(number)]
        return Start(block, row, columns, heading, min(starts, default=0))

    def _below(self, unit_index: int) -> int:
        cell = self._units[unit_index].cell
        assert cell is not None
        return cell.row + cell.rows

    def _beside_heading(self, block: int, places: Sequence[int]) -> set[int]:
        """Headings such as 序号, which the form may not print, and the headings of the levels above."""
        rows = {cell.row for index in places if (cell := self._units[index].cell)}
        above = {fold_label(text) for column in self._grid.columns for text in column.above}
        levels = range(min(rows) - _LEVELS, max(rows) + 1) if above else rows
        for unit in self._blocks[block]:
            if unit.cell and unit.cell.row in rows and unit.key in _ORDINALS:
                self._numbering |= set(range(unit.cell.column, unit.cell.column + unit.cell.columns))
        return {
            unit.index
            for unit in self._blocks[block]
            if unit.cell
            and ((unit.cell.row in rows and unit.key in _ORDINALS) or (unit.cell.row in levels and unit.key in above))
        }

    def _columns(self, block: int, below: int, places: Sequence[tuple[int, int]]) -> dict[int, Span]:
        """The columns that were found, and those between two neighbours, by number."""
        spans: dict[int, Span] = {}
        for number, index in places:
            unit = self._units[index]
            assert unit.cell is not None
            spans[number] = Span(unit.text, unit.cell.column, unit.cell.column + unit.cell.columns)
        for number in range(len(self._grid.columns)):
            slots = self._grid.slots_under(number)
            if number not in spans and slots:
                gap = self._gap(number, slots, spans, [unit for unit in self._above(block, below) if unit.text])
                spans.update({number: gap} if gap else {})
        filled = self._grid.filled
        return {number: spans[number] for number in sorted(spans) if number in filled}

    def _above(self, block: int, below: int) -> list[Unit]:
        """The cells of the heading's last row."""
        return [unit for unit in self._blocks[block] if unit.cell and unit.cell.row + unit.cell.rows == below]

    def _gap(self, number: int, slots: Sequence[Slot], spans: dict[int, Span], headings: Sequence[Unit]) -> Span | None:
        """The one strange heading between two known neighbours holds the column that was not recognised.

        At the edge of the table, with one neighbour only, what stands below must be such as the field alone takes.
        """
        left, right = spans.get(number - 1), spans.get(number + 1)
        if left is None and right is None:
            return None
        start, end = left.end if left else 0, right.start if right else sys.maxsize
        cells = [unit for unit in headings if unit.cell and start <= unit.cell.column < end]
        if len(cells) != 1 or cells[0].index in self._labels or cells[0].cell is None:
            return None
        cell = cells[0].cell
        span = Span(cells[0].text, cell.column, cell.column + cell.columns)
        choosy = not any(slot.accepts(ANYTHING) for slot in slots)
        if (left is None or right is None) and not choosy:
            return None
        if not self._fits(self._blocks[cells[0].block][:200], {number: span}, cell.row + cell.rows):
            return None
        self.strange[cells[0].index] = self._grid.columns[number].label.text
        return span

    def _table_rows(self, block: int, start: int) -> Iterator[tuple[int, list[Unit]]]:
        """Each row from `start` on with the units covering it: cells merged downwards belong to all their rows."""
        return self._aligner.blocks.rows(block, start)

    def _headless(self, start: Start) -> list[Start]:
        """The tables right before the one with the heading that hold the same columns: they lost their own heading."""
        table = self._blocks[start.block][0].table
        assert table is not None
        found: list[Start] = []
        for block in range(start.block - 1, -1, -1) if self._grid.rows.loops else ():
            units = self._blocks.get(block, [])
            if any(unit.index in self._labels for unit in units):
                break
            if not units or units[0].table is None:
                if any(unit.text.strip() for unit in units):
                    break
                continue
            columns = _moved(start.columns, table, units[0].table)
            if not columns or not self._surely_fits(units[:40], columns):
                break
            found.append(self._started(block, 0, columns, set()))
        return found[::-1]

    def _surely_fits(self, units: Sequence[Unit], columns: dict[int, Span]) -> bool:
        """Whether texts fit columns of which several take but few texts."""
        choosy = {
            number: span
            for number, span in columns.items()
            if (slots := self._grid.slots_under(number)) and not any(slot.accepts(ANYTHING) for slot in slots)
        }
        return len(choosy) >= _CHOOSY and self._fits(units, choosy)

    def _continuation(self, last: Start) -> Start | None:
        """The next table when it goes on with this one: the heading repeated, or the same columns right behind it."""
        table = self._blocks[last.block][0].table
        assert table is not None
        adjacent = True
        for other in (number for number in self._blocks if number > last.block):
            units = self._blocks[other]
            rows = self._unlabelled(units)
            if not rows:
                return None
            first = rows[0]
            if first.table is None or first.cell is None:
                adjacent = adjacent and not first.text.strip()
                continue
            if len(rows) == len(units) and (repeated := self._repeated_heading(other)):
                return repeated
            columns = _moved(last.columns, table, first.table) if adjacent else {}
            if columns and self._fits(rows[:40], columns):
                return self._started(other, first.cell.row, columns, set())
            if len(rows) < len(units):
                return None
            adjacent = False
        return None

    def _unlabelled(self, units: Sequence[Unit]) -> Sequence[Unit]:
        """The units in front of the row of the first label: a table may go on and then turn to something else."""
        label = next((unit for unit in units if unit.index in self._labels), None)
        if label is None or label.cell is None:
            return units if label is None else ()
        return [unit for unit in units if unit.cell and unit.cell.row < label.cell.row]

    def _repeated_heading(self, block: int) -> Start | None:
        """The heading in the first rows of a later table or sheet, with the columns as they stand there."""
        for row, cells in self._table_rows(block, 0):
            if row > _ROWS_ABOVE:
                return None
            if self._aligner.is_heading(self._grid, cells):
                places = [(number, index) for number, index, _ in self._aligner.heading_columns(self._grid, cells)]
                start = self._start(block, max(self._below(index) for _, index in places), places)
                start.heading.update(self._beside_heading(block, [index for _, index in places]))
                return start
        return None

    def _fits(self, units: Sequence[Unit], columns: dict[int, Span], below: int = 0) -> bool:
        """Whether the texts of a table from a row on can be values of the columns, or labels of the grid's rows."""
        known = [
            any(slot.accepts(unit.text) for slot in slots) or self._is_row_label(number, unit)
            for number, span in columns.items()
            if (slots := self._grid.slots_under(number)) or number in self._grid.labelled
            for unit in units
            if unit.cell and unit.cell.row >= below and span.start <= unit.cell.column < span.end and unit.text.strip()
        ]
        return bool(known) and sum(known) >= _FITTING_SHARE * len(known)

    def _is_row_label(self, number: int, unit: Unit) -> bool:
        return any(unit.key in self._aligner.lexicon.whole(text) for text in self._grid.labelled.get(number, ()))


def _moved(columns: dict[int, Span], one: Table, other: Table) -> dict[int, Span]:
    """The columns of a table in the one that may continue it: by their edges on the page, else by their number.

    A sheet lies otherwise in the scanner each time, so the edges count from the table's own left, at its scale.
    """
    if not one.edges or not other.edges:
        return columns if one.columns == other.columns else {}
    wide, other_wide = one.edges[-1] - one.edges[0], other.edges[-1] - other.edges[0]
    if abs(wide - other_wide) > max(_NEAR, _STRETCH * wide):
        return {}
    moved = {}
    for number, span in columns.items():
        at = [other.edges[0] + (one.edges[edge] - one.edges[0]) * other_wide / wide for edge in (span.start, span.end)]
        places = [_edge_at(other, place) for place in at]
        if places[0] is None or places[1] is None:
            return {}
        moved[number] = Span(span.heading, places[0], places[1])
    return moved


def _edge_at(table: Table, position: float) -> int | None:
    """The number of the column edge at a place across the page."""
    nearest = min(range(len(table.edges)), key=lambda number: abs(table.edges[number] - position))
    return nearest if abs(table.edges[nearest] - position) <= _NEAR else None


def _most_covering(cells: Iterable[Unit], start: int, end: int) -> Unit | None:
    """The cell that shares most grid columns with the heading above it."""
    best, widest = None, 0
    for unit in cells:
        assert unit.cell is not None
        shared = min(end, unit.cell.column + unit.cell.columns) - max(start, unit.cell.column)
        if shared > widest:
            best, widest = unit, shared
    return best


def _is_placeholder(cells: Sequence[Unit]) -> bool:
    texts = [without_space(unit.text) for unit in cells if unit.text.strip()]
    return bool(texts) and all(_PLACEHOLDER.fullmatch(text) for text in texts)


def _is_ordinal(unit: Unit, table: Start) -> bool:
    assert unit.cell is not None
    return unit.cell.column < table.first_column and is_number(unit)
