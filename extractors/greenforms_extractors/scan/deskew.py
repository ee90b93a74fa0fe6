"""Sets a page straight: what is level on paper becomes level in the picture, what is upright becomes upright.

Ruled lines and lines of text are level; rules and page edges are upright. From each family the point where it meets
is fitted (Hartley and Zisserman, Multiple View Geometry, 8.6); sending both to
infinity undoes rotation and perspective.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.page_outline import Corners, sheet
from greenforms_extractors.scan.raster import LONG_SIDE, Pixels

Matrix = npt.NDArray[np.float64]

_STEEPEST = 0.27  # 15 degrees
#: Segments shorter than this share of the page's width say too little about direction.
_SHORTEST = 0.06
_FEWEST = 3
#: Fewer lines than that still tell the rotation when they are together this share of the page's width.
_TELLING = 0.4
#: A page turned by less than this stays within two pixels from edge to edge.
_LEVEL = 0.0012
_SPREAD = 0.008
#: Lines of one family are off its middle slope by no more than this, or than the sides of the sheet are.
_FAN = 0.06


@dataclass(frozen=True, slots=True)
class _Family:
    """Lines that run one way on paper, with the sides of the sheet that do: each x0, y0, x1, y1."""

    printed: Sequence[Sequence[float]]
    sides: Sequence[Sequence[float]]

    @property
    def lines(self) -> list[Sequence[float]]:
        """All of them, the sides last."""
        return [*self.printed, *self.sides]


@dataclass(frozen=True, slots=True)
class Straight:
    """A straightened picture; `matrix` (3×3) takes a point of the original picture to it."""

    pixels: Pixels
    matrix: Matrix

    @property
    def scale(self) -> float:
        """Pixels of the straight picture for one of the original, at its middle."""
        height, width = self.pixels.shape[:2]
        left, top, right, bottom = self.back((width / 2 - 50, height / 2 - 50, width / 2 + 50, height / 2 + 50))
        return 100 / float(max(1e-6, (right - left) * (bottom - top)) ** 0.5)

    def back(self, rect: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """The box in the original picture around a box of the straightened one."""
        left, top, right, bottom = rect
        corners = np.array([[[left, top]], [[right, top]], [[right, bottom]], [[left, bottom]]], np.float64)
        found = cv2.perspectiveTransform(corners, np.linalg.inv(self.matrix)).reshape(4, 2)
        low, high = found.min(axis=0), found.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def straightened(pixels: Pixels, text: npt.NDArray[np.float32]) -> Straight:
    """The page set straight, at the size it is read at. `text` is the detector's map of the picture (any size)."""
    corners = sheet(pixels)
    pixels, factor = _sized(pixels, corners)
    corners = None if corners is None else corners * factor
    height, width = pixels.shape[:2]
    segments = _segments(pixels if corners is None else _without_desk(pixels, corners))
    level = [*_long(segments, width, across=True), *_text_lines(text, width, height)]
    upright = _long(segments, width, across=False)
    matrix = _rectifying(
        _Family(level, _sides(corners, across=True)), _Family(upright, _sides(corners, across=False)), width, height
    )
    scale = np.diag([factor, factor, 1.0])
    if matrix is None and corners is None:
        return Straight(pixels, scale)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    matrix, size = _kept_whole(np.eye(3) if matrix is None else matrix, whole if corners is None else corners)
    turned = cv2.warpPerspective(
        pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )
    return Straight(np.asarray(turned, np.uint8), matrix @ scale)


def _sized(pixels: Pixels, corners: Corners | None) -> tuple[Pixels, float]:
    """The picture scaled so that its sheet is as long as a page is read at; small ones grow a little only."""
    long = max(pixels.shape[:2]) if corners is None else np.linalg.norm(np.diff(corners, axis=0), axis=1).max()
    factor = min(1.4, LONG_SIDE / float(long))
    if 0.95 < factor < 1.05:
        return pixels, 1.0
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=way), np.uint8), factor


def _without_desk(pixels: Pixels, corners: Corners) -> Pixels:
    """The picture with what lies around the sheet painted in the sheet's own middle tone."""
    mask = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    plain = np.empty_like(pixels)
    plain[:] = np.median(pixels[mask.astype(bool)][::97], axis=0)
    return np.where(mask[:, :, None].astype(bool), pixels, plain)


def _sides(corners: Corners | None, *, across: bool) -> list[Sequence[float]]:
    if corners is None:
        return []
    pairs = [(0, 1), (3, 2)] if across else [(0, 3), (1, 2)]
    return [(*corners[one], *corners[other]) for one, other in pairs]


