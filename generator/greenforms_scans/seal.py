"""Company seals as they are stamped: ring, star, name along the ring, serial number below, uneven ink.

Seals of companies and offices are round, 40 to 42 mm across (国发〔1999〕25号).
"""

from __future__ import annotations

import math
import subprocess
from functools import cache
from typing import Any

import cv2
import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from greenforms_scans.pools import pool
from greenforms_scans.sheets import Field, Image, as_bytes, clouds, grain, greyscale, pixels

#: Pixels across of the seal before it is brought to size.
_WORK = 1200


def stamped(
    page: Image, rng: np.random.Generator, dpi: int, name: str = "", centre: tuple[float, float] | None = None
) -> Image:
    """The page with a red seal, by default over some of its text. `centre` is x, y in pixels."""
    side = round(pixels(float(rng.uniform(40, 42)), dpi))
    name = name or str(rng.choice(pool("seals")))
    cover = _inked(_turned(seal_shape(name, rng), float(rng.uniform(-12, 12)), side), rng)
    x, y = centre or busy_place(page, rng, side)
    return _through(page, cover, round(x - side / 2), round(y - side / 2), rng)


def grey_stamped(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A sealed page from a scanner without colour: the seal is as dark as print."""
    return greyscale(grain(stamped(page, rng, dpi), rng, 2.0))


def busy_place(page: Image, rng: np.random.Generator, side: int) -> tuple[float, float]:
    """The middle of the place with the most print among some drawn, below the head of the page."""
    dark = (page.min(axis=2) < 128).astype(np.uint8)
    integral = cv2.integral(dark)
    height, width = dark.shape
    side = min(side, width - 2, height - 2)

    def print_under(x: int, y: int) -> int:
        corners = integral[y : y + side + 1 : side, x : x + side + 1 : side]
        return int(corners[0, 0] + corners[1, 1] - corners[0, 1] - corners[1, 0])

    xs = rng.integers(int((width - side) * 0.15), int((width - side) * 0.95) + 1, 12)
    ys = rng.integers(int((height - side) * 0.2), int((height - side) * 0.95) + 1, 12)
    x, y = max(zip(xs.tolist(), ys.tolist(), strict=True), key=lambda place: print_under(*place))
    return x + side / 2, y + side / 2


def seal_shape(name: str, rng: np.random.Generator) -> Picture.Image:
    """The seal's rubber, white where it prints, 1200 pixels across."""
    shape = Picture.new("L", (_WORK, _WORK), 0)
    draw = ImageDraw.Draw(shape)
    ring = round(_WORK * 0.03)
    draw.ellipse((1, 1, _WORK - 2, _WORK - 2), outline=255, width=ring)
    draw.polygon(_star(_WORK * 0.165), fill=255)
    _write_arc(shape, name, _WORK * 0.385, _size(name), min(300.0, 26.0 * len(name) + 30), upper=True)
    if rng.random() < 0.7:
        digits = "".join(str(digit) for digit in rng.integers(0, 10, 13))
        _write_arc(shape, digits, _WORK * 0.435, _WORK // 22, 66.0, upper=False)
    return shape


def _size(name: str) -> int:
    return round(_WORK * min(0.135, 1.75 / max(len(name), 1)))


def _star(radius: float) -> list[tuple[float, float]]:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    return [
        (
            _WORK / 2 + (radius if step % 2 == 0 else inner) * math.sin(math.radians(36 * step)),
            _WORK / 2 - (radius if step % 2 == 0 else inner) * math.cos(math.radians(36 * step)),
        )
        for step in range(10)
    ]


def _write_arc(shape: Picture.Image, text: str, radius: float, size: int, span: float, *, upper: bool) -> None:
    """Writes along the ring: above from left to right with feet inwards, below with feet outwards."""
    for number, sign in enumerate(text):
        share = (number / (len(text) - 1) - 0.5) if len(text) > 1 else 0.0
        degrees = share * span
        tile = _character(sign, size).rotate(-degrees if upper else degrees, resample=Picture.Resampling.BICUBIC)
        angle = math.radians(degrees if upper else 180 - degrees)
        x, y = _WORK / 2 + radius * math.sin(angle), _WORK / 2 - radius * math.cos(angle)
        shape.paste(255, (round(x - tile.width / 2), round(y - tile.height / 2)), tile)


def _character(sign: str, size: int) -> Picture.Image:
    """One sign, taller than wide as seals have it, with room to turn."""
    room = size * 2
    tile = Picture.new("L", (room, room), 0)
    ImageDraw.Draw(tile).text((room / 2, room / 2), sign, fill=255, font=song_face(size), anchor="mm")
    narrow = tile.resize((round(room * 0.8), round(room * 1.12)), Picture.Resampling.BICUBIC)
    wide = Picture.new("L", (narrow.height, narrow.height), 0)
    wide.paste(narrow, ((narrow.height - narrow.width) // 2, 0))
    return wide


@cache
def song_face(size: int) -> ImageFont.FreeTypeFont:
    """The song face that seals are cut in, wherever the machine keeps it."""
    file, index = subprocess.run(
        ["fc-match", "-f", "%{file}\n%{index}", "Noto Serif CJK SC:bold"], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return ImageFont.truetype(file, size, index=int(index or 0))


def _turned(shape: Picture.Image, degrees: float, side: int) -> Field:
    turned = shape.rotate(degrees, resample=Picture.Resampling.BICUBIC)
    return np.asarray(turned.resize((side, side), Picture.Resampling.LANCZOS), dtype=np.float32) / 255


def _inked(shape: Field, rng: np.random.Generator) -> Field:
    """How much of the light the ink takes: blotchy, thin at one side, with specks that stayed white."""
    size = shape.shape
    blotches = 0.72 + 0.28 * clouds(rng, (size[0], size[1]), size[0] / 9)
    pressed = 1 - 0.35 * clouds(rng, (size[0], size[1]), size[0] * 1.5)
    fine = clouds(rng, (size[0], size[1]), 2.2)
    specks = np.where(fine < 0.24, 0.35, 1.0).astype(np.float32)
    soft = cv2.GaussianBlur(shape * specks, (0, 0), max(0.45, size[0] / 700))
    return np.asarray(np.clip(soft * blotches * pressed * rng.uniform(0.85, 1.0), 0, 1), dtype=np.float32)


def _through(page: Image, cover: Field, left: int, top: int, rng: np.random.Generator) -> Image:
    """Ink takes light away from the page below it; print stays as dark as it was."""
    colour = np.array((rng.uniform(35, 80), rng.uniform(20, 60), rng.uniform(195, 228)), dtype=np.float32) / 255
    found: Any = page.astype(np.float32)
    height, width = page.shape[:2]
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + cover.shape[1], width), min(top + cover.shape[0], height)
    part = cover[y0 - top : y1 - top, x0 - left : x1 - left, None]
    found[y0:y1, x0:x1] *= 1 - part * (1 - colour)
    return as_bytes(found)
