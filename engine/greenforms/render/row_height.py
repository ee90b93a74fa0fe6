"""Makes the rows of a sheet high enough for what stands in them: a row whose height is fixed cuts off the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from greenforms.render.measure import FULL, alike, lines, usable, words

#: A unit of column width in points: the width of a figure of the usual face (ECMA-376 part 1, 18.3.1.13).
_UNIT = 5.25
#: The width of a column and the size of text where the sheet says nothing, and how high a line is for its size.
WIDTH, SIZE, _LEADING = 8.43, 11.0, 1.3


@dataclass(frozen=True, slots=True)
class Room:
    """How wide the lines of a cell that wraps its text are, in thousandths of its size, and that size in points."""

    width: int
    size: float

    @classmethod
    def of(cls, columns: float, size: float) -> Room:
        """The room of a cell as wide as its columns together."""
        return cls(usable(round(columns * _UNIT / size * FULL)), size)

    def height(self, text: str) -> float:
        """How high a row must be for a text, in points."""
        return _lines(alike(text), self.width) * self.size * _LEADING


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines texts that are alike have in a column of a width."""
    return sum(len(lines(words(line), width)) for line in text.split("\n"))
