"""From ruled lines to tables: networks of rules that touch, laid out as cells with spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenforms_extractors.scan.rulings import Rule

#: How far, as a share of the page's long side, two ends may miss each other and still meet (1.7 mm on A4).
_TOUCH = 1 / 170
#: The share of a rule that must lie between the rules it crosses, and the share inside lines of text that makes it
#: one of their strokes. A box of text is larger than its strokes by this share of its height.
_LEFT = 0.6
_IN_TEXT, _INSET = 0.6, 0.12
#: Networks narrower or flatter than this, as shares of the page's long side, are strokes of large characters.
_NARROWEST, _FLATTEST = 1 / 12, 1 / 90
#: The share of a cell's side that must be ruled to part it from its neighbour.
_RULED = 0.5

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at a grid place, with its box in pixels; `fit` is the least ruled share of its sides (0–1)."""

    row: int
    column: int
    rows: int
    columns: int
    box: Rect
    fit: float


@dataclass(frozen=True, slots=True)
class RuledTable:
    """One network of rules: the places of its rows and columns, and its cells in reading order."""

    down: tuple[float, ...]
    across: tuple[float, ...]
    cells: tuple[GridCell, ...]

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @property
    def box(self) -> Rect:
        """The table's box in pixels."""
        return self.across[0], self.down[0], self.across[-1], self.down[-1]


def tables(
    level: Sequence[Rule], upright: Sequence[Rule], boxes: Sequence[Sequence[float]], long_side: int
) -> list[RuledTable]:
    """The tables on a page, from top to bottom. `boxes` are those of its lines of text."""
    return [table for table in _laid_out(level, upright, boxes, long_side) if len(table.cells) > 1]


def frames(
    level: Sequence[Rule], upright: Sequence[Rule], boxes: Sequence[Sequence[float]], long_side: int
) -> list[Rect]:
    """The frames of four rules on a page. `boxes` are those of its lines of text."""
    return [table.box for table in _laid_out(level, upright, boxes, long_side) if len(table.cells) == 1]


def _laid_out(
    level: Sequence[Rule], upright: Sequence[Rule], boxes: Sequence[Sequence[float]], long_side: int
) -> list[RuledTable]:
    near = touch(long_side)
    level, upright = outside_text(level, boxes, across=True), outside_text(upright, boxes, across=False)
    level, upright = _anchored(level, upright, near)
    found = [_Network(flat, steep, near).table() for flat, steep in _networks(level, upright, near)]
    kept = [table for table in found if table is not None and _is_large(table, long_side)]
    return sorted(kept, key=lambda table: (table.down[0], table.across[0]))


def touch(long_side: int) -> float:
    """How many pixels two ends may miss each other by and still meet, on a page of this long side."""
    return long_side * _TOUCH


def _is_large(table: RuledTable, long_side: int) -> bool:
    left, top, right, bottom = table.box
    return right - left > _NARROWEST * long_side and bottom - top > _FLATTEST * long_side


def _anchored(level: Sequence[Rule], upright: Sequence[Rule], near: float) -> tuple[list[Rule], list[Rule]]:
    """The rules that cross at least two of the other direction, cut off where they run past the outermost."""
    while True:
        flats = [cut for rule in level if (cut := _cut_off(rule, upright, near)) is not None]
        steeps = [cut for rule in upright if (cut := _cut_off(rule, flats, near)) is not None]
        if flats == level and steeps == upright:
            return flats, steeps
        level, upright = flats, steeps


def _cut_off(rule: Rule, others: Sequence[Rule], near: float) -> Rule | None:
    """The rule between the outermost others that it crosses; None if little of it is left, as of a stroke of text."""
    crossed = [other.place for other in others if meet(rule, other, near)]
    if len(crossed) < 2 or max(crossed) - min(crossed) < _LEFT * rule.length:
        return None
    return Rule(rule.place, min(crossed), max(crossed))


