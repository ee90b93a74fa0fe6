"""Room for tags: places beside a box where neither ink nor another box nor another tag would be covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

Rect = tuple[int, int, int, int]
Size = tuple[int, int]

#: Share of a place that may be ink: dust on the glass.
_DUST = 0.004
#: How much darker than its surroundings ink is, in levels of grey.
_DARKER = 25
_DARK = 70
_TAG = -1
#: How much of a side is ink where it lies on a rule.
_RULE = 0.85


class Room:
    """The free places of one page. Rectangles are (left, top, right, bottom) in pixels.

    A tag keeps `gap` pixels from the edge of a box it stands in and `apart` from one it stands beside.
    """

    def __init__(self, pixels: npt.NDArray[np.uint8], boxes: Sequence[Rect], gap: int, apart: int) -> None:
        self._height, self._width = pixels.shape[:2]
        self._ink = cv2.integral(_ink(pixels))
        self._gap, self._apart = gap, apart
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
            if self._covered(place) <= _DUST and self._is_free(place, self._numbers[box]):
                return self._taken(place)
        return None

    def take_least(self, box: Rect, size: Size) -> Rect:
        """The corner of a box, else the place beside it, where a tag covers the least; from now on taken."""
        corners = list(self._within(box, size)) or list(self._beside(box, size)) or [self._on_page(box, size)]
        return self._taken(min(corners, key=lambda place: (self._tags_in(place), self._covered(place))))

    def is_alone(self, box: Rect) -> bool:
        """Whether no other box reaches into a frame of `apart` pixels around a box."""
        return self._is_free(self._widened(box), self._numbers[box])

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

    def _widened(self, box: Rect) -> Rect:
        left, top, right, bottom = box
        by = self._apart
        return max(0, left - by), max(0, top - by), min(self._width, right + by), min(self._height, bottom + by)

    def _on_page(self, box: Rect, size: Size) -> Rect:
        left = max(0, min(box[0], self._width - size[0]))
        top = max(0, min(box[1], self._height - size[1]))
        return left, top, left + size[0], top + size[1]

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

    def _tags_in(self, place: Rect) -> int:
        left, top, right, bottom = place
        return int(np.count_nonzero(self._owner[top:bottom, left:right] == _TAG))

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


def _ink(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """1 where the page is darker than around, whatever its light, or as dark as no paper is."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    around = cv2.blur(grey, (61, 61)).astype(np.int16)
    return np.asarray((grey.astype(np.int16) < around - _DARKER) | (grey < _DARK), np.uint8)
