"""Reads the sheet of an array: an entry on each row, the arrays inside it going on in the rows below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.tree import ABSENT
from greenforms.workbook.grid import Spot, origin_of
from greenforms.workbook.plan import Column, Sheet, Sublist
from greenforms.workbook.taking import CellReader
from greenforms.workbook.values import UNREADABLE
from greenforms_extractors.sheet.cells import reference

_QUOTED = 40
_LISTED = 5


def read_table(cells: CellReader, sheet: Sheet, pointer: str) -> Any:
    """The array of a sheet that stands at `pointer`; `ABSENT` when the sheet is blank or its columns are lost."""
    spots = dict(_columns(cells, sheet))
    if not spots:
        return ABSENT
    array = _Array(cells, sheet, spots, pointer)
    for row in _filled_rows(cells, spots):
        array.take(row)
    array.finish()
    return array.items or ABSENT


@dataclass(slots=True)
class _Array:
    """An array while its rows are read: its items, and the arrays inside the last of them."""

    cells: CellReader
    plan: Sheet | Sublist
    spots: Mapping[Column, Spot]
    pointer: str
    items: list[dict[str, Any]] = field(default_factory=list)
    inner: list[_Array] = field(default_factory=list)

    def take(self, row: int) -> None:
        """Read a row: a new item where a column of its own is filled, else more of the last item."""
        if not self.items or any(self._text(column, row) for column in self.plan.columns):
            self._open(row)
        for array in self.inner:
            if any(self._text(column, row) for column in array.plan.all_columns):
                array.take(row)

    def finish(self) -> None:
        """Put the arrays inside the last item into it."""
        for array in self.inner:
            array.finish()
            assert isinstance(array.plan, Sublist)
            if array.items or array.plan.may_be_empty:
                _put(self.items[-1], array.plan.path, array.items)

    def _open(self, row: int) -> None:
        self.finish()
        above = self.items[-1] if self.items else {}
        place = f"{self.pointer}/{len(self.items)}"
        item: dict[str, Any] = {}
        for column in self.plan.columns:
            if (spot := self.spots.get(column)) is None:
                continue
            before = _got(above, column.path)
            value = self.cells.value(column.field, (spot[0], row, spot[2]), place + _pointer(column.path), before)
            if value is not ABSENT and value is not UNREADABLE:
                _put(item, column.path, value)
        self.items.append(item)
        self.inner = [_Array(self.cells, each, self.spots, place + _pointer(each.path)) for each in self.plan.sublists]

    def _text(self, column: Column, row: int) -> str:
        spot = self.spots.get(column)
        return self.cells.grid.cells.get((spot[0], row, spot[2]), "") if spot else ""


def _columns(cells: CellReader, sheet: Sheet) -> Iterator[tuple[Column, Spot]]:
    """Where the columns are; below the heading's row, however far they are filled."""
    heading = cells.grid.anchors.get(sheet.anchor)
    for column in sheet.all_columns:
        spot = cells.anchor(column.field.anchor, f"{sheet.title}－{column.field.label}")
        if spot is not None:
            inserted = heading is not None and heading[0] == spot[0] and heading[1] < spot[1]
            yield column, (spot[0], heading[1] + 1, spot[2]) if inserted and heading else spot


def _filled_rows(cells: CellReader, spots: Mapping[Column, Spot]) -> list[int]:
    columns = {(spot[0], spot[2]): spot[1] for spot in spots.values()}
    names = {name for name, _ in columns}
    top = min(columns.values())
    below = [spot for spot, text in cells.grid.cells.items() if spot[0] in names and spot[1] >= top and text]
    _note_extra(cells, [spot for spot in below if (spot[0], spot[2]) not in columns])
    return sorted({spot[1] for spot in below if (spot[0], spot[2]) in columns})


def _note_extra(cells: CellReader, spots: list[Spot]) -> None:
    if not spots:
        return
    texts = cells.grid.cells
    first = sorted(spots)[:_LISTED]
    listed = "、".join(f"{reference(s[1], s[2])}“{_short(texts[s])}”" for s in first)
    more = f"等 {len(spots)} 处" if len(spots) > _LISTED else ""
    where = f"{cells.file} 工作表“{first[0][0]}”"
    message = f"{where}在栏目以外写有内容，未读取：{listed}{more}。请核对是否填错位置。"
    places = tuple(Place(cells.file, "", "", texts[s], origin_of(s)) for s in first)
    cells.findings.append(Finding("read/unread", Severity.ASK, message, places))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


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
