"""Lines the anchors of a layout up with the units of a document, keeping order.

Order is what tells the two 联系电话 of one table apart, so the heaviest chain of order-preserving pairs is found over
the whole document; whatever a person moved elsewhere is then looked for in further rounds among what is left over.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match import spelling
from greenforms_extractors.match.blocks import Blocks
from greenforms_extractors.match.chain import chain, indices
from greenforms_extractors.match.layout import Anchor, Grid, Label, Layout, PartSpan
from greenforms_extractors.match.reach import Reach
from greenforms_extractors.match.sentence import parted
from greenforms_extractors.match.spelling import Lexicon, Likeness
from greenforms_extractors.match.units import Unit

#: A heading row is recognised when this share of its columns is.
_HEADING_SHARE = 0.6
#: A table of the layout counts as present when this share of its anchors is found.
_TABLE_SHARE = 0.3
_LATER_TABLE_SHARE = 0.5
#: Of two columns with one heading the one under the right heading of the level above goes first.
_UNDER = 0.01
#: Headings have no more levels than this.
_LEVELS = 4
#: An item of a list begins with the first text printed for it; beginning further on costs this.
_OPENING = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """An anchor laid on units `start`…`end`; `cover` is how much of its own texts was found there.

    For a grid, `columns` maps the column number to its heading unit, and `rows` are the last units of the rows below
    the heading that say what the form prints in them.
    """

    anchor: int
    start: int
    end: int
    cover: float
    likeness: Likeness
    columns: tuple[tuple[int, int], ...] = ()
    rows: tuple[int, ...] = ()

    @property
    def score(self) -> float:
        """What the pair is worth in a chain."""
        return self.cover + len(self.rows)


@dataclass(frozen=True, slots=True)
class Placed:
    """A pair that was chosen, with the numbers of the items it belongs to, one for each list around its anchor."""

    pair: Pair
    indices: tuple[int, ...] = ()


class Aligner:
    """Holds the units of one document, indexed for the search of labels."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = self._units = units
        self.blocks = Blocks(units)
        self._by_key: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.key:
                self._by_key.setdefault(unit.key, []).append(unit)
        self._rows = _rows(units)
        self._rows_of: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for key in {unit.key for unit in row}:
                self._rows_of.setdefault(key, []).append(number)
        self._recognised = any(unit.confidence < 1 for unit in units)
        self.lexicon = Lexicon(self._by_key, recognised=self._recognised)
        self._reach = Reach(units, self.lexicon)
        self._headings_near: dict[int, dict[str, dict[int, float]]] = {}

    def align(self, layout: Layout) -> list[Placed]:
        """The chosen pairs in the order of the document; an anchor that is repeated may have several."""
        all_ = [pair for number, anchor in enumerate(layout.anchors) for pair in self._candidates(number, anchor)]
        candidates = self._of_one_kind(layout, (*all_, *_shorter(all_)))
        chosen = self._round(layout, candidates, midway=_OPENING)
        _drop_stray(layout, chosen, _TABLE_SHARE)
        while later := self._later_round(layout, candidates, chosen):
            chosen = sorted((*chosen, *later), key=lambda each: each.pair.start)
        return _from_first_part(layout, candidates, chosen)

    def _round(self, layout: Layout, candidates: Iterable[Pair], midway: float = 0.0) -> list[Placed]:
        links = chain(candidates, layout.outline.loops, midway=midway)
        places = indices(links, layout.outline.loops)
        return [Placed(link.candidate, place) for link, place in zip(links, places, strict=True)]

    def _later_round(self, layout: Layout, candidates: list[Pair], chosen: list[Placed]) -> list[Placed]:
        taken = {index for each in chosen for index in range(each.pair.start, each.pair.end + 1)}
        known = {each.pair.anchor for each in chosen}
        left = [
            pair
            for pair in candidates
            if pair.anchor not in known and not taken.intersection(range(pair.start, pair.end + 1))
        ]
        found = self._round(layout, left)
        _drop_stray(layout, found, _LATER_TABLE_SHARE, known=chosen, units=self._units)
        return [_among(each, chosen, layout) for each in found]

    def _candidates(self, number: int, anchor: Anchor) -> Iterable[Pair]:
        if isinstance(anchor, Grid):
            yield from self._headings(number, anchor)
            return
        if anchor.pattern:
            yield from self._sentences(number, anchor)
            return
        for unit, fit in self._fits(anchor):
            same_kind = _same_kind(unit, anchor)
            yield Pair(number, unit.index, unit.index, fit.score * (1.0 if same_kind else 0.9), fit)
        yield from self._broken(number, anchor)

    def _of_one_kind(self, layout: Layout, candidates: Iterable[Pair]) -> list[Pair]:
        """Without repeated labels that stand in a cell where others stand in text, or the other way round.

        A person may set a label elsewhere than the form does, but not one item's label here and the next one's there.
        """
        repeated = {anchor for loop in layout.outline.loops for anchor in range(loop.start, loop.end)}
        kept = list(candidates)
        alike = {pair.anchor for pair in kept if pair.anchor in repeated and self._in_place(layout, pair)}
        return [pair for pair in kept if pair.anchor not in alike or self._in_place(layout, pair)]

    def _in_place(self, layout: Layout, pair: Pair) -> bool:
        anchor = layout.anchors[pair.anchor]
        return isinstance(anchor, Grid) or _same_kind(self._units[pair.start], anchor)

    def _sentences(self, number: int, label: Label) -> Iterable[Pair]:
        for unit in self._units:
            if unit.key and parted(label.pattern, unit.text) is not None:
                yield Pair(number, unit.index, unit.index, 1.0, Likeness(1.0))

    def _broken(self, number: int, label: Label) -> Iterable[Pair]:
        """A title printed on several lines, each of which the document has as a paragraph of its own."""
        first, *rest = [fold_label(line) for line in label.text.split("\n")]
        for unit in self._by_key.get(first, ()) if rest else ():
            following = (other for other in self._units[unit.index + 1 :] if other.key)
            lines = [other for other, _ in zip(following, rest, strict=False)]
            if [other.key for other in lines] == rest:
                yield Pair(number, unit.index, lines[-1].index, 1.0, Likeness(1.0))

    def _fits(self, label: Label) -> Iterable[tuple[Unit, Likeness]]:
        for text in sorted(spelling.spellings(label.texts), key=len, reverse=True):
            for key, score in self.lexicon.whole(text).items():
                for unit in self._by_key[key]:
                    yield unit, Likeness(score)
            for key in self.lexicon.leading(text):
                for unit in self._by_key[key]:
                    if fit := spelling.leading(text, unit.text) or self._alike(spelling.leading_alike, text, unit):
                        yield unit, fit
            titled = label.before is not None or (not label.after and spelling.is_title(text))
            for key in self.lexicon.trailing(text) if titled else ():
                for unit in self._by_key[key]:
                    if fit := spelling.trailing(text, unit.text) or self._alike(spelling.trailing_alike, text, unit):
                        yield unit, fit

    def _alike(self, compare: Callable[[str, str], Likeness | None], text: str, unit: Unit) -> Likeness | None:
        """How like a label is whose characters may have been misread."""
        return compare(text, unit.text) if self._recognised else None

    def _headings(self, number: int, grid: Grid) -> Iterable[Pair]:
        for place in sorted({place for key in self._heading_keys(grid) for place in self._rows_of.get(key, ())}):
            columns = self.heading_columns(grid, self._rows[place])
            score = sum(score for _, _, score in columns)
            if len(columns) > (len(grid.columns) > 1) and score >= _HEADING_SHARE * len(grid.columns):
                places = tuple((column, unit) for column, unit, _ in columns)
                indexes = [unit for _, unit in places]
                rows = tuple(self._reach.below(grid, [(column, self._units[unit]) for column, unit in places]))
                likeness = Likeness(score / len(grid.columns))
                yield Pair(number, min(indexes), max((*indexes, *rows)), score, likeness, places, rows)

    def is_heading(self, grid: Grid, row: Sequence[Unit]) -> bool:
        """Whether a row repeats the grid's heading, as on a later page; a slip or two do not make a record of it."""
        columns = self.heading_columns(grid, row)
        enough = len(columns) > (len(grid.columns) > 1)
        return enough and sum(score for _, _, score in columns) >= _HEADING_SHARE * len(grid.columns)

    def heading_columns(self, grid: Grid, row: Sequence[Unit]) -> list[tuple[int, int, float]]:
        """Column number, unit index and score of each heading found in a row, whatever their order there."""
        near = self._heading_keys(grid)
        if not any(unit.key in near for unit in row):
            return []
        fits = [
            (-score - self._under(grid.columns[number].above, unit), number, unit.index, score)
            for unit in row
            for number, score in near.get(unit.key, {}).items()
        ]
        found: dict[int, tuple[int, float]] = {}
        taken: set[int] = set()
        for _, number, index, score in sorted(fits):
            if number not in found and index not in taken:
                found[number] = (index, score)
                taken.add(index)
        return [(number, *found[number]) for number in sorted(found)]

    def _under(self, above: Sequence[str], unit: Unit) -> float:
        """A little for each heading of a level above that stands over the unit."""
        return _UNDER * sum(1 for _ in self._stacked(above, unit))

    def headings_above(self, anchor: Anchor, pair: Pair) -> Iterable[int]:
        """The headings of upper levels over those of a grid."""
        for number, index in pair.columns if isinstance(anchor, Grid) else ():
            above = anchor.columns[number].above if isinstance(anchor, Grid) else ()
            yield from (unit.index for unit in self._stacked(above, self._units[index]))

    def _stacked(self, above: Sequence[str], unit: Unit) -> Iterable[Unit]:
        """The headings of the levels above that stand on a unit, each right on the one below it.

        Further up the same words are somebody else's.
        """
        levels, cell = [fold_label(text) for text in above], unit.cell
        for other in self._over(unit) if levels and cell else ():
            if other.key not in levels:
                return
            if cell and other.cell and other.cell.row + other.cell.rows == cell.row:
                levels.remove(other.key)
                yield other
                cell = other.cell

    def _over(self, unit: Unit) -> Iterable[Unit]:
        """The cells of the few rows above a unit that cover its first column."""
        cell = unit.cell
        assert cell is not None
        for other in reversed(self._units[: unit.index]):
            if other.block != unit.block or other.cell is None or cell.row - other.cell.row > _LEVELS:
                return
            if other.cell.row < cell.row and other.cell.column <= cell.column < other.cell.column + other.cell.columns:
                yield other

    def _heading_keys(self, grid: Grid) -> dict[str, dict[int, float]]:
        """The document's texts that stand for headings of the grid, with the columns they may be and how well."""
        if id(grid) not in self._headings_near:
            near: dict[str, dict[int, float]] = defaultdict(dict)
            for number, column in enumerate(grid.columns):
                for text in column.label.texts:
                    for key, score in self.lexicon.whole(text).items():
                        near[key][number] = max(score, near[key].get(number, 0.0))
            self._headings_near[id(grid)] = near
        return self._headings_near[id(grid)]


