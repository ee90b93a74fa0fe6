"""A block of cells from WPS or Excel laid over the drawn ones: down and to the right of where it was pasted.

A cell of ours that only prints a text takes the pasted text that says the same, so that labels may be copied along; an
empty pasted cell changes nothing. A list grows as long as the block. What finds no place is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from greenforms.form.form import Form
from greenforms.station.filing.drawing import drawing_of
from greenforms.station.filing.drawn import DrawnCell, DrawnRow, DrawnTable, Words, names_in, tables_in
from greenforms.station.filing.entry import Content
from greenforms.station.filing.typed import items_of
from greenforms_extractors.folding import fold_label

#: A cell as spreadsheets copy it: one with line breaks stands in quotes, quotes in it are doubled.
_CELL = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"(?=[\t\r\n]|\Z)|(?P<plain>[^\t\r\n]*))(?P<end>\t|\r?\n|\r|\Z)')


@dataclass(slots=True)
class Pasted:
    """The inputs with the block in them, and the pasted texts that found no place."""

    inputs: dict[str, str]
    left: list[str] = field(default_factory=list)


def pasted(form: Form, inputs: Mapping[str, str], repeats: Mapping[str, str], at: str, text: str) -> Pasted:
    """Lay tab separated text over the inputs of a paper, beginning at the field `at`."""
    block = list(_rows_of(text))
    spare = {place: numbers[-1] + 1 for place, numbers in items_of({**inputs, at: text}).items()}
    table = _table_with(form, repeats, spare, at)
    result = Pasted(dict(inputs))
    if table is None:
        result.inputs[at] = text
        return result
    grown = _grown(table, at, len(block))
    if grown is not None:
        spare[grown[0]] = max(grown[1], spare.get(grown[0], 0))
        table = _table_with(form, repeats, spare, at) or table
    rows = _below(table, at)
    for number, values in enumerate(block):
        cells = rows[number] if number < len(rows) else ()
        _lay(cells, values, result)
    return result


def _rows_of(text: str) -> Iterator[list[str]]:
    """The cells of each row of a copied block."""
    row: list[str] = []
    for cell in _CELL.finditer(text):
        quoted = cell["quoted"]
        row.append(cell["plain"] if quoted is None else quoted.replace('""', '"'))
        if cell["end"] != "\t":
            if any(row):
                yield row
            row = []


def _table_with(form: Form, repeats: Mapping[str, str], spare: Mapping[str, int], at: str) -> DrawnTable | None:
    """The table that a field stands in."""
    drawing = drawing_of(form, Content({}, spare=spare, repeats=repeats))
    return next((table for table in tables_in(drawing.body) if at in set(names_in((table,)))), None)


def _grown(table: DrawnTable, at: str, rows: int) -> tuple[str, int] | None:
    """The list that a field stands in, and how many items it must have for so many rows; None where it is in none."""
    item = next((row.item for row in table.rows if isinstance(row, DrawnRow) and row.item and _in(at, row.item)), "")
    if not item:
        return None
    place, _, number = item.rpartition("/")
    each = [row for row in table.rows if isinstance(row, DrawnRow) and any(_in(name, item) for name in _names(row))]
    before = next((index for index, row in enumerate(each) if at in _names(row)), 0)
    return place, int(number) + -(-(before + rows) // max(1, len(each)))


def _in(pointer: str, item: str) -> bool:
    return pointer.startswith(f"{item}/")


def _names(row: DrawnRow) -> list[str]:
    return list(names_in([line for cell in row.cells for line in cell.lines]))


def _below(table: DrawnTable, at: str) -> list[tuple[DrawnCell, ...]]:
    """The cells of each row from the one with the field downwards, those left of its column left out."""
    placed = list(_columns([row for row in table.rows if isinstance(row, DrawnRow)]))
    first, column = next(
        (number, left) for number, row in enumerate(placed) for left, cell in row if at in list(names_in(cell.lines))
    )
    return [tuple(cell for left, cell in row if left >= column) for row in placed[first:]]


def _columns(rows: Sequence[DrawnRow]) -> Iterator[list[tuple[int, DrawnCell]]]:
    """The cells of each row with the grid column they begin in."""
    taken: dict[int, int] = {}
    for row in rows:
        placed: list[tuple[int, DrawnCell]] = []
        column = 0
        for cell in row.cells:
            while taken.get(column, 0):
                column += 1
            placed.append((column, cell))
            for each in range(column, column + cell.columns):
                taken[each] = cell.rows
            column += cell.columns
        taken = {each: left - 1 for each, left in taken.items() if left > 1}
        yield placed


def _lay(cells: Sequence[DrawnCell], values: Sequence[str], result: Pasted) -> None:
    """Lay one pasted row over cells."""
    waiting = list(values)
    for cell in cells:
        if not waiting:
            return
        names = list(names_in(cell.lines))
        if names:
            value = waiting.pop(0)
            if value.strip():
                result.inputs[names[0]] = value
        elif fold_label(waiting[0]) == fold_label(_static(cell)):
            waiting.pop(0)
    result.left += [value for value in waiting if value.strip()]


def _static(cell: DrawnCell) -> str:
    return "".join(piece.text for line in cell.lines for piece in line.pieces if isinstance(piece, Words))
