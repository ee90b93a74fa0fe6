"""Finds pictures on a page: framed or filled areas outside tables with more than text in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.ink import is_inked
from greenforms_extractors.scan.ocr import Rect
from greenforms_extractors.scan.raster import Pixels

#: The page is looked at this many times smaller.
_SCALE = 8
#: The least sides of a picture as shares of the page's long side, and how much darker than paper it is:
#: first without the shade of a watermark, then with the palest frames.
_LEAST = 1 / 14
_TONES = (0.3, 0.08)
#: The share of each side of a picture's box that its frame or its filling covers; a round seal has none at the corners.
_FRAMED = 0.6
#: The share of a frame's inside, a rule's thickness (pixels) off, that is drawn in a picture, text left out.
_DRAWN, _RIM = 0.004, 8
#: Where text fills more than this share of a frame, it is a frame around text.
_MOST_TEXT = 0.5
#: A frame around more than this share of the page is its border.
_LARGEST = 0.6


def figures(
    grey: Pixels,
    ink: Pixels,
    boxes: Sequence[Rect],
    tables: Sequence[tuple[float, float, float, float]],
    frames: Iterable[tuple[float, float, float, float]],
    *,
    noisy: bool,
) -> list[Rect]:
    """Boxes (left, top, right, bottom) in pixels of the pictures on a straight page without seals.

    `ink` is the same page without anything but ink: there a frame is seen that stands on a watermark. `frames` are
    drawn with four rules.
    """
    whole, drawn = (_afar(each, noisy=noisy) for each in (grey, ink))
    found: list[Rect] = []
    for afar, tone in (*((whole, tone) for tone in _TONES), (drawn, _TONES[0])):
        toned = np.asarray(afar < 1 - tone, np.uint8)
        for left, top, right, bottom in [*boxes, *tables]:
            toned[_cells(top, bottom), _cells(left, right)] = 0
        fresh = [box for box in _framed(toned) if _is_picture(box, boxes, grey.shape)]
        found += [box for box in fresh if not any(_overlap(box, other) for other in found)]
    for left, top, right, bottom in frames:
        box = round(left), round(top), round(right), round(bottom)
        apart = all(_contains(box, other) for other in found if _overlap(box, other))
        if apart and _is_picture(box, boxes, grey.shape) and _has_drawing(ink, box, boxes):
            found.append(box)
    return [box for box in found if not any(_contains(other, box) for other in found if other != box)]


def _framed(toned: Pixels) -> Iterator[Rect]:
    """Connected areas with something along all four sides, in pixels of the page."""
    closed = cv2.morphologyEx(toned, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    for part in blobs(closed):
        right, bottom = part.left + part.width, part.top + part.height
        inside = np.asarray(closed[part.box], np.uint8)
        if min(part.width, part.height) >= max(toned.shape) * _LEAST and _is_framed(inside):
            yield part.left * _SCALE, part.top * _SCALE, right * _SCALE, bottom * _SCALE


def _is_picture(box: Rect, boxes: Sequence[Rect], page: tuple[int, ...]) -> bool:
    return _area(box) < _LARGEST * page[0] * page[1] and _text_share(box, boxes) < _MOST_TEXT


def _has_drawing(ink: Pixels, box: Rect, boxes: Sequence[Rect]) -> bool:
    """Whether there is more in a frame than text: an empty box of a form is no picture."""
    left, top, right, bottom = box
    if min(right - left, bottom - top) < max(ink.shape) * _LEAST:
        return False
    inside = is_inked(ink[top + _RIM : bottom - _RIM, left + _RIM : right - _RIM])
    for start, high, end, low in boxes:
        rows, columns = (high - top - _RIM, low - top - _RIM), (start - left - _RIM, end - left - _RIM)
        inside[max(0, rows[0]) : max(0, rows[1]), max(0, columns[0]) : max(0, columns[1])] = False
    return float(inside.mean()) > _DRAWN


def _overlap(one: Rect, other: Rect) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def _cells(start: float, end: float) -> slice:
    return slice(int(start) // _SCALE, int(end) // _SCALE + 1)


def _afar(grey: Pixels, *, noisy: bool) -> npt.NDArray[np.float32]:
    """The page, looked at from afar, as shares of the paper's light around each place."""
    height, width = grey.shape[0] // _SCALE, grey.shape[1] // _SCALE
    # A thin frame is seen by its darkest pixels, unless those are dust.
    darkest = cv2.medianBlur(grey, 3) if noisy else cv2.erode(grey, np.ones((3, 3), np.uint8))
    small = cv2.resize(darkest, (max(1, width), max(1, height)), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper = cv2.blur(cv2.dilate(small, np.ones((41, 41), np.uint8)), (41, 41))
    return np.asarray(small / np.maximum(paper, 1), np.float32)


def _is_framed(inside: Pixels) -> bool:
    band = max(2, min(inside.shape) // 16)
    level = (inside[:band].any(axis=0), inside[-band:].any(axis=0))
    upright = (inside[:, :band].any(axis=1), inside[:, -band:].any(axis=1))
    return all(side.mean() > _FRAMED for side in (*level, *upright))


def _text_share(box: Rect, boxes: Sequence[Rect]) -> float:
    return sum(_area(other) for other in boxes if _within(other, box)) / _area(box)


def _area(box: Rect) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _contains(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _within(one: Rect, other: Rect) -> bool:
    across, down = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    return other[0] <= across <= other[2] and other[1] <= down <= other[3]
