"""Pages drawn line by line: titles, lines and ruled tables, in one face with one spacing and one width of rules."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

Image = np.ndarray[Any, np.dtype[np.uint8]]

#: A4 in millimetres, its margin, and a point in millimetres.
_WIDTH, _HEIGHT, _MARGIN, _POINT = 210.0, 297.0, 19.0, 25.4 / 72


@dataclass(frozen=True, slots=True)
class Style:
    """How a typist sets a paper: the face by its family, the size (points), the space between lines and around the text
    of a cell (shares of the size), the width of rules and of the frame (points), and whether cells are centred.
    """

    face: str
    size: float
    leading: float
    padding: float
    rule: float
    frame: float
    centred: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A text over so many columns."""

    text: str
    columns: int = 1


@cache
def _face(family: str, pixels: int) -> Any:
    command = ["fc-match", "-f", "%{file}\n%{index}", family]
    file, index = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    return ImageFont.truetype(file, pixels, index=int(index))


@dataclass(slots=True)
class Sheets:
    """Pages written from top to bottom at so many dots per inch."""

    style: Style
    dpi: int
    pages: list[Any] = field(default_factory=list)
    _y: float = 0.0

    def __post_init__(self) -> None:
        self._turn()

    def _dots(self, millimetres: float) -> int:
        return round(millimetres / 25.4 * self.dpi)

    def _turn(self) -> None:
        self.pages.append(Picture.new("L", (self._dots(_WIDTH), self._dots(_HEIGHT)), 255))
        self._y = _MARGIN

    def _font(self, scale: float = 1.0) -> Any:
        return _face(self.style.face, self._dots(self.style.size * scale * _POINT))

    def _lines(self, text: str, width: float, font: Any) -> Iterator[str]:
        """A text broken where it does not fit, in dots."""
        for part in text.split("\n"):
            line = ""
            for sign in part:
                if line and font.getlength(line + sign) > width:
                    yield line
                    line = ""
                line += sign
            yield line

    def _step(self, scale: float = 1.0) -> float:
        return self.style.size * scale * _POINT * (1 + self.style.leading)

    def line(self, text: str, *, scale: float = 1.0, centred: bool = False) -> None:
        """A text of its own, in lines as broad as the page."""
        font, width = self._font(scale), self._dots(_WIDTH - 2 * _MARGIN)
        for each in self._lines(text, width, font):
            if self._y + self._step(scale) > _HEIGHT - _MARGIN:
                self._turn()
            left = self._dots(_MARGIN) + (round((width - font.getlength(each)) / 2) if centred else 0)
            ImageDraw.Draw(self.pages[-1]).text((left, self._dots(self._y)), each, font=font, fill=0)
            self._y += self._step(scale)

    def table(self, rows: Sequence[Sequence[Cell]], shares: Sequence[float]) -> None:
        """A ruled table; `shares` are the widths of its columns."""
        edges = [_MARGIN + (_WIDTH - 2 * _MARGIN) * sum(shares[:n]) / sum(shares) for n in range(len(shares) + 1)]
        heights = [self._height(row, edges) for row in rows]
        start = 0
        while start < len(rows):
            end, bottom = start, self._y
            while end < len(rows) and bottom + heights[end] <= _HEIGHT - _MARGIN:
                bottom, end = bottom + heights[end], end + 1
            if end == start:
                self._turn()
                continue
            self._part(rows[start:end], heights[start:end], edges)
            start = end

    def _height(self, row: Sequence[Cell], edges: Sequence[float]) -> float:
        column, most = 0, 1
        for cell in row:
            width = self._dots(edges[column + cell.columns] - edges[column] - 2 * self._pad)
            most = max(most, len(list(self._lines(cell.text, width, self._font()))))
            column += cell.columns
        return most * self._step() + 2 * self._pad

    @property
    def _pad(self) -> float:
        return self.style.size * _POINT * self.style.padding

    def _part(self, rows: Sequence[Sequence[Cell]], heights: Sequence[float], edges: Sequence[float]) -> None:
        top = self._y
        for row, height in zip(rows, heights, strict=True):
            column = 0
            for cell in row:
                self._cell(cell.text, (edges[column], self._y, edges[column + cell.columns], self._y + height))
                column += cell.columns
            self._y += height
        self._box((edges[0], top, edges[-1], self._y), self.style.frame)
        self._y += self._step() / 2

    def _cell(self, text: str, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        self._box(box, self.style.rule)
        font = self._font()
        lines = list(self._lines(text, self._dots(right - left - 2 * self._pad), font))
        y = top + (bottom - top - len(lines) * self._step()) / 2 + self._step() * self.style.leading / 4
        for line in lines:
            free = self._dots(right - left) - font.getlength(line)
            shift = free / 2 if self.style.centred else self._dots(self._pad)
            ImageDraw.Draw(self.pages[-1]).text((self._dots(left) + shift, self._dots(y)), line, font=font, fill=0)
            y += self._step()

    def _box(self, box: tuple[float, float, float, float], width: float) -> None:
        dots = max(1, self._dots(width * _POINT))
        left, top, right, bottom = (self._dots(edge) for edge in box)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        ImageDraw.Draw(self.pages[-1]).line(corners, fill=0, width=dots)

    def images(self) -> list[Image]:
        """The pages, each height × width × 3."""
        return [np.repeat(np.asarray(page, np.uint8)[..., None], 3, axis=2) for page in self.pages]
