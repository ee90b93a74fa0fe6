"""The cells of a workbook: what stands where, what is merged, and where its names point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenforms.codec.blank import is_blank
from greenforms_extractors.model import Document, SheetOrigin
from greenforms_extractors.sheet.cells import position, reference

#: Sheet, row and column, counted from 0.
Spot = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands where, and where the names point."""

    #: The text of every cell that is not blank.
    cells: Mapping[Spot, str]
    #: The first cell of each name; of several where sheets were copied with their names.
    anchors: Mapping[str, tuple[Spot, ...]]
    #: How many rows and columns each merged cell takes.
    merged: Mapping[Spot, tuple[int, int]]

    @classmethod
    def of(cls, document: Document) -> Grid:
        """The grid of a document read from a workbook."""
        first: dict[str, list[Spot]] = {}
        for control in document.controls:
            name, _, index = control.tag.partition("[")
            if index in ("", "0]") and isinstance(control.origin, SheetOrigin):
                place = position(control.origin.cell)
                first.setdefault(name, []).extend([(control.origin.sheet, *place)] if place else [])
        placed = [
            ((cell.origin.sheet, cell.row, cell.column), cell)
            for table in document.tables
            for cell in table.cells
            if isinstance(cell.origin, SheetOrigin)
        ]
        return cls(
            cells={spot: cell.text for spot, cell in placed if not is_blank(cell.text)},
            anchors={name: tuple(spots) for name, spots in first.items()},
            merged={spot: (cell.rows, cell.columns) for spot, cell in placed if (cell.rows, cell.columns) != (1, 1)},
        )

    def text(self, spot: Spot) -> str:
        """What stands in a cell; "" in a blank one."""
        return self.cells.get(spot, "")


def origin_of(spot: Spot) -> SheetOrigin:
    """The place as findings give it."""
    return SheetOrigin(spot[0], reference(spot[1], spot[2]))
