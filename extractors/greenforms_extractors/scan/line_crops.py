"""Cuts the boxes of the detector to pieces that each lie in one cell and hold one line, and finds what it missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import blobs, labelled
from greenforms_extractors.scan.grid import RuledTable
from greenforms_extractors.scan.ink import is_inked, is_tinged
from greenforms_extractors.scan.ocr import Rect
from greenforms_extractors.scan.raster import Pixels

Ink = npt.NDArray[np.bool_]

#: Rules are this many pixels thick at most, and the ink of a cell begins behind them.
_RULE = 4
#: What is left of a box in a cell when it belongs there, as shares of the box's height.
_LEAST_WIDE, _LEAST_HIGH = 0.3, 0.45
#: Ink the detector missed, as shares of the usual height of a line: smaller is dust, larger is no text.
_DUST, _LARGE = 0.3, 1.7
#: The smallest ink, as shares of the square of a line's height: a point, and what is no dust on a noisy page.
_POINT, _SPECK = 0.008, 0.012
#: Ink smaller than this share of the square of a box's height does not end a line on a noisy page.
_GRAIN = 0.003
#: Ink reaches this level of 255; what does not is the shade of a watermark or a seal. A line of text has this share
#: of it.
_BLACK = 90
_LEAST_BLACK = 0.01
#: How far, in heights of the line, missed ink may stand from a line it belongs to, and reach above or below it.
_NEAR, _BEYOND = 0.9, 0.1
#: A character is no taller than this many usual heights of a line.
_TALLEST = 1.2


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of text in one cell: `table` and `cell` are indexes, None outside tables."""

    rect: Rect
    table: int | None = None
    cell: int | None = None

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.rect[3] - self.rect[1]

    @property
    def home(self) -> tuple[int | None, int | None]:
        """What it lies in."""
        return self.table, self.cell


def pieces(boxes: Sequence[Rect], tables: Sequence[RuledTable], grey: Pixels, *, noisy: bool) -> list[Piece]:
    """The lines of a cleaned page, cut at rules, trimmed to their ink, and completed by ink that the detector missed.

    On a `noisy` page specks are dust; elsewhere the smallest are points.
    """
    ink, core = is_inked(grey), grey < _BLACK
    tinge = _without_dust(ink, boxes) if noisy else is_tinged(grey)
    found = [
        trimmed
        for piece in _cut(boxes, tables)
        if (trimmed := _trimmed(piece, tinge)) is not None and _share(core, trimmed.rect) > _LEAST_BLACK
    ]
    found = _parted(found, ink)
    usual = float(np.median([piece.height for piece in found])) if found else 0.0
    speck = (_SPECK if noisy else _POINT) * usual * usual
    return _completed(found, _missed(found, tables, ink, core, usual, speck), usual) if usual else found


def _without_dust(ink: Ink, boxes: Sequence[Rect]) -> Ink:
    """The ink without what is smaller than a point: a line ends where its characters do."""
    high = float(np.median([box[3] - box[1] for box in boxes])) if boxes else 0.0
    labels, parts = labelled(ink)
    kept = np.array([False, *(part.size >= _GRAIN * high * high for part in parts)])
    return np.asarray(kept[labels])


def _share(mask: Ink, rect: Rect) -> float:
    left, top, right, bottom = rect
    return float(mask[top:bottom, left:right].mean())


def _cut(boxes: Iterable[Rect], tables: Sequence[RuledTable]) -> Iterator[Piece]:
    for box in boxes:
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        number = next((number for number, table in enumerate(tables) if _holds(table.box, middle)), None)
        if number is None:
            yield Piece(box)
            continue
        high = box[3] - box[1]
        for place, cell in enumerate(tables[number].cells):
            part = _common(box, inner_box(cell.box))
            if part[2] - part[0] > _LEAST_WIDE * high and part[3] - part[1] > _LEAST_HIGH * high:
                yield Piece(part, number, place)


def inner_box(box: tuple[float, float, float, float]) -> Rect:
    """The inside of a cell, in whole pixels, without its rules."""
    left, top, right, bottom = box
    return round(left) + _RULE, round(top) + _RULE, round(right) - _RULE, round(bottom) - _RULE


