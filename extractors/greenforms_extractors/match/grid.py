"""Reads the rows under a heading row, through merged cells, repeated headings and page breaks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from greenforms_extractors.folding import fold_label, without_space
from greenforms_extractors.match.align import Aligner, Pair
from greenforms_extractors.match.layout import Grid, Slot
from greenforms_extractors.match.prose import found_in
from greenforms_extractors.match.result import Found
from greenforms_extractors.match.units import Unit
from greenforms_extractors.model import Table

#: A row of these says "and so on" on the blank; it is no data.
_PLACEHOLDER = re.compile(r"[.…·。]+")
#: A row that begins with one of these sums up the others; it is no data either, and is left unread.
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计"})
_ORDINALS = frozenset({"序号", "编号"})
#: A heading may stand below a title in its table, but not further down than this.
_ROWS_ABOVE = 5
#: A table without a heading continues the last one when this share of its texts fits the columns.
_FITTING_SHARE = 0.7

#: A text that only a field of free text takes.
_NO_VALUE = "某某"

#: Edges of one column on two pages stand this near each other, in points, once both tables are drawn to one scale; two
#: photos are taken from as different distances as this.
_NEAR = 4
_STRETCH = 0.25

_Column = tuple[Slot, str, int, int]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the rows of one table begin, under which columns, and the heading units above them."""

    block: int
    row: int
    columns: list[_Column]
    heading: set[int]

    @property
    def first_column(self) -> int:
        """Where the first column of values begins; ordinals stand to its left."""
        return min((start for _, _, start, _ in self.columns), default=0)


