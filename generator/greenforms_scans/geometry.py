"""Pages that lie otherwise than they should."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from greenforms_scans.sheets import Image, as_bytes

#: What a scanner sees beside the sheet: the white lid.
LID = (250, 250, 250)


def rotated(page: Image, degrees: float) -> Image:
    """The page askew, on a sheet large enough for nothing to be cut off beyond the paper's own margins."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return as_bytes(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=LID))


def askew(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Laid on the glass up to 2° askew, never quite straight."""
    return rotated(page, float(rng.uniform(0.4, 2.0) * rng.choice((-1, 1))))


def quarter_turned(page: Image, turns: int) -> Image:
    """The page turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(page, -turns))


def seen_from_aside(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A page photographed by a stand that is not quite level: corners off by up to 3 % of the sides."""
    height, width = page.shape[:2]
    corners = _corners(width, height)
    moved = corners + rng.uniform(0.002, 0.03, (4, 2)) * (width, height) * ((1, 1), (-1, 1), (-1, -1), (1, -1))
    return warped(page, corners, moved, (width, height), (205, 208, 210))


def warped(page: Image, corners: Any, moved: Any, size: tuple[int, int], around: tuple[int, int, int]) -> Image:
    """The page with its corners moved, on a background of one colour. `size` is width, height."""
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32))
    return as_bytes(cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=around))


def curled(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A page that does not lie flat: lines bend by up to 1 % of the height, most at one side."""
    height, width = page.shape[:2]
    across = np.linspace(0, np.pi, width, dtype=np.float32)
    bend = np.sin(across * rng.uniform(0.6, 1.0) + rng.uniform(0, 0.6)) * height * rng.uniform(0.003, 0.01)
    down = np.linspace(1.0, rng.uniform(0.3, 0.9), height, dtype=np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None] + down[:, None] * (bend - bend.mean())[None, :]
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    return as_bytes(
        cv2.remap(page, np.ascontiguousarray(columns), rows.astype(np.float32), cv2.INTER_CUBIC, borderValue=LID)
    )


def _corners(width: int, height: int) -> Any:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
