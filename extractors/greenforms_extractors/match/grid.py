"""Reads the rows under a heading row: of lists, of nested lists, of items over several rows, of a matrix or catalogue.

Each row of the document is laid on one of the grid's row patterns: a row with static texts is known by them, others by
the columns they fill and by the turn in which they come. The heaviest chain over all rows decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match import spelling
from greenforms_extractors.match.align import Aligner, Pair
from greenforms_extractors.match.chain import Loop, chain
from greenforms_extractors.match.layout import Grid, Row, RowCell, depth
from greenforms_extractors.match.no_records import NoRecords
from greenforms_extractors.match.numbering import numbering_remarks
from greenforms_extractors.match.result import Doubt, Found, List, NoRecord, Remark
from greenforms_extractors.match.tables import TableFollower, TableRow
from greenforms_extractors.match.totals import total_remarks
from greenforms_extractors.match.units import Unit

#: What passing over a row pattern costs that only its turn tells from others; more than a doubtful fit is worth.
_TURN = 0.3
#: A labelled row is known when this share of its static characters is found.
_KNOWN = 0.5
#: What a row is worth by filling the columns of a pattern, and by holding texts such as its fields take.
_SHAPED, _TAKEN = 0.5, 0.2
#: What a row is worth of which no cell lies as one of the pattern's.
_UNLIKE = 0.05


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row of the document (by its number among all) as one row pattern."""

    anchor: int
    start: int
    end: int
    score: float


