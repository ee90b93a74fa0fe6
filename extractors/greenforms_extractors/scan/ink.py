"""Leaves nothing on the page but ink: red seals out by colour, shading and broad pale marks out by their breadth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import labelled
from greenforms_extractors.scan.raster import Pixels

#: A stroke of text is thinner than this share of the page's long side (2.3 mm on A4), blurred or not; where there is a
#: watermark, with thin strokes of its own, it is worth taking even broader ones for paper.
_BROAD, _BROAD_IN_SHADE = 1 / 130, 1 / 260
#: However dark its surroundings, paper is not taken for darker than this: bold titles stay black.
_DARKEST_PAPER = 0.4
#: Red ink reflects red and swallows green and blue; how much more red counts as a seal (levels of 255).
_RED = 28
_SMEAR = 5
#: In red light a seal takes away less of the paper's light than the first, black ink more than both together.
_PALE_RED, _BLACK_RED = 0.25, 0.45
#: The share of a line (per cent) that is surely ink, how pale ink may be, and the noise (levels) to be smoothed.
_INK_SHARE = 5.0
_PALEST = 190.0
#: What is less than a fourth as dark as ink is the rest of a watermark or a seal.
_WHITE = 0.76
_NOISY = 8.0
_TINGE = 205
#: Shade is darker than this; where it covers this share of a page outside its text it hides some. More than the second
#: share is the uneven light of a photo, which is no more in the way.
_SHADE, _SHADED, _UNEVEN = 215, 0.005, 0.0125
#: Holes of a punch (ISO 838: 6 mm wide, 12 mm from the edge): how dark against paper, how wide as shares of the long
#: side, how much of the box around a disc is in it, and how far from the edge as a share of the short side.
_HOLE_DARK, _HOLES, _DISC, _MARGIN = 0.5, (4 / 297, 8.5 / 297), (0.7, 0.86), 20 / 210

#: The ink of a deepened page is darker than the first level somewhere within so many pixels; the strokes of a seal that
#: was scanned to grey are not, but darker than the second.
_CORE, _NEAR, _FAINTEST = 90, 5, 240
#: A seal's radius (17 to 25 mm), its least strokes (of the square of the page's long side), and how much beyond its
#: ring the outer edge lies. It is looked for on a page so many times smaller, with so many votes of the Hough
#: transform, and is one if this share of its ring is drawn.
_RADIUS, _LEAST_PALE, _OUTER = (17 / 297, 25 / 297), 0.0004, 1.06
_COARSE, _VOTES, _MOST_RINGS, _FAINT_RING, _CLOSED = 4, 14, 4, 20, 0.75


def without_seal(pixels: Pixels) -> Pixels:
    """The page in grey without red and orange ink: in red light it is pale, and what is pale there is left out."""
    blue, green, red = (pixels[:, :, channel].astype(np.int16) for channel in range(3))
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    redness = red - np.maximum(blue, green)
    if not (redness > _RED).any():
        return np.asarray(grey, np.uint8)
    # Compression smears colour more than light, so a seal's outline is redder beside itself than on itself.
    around = cv2.dilate(redness, np.ones((_SMEAR, _SMEAR), np.uint8))
    share = np.clip((around - _RED / 2) / _RED, 0, 1).astype(np.float32)
    paper = _paper(pixels[:, :, 2])
    depth = np.clip((1 - red / paper - _PALE_RED) / _BLACK_RED, 0, 1)
    return np.asarray(np.round(grey * (1 - share) + paper * (1 - depth) * share), np.uint8)


def _paper(channel: Pixels) -> npt.NDArray[np.float32]:
    """How light the paper is around each place, whatever is printed there."""
    small = cv2.resize(channel, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    lit = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    size = (channel.shape[1], channel.shape[0])
    return np.maximum(np.asarray(cv2.resize(lit, size, interpolation=cv2.INTER_LINEAR), np.float32), 1)


def without_holes(grey: Pixels) -> Pixels:
    """The page with the holes of a punch in its margin filled with paper."""
    long, broad = max(grey.shape), min(grey.shape)
    labels, parts = labelled(grey < _HOLE_DARK * float(np.median(grey[::8, ::8])))
    filled = grey
    for left, top, width, height, size, _, number in parts:
        round_one = _HOLES[0] * long < width < _HOLES[1] * long and abs(width - height) < 0.15 * width
        at_edge = min(left, top, grey.shape[1] - left - width, grey.shape[0] - top - height) < _MARGIN * broad
        if round_one and at_edge and _DISC[0] < size / (width * height) < _DISC[1]:
            around = cv2.dilate((labels == number).astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
            filled = np.where(around, np.median(grey[::8, ::8]), filled).astype(np.uint8)
    return filled


def on_white(grey: Pixels, *, shaded: bool = False) -> Pixels:
    """Ink on white: each place divided by the paper around it, as light as the brightest within a stroke's breadth.

    `shaded`: what is paler than ink and no thinner than its strokes is a watermark.
    """
    long = max(grey.shape)
    size = max(5, round(long * (_BROAD_IN_SHADE if shaded else _BROAD))) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    smooth = cv2.medianBlur(grey, 3)
    paper = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, kernel)
    paper = cv2.blur(paper, (size, size))
    floor = _DARKEST_PAPER * float(np.percentile(paper[::8, ::8], 90))
    return np.asarray(cv2.divide(grey, np.maximum(paper, np.uint8(max(floor, 1.0))), scale=255), np.uint8)


def deepened(grey: Pixels, boxes: Sequence[tuple[int, int, int, int]]) -> Pixels:
    """Ink on white with the ink as black as on a sharp copy.

    `boxes` (left, top, right, bottom) hold text, whose ink says how dark ink is on this page.
    """
    darks = [float(np.percentile(grey[top:bottom, left:right], _INK_SHARE)) for left, top, right, bottom in boxes]
    dark = min(float(np.median(darks)), _PALEST) if darks else 0.0
    white = dark + (255 - dark) * _WHITE
    return np.asarray(np.clip((grey.astype(np.float32) - dark) * (255 / (white - dark)), 0, 255), np.uint8)


def was_shaded(grey: Pixels, deepened: Pixels, boxes: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether deepening the ink took away so much else, as of a watermark, that text may have gone unseen in it."""
    cleared = (grey < _SHADE) & (deepened > _SHADE)
    for left, top, right, bottom in boxes:
        cleared[top:bottom, left:right] = False
    return _SHADED < float(cleared[::2, ::2].mean()) < _UNEVEN


