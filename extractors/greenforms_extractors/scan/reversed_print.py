"""Turns white print on coloured headings into black print on white, with the edge of the colour as a rule."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.raster import Pixels

#: The page is looked at so many times smaller for grounds darker than this share of the paper's light.
_SCALE, _DARK = 4, 0.72
#: A ground shows between its characters and beside them in squares of so many small pixels; type is thinner.
#: Its pieces are nearer to each other than characters are broad (share of the page's long side).
_SOLID, _APART = 3, 1 / 60
#: The sides of the ground of a heading as shares of the page's long side: flatter is a rule, taller a picture.
_FLATTEST, _TALLEST, _NARROWEST = 1 / 120, 1 / 14, 1 / 40
#: The share of a ground that is print: lighter than half way from ground to paper. What is darker than the ground by so
#: many levels is a rule, or print that is not reversed.
_LEAST_PRINT, _MOST_PRINT, _DARKER = 0.01, 0.4, 40
#: The share of a ground that is of its own tone, within as many levels.
_EVEN = 0.5
#: The print of a heading keeps from the upper and the lower edge of its ground: it has at most this share of them.
_AT_EDGE = 0.1
#: A row or column of pixels with more of that is a rule.
_RULE = 0.5


def righted(pixels: Pixels) -> Pixels:
    """The straight page (height × width × 3) with white print on dark headings as black print on white paper."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = float(np.percentile(grey[::8, ::8], 90))
    right = pixels
    for place in _grounds(grey, paper):
        inside = grey[place].astype(np.float32)
        ground = float(np.median(inside))
        if _is_reversed(inside[_SCALE:-_SCALE, _SCALE:-_SCALE], ground, paper):
            right = pixels.copy() if right is pixels else right
            right[place] = _reversed(inside, ground, paper)[..., None]
    return right


def _is_reversed(inner: npt.NDArray[np.float32], ground: float, paper: float) -> bool:
    """Whether a place is of one dark tone with lighter print upon it."""
    printed = float((inner > (ground + paper) / 2).mean())
    even = float((np.abs(inner - ground) < _DARKER).mean())
    edges = np.concatenate([inner[_SCALE : 2 * _SCALE], inner[-2 * _SCALE : -_SCALE]]) > (ground + paper) / 2
    if not edges.size or float(edges.mean()) > _AT_EDGE:
        return False
    toned = ground < _DARK * paper and even > _EVEN
    return toned and _LEAST_PRINT < printed < _MOST_PRINT and _dark_print(inner < ground - _DARKER) < printed


def _dark_print(dark: npt.NDArray[np.bool_]) -> float:
    """The share that is dark, without rules from side to side."""
    inner = dark[dark.mean(axis=1) < _RULE][:, dark.mean(axis=0) < _RULE]
    return float(inner.mean()) if inner.size else 0.0


def _grounds(grey: Pixels, paper: float) -> Iterator[tuple[slice, slice]]:
    """Where the page is dark in broad low rectangles."""
    long, (height, width) = max(grey.shape), grey.shape
    size = (max(1, width // _SCALE), max(1, height // _SCALE))
    dark = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA) < _DARK * paper, np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8))
    reach = max(3, round(long * _APART / _SCALE)) | 1
    for part in blobs(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))):
        high, wide = part.height * _SCALE / long, part.width * _SCALE / long
        if _FLATTEST < high < _TALLEST and wide > _NARROWEST and 2 * dark[part.box].mean() > 1:
            rows, columns = part.box
            yield (
                slice(rows.start * _SCALE, min(height, rows.stop * _SCALE)),
                slice(columns.start * _SCALE, min(width, columns.stop * _SCALE)),
            )


def _reversed(inside: npt.NDArray[np.float32], ground: float, paper: float) -> Pixels:
    light = np.clip((inside - ground) / max(paper - ground, 1.0), 0, 1)
    turned = np.where(inside < ground - _DARKER, inside, 255 * (1 - light))
    for edge in (turned[:2], turned[-2:], turned[:, :2], turned[:, -2:]):
        edge[...] = 0
    return np.asarray(turned, np.uint8)
