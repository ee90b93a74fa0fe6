"""One worksheet as read: its filled cells and merges, as a table of the model and as the controls of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from greenforms_extractors.model import Cell, Control, Paragraph, SheetOrigin, Table
from greenforms_extractors.sheet.cells import area, reference

MAX_COLUMNS = 500
MAX_ROWS = 200_000
#: Rows of all merged cells of a sheet together, for those under them are walked through.
MAX_MERGED_ROWS = 1_000_000
Area = tuple[int, int, int, int]


@dataclass(slots=True)
class Entry:
    """The text of a cell, and whether it is stored as a number."""

    text: str
    numeric: bool


@dataclass(slots=True)
class Sheet:
    """One worksheet while it is read; positions count from 0."""

    name: str
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    merges: dict[tuple[int, int], Area] = field(default_factory=dict)
    #: How many hidden ranges of columns begin (or, negative, have ended) at each column.
    hidden: list[int] = field(default_factory=lambda: [0] * (MAX_COLUMNS + 1))
    rows: int = 0
    columns: int = 0
    merged_rows: int = 0

    def hide(self, first: int, last: int) -> None:
        """Note a range of hidden columns."""
        if first < MAX_COLUMNS:
            self.hidden[max(first, 0)] += 1
            self.hidden[min(max(last, first, 0) + 1, MAX_COLUMNS)] -= 1

    def hidden_columns(self) -> list[int]:
        """The hidden columns in which something stands."""
        hidden = {column for column, ranges in enumerate(accumulate(self.hidden)) if ranges > 0}
        return sorted(hidden & {column for _, column in self.entries})


def target(text: str) -> tuple[str, Area] | None:
    """Sheet and range of a name such as `'名单 库'!$E$3:$E$9`."""
    match = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)", text.strip())
    found = area(match[3]) if match else None
    if match is None or found is None:
        return None
    return (match[1] or match[2]).replace("''", "'"), found


def named_cells(name: str, sheet: Sheet, named: Area) -> Iterator[Control]:
    """One control per cell; the offset is appended unless the name means a single (or a single merged) cell."""
    top, left, bottom, right = named
    width = right - left + 1
    merged = sheet.merges.get((top, left))
    single = named[:2] == named[2:] or (merged is not None and bottom <= merged[2] and right <= merged[3])
    if single:
        bottom, right = top, left
    bottom, right = min(bottom, max(sheet.rows - 1, top)), min(right, max(sheet.columns - 1, left))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            entry = sheet.entries.get((row, column))
            tag = name if single else f"{name}[{(row - top) * width + column - left}]"
            origin = SheetOrigin(sheet.name, reference(row, column))
            yield Control(tag, entry.text if entry else "", origin)


def covered(sheet: Sheet) -> list[tuple[int, int]]:
    """Cells that hold something under a merged cell, where nobody sees it.

    One walk down the sheet: `changes` holds, by column, how many merged cells begin and end there from a row on.
    """
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for top, left, bottom, right in sheet.merges.values():
        changes[top] += [(left, 1), (right + 1, -1)]
        changes[bottom + 1] += [(left, -1), (right + 1, 1)]
    rows = sorted(changes, reverse=True)
    begun = [0] * (MAX_COLUMNS + 1)
    over = list(begun)
    found = []
    for row, column in sorted(sheet.entries) if rows else ():
        while rows and rows[-1] <= row:
            for place, change in changes[rows.pop()]:
                begun[place] += change
            if not rows or rows[-1] > row:
                over = list(accumulate(begun))
        if over[column] > ((row, column) in sheet.merges):
            found.append((row, column))
    return found


def as_table(sheet: Sheet) -> Table:
    """The sheet as a sparse table whose grid begins at A1."""
    cells = []
    for row, column in sorted(sheet.entries.keys() | sheet.merges.keys()):
        entry = sheet.entries.get((row, column)) or Entry("", numeric=False)
        top, left, bottom, right = sheet.merges.get((row, column), (row, column, row, column))
        origin = SheetOrigin(sheet.name, reference(row, column))
        text = (Paragraph(entry.text, origin),)
        cells.append(Cell(row, column, bottom - top + 1, right - left + 1, text, origin, numeric=entry.numeric))
    return Table(tuple(cells), sheet.rows, sheet.columns, SheetOrigin(sheet.name, "A1"))
