"""Room for tags: places in or near a box where neither ink nor another box nor another tag would be covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

Rect = tuple[int, int, int, int]
Size = tuple[int, int]

#: Ink of at most so many square points is dust on the glass; the point of a number is larger.
_DUST = 0.25
#: How much darker than its surroundings ink is, in levels of grey.
_DARKER = 25
_DARK = 70
#: A place near a box is looked for within so many points, then on the whole page.
_NEAR = 60.0
#: How much darker than the lightest ground around a picture is, and how far off that is looked for, as a share of the
#: page's width.
_PICTURE, _AROUND = 60, 6
_COARSE = 8
_TAG = -1
#: How much of a side is ink where it lies on a rule.
_RULE = 0.85


class Room:
    """The free places of one page. Rectangles are (left, top, right, bottom) in pixels.

    A tag keeps `gap` pixels from the edge of a box it stands in and `apart` from one it stands beside; a point
    measures `density` pixels.
    """

    def __init__(
        self, pixels: npt.NDArray[np.uint8], boxes: Sequence[Rect], gap: int, apart: int, density: float = 1.0
    ) -> None:
        self._height, self._width = pixels.shape[:2]
        self._marks = _without_dust(_ink(pixels), int(_DUST * density**2))
        self._ink = cv2.integral(self._marks)
        self._gap, self._apart, self._near = gap, apart, round(_NEAR * density)
        self._owner = np.zeros((self._height, self._width), np.int32)
        smaller_over_larger = sorted(set(boxes), key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
        self._numbers = {box: number for number, box in enumerate(smaller_over_larger, 1)}
        for (left, top, right, bottom), number in self._numbers.items():
            self._owner[top:bottom, left:right] = number

    def take_within(self, box: Rect, size: Size) -> Rect | None:
        """A free place for a tag of a size (width, height) in a box, from now on taken; None where there is none."""
        return self._take(box, self._within(box, size))

    def take_beside(self, box: Rect, size: Size) -> Rect | None:
        """The same at the side of a box, above it or below it."""
        return self._take(box, self._beside(box, size))

    def _take(self, box: Rect, places: Iterable[Rect]) -> Rect | None:
        for place in places:
            if not self._covered(place) and self._is_free(place, self._numbers[box]):
                return self._taken(place)
        return None

    def take_near(self, box: Rect, size: Size) -> Rect | None:
        """The free place nearest to a box, on the whole page if need be."""
        for reach in (self._near, max(self._width, self._height)):
            place = self._nearest(self._widened(box, reach), box, size)
            if place is not None:
                return self._taken(place)
        return None

    def _nearest(self, area: Rect, box: Rect, size: Size) -> Rect | None:
        """The free place in an area that is nearest to a box, `gap` pixels from anything."""
        left, top, right, bottom = area
        gap, wide, high = self._gap, size[0] + 2 * self._gap, size[1] + 2 * self._gap
        if right - left < wide or bottom - top < high:
            return None
        owners = self._owner[top:bottom, left:right]
        held = (self._marks[top:bottom, left:right] > 0) | ((owners != 0) & (owners != self._numbers[box]))
        sums = cv2.integral(held.astype(np.uint8))
        step = gap  # finer than this nobody sees
        ends = (sums[high::step, wide::step], sums[high::step, :-wide:step])
        starts = (sums[:-high:step, wide::step], sums[:-high:step, :-wide:step])
        covered = ends[0] - ends[1] - starts[0] + starts[1]
        across = _off(np.arange(left, right - wide + 1, step, dtype=np.int32), wide, box[0], box[2])
        down = _off(np.arange(top, bottom - high + 1, step, dtype=np.int32), high, box[1], box[3])
        off = np.where(covered == 0, down[:, None] + across[None, :], self._width + self._height)
        row, column = divmod(int(off.argmin()), off.shape[1])
        if covered[row, column]:
            return None
        at = left + column * step + gap, top + row * step + gap
        return *at, at[0] + size[0], at[1] + size[1]

    def is_alone(self, box: Rect) -> bool:
        """Whether no other box reaches into a frame of `apart` pixels around a box."""
        return self._is_free(self._widened(box, self._apart), self._numbers[box])

    def with_ink(self, box: Rect) -> Rect:
        """A box as far as the ink at its edges reaches, as glyphs reach beyond their type; no further than `apart`."""
        left, top, right, bottom = box
        for _ in range(self._apart):
            left -= left > 0 and self._covered((left - 1, top, left, bottom)) > 0
            top -= top > 0 and self._covered((left, top - 1, right, top)) > 0
            right += right < self._width and self._covered((right, top, right + 1, bottom)) > 0
            bottom += bottom < self._height and self._covered((left, bottom, right, bottom + 1)) > 0
        return left, top, right, bottom

    def _taken(self, place: Rect) -> Rect:
        left, top, right, bottom = place
        self._owner[top:bottom, left:right] = _TAG
        return place

    def _within(self, box: Rect, size: Size) -> Iterator[Rect]:
        """The corners of a box, the right ones first: forms are filled from the left."""
        (left, top, right, bottom), (width, height), gap = box, size, self._gap
        if right - left >= width + 2 * gap and bottom - top >= height + 2 * gap:
            for across in (right - width - gap, left + gap):
                for down in (bottom - height - gap, top + gap):
                    yield across, down, across + width, down + height

    def _beside(self, box: Rect, size: Size) -> Iterator[Rect]:
        """Places around a box, as far as they are on the page."""
        (left, top, right, bottom), (width, height), gap = box, size, self._apart
        middle, above, below = (top + bottom - height) // 2, top - height - gap, bottom + gap
        corners = [(right + gap, middle), (left, above), (right - width, above), (left, below), (right - width, below)]
        for across, down in (*corners, (left - width - gap, middle)):
            if 0 <= across <= self._width - width and 0 <= down <= self._height - height:
                yield across, down, across + width, down + height

    def _widened(self, box: Rect, by: int) -> Rect:
        left, top, right, bottom = box
        return max(0, left - by), max(0, top - by), min(self._width, right + by), min(self._height, bottom + by)

    def _covered(self, place: Rect) -> float:
        """The share of a place that is ink."""
        left, top, right, bottom = place
        ink = self._ink[bottom, right] - self._ink[top, right] - self._ink[bottom, left] + self._ink[top, left]
        return float(ink) / max(1, (right - left) * (bottom - top))

    def _is_free(self, place: Rect, own: int) -> bool:
        """Whether nothing but the tag's own box reaches into a place."""
        left, top, right, bottom = place
        owners = self._owner[top:bottom, left:right]
        return bool(np.all((owners == 0) | (owners == own)))

    def is_ruled(self, box: Rect) -> bool:
        """Whether a box is a ruled cell: at least three of its sides lie on rules."""
        left, top, right, bottom = box
        reach = self._gap
        level = [(left, edge - reach, right, edge + reach) for edge in (top, bottom)]
        upright = [(edge - reach, top, edge + reach, bottom) for edge in (left, right)]
        return sum(self._is_rule(side) for side in (*level, *upright)) >= 3

    def _is_rule(self, side: Rect) -> bool:
        """Whether ink fills a strip from end to end, one pixel deep at least."""
        left, top, right, bottom = side
        left, top = max(0, left), max(0, top)
        right, bottom = min(self._width, right), min(self._height, bottom)
        depth = max(1, min(right - left, bottom - top))
        return bool(right > left and bottom > top and self._covered((left, top, right, bottom)) * depth >= _RULE)