def without_grey_seal(grey: Pixels) -> Pixels:
    """The deepened page without the strokes of a seal scanned to grey: paler than ink, and not beside any.

    What lies beneath the seal stays; a page without the ring of a seal comes back as it is.
    """
    core = cv2.dilate((grey < _CORE).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8)).astype(bool)
    pale = (grey < _FAINTEST) & ~core
    cleared = grey
    for x, y, radius in _rings(pale & (grey >= _CORE), pale | core, max(grey.shape)):
        disc = np.zeros(grey.shape, np.uint8)
        cv2.circle(disc, (x, y), radius, 1, -1)
        cleared = np.where((disc > 0) & pale, np.uint8(255), cleared)
    return cleared


def _rings(pale: npt.NDArray[np.bool_], drawn: npt.NDArray[np.bool_], long: int) -> Iterator[tuple[int, int, int]]:
    """Middle and radius of each ring as large as a seal: pale, but where ink runs across it."""
    if pale.sum() < _LEAST_PALE * long * long:
        return
    scale = 1 / _COARSE
    small, whole = (
        cv2.resize(each.astype(np.uint8) * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for each in (pale, drawn)
    )
    least, most = (round(share * long * scale) for share in _RADIUS)
    found = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, 1, least, param1=100, param2=_VOTES, minRadius=least, maxRadius=most
    )
    for x, y, radius in [] if found is None else found[0][:_MOST_RINGS]:
        around = np.zeros(small.shape, np.uint8)
        cv2.circle(around, (round(x), round(y)), round(radius), 1, 1)
        seen = cv2.dilate(whole, np.ones((3, 3), np.uint8))[around > 0] > _FAINT_RING
        if seen.mean() > _CLOSED:
            yield round(x * _COARSE), round(y * _COARSE), round(radius * _COARSE * _OUTER)


def is_noisy(grey: Pixels) -> bool:
    """Whether a page is strewn with the dust of a poor scanner."""
    return _noise(grey) > _NOISY


def _noise(grey: Pixels) -> float:
    """The standard deviation of noise, in levels: from the differences of neighbours, few of which are edges."""
    piece = grey[::4, :].astype(np.int16)
    return float(np.percentile(np.abs(np.diff(piece, axis=1)), 75)) / 0.95


def is_inked(grey: Pixels) -> npt.NDArray[np.bool_]:
    """Where the cleaned page bears ink for certain."""
    return np.asarray(grey < 150)


def is_tinged(grey: Pixels) -> npt.NDArray[np.bool_]:
    """Where the cleaned page bears ink, or the edge of ink."""
    return np.asarray(cv2.blur(grey, (3, 3)) < _TINGE)
