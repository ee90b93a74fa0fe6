"""Where lists stand: a row with the headings of a list's columns, on whatever sheet, and the rows below."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from greenforms.workbook.arrays import guidance_of
from greenforms.workbook.entry_headings import entry_headings
from greenforms.workbook.grid import Grid
from greenforms.workbook.parts import NUMBER, Column, Plan, Sheet
from greenforms.workbook.wording import key_of, keys_of_column

#: A row that has at least so many of a list's headings, and this share of them, is its heading row.
_FEWEST, _LEAST_SHARE = 2, 1 / 3
#: How far above its headings a list's title may stand.
_REACH = 12
_LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class ListBlock:
    """One list on one worksheet: its headings in the row `top`, its entries behind it and before `end`."""

    plan: Sheet
    sheet: str
    top: int
    end: int
    columns: Mapping[Column, int]
    #: The column in which the numbers of entries stand.
    number: int | None = None


class ListBlocks:
    """Finds the lists of a plan in a workbook."""

    def __init__(self, grid: Grid, plan: Plan) -> None:
        self._grid, self._plan = grid, plan
        self._keys = {column: keys_of_column(column) for sheet in plan.sheets for column in sheet.all_columns}
        #: How many columns of a list may bear a heading.
        self._owners = Counter(
            (sheet.pattern, key) for sheet in plan.sheets for column in sheet.all_columns for key in self._keys[column]
        )
        self._rows: dict[tuple[str, int], set[str]] = defaultdict(set)
        for spot, text in grid.cells.items():
            self._rows[spot[0], spot[1]].add(key_of(text))
        self._lines = _heading_lines(grid, {key_of(NUMBER), *(key for keys in self._keys.values() for key in keys)})

    def blocks(self) -> tuple[ListBlock, ...]:
        """All of them, from top to bottom; what may be one list as well as another is none."""
        found = {place: sheet for place in self._lines if (sheet := self._list_at(place)) is not None}
        ends = sorted({*entry_headings(self._grid), *(self._first_row(sheet, place) for place, sheet in found.items())})
        blocks = []
        for (name, row), sheet in sorted(found.items()):
            end = next((top for other, top in ends if other == name and top > row), _LAST)
            numbers = self._lines[name, row].get(key_of(NUMBER), ()) if sheet.is_numbered else ()
            blocks.append(
                ListBlock(sheet, name, row, end, self._columns(sheet, (name, row)), min(numbers, default=None))
            )
        return tuple(blocks)

    def _first_row(self, sheet: Sheet, place: tuple[str, int]) -> tuple[str, int]:
        """Where a list begins: with its title and guidance where they stand right above its headings."""
        own = {key_of(sheet.title), key_of(guidance_of(sheet))}
        name, row = place
        while row > 0 and (keys := self._rows.get((name, row - 1), set())) and keys <= own:
            row -= 1
        return name, row

    def _list_at(self, place: tuple[str, int]) -> Sheet | None:
        """The list whose headings these are: of those with most of them the one whose title stands above."""
        shares: dict[tuple[int, float], list[Sheet]] = defaultdict(list)
        for sheet in self._plan.sheets:
            count, of = len(self._columns(sheet, place)), len(sheet.all_columns)
            if count >= min(_FEWEST, of) and count / of >= _LEAST_SHARE:
                shares[count, count / of].append(sheet)
        if not shares:
            return None
        best = shares[max(shares)]
        if len(best) == 1 and len(best[0].all_columns) > 1:
            return best[0]
        for said in (self._titled(best, place), self._on_its_sheet(best, place), self._named(best, place)):
            if len(said) == 1:
                return said[0]
        return None

    def _titled(self, sheets: Sequence[Sheet], place: tuple[str, int]) -> list[Sheet]:
        titles = {key_of(sheet.title): sheet for sheet in sheets}
        name, top = place
        above = [key for row in range(top - _REACH, top) for key in self._rows.get((name, row), ()) if key in titles]
        return [titles[above[-1]]] if above else []

    def _on_its_sheet(self, sheets: Sequence[Sheet], place: tuple[str, int]) -> list[Sheet]:
        exact = [sheet for sheet in sheets if sheet.name == place[0]]
        return exact or [sheet for sheet in sheets if place[0].startswith(sheet.name)]

    def _named(self, sheets: Sequence[Sheet], place: tuple[str, int]) -> list[Sheet]:
        return [sheet for sheet in sheets if self._names_at(sheet, place)]

    def _names_at(self, sheet: Sheet, place: tuple[str, int]) -> bool:
        columns = self._columns(sheet, place).items()
        return any(
            (spot[0], spot[2]) == (place[0], number)
            for column, number in columns
            for spot in self._grid.anchors.get(column.field.anchor, ())
        )

    def _columns(self, sheet: Sheet, place: tuple[str, int]) -> Mapping[Column, int]:
        """The columns under their headings; of a heading that comes twice the one that bears the name, else the first.

        A heading that several columns of the list may have is believed where the name says the same.
        """
        line = self._lines[place]
        found: dict[Column, int] = {}
        for column in sheet.all_columns:
            keys = [key for key in self._keys[column] if key in line]
            alone = [number for key in keys if self._owners[sheet.pattern, key] == 1 for number in line[key]]
            own = [number for key in keys for number in line[key] if self._bears_name(column, place[0], number)]
            if numbers := [number for number in own if number in alone] or alone or own:
                found[column] = min(numbers)
        return found

    def _bears_name(self, column: Column, sheet: str, number: int) -> bool:
        spots = self._grid.anchors.get(column.field.anchor, ())
        return any((spot[0], spot[2]) == (sheet, number) for spot in spots)


def _heading_lines(grid: Grid, wanted: Collection[str]) -> dict[tuple[str, int], dict[str, list[int]]]:
    """The rows in which headings of lists stand: by sheet and row, the columns of each heading."""
    lines: dict[tuple[str, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (sheet, row, column), text in grid.cells.items():
        if (key := key_of(text)) in wanted:
            lines[sheet, row][key].append(column)
    return lines
