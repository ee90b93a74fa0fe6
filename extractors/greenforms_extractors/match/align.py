"""Lines the anchors of a layout up with the units of a document, keeping order.

Order is what tells the two 联系电话 of one table apart, so the best chain of order-preserving pairs is found over the
whole document; whatever a person moved elsewhere is then looked for in further rounds among what is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match import spelling
from greenforms_extractors.match.layout import Anchor, Grid, Label, Layout
from greenforms_extractors.match.spelling import Lexicon, Likeness
from greenforms_extractors.match.units import Unit

#: A heading row is recognised when this share of its columns is.
_HEADING_SHARE = 0.6
#: A table of the layout counts as present when this share of its anchors is found.
_TABLE_SHARE = 0.3
_LATER_TABLE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """An anchor laid on units `start`…`end`. For a grid, `columns` maps the column number to its heading unit."""

    anchor: int
    start: int
    end: int
    score: float
    likeness: Likeness
    columns: tuple[tuple[int, int], ...] = ()


class Aligner:
    """Holds the units of one document, indexed for the search of labels."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._by_key: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.key:
                self._by_key.setdefault(unit.key, []).append(unit)
        self._rows = _rows(units)
        self._recognised = any(unit.confidence < 1 for unit in units)
        self._lexicon = Lexicon(self._by_key, recognised=self._recognised)
        self._headings_near: dict[str, set[str]] = {}

    def align(self, layout: Layout) -> dict[int, Pair]:
        """The chosen pair of each anchor that was found, by anchor number."""
        candidates = [pair for number, anchor in enumerate(layout.anchors) for pair in self._candidates(number, anchor)]
        chosen = {pair.anchor: pair for pair in _chain(candidates)}
        _drop_stray(layout, chosen, _TABLE_SHARE)
        while later := self._later_round(layout, candidates, chosen):
            chosen.update(later)
        return chosen

    def _later_round(self, layout: Layout, candidates: list[Pair], chosen: dict[int, Pair]) -> dict[int, Pair]:
        taken = {index for pair in chosen.values() for index in range(pair.start, pair.end + 1)}
        left = [
            pair
            for pair in candidates
            if pair.anchor not in chosen and not taken.intersection(range(pair.start, pair.end + 1))
        ]
        found = {pair.anchor: pair for pair in _chain(left)}
        _drop_stray(layout, found, _LATER_TABLE_SHARE, known=chosen)
        return found

    def _candidates(self, number: int, anchor: Anchor) -> Iterable[Pair]:
        if isinstance(anchor, Grid):
            yield from self._headings(number, anchor)
            return
        for unit, fit in self._fits(anchor):
            same_kind = (unit.cell is not None) == anchor.cell
            yield Pair(number, unit.index, unit.index, fit.score * (1.0 if same_kind else 0.9), fit)
        yield from self._broken(number, anchor)

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
            for key, score in self._lexicon.whole(text).items():
                for unit in self._by_key[key]:
                    yield unit, Likeness(score)
            for key in self._lexicon.leading(text):
                for unit in self._by_key[key]:
                    if fit := spelling.leading(text, unit.text) or self._alike(spelling.leading_alike, text, unit):
                        yield unit, fit
            titled = label.before is not None or (not label.after and spelling.is_title(text))
            for key in self._lexicon.trailing(text) if titled else ():
                for unit in self._by_key[key]:
                    if fit := spelling.trailing(text, unit.text) or self._alike(spelling.trailing_alike, text, unit):
                        yield unit, fit

    def _alike(self, compare: Callable[[str, str], Likeness | None], text: str, unit: Unit) -> Likeness | None:
        """How like a label is whose characters may have been misread."""
        return compare(text, unit.text) if self._recognised else None

    def _headings(self, number: int, grid: Grid) -> Iterable[Pair]:
        for row in self._rows:
            columns = self.heading_columns(grid, row)
            score = sum(score for _, _, score in columns)
            if len(columns) > 1 and score >= _HEADING_SHARE * len(grid.columns):
                places = tuple((column, unit) for column, unit, _ in columns)
                indexes = [unit for _, unit in places]
                yield Pair(number, min(indexes), max(indexes), score, Likeness(score / len(grid.columns)), places)

    def is_heading(self, grid: Grid, row: Sequence[Unit]) -> bool:
        """Whether a row repeats the grid's heading, as on a later page."""
        return sum(score for _, _, score in self.heading_columns(grid, row)) >= 0.8 * len(grid.columns)

    def heading_columns(self, grid: Grid, row: Sequence[Unit]) -> list[tuple[int, int, float]]:
        """Column number, unit index and score of each heading found in a row, whatever their order there."""
        if not any(unit.key in self._heading_keys(grid) for unit in row):
            return []
        fits = [
            (-score, number, unit.index)
            for number, column in enumerate(grid.columns)
            for unit in row
            if (score := max(self._lexicon.whole(text).get(unit.key, 0.0) for text in column.label.texts))
        ]
        found: dict[int, tuple[int, float]] = {}
        for score, number, index in sorted(fits):
            if number not in found and index not in {taken for taken, _ in found.values()}:
                found[number] = (index, -score)
        return [(number, *found[number]) for number in sorted(found)]

    def _heading_keys(self, grid: Grid) -> set[str]:
        """The document's texts that stand for some heading of the grid; most rows hold none of them."""
        if grid.path not in self._headings_near:
            texts = [text for column in grid.columns for text in column.label.texts]
            self._headings_near[grid.path] = {key for text in texts for key in self._lexicon.whole(text)}
        return self._headings_near[grid.path]


