"""Text: names, addresses, short statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.paragraphs import read_paragraphs
from greenforms.codec.printable import character_problems, show_controls
from greenforms_extractors.folding import IDEOGRAPHS

#: Single Chinese characters with spaces between, spread out to fill a line: 河 北 某 某 公 司, 王　䶮.
_SPREAD = re.compile(rf"[{IDEOGRAPHS}](?: +[{IDEOGRAPHS}])+")
_BREAK = re.compile(r"(?P<left>\S) *\n\s*(?=(?P<right>\S))")


def read_line(text: str) -> str:
    """Fold text and undo the line breaks that the width of a cell made.

    Chinese closes up, also where spaces only spread a name out. Between Latin words one space stood where the line
    was broken, but not at a hyphen or slash and not inside a run of digits, which breaks only because the cell is
    narrow.
    """
    line = _BREAK.sub(_close_up, read_paragraphs(text))
    return line.replace(" ", "") if _SPREAD.fullmatch(line) else line


def _close_up(found: re.Match[str]) -> str:
    left, right = found["left"], found["right"]
    latin = left.isascii() and right.isascii()
    closed = left in "-/" or right in "-/" or (left.isdigit() and right.isdigit())
    return f"{left} " if latin and not closed else left


@dataclass(frozen=True, slots=True)
class Text(Codec):
    """One line of text."""

    name: ClassVar[str] = "text"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    free_text: ClassVar[bool] = True
    width: ClassVar[int] = 26

    def format(self, value: Any) -> str:
        """Print the text; a control character is shown by its Unicode picture."""
        return show_controls(value)

    def parse(self, text: str) -> Reading:
        """Read text as typed or printed, without outer white space."""
        value = read_line(text)
        return Reading(None) if is_blank(value) else Reading(value, character_problems(value))

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report characters that are none, line breaks and texts of nothing but white space."""
        if is_blank(value):
            return (Problem("填写的内容只有空白或横线", "请填写文字，不需要填写时删去这一项"),)
        return character_problems(value)
