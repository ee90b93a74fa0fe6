"""The connected parts of a mask: pixels that touch at a side or a corner."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

#: How many numbers there are of 16 bits.
_SMALL_NUMBERS = 2**16


class Blob(NamedTuple):
    """A part: its box in pixels; how many pixels it has; its middle row; its number in the labels, from 1."""

    left: int
    top: int
    width: int
    height: int
    size: int
    middle: float
    number: int

    @property
    def box(self) -> tuple[slice, slice]:
        """The rows and columns of its box."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)


def blobs(mask: npt.NDArray[Any]) -> list[Blob]:
    """The parts of a mask."""
    return labelled(mask)[1]


def labelled(mask: npt.NDArray[Any]) -> tuple[npt.NDArray[np.integer[Any]], list[Blob]]:
    """For each pixel the number of its part, 0 where there is none; and the parts."""
    if not mask.size:  # the library behind this crashes on a mask without pixels
        return np.zeros(mask.shape, np.int32), []
    marked = mask.astype(np.uint8)
    # Small numbers are written thrice as fast, but not more than there are; every part begins somewhere in a row.
    begun = int((marked[:, 1:] > marked[:, :-1]).sum()) + len(marked)
    count, labels, stats, middles = cv2.connectedComponentsWithStats(
        marked, connectivity=8, ltype=cv2.CV_16U if begun < _SMALL_NUMBERS else cv2.CV_32S
    )
    boxes = stats[1:count].tolist()
    return np.asarray(labels), [
        Blob(left, top, width, height, size, float(middles[number][1]), number)
        for number, (left, top, width, height, size) in enumerate(boxes, 1)
    ]
