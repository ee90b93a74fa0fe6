"""Turns a page by quarters until its text stands upright."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.ocr import recognise, text_map, upright_odds
from greenforms_extractors.scan.raster import Pixels

#: Where the coarse map of the detector takes a pixel for text.
_TEXT = 0.3
#: Long side of the coarse look for text.
_COARSE = 640
#: So many lines are glanced at; if these do not seem to stand upright so probably, they are read both ways up, and the
#: page stays if they are read this surely as they stand.
_TRIED, _PROBABLY = 5, 0.6
_SURE = 0.93

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True)
class Upright:
    """A page stood upright: its pixels, the degrees clockwise it was turned by, and the map of its text."""

    pixels: Pixels
    turned: int
    text: npt.NDArray[np.float32]


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.asarray(cv2.rotate(pixels, _TURNS[degrees]), np.uint8) if degrees else pixels


def upright(pixels: Pixels) -> Upright:
    """Stand a page upright; one without text stays as it is."""
    text = text_map(pixels, _COARSE)
    degrees = 0
    if _lies(text):
        degrees = 90
        pixels, text = turned(pixels, 90), np.ascontiguousarray(np.rot90(text, -1))
    if _upside_down(pixels, text):
        degrees += 180
        pixels, text = turned(pixels, 180), np.ascontiguousarray(np.rot90(text, 2))
    return Upright(pixels, degrees, text)


def _lies(text: npt.NDArray[np.float32]) -> bool:
    """Whether more text runs down the page than across it."""
    long = [part for part in blobs(text > _TEXT) if max(part.width, part.height) > 2 * min(part.width, part.height)]
    down = sum(max(0, part.height - part.width) for part in long)
    return down > sum(max(0, part.width - part.height) for part in long)


def _upside_down(pixels: Pixels, text: npt.NDArray[np.float32]) -> bool:
    crops = list(_crops(pixels, text))
    if not crops or (len(crops) == _TRIED and np.mean([upright_odds(crop) for crop in crops]) > _PROBABLY):
        return False
    as_it_is = _score(crops)
    return as_it_is < _SURE and _score([turned(crop, 180) for crop in crops]) > as_it_is


def _score(crops: list[Pixels]) -> float:
    """Mean probability of the characters recognised, lines that yield few characters for their length counting less."""
    scores = []
    for crop, line in zip(crops, recognise(crops), strict=True):
        expected = crop.shape[1] / crop.shape[0] / 2
        scores.append(line.score * min(1.0, len(line.chars) / expected))
    return float(sum(scores) / len(scores))


def _crops(pixels: Pixels, text: npt.NDArray[np.float32]) -> Iterator[Pixels]:
    """Some short lines, with the margin that the map cuts off."""
    across, down = pixels.shape[1] / text.shape[1], pixels.shape[0] / text.shape[0]
    lines = [part for part in blobs(text > _TEXT) if part.width > 2.5 * part.height]
    lines.sort(key=lambda part: abs(part.width - 7 * part.height))
    for left, top, width, height, *_ in lines[:_TRIED]:
        grow = 0.8 * height
        rows = slice(max(0, int((top - grow) * down)), int((top + height + grow) * down) + 1)
        columns = slice(max(0, int((left - grow) * across)), int((left + width + grow) * across) + 1)
        yield pixels[rows, columns]
