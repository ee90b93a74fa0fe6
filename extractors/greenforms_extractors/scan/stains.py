"""Leaves out characters read from what is paler than the page's ink: the rest of a seal or a watermark."""

from __future__ import annotations

import numpy as np

from greenforms_extractors.scan.ocr import Char, Recognised
from greenforms_extractors.scan.raster import Pixels

#: Ink is darkened to black (ink.deepened). What has nothing darker than the first level is pale if the darkest fourth
#: of its line is as dark as the second: elsewhere the line is of thin type. Small signs are hardly darker than paper.
_PALE, _BLACK = 155, 60
_SMALL = frozenset("、。，；：．·.,;:-—_")
#: How far a character reaches to either side of its middle, as a share of the line's height.
_REACH = 0.4


def without_stains(line: Recognised, grey: Pixels, margin: int) -> Recognised:
    """The line without its pale characters. `grey` shows it, with `margin` pixels more at either end as recognised."""
    darkest = {char: _darkest(char, grey, margin) for char in line.chars if not _is_small(char)}
    if not darkest or np.percentile(list(darkest.values()), 25) > _BLACK:
        return line
    return Recognised(tuple(char for char in line.chars if darkest.get(char, 0.0) < _PALE))


def _is_small(char: Char) -> bool:
    return char.text.isspace() or char.text in _SMALL


def _darkest(char: Char, grey: Pixels, margin: int) -> float:
    """How dark the darkest parts of a character are."""
    high, wide = grey.shape
    middle = char.middle * (wide + 2 * margin) - margin
    start, end = int(middle - _REACH * high), int(middle + _REACH * high) + 1
    inside = grey[:, max(0, start) : min(wide, end)]
    return float(np.percentile(inside, 1)) if inside.size else 255.0
