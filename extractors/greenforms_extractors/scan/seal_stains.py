"""Leaves out characters read from what is paler than the page's ink: the rest of a seal or a watermark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.ocr import Char, Recognised
from greenforms_extractors.scan.raster import Pixels

#: Ink is darkened to black (ink.deepened). What has nothing darker than the first level, specks left out, is pale if
#: a fourth of its line is as dark as the second: elsewhere the line is of thin type. Small signs are hardly darker than
#: paper.
_PALE, _BLACK, _SPECKS, _DARK_PART = 155, 60, 0.01, 0.25
_SMALL = frozenset("、。，；：．·.,;:-—_")
#: How far a character reaches to either side of its middle, as a share of the line's height.
_REACH = 0.4


def without_stains(line: Recognised, grey: Pixels, margin: int) -> Recognised:
    """The line without its pale characters. `grey` shows it, with `margin` pixels more at either end as recognised."""
    large = [char for char in line.chars if not _is_small(char)]
    black = _drawn(large, grey < _BLACK, margin)
    if black.sum() < _DARK_PART * len(large):
        return line
    pale = {char for char, drawn in zip(large, _drawn(large, grey < _PALE, margin), strict=True) if not drawn}
    return Recognised(tuple(char for char in line.chars if char not in pale)) if pale else line


def _is_small(char: Char) -> bool:
    return char.text.isspace() or char.text in _SMALL


def _drawn(chars: Sequence[Char], dark: npt.NDArray[np.bool_], margin: int) -> npt.NDArray[np.bool_]:
    """For each character whether more of its place is dark than a few specks."""
    high, wide = dark.shape
    middles = np.array([char.middle for char in chars]) * (wide + 2 * margin) - margin
    starts = np.clip((middles - _REACH * high).astype(int), 0, wide)
    ends = np.clip((middles + _REACH * high).astype(int) + 1, 0, wide)
    before = np.concatenate([[0], dark.sum(axis=0).cumsum()])
    return np.asarray(before[ends] - before[starts] > _SPECKS * high * (ends - starts))
