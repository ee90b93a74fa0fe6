"""What the workbook of readings looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_SONG, _HEI = "宋体", "黑体"
_GREEN, _LINE, _GREY, _IVORY = "#2E6B4F", "#BFC9C3", "#5F6B64", "#FFFDF2"
_BODY = {"font_name": _SONG, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_BOXED = {**_BODY, "border": 1, "border_color": _LINE, "align": "left", "indent": 1}
_HEADING = {**_BOXED, "font_name": _HEI, "font_color": "#FFFFFF", "align": "center", "indent": 0}

#: Ground and writing by the word for the grade.
GRADE_COLOURS = {
    "绿": ("#E2F3E9", "#0C5C37"),
    "黄": ("#FFE69C", "#4D3800"),
    "红": ("#F5B5BA", "#7A0C17"),
    "未找到": ("#F5B5BA", "#7A0C17"),
    "未填": ("#F3F5F4", _GREY),
}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": _HEI, "font_size": 14, "valign": "vcenter"},
    "lead": {**_BODY, "font_color": _GREY, "valign": "top"},
    "heading": {
        **_BOXED,
        "font_name": _HEI,
        "bg_color": _GREEN,
        "font_color": "#FFFFFF",
        "align": "center",
        "indent": 0,
    },
    "ask": {
        **_BOXED,
        "font_name": _HEI,
        "bg_color": "#B45309",
        "font_color": "#FFFFFF",
        "align": "center",
        "indent": 0,
    },
    "text": _BOXED,
    "prose": {**_BOXED, "valign": "top"},
    "quiet": {**_BOXED, "font_color": _GREY, "font_size": 9},
    "centre": {**_BOXED, "align": "center", "indent": 0},
    "number": {**_BOXED, "align": "right"},
    "link": {**_BOXED, "font_color": "#1F5F8B", "underline": 1},
    "entry": {**_BOXED, "bg_color": _IVORY, "num_format": "@"},
    "closed": {**_BOXED, "bg_color": "#F3F5F4"},
    "replaced": {"font_strikeout": True, "font_color": _GREY},
}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Begin without formats."""
        self._workbook = workbook
        self._made: dict[tuple[str, str, str], Format] = {}

    def style(self, name: str, number_format: str = "", grade: str = "") -> Format:
        """One of the styles, for a number format and in the colours of a grade."""
        key = (name, number_format, grade)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(self._properties(*key))
        return self._made[key]

    def _properties(self, name: str, number_format: str, grade: str) -> dict[str, Any]:
        properties = dict(STYLES[name])
        if number_format:
            properties["num_format"] = number_format
        if grade:
            properties["bg_color"], properties["font_color"] = GRADE_COLOURS[grade]
        return properties
