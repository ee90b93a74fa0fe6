"""Finds level rules of tables of which a fax machine or a worn print left no more than some dots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.grid import RuledTable
from greenforms_extractors.scan.ink import is_inked
from greenforms_extractors.scan.raster import Pixels
from greenforms_extractors.scan.rulings import Rule

Ink = npt.NDArray[np.bool_]

#: Stretches of this many pixels have ink or have none. A rule has some in this share of them, and this many times as
#: often as other rows; and in this share of the columns, of each that lies between two upright rules.
_STRETCH = 8
_LEAST, _TIMES = 0.05, 4.0
#: Rows of which less than this is clear of text say nothing.
_OPEN = 0.25
_COLUMNS = 0.6
#: Where rules are lost, one may be gone altogether: a row this much taller than usual with text both above and below in
#: at least so many columns is two rows.
_TALL, _MANY = 1.6, 4
#: So many upright rules that end within so many pixels of each other end at a rule.
_ENDS, _TOGETHER = 3, 5
#: How far from a rule nothing else is one, and how far an upright rule may be from a table, as shares of the page's
#: long side.
_APART, _TOUCH = 1 / 120, 1 / 170
#: What of a line's height its box has too much above and below.
_INSET = 0.2
#: Half the thickness of a rule and what it strays from level, in pixels.
_THICK = 3


def faint_rules(
    grey: Pixels, table: RuledTable, upright: Sequence[Rule], boxes: Sequence[Sequence[float]]
) -> list[Rule]:
    """The level rules lost in a table and below it, as far as its outer `upright` rules reach.

    `boxes` are those of the lines of text, which no rule crosses.
    """
    left, _, right, _ = (round(edge) for edge in table.box)
    touch = _TOUCH * max(grey.shape)
    top, bottom = _reach(table, upright, touch)
    rows = slice(max(0, round(top - touch)), min(grey.shape[0], round(bottom + touch)))
    ink, clear = is_inked(grey[rows, left:right]), _open(boxes, rows, left, right)
    for place in table.across:
        clear[:, max(0, round(place) - left - _THICK) : round(place) - left + _THICK + 1] = False
    shares = _shares(ink & clear, clear)
    free = ~_crossed(boxes, rows, left, right)
    usual = float(np.median(shares[free])) if free.any() else 1.0
    free_rule = free & (shares >= max(_LEAST, _TIMES * usual)) & (_TIMES * _beside(shares) <= shares)
    places, edges = [round(place) - rows.start for place in table.down], [round(place) - left for place in table.across]
    apart = round(_APART * max(grey.shape))
    found = [
        place
        for place in _peaks(np.where(free_rule, shares, 0.0), places, apart)
        if _columns(ink & clear, place, edges) >= _COLUMNS
    ]
    if found:
        found += _gone([*places, *found], free, edges, _moved(boxes, left, rows.start))
    dotted = [Rule(place + rows.start + 0.5, float(left), float(right)) for place in found]
    known = [*table.down, *(rule.place for rule in dotted)]
    ended = _ended(upright, table, [place + rows.start for place in np.flatnonzero(free)], touch)
    return [*dotted, *(rule for rule in ended if all(abs(rule.place - place) > apart for place in known))]


def _ended(upright: Sequence[Rule], table: RuledTable, free: Iterable[int], touch: float) -> Iterator[Rule]:
    """Rules of which nothing is left, where upright ones inside a table end: as far as the next that go on."""
    left, top, right, bottom = table.box
    ends = sorted(
        (end, rule.place)
        for rule in upright
        if left + touch < rule.place < right - touch
        for end in (rule.start, rule.end)
        if top < end < bottom
    )
    open_rows = frozenset(free)
    while ends:
        together = [each for each in ends if each[0] - ends[0][0] <= _TOGETHER]
        ends = ends[len(together) :]
        place, across = float(np.median([end for end, _ in together])), {place for _, place in together}
        if len(across) >= _ENDS and round(place) in open_rows:
            through = [rule.place for rule in table.upright if rule.start + touch < place < rule.end - touch]
            start = max((edge for edge in through if edge < min(across) - touch), default=left)
            yield Rule(place, start, min((edge for edge in through if edge > max(across) + touch), default=right))


def _moved(boxes: Iterable[Sequence[float]], left: int, top: int) -> list[Sequence[float]]:
    return [(box[0] - left, box[1] - top, box[2] - left, box[3] - top) for box in boxes]


def _gone(
    places: Iterable[int], free: npt.NDArray[np.bool_], edges: Sequence[int], boxes: Sequence[Sequence[float]]
) -> Iterator[int]:
    """Where a rule must have been: in a tall row that is two rows by all appearances, midway between them."""
    rows = list(pairwise(sorted(places)))
    usual = float(np.median([bottom - top for top, bottom in rows]))
    for top, bottom in (row for row in rows if row[1] - row[0] > _TALL * usual):
        inside = [box for box in boxes if top < (box[1] + box[3]) / 2 < bottom]
        between = [place for place in range(top, bottom) if free[place] and _parts_rows(place, edges, inside)]
        if between:
            yield between[len(between) // 2]


def wiped(grey: Pixels, found: Iterable[Rule]) -> Pixels:
    """The page without the dots of these rules."""
    clean = grey.copy()
    for rule in found:
        middle = int(rule.place)
        clean[max(0, middle - _THICK) : middle + _THICK + 1, round(rule.start) : round(rule.end)] = 255
    return clean


def _reach(table: RuledTable, upright: Sequence[Rule], touch: float) -> tuple[float, float]:
    """From where to where the outer rules of a table are both drawn, and no less than the table."""
    left, top, right, bottom = table.box
    spans = [
        (min(rule.start for rule in beside), max(rule.end for rule in beside))
        for place in (left, right)
        if (beside := [rule for rule in upright if abs(rule.place - place) < touch and _meets(rule, table, touch)])
    ]
    if len(spans) < 2:
        return top, bottom
    return min(top, max(start for start, _ in spans)), max(bottom, min(end for _, end in spans))


def _meets(rule: Rule, table: RuledTable, touch: float) -> bool:
    return rule.start < table.box[3] + touch and rule.end > table.box[1] - touch


def _open(boxes: Iterable[Sequence[float]], rows: slice, left: int, right: int) -> Ink:
    """Where no line of text is."""
    found = np.ones((rows.stop - rows.start, right - left), np.bool_)
    for start, top, end, bottom in boxes:
        across = slice(max(0, round(start) - left), max(0, round(end) - left))
        found[max(0, round(top) - rows.start) : max(0, round(bottom) - rows.start), across] = False
    return found


def _shares(ink: Ink, free: Ink) -> npt.NDArray[np.float64]:
    """Of each row, with those right above and below it, the share of open stretches with ink; 0 where few are open."""
    thick = ink | np.roll(ink, 1, axis=0) | np.roll(ink, -1, axis=0)
    inked, empty = (_stretches(each) for each in (thick, free))
    opened = empty.sum(axis=1)
    return np.where(opened > _OPEN * empty.shape[1], inked.sum(axis=1) / np.maximum(opened, 1), 0.0)


def _stretches(mask: Ink) -> Ink:
    """Which stretches of each row have any of the mask."""
    count = mask.shape[1] // _STRETCH
    return np.asarray(mask[:, : count * _STRETCH].reshape(len(mask), count, _STRETCH).any(axis=2))


def _beside(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The least of what is a little above and the least of what is a little below each row, whichever is more."""
    sides = []
    for sign in (1, -1):
        shifted = [np.roll(shares, sign * step) for step in range(_THICK, 3 * _THICK)]
        sides.append(np.min(shifted, axis=0))
    return np.asarray(np.max(sides, axis=0))


