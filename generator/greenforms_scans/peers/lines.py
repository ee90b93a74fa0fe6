"""Recognised lines of text: where they stand, which belong together, in what order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Lines of one cell stand closer than this share of their height; found on clean pages, good for both engines.
_CLOSE = 0.1
_PAGE_NUMBER = re.compile(r"[-—一–\s]*\d{1,3}[-—一–\s]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A recognised line, or several joined; pixels, with the pages of a paper one below the other."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """Its height in pixels."""
        return self.bottom - self.top


def stacked(pages: Iterable[tuple[float, list[Line]]]) -> list[Line]:
    """The lines of several pages, given with the pages' heights, as if printed on one strip; page numbers go."""
    found, offset = [], 0.0
    for height, lines in pages:
        for line in lines:
            if not (line.top > 0.88 * height and _PAGE_NUMBER.fullmatch(line.text)):
                found.append(Line(line.left, line.top + offset, line.right, line.bottom + offset, line.text))
        offset += height
    return found


def share(one: Line, other: Line, *, upright: bool) -> float:
    """How much two lines overlap from top to bottom, or from left to right, as a share of the shorter."""
    if upright:
        return _overlap(one.top, one.bottom, other.top, other.bottom)
    return _overlap(one.left, one.right, other.left, other.right)


def _overlap(start: float, end: float, first: float, last: float) -> float:
    return max(0.0, min(end, last) - max(start, first)) / max(1.0, min(end - start, last - first))


def joined_cells(lines: list[Line]) -> list[Line]:
    """Lines that stand close above one another joined to cells, in reading order."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top):
        above = next((cell for cell in reversed(joined) if _continues(cell, line)), None)
        if above is None:
            joined.append(line)
            continue
        joined[joined.index(above)] = Line(
            min(above.left, line.left), above.top, max(above.right, line.right), line.bottom, above.text + line.text
        )
    return _reading_order(joined)


def _continues(above: Line, line: Line) -> bool:
    gap = line.top - above.bottom
    centred = abs(above.left + above.right - line.left - line.right) < line.height * 2
    aligned = centred or abs(above.left - line.left) < line.height / 2
    return -0.5 * line.height < gap < _CLOSE * line.height and aligned and share(above, line, upright=False) > 0


def _reading_order(cells: list[Line]) -> list[Line]:
    """From top to bottom, and from left to right what stands side by side."""
    found: list[Line] = []
    rest = sorted(cells, key=lambda cell: cell.top)
    while rest:
        first = rest[0]
        band = [cell for cell in rest if share(cell, first, upright=True) > 0.5]
        found += sorted(band, key=lambda cell: cell.left)
        rest = [cell for cell in rest if cell not in band]
    return found
