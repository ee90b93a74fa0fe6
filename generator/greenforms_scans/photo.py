"""A page on a desk as a telephone's camera sees it."""

from __future__ import annotations

import cv2
import numpy as np

from greenforms_scans.geometry import curled
from greenforms_scans.sheets import Field, Image, as_bytes, blurred, clouds, grain, jpeg, multiplied, pixels


def photographed(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Held by hand over a desk: perspective, light from one side, the hand's shadow, soft focus, JPEG 70."""
    height, width = page.shape[:2]
    size = round(width * 1.14), round(height * 1.12)
    flat = curled(page, rng, dpi) if rng.random() < 0.6 else page
    moved = _held_corners(size, rng)
    matrix = cv2.getPerspectiveTransform(_corners((width, height)), moved)
    sheet = cv2.warpPerspective(multiplied(flat, _paper(rng, height, width)), matrix, size, flags=cv2.INTER_CUBIC)
    where = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size, flags=cv2.INTER_LINEAR)[..., None]
    desk = _desk(rng, size) * (1 - _shadow(where[..., 0], rng, dpi)[..., None])
    scene = multiplied(as_bytes(sheet * where + desk * (1 - where)), _light(rng, size))
    warm = np.array((rng.uniform(0.86, 0.95), rng.uniform(0.95, 0.98), 1.0), dtype=np.float32)
    seen = as_bytes(blurred(scene, pixels(float(rng.uniform(0.07, 0.12)), dpi)) * warm)
    return jpeg(grain(seen, rng, float(rng.uniform(4, 7))), 70)


def _corners(size: tuple[int, int]) -> Field:
    return np.array([(0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])], dtype=np.float32)


def _held_corners(size: tuple[int, int], rng: np.random.Generator) -> Field:
    """Where the sheet's corners are in the picture: a phone tilted back or aside and turned a little."""
    width, height = size
    inset = np.array(((0.06, 0.05), (0.94, 0.05), (0.94, 0.95), (0.06, 0.95))) + rng.uniform(-0.02, 0.02, (4, 2))
    tilt = rng.uniform(-0.035, 0.035)
    inset[:, 0] += np.array((tilt, -tilt, 0, 0))
    angle = np.radians(rng.uniform(-2.2, 2.2))
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
    points = (inset - 0.5) * (width, height) @ turn.T + np.array((width, height)) / 2
    return np.clip(points, (4, 4), (width - 4, height - 4)).astype(np.float32)


def _paper(rng: np.random.Generator, height: int, width: int) -> Field:
    """Paper is not quite white and a little wavy."""
    waves = clouds(rng, (height, width), width / 5)
    return np.asarray(0.9 + 0.05 * waves, dtype=np.float32)


def _desk(rng: np.random.Generator, size: tuple[int, int]) -> Field:
    """A wooden, grey or dark desk with grain along it."""
    colours = ((96, 132, 172), (70, 98, 140), (118, 120, 124), (52, 50, 54), (150, 168, 184))
    colour = np.array(colours[int(rng.integers(0, len(colours)))], dtype=np.float32)
    width, height = size
    lines = cv2.resize(rng.random((max(2, height // 6), 6), dtype=np.float32), size, interpolation=cv2.INTER_CUBIC)
    wood = 0.86 + 0.2 * lines + 0.08 * clouds(rng, (height, width), width / 8)
    return np.asarray(colour * wood[..., None], dtype=np.float32)


def _shadow(where: Field, rng: np.random.Generator, dpi: int) -> Field:
    """The shadow that the sheet's edge throws on the desk."""
    offset = np.array(((1, 0, pixels(1.2, dpi) * rng.choice((-1, 1))), (0, 1, pixels(1.4, dpi))), dtype=np.float32)
    thrown = cv2.warpAffine(where, offset, where.shape[::-1])
    return np.asarray(0.55 * cv2.GaussianBlur(thrown, (0, 0), pixels(1.3, dpi)), dtype=np.float32)


def _light(rng: np.random.Generator, size: tuple[int, int]) -> Field:
    """A lamp or window on one side, darker corners, and the soft edge of the hand's or the telephone's shadow."""
    width, height = size
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    angle = rng.uniform(0, 2 * np.pi)
    slope = 0.82 + rng.uniform(0.15, 0.4) * (across * np.cos(angle) + down * np.sin(angle))
    corners = 1 - 0.35 * (across**2 + down**2)
    edge = rng.uniform(-0.15, 0.35) + 0.12 * np.sin(across * rng.uniform(3, 7) + rng.uniform(0, 6))
    hand = 1 - rng.uniform(0.1, 0.38) / (1 + np.exp(-(down - edge) * rng.uniform(18, 45)))
    return np.asarray(np.clip(slope * corners * hand * 1.12, 0.12, 1.0), dtype=np.float32)
