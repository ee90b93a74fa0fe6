"""A table as a full grid: also the cells of a sheet that nothing stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from greenforms_extractors.model import Cell, Origin, SheetOrigin, Table
from greenforms_extractors.sheet.cells import reference


@dataclass(frozen=True)
class Grid:
    """The rows of a table, each the cells that begin in it, from left to right."""

    table: Table

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each row; those that nothing stands in are made up."""
        filled = {(row, column) for cell in self.table.cells for row, column in _area(cell)}
        found: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.table.cells:
            found[cell.row].append(cell)
        for row in range(self.height):
            for column in range(self.table.columns):
                if (row, column) not in filled:
                    found[row].append(Cell(row, column, 1, 1, (), self._origin(row, column)))
        return tuple(tuple(sorted(cells, key=lambda cell: cell.column)) for cells in found)

    @property
    def is_sheet(self) -> bool:
        """Whether it is a worksheet, whose grid has no end."""
        return isinstance(self.table.origin, SheetOrigin)

    @property
    def height(self) -> int:
        """How many rows it has; a sheet has one more than is filled, for its list may begin there."""
        return self.table.rows + self.is_sheet

    @cached_property
    def width(self) -> int:
        """How many columns have a text in any row; a sheet may be wider."""
        texts = (cell.column + cell.columns for cell in self.table.cells if cell.text.strip())
        return max(texts, default=0) if self.is_sheet else self.table.columns

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid."""
        return self._covering.get((row, column))

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        return {place: cell for cells in self.rows for cell in cells for place in _area(cell)}

    def across(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, those that begin above it, too."""
        cells = (self.at(row, column) for column in range(self.table.columns))
        return tuple(dict.fromkeys(cell for cell in cells if cell is not None))

    def _origin(self, row: int, column: int) -> Origin:
        origin = self.table.origin
        if isinstance(origin, SheetOrigin):
            return SheetOrigin(origin.sheet, reference(row, column))
        return replace(origin)


def _area(cell: Cell) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
