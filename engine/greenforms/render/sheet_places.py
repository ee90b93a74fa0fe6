"""Where the rows of a template stand on the paper: names of fields, merged cells, and areas that move with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from greenforms.render.sheet_rows import Run
from greenforms.render.sheet_template import Merge
from greenforms_extractors.sheet.cells import reference

Runs = Mapping[int, Sequence[Run]]


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """Where a template prints a field: the column, the loop whose item the field is of, and the way from that to it.

    `again`: the field has more than one place on the sheet.
    """

    column: int
    loop: int
    below: str
    pattern: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """The fields and merged cells of a row; `loops` as in `RowXml`, `depth` loops are open around the row.

    `reaching`: the loops whose items some cells print once beside several rows, by column.
    """

    number: int
    depth: int
    loops: Sequence[int]
    slots: Sequence[SlotPlace]
    reaching: Mapping[int, int]
    merges: Sequence[Merge]


@dataclass(frozen=True, slots=True)
class _Place:
    """Cells of one column evenly apart, with the pointers of the fields in them."""

    column: int
    row: int
    pointer: str
    count: int = 1
    stride: int = 0
    #: Behind the number of an item.
    below: str = ""
    number: int = 0

    def cells(self) -> Iterator[tuple[str, int]]:
        """The pointer and row of each."""
        if not self.number:
            yield self.pointer, self.row
            return
        for at in range(self.count):
            yield f"{self.pointer}/{self.number - 1 + at}{self.below}", self.row + at * self.stride

    def apart(self) -> Iterator[_Place]:
        """Each cell as a place of its own."""
        return (_Place(self.column, row, pointer) for pointer, row in self.cells())


def names(rows: Sequence[RowPlaces], runs: Runs, sheet: str) -> Iterator[tuple[str, str]]:
    """The names of the fields and the cells they mean; those of a list's column share one where they stand together."""
    columns: dict[str, list[_Place]] = {}
    for place in _places(rows, runs):
        name = field_name(place.pointer + place.below) if place.number else column_name(place.pointer)
        columns.setdefault(name, []).append(place)
    for name, places in columns.items():
        places.sort(key=lambda place: (place.row, place.column))
        if _are_together(places):
            first, last = places[0], places[-1].row + places[-1].count - 1
            yield name, f"{sheet}!{column_area(first.column, first.row, last)}"
            continue
        for place in places:
            for pointer, row in place.cells():
                yield field_name(pointer), f"{sheet}!{column_area(place.column, row, row)}"


def _places(rows: Sequence[RowPlaces], runs: Runs) -> Iterator[_Place]:
    """Where the fields stand, each field once."""
    several: dict[str, _Place] = {}
    for row in rows:
        for slot in row.slots:
            for place in _of_slot(row, slot, runs.get(row.number, ())):
                if not slot.again:
                    yield place
                    continue
                for each in place.apart():
                    known = several.setdefault(each.pointer, each)
                    if (each.row, each.column) < (known.row, known.column):
                        several[each.pointer] = each
    yield from several.values()


def _of_slot(row: RowPlaces, slot: SlotPlace, runs: Sequence[Run]) -> Iterator[_Place]:
    if slot.loop < row.depth:
        for run, _ in _reached(runs, row.loops.index(slot.loop)):
            yield _Place(slot.column, run.row, run.outer[row.loops.index(slot.loop)] + slot.below)
        return
    for run in runs:
        if not run.number:
            yield _Place(slot.column, run.row, slot.below)
            continue
        place = _Place(slot.column, run.row, run.above, run.count, run.stride, slot.below, run.number)
        yield from place.apart() if any(map(str.isdecimal, slot.below.split("/"))) else (place,)


def _reached(runs: Sequence[Run], which: int) -> Iterator[tuple[Run, int]]:
    """The runs that begin an outer item, each with the last row of that item."""
    first: Run | None = None
    last = 0
    for run in runs:
        if first is None or run.outer[which] != first.outer[which]:
            if first is not None:
                yield first, last
            first = run
        last = run.last
    if first is not None:
        yield first, last


def column_name(pointer: str) -> str:
    """The name of a field, or of the column it stands in: the number of the innermost item is left out."""
    steps = pointer.split("/")
    numbers = [at for at, step in enumerate(steps) if step.isdecimal()]
    if numbers:
        del steps[numbers[-1]]
    return field_name("/".join(steps))


def field_name(pointer: str) -> str:
    """The name of the cell of a field."""
    return "gf" + pointer.replace("/", ".")


def _are_together(places: Sequence[_Place]) -> bool:
    """Whether places, from above to below, are one column without a gap."""
    row = places[0].row
    for place in places:
        if place.column != places[0].column or place.row != row or (place.count > 1 and place.stride != 1):
            return False
        row += place.count
    return True


def column_area(column: int, first: int, last: int) -> str:
    """The cells of a column from one row to another, as a name means them."""
    letter = letters(column)
    return f"${letter}${first}" if first == last else f"${letter}${first}:${letter}${last}"


def letters(column: int) -> str:
    """The letters of a column, from 1."""
    return reference(0, column - 1)[:-1]


def merges(rows: Sequence[RowPlaces], runs: Runs) -> Iterator[str]:
    """The merged cells of the paper."""
    for row in rows:
        found = runs.get(row.number, ())
        columns = {merge.left: (merge.right, merge.bottom - merge.top) for merge in row.merges}
        for left in sorted(columns.keys() | row.reaching.keys()):
            right, down = columns.get(left, (left, 0))
            for first, last in _spans(row, left, found):
                if right > left or last + down > first:
                    yield f"{letters(left)}{first}:{letters(right)}{last + down}"


def _spans(row: RowPlaces, left: int, runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """The first and last rows of a cell wherever it is printed."""
    if left in row.reaching:
        yield from ((run.row, last) for run, last in _reached(runs, row.loops.index(row.reaching[left])))
        return
    for run in runs:
        for at in range(run.count):
            yield run.row + at * run.stride, run.row + at * run.stride


def printed(runs: Runs, top: int, bottom: int) -> list[tuple[int, int]]:
    """The rows of the paper that some rows of the template were printed as, from each first to each last."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(span for number in range(top, bottom + 1) for span in _stretches(runs.get(number, ()))):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _stretches(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    for run in runs:
        if run.stride <= 1:
            yield run.row, run.last
        else:
            yield from ((row, row) for row in range(run.row, run.last + 1, run.stride))