def _segments(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Straight edges of the picture at half size, in full-size pixels: rows of x0, y0, x1, y1."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(small)[0]
    return np.zeros((0, 4)) if found is None else found.reshape(-1, 4).astype(np.float64) * 2


def _long(segments: npt.NDArray[np.float64], width: int, *, across: bool) -> list[Sequence[float]]:
    """The segments that run along the page, or down it, far enough."""
    run = segments[:, 2:] - segments[:, :2]
    main, side = (run[:, 0], run[:, 1]) if across else (run[:, 1], run[:, 0])
    keep = (np.abs(main) > _SHORTEST * width) & (np.abs(side) < _STEEPEST * np.abs(main))
    return [tuple(row) for row in segments[keep]]


def _text_lines(text: npt.NDArray[np.float32], width: int, height: int) -> list[Sequence[float]]:
    """The middle line of each long line of text."""
    across, down = width / text.shape[1], height / text.shape[0]
    contours, _ = cv2.findContours((text > 0.3).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    lines: list[Sequence[float]] = []
    for contour in contours:
        points = contour.reshape(-1, 2).astype(np.float64) * (across, down)
        run = points[:, 0].max() - points[:, 0].min()
        if run < 2 * _SHORTEST * width:
            continue
        slope, offset = np.polyfit(points[:, 0], points[:, 1], 1)
        if abs(slope) < _STEEPEST:
            left, right = points[:, 0].min(), points[:, 0].max()
            lines.append((left, slope * left + offset, right, slope * right + offset))
    return lines


def _rectifying(level: _Family, upright: _Family, width: int, height: int) -> Matrix | None:
    """The projective map that levels the one family and raises the other; None where the page stands straight."""
    if len(level.lines) < _FEWEST and sum(abs(line[2] - line[0]) for line in level.lines) < width * _TELLING:
        return None
    size = float(max(width, height))
    shift = np.array([[2 / size, 0, -width / size], [0, 2 / size, -height / size], [0, 0, 1]])
    flat = _meeting(level, shift) if len(level.lines) >= _FEWEST else _direction(level.lines)
    steep = _meeting(upright, shift) if len(upright.lines) >= _FEWEST else np.array([-flat[1], flat[0], 0.0])
    horizon = np.cross(flat, steep)
    horizon /= horizon[2]
    bend = np.array([[1, 0, 0], [0, 1, 0], horizon])
    across, upward = bend @ flat, bend @ steep
    axes = np.array([across[:2] / np.linalg.norm(across[:2]), upward[:2] / np.linalg.norm(upward[:2])]).T
    axes *= np.sign([axes[0, 0], axes[1, 1]])
    lay = np.eye(3)
    lay[:2, :2] = np.linalg.inv(axes)
    whole = np.linalg.inv(shift) @ lay @ bend @ shift
    straight = max(abs(axes[0, 1]), abs(axes[1, 0]), np.abs(horizon[:2]).max()) < _LEVEL
    return None if straight else whole / whole[2, 2]


def _direction(lines: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    """The point (homogeneous, infinitely far) that lines too few to meet run towards."""
    across, down = (sum(line[end] - line[end - 2] for line in lines) for end in (2, 3))
    return np.array([across, down, 0.0]) / float(np.hypot(across, down))


def _meeting(family: _Family, shift: Matrix) -> npt.NDArray[np.float64]:
    """The point (homogeneous) that lines meet in, long ones counting more; lines that miss it are left out."""
    ends = np.array(family.lines, np.float64).reshape(-1, 2, 2)
    lengths = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    points = np.concatenate([ends, np.ones((len(ends), 2, 1))], axis=2) @ shift.T
    rays = np.cross(points[:, 0], points[:, 1])
    rays /= np.linalg.norm(rays[:, :2], axis=1, keepdims=True)
    middles = points.mean(axis=1)
    keep = _of_one_direction(ends, lengths, len(family.sides))
    for _ in range(4):
        weighted = rays[keep] * lengths[keep, None]
        point = np.linalg.eigh(weighted.T @ weighted)[1][:, 0]
        towards = point[:2] - point[2] * middles[:, :2]
        along = np.stack([rays[:, 1], -rays[:, 0]], axis=1)
        norm = np.linalg.norm(towards, axis=1) * np.linalg.norm(along, axis=1)
        off = np.abs(towards[:, 0] * along[:, 1] - towards[:, 1] * along[:, 0]) / np.maximum(norm, 1e-12)
        closer = keep & (off < _SPREAD) if (keep & (off < _SPREAD)).sum() >= _FEWEST else keep
        if (closer == keep).all():
            break
        keep = closer
    return np.asarray(point, np.float64)


def _of_one_direction(
    ends: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64], sides: int
) -> npt.NDArray[np.bool_]:
    """Lines near the middle direction, by length: a stroke of a pen is no evidence. The last are the sheet's sides."""
    run = ends[:, 1] - ends[:, 0]
    across = np.abs(run[:, 0]).sum() > np.abs(run[:, 1]).sum()
    slopes = run[:, 1] / run[:, 0] if across else run[:, 0] / run[:, 1]
    order = np.argsort(slopes)
    total = np.cumsum(lengths[order])
    middle = slopes[order][int(np.searchsorted(total, total[-1] / 2))]
    off = np.abs(slopes - middle)
    return np.asarray(off <= max([_FAN, *off[len(off) - sides :]]))


def _kept_whole(matrix: Matrix, corners: Corners) -> tuple[Matrix, tuple[int, int]]:
    """The map moved and scaled so that what lies between the corners keeps its size and none of it is cut off."""
    found = cv2.perspectiveTransform(corners.reshape(-1, 1, 2), matrix).reshape(4, 2)
    low, high = found.min(axis=0), found.max(axis=0)
    before = (corners.max(axis=0) - corners.min(axis=0)).max()
    scale = min(1.25, 1.25 * before / max(high - low), max(1.0, before / max(high - low)))
    move: Any = np.array([[scale, 0, -low[0] * scale], [0, scale, -low[1] * scale], [0, 0, 1]])
    size = (round((high[0] - low[0]) * scale), round((high[1] - low[1]) * scale))
    return move @ matrix, size
