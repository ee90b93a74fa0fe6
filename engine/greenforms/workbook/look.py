"""What the workbook looks like: typefaces, borders, colours, widths and heights."""

from __future__ import annotations

import unicodedata
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_SONG, _HEI = "宋体", "黑体"
_GREEN, _PALE_GREEN, _IVORY, _LINE, _GREY = "#2E6B4F", "#E3EFE8", "#FFFDF2", "#A6B5AC", "#5F6B64"
_RED, _BARRED, _BARRED_TEXT = "#B3261E", "#D9D9D9", "#9A9A9A"
_BODY = {"font_name": _SONG, "font_size": 11, "valign": "vcenter", "text_wrap": True}
_BOXED = {**_BODY, "border": 1, "border_color": _LINE}
_INSET = {"align": "left", "indent": 1}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": _HEI, "font_size": 16, "valign": "vcenter", "text_wrap": True},
    "lead": {**_BODY, "font_color": _GREY},
    "link": {**_BODY, "font_color": _GREEN, "underline": 1},
    "heading": {**_BOXED, "font_name": _HEI, "bg_color": _GREEN, "font_color": "#FFFFFF", "align": "center"},
    "group": {**_BOXED, "font_name": _HEI, "font_size": 12, "bg_color": _PALE_GREEN, **_INSET},
    "centre": {**_BOXED, "align": "center"},
    "needed": {**_BOXED, "align": "center", "font_color": _RED},
    "note": {**_BOXED, **_INSET, "font_size": 10, "font_color": _GREY},
    "subject": {**_BODY, "font_name": _HEI, "valign": "top"},
    "text": {**_BODY, "valign": "top"},
    "boxed_link": {**_BOXED, **_INSET, "font_color": _GREEN, "underline": 1},
}

#: Height of a line of 11 point 宋体, of a row that has room for two, and of one meant for paragraphs.
_LINE_HEIGHT, ROW_HEIGHT, TALL_ROW = 14.5, 32, 110
#: The tallest row Excel allows.
_TALLEST = 409


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Begin without formats."""
        self._workbook = workbook
        self._made: dict[tuple[str, str], Format] = {}

    def style(self, name: str) -> Format:
        """One of the fixed styles."""
        return self._format(name, "", STYLES[name])

    def label(self, depth: int) -> Format:
        """The style of a field's label, set in as deep as its group."""
        return self._format(f"label{depth}", "", {**_BOXED, "font_name": _HEI, **_INSET, "indent": depth})

    def value(self, number_format: str, *, several_lines: bool = False) -> Format:
        """The style of a cell that is filled in."""
        lines = {"valign": "top"} if several_lines else {}
        look = {**_BOXED, "bg_color": _IVORY, "num_format": number_format, **_INSET, **lines}
        return self._format(f"value{several_lines}", number_format, look)

    def column(self, number_format: str) -> Format:
        """The style of a column below the rows made ready."""
        return self._format("column", number_format, {**_BODY, "num_format": number_format, **_INSET})

    def barred(self) -> Format:
        """What is laid over a part that must be left empty."""
        return self._format("barred", "", {"bg_color": _BARRED, "font_color": _BARRED_TEXT})

    def too_long(self) -> Format:
        """What is laid over a text that does not keep within its limit."""
        return self._format("too-long", "", {"font_color": _RED})

    def _format(self, name: str, variant: str, properties: dict[str, Any]) -> Format:
        if (name, variant) not in self._made:
            self._made[name, variant] = self._workbook.add_format(properties)
        return self._made[name, variant]


def width_of(text: str) -> int:
    """The width of a line of text in digits, Chinese characters counting twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def height_of(text: str, width: float, least: float = ROW_HEIGHT) -> float:
    """The row height a text needs in a column of a width."""
    lines = sum(max(1, ceil(width_of(line) / max(1, width - 4))) for line in text.split("\n"))
    return min(_TALLEST, max(least, lines * _LINE_HEIGHT + 6))
