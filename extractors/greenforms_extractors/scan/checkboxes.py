"""Reads □ and ☑, / and — by the picture: square boxes in a line with the ink in each, and single strokes.

The recogniser takes □ for 口 or for nothing, and 国 stands in a square as well; so a square is a mark only where the
recogniser saw no surer character than the squares and crosses it makes of marks. A stroke that stands alone in a cell
has nothing beside it that tells the recogniser how tall it is: it takes / for 1 and — for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from greenforms_extractors.scan.components import blobs, labelled
from greenforms_extractors.scan.line_crops import Ink
from greenforms_extractors.scan.ocr import Char, Recognised
from greenforms_extractors.scan.raster import Pixels

#: What the recogniser makes of a box, empty, filled or ticked; and the characters that it may mistake one for.
_MARKS = frozenset("□■☑☒☐▣▇█√✓囗")
_LOOK_ALIKES = frozenset("口日曰回囚区凶図田国VvYyDO0")
_SURE = 0.9
_FILLED, _TICKED = 0.8, 0.16
_SQUARE = 0.25
#: Parts of a stroke's picture up to this share of its size are specks; so many of its rows (per cent) are straight: its
#: ends are frayed. It is thinner than this share of its height.
_SPECK, _MOST, _THIN = 0.1, 90, 0.25
#: The levels of ink and of paper in a line, as percentiles.
_BLACK, _WHITE = 2, 90
#: A box of fewer pixels has no inside.
_SMALLEST = 7
#: A dash in a line, as shares of its height: its thickness, its length, where its middle is, and how near a recognised
#: character must be to be the dash itself. From the length of an ideograph on it is a long dash; at the end of a line
#: it is not much shorter.
_DASH_HIGH, _DASH_SHORT, _DASH_LONG, _DASH_FROM, _DASH_TO, _DASH_REACH = 0.16, 0.14, 1.6, 0.35, 0.75, 0.22
_LONG_DASH, _DASH_END, _DASH_SURE = 0.7, 0.4, 0.9
#: How many pixels of specks there may be above and below each pixel along a dash, in all and at any place.
_SPECKED, _MOST_SPECKED = 0.5, 2
#: The share of each side of a box that is drawn.
_DRAWN = 0.85


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    right: int
    mark: str


def with_marks(line: Recognised, ink: Ink, seen: Pixels, margin: int) -> Recognised:
    """The line with its boxes as □, ■ or ☑, as the picture `ink` of the line shows them.

    `seen` is the line before broad strokes were taken for shade. `margin` is how many pixels were added at either end
    of the picture before it was recognised.
    """
    dark = seen < (np.percentile(seen, _BLACK) + np.percentile(seen, _WHITE)) / 2
    width = ink.shape[1] + 2 * margin
    chars = list(line.chars)
    for box in _boxes(ink, dark):
        middle = (margin + (box.left + box.right) / 2) / width
        reach = (box.right - box.left) / 2 / width
        there = [number for number, char in enumerate(chars) if abs(char.middle - middle) < reach]
        if any(_is_character(chars[number]) for number in there):
            continue
        mark = Char(box.mark, 1.0, middle, "", 0.0)
        kept = [char for number, char in enumerate(chars) if number not in there]
        chars = sorted([*kept, mark], key=lambda char: char.middle)
    return Recognised(tuple(chars))


def with_dashes(line: Recognised, ink: Ink, margin: int) -> Recognised:
    """The line with the dashes that the recogniser passed over: level strokes between figures or letters, long ones
    also behind the last.

    `ink` and `margin` as for with_marks.
    """
    high, wide = ink.shape
    width = wide + 2 * margin
    added: list[Char] = []
    for left, top, across, down in _strokes(ink):
        flat = down < _DASH_HIGH * high and _DASH_SHORT * high < across < _DASH_LONG * high and across > 2 * down
        at_end = wide < left + 2 * across
        if not flat or not _DASH_FROM < (top + down / 2) / high < _DASH_TO or left < across:
            continue
        if at_end and across < _DASH_END * high:
            continue
        alone = ink[:, left : left + across].sum() <= across * (down + _SPECKED)
        middle = (margin + left + across / 2) / width
        if any(abs(char.middle - middle) < _DASH_REACH * high / width for char in added):
            continue
        if alone and _parts_figures(line, middle, _DASH_REACH * high / width, at_end=at_end):
            added.append(Char("—" if across > _LONG_DASH * high else "-", _DASH_SURE, middle, "", 0.0))
    return Recognised(tuple(sorted([*line.chars, *added], key=lambda char: char.middle))) if added else line


def _strokes(ink: Ink) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of what may be a dash: parts by themselves, and level strokes as long as that of
    a 7, as far as nothing but the stroke stands there.
    """
    least = max(3, round(_DASH_END * ink.shape[0]))
    long = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    for part in blobs(ink):
        yield part.left, part.top, part.width, part.height
    for part in blobs(long):
        lone = ink[:, part.left : part.left + part.width].sum(axis=0) <= part.height + _MOST_SPECKED
        run = max(blobs(lone[None]), key=lambda each: each.width, default=None)
        if run is not None and run.width >= least:  # shorter ones join the bars of two 4
            yield part.left + run.left, part.top, run.width, part.height