def _crossed(boxes: Iterable[Sequence[float]], rows: slice, left: int, right: int) -> npt.NDArray[np.bool_]:
    """Which rows of a table have text in them."""
    crossed = np.zeros(rows.stop - rows.start, np.bool_)
    for start, top, end, bottom in boxes:
        if start < right and end > left:
            inset = _INSET * (bottom - top)
            crossed[max(0, round(top + inset) - rows.start) : max(0, round(bottom - inset) - rows.start)] = True
    return crossed


def _peaks(shares: npt.NDArray[np.float64], places: Sequence[int], apart: int) -> Iterator[int]:
    """The rows of most ink, none near another or near a rule that is known."""
    left_over = shares.copy()
    for place in places:
        left_over[max(0, place - apart) : place + apart + 1] = 0.0
    while left_over.size and left_over.max() > 0:
        alike = np.flatnonzero(left_over == left_over.max())
        place = int(alike[0])
        run = alike[alike < place + 2 * _THICK]
        place = int(run[len(run) // 2])
        yield place
        left_over[max(0, place - apart) : place + apart + 1] = 0.0


def _columns(ink: Ink, place: int, edges: Sequence[int]) -> float:
    """The share of columns with ink in a row."""
    band = ink[max(0, place - 1) : place + 2]
    return sum(bool(band[:, max(0, start) : end].any()) for start, end in pairwise(edges)) / (len(edges) - 1)


def _parts_rows(place: int, edges: Sequence[int], boxes: Sequence[Sequence[float]]) -> bool:
    """Whether in many columns text stands both above a place and below it, and in none on one side alone."""
    sides = [
        {(box[1] + box[3]) / 2 < place for box in boxes if left < (box[0] + box[2]) / 2 < right}
        for left, right in pairwise(edges)
    ]
    filled = [each for each in sides if each]
    return len(filled) >= _MANY and all(len(each) > 1 for each in filled)
