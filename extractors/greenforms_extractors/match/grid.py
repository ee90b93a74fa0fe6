"""Reads the rows under a heading row, through merged cells, repeated headings and page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.align import Aligner, Pair
from greenforms_extractors.match.layout import Grid, Slot
from greenforms_extractors.match.result import Found
from greenforms_extractors.match.units import Unit
from greenforms_extractors.model import Table

#: A row of these says "and so on" on the blank; it is no data.
_PLACEHOLDERS = frozenset({"...", "......", "…", "……", "……。"})
#: A table without a heading continues the last one when this share of its texts fits the columns.
_FITTING_SHARE = 0.7

_Column = tuple[Slot, str, int, int]


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
        columns = self._columns(pair)
        first = max((self._below(unit) for _, unit in pair.columns), default=0)
        tables = [(heading.block, first)]
        for block, start in tables:
            complete = True
            for row, cells in self._table_rows(block, start):
                if any(unit.index in self._labels for unit in cells if unit.cell and unit.cell.row == row):
                    complete = False
                    break
                yield from self._row(row, cells, columns)
            if complete and (next_table := self._continuation(block, columns)):
                tables.append(next_table)

    def _below(self, unit_index: int) -> int:
        cell = self._units[unit_index].cell
        assert cell is not None
        return cell.row + cell.rows

    def _columns(self, pair: Pair) -> list[_Column]:
        """Slot, heading text and grid columns of each column that was found, and of those between two neighbours."""
        spans: dict[int, tuple[str, int, int]] = {}
        for number, index in pair.columns:
            unit = self._units[index]
            assert unit.cell is not None
            spans[number] = (unit.text, unit.cell.column, unit.cell.column + unit.cell.columns)
        for number, column in enumerate(self._grid.columns):
            if number not in spans and (gap := self._gap(number, spans, pair)):
                spans[number] = (column.label.text, *gap)
        return [
            (column.slot, *spans[number])
            for number, column in enumerate(self._grid.columns)
            if column.slot is not None and number in spans
        ]

    def _gap(self, number: int, spans: dict[int, tuple[str, int, int]], pair: Pair) -> tuple[int, int] | None:
        """The one strange heading between two known neighbours holds the column that was not recognised."""
        table = self._units[pair.start].table
        assert table is not None
        if number and number - 1 not in spans:
            return None
        start = spans[number - 1][2] if number else 0
        if number == len(self._grid.columns) - 1:
            end = table.columns
        elif number + 1 in spans:
            end = spans[number + 1][1]
        else:
            return None
        cells = [
            unit for unit in self._units[pair.start : pair.end + 1] if unit.cell and start <= unit.cell.column < end
        ]
        return (start, end) if len(cells) == 1 and cells[0].text.strip() else None

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

    def _row(self, row: int, cells: list[Unit], columns: list[_Column]) -> Iterator[tuple[list[Found], set[int]]]:
        own = [unit for unit in cells if unit.cell and unit.cell.row == row]
        used = {unit.index for unit in cells}
        if self._aligner.is_heading(self._grid, own) or _is_placeholder(own):
            yield [], used
            return
        found = [entry for entry in (self._cell(column, cells) for column in columns) if entry is not None]
        if not any(entry.raw.strip() for entry in found):
            yield [], {unit.index for unit in cells if _is_ordinal(unit)}
            return
        self._row_number += 1
        yield found, self._taken(cells, columns)

    def _cell(self, column: _Column, cells: list[Unit]) -> Found | None:
        slot, heading, start, end = column
        holder = _most_covering(cells, start, end)
        if holder is None:
            return None
        path = slot.path.replace("*", str(self._row_number), 1)
        return Found(path, slot, holder.text, heading, holder.origin, holder.confidence)

    def _taken(self, cells: list[Unit], columns: list[_Column]) -> set[int]:
        """The units a row gave its values from, and its ordinal."""
        taken = {unit.index for unit in cells if _is_ordinal(unit)}
        for _, _, start, end in columns:
            holder = _most_covering(cells, start, end)
            if holder is not None:
                taken.add(holder.index)
        return taken

    def _continuation(self, block: int, columns: list[_Column]) -> tuple[int, int] | None:
        """The next table when it goes on with this one: the heading repeated, or the same columns right behind it."""
        table = self._blocks[block][0].table
        assert table is not None
        adjacent = True
        for other in (number for number in self._blocks if number > block):
            units = self._blocks[other]
            if any(unit.index in self._labels for unit in units):
                return None
            first = units[0]
            if first.table is None or first.cell is None:
                adjacent = adjacent and not first.text.strip()
                continue
            top = [unit for unit in units if unit.cell and unit.cell.row == first.cell.row]
            if self._aligner.is_heading(self._grid, top):
                return other, first.cell.row + 1
            if adjacent and _same_columns(table, first.table) and self._fits(units[:40], columns):
                return other, first.cell.row
            adjacent = False
        return None

    def _fits(self, units: Sequence[Unit], columns: list[_Column]) -> bool:
        """Whether the texts of a headless table can be values of the columns."""
        cells = [
            (slot, unit)
            for unit in units
            for slot, _, start, end in columns
            if unit.cell and start <= unit.cell.column < end and unit.text.strip()
        ]
        fitting = sum(slot.accepts(unit.text) for slot, unit in cells)
        return bool(cells) and fitting >= _FITTING_SHARE * len(cells)


def _same_columns(one: Table, other: Table) -> bool:
    if one.columns != other.columns:
        return False
    return all(abs(a - b) <= 4 for a, b in zip(one.edges, other.edges, strict=False))


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
    texts = [fold_label(unit.text) for unit in cells if unit.text.strip()]
    return bool(texts) and all(text in _PLACEHOLDERS for text in texts)


def _is_ordinal(unit: Unit) -> bool:
    return unit.cell is not None and unit.cell.column == 0 and unit.text.strip().rstrip(".、").isdigit()