class GridReader:
    """The rows of one grid of a layout in one place of a document; `indices` are those of the lists around it."""

    def __init__(self, grid: Grid, labels: set[int], aligner: Aligner, indices: tuple[int, ...] = ()) -> None:
        self._grid = grid
        self._aligner = aligner
        self._tables = TableFollower(grid, labels, aligner)
        self._around = indices
        self._taken: set[tuple[str, tuple[int, ...]]] = set()
        self.found: list[Found] = []
        self.lists: list[List] = []
        self.used: set[int] = set()
        #: Rows that are none of the list's records.
        self.apart: list[tuple[NoRecord, TableRow]] = []
        #: Headings taken for a column by their place, with the form's own.
        self.strange = self._tables.strange
        self.remarks: list[Remark] = []

    def read(self, pair: Pair) -> None:
        """Take everything below a heading; `found`, `lists` and `used` hold the outcome."""
        rows = list(self._tables.rows(pair))
        patterns, loops = self._grid.rows.members, self._grid.rows.loops
        self.lists += [List(loop.path, self._around) for loop in loops if depth(loop.path) == len(self._around)]
        prices = [0.0 if row.labelled and not self._grid.rows.around(number) else _TURN
                  for number, row in enumerate(patterns)]  # fmt: skip
        fits = list(self._fits(rows))
        links = chain(fits, loops, prices)
        if len(loops) == len(patterns) == 1:
            path = List(loops[0].path, self._around).pointer
            self.remarks += numbering_remarks(path, self._numbers(rows))
            self.remarks += total_remarks(path, patterns[0], self._with_totals(rows))
        turn = _Turn(self._grid, self._around)
        for link in links:
            fit = link.candidate
            self._take(patterns[fit.anchor], rows[fit.start], turn.step(fit.anchor, rows[fit.start], link.again))
        for unit in self._tables.headless:
            path = List(loops[0].path, self._around).pointer
            self.remarks.append(Remark(Doubt.NO_HEADING, path, (unit.text,), unit.origin))
        self._moved(fits, {link.candidate.anchor for link in links}, {link.candidate.start for link in links}, rows)
        self.lists += turn.lists
        self.used |= self._tables.used

    def _numbers(self, rows: Iterable[TableRow]) -> Iterator[Unit]:
        """The numbers before the rows that are records."""
        apart = {id(row) for _, row in self.apart}
        for row in rows:
            numbers = self._tables.numbers(row) if id(row) not in apart else ()
            yield from (unit for unit in row.own if unit.index in numbers)

    def _with_totals(self, rows: Iterable[TableRow]) -> list[tuple[TableRow, bool]]:
        """The records and the totals among the rows, each with whether it is a total."""
        apart = {id(row): kind for kind, row in self.apart}
        return [(row, id(row) in apart) for row in rows if apart.get(id(row), NoRecord.TOTAL) is NoRecord.TOTAL]

    def _moved(self, fits: Iterable[_Fit], known: set[int], taken: set[int], rows: Sequence[TableRow]) -> None:
        """Labelled rows that somebody put in another order."""
        patterns = self._grid.rows.members
        for fit in sorted(fits, key=lambda fit: -fit.score):
            if fit.anchor in known or fit.start in taken or self._grid.rows.around(fit.anchor):
                continue
            known.add(fit.anchor)
            taken.add(fit.start)
            self._take(patterns[fit.anchor], rows[fit.start], self._around)

    # -- which row is which pattern --------------------------------------------------------------------------------

    def _fits(self, rows: Sequence[TableRow]) -> Iterator[_Fit]:
        patterns = self._grid.rows.members
        labelled = [(number, row) for number, row in enumerate(patterns) if row.labelled]
        known: set[int] = set()
        by_key = _by_key(rows) if labelled else {}
        for number, pattern in labelled:
            for place in sorted(self._alike(pattern, by_key)):
                score = self._labelled(pattern, rows[place])
                if score >= _KNOWN:
                    known.add(place)
                    yield _Fit(number, place, place, score)
        plain = [(number, row) for number, row in enumerate(patterns) if not row.labelled]
        no_records = NoRecords(patterns)
        for place, found in enumerate(rows):
            # What the form prints itself is known by that, whatever it is called.
            if place not in known and plain and (kind := no_records.kind(found)):
                self.apart.append((kind, found))
                continue
            for number, pattern in plain:
                # What the form prints itself is no item of a list.
                score = 1.0 if len(patterns) == 1 else _shape(pattern, found)
                yield _Fit(number, place, place, score if place not in known else score * _KNOWN * 0.5)

    def _alike(self, pattern: Row, by_key: dict[str, list[int]]) -> set[int]:
        """The rows in which some text may be one of the pattern's."""
        lexicon = self._aligner.lexicon
        places: set[int] = set()
        for cell in pattern.cells:
            for text in cell.texts:
                keys = [*lexicon.whole(text)]
                if cell.slot is not None:
                    keys += lexicon.trailing(text) if cell.before else lexicon.leading(text)
                places.update(place for key in keys for place in by_key.get(key, ()))
        return places

    def _labelled(self, pattern: Row, row: TableRow) -> float:
        """The share of the pattern's static characters that stand in the row."""
        weight = score = 0.0
        for cell in pattern.cells:
            if cell.text:
                holder = row.covering(cell.first, cell.last)
                heavy = len(fold_label(cell.text))
                weight += heavy
                score += heavy * (self._likeness(cell, holder).score if holder else 0.0)
        return score / weight

    def _likeness(self, cell: RowCell, holder: Unit) -> spelling.Likeness:
        """How well a cell's static text is found in a unit, with what stands beside it."""
        best = spelling.Likeness(0.0)
        for text in cell.texts:
            whole = spelling.Likeness(self._aligner.lexicon.whole(text).get(holder.key, 0.0))
            beside = (spelling.trailing if cell.before else spelling.leading)(text, holder.text) if cell.slot else None
            best = max(best, whole, beside or best, key=lambda likeness: likeness.score)
        return best

    # -- what stands in it -----------------------------------------------------------------------------------------

    def _take(self, pattern: Row, row: TableRow, indices: tuple[int, ...]) -> None:
        self.used |= self._tables.numbers(row)
        for cell in pattern.cells:
            holder = row.covering(cell.first, cell.last)
            if holder is None:
                continue
            self.used.add(holder.index)
            if cell.slot is None:
                continue
            # What belongs to an outer item stands beside each of its rows, and is taken beside the first.
            place = (cell.slot.path, indices[: depth(cell.slot.path)])
            if place not in self._taken:
                self._taken.add(place)
                self._add(cell, holder, row, place[1])

    def _add(self, cell: RowCell, holder: Unit, row: TableRow, indices: tuple[int, ...]) -> None:
        assert cell.slot is not None
        raw, label = holder.text, row.heading(cell.first)
        if cell.text:
            likeness = self._likeness(cell, holder)
            raw, label = likeness.before if cell.before else likeness.behind, cell.text
        places, legibility = holder.places, holder.legibility
        self.found.append(Found(cell.slot, indices, raw, label, places, holder.confidence, legibility=legibility))