class GridReader:
    """The rows of one grid, from its heading to the next anchor, over as many tables as it continues in."""

    def __init__(self, grid: Grid, units: Sequence[Unit], labels: set[int], aligner: Aligner) -> None:
        self._grid = grid
        self._units = units
        self._labels = labels
        self._aligner = aligner
        self._row_number = 0
        self._blocks: dict[int, list[Unit]] = {}
        for unit in units:
            self._blocks.setdefault(unit.block, []).append(unit)

    def rows(self, pair: Pair) -> Iterator[tuple[list[Found], set[int]]]:
        """The slots found in each row, with the units they used. Row indexes count filled rows from 0."""
        heading = self._units[pair.start]
        assert heading.cell is not None
        yield [], self._ordinal_headings(heading.block, [unit for _, unit in pair.columns])
        start = self._start(heading.block, max(self._below(unit) for _, unit in pair.columns), pair.columns)
        tables = [start]
        for table in tables:
            complete = True
            for row, cells in self._table_rows(table.block, table.row):
                if any(unit.index in self._labels for unit in cells if unit.cell and unit.cell.row == row):
                    complete = False
                    break
                yield from self._row(row, cells, table)
            if complete and (following := self._continuation(table)):
                yield [], following.heading
                tables.append(following)

    def _start(self, block: int, row: int, places: Sequence[tuple[int, int]]) -> _Start:
        heading = {index for _, index in places}
        return _Start(block, row, self._columns(block, row, places), heading)

    def _below(self, unit_index: int) -> int:
        cell = self._units[unit_index].cell
        assert cell is not None
        return cell.row + cell.rows

    def _ordinal_headings(self, block: int, places: Sequence[int]) -> set[int]:
        """Headings such as 序号, which the form may not print, in the rows of the known headings."""
        rows = {cell.row for index in places if (cell := self._units[index].cell)}
        return {
            unit.index
            for unit in self._blocks[block]
            if unit.cell and unit.cell.row in rows and fold_label(unit.text) in _ORDINALS
        }

    def _columns(self, block: int, below: int, places: Sequence[tuple[int, int]]) -> list[_Column]:
        """Slot, heading text and grid columns of each column that was found, and of those between two neighbours."""
        spans: dict[int, tuple[str, int, int]] = {}
        for number, index in places:
            unit = self._units[index]
            assert unit.cell is not None
            spans[number] = (unit.text, unit.cell.column, unit.cell.column + unit.cell.columns)
        for number, column in enumerate(self._grid.columns):
            if number not in spans and column.slot is not None:
                gap = self._gap(number, column.slot, spans, [unit for unit in self._above(block, below) if unit.text])
                spans.update({number: gap} if gap else {})
        return [
            (column.slot, *spans[number])
            for number, column in enumerate(self._grid.columns)
            if column.slot is not None and number in spans
        ]

    def _above(self, block: int, below: int) -> list[Unit]:
        """The cells of the heading's last row."""
        return [unit for unit in self._blocks[block] if unit.cell and unit.cell.row + unit.cell.rows == below]

    def _gap(
        self, number: int, slot: Slot, spans: dict[int, tuple[str, int, int]], headings: Sequence[Unit]
    ) -> tuple[str, int, int] | None:
        """The one strange heading between two known neighbours holds the column that was not recognised.

        At the edge of the table, with one neighbour only, what stands below must be such as the field alone takes.
        """
        left, right = spans.get(number - 1), spans.get(number + 1)
        if left is None and right is None:
            return None
        start, end = left[2] if left else 0, right[1] if right else sys.maxsize
        cells = [unit for unit in headings if unit.cell and start <= unit.cell.column < end]
        if len(cells) != 1 or cells[0].index in self._labels or cells[0].cell is None:
            return None
        cell = cells[0].cell
        span = (cells[0].text, cell.column, cell.column + cell.columns)
        choosy = not slot.accepts(_NO_VALUE)
        if (left is None or right is None) and not choosy:
            return None
        return span if self._fits(self._blocks[cells[0].block][:200], [(slot, *span)], cell.row + cell.rows) else None

    def _table_rows(self, block: int, start: int) -> Iterator[tuple[int, list[Unit]]]:
        """Each row from `start` on with the units covering it: cells merged downwards belong to all their rows."""
        by_row: dict[int, list[Unit]] = {}
        last = start
        for unit in self._blocks[block]:
            if unit.cell is not None:
                for row in range(max(unit.cell.row, start), unit.cell.row + unit.cell.rows):
                    by_row.setdefault(row, []).append(unit)
                    last = max(last, row + 1)
        for row in range(start, last):
            if row in by_row:
                yield row, by_row[row]

    def _row(self, row: int, cells: list[Unit], table: _Start) -> Iterator[tuple[list[Found], set[int]]]:
        own = [unit for unit in cells if unit.cell and unit.cell.row == row]
        used = {unit.index for unit in cells}
        if self._aligner.is_heading(self._grid, own) or _is_placeholder(own):
            yield [], used
            return
        if _is_total(own):
            return
        found = [entry for entry in (self._cell(column, cells) for column in table.columns) if entry is not None]
        if not any(entry.raw.strip() for entry in found):
            yield [], {unit.index for unit in cells if _is_ordinal(unit, table)}
            return
        self._row_number += 1
        yield found, self._taken(cells, table)

    def _cell(self, column: _Column, cells: list[Unit]) -> Found | None:
        slot, heading, start, end = column
        holder = _most_covering(cells, start, end)
        if holder is None:
            return None
        path = slot.path.replace("*", str(self._row_number), 1)
        return replace(found_in(holder, slot, holder.text, heading), path=path)

    def _taken(self, cells: list[Unit], table: _Start) -> set[int]:
        """The units a row gave its values from, and its ordinal."""
        taken = {unit.index for unit in cells if _is_ordinal(unit, table)}
        for _, _, start, end in table.columns:
            holder = _most_covering(cells, start, end)
            if holder is not None:
                taken.add(holder.index)
        return taken

    def _continuation(self, last: _Start) -> _Start | None:
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
            columns = _moved(last.columns, table, first.table) if adjacent else []
            if columns and self._fits(rows[:40], columns):
                return _Start(other, first.cell.row, columns, set())
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

    def _repeated_heading(self, block: int) -> _Start | None:
        """The heading in the first rows of a later table or sheet, with the columns as they stand there."""
        for row, cells in self._table_rows(block, 0):
            if row > _ROWS_ABOVE:
                return None
            if self._aligner.is_heading(self._grid, cells):
                places = [(number, index) for number, index, _ in self._aligner.heading_columns(self._grid, cells)]
                start = self._start(block, max(self._below(index) for _, index in places), places)
                start.heading.update(self._ordinal_headings(block, [index for _, index in places]))
                return start
        return None

    def _fits(self, units: Sequence[Unit], columns: Sequence[_Column], below: int = 0) -> bool:
        """Whether the texts of a table from a row on can be values of the columns."""
        cells = [
            (slot, unit)
            for unit in units
            for slot, _, start, end in columns
            if unit.cell and unit.cell.row >= below and start <= unit.cell.column < end and unit.text.strip()
        ]
        fitting = sum(slot.accepts(unit.text) for slot, unit in cells)
        return bool(cells) and fitting >= _FITTING_SHARE * len(cells)


def _moved(columns: list[_Column], one: Table, other: Table) -> list[_Column]:
    """The columns of a table in the one that may continue it: by their edges on the page, else by their number.

    A sheet lies otherwise in the scanner each time, so the edges count from the table's own left, at its scale.
    """
    if not one.edges or not other.edges:
        return columns if one.columns == other.columns else []
    wide, other_wide = one.edges[-1] - one.edges[0], other.edges[-1] - other.edges[0]
    if abs(wide - other_wide) > max(_NEAR, _STRETCH * wide):
        return []
    moved = []
    for slot, heading, start, end in columns:
        at = [other.edges[0] + (one.edges[edge] - one.edges[0]) * other_wide / wide for edge in (start, end)]
        places = [_edge_at(other, place) for place in at]
        if places[0] is None or places[1] is None:
            return []
        moved.append((slot, heading, places[0], places[1]))
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


def _is_total(cells: Sequence[Unit]) -> bool:
    first = next((unit.key for unit in cells if unit.text.strip()), "")
    return first in _TOTALS


def _is_ordinal(unit: Unit, table: _Start) -> bool:
    assert unit.cell is not None
    return unit.cell.column < table.first_column and unit.text.strip().rstrip(".、．").isdigit()