def _same_kind(unit: Unit, label: Label) -> bool:
    """Whether a unit stands where the form prints the label: in a cell, or in running text."""
    return (unit.cell is not None) == label.cell


def _shorter(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Headings with fewer of their rows where another anchor may begin among them: the chain tells whose they are."""
    begins = sorted((pair.start, pair.anchor) for pair in pairs)
    for pair in pairs:
        for kept, row in enumerate(pair.rows):
            end = pair.rows[kept - 1] if kept else max(unit for _, unit in pair.columns)
            between = begins[bisect_right(begins, (end, sys.maxsize)) : bisect_right(begins, (row, sys.maxsize))]
            if any(anchor != pair.anchor for _, anchor in between):
                yield replace(pair, end=end, rows=pair.rows[:kept])


def _rows(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units of each table row; a cell merged downwards stands in its last row, too."""
    rows: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        if unit.cell is not None:
            rows.setdefault((unit.block, unit.cell.row), []).append(unit)
            if unit.cell.rows > 1:
                rows.setdefault((unit.block, unit.cell.row + unit.cell.rows - 1), []).append(unit)
    return list(rows.values())


def _drop_stray(
    layout: Layout, chosen: list[Placed], share: float, known: Sequence[Placed] = (), units: Sequence[Unit] = ()
) -> None:
    """Forget the few anchors of a table that is not there: its labels were found in some other table.

    What stands in the same table as the `known` ones of its part is there with them, however little it is.
    """
    part_of = {anchor: part for part in layout.spans for anchor in range(part.start, part.end)}
    found: dict[tuple[int, tuple[int, ...]], set[int]] = defaultdict(set)
    for each in chosen:
        found[_key(layout, part_of[each.pair.anchor], each)].add(each.pair.anchor)
    before: dict[int, set[int]] = defaultdict(set)
    at_home: set[tuple[int, int]] = set()
    for each in known:
        before[part_of[each.pair.anchor].start].add(each.pair.anchor)
        at_home.add((part_of[each.pair.anchor].start, units[each.pair.start].block))
    stray = {
        key
        for key, anchors in found.items()
        for part in (part_of[min(anchors)],)
        if part.table and len(anchors) < share * (part.end - part.start - len(before[part.start]))
    }
    chosen[:] = [
        each
        for each in chosen
        if _key(layout, part_of[each.pair.anchor], each) not in stray
        or (known and (part_of[each.pair.anchor].start, units[each.pair.start].block) in at_home)
    ]


def _key(layout: Layout, part: PartSpan, each: Placed) -> tuple[int, tuple[int, ...]]:
    """A part in one item of the lists around it."""
    around = sum(loop.start <= part.start and part.end <= loop.end for loop in layout.outline.loops)
    return part.start, each.indices[:around]


def _among(each: Placed, chosen: Sequence[Placed], layout: Layout) -> Placed:
    """A repeated anchor found in a later round belongs to the item whose anchors stand around it."""
    if not each.indices:
        return each
    around = set(layout.outline.around(each.pair.anchor))
    before: Placed | None = None
    for other in chosen:
        if set(layout.outline.around(other.pair.anchor)) == around and (
            before is None or other.pair.start < each.pair.start
        ):
            before = other
    return Placed(each.pair, before.indices) if before else each


def _from_first_part(layout: Layout, candidates: Iterable[Pair], chosen: Sequence[Placed]) -> list[Placed]:
    """Lists in several parts begin with the first, though a slip in its heading makes a later one fit better."""
    before: dict[int, list[Pair]] = defaultdict(list)
    for pair in candidates:
        if pair.columns:
            before[pair.anchor].append(pair)
    repeated = {anchor for loop in layout.outline.loops for anchor in range(loop.start, loop.end)}
    moved = []
    last = -1
    for each in sorted(chosen, key=lambda each: each.pair.start):
        first = each.pair
        if first.columns and first.anchor not in repeated:
            between = (pair for pair in before[first.anchor] if last < pair.start < first.start)
            first = min(between, key=lambda pair: pair.start, default=first)
        moved.append(Placed(first, each.indices))
        last = max(last, each.pair.end)
    return moved
