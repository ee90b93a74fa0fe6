"""The number that holds the rows of one entry together where a list has lists inside, however the rows are sorted.

An entry's further rows hold nothing of its own. By their place alone nobody could tell whose they are once they moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenforms.workbook.grid import Grid, Spot
from greenforms.workbook.list_blocks import ListBlock
from greenforms.workbook.parts import Column

#: The cells of one row by column.
Line = Mapping[Column, Spot]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of a list, each entry's together; `strays` go on from an entry that cannot be told."""

    lines: tuple[Line, ...]
    strays: tuple[Line, ...] = ()


def gathered(grid: Grid, block: ListBlock, lines: Sequence[Line]) -> Gathered:
    """The rows of a block with those that go on from an entry behind it, by its number, else where they stand."""
    if block.number is None:
        return Gathered(tuple(lines))
    entries: list[list[Line]] = []
    of_number: dict[str, list[list[Line]]] = defaultdict(list)
    goes_on: list[tuple[Line, str, list[Line]]] = []
    for line in lines:
        number = grid.text(number_spot(block, line)).strip()
        if not entries or _is_entry(grid, block, line):
            entries.append([line])
            of_number[number].append(entries[-1])
        else:
            goes_on.append((line, number, entries[-1]))
    strays: list[Line] = []
    for line, number, above in goes_on:
        owners = of_number[number] if number else [above]
        owner = above if any(each is above for each in owners) else owners[0] if len(owners) == 1 else None
        (strays if owner is None else owner).append(line)
    return Gathered(tuple(line for entry in entries for line in entry), tuple(strays))


def number_spot(block: ListBlock, line: Line) -> Spot:
    """The cell of a row in which its number stands, if the list has numbers; else any of the row."""
    name, row, column = next(iter(line.values()))
    return name, row, column if block.number is None else block.number


def _is_entry(grid: Grid, block: ListBlock, line: Line) -> bool:
    return any(grid.text(line[column]) for column in block.plan.columns if column in line)