def _rows(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units of each table row of at least two cells; a cell merged downwards stands in its last row, too."""
    rows: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        if unit.cell is not None:
            rows.setdefault((unit.block, unit.cell.row), []).append(unit)
            if unit.cell.rows > 1:
                rows.setdefault((unit.block, unit.cell.row + unit.cell.rows - 1), []).append(unit)
    return [row for row in rows.values() if len(row) > 1]


def _drop_stray(layout: Layout, chosen: dict[int, Pair], share: float, known: dict[int, Pair] | None = None) -> None:
    """Forget the few anchors of a table that is not there: its labels were found in some other table."""
    number = 0
    for part in layout.parts:
        anchors = range(number, number + len(part.anchors))
        number += len(part.anchors)
        found = [anchor for anchor in anchors if anchor in chosen]
        before = sum(anchor in known for anchor in anchors) if known else 0
        if part.table and len(found) < share * (len(anchors) - before):
            for anchor in found:
                del chosen[anchor]


def _chain(candidates: Iterable[Pair]) -> list[Pair]:
    """The heaviest chain of pairs with rising anchors and rising, disjoint units; earlier units win ties."""
    pairs = sorted(candidates, key=lambda pair: (pair.anchor, pair.start))
    size = max((pair.end for pair in pairs), default=-1) + 2
    best = _PrefixMaximum(size)
    came_from: dict[int, int] = {}
    waiting: list[tuple[int, float, int]] = []
    current = -1
    for number, pair in enumerate(pairs):
        if pair.anchor != current:
            for end, total, place in waiting:
                best.raise_to(end, total, place)
            waiting, current = [], pair.anchor
        total, previous = best.up_to(pair.start)
        came_from[number] = previous
        waiting.append((pair.end + 1, total + pair.score - pair.start * 1e-9, number))
    for end, total, place in waiting:
        best.raise_to(end, total, place)
    _, place = best.up_to(size - 1)
    chain = []
    while place >= 0:
        chain.append(pairs[place])
        place = came_from[place]
    return chain[::-1]


class _PrefixMaximum:
    """A Fenwick tree of (total, place): the best entry at or before a position."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def raise_to(self, position: int, total: float, place: int) -> None:
        position += 1
        while position < len(self._tree):
            if total > self._tree[position][0]:
                self._tree[position] = (total, place)
            position += position & -position

    def up_to(self, position: int) -> tuple[float, int]:
        position += 1
        best = (0.0, -1)
        while position > 0:
            if self._tree[position][0] > best[0]:
                best = self._tree[position]
            position -= position & -position
        return best
