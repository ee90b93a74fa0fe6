"""Pen strokes over a filled form: a signature, a ring around something, a line under it, a tick in the margin."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from greenforms_scans.seal import busy_place
from greenforms_scans.sheets import Field, Image, as_bytes, pixels

#: Blue and black ink, blue-green-red.
_INKS = ((120, 42, 26), (150, 60, 20), (38, 34, 36), (30, 30, 30))


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with pen strokes, and the box they lie in: left, top, right, bottom in pixels."""

    page: Image
    box: tuple[int, int, int, int]


def penned(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A page with pen strokes over one cell or in the margin."""
    return pen_marked(page, rng, dpi).page


def pen_marked(page: Image, rng: np.random.Generator, dpi: int) -> Marked:
    """The same page together with the place of the strokes, whose fields no reader can be asked for."""
    strokes = _strokes(rng)
    side = round(pixels(float(rng.uniform(18, 34)), dpi))
    if rng.random() < 0.7:
        x, y = busy_place(page, rng, side)
    else:
        x, y = page.shape[1] - pixels(14, dpi), float(rng.uniform(0.2, 0.8)) * page.shape[0]
    ink = np.zeros(page.shape[:2], dtype=np.float32)
    for stroke in strokes:
        _draw(ink, stroke * side + (x, y), rng, dpi)
    dark = cv2.GaussianBlur(ink, (0, 0), max(0.5, pixels(0.06, dpi)))
    colour = np.array(_INKS[int(rng.integers(0, len(_INKS)))], dtype=np.float32) / 255
    marked = as_bytes(page * (1 - dark[..., None] * (1 - colour) * rng.uniform(0.82, 0.97)))
    down, across = np.nonzero(ink > 0)
    return Marked(marked, (int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1))


def _strokes(rng: np.random.Generator) -> list[Field]:
    """Lines of points around 0, in a square from -0.5 to 0.5."""
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return [_ring(rng)]
    if kind == 1:
        return [_underline(rng), _underline(rng) + np.array((0, 0.06))]
    if kind == 2:
        tick = np.array(((-0.25, 0.0), (-0.08, 0.22), (0.3, -0.35)), dtype=np.float32)
        return [_smooth(tick + rng.normal(0, 0.02, tick.shape).astype(np.float32), 24)]
    return _signature(rng)


def _ring(rng: np.random.Generator) -> Field:
    angle = np.linspace(0, 2 * np.pi * rng.uniform(1.02, 1.15), 90) + rng.uniform(0, 6)
    wobble = 1 + 0.05 * np.sin(angle * 2 + rng.uniform(0, 6)) + np.linspace(0, 0.08, angle.size)
    return np.stack((0.5 * np.cos(angle) * wobble, 0.24 * np.sin(angle) * wobble), axis=1).astype(np.float32)


def _underline(rng: np.random.Generator) -> Field:
    across = np.linspace(-0.5, 0.5, 60)
    waves = 0.012 * np.sin(across * rng.uniform(5, 14) + rng.uniform(0, 6)) + across * rng.normal(0, 0.03)
    return np.stack((across, waves + 0.1), axis=1).astype(np.float32)


def _signature(rng: np.random.Generator) -> list[Field]:
    """Two or three signs of a running hand: quick strokes that overlap, each character further right."""
    strokes = []
    count = int(rng.integers(2, 4))
    for number in range(count):
        left = -0.5 + number / count
        for _ in range(int(rng.integers(3, 6))):
            points = rng.uniform((0.0, -0.22), (1.0 / count, 0.22), (int(rng.integers(3, 6)), 2))
            points[:, 0] = np.sort(points[:, 0]) if rng.random() < 0.6 else points[:, 0]
            strokes.append(_smooth(np.add(points, (left, 0)).astype(np.float32), 40))
    return strokes


def _smooth(points: Field, count: int) -> Field:
    """A curve through the points (Catmull-Rom)."""
    padded = np.concatenate((points[:1], points, points[-1:]))
    found = []
    for number in range(len(points) - 1):
        before, start, end, after = padded[number : number + 4]
        t = np.linspace(0, 1, count, endpoint=False, dtype=np.float32)[:, None]
        found.append(
            0.5 * (2 * start + (end - before) * t + (2 * before - 5 * start + 4 * end - after) * t**2
                   + (3 * start - before - 3 * end + after) * t**3)
        )  # fmt: skip
    return np.concatenate((*found, points[-1:])).astype(np.float32)


def _draw(ink: Field, line: Field, rng: np.random.Generator, dpi: int) -> None:
    """One stroke of 0.35 to 0.75 mm that swells and thins out at its end."""
    base = pixels(float(rng.uniform(0.35, 0.75)), dpi)
    swell = base * (0.75 + 0.35 * np.sin(np.linspace(0.2, np.pi * rng.uniform(1, 2.2), len(line))))
    for number in range(len(line) - 1):
        start, end = (tuple(round(float(value) * 16) for value in line[step]) for step in (number, number + 1))
        cv2.line(ink, start, end, 1.0, max(1, round(float(swell[number]))), cv2.LINE_AA, 4)
