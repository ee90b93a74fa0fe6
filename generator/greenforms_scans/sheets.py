"""Pictures of pages and the small operations all faults are made of. Pages are height × width × 3, blue-green-red."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Image = np.ndarray[Any, np.dtype[np.uint8]]
#: Numbers over a page, such as how much light comes through.
Field = np.ndarray[Any, np.dtype[Any]]


def pixels(millimetres: float, dpi: int) -> float:
    """A length on paper in pixels."""
    return millimetres / 25.4 * dpi


def as_bytes(page: Any) -> Image:
    """Any numbers as a picture, cut off at black and white."""
    found: Image = np.clip(np.rint(page), 0, 255).astype(np.uint8)
    return found


def multiplied(page: Image, light: Field) -> Image:
    """The page as seen through a filter: 1 lets all light through. `light` is height × width, or × 3."""
    return as_bytes(page * (light if light.ndim == 3 else light[..., None]))


def greyscale(page: Image) -> Image:
    """The page without colour, still with three channels."""
    return np.repeat(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)[..., None], 3, axis=2)


def clouds(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Field:
    """Soft noise from 0 to 1 whose blotches are about `size` pixels wide."""
    coarse = tuple(max(2, round(side / max(size, 1.0)) + 2) for side in shape)
    noise = rng.random(coarse, dtype=np.float32)
    soft = cv2.resize(noise, shape[::-1], interpolation=cv2.INTER_CUBIC)
    least, most = float(soft.min()), float(soft.max())
    return np.asarray((soft - least) / (most - least + 1e-6), dtype=np.float32)


def jpeg(page: Image, quality: int) -> Image:
    """The page after one round of JPEG."""
    written = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return as_bytes(cv2.imdecode(written, cv2.IMREAD_COLOR))


def blurred(page: Image, sigma: float) -> Image:
    """The page out of focus by a Gaussian of `sigma` pixels."""
    return as_bytes(cv2.GaussianBlur(page, (0, 0), sigma))


def grain(page: Image, rng: np.random.Generator, sigma: float) -> Image:
    """The page with a sensor's noise, the same in all channels but for a third of it."""
    common = rng.normal(0, sigma, page.shape[:2])[..., None]
    return as_bytes(page + common + rng.normal(0, sigma / 3, page.shape))
