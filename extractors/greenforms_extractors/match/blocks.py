"""The units of a document by block and row, sorted out once for all who follow tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from greenforms_extractors.match.units import Unit


class Blocks:
    """The units of each block, and of each row of a table; cells merged downwards belong to all their rows."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units: dict[int, list[Unit]] = {}
        for unit in units:
            self.units.setdefault(unit.block, []).append(unit)
        self._rows: dict[int, tuple[list[int], dict[int, list[Unit]]]] = {}

    def rows(self, block: int, start: int) -> Iterator[tuple[int, list[Unit]]]:
        """Each row of a table from `start` on, with the units that cover it."""
        if block not in self._rows:
            self._rows[block] = self._sorted_out(block)
        numbers, by_row = self._rows[block]
        for number in numbers[bisect_left(numbers, start) :]:
            yield number, by_row[number]

    def _sorted_out(self, block: int) -> tuple[list[int], dict[int, list[Unit]]]:
        by_row: dict[int, list[Unit]] = {}
        for unit in self.units[block]:
            if unit.cell is not None:
                for row in range(unit.cell.row, unit.cell.row + unit.cell.rows):
                    by_row.setdefault(row, []).append(unit)
        return sorted(by_row), by_row