def outside_text(rules: Sequence[Rule], boxes: Sequence[Sequence[float]], *, across: bool) -> list[Rule]:
    """The rules that do not run along inside lines of text, as the strokes of several characters do."""
    kept = []
    for rule in rules:
        inside = 0.0
        for left, top, right, bottom in boxes:
            low, high, start, end = (top, bottom, left, right) if across else (left, right, top, bottom)
            inset = _INSET * (bottom - top)
            if low + inset < rule.place < high - inset:
                inside += max(0.0, min(end - inset, rule.end) - max(start + inset, rule.start))
        if inside < _IN_TEXT * rule.length:
            kept.append(rule)
    return kept


def _networks(level: Sequence[Rule], upright: Sequence[Rule], near: float) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch each other."""
    parent = list(range(len(level) + len(upright)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, flat in enumerate(level):
        for j, steep in enumerate(upright, len(level)):
            if meet(flat, steep, near):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number in range(len(parent)):
        flats, steeps = groups.setdefault(root(number), ([], []))
        if number < len(level):
            flats.append(level[number])
        else:
            steeps.append(upright[number - len(level)])
    yield from (group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1)


def meet(flat: Rule, steep: Rule, near: float) -> bool:
    """Whether two rules of different directions cross, or miss each other by no more than `near`."""
    return flat.start - near <= steep.place <= flat.end + near and steep.start - near <= flat.place <= steep.end + near


@dataclass(frozen=True, slots=True)
class _Network:
    level: list[Rule]
    upright: list[Rule]
    near: float

    def table(self) -> RuledTable | None:
        down, across = self._places(self.level, self.upright), self._places(self.upright, self.level)
        if len(down) < 2 or len(across) < 2:
            return None
        cells = tuple(self._cells(down, across))
        return RuledTable(down, across, cells, tuple(self.level), tuple(self.upright))

    def _places(self, rules: Sequence[Rule], others: Sequence[Rule]) -> tuple[float, ...]:
        """Where the rules of one direction lie: near ones are one, and each must touch two of the others."""
        real = [rule for rule in rules if sum(meet(rule, other, self.near) for other in others) > 1]
        groups: list[list[Rule]] = []
        for rule in sorted(real, key=lambda each: each.place):
            if groups and rule.place - groups[-1][-1].place < self.near:
                groups[-1].append(rule)
            else:
                groups.append([rule])
        return tuple(
            sum(rule.place * rule.length for rule in group) / sum(rule.length for rule in group) for group in groups
        )

    def _cells(self, down: Sequence[float], across: Sequence[float]) -> Iterator[GridCell]:
        rows, columns = len(down) - 1, len(across) - 1
        right = [[self._ruled(self.upright, x, top, bottom) for x in across] for top, bottom in pairwise(down)]
        below = [[self._ruled(self.level, y, left, end) for left, end in pairwise(across)] for y in down]
        taken: set[tuple[int, int]] = set()
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                last_row, last_column = self._extent(row, column, right, below, taken)
                taken |= {(r, c) for r in range(row, last_row) for c in range(column, last_column)}
                sides = [right[r][c] for r in range(row, last_row) for c in (column, last_column)]
                sides += [below[r][c] for c in range(column, last_column) for r in (row, last_row)]
                box = (across[column], down[row], across[last_column], down[last_row])
                yield GridCell(row, column, last_row - row, last_column - column, box, min(sides))

    def _extent(
        self,
        row: int,
        column: int,
        right: Sequence[Sequence[float]],
        below: Sequence[Sequence[float]],
        taken: set[tuple[int, int]],
    ) -> tuple[int, int]:
        """How far a cell reaches to the right and down until a rule stops it."""
        last_column = column + 1
        while last_column < len(below[0]) and right[row][last_column] < _RULED and (row, last_column) not in taken:
            last_column += 1
        last_row = row + 1
        while last_row < len(right) and all(
            below[last_row][c] < _RULED and (last_row, c) not in taken for c in range(column, last_column)
        ):
            last_row += 1
        return last_row, last_column

    def _ruled(self, rules: Sequence[Rule], place: float, start: float, end: float) -> float:
        """The share of a stretch that is ruled, corners left out."""
        inset = min(self.near, (end - start) / 4)
        start, end = start + inset, end - inset
        covered = sum(
            max(0.0, min(rule.end, end) - max(rule.start, start))
            for rule in rules
            if abs(rule.place - place) < self.near
        )
        return min(1.0, covered / (end - start))