class _Turn:
    """Counts the items of the grid's lists while its rows are gone through."""

    def __init__(self, grid: Grid, around: tuple[int, ...]) -> None:
        self._rows = grid.rows
        self._around = around
        self._counts = [0] * len(grid.rows.loops)
        self._last = -1
        self._beside: dict[int, dict[str, Unit]] = {}
        self._lists: dict[List, None] = {}

    @property
    def lists(self) -> list[List]:
        """The lists inside items that were met."""
        return list(self._lists)

    def step(self, anchor: int, row: TableRow, again: int | None) -> tuple[int, ...]:
        """The indices of the item a row belongs to, the lists around the grid first."""
        levels = self._rows.around(anchor)
        if again is not None:
            again = self._outermost_begun(again, levels, anchor, row)
            self._counts[again] += 1
        for level in levels:
            entered = not self._loop(level).start <= self._last < self._loop(level).end
            if entered or (again is not None and level > again):
                self._counts[level] = 0
        self._last = anchor
        indices = (*self._around, *(self._counts[level] for level in levels))
        self._beside = {level: self._cells(anchor, row, level) for level in levels}
        for level, loop in enumerate(self._rows.loops):
            if self._rows.within(level) and self._rows.within(level)[-1] in levels:
                self._lists[List(loop.path, indices[: depth(loop.path)])] = None
        return indices

    def _loop(self, level: int) -> Loop:
        return self._rows.loops[level]

    def _outermost_begun(self, again: int, levels: tuple[int, ...], anchor: int, row: TableRow) -> int:
        """An outer list that has no row of its own begins a new item where what its items print changes."""
        for level in levels:
            outer = level < again and (self._loop(level).start, self._loop(level).end) == (
                self._loop(again).start,
                self._loop(again).end,
            )
            if outer and self._changed(self._beside.get(level, {}), self._cells(anchor, row, level)):
                return level
        return again

    def _cells(self, anchor: int, row: TableRow, level: int) -> dict[str, Unit]:
        """What the item of one list prints in a row, by slot."""
        wanted = depth(self._loop(level).path) + 1
        return {
            cell.slot.path: holder
            for cell in self._rows.members[anchor].cells
            if cell.slot is not None and depth(cell.slot.path) == wanted
            if (holder := row.covering(cell.first, cell.last)) is not None
        }

    def _changed(self, before: dict[str, Unit], now: dict[str, Unit]) -> bool:
        return any(_other_item(before[path], unit) for path, unit in now.items() if path in before)


def _other_item(before: Unit, now: Unit) -> bool:
    """Whether two cells one above the other belong to two items: merged cells tell, else what is written."""
    if before.index == now.index or not now.text.strip():
        return False
    merged = any(unit.cell is not None and unit.cell.rows > 1 for unit in (before, now))
    return merged or before.key != now.key


def _by_key(rows: Sequence[TableRow]) -> dict[str, list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for unit in row.units:
            if unit.key:
                by_key[unit.key].append(place)
    return by_key


def _shape(pattern: Row, row: TableRow) -> float:
    """How well a row fills the columns of a pattern without static texts, and whether its texts may be the values."""
    fitting = taken = filled = 0
    wanted = len({unit.index for unit in row.units if unit.index not in row.ordinals})
    for cell in pattern.cells:
        holder = row.covering(cell.first, cell.last)
        if holder is None or cell.slot is None:
            continue
        alone = all(
            row.covering(number, number + 1) is not holder
            for number in row.table.columns
            if not cell.first <= number < cell.last
        )
        whole = all(row.covering(number, number + 1) is holder for number in range(cell.first, cell.last))
        fitting += alone and whole
        if holder.text.strip():
            filled += 1
            taken += cell.slot.accepts(holder.text)
    if not fitting:
        return _UNLIKE
    shape = _SHAPED * (fitting / max(len(pattern.cells), wanted))
    return 0.1 + shape + _TAKEN * (taken / filled if filled else 0.0)
