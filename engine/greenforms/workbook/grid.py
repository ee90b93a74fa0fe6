"""The cells of a workbook as its names find them."""

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
    #: The first cell of each name.
    anchors: Mapping[str, Spot]
    #: The names that stand on copies of a sheet too, with the first cells of all.
    copied: Mapping[str, tuple[Spot, ...]]

    @classmethod
    def of(cls, document: Document) -> Grid:
        """The grid of a document read from a workbook."""
        first: dict[str, list[Spot]] = {}
        for control in document.controls:
            name, _, index = control.tag.partition("[")
            if index in ("", "0]") and isinstance(control.origin, SheetOrigin):
                place = position(control.origin.cell)
                first.setdefault(name, []).extend([(control.origin.sheet, *place)] if place else [])
        return cls(
            cells=_cells(document),
            anchors={name: spots[0] for name, spots in first.items() if len(spots) == 1},
            copied={name: tuple(spots) for name, spots in first.items() if len(spots) > 1},
        )


def origin_of(spot: Spot) -> SheetOrigin:
    """The place as findings give it."""
    return SheetOrigin(spot[0], reference(spot[1], spot[2]))


def _cells(document: Document) -> dict[Spot, str]:
    return {
        (cell.origin.sheet, cell.row, cell.column): cell.text
        for table in document.tables
        for cell in table.cells
        if isinstance(cell.origin, SheetOrigin) and not is_blank(cell.text)
    }
