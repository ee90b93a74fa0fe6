"""Makes the rows of a sheet high enough for what stands in them: a row whose height is fixed cuts off the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.render.measure import FULL, lines, usable, words

#: A unit of column width in points: the width of a figure of the usual face (ECMA-376 part 1, 18.3.1.13).
_UNIT = 5.25
#: The width of a column and the size of text where the sheet says nothing, and how high a line is for its size.
_WIDTH, _SIZE, _LEADING = 8.43, 11, 1.3


def height_for(sheet: Worksheet, cells: Iterable[tuple[Any, int]]) -> float:
    """How high a row must be for those of its cells that wrap their text, each with its last column; in points."""
    return max((_height(sheet, cell, range(cell.column, last + 1)) for cell, last in cells), default=0)


def _height(sheet: Worksheet, cell: Any, columns: range) -> float:
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 0
    width = sum(sheet.column_dimensions[get_column_letter(each)].width or _WIDTH for each in columns)
    size = cell.font.sz or _SIZE
    room = usable(round(width * _UNIT / size * FULL))
    count = sum(len(lines(words(line), room)) for line in cell.value.split("\n"))
    return count * size * _LEADING
