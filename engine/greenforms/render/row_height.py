"""Makes the rows of a sheet high enough for what stands in them: a row whose height is fixed cuts off the rest."""

from __future__ import annotations

from dataclasses import dataclass

from greenforms.render.measure import FULL, WIDEST, is_loose, lines, usable, words

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
        return sum(len(lines(words(line), self.width)) for line in text.split("\n")) * self.size * _LEADING

    def lines_in(self, height: float) -> int:
        """How many lines stand in a row of a height, in points."""
        return int(height / (self.size * _LEADING))

    def surely_in(self, text: str, count: int) -> bool:
        """Whether a text surely needs no more than so many lines; not to be said of every text that needs no more."""
        if "\n" in text:
            return False
        if len(text) * WIDEST <= self.width:
            return count > 0
        return len(text) <= count * (self.width // FULL) and is_loose(text)
