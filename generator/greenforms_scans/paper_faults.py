"""What happens to paper: holes, folds, staples, watermarks."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw

from greenforms_scans.pools import pool
from greenforms_scans.seal import song_face
from greenforms_scans.sheets import Field, Image, as_bytes, clouds, multiplied, pixels


def watermarked(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Large light-grey words from corner to corner, printed under the text."""
    height, width = page.shape[:2]
    words = str(rng.choice(pool("watermarks")))
    size = round(min(pixels(34, dpi), width * 1.05 / len(words)))
    room = round((height**2 + width**2) ** 0.5)
    sheet = Picture.new("L", (room, room), 255)
    draw = ImageDraw.Draw(sheet)
    grey = int(rng.integers(168, 212))
    lines = int(rng.integers(1, 4))
    for line in range(lines):
        y = room / 2 + (line - (lines - 1) / 2) * size * 2.6
        draw.text((room / 2, y), words, fill=grey, font=song_face(size), anchor="mm")
    turned = sheet.rotate(float(rng.uniform(35, 52)), resample=Picture.Resampling.BICUBIC, fillcolor=255)
    left, top = (room - width) // 2, (room - height) // 2
    light = np.asarray(turned.crop((left, top, left + width, top + height)), dtype=np.float32) / 255
    return multiplied(page, light)


def punched(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Two holes of 6 mm, 80 mm apart and 12 mm from the left edge (ISO 838), sometimes four."""
    height = page.shape[0]
    found = page.copy()
    gap, radius = pixels(80, dpi), pixels(3, dpi)
    count = int(rng.choice((2, 2, 4)))
    dark = bool(rng.random() < 0.6)
    x = pixels(12, dpi) + rng.normal(0, pixels(0.8, dpi))
    for number in range(count):
        y = height / 2 + (number - (count - 1) / 2) * gap
        _hole(found, (round(x), round(y)), round(radius), dark=dark, dpi=dpi)
    return found


def _hole(page: Image, centre: tuple[int, int], radius: int, *, dark: bool, dpi: int) -> None:
    shade = max(1, round(pixels(0.5, dpi)))
    if dark:
        cv2.circle(page, centre, radius, (28, 28, 30), -1, cv2.LINE_AA)
        return
    cv2.circle(page, (centre[0] - shade, centre[1] - shade), radius, (120, 120, 122), -1, cv2.LINE_AA)
    cv2.circle(page, centre, radius - shade // 2, (244, 244, 244), -1, cv2.LINE_AA)
    cv2.circle(page, centre, radius, (168, 168, 168), max(1, shade // 3), cv2.LINE_AA)


def folded(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Folded once or twice for the envelope: a crease with a dark and a light side, cracked toner, a slight step."""
    found = page
    thirds = rng.random() < 0.5
    for share in (1 / 3, 2 / 3) if thirds else (0.5,):
        found = _creased(found, rng, dpi, share + float(rng.normal(0, 0.012)))
    if rng.random() < 0.35:
        turned = np.ascontiguousarray(found.transpose(1, 0, 2))
        found = np.ascontiguousarray(_creased(turned, rng, dpi, 0.5).transpose(1, 0, 2))
    return found


def _creased(page: Image, rng: np.random.Generator, dpi: int, share: float) -> Image:
    """One crease from side to side at that share of the height."""
    height, width = page.shape[:2]
    drift = np.cumsum(rng.normal(0, 0.05, width)) + rng.uniform(-1, 1) * np.linspace(-0.5, 0.5, width) * width * 0.012
    line = (height * share + drift).astype(np.float32)
    distance = (np.arange(height, dtype=np.float32)[:, None] - line[None, :]) / np.float32(pixels(1, dpi))
    slopes = 0.05 * np.exp(-np.abs(distance) / 5) * (distance > 0) - 0.16 * np.exp(distance / 2.6) * (distance < 0)
    light = 1 + np.nan_to_num(slopes) - 0.34 * np.exp(-((distance + 0.12) ** 2) / 0.035)
    cracked = (np.abs(distance) < 0.16) & (clouds(rng, (height, width), 2.5) > 0.45)
    toner = np.where(cracked, np.float32(0.72), np.float32(0))[..., None]
    worn = page + (235.0 - page) * toner
    return multiplied(_stepped(as_bytes(worn), distance, rng, dpi), light.astype(np.float32))


def _stepped(page: Image, distance: Field, rng: np.random.Generator, dpi: int) -> Image:
    """The flap behind the crease stands up a little: its first lines look shorter and lie a little aside."""
    height, width = page.shape[:2]
    rise = np.where(distance > 0, np.exp(-np.abs(distance) / 7), 0).astype(np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None] - rise * np.float32(pixels(float(rng.uniform(0.1, 0.5)), dpi))
    shift = np.float32(pixels(float(rng.uniform(-0.25, 0.25)), dpi))
    columns = np.arange(width, dtype=np.float32)[None, :] + np.where(distance > 0, shift, np.float32(0))
    return as_bytes(cv2.remap(page, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def stapled(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A staple of 12 mm with its shadow in the top left corner, and the mark of the corner once turned over."""
    found = page.copy()
    middle = np.array((pixels(13, dpi), pixels(13, dpi))) + rng.normal(0, pixels(2, dpi), 2)
    angle = np.radians(-45 + rng.normal(0, 14))
    half = np.array((np.cos(angle), np.sin(angle))) * pixels(6, dpi)
    shadow = np.zeros(page.shape[:2], dtype=np.float32)
    for side in (-1, 1):
        foot = middle + side * half
        cv2.circle(shadow, (round(foot[0]), round(foot[1])), round(pixels(1.1, dpi)), 0.5, -1)
    offset = np.array((pixels(0.7, dpi), pixels(0.9, dpi)))
    _stroke(shadow, middle - half + offset, middle + half + offset, pixels(0.9, dpi), 0.75)
    corner = pixels(float(rng.uniform(30, 42)), dpi)
    _stroke(shadow, np.array((corner, 0)), np.array((0, corner)), pixels(0.4, dpi), 0.22)
    found = multiplied(found, 1 - cv2.GaussianBlur(shadow, (0, 0), pixels(0.35, dpi)))
    wire = max(1, round(pixels(0.55, dpi)))
    ends = [(round(point[0]), round(point[1])) for point in (middle - half, middle + half)]
    cv2.line(found, ends[0], ends[1], (112, 114, 118), wire, cv2.LINE_AA)
    cv2.line(found, ends[0], ends[1], (206, 208, 210), max(1, wire // 3), cv2.LINE_AA)
    return found


def _stroke(field: Field, start: Field, end: Field, width: float, value: float) -> None:
    points = [(round(float(point[0])), round(float(point[1]))) for point in (start, end)]
    cv2.line(field, points[0], points[1], value, max(1, round(width)), cv2.LINE_AA)
