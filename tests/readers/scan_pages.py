"""Pages drawn for tests of the reader of pictures: rules, type, boxes, holes, as a clean scanner would see them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from greenforms_extractors.scan.raster import Pixels
from greenforms_scans.seal import song_face

#: A page of A4 at 200 dots per inch.
HEIGHT, WIDTH = 2339, 1654


def blank(height: int = HEIGHT, width: int = WIDTH) -> Pixels:
    return np.full((height, width), 255, np.uint8)


def ruled(across: Sequence[int], down: Sequence[int]) -> Pixels:
    """A page with a full grid of rules three pixels thick."""
    page = blank()
    for x in across:
        cv2.line(page, (x, down[0]), (x, down[-1]), (0,), 3)
    for y in down:
        cv2.line(page, (across[0], y), (across[-1], y), (0,), 3)
    return page


def typed(text: str, size: int = 40, page: Pixels | None = None, at: tuple[int, int] = (20, 10)) -> Pixels:
    """A line of type on a page, or on a strip of its own."""
    from PIL import Image, ImageDraw

    font = song_face(size)
    ground = blank(size + 20, int(font.getlength(text)) + 40) if page is None else page
    picture = Image.fromarray(ground)
    ImageDraw.Draw(picture).text(at, text, font=font, fill=0)
    return np.asarray(picture, np.uint8).copy()
