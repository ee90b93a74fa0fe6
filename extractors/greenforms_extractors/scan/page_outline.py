"""Finds the sheet of paper in a photo: four straight edges at which a darker desk ends.

Edges are looked for, not brightness: the shadow of the hand that holds the telephone makes paper as dark as the desk.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.raster import Pixels

Corners = npt.NDArray[np.float64]
_Line = tuple[float, float]

_LOOK = 512
#: An edge lies in the outer part of the picture, is a step of this much light (natural
#: logarithm), and most rows show it.
_OUTER = 0.35
_STEP = 0.07
_SHOWN = 0.55
_NEAR = 2.5
_STEEPEST = 0.25
_REACH = 4
_TRIES = 80


def sheet(pixels: Pixels) -> Corners | None:
    """The corners (4×2, clockwise from the top left) in pixels of the sheet; None where the page is the picture."""
    factor = _LOOK / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    # Ink is no edge: each place counts as the lightest around it.
    grey = cv2.morphologyEx(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    light = np.log(np.maximum(grey.astype(np.float32), 8))
    height, width = light.shape
    left, right = _edge(light), _edge(light[:, ::-1])
    top, bottom = _edge(light.T), _edge(light.T[:, ::-1])
    if left is None or right is None or top is None or bottom is None:
        return None
    right, bottom = (-right[0], width - right[1]), (-bottom[0], height - bottom[1])
    corners = [_crossing(left, top), _crossing(right, top), _crossing(right, bottom), _crossing(left, bottom)]
    return np.asarray(np.array(corners) / factor, np.float64)


def _edge(light: npt.NDArray[np.float32]) -> _Line | None:
    """The left edge of the sheet as x = slope · y + offset; None where too few rows show one step of light."""
    outer = np.ascontiguousarray(light[:, : int(light.shape[1] * _OUTER)])
    mean = cv2.blur(outer, (_REACH, 1), anchor=(0, 0), borderType=cv2.BORDER_REPLICATE)
    step = mean[:, _REACH:] - mean[:, :-_REACH]
    places = step.argmax(axis=1)
    rows = np.flatnonzero(step[np.arange(len(step)), places] > _STEP)
    if len(rows) < _SHOWN * len(light):
        return None
    return _line_through(rows.astype(np.float64), places[rows].astype(np.float64) + _REACH, len(light))


def _line_through(rows: npt.NDArray[np.float64], places: npt.NDArray[np.float64], height: int) -> _Line | None:
    """The line that most points lie on (random sample consensus, Fischler and Bolles 1981, with fixed samples)."""
    generator = np.random.default_rng(0)
    best = np.zeros(len(rows), bool)
    for one, other in generator.integers(0, len(rows), (_TRIES, 2)):
        run = rows[other] - rows[one]
        if abs(run) < height / 5 or abs(places[other] - places[one]) > _STEEPEST * abs(run):
            continue
        slope = (places[other] - places[one]) / run
        near = np.abs(places - places[one] - slope * (rows - rows[one])) < _NEAR
        best = near if near.sum() > best.sum() else best
    if best.sum() < _SHOWN * height:
        return None
    slope, offset = np.polyfit(rows[best], places[best], 1)
    return float(slope), float(offset)


def _crossing(upright: _Line, level: _Line) -> tuple[float, float]:
    """Where x = a·y + b meets y = c·x + d."""
    x = (upright[0] * level[1] + upright[1]) / (1 - upright[0] * level[0])
    return x, level[0] * x + level[1]
