"""Tables that were not read and hold what a list of the form holds, column by column: they may be a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenforms_extractors.match.layout import Grid
from greenforms_extractors.match.tables import ANYTHING
from greenforms_extractors.match.units import Unit

#: So many cells from the top are looked at, and this share of them fits.
_LOOKED_AT, _FITTING = 400, 0.8


def resembled(grids: Iterable[Grid], units: Sequence[Unit]) -> str:
    """The list, by its pattern, that a table looks like a part of; "" where it looks like none."""
    table = units[0].table
    for grid in grids:
        more = table.columns - len(grid.columns) if table and grid.rows.loops else None
        if more in (-1, 0, 1) and any(_fits(grid, units[:_LOOKED_AT], shift) for shift in {0, more}):
            return grid.rows.loops[0].path
    return ""


def _fits(grid: Grid, units: Sequence[Unit], shift: int) -> bool:
    """Whether the texts under the columns that do not take any text are such as these take; a number may come first."""
    fitting = [
        any(slot.accepts(unit.text) for slot in slots)
        for unit in units
        if unit.cell and unit.text.strip()
        if (slots := grid.slots_under(unit.cell.column - shift))
        if not any(slot.accepts(ANYTHING) for slot in slots)
    ]
    return len(fitting) > 1 and sum(fitting) >= _FITTING * len(fitting)
