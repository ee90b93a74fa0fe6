"""Blank pages: seen before anything is looked for on them, and the refusal of a file of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Block, Table

if TYPE_CHECKING:
    from greenforms_extractors.scan.raster import Pixels

#: A place is marked where levels within a millimetre differ by this much more than twice what they do on most of the
#: page, or on most of the paper of a page that is full of print: noise differs in half of the places by no more than so
#: many times what it does in the quietest (per cent). A single figure of small print marks more places than so many.
_MARK = 8
_QUIETEST, _NOISE = 5, 1.4
_FEWEST_MARKS = 30
#: No line of text is lower, none of its characters narrower, and be it read with a glass.
_SMALLEST = 8


def is_blank(pixels: Pixels) -> bool:
    """Whether nothing at all is to be seen on a page. Dust, noise and folds make it look further, never less far."""
    import cv2
    import numpy as np

    if min(pixels.shape[:2]) < _SMALLEST:
        return True
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    around = np.ones((5, 5), np.uint8)
    differences = cv2.morphologyEx(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.MORPH_GRADIENT, around)
    noise = min(float(np.median(differences)), _NOISE * float(np.percentile(differences, _QUIETEST)))
    return int((differences > 2 * noise + _MARK).sum()) < _FEWEST_MARKS


def has_text(blocks: Iterable[Block]) -> bool:
    """Whether there is a character in any of the blocks; rules and pictures say nothing."""
    return any(
        any(cell.text.strip() for cell in block.cells) if isinstance(block, Table) else block.text.strip()
        for block in blocks
    )


def nothing_to_read(path: Path) -> UnreadableFile:
    """The refusal of a scan or a PDF of nothing but blank pages."""
    return UnreadableFile(
        "no-text",
        path,
        what="里没有可以识别的文字",
        why="每一页都是空白，或者只有图案、颜色太淡、太模糊",
        remedy="请检查是否扫描了空白面，按 200 至 300 dpi 重新扫描或拍清楚后再试",
    )