def _off(starts: npt.NDArray[np.int32], length: int, low: int, high: int) -> npt.NDArray[np.int32]:
    """How far stretches of a length are from one between two ends."""
    return np.maximum(np.maximum(low - starts - length, starts - high), 0)


def _ink(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """1 where the page is darker than around, whatever its light, or as dark as no paper is; so is a picture."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    around = cv2.blur(grey, (61, 61)).astype(np.int16)
    seen = (grey.astype(np.int16) < around - _DARKER) | (grey < _DARK) | (grey < _ground(grey) - _PICTURE)
    return np.asarray(seen, np.uint8)


def _ground(grey: cv2.typing.MatLike) -> npt.NDArray[np.int16]:
    """How light the paper is around each place."""
    height, width = grey.shape
    coarse = cv2.resize(grey, (max(1, width // _COARSE), max(1, height // _COARSE)), interpolation=cv2.INTER_AREA)
    reach = 2 * (coarse.shape[1] // _AROUND) + 1
    lightest = cv2.dilate(coarse, np.ones((reach, reach), np.uint8))
    return cv2.resize(lightest, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.int16)


def _without_dust(ink: npt.NDArray[np.uint8], most: int) -> npt.NDArray[np.uint8]:
    """Ink without specks of at most so many pixels."""
    if not most:
        return ink
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] > most
    kept[0] = False
    return np.asarray(kept[labels], np.uint8)
