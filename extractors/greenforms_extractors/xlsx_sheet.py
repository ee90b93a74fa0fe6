"""One worksheet as read: its filled cells and merges, as a table of the model and as the controls of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenforms_extractors.model import Cell, Control, Paragraph, SheetOrigin, Table
from greenforms_extractors.xlsx_cells import area, reference

#: More cells than any form has fields; a name over whole columns is not a field.
MAX_NAMED_CELLS = 1_000_000
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
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


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
    if (bottom - top + 1) * (right - left + 1) > MAX_NAMED_CELLS:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            entry = sheet.entries.get((row, column))
            tag = name if single else f"{name}[{(row - top) * width + column - left}]"
            origin = SheetOrigin(sheet.name, reference(row, column))
            yield Control(tag, entry.text if entry else "", origin)


def covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Cells that hold something under a merged cell, where nobody sees it."""
    found: set[tuple[int, int]] = set()
    for (row, column), (top, left, bottom, right) in sheet.merges.items():
        if (bottom - top + 1) * (right - left + 1) <= len(sheet.entries):
            inside = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} & sheet.entries.keys()
        else:
            inside = {(r, c) for r, c in sheet.entries if top <= r <= bottom and left <= c <= right}
        found |= inside - {(row, column)}
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