def _parts_figures(line: Recognised, middle: float, reach: float, *, at_end: bool) -> bool:
    """Whether a place lies between two figures or letters, or behind the last if it is `at_end`, with none upon it.

    Between ideographs a stroke is a part of one.
    """
    before = [char for char in line.chars if char.middle < middle - reach]
    behind = [char for char in line.chars if char.middle > middle + reach]
    free = len(before) + len(behind) == len(line.chars)
    return free and bool(behind) != at_end and all(_is_figure(char) for char in (*before[-1:], *behind[:1]))


def _is_figure(char: Char) -> bool:
    return char.text == "%" or (char.text.isascii() and char.text.isalnum())


def stroke(ink: Ink, usual: float) -> str | None:
    """The sign that a single straight stroke alone in its line is: / or —; None for anything else.

    `usual` is the usual height of a line in pixels.
    """
    ink = _main_part(ink)
    high, wide = ink.shape
    if not high or wide > 2.5 * usual or high > 1.6 * usual:
        return None
    if wide > 2.5 * high and wide > 0.25 * usual:
        return "—"
    if high < 0.5 * usual or not 0.15 * high < wide < high:
        return None
    rows = np.arange(high)
    middles = np.array([np.flatnonzero(row).mean() if row.any() else np.nan for row in ink])
    slope, offset = np.polyfit(rows[~np.isnan(middles)], middles[~np.isnan(middles)], 1)
    thick = float(ink.sum()) / high
    straight = float(np.nanpercentile(np.abs(middles - (slope * rows + offset)), _MOST)) < max(1.0, 0.35 * thick)
    narrow = thick < _THIN * high and bool((ink.sum(axis=1) < 2.2 * thick + 1).all())
    return "/" if straight and narrow and -0.8 < slope < -0.13 else None


def _main_part(ink: Ink) -> Ink:
    """The picture of the one connected part that is no speck, cut out; empty when there is none, or several."""
    labels, parts = labelled(ink)
    largest = max(parts, key=lambda part: part.size, default=None)
    if largest is None or any(part.size > _SPECK * largest.size for part in parts if part is not largest):
        return ink[:0]
    return np.asarray(labels[largest.box] == largest.number)


def may_have_marks(line: Recognised) -> bool:
    """Whether the recogniser saw anything like a box, which is worth a look at the picture."""
    return any(char.text in _MARKS or char.text in _LOOK_ALIKES for char in line.chars)


def _is_character(char: Char) -> bool:
    """Whether the recogniser is sure enough of something that is no mark."""
    if char.text in _MARKS:
        return False
    return char.probability > (_SURE if char.text in _LOOK_ALIKES else 0.5)


def _boxes(ink: Ink, dark: Ink) -> Iterator[_Box]:
    """Square outlines nearly as tall as the line, from left to right."""
    whole = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    labels, parts = labelled(whole)
    tall = ink.shape[0]
    for part in parts:
        off_square = abs(part.width - part.height)
        if part.height < _SMALLEST or part.height <= 0.4 * tall or off_square > _SQUARE * part.height:
            continue
        if _outlined(np.asarray(labels[part.box] == part.number)):
            yield _Box(part.left, part.left + part.width, _mark(ink[part.box], dark[part.box]))


def _outlined(shape: Ink) -> bool:
    """Whether all four sides are drawn through."""
    edge = max(2, shape.shape[0] // 6)
    sides = (
        shape[:edge].any(axis=0),
        shape[-edge:].any(axis=0),
        shape[:, :edge].any(axis=1),
        shape[:, -edge:].any(axis=1),
    )
    return all(float(side.mean()) > _DRAWN for side in sides)


def _mark(ink: Ink, dark: Ink) -> str:
    rim = max(2, round(ink.shape[0] * 0.2))
    inked, darkened = (float(each[rim:-rim, rim:-rim].mean()) for each in (ink, dark))
    if max(inked, darkened) > _FILLED:
        return "■"
    return "☑" if inked > _TICKED else "□"