def _holds(box: Sequence[float], point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _common(one: Rect, other: Rect) -> Rect:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _trimmed(piece: Piece, ink: Ink) -> Piece | None:
    """The piece shrunk to its ink; None without any."""
    left, top, right, bottom = piece.rect
    inside = ink[top:bottom, left:right]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return None
    rect = (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)
    return replace(piece, rect=rect)


def _parted(found: Sequence[Piece], ink: Ink) -> list[Piece]:
    """Pieces of one cell that overlap from above and below, parted where there is least ink between them."""
    kept = sorted(found, key=lambda piece: piece.rect[1])
    for one in range(len(kept)):
        for other in range(one + 1, len(kept)):
            upper, lower = kept[one], kept[other]
            if lower.rect[1] >= upper.rect[3]:
                break
            if upper.home == lower.home and _stacked(upper.rect, lower.rect):
                kept[one], kept[other] = _divided(upper, lower, ink)
    return kept


def _stacked(upper: Rect, lower: Rect) -> bool:
    across = min(upper[2], lower[2]) - max(upper[0], lower[0])
    down = upper[3] - lower[1]
    return across > 0 and 0 < down < 0.6 * min(upper[3] - upper[1], lower[3] - lower[1])


def _divided(upper: Piece, lower: Piece, ink: Ink) -> tuple[Piece, Piece]:
    left, right = max(upper.rect[0], lower.rect[0]), min(upper.rect[2], lower.rect[2])
    band = ink[lower.rect[1] : upper.rect[3], left:right].sum(axis=1)
    place = lower.rect[1] + int(band.argmin())
    above = (*upper.rect[:3], max(place, upper.rect[1] + 1))
    below = (lower.rect[0], min(place, lower.rect[3] - 1), *lower.rect[2:])
    return replace(upper, rect=above), replace(lower, rect=below)


def _completed(found: list[Piece], missed: Iterable[Piece], usual: float) -> list[Piece]:
    """Missed ink joined to the line it stands in, or made a line of its own where a cell has none there."""
    lines = list(found)
    fresh: list[Piece] = []
    for piece in missed:
        number = _line_of(piece, lines)
        if number is not None:
            lines[number] = replace(lines[number], rect=_around(lines[number].rect, piece.rect))
        elif max(piece.rect[2] - piece.rect[0], piece.height) > _DUST * usual:
            fresh.append(piece)
    return [*lines, *_merged(fresh, usual)]


def _missed(
    lines: Sequence[Piece], tables: Sequence[RuledTable], ink: Ink, core: Ink, usual: float, speck: float
) -> Iterator[Piece]:
    """Ink in cells outside all lines, and at the ends of lines outside tables, such as a dash where a line breaks.

    What touches a rule, hangs on a line from above or below, or is nowhere black, is none.
    """
    left_over = ink.copy()
    for piece in lines:
        left, top, right, bottom = piece.rect
        left_over[top:bottom, left:right] = False
    known = ink & ~left_over
    for number, place, (left, top, right, bottom) in (*_areas(tables, ink.shape), *_ends(lines, ink.shape)):
        for x, y, width, height, size, *_ in sorted(blobs(left_over[top:bottom, left:right])):
            rect = (left + x, top + y, left + x + width, top + y + height)
            at_edge = x == 0 or y == 0 or rect[2] == right or rect[3] == bottom
            small = height < _LARGE * usual and width < 4 * usual
            if size >= speck and small and not at_edge and _share(core, rect) and not _hangs(rect, known):
                yield Piece(rect, number, place)


def _hangs(rect: Rect, known: Ink) -> bool:
    """Whether ink in a rectangle goes on right above or below it in the `known` ink of a line."""
    left, top, right, bottom = rect
    return bool(known[max(0, top - 1) : top, left:right].any() or known[bottom : bottom + 1, left:right].any())


def _ends(lines: Sequence[Piece], shape: tuple[int, ...]) -> Iterator[tuple[None, None, Rect]]:
    """The places before and behind lines outside tables, from inside the line: it may have the first of a sign."""
    for piece in lines:
        if piece.table is None:
            left, top, right, bottom = piece.rect
            reach, beyond = round(_NEAR * piece.height), round(_BEYOND * piece.height)
            high, low = max(0, top - beyond), min(shape[0], bottom + beyond)
            yield None, None, (max(0, left - reach), high, left + 1, low)
            yield None, None, (right - 1, high, min(shape[1], right + reach), low)


def _areas(tables: Sequence[RuledTable], shape: tuple[int, ...]) -> Iterator[tuple[int, int, Rect]]:
    """The insides of all cells."""
    for number, table in enumerate(tables):
        for place, cell in enumerate(table.cells):
            left, top, right, bottom = inner_box(cell.box)
            if right > left and bottom > top:
                yield number, place, (max(0, left), max(0, top), min(shape[1], right), min(shape[0], bottom))


def _line_of(piece: Piece, lines: Sequence[Piece]) -> int | None:
    best, nearest = None, float("inf")
    for number, line in enumerate(lines):
        if line.home != piece.home:
            continue
        shared = min(piece.rect[3], line.rect[3]) - max(piece.rect[1], line.rect[1])
        gap = max(piece.rect[0] - line.rect[2], line.rect[0] - piece.rect[2], 0)
        if shared > 0.5 * piece.height and gap < _NEAR * line.height and gap < nearest:
            best, nearest = number, gap
    return best


def _around(one: Rect, other: Rect) -> Rect:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _merged(fresh: Sequence[Piece], usual: float) -> list[Piece]:
    """Missed ink as lines: parts of one character stand one above the other, characters side by side."""
    lines: list[Piece] = []
    for piece in sorted(_stacks(fresh, usual), key=lambda each: each.rect[0]):
        number = _line_of(piece, lines)
        if number is None:
            lines.append(piece)
        else:
            lines[number] = replace(lines[number], rect=_around(lines[number].rect, piece.rect))
    return lines


def _stacks(fresh: Sequence[Piece], usual: float) -> list[Piece]:
    """Parts that stand one above the other and together are no taller than a character, joined."""
    joined: list[Piece] = []
    for piece in sorted(fresh, key=lambda each: each.rect[1]):
        for number, other in enumerate(joined):
            both = _around(other.rect, piece.rect)
            across = min(other.rect[2], piece.rect[2]) - max(other.rect[0], piece.rect[0])
            if other.home == piece.home and across > 0 and both[3] - both[1] < _TALLEST * usual:
                joined[number] = replace(other, rect=both)
                break
        else:
            joined.append(piece)
    return joined
