"""The connected parts of a mask: pixels that touch at a side or a corner."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt


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


def labelled(mask: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int32], list[Blob]]:
    """For each pixel the number of its part, 0 where there is none; and the parts."""
    if not mask.size:  # the library behind this crashes on a mask without pixels
        return np.zeros(mask.shape, np.int32), []
    count, labels, stats, middles = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    boxes = stats[1:count].tolist()
    return np.asarray(labels, np.int32), [
        Blob(left, top, width, height, size, float(middles[number][1]), number)
        for number, (left, top, width, height, size) in enumerate(boxes, 1)
    ]
