"""Reads the rows of a list: an entry on each row, the arrays inside it going on in the rows below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenforms.form.tree import ABSENT
from greenforms.workbook.grid import Grid, Spot
from greenforms.workbook.list_blocks import ListBlock
from greenforms.workbook.numbering import Gathered, Line, gathered
from greenforms.workbook.parts import Column, Sheet, Sublist
from greenforms.workbook.taking import CellReader
from greenforms.workbook.values import UNREADABLE
from greenforms_extractors.match.no_records import kind_of_line


def read_table(cells: CellReader, sheet: Sheet, lines: list[Line], pointer: str) -> Any:
    """The array at `pointer` that stands in the lines; `ABSENT` where there are none."""
    array = _Array(cells, sheet, pointer)
    for line in lines:
        array.take(line)
    array.finish()
    return array.items or ABSENT


def lines_of(grid: Grid, block: ListBlock) -> Gathered:
    """The filled rows of a block but totals and closing lines, which are no entries; the rows of an entry together.

    A cell merged over several rows speaks for each of them, but where it holds an entry and the array inside it.
    """
    return gathered(grid, block, [line for line in _filled(grid, block) if not _is_no_record(grid, block, line)])


def texts_of(grid: Grid, line: Line) -> dict[Column, str]:
    """What stands in a line."""
    return {column: text for column, spot in line.items() if (text := grid.text(spot))}


def _filled(grid: Grid, block: ListBlock) -> Iterator[Line]:
    columns = {number: column for column, number in block.columns.items()}
    rows: dict[int, dict[Column, Spot]] = {}
    for spot in grid.cells:
        if spot[0] == block.sheet and block.top < spot[1] < block.end and spot[2] in columns:
            rows.setdefault(spot[1], {})[columns[spot[2]]] = spot
    if not block.plan.sublists:
        for spot, (height, _) in grid.merged.items():
            if spot[0] == block.sheet and spot[2] in columns and spot in grid.cells and block.top < spot[1]:
                for row in range(spot[1] + 1, spot[1] + height):
                    if row in rows:
                        rows[row].setdefault(columns[spot[2]], spot)
    for row in sorted(rows):
        yield {**{column: (block.sheet, row, number) for column, number in block.columns.items()}, **rows[row]}


def _is_no_record(grid: Grid, block: ListBlock, line: Line) -> bool:
    """Whether a row is a total, a note or a closing line; one in which all is filled that must be is an entry."""
    needed = [column for column in block.plan.columns if column.field.leaf.required and column in block.columns]
    if needed and all(grid.text(line[column]) for column in needed):
        return False
    return kind_of_line([*texts_of(grid, line).values()], len(block.plan.all_columns)) is not None


@dataclass(slots=True)
class _Array:
    """An array while its rows are read: its items, and the arrays inside the last of them."""

    cells: CellReader
    plan: Sheet | Sublist
    pointer: str
    items: list[dict[str, Any]] = field(default_factory=list)
    inner: list[_Array] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Read a row: a new item where a column of its own is filled, else more of the last item."""
        if not self.items or any(self._text(column, line) for column in self.plan.columns):
            self._open(line)
        for array in self.inner:
            if any(self._text(column, line) for column in array.plan.all_columns):
                array.take(line)

    def finish(self) -> None:
        """Put the arrays inside the last item into it."""
        for array in self.inner:
            array.finish()
            assert isinstance(array.plan, Sublist)
            if array.items or array.plan.may_be_empty:
                _put(self.items[-1], array.plan.path, array.items)

    def _open(self, line: Line) -> None:
        self.finish()
        above = self.items[-1] if self.items else {}
        place = f"{self.pointer}/{len(self.items)}"
        item: dict[str, Any] = {}
        for column in self.plan.columns:
            if (spot := line.get(column)) is None:
                continue
            before = _got(above, column.path)
            value = self.cells.value(column.field, spot, place + _pointer(column.path), before)
            if value is not ABSENT and value is not UNREADABLE:
                _put(item, column.path, value)
        self.items.append(item)
        self.inner = [_Array(self.cells, each, place + _pointer(each.path)) for each in self.plan.sublists]

    def _text(self, column: Column, line: Line) -> str:
        spot = line.get(column)
        return self.cells.grid.text(spot) if spot else ""


def _pointer(path: tuple[str, ...]) -> str:
    return "".join(f"/{step}" for step in path)


def _got(item: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at the end of a path; `ABSENT` if nothing does."""
    place: Any = item
    for step in path:
        place = place.get(step, ABSENT) if isinstance(place, Mapping) else ABSENT
    return place


def _put(item: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        item = item.setdefault(step, {})
    item[path[-1]] = value
