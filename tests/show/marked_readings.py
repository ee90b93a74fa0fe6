"""Made-up readings of a paper, and pages to lay them over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from greenforms.read.extraction import Extraction, FieldReading, Grade, MissingField
from greenforms_extractors.model import PageOrigin

SURE, LIKELY, DOUBTFUL = 0.99, 0.8, 0.3
Box = tuple[float, float, float, float]


def reading(
    path: str, confidence: float = SURE, page: int | None = 1, box: Box = (50, 50, 90, 62), turned: int = 0
) -> FieldReading:
    """A field at a place, or, without a page, from the record alone."""
    places = () if page is None else (PageOrigin(page, box, turned),)
    grade: Grade = "green" if confidence == SURE else "amber" if confidence == LIKELY else "red"
    value = "晴川新材料"
    return FieldReading(path, "企 业 名 称", value, value, None, confidence, "ocr", places, grade)


def extraction(*fields: FieldReading, missing: tuple[MissingField, ...] = (), file: str = "收件.png") -> Extraction:
    """A paper read."""
    return Extraction(file, "nm-2024/cultivation-plan", 1.0, {}, fields, missing, ())


def white(folder: Path, size: tuple[int, int] = (1240, 1754), name: str = "收件.png") -> Path:
    """A white page of A4 at 150 dots per inch."""
    Image.new("RGB", size, "white").save(folder / name, dpi=(150, 150))
    return folder / name


def coloured(picture: Image.Image, colour: tuple[int, int, int], tolerance: int = 40) -> tuple[int, int, int, int]:
    """The rectangle around all pixels of about that colour."""
    distance = np.abs(np.asarray(picture.convert("RGB")).astype(int) - np.array(colour)).max(axis=2)
    down, across = np.nonzero(distance <= tolerance)
    assert down.size, colour
    return int(across.min()), int(down.min()), int(across.max()), int(down.max())
